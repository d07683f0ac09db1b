use crate::removal::Span;

/// What a block is by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Running text: one sentence or more.
    Paragraph,
    /// A short line without a full stop that stands above running text.
    Heading,
    /// A line that begins with a bullet or a number.
    ListItem,
    /// Any other short line without a full stop.
    Line,
    /// A part of a paragraph: a sentence, or a label glued to one.
    Sentence,
    /// A row of a table whose cells are lines, parted by tabs.
    TableRow,
    /// Text whose white space stays, such as code.
    Code,
    /// The caption of a figure or a table.
    Caption,
}

/// A piece of the document that is judged as one. Blocks are in source order, disjoint, and hold every visible sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// Its bytes in the source, without the white space around it.
    pub span: Span,
    /// What it is by its shape.
    pub kind: BlockKind,
    /// The number of the paragraph that it is, or is a part of; from 0, without gaps.
    pub paragraph: u32,
}

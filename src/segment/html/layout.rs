use super::pieces::{Pieces, origins};
use crate::input::html::NodeId;
use crate::removal::Span;
use crate::segment::block::Block;
use std::ops::Range;

/// A page as its blocks, and the boxes that they stand in.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The text of all blocks, each on lines of its own.
    pub(crate) text: String,
    /// The blocks in the order of the tree; their spans are of `text`, their paragraphs their own numbers.
    pub(crate) blocks: Vec<Block>,
    /// For each block, where it stands.
    pub(crate) places: Vec<Place>,
    /// Where the text came from.
    pub(crate) pieces: Pieces,
    /// The parts of the text that a selector chose, the inner before the outer.
    pub(crate) chosen: Vec<(Span, Choice)>,
    /// Emphasis, links and images, in the order in which they begin.
    pub(crate) marks: Vec<Mark>,
    /// The elements that are laid out as boxes, in the order of the tree; the first is the page.
    pub(crate) boxes: Vec<Frame>,
}

impl Layout {
    /// From the first byte in the page of a part of a block to its last. `None` where it is of nothing that the page has.
    pub(crate) fn source_of(&self, block: usize, part: Span) -> Option<Span> {
        let pieces = self.pieces.among(self.places[block].pieces);
        origins(pieces, part).map(|(_, at)| at).reduce(Span::with)
    }
}

/// A box among all of a page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BoxId(pub(crate) u32);

impl BoxId {
    /// The page.
    pub(crate) const PAGE: BoxId = BoxId(0);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// An element that begins a line of its own. Inline elements are no boxes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) node: NodeId,
    /// The box around it; the page's is itself.
    pub(crate) parent: BoxId,
    /// How many boxes are around it.
    pub(crate) depth: u32,
    /// The level of the heading that it is, or is in; 0 for none.
    pub(crate) level: u8,
    /// Its blocks, those of the boxes in it among them.
    pub(crate) first: u32,
    pub(crate) end: u32,
    /// It, or a box around it, is not shown until something happens.
    pub(crate) hidden: bool,
    /// It, or a box around it, is shown only where scripts are off.
    pub(crate) no_script: bool,
}

impl Frame {
    /// The numbers of its blocks.
    pub(crate) fn blocks(&self) -> Range<u32> {
        self.first..self.end
    }
}

/// How a block hangs on the one before it, if both are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// A blank line parts them.
    Blank,
    /// A line end parts them: lines of one paragraph, items of one list, rows of one table.
    Line,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) frame: BoxId,
    pub(crate) edge: Edge,
    /// The list or table that it is an item or a row of.
    pub(crate) list: Option<BoxId>,
    /// A heading's level, 1–6; 0 for others.
    pub(crate) level: u8,
    /// Bytes of its text that are in links.
    pub(crate) linked: u32,
    pub(crate) links: u16,
    /// Bytes of its text that are bold.
    pub(crate) bold: u32,
    /// Its first and one past its last piece.
    pub(crate) pieces: (u32, u32),
}

impl Place {
    /// The list or table that it stands in, and its item.
    pub(crate) fn item(&self) -> Option<(BoxId, BoxId)> {
        self.list.map(|list| (list, self.frame))
    }
}

/// What an inline element does to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inline {
    Strong,
    Emphasis,
    Code,
    Link,
    Image,
}

/// A part of the text that an inline element holds; nothing, for an image.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) inline: Inline,
    pub(crate) node: NodeId,
    /// The box that it stands in.
    pub(crate) frame: BoxId,
}

/// What the caller's selectors say of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    Keep,
    Remove,
}

use crate::removal::Span;

/// A document as its input kind sees it, before anything is decided.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) source: &'a str,
    pub(crate) lines: Vec<Line>,
}

/// One line of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    /// From the first to the last visible sign; empty (at the line's start) where there is none.
    pub(crate) content: Span,
}

impl Line {
    pub(crate) fn is_blank(&self) -> bool {
        self.content.is_empty()
    }
}

//! Where each byte of a page's text came from.

use crate::input::html::NodeId;
use crate::removal::Span;

/// A stretch of a page's text and the bytes of the page that it stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// First byte in the text.
    start: u32,
    /// First and one past the last byte in the page.
    from: u32,
    to: u32,
    /// The text node.
    pub(crate) node: NodeId,
    /// The bytes are the same; else the whole stands for the whole: a reference, or folded white space.
    same: bool,
}

/// The pieces of a text, in its order.
#[derive(Debug, Default)]
pub(crate) struct Pieces(Vec<Piece>);

impl Pieces {
    pub(super) fn len(&self) -> u32 {
        self.0.len() as u32
    }

    /// The pieces numbered so.
    pub(crate) fn among(&self, (first, end): (u32, u32)) -> &[Piece] {
        &self.0[first as usize..end as usize]
    }

    /// Notes that the text from `start` on is `source[at]`, byte for byte or as a whole.
    pub(super) fn push(&mut self, start: usize, at: Span, node: NodeId, same: bool) {
        // All fit: a page has no more bytes than 32 bits count, and its text no more than three times as many as `LONGEST`.
        let (start, from, to) = (start as u32, at.start as u32, at.end as u32);
        if let Some(last) = self.0.last_mut()
            && last.same
            && same
            && last.node == node
            && last.to == from
            && last.start + (last.to - last.from) == start
        {
            last.to = to;
            return;
        }
        self.0.push(Piece { start, from, to, node, same });
    }
}

/// The bytes of the page that a part of the text came from, in pieces of one node each. `pieces` are those of its block. A part of a
/// reference is the whole reference.
pub(crate) fn origins(pieces: &[Piece], part: Span) -> impl Iterator<Item = (NodeId, Span)> {
    let first = pieces.partition_point(|p| p.start as usize <= part.start).saturating_sub(1);
    let among = pieces[first..].iter().take_while(move |p| (p.start as usize) < part.end);
    among.filter_map(move |piece| {
        let start = piece.start as usize;
        let at = Span::new(piece.from as usize, piece.to as usize);
        if !piece.same {
            return (start >= part.start).then_some((piece.node, at));
        }
        let from = at.start + part.start.saturating_sub(start).min(at.len());
        let to = at.start + (part.end - start).min(at.len());
        (from < to).then(|| (piece.node, Span::new(from, to)))
    })
}

//! Texts of the tree to the text of a block.

use super::Walk;
use crate::input::html::{Meaning, NodeId, is_space, next_piece};
use crate::removal::Span;

impl Walk<'_, '_> {
    pub(super) fn text(&mut self, node: NodeId) {
        let dom = self.dom;
        let before = self.layout.text.len();
        for run in dom.runs(node) {
            let mut raw = &dom.source()[run.at.range()];
            let mut at = run.at.start;
            if run.plain {
                self.fold(raw, at, node);
                continue;
            }
            while let Some(piece) = next_piece(raw, run.coding) {
                let here = Span::new(at, at + piece.raw);
                match piece.meaning {
                    Meaning::Same => self.fold(&raw[..piece.raw], at, node),
                    Meaning::Chars(a, b) => {
                        let mut decoded = String::from(a);
                        decoded.extend(b);
                        if self.preformatted == 0 && decoded.bytes().all(is_space) {
                            self.space.get_or_insert((here, node));
                        } else {
                            self.verbatim(&decoded, here, node, false);
                        }
                    }
                }
                (raw, at) = (&raw[piece.raw..], at + piece.raw);
            }
        }
        let added = (self.layout.text.len() - before) as u32;
        if self.link > 0 {
            self.linked += added;
        }
        if self.bold > 0 {
            self.bolded += added;
        }
    }

    /// Takes text that means itself, its white space folded.
    fn fold(&mut self, raw: &str, at: usize, node: NodeId) {
        if self.preformatted > 0 {
            return self.verbatim(raw, Span::new(at, at + raw.len()), node, true);
        }
        let bytes = raw.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let start = i;
            if is_space(bytes[i]) {
                i += bytes[i..].iter().take_while(|b| is_space(**b)).count();
                self.space.get_or_insert((Span::new(at + start, at + i), node));
                continue;
            }
            // Words with one space between them are taken at once.
            loop {
                i += bytes[i..].iter().take_while(|b| !is_space(**b)).count();
                match bytes[i..] {
                    [b' ', next, ..] if !is_space(next) => i += 1,
                    _ => break,
                }
            }
            self.verbatim(&raw[start..i], Span::new(at + start, at + i), node, true);
        }
    }

    /// Takes text as it is, behind the white space that waits.
    pub(super) fn verbatim(&mut self, text: &str, at: Span, node: NodeId, same: bool) {
        // Nothing is written of a block before a sign that can be seen, so that nothing has to be taken back.
        if self.layout.text.len() == self.start && text.trim_start().is_empty() {
            if self.preformatted > 0 {
                self.held.push((text.to_owned(), at, node, same));
            }
            return;
        }
        let space = self.space.take();
        let held = std::mem::take(&mut self.held);
        let layout = &mut self.layout;
        if layout.text.len() == self.start {
            self.first_piece = layout.pieces.len();
            for (text, at, node, same) in held {
                if !at.is_empty() {
                    layout.pieces.push(layout.text.len(), at, node, same);
                }
                layout.text.push_str(&text);
            }
        } else if self.tabs > 0 {
            (0..std::mem::take(&mut self.tabs)).for_each(|_| layout.text.push('\t'));
        } else if let Some((space, node)) = space {
            let one = self.dom.source()[space.range()] == *" ";
            if !space.is_empty() {
                layout.pieces.push(layout.text.len(), space, node, one);
            }
            layout.text.push(' ');
        }
        if !at.is_empty() {
            layout.pieces.push(layout.text.len(), at, node, same);
        }
        layout.text.push_str(text);
    }
}

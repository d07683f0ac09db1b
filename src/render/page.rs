//! What is kept of a page, block by block, and its text.

use crate::cleaned::html::{Page, Unit};
use crate::removal::Span;
use crate::segment::html::{Edge, Layout};
use std::ops::Range;

/// A kept part of a block, and the white space before it.
pub(super) struct Part {
    pub(super) gap: Span,
    pub(super) words: Span,
}

/// A block of which something is kept.
pub(super) struct Kept {
    pub(super) number: usize,
    pub(super) parts: Vec<Part>,
    /// How it hangs on the one before it.
    pub(super) edge: Edge,
    level: u8,
}

/// The words of a block's kept parts, one space or none between them, as it was.
pub(super) fn joined(text: &str, parts: &[Part]) -> String {
    let mut out = String::new();
    for (i, Part { gap, words }) in parts.iter().enumerate() {
        if i > 0 {
            out.push_str(&text[gap.range()]);
        }
        out.push_str(&text[words.range()]);
    }
    out
}

/// The text of what is kept; `removed` says it of every unit.
pub(super) fn text(page: &Page, removed: impl Iterator<Item = bool>) -> String {
    if let Some(body) = &page.instead {
        return body.clone();
    }
    let mut text = String::new();
    for block in kept(page, removed) {
        if !text.is_empty() {
            text.push_str(match block.edge {
                Edge::Blank => "\n\n",
                Edge::Line => "\n",
            });
        }
        text.push_str(&joined(&page.text, &block.parts));
    }
    text
}

/// All blocks of a page.
pub(crate) fn whole(layout: &Layout, headline: Option<usize>) -> String {
    let blocks = layout.blocks.iter().zip(&layout.places);
    let units = blocks.map(|(block, place)| Unit {
        span: block.span,
        edge: Some(place.edge),
        item: place.item(),
        block: block.paragraph as usize,
        level: place.level,
    });
    let page = Page { text: layout.text.clone(), units: units.collect(), headline, url: None, instead: None };
    text(&page, std::iter::repeat(false))
}

/// The blocks of which something is kept, the headline first, then in the order of the page.
pub(super) fn kept(page: &Page, removed: impl Iterator<Item = bool>) -> Vec<Kept> {
    let mut blocks: Vec<Kept> = Vec::new();
    // What stands between the last unit that is kept and the next.
    let (mut edge, mut gap) = (Edge::Line, Span::new(0, 0));
    let mut end = 0;
    let mut last_item = None;
    // Nothing of the block is kept so far.
    let mut is_gone = false;
    for (Unit { span, edge: begins, item, level, block }, removed) in page.units.iter().zip(removed) {
        match begins {
            Some(begins) => {
                gap = Span::new(0, 0);
                // Where a line is missing, its breaks part a paragraph from the next.
                edge = if edge == Edge::Blank || is_gone { Edge::Blank } else { *begins };
                is_gone = true;
            }
            // One space or none, as it was about the sentence.
            None if gap.is_empty() => gap = Span::new(end, span.start),
            None => {}
        }
        end = span.end;
        if removed {
            continue;
        }
        // Items and rows are lines, whatever went from between them.
        if let (Some((list, own)), Some((last_list, last))) = (item, last_item)
            && *list == last_list
            && *own != last
        {
            edge = Edge::Line;
        }
        last_item = *item;
        let part = Part { gap, words: *span };
        match blocks.last_mut() {
            Some(last) if last.number == *block => last.parts.push(part),
            _ => blocks.push(Kept { number: *block, parts: vec![part], edge, level: *level }),
        }
        (gap, edge, is_gone) = (Span::new(0, 0), Edge::Line, false);
    }
    if let Some(lines) = headline(page, &blocks) {
        for at in [lines.start, lines.end, 0] {
            if let Some(block) = blocks.get_mut(at) {
                block.edge = Edge::Blank;
            }
        }
        blocks[..lines.end].rotate_right(lines.len());
    }
    blocks
}

/// The lines of the headline, where something stands before them. Where nothing says what the page's title says, an `h1` that is the first heading is the headline.
fn headline(page: &Page, kept: &[Kept]) -> Option<Range<usize>> {
    let is_first_heading = || kept.iter().position(|block| block.level > 0).filter(|&i| kept[i].level == 1);
    let found = kept.iter().position(|block| Some(block.number) == page.headline).or_else(is_first_heading)?;
    let is_of_it = |i: usize| kept[i].level == kept[found].level;
    let goes_on = |i: usize| kept[i].edge == Edge::Line && is_of_it(i) && is_of_it(i - 1);
    let mut lines = found..found + 1;
    while lines.start > 0 && goes_on(lines.start) {
        lines.start -= 1;
    }
    while lines.end < kept.len() && goes_on(lines.end) {
        lines.end += 1;
    }
    (lines.start > 0).then_some(lines)
}

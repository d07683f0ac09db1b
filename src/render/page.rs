//! The text of a page.

use crate::cleaned::html::{Page, Unit};
use crate::segment::html::{Edge, Layout};
use std::ops::Range;

/// A block of which something is kept.
struct Kept {
    text: String,
    block: usize,
    edge: Edge,
    level: u8,
}

/// Joins what is kept; `removed` says it of every unit.
pub(super) fn text(page: &Page, removed: impl Iterator<Item = bool>) -> String {
    if let Some(body) = &page.instead {
        return body.clone();
    }
    let mut blocks = kept(page, removed);
    if let Some(lines) = headline(page, blocks.iter().map(|b| (b.block, b.edge, b.level))) {
        if let Some(next) = blocks.get_mut(lines.end) {
            next.edge = Edge::Blank;
        }
        blocks[..lines.end].rotate_right(lines.len());
        blocks[0].edge = Edge::Blank;
        if let Some(next) = blocks.get_mut(lines.len()) {
            next.edge = Edge::Blank;
        }
    }
    let mut text = String::with_capacity(blocks.iter().map(|b| b.text.len() + 2).sum());
    for block in &blocks {
        if !text.is_empty() {
            text.push_str(match block.edge {
                Edge::Blank => "\n\n",
                Edge::Line => "\n",
            });
        }
        text.push_str(&block.text);
    }
    text
}

/// The lines of the headline among what is kept of each block (its number, edge and level of heading), where something stands before them. Where nothing says what the
/// page's title says, an `h1` that is the first heading is the headline.
pub(super) fn headline(page: &Page, kept: impl Iterator<Item = (usize, Edge, u8)>) -> Option<Range<usize>> {
    let kept: Vec<_> = kept.collect();
    let is_first_heading = || kept.iter().position(|(.., level)| *level > 0).filter(|&i| kept[i].2 == 1);
    let found = kept.iter().position(|(block, ..)| Some(*block) == page.headline).or_else(is_first_heading)?;
    let goes_on = |i: usize| kept[i].1 == Edge::Line && kept[i].2 == kept[found].2 && kept[i - 1].2 == kept[found].2;
    let mut lines = found..found + 1;
    while lines.start > 0 && goes_on(lines.start) {
        lines.start -= 1;
    }
    while lines.end < kept.len() && goes_on(lines.end) {
        lines.end += 1;
    }
    (lines.start > 0).then_some(lines)
}

/// All blocks of a page.
pub(crate) fn whole(layout: &Layout, headline: Option<usize>) -> String {
    let blocks = layout.blocks.iter().zip(&layout.places);
    let units = blocks.map(|(block, place)| Unit { span: block.span, edge: Some(place.edge), block: block.paragraph as usize, level: place.level });
    let page = Page { text: layout.text.clone(), units: units.collect(), headline, url: None, instead: None };
    text(&page, std::iter::repeat(false))
}

fn kept(page: &Page, removed: impl Iterator<Item = bool>) -> Vec<Kept> {
    let mut blocks: Vec<Kept> = Vec::new();
    // What stands between the last unit that is kept and the next.
    let (mut edge, mut gap) = (Edge::Line, "");
    let mut end = 0;
    for (Unit { span, edge: begins, level, block }, removed) in page.units.iter().zip(removed) {
        if let Some(begins) = begins {
            edge = if edge == Edge::Blank { Edge::Blank } else { *begins };
        }
        // One space or none, as it was about the sentence.
        if begins.is_some() {
            gap = "";
        } else if gap.is_empty() {
            gap = &page.text[end..span.start];
        }
        end = span.end;
        if removed {
            continue;
        }
        let words = &page.text[span.range()];
        match blocks.last_mut() {
            Some(last) if last.block == *block => {
                last.text.push_str(gap);
                last.text.push_str(words);
            }
            _ => blocks.push(Kept { text: words.to_owned(), block: *block, edge, level: *level }),
        }
        (gap, edge) = ("", Edge::Line);
    }
    blocks
}

//! The text of a page.

use crate::cleaned::html::{Page, Unit};
use crate::segment::html::{Edge, Layout};

/// A block of which something is kept.
struct Kept {
    text: String,
    edge: Edge,
    level: u8,
}

/// Joins what is kept; `removed` says it of every unit.
pub(super) fn text(page: &Page, removed: impl Iterator<Item = bool>) -> String {
    if let Some(body) = &page.instead {
        return body.clone();
    }
    let mut blocks = kept(page, removed);
    // The headline comes first.
    if let Some(headline) = blocks.iter().position(|b| b.level == 1)
        && headline > 0
    {
        let mut block = blocks.remove(headline);
        block.edge = Edge::Blank;
        blocks[0].edge = Edge::Blank;
        blocks.insert(0, block);
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

/// All blocks of a page.
pub(crate) fn whole(layout: &Layout) -> String {
    let blocks = layout.blocks.iter().zip(&layout.places);
    let units = blocks.map(|(block, place)| Unit { span: block.span, edge: Some(place.edge), block: block.paragraph as usize, level: place.level });
    let page = Page { text: layout.text.clone(), units: units.collect(), url: None, instead: None };
    text(&page, std::iter::repeat(false))
}

fn kept(page: &Page, removed: impl Iterator<Item = bool>) -> Vec<Kept> {
    let mut blocks: Vec<Kept> = Vec::new();
    // What stands between the last unit and the next: nothing is kept of a block before something is.
    let (mut edge, mut opened) = (Edge::Line, false);
    let mut end = 0;
    for (Unit { span, edge: begins, level, .. }, removed) in page.units.iter().zip(removed) {
        if let Some(begins) = begins {
            opened = false;
            edge = if edge == Edge::Blank { Edge::Blank } else { *begins };
        }
        let gap = end;
        end = span.end;
        if removed {
            continue;
        }
        let words = &page.text[span.range()];
        match blocks.last_mut() {
            Some(block) if opened => {
                // One space or none, as it was before the sentence.
                block.text.push_str(&page.text[gap..span.start]);
                block.text.push_str(words);
            }
            _ => blocks.push(Kept { text: words.to_owned(), edge, level: *level }),
        }
        (opened, edge) = (true, Edge::Line);
    }
    blocks
}

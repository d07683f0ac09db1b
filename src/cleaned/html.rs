//! Removals of a page: whole elements where all that is in them goes, else ranges of their text.

use super::{Cleaned, removal, removed_as, weakest};
use crate::input::html::{Dom, NodeId};
use crate::judge::verdict::Verdict;
use crate::removal::{Category, Removal, Span};
use crate::segment::block::Block;
use crate::segment::html::{BoxId, Choice, Edge, Layout, origins};
use html5ever::local_name;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a page says, for those who render it.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// All its blocks' text.
    pub(crate) text: String,
    /// For each unit, where it stands in that text, and how it hangs on the one before it.
    pub(crate) units: Vec<Unit>,
    /// The block that is the headline.
    pub(crate) headline: Option<usize>,
    /// Where it is from.
    pub(crate) url: Option<String>,
    /// Its body, where the page's data has more of it than its text.
    pub(crate) instead: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) span: Span,
    /// How its block hangs on the one before it; none for what is not the first of a block.
    pub(crate) edge: Option<Edge>,
    /// The list or table whose item or row its block is, and the item.
    pub(crate) item: Option<(BoxId, BoxId)>,
    /// The number of its block.
    pub(crate) block: usize,
    /// A heading's level, or 0.
    pub(crate) level: u8,
}

/// A page as it was judged.
#[derive(Debug)]
pub(crate) struct Judged {
    /// Parts of the layout's text, which say by their paragraph which block they are of.
    pub(crate) units: Vec<Block>,
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) cuts: Vec<Cut>,
    /// The block that is the headline.
    pub(crate) headline: Option<usize>,
}

impl<'a> Cleaned<'a> {
    pub(crate) fn of_page(dom: &Dom<'a>, url: Option<&str>, layout: Layout, judged: Judged) -> Self {
        let Judged { units, verdicts, cuts, headline } = judged;
        let removals = disjoint(cuts.iter().map(|cut| cut.removal(cut.at, &verdicts)).collect());
        let mut before = None;
        let describe = |unit: &Block| {
            let place = &layout.places[unit.paragraph as usize];
            let edge = (before.replace(unit.paragraph) != Some(unit.paragraph)).then_some(place.edge);
            Unit { span: unit.span, edge, item: place.item(), block: unit.paragraph as usize, level: place.level }
        };
        let described = units.iter().map(describe).collect();
        let blocks = units
            .iter()
            .map(|unit| Block { span: layout.source_of(unit.paragraph as usize, unit.span).unwrap_or(Span::new(0, 0)), ..*unit })
            .collect();
        let page = Page { text: layout.text, units: described, headline, url: url.map(str::to_owned), instead: None };
        Cleaned { source: Cow::Borrowed(dom.source()), blocks, verdicts, removals, page: Some(page) }
    }
}

/// The units of one block.
struct Row {
    units: Range<usize>,
    /// What all of them go as.
    gone: Option<Category>,
}

/// What goes together: an element, or a part of a text.
#[derive(Debug)]
pub(crate) struct Cut {
    pub(crate) node: NodeId,
    /// Its bytes in the source.
    pub(crate) at: Span,
    pub(crate) category: Category,
    /// The units in it.
    pub(crate) units: Range<usize>,
    pub(crate) group: usize,
}

impl Cut {
    /// The unit that stands for all of it; none where it is chosen, whatever is in it.
    pub(crate) fn weakest(&self, verdicts: &[Verdict]) -> Option<usize> {
        weakest(&verdicts[self.units.clone()]).map(|at| self.units.start + at)
    }

    pub(crate) fn removal<At>(&self, at: At, verdicts: &[Verdict]) -> Removal<At> {
        if self.units.is_empty() {
            return removal(at, self.category, &[Verdict::chosen(Choice::Remove)], self.group);
        }
        removal(at, self.category, &verdicts[self.units.clone()], self.group)
    }
}

/// What is to be taken out of a page's tree: what was chosen for it, and the rest in the order of the layout.
pub(crate) fn cuts(dom: &Dom<'_>, layout: &Layout, units: &[Block], verdicts: &[Verdict], chosen: &HashMap<NodeId, Choice>) -> Vec<Cut> {
    let spared = spared(dom, chosen);
    let rows = rows(layout, units, verdicts);
    // For each block, where the run of blocks that go as the same category ends.
    let mut runs = vec![0usize; rows.len()];
    for i in (0..rows.len()).rev() {
        let goes_on = rows[i].gone.is_some() && rows.get(i + 1).is_some_and(|next| next.gone == rows[i].gone);
        runs[i] = if goes_on { runs[i + 1] } else { i + usize::from(rows[i].gone.is_some()) };
    }
    let kept = kept_places(layout, units, verdicts);
    let mut found: Vec<Cut> = Vec::new();
    let mut group = 0;
    // Blocks up to here are done.
    let mut done = 0;
    for frame in &layout.boxes[1..] {
        let blocks = frame.first as usize..frame.end as usize;
        if blocks.start < done || blocks.is_empty() || runs[blocks.start] < blocks.end {
            continue;
        }
        // The page's own element is more than its text.
        if spared.contains(&frame.node) || dom.html_name(frame.node).is_some_and(|n| *n == local_name!("html")) {
            continue;
        }
        let Some(at) = extent(dom, frame.node).filter(|at| !holds(&kept, *at)) else { continue };
        let Some(category) = rows[blocks.start].gone else { continue };
        let all = rows[blocks.start].units.start..rows[blocks.end - 1].units.end;
        single_blocks(layout, units, verdicts, &rows, done..blocks.start, &mut group, &mut found);
        found.push(Cut { node: frame.node, at, category, units: all, group });
        group += 1;
        // Where elements are mis-nested, what is in one may stand behind its end tag.
        for block in blocks.clone() {
            let outside = layout.source_of(block, layout.blocks[block].span).is_some_and(|text| !at.contains(text));
            if outside {
                single_blocks(layout, units, verdicts, &rows, block..block + 1, &mut group, &mut found);
            }
        }
        done = blocks.end;
    }
    single_blocks(layout, units, verdicts, &rows, done..rows.len(), &mut group, &mut found);
    if chosen.is_empty() { found } else { with_chosen(dom, chosen, &spared, found, group) }
}

/// Chosen elements that stay, and all around them.
fn spared(dom: &Dom<'_>, chosen: &HashMap<NodeId, Choice>) -> HashSet<NodeId> {
    let mut spared = HashSet::new();
    for (&node, _) in chosen.iter().filter(|(_, choice)| **choice == Choice::Keep) {
        let mut at = Some(node);
        while let Some(node) = at.filter(|node| spared.insert(*node)) {
            at = dom.parent(node);
        }
    }
    spared
}

/// Chosen elements go as a whole, whether there is text in them or not, in the place of what goes of them.
fn with_chosen(dom: &Dom<'_>, chosen: &HashMap<NodeId, Choice>, spared: &HashSet<NodeId>, found: Vec<Cut>, mut group: usize) -> Vec<Cut> {
    let goes = |node: &NodeId| chosen.get(node) == Some(&Choice::Remove) && !spared.contains(node);
    let is_inside = |node: NodeId| std::iter::successors(dom.parent(node), |&node| dom.parent(node)).any(|node| goes(&node));
    let mut whole: Vec<NodeId> = chosen.keys().copied().filter(|node| goes(node) && !is_inside(*node)).collect();
    whole.sort_unstable();
    let mut all: Vec<Cut> = Vec::with_capacity(found.len() + whole.len());
    for node in whole {
        let at = extent(dom, node).unwrap_or(Span::new(0, 0));
        all.push(Cut { node, at, category: Category::Other, units: 0..0, group });
        group += 1;
    }
    all.extend(found.into_iter().filter(|cut| !goes(&cut.node) && !is_inside(cut.node)));
    all
}

fn rows(layout: &Layout, units: &[Block], verdicts: &[Verdict]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(layout.blocks.len());
    let mut at = 0;
    for number in 0..layout.blocks.len() {
        let start = at;
        at += units[at..].iter().take_while(|u| u.paragraph as usize == number).count();
        let first = verdicts.get(start).filter(|_| at > start).and_then(removed_as);
        let all = verdicts[start..at].iter().all(|v| removed_as(v) == first);
        rows.push(Row { units: start..at, gone: first.filter(|_| all) });
    }
    rows
}

/// Text that goes out of boxes that stay.
fn single_blocks(
    layout: &Layout,
    units: &[Block],
    verdicts: &[Verdict],
    rows: &[Row],
    blocks: Range<usize>,
    group: &mut usize,
    found: &mut Vec<Cut>,
) {
    for number in blocks {
        let row = rows[number].units.clone();
        let pieces = layout.pieces.among(layout.places[number].pieces);
        let mut at = row.start;
        while at < row.end {
            let category = removed_as(&verdicts[at]);
            let run = at..at + verdicts[at..row.end].iter().take_while(|v| removed_as(v) == category).count();
            at = run.end;
            let Some(category) = category else { continue };
            // A sentence takes one adjacent space.
            let (mut start, mut end) = (units[run.start].span.start, units[run.end - 1].span.end);
            let before = run.start.checked_sub(1).filter(|_| run.start > row.start).map(|i| units[i].span.end);
            if run.end < row.end {
                // Where none stands before it, that behind it still parts what is kept.
                if before.is_none_or(|before| before < start) {
                    end = units[run.end].span.start;
                }
            } else if let Some(before) = before
                && removed_as(&verdicts[run.start - 1]).is_none()
            {
                start = before;
            }
            let mut parts: Vec<(NodeId, Span)> = Vec::new();
            for (node, span) in origins(pieces, Span::new(start, end)) {
                match parts.last_mut() {
                    Some((last, before)) if *last == node && before.end == span.start => before.end = span.end,
                    _ => parts.push((node, span)),
                }
            }
            found.extend(parts.into_iter().map(|(node, at)| Cut { node, at, category, units: run.clone(), group: *group }));
            *group += 1;
        }
    }
}

/// Where kept text begins in the page, in order.
fn kept_places(layout: &Layout, units: &[Block], verdicts: &[Verdict]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::new();
    for (unit, verdict) in units.iter().zip(verdicts) {
        if removed_as(verdict).is_none() {
            let pieces = layout.pieces.among(layout.places[unit.paragraph as usize].pieces);
            places.extend(origins(pieces, unit.span).map(|(_, at)| at.start));
        }
    }
    if !places.is_sorted() {
        places.sort_unstable();
    }
    places
}

fn holds(places: &[usize], at: Span) -> bool {
    let first = places.partition_point(|place| *place < at.start);
    places.get(first).is_some_and(|place| *place < at.end)
}

/// From an element's start tag to the end of all that is in it. `None` where the page has nothing of it.
fn extent(dom: &Dom<'_>, node: NodeId) -> Option<Span> {
    if let (Some(open), Some(close)) = (dom.start_tag(node), dom.end_tag(node)) {
        return Some(Span::new(open.start, close.end));
    }
    let mut all: Option<Span> = None;
    let mut take = |at: Span| all = Some(all.map_or(at, |all| all.with(at)));
    let mut next = Some(node);
    while let Some(at) = next {
        dom.start_tag(at).into_iter().chain(dom.end_tag(at)).for_each(&mut take);
        dom.runs(at).for_each(|run| take(run.at));
        next = dom.next_within(node, at, true);
    }
    all
}

/// In the order of the page; what overlaps, where elements are mis-nested, is cut back.
fn disjoint(mut found: Vec<Removal>) -> Vec<Removal> {
    found.sort_by_key(|r| (r.at.start, std::cmp::Reverse(r.at.end)));
    let mut end = 0;
    found.retain_mut(|r| {
        r.at.start = r.at.start.max(end);
        end = end.max(r.at.end);
        r.at.start < r.at.end
    });
    found
}

//! The second pass: what stands beside a unit.

use super::is_sure;
use super::verdict::Case;
use super::weights::Weights;
use crate::evidence::feature::Feature;
use crate::removal::Category;
use crate::segment::block::{Block, BlockKind};
use crate::segment::text::ends_sentence;

/// Label words in a row that make a menu.
const MENU: usize = 3;
/// Words that a label has at most to be a subhead.
const SUBHEAD_WORDS: usize = 4;
/// Lines of dates that a document's own furniture has at most.
const MOST_DATES: usize = 3;
/// Units from the start within which a document says its date.
const EDGE: usize = 8;
/// Units from the start or the end of a document within which its menus stand.
const MENU_EDGE: usize = 3;
/// Titles that a list of related articles has at most.
const MOST_TITLES: usize = 12;

pub(super) fn apply(source: &str, units: &[Block], cases: &mut [Case], weights: &Weights) {
    short_sentences(units, cases, weights);
    subheads(source, units, cases, weights);
    dates(cases, weights);
    edges(cases, weights);
    label_words(cases, weights);
    titles_under_labels(source, units, cases, weights);
}

fn is_label(case: &Case) -> bool {
    case.observations.iter().any(|o| o.feature.is_label())
}

/// "All rights reserved." goes with the copyright line before it.
fn short_sentences(units: &[Block], cases: &mut [Case], weights: &Weights) {
    for i in 1..cases.len() {
        let is_short = cases[i].has(Feature::Short);
        if is_short && is_sure(&cases[i - 1]) && units[i - 1].paragraph == units[i].paragraph {
            let category = cases[i].category;
            cases[i].add(Feature::Neighbour, category, 1.0, weights);
        }
    }
}

/// "Comments" over a paragraph is more likely a subhead than a button, and "Log in" a step of instructions, unless its neighbour is a label as well.
fn subheads(source: &str, units: &[Block], cases: &mut [Case], weights: &Weights) {
    let labels: Vec<bool> = cases.iter().map(is_label).collect();
    for i in 0..cases.len() {
        let category = cases[i].category;
        let beside = (i > 0 && labels[i - 1]) || labels.get(i + 1).copied().unwrap_or(false);
        let is_label = cases[i].has(Feature::Label);
        let is_head = category == Some(Category::Account) || matches!(units[i].kind, BlockKind::Heading | BlockKind::ListItem);
        if beside || !is_label || !is_head || !is_ambiguous(category) {
            continue;
        }
        let words = source[units[i].span.range()].split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
        // "Donate now" is no chapter's title.
        let calls = words > 1 && matches!(category, Some(Category::Donation | Category::Paywall | Category::Social));
        if words <= SUBHEAD_WORDS && !calls {
            cases[i].add(Feature::Subhead, category, 1.0, weights);
        }
    }
}

/// Kinds of labels that chapters have as titles, too.
fn is_ambiguous(category: Option<Category>) -> bool {
    !matches!(category, Some(Category::Advertisement | Category::Related | Category::Byline | Category::Legal))
}

/// A line of items is a menu where the page begins or ends.
fn edges(cases: &mut [Case], weights: &Weights) {
    let count = cases.len();
    for (i, case) in cases.iter_mut().enumerate() {
        let at_edge = i < MENU_EDGE || i + MENU_EDGE >= count;
        if at_edge && case.has(Feature::Items) {
            let category = case.category;
            case.add(Feature::Edge, category, 1.0, weights);
        }
    }
}

/// A date is the document's near its beginning, or beside other furniture; several are a diary's.
fn dates(cases: &mut [Case], weights: &Weights) {
    let is_date = |c: &Case| c.has(Feature::DateLine);
    let sure: Vec<bool> = cases.iter().map(is_sure).collect();
    let many = cases.iter().filter(|c| is_date(c)).count() > MOST_DATES;
    for i in 0..cases.len() {
        let beside = (i > 0 && sure[i - 1] && !is_date(&cases[i - 1])) || (i + 1 < sure.len() && sure[i + 1] && !is_date(&cases[i + 1]));
        // At the end, a letter's place and date stand under its signature.
        let at_edge = i < EDGE;
        if is_date(&cases[i]) && !beside && (many || !at_edge) {
            cases[i].add(Feature::AmidText, None, 1.0, weights);
        }
    }
}

/// A word such as "News" is a menu's among other labels, and a heading elsewhere.
fn label_words(cases: &mut [Case], weights: &Weights) {
    let sure: Vec<bool> = cases.iter().map(is_sure).collect();
    let mut at = 0;
    while at < cases.len() {
        let run = cases[at..].iter().take_while(|c| is_label(c)).count();
        for i in at..at + run {
            if !cases[i].has(Feature::Word) {
                continue;
            }
            let category = cases[i].category;
            let sides = usize::from(i > 0 && sure[i - 1]) + usize::from(i + 1 < sure.len() && sure[i + 1]);
            if run >= MENU {
                cases[i].add(Feature::AmongLabels, category, 1.0, weights);
            }
            if sides > 0 {
                cases[i].add(Feature::Neighbour, category, sides as f32, weights);
            }
        }
        at += run.max(1);
    }
}

/// Titles without a full stop in the list under "Related articles" go with it: list items directly below, or lines, when no prose
/// follows to the end of the document.
fn titles_under_labels(source: &str, units: &[Block], cases: &mut [Case], weights: &Weights) {
    let is_title =
        |b: &Block| matches!(b.kind, BlockKind::Line | BlockKind::Heading | BlockKind::ListItem) && !ends_sentence(&source[b.span.range()]);
    let furniture = (0..units.len()).rev().take_while(|&i| is_title(&units[i]) || is_sure(&cases[i])).count();
    let end_of_prose = units.len() - furniture;
    let mut at = 0;
    while at < units.len() {
        let category = cases[at].category;
        at += 1;
        if !heads_a_list(&cases[at - 1]) {
            continue;
        }
        // No further than a list can reach, lest a page of nothing but labels cost the square of its length.
        let near = at..units.len().min(at + MOST_TITLES + 1);
        let titles = near.clone().take_while(|&i| is_title(&units[i]) && !is_sure(&cases[i])).count();
        let items = near.take_while(|&i| units[i].kind == BlockKind::ListItem && is_title(&units[i])).count();
        let go = if at >= end_of_prose { titles.max(items) } else { items };
        if go > MOST_TITLES {
            continue;
        }
        for case in &mut cases[at..at + go] {
            case.add(Feature::UnderLabel, category, 1.0, weights);
        }
        at += go;
    }
}

fn heads_a_list(case: &Case) -> bool {
    case.category == Some(Category::Related) && is_sure(case) && case.has(Feature::Label)
}

//! Appeals in running prose, decided as runs of sentences.
//!
//! An anchor is a sentence that asks the reader for something by itself. A run grows from its anchors: over the sentences between two of them, over
//! neighbours in which the outlet speaks of itself, and over what is left of a paragraph that is mostly appeal. It stops where the world begins
//! again, and never crosses a heading, a quotation or reported speech.

use super::is_sure;
use super::verdict::Case;
use super::weights::Weights;
use crate::evidence::feature::Feature;
use crate::removal::Category;
use crate::segment::block::{Block, BlockKind};
use std::ops::Range;

/// Sentences between two anchors of a paragraph that may say nothing of the outlet or the reader.
const GAP: usize = 4;
/// Paragraphs between two appeals that can belong to both.
const PARAGRAPH_GAP: usize = 2;
/// Units that a paragraph must have before its rest goes with most of it.
const MOST_OF: usize = 3;
/// The share of a paragraph's bytes that is most of it.
const MOST: f32 = 0.6;
/// What a sentence must say of the outlet and the reader to be taken beside an appeal.
const TALK: f32 = 1.0;

pub(super) fn apply(units: &[Block], cases: &mut [Case], weights: &Weights) {
    let paragraphs = paragraphs(units);
    for p in &paragraphs {
        within(p.clone(), units, cases, weights);
    }
    across(&paragraphs, units, cases, weights);
}

/// The units of every paragraph.
fn paragraphs(units: &[Block]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        match all.last_mut() {
            Some(last) if units[last.start].paragraph == unit.paragraph => last.end = i + 1,
            _ => all.push(i..i + 1),
        }
    }
    all
}

/// Kinds of boilerplate that come as running prose.
fn asks(category: Option<Category>) -> bool {
    matches!(category, Some(Category::Donation | Category::Paywall | Category::Newsletter))
}

fn is_anchor(case: &Case) -> bool {
    is_sure(case) && asks(case.category)
}

fn is_guarded(case: &Case) -> bool {
    case.sum(&[Feature::Speech, Feature::Quotation]) > 0.0
}

/// How much a sentence speaks of the outlet and to the reader.
fn talk(case: &Case) -> f32 {
    2.0 * case.sum(&[Feature::Outlet])
        + case.sum(&[Feature::We, Feature::You, Feature::Act, Feature::Hint, Feature::Cue])
        + 0.5 * case.sum(&[Feature::Weak, Feature::Money, Feature::Period])
}

/// Whether a sentence beside an appeal goes on with it: the outlet speaks of its work, or someone speaks up in a document about the world.
fn is_talk(case: &Case) -> bool {
    talk(case) >= TALK && case.sum(&[Feature::Outlet, Feature::Voice]) > 0.0
}

fn join(case: &mut Case, feature: Feature, category: Option<Category>, weights: &Weights) {
    case.add(feature, category, 1.0, weights);
}

fn within(paragraph: Range<usize>, units: &[Block], cases: &mut [Case], weights: &Weights) {
    let anchors: Vec<usize> = paragraph.clone().filter(|&i| is_anchor(&cases[i])).collect();
    let Some(&first) = anchors.first() else { return };
    let category = cases[first].category;
    for pair in anchors.windows(2) {
        let gap = pair[0] + 1..pair[1];
        let silent = gap.clone().filter(|&i| talk(&cases[i]) < TALK).count();
        if silent <= GAP && !gap.clone().any(|i| is_guarded(&cases[i])) {
            for i in gap {
                if !is_sure(&cases[i]) {
                    join(&mut cases[i], Feature::Between, category, weights);
                }
            }
        }
    }
    beside(paragraph.clone(), category, cases, weights);
    let bytes = |i: usize| units[i].span.len() as f32;
    let all: f32 = paragraph.clone().map(bytes).sum();
    let sure: f32 = paragraph.clone().filter(|&i| is_sure(&cases[i])).map(bytes).sum();
    if paragraph.len() >= MOST_OF && sure >= MOST * all {
        for i in paragraph {
            if !is_sure(&cases[i]) && !is_guarded(&cases[i]) {
                join(&mut cases[i], Feature::RestOfParagraph, category, weights);
            }
        }
    }
}

/// Extends every run of a paragraph over neighbours that talk of the outlet or to the reader.
fn beside(paragraph: Range<usize>, category: Option<Category>, cases: &mut [Case], weights: &Weights) {
    let step = |from: usize, to: usize, cases: &mut [Case]| {
        if is_sure(&cases[from]) && asks(cases[from].category) && !is_sure(&cases[to]) && !is_guarded(&cases[to]) && is_talk(&cases[to]) {
            join(&mut cases[to], Feature::Beside, category, weights);
        }
    };
    for i in paragraph.clone().skip(1) {
        step(i - 1, i, cases);
    }
    for i in paragraph.skip(1).rev() {
        step(i, i - 1, cases);
    }
}

/// Joins paragraphs: those between two appeals, and those beside one that talk like it.
fn across(paragraphs: &[Range<usize>], units: &[Block], cases: &mut [Case], weights: &Weights) {
    let is_whole = |p: &Range<usize>, cases: &[Case]| cases[p.clone()].iter().all(is_sure) && cases[p.clone()].iter().any(is_anchor);
    let wholes: Vec<usize> = (0..paragraphs.len()).filter(|&p| is_whole(&paragraphs[p], cases)).collect();
    for pair in wholes.windows(2) {
        let gap = pair[0] + 1..pair[1];
        if gap.is_empty() || gap.len() > PARAGRAPH_GAP {
            continue;
        }
        let between = paragraphs[gap.start].start..paragraphs[gap.end - 1].end;
        let category = cases[paragraphs[pair[0]].start].category;
        let speaks = gap.clone().all(|p| cases[paragraphs[p].clone()].iter().any(|c| is_sure(c) || talk(c) >= TALK));
        let stops = between.clone().any(|i| is_guarded(&cases[i]) || (units[i].kind == BlockKind::Heading && !is_sure(&cases[i])));
        if speaks && !stops {
            for i in between {
                if !is_sure(&cases[i]) {
                    join(&mut cases[i], Feature::Between, category, weights);
                }
            }
        }
    }
    for &p in &wholes {
        let category = cases[paragraphs[p].start].category;
        for neighbour in [p.checked_sub(1), Some(p + 1)].into_iter().flatten().filter(|&n| n < paragraphs.len()) {
            let range = paragraphs[neighbour].clone();
            let all_talk = range.clone().all(|i| is_sure(&cases[i]) || (is_talk(&cases[i]) && !is_guarded(&cases[i])));
            if all_talk && units[range.start].kind != BlockKind::Heading {
                for i in range {
                    if !is_sure(&cases[i]) {
                        join(&mut cases[i], Feature::Beside, category, weights);
                    }
                }
            }
        }
    }
}

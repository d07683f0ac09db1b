//! Appeals in running prose, decided as runs of sentences.
//!
//! One sentence of an appeal may be from any article; together they are not. Every sentence gains or costs something: talk of the outlet, of the reader
//! and of giving gains, talk of the world costs. A run is a stretch of sentences that gains more than it costs to begin one (the best path through
//! two states, body and appeal; Viterbi 1967). It never crosses a heading, hardly a quotation or reported speech, and must ask for something.

use super::is_sure;
use super::verdict::Case;
use super::weights::Weights;
use crate::evidence::feature::Feature;
use crate::removal::Category;
use crate::segment::block::{Block, BlockKind};
use std::ops::Range;

/// Log-odds that every sentence of a run costs. A sentence about the world alone gains nothing.
const SENTENCE: f32 = -1.4;
/// What it costs to begin a run.
const BEGIN: f32 = -2.8;
/// What it costs to go on into the next paragraph.
const PARAGRAPH: f32 = -1.2;
/// What a quotation or reported speech costs, beyond what it weighs for itself.
const GUARD: f32 = -3.0;
/// The most that one sentence can gain: several weaker ones say more than one strong.
const MOST_GAIN: f32 = 5.0;
/// The most that a sentence can gain which only says "we" or "you": a run goes on over it, but does not end with it.
const MERE_VOICE: f32 = -0.2;
/// Bytes up to which a unit is no sentence.
const SHORT: usize = 16;
/// The same for a line that is no sentence and says nothing.
const SILENT_LINE: f32 = -6.0;
/// What the phrases of a run must weigh together: an appeal asks for something.
const ASK: f32 = 5.0;
/// The log-odds that a run gives to its sentences, whatever it gained.
const SURE: Range<f32> = 0.3..4.0;
/// Units that a paragraph must have before its rest goes with most of it.
const MOST_OF: usize = 3;
/// The share of a paragraph's bytes that is most of it.
const MOST: f32 = 0.75;

pub(super) fn apply(units: &[Block], cases: &mut [Case], weights: &Weights) {
    // Without a single sentence that asks there is nothing to find.
    if !cases.iter().any(|c| asks(c.category)) {
        return;
    }
    let gains: Vec<f32> = (0..units.len()).map(|i| gain(&units[i], &cases[i], weights)).collect();
    for run in runs(units, &gains) {
        let total: f32 = BEGIN + gains[run.clone()].iter().sum::<f32>();
        let asked: f32 = cases[run.clone()].iter().map(|c| asked(c, weights)).sum();
        let is_plain = cases[run.clone()].iter().any(asks_plainly);
        if run.len() < 2 || asked < ASK || !is_plain {
            continue;
        }
        let category = strongest(&cases[run.clone()], weights);
        let odds = total.clamp(SURE.start, SURE.end);
        for case in &mut cases[run] {
            // Talk of the outlet alone may be sure enough, but names no category by itself.
            let is_nameless = case.category.is_none();
            if is_nameless || (case.odds < odds && (asks(case.category) || !is_sure(case))) {
                join(case, category, odds.max(case.odds), weights);
            }
        }
    }
    rest_of_paragraphs(units, cases, weights);
}

/// Kinds of boilerplate that come as running prose.
pub(super) fn asks(category: Option<Category>) -> bool {
    matches!(category, Some(Category::Donation | Category::Paywall | Category::Newsletter))
}

fn is_guarded(case: &Case) -> bool {
    case.sum(&[Feature::Speech, Feature::Quotation]) > 0.0
}

/// What a unit adds to a run.
fn gain(unit: &Block, case: &Case, weights: &Weights) -> f32 {
    let is_head = unit.kind == BlockKind::Heading || case.sum(&[Feature::Subhead, Feature::AmidText]) > 0.0;
    if is_head && !is_sure(case) {
        return f32::NEG_INFINITY;
    }
    // A label of another kind, such as "Read more", neither speaks for an appeal nor against it.
    if is_sure(case) && !asks(case.category) {
        return 0.0;
    }
    // What speaks for a byline does not speak for an appeal.
    let evidence = case.gain_for(case.category.filter(|c| asks(Some(*c))), weights);
    let guard = if is_guarded(case) { GUARD } else { 0.0 };
    let most = match asks(case.category) || case.sum(&[Feature::Outlet, Feature::Period]) > 0.0 {
        true => MOST_GAIN,
        // A title, a time or a row of a table is no sentence of an appeal.
        false if matches!(unit.kind, BlockKind::Line | BlockKind::ListItem) || unit.span.len() <= SHORT => SILENT_LINE,
        false => MERE_VOICE,
    };
    (SENTENCE + evidence).min(most) + guard
}

/// What the phrases of a unit weigh that ask for something.
fn asked(case: &Case, weights: &Weights) -> f32 {
    let phrases = [Feature::Own, Feature::Cue, Feature::FurtherCue, Feature::Hint, Feature::Weak, Feature::Label, Feature::Word];
    let of_asking = case.observations.iter().filter(|o| o.category == case.category && asks(o.category) && phrases.contains(&o.feature));
    of_asking.map(|o| weights.of(o.feature) * o.value).sum()
}

/// Whether more than weak words ask.
fn asks_plainly(case: &Case) -> bool {
    let plain = [Feature::Own, Feature::Cue, Feature::Hint, Feature::Label];
    case.observations.iter().any(|o| asks(o.category) && plain.contains(&o.feature))
}

/// The category that the phrases of a run speak for most.
fn strongest(cases: &[Case], weights: &Weights) -> Option<Category> {
    let weight = |category| cases.iter().filter(|c| c.category == category).map(|c| asked(c, weights)).sum::<f32>();
    [Category::Donation, Category::Paywall, Category::Newsletter]
        .map(Some)
        .into_iter()
        .rev()
        .max_by(|a, b| weight(*a).total_cmp(&weight(*b)))
        .flatten()
}

/// The stretches that the best path through body and appeal spends in appeals.
fn runs(units: &[Block], gains: &[f32]) -> Vec<Range<usize>> {
    // For each unit: whether an appeal that has it began before it, and whether body at it would follow an appeal.
    let mut steps: Vec<(bool, bool)> = Vec::with_capacity(units.len());
    let (mut body, mut appeal) = (0.0f32, f32::NEG_INFINITY);
    for (i, gain) in gains.iter().enumerate() {
        let step = if i > 0 && units[i].paragraph != units[i - 1].paragraph { PARAGRAPH } else { 0.0 };
        let (on, anew) = (appeal + step, body + BEGIN);
        steps.push((on > anew, appeal > body));
        body = body.max(appeal);
        appeal = on.max(anew) + gain;
    }
    // Back along the best path.
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut end = (appeal > body).then_some(units.len());
    for (i, (goes_on, follows)) in steps.into_iter().enumerate().rev() {
        end = match end {
            Some(_) if goes_on => end,
            Some(end) => {
                found.push(i..end);
                None
            }
            None => follows.then_some(i),
        };
    }
    found.reverse();
    found
}

/// Where most of a paragraph is an appeal, what is left of it goes too.
fn rest_of_paragraphs(units: &[Block], cases: &mut [Case], weights: &Weights) {
    let mut start = 0;
    for paragraph in units.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let range = start..start + paragraph.len();
        start = range.end;
        let Some(category) = cases[range.clone()].iter().find(|c| is_sure(c) && asks(c.category)).map(|c| c.category) else { continue };
        let all: usize = paragraph.iter().map(|u| u.span.len()).sum();
        let sure: usize = range.clone().filter(|&i| is_sure(&cases[i])).map(|i| units[i].span.len()).sum();
        let count = range.clone().filter(|&i| is_sure(&cases[i])).count();
        // One long sentence is not most of a paragraph.
        if paragraph.len() < MOST_OF || (sure as f32) < MOST * all as f32 || 2 * count < paragraph.len() {
            continue;
        }
        for case in &mut cases[range] {
            if !is_sure(case) && !is_guarded(case) {
                case.add(Feature::RestOfParagraph, category, 1.0, weights);
            }
        }
    }
}

/// Lifts a case to these log-odds, as part of a run of that category.
fn join(case: &mut Case, category: Option<Category>, odds: f32, weights: &Weights) {
    let own = case.odds_for(category, weights);
    case.add(Feature::Run, category, (odds - own) / weights.of(Feature::Run), weights);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::removal::Span;

    fn found(gains: &[f32]) -> Vec<(usize, usize)> {
        let units: Vec<Block> = (0..gains.len()).map(|i| Block { span: Span::new(i, i + 1), kind: BlockKind::Sentence, paragraph: 0 }).collect();
        runs(&units, gains).into_iter().map(|r| (r.start, r.end)).collect()
    }

    #[test]
    fn a_run_must_gain_more_than_it_costs_to_begin() {
        assert_eq!(found(&[-2.0, 1.0, 0.5, -2.0]), []);
        assert_eq!(found(&[-2.0, 1.5, 1.5, -2.0]), [(1, 3)]);
        assert_eq!(found(&[3.0]), [(0, 1)]);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn a_run_bridges_what_it_can_pay_for() {
        assert_eq!(found(&[4.0, -2.0, 4.0]), [(0, 3)]);
        assert_eq!(found(&[4.0, -2.0, -2.0, -2.0, 4.0]), [(0, 1), (4, 5)]);
        assert_eq!(found(&[4.0, f32::NEG_INFINITY, 4.0, -1.0]), [(0, 1), (2, 3)]);
    }

    #[test]
    fn the_path_is_the_best_of_all() {
        // Every way to choose runs, for short lists.
        for seed in 0..400u32 {
            let gains: Vec<f32> = (0..7).map(|i| ((seed.wrapping_mul(2_654_435_761).rotate_left(i * 5) % 100) as f32) / 12.0 - 4.0).collect();
            let value = |set: u32| {
                let inside = |i: usize| set >> i & 1 == 1;
                (0..7).filter(|&i| inside(i)).map(|i| gains[i] + if i == 0 || !inside(i - 1) { BEGIN } else { 0.0 }).sum::<f32>()
            };
            let best = (0..128).map(value).fold(f32::NEG_INFINITY, f32::max);
            let got: u32 = found(&gains).into_iter().flat_map(|(a, b)| a..b).map(|i| 1 << i).sum();
            assert!((value(got) - best).abs() < 1e-3, "{gains:?}: {got:b}");
        }
    }
}

//! Guards against over-removal, for documents that are about what they would lose.

use super::is_sure;
use super::verdict::Case;
use super::weights::Weights;
use crate::evidence::feature::Feature;
use crate::evidence::observe::Observed;
use crate::removal::Category;
use crate::segment::block::Block;
use crate::segment::text::ends_sentence;

/// Topic words from which on a document is about the thing.
const ABOUT: usize = 3;
/// The share of a document's prose that an appeal may be without being its subject.
const SUBJECT: f32 = 0.75;
/// The same, where the asker never speaks of a newsroom: then it is more likely a letter or a speech.
const SUBJECT_WITHOUT_OUTLET: f32 = 0.35;
/// Bytes of appeals below which nothing is concluded: a short text may be all boilerplate.
const SUBJECT_LEAST: f32 = 600.0;
/// Bytes of prose that a letter has at least.
const LETTER_LEAST: f32 = 300.0;
/// How much appeals must stand out on average to be no part of a letter.
const STANDS_OUT: f32 = 0.6;
/// Bytes of a unit from which on it is prose even without a full stop.
const PROSE: usize = 120;

/// In a report on paywalls or fund drives a phrase in prose needs more company.
pub(super) fn topic(cases: &mut [Case], observed: &Observed, weights: &Weights) {
    let topics = observed.topics();
    for case in cases {
        let Some(category) = case.category else { continue };
        let is_prose = !case.observations.iter().any(|o| o.feature.is_label());
        if is_prose && topics[category as usize] >= ABOUT {
            case.add(Feature::Topic, Some(category), 1.0, weights);
        }
    }
}

/// A document that is an appeal from end to end is a charity's page or a letter, and keeps its text.
pub(super) fn subject(source: &str, units: &[Block], cases: &mut [Case], weights: &Weights) {
    let is_prose = |b: &Block| b.span.len() >= PROSE || ends_sentence(&source[b.span.range()]);
    let is_appeal = |c: &Case| is_sure(c) && matches!(c.category, Some(Category::Donation | Category::Promotion | Category::Newsletter));
    let prose: Vec<usize> = (0..units.len()).filter(|&i| is_prose(&units[i])).collect();
    let bytes = |i: &usize| units[*i].span.len() as f32;
    let all: f32 = prose.iter().map(bytes).sum();
    let appeal: f32 = prose.iter().filter(|&&i| is_appeal(&cases[i])).map(bytes).sum();
    let outlet = cases.iter().filter(|c| is_appeal(c)).any(|c| c.sum(&[Feature::Outlet]) > 0.0);
    if all >= LETTER_LEAST {
        letter(&prose, is_appeal, outlet, cases, weights);
    }
    let limit = if outlet { SUBJECT } else { SUBJECT_WITHOUT_OUTLET };
    if appeal < SUBJECT_LEAST || appeal <= limit * all {
        return;
    }
    for &i in &prose {
        if is_appeal(&cases[i]) {
            let category = cases[i].category;
            cases[i].add(Feature::Subject, category, 1.0, weights);
        }
    }
}

/// In a letter or a speech the whole text speaks to the reader, so that no sentence stands out; where the asker never speaks of a newsroom either, what
/// is asked is the text's own concern.
fn letter(prose: &[usize], is_appeal: impl Fn(&Case) -> bool, outlet: bool, cases: &mut [Case], weights: &Weights) {
    let asking: Vec<usize> = prose.iter().copied().filter(|&i| is_appeal(&cases[i])).collect();
    let voice: f32 = asking.iter().map(|&i| cases[i].sum(&[Feature::Voice])).sum::<f32>() / asking.len().max(1) as f32;
    if outlet || voice >= STANDS_OUT {
        return;
    }
    for i in asking {
        let category = cases[i].category;
        if category == Some(Category::Donation) {
            cases[i].add(Feature::Letter, category, 1.0, weights);
        }
    }
}

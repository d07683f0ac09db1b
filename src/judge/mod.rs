//! From observations to verdicts: each unit alone, its neighbours, runs of sentences that are one appeal, the guards; then all of it is weighed by what was learned.

mod appeal;
#[cfg(feature = "html")]
pub(crate) mod choice;
mod context;
#[cfg(feature = "html")]
pub(crate) mod cut;
mod guard;
#[cfg(feature = "html")]
pub(crate) mod page;
pub(crate) mod text;
pub(crate) mod trees;
pub(crate) mod verdict;
pub(crate) mod weights;

use crate::evidence::feature::Feature;
use crate::evidence::observe::Observed;
use crate::removal::Category;
use text::TextWeights;
use verdict::{Case, Verdict};
use weights::Weights;

/// What to remove, and how sure to be.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) threshold: f32,
    /// By the category's number.
    pub(crate) remove: [bool; Category::ALL.len()],
    /// Whether what stays is to be explained, too.
    pub(crate) explain: bool,
}

impl Policy {
    /// Whether what has this score and is of this kind goes.
    fn lets_go(&self, score: f32, category: Category) -> bool {
        score >= self.threshold && self.remove[category as usize]
    }
}

/// Passes after which no more is looked for: what is left then was seen so often that it stays.
const PASSES: usize = 5;
/// The score of what is as likely boilerplate as not.
const EVEN: f32 = 0.5;

/// Judges every unit; the verdicts are in the order of the units.
///
/// What goes changes what its neighbours look like, so that the rest is judged again until nothing more goes. Cleaning a cleaned document
/// therefore removes nothing more.
pub(crate) fn judge(source: &str, observed: &Observed, weights: &Weights, learned: &TextWeights, policy: &Policy) -> Vec<Verdict> {
    let mut verdicts = judge_once(source, observed, weights, learned, policy, &[]);
    // By their scores alone, so that no score depends on what the policy lets go.
    let goes = |v: &Verdict| v.score >= EVEN;
    let mut gone: Vec<bool> = verdicts.iter().map(goes).collect();
    for _ in 1..PASSES {
        if gone.iter().all(|g| *g == gone[0]) {
            break;
        }
        let left = (0..gone.len()).filter(|&i| !gone[i]);
        let before: Vec<f32> = left.clone().map(|i| verdicts[i].odds()).collect();
        let again = judge_once(source, &observed.without(source, &gone), weights, learned, policy, &before);
        let more: Vec<(usize, Verdict)> = left.zip(again).filter(|(_, new)| goes(new)).collect();
        if more.is_empty() {
            break;
        }
        for (i, new) in more {
            verdicts[i] = new;
            gone[i] = true;
        }
    }
    verdicts
}

fn judge_once(source: &str, observed: &Observed, weights: &Weights, learned: &TextWeights, policy: &Policy, before: &[f32]) -> Vec<Verdict> {
    let mut cases = by_phrases(source, observed, weights);
    text::apply(observed, &mut cases, learned, policy, before);
    cases.into_iter().map(|case| case.verdict(policy, weights)).collect()
}

/// What the phrases make of every unit.
pub(crate) fn by_phrases(source: &str, observed: &Observed, weights: &Weights) -> Vec<Case> {
    let mut cases: Vec<Case> = (0..observed.units.len()).map(|i| Case::open(observed.of(i), observed.base(i), weights)).collect();
    turn_to_the_reader(&mut cases, observed, weights);
    guard::topic(&mut cases, observed, weights);
    context::apply(source, &observed.units, &mut cases, weights);
    appeal::apply(&observed.units, &mut cases, weights);
    guard::subject(source, &observed.units, &mut cases, weights);
    cases
}

/// In a document about the world, a sentence that speaks as "we" or to "you" stands out.
fn turn_to_the_reader(cases: &mut [Case], observed: &Observed, weights: &Weights) {
    for (case, voice) in cases.iter_mut().zip(&observed.voice) {
        if *voice > 0.0 {
            case.add(Feature::Voice, None, *voice, weights);
        }
    }
}

/// Whether a case is boilerplate by what is known so far.
fn is_sure(case: &Case) -> bool {
    case.odds >= 0.0
}

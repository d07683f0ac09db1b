//! The learned judge of texts: what phrases make of a unit is one signal among many, which boosted trees weigh together.
//!
//! A first pass looks at each unit alone: its words, its shape, its phrases. The trees see that of the unit and of its neighbours, and what lies between them and
//! the ends of the text (two passes, as in stacked sequential learning, Cohen and Carvalho 2005).

use super::appeal::asks;
use super::trees::Trees;
use super::verdict::{Case, score};
use super::{EVEN, Policy, is_sure};
use crate::evidence::feature::Feature;
use crate::evidence::lexicon::Scan;
use crate::evidence::observe::Observed;
use crate::evidence::prose::{self, Around, BAR_COUNT, COUNT, KIND, NAMES, OWN, PHRASES, SHAPE, SIGNS, WORDING, WORDS};
use crate::evidence::words::WordWeights;
use crate::removal::{Category, Cue, Evidence};
use crate::segment::block::BlockKind;

/// Words and trees.
#[derive(Debug, Clone)]
pub(crate) struct TextWeights {
    words: WordWeights,
    trees: Trees,
    /// For languages whose words are not known.
    plain: Trees,
}

const FILE: &str = include_str!("text-trees.txt");
const PLAIN: &str = include_str!("plain-trees.txt");

/// Log-odds taken off what the trees say, so that what is as likely boilerplate as not by their count stays: a lost sentence is worse than a line too many.
pub(crate) const LENIENCE: f32 = 1.6;
/// Log-odds below which the trees may take back what phrases found: where they are in two minds, phrases decide.
const VETO: f32 = -1.0;
/// The same, for languages whose words were not learned.
const WORDLESS: f32 = 1.0;
/// Units that phrases must have found there, before shape alone speaks: without one the text is likelier a list or a poem.
const FOUND: usize = 3;
/// Log-odds below which a unit is not looked at again when others have gone.
const FAR: f32 = -2.0;
/// Log-odds from which on phrases of the caller's own speak.
const UNANSWERABLE: f32 = 10.0;
/// Bars of a row of a table at least.
const BARS: f32 = 2.0;
/// The share of signs from which on a line is code or a drawing.
const CODE: f32 = 0.3;
/// Log-odds taken off where a guard speaks: what the labelled texts hold few of.
const GUARDED: f32 = 2.0;
/// Words of a sentence at least.
const SENTENCE: f32 = 8.0;
/// Log-odds of phrases below which there are none that count.
const SILENT: f32 = -4.0;
/// Log-odds of its words below which a sentence is body.
const BODY: f32 = -2.5;
/// Units that may lie between a unit without phrases and the one that tells its kind.
const REACH: usize = 4;
/// Words up to which a unit is an entry of a menu, where nothing tells its kind.
const ENTRY: f32 = 4.0;
/// Words up to which it is a title.
const TITLE: f32 = 24.0;

impl TextWeights {
    /// Reads the weights that come with the crate.
    pub(crate) fn new() -> Self {
        let number = |name: &str| NAMES.iter().position(|n| *n == name);
        let trees = |text| Trees::read(text, number).unwrap_or_default();
        TextWeights { words: WordWeights::new(), trees: trees(FILE), plain: trees(PLAIN) }
    }

    /// Looks at a text as far as something was learned of its language: at its words in English, at its shape in others, at nothing where the language cannot be told.
    pub(crate) fn read(&self, source: &str, scan: &Scan, observed: &mut Observed) {
        if scan.is_told {
            observed.read_prose(source, scan, scan.is_in_english().then_some(&self.words));
        }
    }

    fn trees(&self, knows_words: bool) -> &Trees {
        if knows_words { &self.trees } else { &self.plain }
    }
}

/// Weighs everything together, where words were weighed. `before` is what the units had when more of them were there: what was far from going then still is.
pub(super) fn apply(observed: &Observed, cases: &mut [Case], weights: &TextWeights, policy: &Policy, before: &[f32]) {
    let Some(known) = &observed.prose else { return };
    if !known.knows_words && cases.iter().filter(|c| is_sure(c)).count() < FOUND {
        return;
    }
    let mut own = known.own.clone();
    for (own, case) in own.iter_mut().zip(&*cases) {
        prose::hear(own, case.odds, case.category);
    }
    let around = Around::new(&own, &known.wording);
    let trees = weights.trees(known.knows_words);
    for (unit, case) in cases.iter_mut().enumerate() {
        if !is_prose(&own[unit]) {
            continue;
        }
        if before.get(unit).is_some_and(|odds| *odds < FAR) && case.odds < 0.0 {
            case.learn(before[unit], None);
            continue;
        }
        if known.knows_words && is_plain_body(&own[unit], known.wording[unit]) {
            let odds = known.wording[unit] - LENIENCE;
            let wording = Evidence { cue: Cue::Feature(NAMES[WORDING]), span: None, weight: odds - case.odds };
            case.learn(odds, policy.explain.then(|| vec![wording]));
            continue;
        }
        let row = around.row(unit);
        let odds = trees.odds(&row) - LENIENCE - if is_guarded(case, &own[unit]) { GUARDED } else { 0.0 };
        if !known.knows_words {
            // Shape alone adds to what phrases find, where it is very sure; it takes nothing back.
            let odds = odds - WORDLESS;
            if odds > case.odds && odds >= 0.0 {
                case.learn(odds, Some(evidence(&row, trees, odds - case.odds)));
            }
            continue;
        }
        // What the caller named goes; an appeal is known by its phrases, of which the labelled texts hold few.
        let is_known = is_sure(case) && (asks(case.category) || case.odds >= UNANSWERABLE);
        if odds < case.odds && (is_known || decide(case.odds, odds) == case.odds) {
            continue;
        }
        let is_asked = policy.explain || may_go(odds, policy);
        case.learn(odds, is_asked.then(|| evidence(&row, trees, odds - case.odds)));
    }
    name(&own, cases, policy);
}

/// The log-odds of a unit to which phrases give these and the trees those.
pub(crate) fn decide(phrases: f32, trees: f32) -> f32 {
    if phrases >= 0.0 && trees >= VETO { phrases.max(trees) } else { trees }
}

/// Whether a unit goes if its kind does: here, or when it is judged again.
fn may_go(odds: f32, policy: &Policy) -> bool {
    score(odds) >= policy.threshold.min(EVEN)
}

/// What every signal gives to the answer of the trees. Phrases speak for themselves: what the trees make of them differently is the guard's.
fn evidence(row: &[f32; COUNT], trees: &Trees, odds: f32) -> Vec<Evidence> {
    let mut given = [0.0; COUNT];
    trees.explain(row, &mut given);
    let mut all: Vec<Evidence> = Vec::with_capacity(COUNT);
    let mut rest = odds;
    for (i, (&weight, name)) in given.iter().zip(NAMES).enumerate() {
        if weight != 0.0 && i != PHRASES && i != KIND {
            let cue = if i < OWN || i == WORDING { Cue::Feature(name) } else { Cue::Context(name) };
            all.push(Evidence { cue, span: None, weight });
            rest -= weight;
        }
    }
    all.push(Evidence { cue: Cue::Guard("phrases-in-place"), span: None, weight: rest });
    all
}

/// Says what kind of boilerplate units are whose phrases tell none: that of the nearest unit that is some, else what their shape is like.
fn name(own: &[prose::Own], cases: &mut [Case], policy: &Policy) {
    let told: Vec<Option<Category>> = cases.iter().map(|c| c.category.filter(|_| is_sure(c))).collect();
    for (unit, case) in cases.iter_mut().enumerate().filter(|(_, c)| c.category.is_none() && may_go(c.odds, policy)) {
        let near = (1..=REACH).find_map(|offset| {
            let before = unit.checked_sub(offset).and_then(|i| told[i]);
            before.or_else(|| told.get(unit + offset).copied().flatten())
        });
        case.category = Some(near.unwrap_or(match own[unit][WORDS] {
            words if words <= ENTRY => Category::Navigation,
            words if words <= TITLE => Category::Related,
            _ => Category::Other,
        }));
    }
}

/// Whether a unit is of a kind that was learned: not a row of a table, code, or a drawing.
pub(crate) fn is_prose(own: &prose::Own) -> bool {
    own[BAR_COUNT] < BARS && own[SIGNS] < CODE
}

/// Whether a unit is body by its words so plainly that nothing else is asked: a sentence without a phrase. They are most of a text, and the trees are wrong about them as
/// often as right.
pub(crate) fn is_plain_body(own: &prose::Own, wording: f32) -> bool {
    own[WORDS] >= SENTENCE && own[PHRASES] <= SILENT && wording < BODY
}

/// Whether something tells that a phrase of the unit is mentioned rather than used, or stands over a chapter.
fn is_guarded(case: &Case, own: &prose::Own) -> bool {
    let guards = [Feature::Subhead, Feature::Short, Feature::Speech, Feature::Quotation, Feature::Topic, Feature::Letter, Feature::Subject];
    // "Home" may be a chapter's title.
    let is_title = own[SHAPE] == f32::from(BlockKind::Heading as u8) && case.has(Feature::Word);
    case.odds < 0.0 && (is_title || guards.iter().any(|guard| case.has(*guard)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_well_formed() {
        for file in [FILE, PLAIN] {
            let trees = Trees::read(file, |name| NAMES.iter().position(|n| *n == name)).unwrap();
            assert_ne!(trees.odds(&[0.0; COUNT]), 0.0);
        }
    }
}

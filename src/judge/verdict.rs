use crate::evidence::feature::{Feature, Observation};
use crate::judge::Policy;
use crate::judge::weights::Weights;
#[cfg(feature = "html")]
use crate::removal::Span;
use crate::removal::{Category, Cue, Evidence};
#[cfg(feature = "html")]
use crate::segment::html::Choice;

/// Pieces of evidence that are listed; what is lighter goes into [`Cue::Rest`].
const LISTED: usize = 8;

/// Log-odds of what the caller chose: nothing else comes near.
#[cfg(feature = "html")]
const CHOSEN: f32 = 20.0;

/// What the judge says of a block.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// Whether it goes: its score reaches the threshold, and its category is among those to remove.
    pub removed: bool,
    /// The category that most evidence speaks for; none where nothing speaks for any.
    pub category: Option<Category>,
    /// How sure that it is boilerplate, 0–1.
    pub score: f32,
    evidence: Box<[Evidence]>,
}

impl Verdict {
    /// The weightiest observations, heaviest first: with [`Cue::Bias`] and [`Cue::Rest`] they add up to the log-odds of the score.
    /// A block that stays may have none: where nothing was observed, or where [`explain`](crate::CleanerBuilder::explain) did not ask.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The log-odds of the score.
    pub(super) fn odds(&self) -> f32 {
        (self.score / (1.0 - self.score)).ln()
    }

    /// The verdict on a block whose surroundings decide.
    #[cfg(feature = "html")]
    pub(crate) fn by_surroundings(odds: f32, category: Category, policy: &Policy) -> Self {
        let score = score(odds);
        let removed = policy.lets_go(score, category);
        Verdict { removed, category: (removed || odds >= 0.0).then_some(category), score, evidence: Box::default() }
    }

    /// The verdict on what the caller chose.
    #[cfg(feature = "html")]
    pub(crate) fn chosen(choice: Choice) -> Self {
        let (removed, odds) = match choice {
            Choice::Keep => (false, -CHOSEN),
            Choice::Remove => (true, CHOSEN),
        };
        let evidence = Box::new([Evidence { cue: Cue::Selector, span: None, weight: odds }]);
        Verdict { removed, category: removed.then_some(Category::Other), score: score(odds), evidence }
    }

    /// Says where the evidence stands in another string.
    #[cfg(feature = "html")]
    pub(crate) fn move_spans(&mut self, place: impl Fn(Span) -> Option<Span>) {
        for evidence in &mut self.evidence {
            evidence.span = evidence.span.and_then(&place);
        }
    }

    /// Puts the reasons for where a unit stood before its text was looked at in the place of their sum; of what a selector chose nothing else counts.
    #[cfg(feature = "html")]
    pub(crate) fn explain_base(&mut self, reasons: impl FnOnce() -> Vec<Evidence>) {
        if self.evidence.iter().any(|e| e.cue == Cue::Selector) {
            return;
        }
        let observed = self.evidence.iter().filter(|e| e.cue != Cue::Bias).copied();
        self.evidence = listed(observed.chain(reasons()).collect()).into();
    }
}

/// A unit under judgement: what was observed so far, and where that leads.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(super) observations: Vec<Observation>,
    /// The category that the observations speak for most.
    pub(crate) category: Option<Category>,
    /// Log-odds for that category.
    pub(crate) odds: f32,
    /// Log-odds before anything was observed.
    base: f32,
    /// What was learned beyond what phrases say; with the observations it adds up to the log-odds. None, where nobody asked.
    reasons: Option<Vec<Evidence>>,
    is_learned: bool,
}

impl Case {
    /// On a page, what a line looks like counts only as its markup: `base` is what that says.
    pub(super) fn open(observations: &[Observation], base: Option<f32>, weights: &Weights) -> Self {
        let counts = |o: &&Observation| base.is_none() || !o.feature.is_of_layout();
        let observations = observations.iter().filter(counts).copied().collect();
        let mut case = Case { observations, base: base.unwrap_or(weights.of(Feature::Bias)), ..Case::default() };
        case.weigh(weights);
        case
    }

    /// Weighs everything observed so far.
    fn weigh(&mut self, weights: &Weights) {
        let mut best: (f32, Option<Category>) = (f32::NEG_INFINITY, None);
        for (i, category) in self.observations.iter().enumerate().filter_map(|(i, o)| Some((i, o.category?))) {
            if self.observations[..i].iter().any(|o| o.category == Some(category)) {
                continue;
            }
            let odds = self.odds_for(Some(category), weights);
            if odds > best.0 {
                best = (odds, Some(category));
            }
        }
        if best.1.is_none() {
            best.0 = self.odds_for(None, weights);
        }
        (self.odds, self.category) = best;
    }

    pub(super) fn odds_for(&self, category: Option<Category>, weights: &Weights) -> f32 {
        self.base + relevant(&self.observations, category).map(|o| weights.of(o.feature) * o.value).sum::<f32>()
    }

    /// What the observations weigh for that category.
    pub(super) fn gain_for(&self, category: Option<Category>, weights: &Weights) -> f32 {
        self.odds_for(category, weights) - self.base
    }

    pub(super) fn add(&mut self, feature: Feature, category: Option<Category>, value: f32, weights: &Weights) {
        self.observations.push(Observation { feature, category, span: None, value });
        self.weigh(weights);
    }

    /// Puts learned log-odds in the place of those of the phrases; `reasons` is what makes the difference.
    pub(super) fn learn(&mut self, odds: f32, reasons: Option<Vec<Evidence>>) {
        self.odds = odds;
        self.reasons = reasons;
        self.is_learned = true;
    }

    pub(super) fn has(&self, feature: Feature) -> bool {
        self.observations.iter().any(|o| o.feature == feature)
    }

    /// The sum of what these features were observed at.
    pub(super) fn sum(&self, features: &[Feature]) -> f32 {
        self.observations.iter().filter(|o| features.contains(&o.feature)).map(|o| o.value).sum()
    }

    pub(super) fn verdict(self, policy: &Policy, weights: &Weights) -> Verdict {
        let score = score(self.odds);
        let removed = self.category.is_some_and(|category| policy.lets_go(score, category));
        let is_told = if self.is_learned { self.reasons.is_some() } else { !self.observations.is_empty() };
        let evidence = if is_told { self.evidence(weights) } else { Box::default() };
        Verdict { removed, category: self.category, score, evidence }
    }

    fn evidence(&self, weights: &Weights) -> Box<[Evidence]> {
        let mut all: Vec<Evidence> = relevant(&self.observations, self.category)
            .map(|o| Evidence { cue: o.feature.cue(), span: o.span, weight: weights.of(o.feature) * o.value })
            .collect();
        all.push(Evidence { cue: Cue::Bias, span: None, weight: self.base });
        all.extend(self.reasons.iter().flatten());
        listed(all).into()
    }
}

/// The score of these log-odds.
pub(crate) fn score(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// The weightiest evidence, the heaviest first, and the sum of the rest.
pub(super) fn listed(mut all: Vec<Evidence>) -> Vec<Evidence> {
    let by_weight = |a: &Evidence, b: &Evidence| b.weight.abs().total_cmp(&a.weight.abs());
    if all.len() > LISTED {
        all.select_nth_unstable_by(LISTED, by_weight);
        let rest = all.drain(LISTED..).map(|e| e.weight).sum();
        all.sort_by(by_weight);
        all.push(Evidence { cue: Cue::Rest, span: None, weight: rest });
    } else {
        all.sort_by(by_weight);
    }
    all
}

/// The observations that count for a category: its own, and those that speak for none.
fn relevant(observations: &[Observation], category: Option<Category>) -> impl Iterator<Item = &Observation> {
    observations.iter().filter(move |o| o.category.is_none() || o.category == category)
}

//! Blocks of a page, judged by their markup and surroundings alone: each signal adds what its value weighs.

use super::Policy;
use super::verdict::{Verdict, score};
use crate::evidence::lexicon::{Hit, Lexicon, Role};
use crate::evidence::structure::{COUNT, Names, Role as Around, Signal, Signals};
use crate::removal::{Category, Cue, Evidence, Span};
use crate::segment::block::{Block, BlockKind};
use crate::segment::html::Layout;

/// What each signal weighs: a step function from its value to log-odds of boilerplate.
#[derive(Debug, Clone)]
pub(crate) struct PageWeights {
    bias: f32,
    curves: Vec<Curve>,
}

#[derive(Debug, Clone)]
struct Curve {
    signal: Signal,
    /// Where it steps, in order; at a step the lower value still holds.
    steps: Vec<f32>,
    /// One more than there are steps.
    values: Vec<f32>,
}

impl Curve {
    fn of(&self, row: &[f32; COUNT]) -> f32 {
        let value = row[self.signal as usize];
        // There are few steps: counting them all needs no guess at which comes next.
        self.values[self.steps.iter().map(|step| usize::from(*step < value)).sum::<usize>()]
    }
}

const FILE: &str = include_str!("page-weights.txt");

impl PageWeights {
    /// Reads the weights that come with the crate.
    pub(crate) fn new() -> Self {
        let mut weights = PageWeights { bias: 0.0, curves: Vec::new() };
        for line in FILE.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, numbers)) = line.split_once(' ') else { continue };
            let numbers: Vec<f32> = numbers.split(' ').filter_map(|n| n.parse().ok()).collect();
            match Signal::ALL.iter().find(|s| s.name() == name) {
                // Values and steps in turn, from the lowest.
                Some(&signal) => weights.curves.push(Curve {
                    signal,
                    values: numbers.iter().step_by(2).copied().collect(),
                    steps: numbers.iter().skip(1).step_by(2).copied().collect(),
                }),
                None => weights.bias = numbers.first().copied().unwrap_or(0.0),
            }
        }
        weights
    }

    fn odds(&self, row: &[f32; COUNT]) -> f32 {
        self.bias + self.curves.iter().map(|c| c.of(row)).sum::<f32>()
    }
}

/// The blocks that their surroundings leave standing, as a document of text.
#[derive(Debug, Default)]
pub(crate) struct Left {
    pub(crate) text: String,
    /// Their spans are of this text, their paragraphs count them.
    pub(crate) blocks: Vec<Block>,
    /// Their log-odds.
    pub(crate) bases: Vec<f32>,
    /// Their numbers among all blocks.
    numbers: Vec<usize>,
}

/// Log-odds below which what surrounds a block cannot bring it: what the text says must still be able to speak against it.
const SUREST: f32 = -5.0;

/// The judge of a page.
#[derive(Debug)]
pub(crate) struct PageJudge<'p> {
    weights: &'p PageWeights,
    signals: &'p Signals<'p>,
    layout: &'p Layout,
    /// What is added to the log-odds of all blocks.
    cut: f32,
    /// For each block the log-odds that it is boilerplate, and of what kind it is, if it is some.
    odds: Vec<f32>,
    categories: Vec<Category>,
}

/// The share of what a page is expected to hold below which it holds no body at all.
const NO_BODY: f32 = 0.05;

impl<'p> PageJudge<'p> {
    pub(crate) fn new(weights: &'p PageWeights, signals: &'p Signals<'p>, layout: &'p Layout, lexicon: &Lexicon, threshold: f32) -> Self {
        let mut odds: Vec<f32> = (0..signals.len()).map(|block| weights.odds(&signals.row(block))).collect();
        let cut = cut(&odds, |block| signals.look(block).words);
        odds.iter_mut().for_each(|o| *o += cut);
        // A page without a body needs no headline.
        if let Some(headline) = signals.headline
            && odds.iter().any(|o| *o < 0.0)
        {
            odds[headline] = odds[headline].min(HEADLINE);
        }
        let mut judge = PageJudge { weights, signals, layout, cut, odds, categories: Vec::new() };
        judge.categories = judge.categories(lexicon, threshold);
        judge
    }

    /// What kind of boilerplate each block is that is some: by the names near it, else by what it says, else by all that is around it.
    fn categories(&self, lexicon: &Lexicon, threshold: f32) -> Vec<Category> {
        let mut categories = vec![Category::Other; self.odds.len()];
        let mut text = String::new();
        // Blocks that no name near them tells: their numbers, and where they stand in the text.
        let mut asked: Vec<(usize, Span)> = Vec::new();
        for (number, block) in self.layout.blocks.iter().enumerate() {
            if self.odds[number] < 0.0 && score(self.odds[number]) < threshold {
                continue;
            }
            if let Some(category) = by_names(self.signals.names(number).0) {
                categories[number] = category;
                continue;
            }
            let start = text.len();
            text.push_str(&self.layout.text[block.span.range()]);
            asked.push((number, Span::new(start, text.len())));
            text.push_str("\n\n");
        }
        let scan = lexicon.scan(&text);
        let mut hits = &scan.hits[..];
        for (number, at) in asked {
            let (own, rest) = hits.split_at(hits.partition_point(|hit| hit.span.end <= at.end));
            hits = rest;
            categories[number] = said(own, at).unwrap_or_else(|| self.category(number));
        }
        categories
    }

    /// Whether the text of a block is looked at: code has none, and what goes anyway needs none.
    fn is_left(&self, number: usize, policy: &Policy) -> bool {
        self.layout.blocks[number].kind != BlockKind::Code && !policy.lets_go(score(self.odds[number]), self.categories[number])
    }

    /// The blocks that stay whatever they say, or may go for what they say.
    pub(crate) fn left(&self, policy: &Policy) -> Left {
        let mut left = Left::default();
        for (number, block) in self.layout.blocks.iter().enumerate() {
            if !self.is_left(number, policy) {
                continue;
            }
            let start = left.text.len();
            left.text.push_str(&self.layout.text[block.span.range()]);
            left.blocks.push(Block { span: Span::new(start, left.text.len()), kind: block.kind, paragraph: left.blocks.len() as u32 });
            left.bases.push(self.odds[number].max(SUREST));
            left.numbers.push(number);
            left.text.push_str("\n\n");
        }
        left
    }

    /// Brings all blocks together again: `units` and `said` are those of the blocks that were left.
    pub(crate) fn join(&self, left: Left, units: Vec<Block>, said: Vec<Verdict>, policy: &Policy) -> (Vec<Block>, Vec<Verdict>) {
        let mut all: (Vec<Block>, Vec<Verdict>) = (Vec::with_capacity(self.layout.blocks.len()), Vec::with_capacity(self.layout.blocks.len()));
        let mut said = units.into_iter().zip(said).peekable();
        let mut next = left.numbers.iter().zip(&left.blocks).peekable();
        for (number, block) in self.layout.blocks.iter().enumerate() {
            let Some((_, copy)) = next.next_if(|(n, _)| **n == number) else {
                all.0.push(*block);
                all.1.push(Verdict::by_surroundings(self.odds[number], self.categories[number], policy));
                continue;
            };
            while let Some((unit, mut verdict)) = said.next_if(|(unit, _)| unit.paragraph == copy.paragraph) {
                let from = block.span.start + unit.span.start - copy.span.start;
                let place = |span: Span| Span::new(block.span.start + span.start - copy.span.start, block.span.start + span.end - copy.span.start);
                verdict.move_spans(|span| self.layout.source_of(number, place(span)));
                all.0.push(Block { span: Span::new(from, from + unit.span.len()), kind: unit.kind, paragraph: number as u32 });
                all.1.push(verdict);
            }
        }
        all
    }

    /// Adds to a verdict why its block stood where it did before its text was looked at.
    pub(crate) fn explain(&self, unit: &Block, policy: &Policy, verdict: &mut Verdict) {
        let block = unit.paragraph as usize;
        let odds = if self.is_left(block, policy) { self.odds[block].max(SUREST) } else { self.odds[block] };
        verdict.explain_base(|| self.evidence(block, odds));
    }

    /// Why a block has its odds.
    fn evidence(&self, block: usize, odds: f32) -> Vec<Evidence> {
        let row = &self.signals.row(block);
        let mut all: Vec<Evidence> = Vec::with_capacity(self.weights.curves.len() + 2);
        all.extend(self.weights.curves.iter().map(|c| Evidence { cue: cue(c.signal), span: None, weight: c.of(row) }).filter(|e| e.weight != 0.0));
        all.push(Evidence { cue: Cue::Bias, span: None, weight: self.weights.bias });
        if self.cut != 0.0 {
            all.push(Evidence { cue: Cue::Guard("page-cut"), span: None, weight: self.cut });
        }
        // What the surest surroundings are not allowed to weigh.
        let sum: f32 = all.iter().map(|e| e.weight).sum();
        if (odds - sum).abs() > UNEVEN {
            let name = if self.signals.headline == Some(block) { "headline" } else { "surest" };
            all.push(Evidence { cue: Cue::Guard(name), span: None, weight: odds - sum });
        }
        all
    }

    /// What kind of boilerplate a block is, if it is some, that neither names near it nor its words tell.
    fn category(&self, block: usize) -> Category {
        let (_, any) = self.signals.names(block);
        let look = self.signals.look(block);
        let is = |role: Around| look.roles >> role as u32 & 1 == 1;
        look.copyright.then_some(Category::Legal).or_else(|| by_names(any)).unwrap_or_else(|| match () {
            () if is(Around::Nav) || is(Around::Header) => Category::Navigation,
            () if is(Around::Footer) => Category::Legal,
            () if is(Around::Aside) => Category::Related,
            () if look.density > LINKED && look.words >= TITLE => Category::Related,
            () if look.density > LINKED => Category::Navigation,
            () => Category::Other,
        })
    }
}

/// Log-odds of the headline, which is body.
const HEADLINE: f32 = -3.0;
/// Log-odds by which a sum may be off for the order of its summands.
const UNEVEN: f32 = 0.01;
/// The link density from which on a block is a link.
const LINKED: f32 = 0.5;
/// Words from which on a link is a title rather than an entry of a menu.
const TITLE: f32 = 5.0;

/// The kind that the phrases of a block speak for most. Labels and words of menus speak for it if they are most of it.
fn said(hits: &[Hit], at: Span) -> Option<Category> {
    let mut weights = [0usize; Category::ALL.len()];
    for hit in hits.iter().filter(|hit| hit.span.start >= at.start) {
        let is_most = 2 * hit.span.len() >= at.len();
        let (category, weight) = match hit.role {
            Role::Own(category) | Role::Cue(category) => (category, 3),
            Role::Hint(category) => (category, 1),
            Role::Label(category) if is_most => (category, 2),
            Role::Lead(category) if hit.span.start == at.start => (category, 2),
            Role::Word(category) if is_most => (category, 1),
            _ => continue,
        };
        weights[category as usize] += weight;
    }
    let most = Category::ALL.iter().rev().max_by_key(|c| weights[**c as usize])?;
    (weights[*most as usize] > 0).then_some(*most)
}

/// The kinds that names tell, the surest first.
fn by_names(names: Names) -> Option<Category> {
    use Category::*;
    let order = [
        Consent,
        Newsletter,
        Donation,
        Paywall,
        Comments,
        Social,
        AppPromo,
        Advertisement,
        Account,
        Byline,
        Related,
        Legal,
        Navigation,
        Promotion,
        Other,
    ];
    order.into_iter().find(|&c| names.say(Names::of(c)))
}

/// What to add to the log-odds of all blocks, so that those are kept that are worth it.
///
/// A reader is best served by the blocks that make the expected F1 of the page greatest, which are those more likely body than half that F1 (Lewis 1995;
/// Ye et al. 2012). On a page of an article that is one half; on a page whose blocks are all doubtful it is less, so that it keeps its likeliest blocks.
fn cut(odds: &[f32], words: impl Fn(usize) -> f32) -> f32 {
    let body = |odds: f32| score(-odds);
    let mut order: Vec<usize> = (0..odds.len()).collect();
    order.sort_by(|&a, &b| odds[a].total_cmp(&odds[b]).then(a.cmp(&b)));
    let all: f32 = order.iter().map(|&i| body(odds[i]) * words(i)).sum();
    let (mut kept, mut right) = (0.0, 0.0);
    let mut best = (0.0f32, None);
    for (at, &i) in order.iter().enumerate() {
        kept += words(i);
        right += body(odds[i]) * words(i);
        let f1 = 2.0 * right / (kept + all).max(1.0);
        if f1 > best.0 {
            best = (f1, Some(at));
        }
    }
    let (f1, Some(last)) = best else { return 0.0 };
    // The likeliest blocks are all boilerplate: there is no body.
    if f1 < NO_BODY { 0.0 } else { -odds[order[last]].max(0.0) - LENIENCE }
}

/// Log-odds by which a block may be likelier boilerplate than the best cut allows: a lost paragraph is worse than a line too many. Measured on labelled pages, it
/// takes a fifth off what is lost and leaves F1 as it is on one set (WCXB), .004 lower on another (DAnIEL).
const LENIENCE: f32 = 0.45;

/// What kind of cue a signal is.
fn cue(signal: Signal) -> Cue {
    let (number, name) = (signal as usize, signal.name());
    if number < Signal::Depth as usize {
        Cue::Feature(name)
    } else if number < Signal::BoxWords as usize {
        Cue::Markup(name)
    } else {
        Cue::Context(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_well_formed() {
        let weights = PageWeights::new();
        let lines = FILE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(weights.curves.len() + 1, lines);
        for curve in &weights.curves {
            assert_eq!(curve.values.len(), curve.steps.len() + 1, "{:?}", curve.signal);
            assert!(curve.steps.is_sorted() && curve.values.iter().all(|v| v.is_finite()), "{:?}", curve.signal);
        }
        let mut signals: Vec<usize> = weights.curves.iter().map(|c| c.signal as usize).collect();
        signals.dedup();
        assert!(signals.is_sorted() && signals.len() == weights.curves.len());
    }

    #[test]
    fn the_cut_keeps_what_is_likeliest() {
        // Sure blocks need no cut.
        assert_eq!(cut(&[-4.0, -4.0, 4.0], |_| 20.0), -LENIENCE);
        // Where all is doubtful, the likelier half stays.
        let shift = cut(&[0.5, 0.5, 3.0, 3.0], |_| 20.0);
        assert!(0.5 + shift < 0.0 && 3.0 + shift > 0.0);
        // Where nothing is likely, nothing stays.
        assert_eq!(cut(&[6.0, 7.0], |_| 20.0), 0.0);
        assert_eq!(cut(&[], |_| 20.0), 0.0);
    }
}

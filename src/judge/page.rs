//! Blocks of a page, judged by their markup and surroundings alone: each signal adds what its value weighs.

use super::Policy;
use super::cut::cut;
use super::trees::Trees;
use super::verdict::{Verdict, score};
use crate::evidence::lexicon::{Hit, Lexicon, Role};
use crate::evidence::structure::{COUNT, Names, Role as Around, Signal, Signals};
use crate::removal::{Category, Cue, Evidence, Span};
use crate::segment::block::{Block, BlockKind};
use crate::segment::html::Layout;

const FILE: &str = include_str!("page-trees.txt");

/// Reads the trees that come with the crate: their sum is the log-odds of boilerplate.
pub(crate) fn page_trees() -> Trees {
    Trees::read(FILE, |name| Signal::ALL.iter().position(|s| s.name() == name)).unwrap_or_default()
}

/// Blocks whose signals are held at a time.
const AT_A_TIME: usize = 64;

/// The log-odds of all blocks.
fn odds(trees: &Trees, signals: &Signals<'_>) -> Vec<f32> {
    let mut odds = Vec::with_capacity(signals.len());
    let mut rows = Vec::with_capacity(AT_A_TIME.min(signals.len()));
    for first in (0..signals.len()).step_by(AT_A_TIME) {
        rows.clear();
        rows.extend((first..signals.len().min(first + AT_A_TIME)).map(|block| signals.row(block)));
        trees.all_odds(&rows, &mut odds);
    }
    odds
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
    trees: &'p Trees,
    signals: &'p Signals<'p>,
    layout: &'p Layout,
    /// What is added to the log-odds of all blocks.
    cut: f32,
    /// For each block the log-odds that it is boilerplate, and of what kind it is, if it is some.
    odds: Vec<f32>,
    categories: Vec<Category>,
}

impl<'p> PageJudge<'p> {
    pub(crate) fn new(trees: &'p Trees, signals: &'p Signals<'p>, layout: &'p Layout, lexicon: &Lexicon, threshold: f32) -> Self {
        let mut odds = odds(trees, signals);
        let cut = cut(&odds, |block| signals.look(block).words);
        odds.iter_mut().for_each(|o| *o += cut);
        // A page without a body needs no headline.
        if let Some(headline) = signals.headline
            && odds.iter().any(|o| *o < 0.0)
        {
            odds[headline] = odds[headline].min(HEADLINE);
        }
        let mut judge = PageJudge { trees, signals, layout, cut, odds, categories: Vec::new() };
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
        let mut given = [0.0; COUNT];
        let start = self.trees.explain(&self.signals.row(block), &mut given);
        let said = Signal::ALL.iter().zip(given).filter(|(_, weight)| *weight != 0.0);
        let mut all: Vec<Evidence> = said.map(|(&signal, weight)| Evidence { cue: cue(signal), span: None, weight }).collect();
        all.push(Evidence { cue: Cue::Bias, span: None, weight: start });
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
        let trees = Trees::read(FILE, |name| Signal::ALL.iter().position(|s| s.name() == name)).unwrap();
        let row = [0.0; COUNT];
        let mut given = [0.0; COUNT];
        let sum = trees.explain(&row, &mut given) + given.iter().sum::<f32>();
        assert!((sum - trees.odds(&row)).abs() < 0.001 && sum.abs() > 0.001, "{sum}");
    }
}

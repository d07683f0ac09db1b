//! The signals that the judge of pages weighs: a number each for every block.

use super::boxes::{CARDLESS, Known, ROLES, Sum, Surroundings, element_number, look_around};
use super::described::{At, Described, described, description};
use super::markup::Names;
use super::shape::{Shape, first_sign, kind, last_sign, measure};
use super::signal::{COUNT, Signal};
use super::title::title_words;
use super::whole::{Whole, look_at_all};
use crate::input::html::Dom;
use crate::removal::Category;
use crate::segment::html::{BoxId, Edge, Layout};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// All that is known of a page's blocks, from which the signals of each are read.
#[derive(Debug)]
pub(crate) struct Signals<'p> {
    layout: &'p Layout,
    around: Surroundings,
    /// The block that is most like the page's title.
    title: Option<usize>,
    /// The same, if it says what the title says.
    pub(crate) headline: Option<usize>,
    blocks: Vec<Block>,
    /// The sums of the blocks up to each.
    until: Vec<Sum>,
    likes: HashMap<u64, Sum, RandomState>,
    page: Sum,
    unspaced: f32,
    /// Blocks with signs of money.
    money: f32,
    whole: Whole,
    described: Described,
    elements: Vec<f32>,
    /// The comments are what the page is there for.
    is_forum: bool,
}

/// What is known of a block by its text and its place among the others.
#[derive(Debug, Clone, Copy)]
struct Block {
    shape: Shape,
    density: f32,
    last_sign: f32,
    in_title: f32,
    described: f32,
    /// Blocks with the same text, and how many of them came before.
    copies: u32,
    before: u32,
    /// Blocks to the nearest that reads like prose.
    to_prose: f32,
    /// The heading above it.
    heading: Option<u32>,
}

/// A block at a glance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// The roles of what is around it, as a set of bits.
    pub(crate) roles: u32,
    pub(crate) density: f32,
    pub(crate) words: f32,
    pub(crate) copyright: bool,
}

/// Words from which on a block without many links reads like prose.
const PROSE_WORDS: f32 = 15.0;
/// The link density up to which it does.
const PROSE_DENSITY: f32 = 0.5;
/// Words up to which a block may be a title.
const TITLE_WORDS: u32 = 40;
/// The share of a block's words and the title's that must be common for it to be the headline.
const HEADLINE: f32 = 0.3;
/// Words of prose outside boxes named for comments up to which the comments are what the page is there for, and the share that they have of it.
const NO_ARTICLE: f32 = 80.0;
const ALL_BUT_ALL: f32 = 0.8;
/// Stands for what does not exist.
pub(super) const NONE: f32 = -1.0;
/// The same for the way to a headline, which may be negative.
const NO_HEADLINE: f32 = -99_999.0;

/// Observes every block of a page.
pub(crate) fn observe<'p>(dom: &Dom<'_>, layout: &'p Layout) -> Signals<'p> {
    let count = layout.blocks.len();
    let title = title_words(dom);
    let description = description(dom);
    let mut copies: HashMap<&str, u32, RandomState> = HashMap::default();
    let mut heading = None;
    let mut blocks: Vec<Block> = Vec::with_capacity(count);
    for (i, (block, place)) in layout.blocks.iter().zip(&layout.places).enumerate() {
        let text = &layout.text[block.span.range()];
        let shape = measure(text);
        let copies = copies.entry(text).or_default();
        let before = *copies;
        *copies += 1;
        blocks.push(Block {
            shape,
            density: (place.linked as f32 / block.span.len() as f32).min(1.0),
            last_sign: last_sign(text),
            described: description.common(text),
            in_title: if shape.words <= TITLE_WORDS { title.common(text) } else { 0.0 },
            copies: 0,
            before,
            to_prose: 0.0,
            heading,
        });
        if place.level > 0 {
            heading = Some(i as u32);
        }
    }
    for (block, at) in blocks.iter_mut().zip(&layout.blocks) {
        block.copies = copies[&layout.text[at.span.range()]];
    }
    let mut until = Vec::with_capacity(count + 1);
    let mut page = Sum::default();
    until.push(page);
    for (block, place) in blocks.iter().zip(&layout.places) {
        page.add(&sum(block, place.level), 1.0);
        until.push(page);
    }
    let around = look_around(dom, layout, &until);
    let mut likes: HashMap<u64, Sum, RandomState> = HashMap::default();
    let mut in_comments = 0.0;
    for (i, place) in layout.places.iter().enumerate() {
        let known = around.of(place.frame);
        let own = between(&until, i, i + 1);
        likes.entry(known.signature).or_default().add(&own, 1.0);
        if known.any.say(Names::of(Category::Comments)) {
            in_comments += own.prose;
        }
    }
    distances(&mut blocks, &until);
    let most_like = headline(layout, &blocks);
    let letters: f32 = blocks.iter().map(|b| b.shape.letters as f32).sum();
    let whole = look_at_all(dom, layout, &around, &Between(&until), most_like);
    let elements = layout.places.iter().map(|place| element_number(dom, layout.boxes[place.frame.index()].node)).collect();
    Signals {
        layout,
        around,
        title: most_like,
        headline: most_like.filter(|&h| blocks[h].in_title >= HEADLINE),
        until,
        likes,
        page,
        unspaced: blocks.iter().map(|b| b.shape.unspaced as f32).sum::<f32>() / letters.max(1.0),
        money: blocks.iter().map(|b| f32::from(u8::from(b.shape.money))).sum(),
        whole,
        described: described(&description, blocks.iter().map(|b| b.described)),
        elements,
        is_forum: page.prose - in_comments <= NO_ARTICLE && in_comments >= ALL_BUT_ALL * page.prose,
        blocks,
    }
}

/// The sums of stretches of blocks.
pub(super) struct Between<'a>(&'a [Sum]);

impl Between<'_> {
    pub(super) fn of(&self, from: usize, to: usize) -> Sum {
        between(self.0, from, to)
    }
}

/// The sum over a stretch of blocks.
fn between(until: &[Sum], from: usize, to: usize) -> Sum {
    let mut sum = until[to.min(until.len() - 1)];
    sum.add(&until[from], -1.0);
    sum
}

impl Signals<'_> {
    /// How many blocks there are.
    pub(crate) fn len(&self) -> usize {
        self.blocks.len()
    }

    fn words(&self, block: usize) -> f32 {
        self.blocks[block].shape.words as f32
    }

    /// What tells the kind of a block at a glance.
    pub(crate) fn look(&self, block: usize) -> Look {
        let found = &self.blocks[block];
        let roles = self.around.of(self.layout.places[block].frame).roles;
        Look { roles, density: found.density, words: self.words(block), copyright: found.shape.copyright }
    }

    /// What the names around a block say: those near it, and all.
    pub(crate) fn names(&self, block: usize) -> (Names, Names) {
        let known = self.around.of(self.layout.places[block].frame);
        (known.near, known.any)
    }

    /// The signals of a block.
    pub(crate) fn row(&self, i: usize) -> [f32; COUNT] {
        let (layout, around, until, page) = (self.layout, &self.around, &self.until, &self.page);
        let count = self.blocks.len();
        let (block, place, seen) = (&layout.blocks[i], &layout.places[i], &self.blocks[i]);
        let (shape, text) = (&seen.shape, &layout.text[block.span.range()]);
        let frame = &layout.boxes[place.frame.index()];
        let known = around.of(place.frame);
        let mut row = [0.0f32; COUNT];
        for role in 0..ROLES {
            row[Signal::InArticle as usize + role] = f32::from((known.roles >> role & 1) as u8);
        }
        for name in 0..Names::COUNT {
            row[Signal::NamedDonation as usize + name] = f32::from(u8::from(known.any.says(name)) + u8::from(known.near.says(name)));
        }
        let mut set = |signal: Signal, value: f32| row[signal as usize] = value;
        if self.is_forum {
            set(Signal::NamedComments, 0.0);
        }
        let words = shape.words as f32;
        let letters = (shape.letters as f32).max(1.0);
        set(Signal::Words, words);
        set(Signal::WordLength, shape.letters as f32 / words.max(1.0));
        set(Signal::LinkDensity, seen.density);
        set(Signal::Links, f32::from(place.links));
        set(Signal::Bold, place.bold as f32 / block.span.len() as f32);
        set(Signal::Commas, shape.commas as f32 / words.max(1.0));
        set(Signal::Ends, shape.ends as f32);
        set(Signal::LastSign, seen.last_sign);
        set(Signal::FirstSign, first_sign(text));
        set(Signal::Digits, shape.digits as f32 / letters);
        set(Signal::Capitals, shape.capitals as f32 / letters);
        set(Signal::CapitalWords, shape.capital_words as f32 / words.max(1.0));
        set(Signal::Parts, shape.parts as f32);
        set(Signal::Signs, shape.signs as f32 / block.span.len() as f32);
        set(Signal::Copyright, f32::from(u8::from(shape.copyright)));
        set(Signal::Money, f32::from(u8::from(shape.money)));
        set(Signal::Repeated, seen.copies as f32);
        set(Signal::RepeatedBefore, seen.before as f32);
        set(Signal::InTitle, seen.in_title);
        set(Signal::Level, f32::from(place.level));
        set(Signal::Shape, kind(block.kind));
        set(Signal::Depth, frame.depth as f32);
        set(Signal::Hidden, f32::from(u8::from(frame.hidden)));
        set(Signal::NoScript, f32::from(u8::from(frame.no_script)));
        set(Signal::LineOf, f32::from(u8::from(place.edge == Edge::Line)));
        let own = &known.sum;
        set(Signal::BoxWords, own.words);
        set(Signal::BoxDensity, own.link_density());
        set(Signal::BoxProse, own.prose / own.words.max(1.0));
        set(Signal::BoxBlockWords, own.words / own.blocks.max(1.0));
        let wide = if own.blocks > 1.0 { place.frame } else { known.wider };
        let wider = around.of(wide);
        set(Signal::WiderWords, wider.sum.words);
        set(Signal::WiderDensity, wider.sum.link_density());
        set(Signal::WiderProse, wider.sum.prose / wider.sum.words.max(1.0));
        set(Signal::WiderBlockWords, wider.sum.words / wider.sum.blocks.max(1.0));
        set(Signal::WiderShare, wider.sum.words / page.words.max(1.0));
        let widest = around.of(wider.wider);
        set(Signal::WidestWords, widest.sum.words);
        set(Signal::WidestDensity, widest.sum.link_density());
        set(Signal::WidestProse, widest.sum.prose / widest.sum.words.max(1.0));
        set(Signal::WidestShare, widest.sum.words / page.words.max(1.0));
        set(Signal::WidestBlockWords, widest.sum.words / widest.sum.blocks.max(1.0));
        let fourth = around.of(widest.wider);
        set(Signal::FourthDensity, fourth.sum.link_density());
        set(Signal::FourthProse, fourth.sum.prose / fourth.sum.words.max(1.0));
        set(Signal::FourthShare, fourth.sum.words / page.words.max(1.0));
        set(Signal::Alike, known.alike as f32);
        card(&mut set, known, around, layout, page.words);
        if known.card != BoxId::PAGE {
            set(Signal::CardPlace, i as f32 - layout.boxes[known.card.index()].first as f32);
        }
        set(Signal::BoxEnds, own.ends / own.words.max(1.0));
        set(Signal::WiderEnds, wider.sum.ends / wider.sum.words.max(1.0));
        set(Signal::Element, self.elements[i]);
        let like = &self.likes[&known.signature];
        set(Signal::LikeCount, like.blocks);
        set(Signal::LikeWords, like.words / like.blocks.max(1.0));
        set(Signal::LikeDensity, like.link_density());
        set(Signal::LikeEnds, like.ends / like.words.max(1.0));
        set(Signal::LikeHeadings, like.headings / like.blocks.max(1.0));
        set(Signal::LikeShare, like.words / page.words.max(1.0));
        let core = &layout.boxes[around.core.index()];
        set(Signal::InCore, f32::from(u8::from(core.blocks().contains(&(i as u32)))));
        set(Signal::CoreShare, around.of(around.core).sum.words / page.words.max(1.0));
        set(Signal::Place, i as f32 / count as f32);
        set(Signal::PlaceInWords, until[i].words / page.words.max(1.0));
        set(Signal::ToEnd, page.words - until[i].words);
        set(Signal::SinceTitle, self.title.map_or(NO_HEADLINE, |h| i as f32 - h as f32));
        set(Signal::SinceTitleWords, self.title.map_or(NO_HEADLINE, |h| until[i].words - until[h].words));
        let heading = seen.heading.map(|h| h as usize);
        set(Signal::SinceHeading, heading.map_or(999.0, |h| (i - h) as f32));
        set(Signal::UnderLevel, heading.map_or(0.0, |h| f32::from(layout.places[h].level)));
        set(Signal::UnderWords, heading.map_or(0.0, |h| self.words(h)));
        set(Signal::ProseBefore, until[i].prose / page.prose.max(1.0));
        set(Signal::ProseBehind, (page.prose - until[i + 1].prose) / page.prose.max(1.0));
        set(Signal::ProseDistance, seen.to_prose);
        let beside = |values: &dyn Fn(usize) -> f32, by: isize| i.checked_add_signed(by).filter(|&at| at < count).map_or(NONE, values);
        let count_words = |at: usize| self.words(at);
        let densities = |at: usize| self.blocks[at].density;
        let last = |at: usize| self.blocks[at].last_sign;
        set(Signal::Words1Before, beside(&count_words, -1));
        set(Signal::Words2Before, beside(&count_words, -2));
        set(Signal::Words1Behind, beside(&count_words, 1));
        set(Signal::Words2Behind, beside(&count_words, 2));
        set(Signal::Density1Before, beside(&densities, -1));
        set(Signal::Density2Before, beside(&densities, -2));
        set(Signal::Density1Behind, beside(&densities, 1));
        set(Signal::Density2Behind, beside(&densities, 2));
        set(Signal::Last1Before, beside(&last, -1));
        set(Signal::Last1Behind, beside(&last, 1));
        let is_like = |at: usize| {
            let other = layout.places[at].frame;
            f32::from(u8::from(around.of(other).signature == known.signature) + u8::from(other == place.frame))
        };
        set(Signal::Like1Before, beside(&is_like, -1));
        set(Signal::Like1Behind, beside(&is_like, 1));
        let levels = |at: usize| f32::from(layout.places[at].level);
        set(Signal::Level1Before, beside(&levels, -1));
        set(Signal::Level1Behind, beside(&levels, 1));
        let near = between(until, i.saturating_sub(4), i + 5);
        set(Signal::Near4Words, near.words);
        set(Signal::Near4Density, near.link_density());
        set(Signal::Near4Prose, near.prose / near.words.max(1.0));
        let near = between(until, i.saturating_sub(12), i + 13);
        set(Signal::Near12Words, near.words);
        set(Signal::Near12Density, near.link_density());
        set(Signal::Near12Prose, near.prose / near.words.max(1.0));
        set(Signal::PageWords, page.words);
        set(Signal::PageDensity, page.link_density());
        set(Signal::PageProse, page.prose / page.words.max(1.0));
        set(Signal::PageBlocks, count as f32);
        set(Signal::PageUnspaced, self.unspaced);
        set(Signal::PageHeadings, page.headings);
        set(Signal::PageEnds, page.ends / page.words.max(1.0));
        set(Signal::PageMoney, self.money);
        self.whole.set(i, layout, around, &mut set);
        let at = At { block: i, wider: wide, widest: wider.wider };
        self.described.set(&at, layout, around, &Between(until), &mut set);
        row
    }
}

fn card(set: &mut impl FnMut(Signal, f32), known: &Known, around: &Surroundings, layout: &Layout, words: f32) {
    if known.card == BoxId::PAGE {
        use Signal::*;
        for signal in [CardWords, CardDensity, CardCount, CardShare, CardProse, CardEnds, CardBlocks, CardPlace, CardHeadings, ListProse] {
            set(signal, CARDLESS);
        }
        return;
    }
    let card = around.of(known.card);
    let list = around.of(layout.boxes[known.card.index()].parent);
    set(Signal::CardWords, card.sum.words);
    set(Signal::CardProse, card.sum.prose / card.sum.words.max(1.0));
    set(Signal::CardEnds, card.sum.ends / card.sum.words.max(1.0));
    set(Signal::CardBlocks, card.sum.blocks);
    set(Signal::CardHeadings, card.sum.headings);
    set(Signal::ListProse, list.sum.prose / list.sum.words.max(1.0));
    set(Signal::CardDensity, card.sum.link_density());
    set(Signal::CardCount, card.alike as f32);
    set(Signal::CardShare, list.sum.words / words.max(1.0));
}

fn sum(block: &Block, level: u8) -> Sum {
    let (shape, density) = (&block.shape, block.density);
    let words = shape.words as f32;
    Sum {
        blocks: 1.0,
        words,
        linked: words * density,
        prose: if words >= PROSE_WORDS && density < PROSE_DENSITY { words } else { 0.0 },
        ends: shape.ends as f32,
        headings: f32::from(u8::from(level > 0)),
        described: block.described,
    }
}

/// The block that is the page's headline: the `h1` that is most like its title, or what is most like it.
fn headline(layout: &Layout, blocks: &[Block]) -> Option<usize> {
    let in_title = |i: usize| blocks[i].in_title;
    let best = |blocks: &mut dyn Iterator<Item = usize>| {
        blocks.fold(None, |best: Option<usize>, i| if best.is_none_or(|b| in_title(i) > in_title(b)) { Some(i) } else { best })
    };
    let mut first = (0..blocks.len()).filter(|&i| layout.places[i].level == 1);
    best(&mut first).or_else(|| best(&mut (0..blocks.len())).filter(|&i| in_title(i) >= HEADLINE))
}

/// Notes how many blocks away from each the nearest one is that reads like prose.
fn distances(blocks: &mut [Block], until: &[Sum]) {
    const FAR: f32 = 99.0;
    let is_prose = |i: usize| until[i + 1].prose > until[i].prose;
    let mut last = FAR;
    for (i, block) in blocks.iter_mut().enumerate() {
        last = if is_prose(i) { 0.0 } else { (last + 1.0).min(FAR) };
        block.to_prose = last;
    }
    last = FAR;
    for (i, block) in blocks.iter_mut().enumerate().rev() {
        last = if is_prose(i) { 0.0 } else { (last + 1.0).min(FAR) };
        block.to_prose = block.to_prose.min(last);
    }
}

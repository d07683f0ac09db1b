//! Units to observations: what each unit says by itself.

use super::feature::{Feature, Observation};
use super::fold::Token;
use super::label::as_label;
use super::lexicon::{Hit, Role, Scan};
use super::prose::{self, Own};
use super::quotation::quotations;
use super::unit::{self, Unit};
use super::voice::stands_out;
use super::words::WordWeights;
use crate::evidence::lexicon::Lexicon;
use crate::removal::{Category, Span};
use crate::segment::block::{Block, BlockKind};
use crate::segment::text::{reshape, shape};
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

/// Hints, and other kinds' phrases, that are counted at most.
const MOST_HINTS: usize = 3;
/// Bytes beside a cue that still count as the edge of the unit.
const GLUE: usize = 8;
/// Bytes of a unit outside its cues from which on they are rather glued to it than part of it.
const GLUED: usize = 60;
/// Bytes of a paragraph from which on it is a whole text without line ends.
const UNBROKEN: usize = 800;
/// Bytes of a sentence without a phrase that were rather glued to one.
const FAR: usize = 70;
/// Bytes from which on a unit is taken for prose.
const PROSE: usize = 60;
/// Bytes up to which a sentence is short.
const SHORT: usize = 24;
/// Weak words that are counted at most.
const MOST_WEAK: usize = 4;
/// What counts whatever the category: the role, what it is observed as, and how often it is counted at most.
const SINGLE: [(Role, Feature, usize); 7] = [
    (Role::Outlet, Feature::Outlet, 2),
    (Role::We, Feature::We, 1),
    (Role::You, Feature::You, 1),
    (Role::Act, Feature::Act, 1),
    (Role::Money, Feature::Money, 1),
    (Role::Period, Feature::Period, 1),
    (Role::Speech, Feature::Speech, 1),
];

/// The units of a document and everything observed about each.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    pub(crate) units: Vec<Block>,
    observations: Vec<Observation>,
    /// For every unit its part of `observations`.
    parts: Vec<Range<usize>>,
    /// What the sentences that look like labels would be if nothing else stood in their line.
    as_lines: Vec<(usize, Observation)>,
    /// The units that speak of a category as a topic.
    topics: Vec<(usize, Category)>,
    /// How much each unit's turn to the reader stands out, 0–1.
    pub(crate) voice: Vec<f32>,
    /// The log-odds that each paragraph has before its text is looked at, if the document is a page.
    bases: Rc<[f32]>,
    /// The shape of each unit and what its words alone say, if the document is in a language whose words are known.
    pub(crate) prose: Option<Prose>,
}

/// What is known of units besides their phrases.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    pub(crate) own: Vec<Own>,
    pub(crate) wording: Vec<f32>,
    /// Whether the words were weighed; else they say nothing.
    pub(crate) knows_words: bool,
}

impl Observed {
    /// Looks at the shape of every unit, and at its words if something is known of them.
    pub(crate) fn read_prose(&mut self, source: &str, scan: &Scan, weights: Option<&WordWeights>) {
        let words = |unit: &Block| scan.words_in(unit.span);
        let mut own: Vec<Own> = self.units.iter().map(|unit| prose::observe(source, unit, words(unit))).collect();
        prose::place(source, &self.units, &mut own);
        let score = |unit: &Block| weights.map_or(0.0, |weights| weights.score(&source[unit.span.range()], words(unit)));
        let wording = self.units.iter().map(score).collect();
        self.prose = Some(Prose { own, wording, knows_words: weights.is_some() });
    }

    /// The log-odds of a unit before anything is observed of it, if it is not the same for all.
    pub(crate) fn base(&self, unit: usize) -> Option<f32> {
        self.bases.get(self.units[unit].paragraph as usize).copied()
    }

    pub(crate) fn of(&self, unit: usize) -> &[Observation] {
        &self.observations[self.parts[unit].clone()]
    }

    /// How often the document speaks of each category as its topic, by the category's number.
    pub(crate) fn topics(&self) -> [usize; Category::ALL.len()] {
        let mut counts = [0; Category::ALL.len()];
        for (_, category) in &self.topics {
            counts[*category as usize] += 1;
        }
        counts
    }

    /// The same document without some units, as if they had never been there.
    pub(crate) fn without(&self, source: &str, gone: &[bool]) -> Observed {
        let stays = |i: &usize| !gone[*i];
        let kept: Vec<usize> = (0..self.units.len()).filter(stays).collect();
        let mut units: Vec<Block> = kept.iter().map(|&i| self.units[i]).collect();
        reshape(source, &mut units);
        let mut observations = self.observations.clone();
        let mut parts: Vec<Range<usize>> = kept.iter().map(|&i| self.parts[i].clone()).collect();
        let topics = self.topics.iter().filter(|(i, _)| stays(i)).copied().collect();
        for (i, label) in &self.as_lines {
            let Ok(now) = kept.binary_search(i) else { continue };
            if units[now].kind != BlockKind::Sentence {
                let from = observations.len();
                observations.extend(self.of(*i).iter().filter(|o| !is_of_sentence(o.feature)));
                observations.push(*label);
                parts[now] = from..observations.len();
            }
        }
        let prose = self.prose.as_ref().map(|prose| {
            let mut own: Vec<Own> = kept.iter().map(|&i| prose.own[i]).collect();
            prose::place(source, &units, &mut own);
            Prose { own, wording: kept.iter().map(|&i| prose.wording[i]).collect(), knows_words: prose.knows_words }
        });
        let mut rest = Observed { units, observations, parts, as_lines: Vec::new(), topics, voice: Vec::new(), bases: self.bases.clone(), prose };
        rest.listen();
        rest
    }

    /// Finds where a voice stands out. A paragraph in which nobody speaks is one silence, however many sentences it has.
    fn listen(&mut self) {
        let mut parts: Vec<(usize, bool)> = Vec::new();
        let mut sizes: Vec<usize> = Vec::new();
        let mut start = 0;
        for paragraph in self.units.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let voices: Vec<bool> = (start..start + paragraph.len()).map(|i| self.has_voice(i)).collect();
            start += paragraph.len();
            if voices.iter().any(|v| *v) {
                parts.extend(paragraph.iter().map(|u| u.span.len()).zip(voices));
                sizes.extend(paragraph.iter().map(|_| 1));
            } else {
                parts.push((paragraph.iter().map(|u| u.span.len()).sum(), false));
                sizes.push(paragraph.len());
            }
        }
        let (lengths, has_voice): (Vec<usize>, Vec<bool>) = parts.into_iter().unzip();
        let heard = stands_out(&lengths, &has_voice);
        self.voice = heard.into_iter().zip(sizes).flat_map(|(voice, size)| std::iter::repeat_n(voice, size)).collect();
    }

    /// Whether somebody speaks of himself or to the reader here, outside quotations.
    fn has_voice(&self, unit: usize) -> bool {
        self.of(unit).iter().any(|o| matches!(o.feature, Feature::We | Feature::You | Feature::Act))
    }
}

/// Whether a feature is no longer observed when a sentence turns out to be a label.
fn is_of_sentence(feature: Feature) -> bool {
    feature.is_label() || matches!(feature, Feature::Short | Feature::We | Feature::You | Feature::Act | Feature::Speech)
}

/// Cuts the blocks into units and observes each.
///
/// `bases` says what is known of the paragraphs, by their numbers, before their text is looked at: log-odds, if the document is a page.
pub(crate) fn observe(source: &str, blocks: &[Block], scan: &Scan, lexicon: &Lexicon, bases: Option<&[f32]>) -> Observed {
    let mut observed = Observed { bases: bases.unwrap_or_default().into(), ..Observed::default() };
    // The quotations of the paragraph that the units belong to.
    let mut quoted: (Option<u32>, Vec<Span>) = (None, Vec::new());
    unit::for_each(source, blocks, scan, lexicon, bases.is_some(), |unit| {
        let from = observed.observations.len();
        if !unit.hits.is_empty() {
            let paragraph = blocks[unit.block.paragraph as usize].span;
            if quoted.0 != Some(unit.block.paragraph) {
                quoted = (Some(unit.block.paragraph), quotations(source, paragraph));
            }
            let view = View::new(source, &unit, paragraph, &quoted.1);
            view.observe(&mut observed.observations);
            observed.as_lines.extend(view.as_line().map(|label| (observed.units.len(), label)));
            observed.topics.extend(view.topics().map(|category| (observed.units.len(), category)));
        }
        observed.parts.push(from..observed.observations.len());
        observed.units.push(unit.block);
    });
    observed.listen();
    observed
}

/// A unit being looked at.
struct View<'a> {
    source: &'a str,
    block: Block,
    /// Phrases outside quotations, in order of their starts, without those inside a longer one.
    hits: Vec<Hit>,
    /// Which of them did not stand in the unit before.
    is_first: Vec<bool>,
    /// Whether a phrase stands inside a quotation.
    quotes: bool,
    words: &'a [Token],
    /// Bytes of the paragraph that it is a part of.
    line_length: usize,
}

impl<'a> View<'a> {
    fn new(source: &'a str, unit: &Unit<'a>, paragraph: Span, quoted: &[Span]) -> Self {
        let mut hits: Vec<Hit> = unit.hits.iter().copied().filter(|h| h.span.start >= unit.block.span.start).collect();
        hits.sort_unstable_by_key(|h| (h.span.start, usize::MAX - h.span.end, rank(h.role)));
        let mut quotes = false;
        let mut reach = 0;
        hits.retain(|h| {
            let is_quoted = quoted.get(quoted.partition_point(|q| q.end < h.span.end)).is_some_and(|q| q.contains(h.span));
            quotes |= is_quoted && as_cue(h.role).or(as_hint(h.role)).is_some();
            let is_phrase = rank(h.role) < OTHERS;
            let is_part = matches!(h.role, Role::Word(_) | Role::Topic(_) | Role::Label(_) | Role::Lead(_));
            // Two phrases that overlap are one way of saying it.
            let is_inner = is_phrase && h.span.start < reach && !is_part && (h.span.end <= reach || as_cue(h.role).is_none());
            if is_phrase && !is_quoted && !is_part {
                reach = reach.max(h.span.end);
            }
            !is_inner && (!is_quoted || matches!(h.role, Role::Speech | Role::Topic(_)))
        });
        let is_first = firsts(&hits);
        View { source, block: unit.block, hits, is_first, quotes, words: unit.words, line_length: paragraph.len() }
    }

    /// The label that a sentence would be if it were a line of its own.
    fn as_line(&self) -> Option<Observation> {
        if self.block.kind != BlockKind::Sentence {
            return None;
        }
        let block = Block { kind: shape(&self.source[self.block.span.range()]), ..self.block };
        let (feature, category, span) = as_label(self.source, block, &self.hits, self.words)?;
        Some(Observation { feature, category: Some(category), span: Some(span), value: 1.0 })
    }

    /// The categories that the unit speaks of as topics: an offer's own short lines are no report on subscriptions, nor is a sentence that is
    /// boilerplate by itself.
    fn topics(&self) -> impl Iterator<Item = Category> + '_ {
        let is_prose = self.block.span.len() >= PROSE && !self.hits.iter().any(|h| as_cue(h.role).is_some());
        self.hits.iter().filter_map(move |h| if let Role::Topic(c) = h.role { Some(c).filter(|_| is_prose) } else { None })
    }

    fn observe(&self, out: &mut Vec<Observation>) {
        let mut push = |feature, category, span, value: usize| out.push(Observation { feature, category, span, value: value as f32 });
        let of_kind = |wanted: fn(Role) -> Option<Category>, category| self.firsts().filter(move |h| wanted(h.role) == Some(category));
        for category in self.categories() {
            for (i, hit) in of_kind(as_cue, category).take(1 + MOST_HINTS).enumerate() {
                let feature = match (hit.role, i) {
                    (Role::Own(_), _) => Feature::Own,
                    (_, 0) => Feature::Cue,
                    _ => Feature::FurtherCue,
                };
                push(feature, Some(category), Some(hit.span), 1);
            }
            for hit in of_kind(as_hint, category).take(MOST_HINTS) {
                push(Feature::Hint, Some(category), Some(hit.span), 1);
            }
            for hit in of_kind(as_weak, category).take(MOST_WEAK) {
                push(Feature::Weak, Some(category), Some(hit.span), 1);
            }
            let company = self.firsts().filter(|h| as_cue(h.role).or(as_hint(h.role)).is_some_and(|c| c != category));
            for hit in company.take(MOST_HINTS) {
                push(Feature::Company, Some(category), Some(hit.span), 1);
            }
        }
        let label = as_label(self.source, self.block, &self.hits, self.words);
        for (role, feature, most) in SINGLE {
            // "Share this with your friends" on a button is nobody's voice.
            if label.is_some() && matches!(role, Role::We | Role::You | Role::Act | Role::Speech) {
                continue;
            }
            for hit in self.hits.iter().filter(|h| h.role == role && (role != Role::Act || self.begins(h))).take(most) {
                push(feature, None, Some(hit.span), 1);
            }
        }
        if self.quotes {
            push(Feature::Quotation, None, None, 1);
        }
        if let Some(phrase) = self.glued_cue().or_else(|| self.glued_phrases()) {
            push(Feature::Glued, None, Some(phrase), 1);
        }
        let is_short = self.block.kind == BlockKind::Sentence && self.block.span.len() <= SHORT;
        if is_short && self.source[..self.block.span.end].ends_with('.') && self.hits.iter().any(|h| as_cue(h.role).is_some()) {
            push(Feature::Short, None, None, 1);
        }
        if let Some((feature, category, span)) = label {
            push(feature, Some(category), Some(span), 1);
        }
    }

    /// The phrases, each where it stands first.
    fn firsts(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter().zip(&self.is_first).filter(|(_, first)| **first).map(|(hit, _)| hit)
    }

    /// A cue at the edge of a long unit that nobody speaks in: a label run together with a sentence, which must not take it along.
    fn glued_cue(&self) -> Option<Span> {
        let speaks = |r: Role| matches!(r, Role::We | Role::You | Role::Outlet | Role::Money | Role::Hint(_) | Role::Weak(_));
        let first = self.hits.iter().find(|h| as_cue(h.role).is_some())?.span;
        let last = self.hits.iter().rfind(|h| as_cue(h.role).is_some())?.span;
        let (before, behind) = (first.start - self.block.span.start, self.block.span.end.saturating_sub(last.end));
        let at_edge = before <= GLUE || behind <= GLUE;
        let silent = !self.hits.iter().any(|h| speaks(h.role) || (h.role == Role::Act && self.begins(h)));
        (at_edge && silent && before + behind >= GLUED).then_some(first)
    }

    /// Phrases all at one edge of a long sentence in a text that has no lines: "Donate now The bridge stays shut to lorries until …".
    fn glued_phrases(&self) -> Option<Span> {
        if self.line_length < UNBROKEN {
            return None;
        }
        let speaks = |h: &&Hit| !matches!(h.role, Role::Word(_) | Role::Topic(_) | Role::Speech);
        let first = self.hits.iter().find(speaks)?.span;
        let last = self.hits.iter().filter(speaks).map(|h| h.span.end).max()?;
        let (before, behind) = (first.start - self.block.span.start, self.block.span.end.saturating_sub(last));
        let far = |near: usize, far: usize| near <= GLUE && far >= FAR && far * 3 >= self.block.span.len() * 2;
        (far(before, behind) || far(behind, before)).then_some(first)
    }

    /// Whether a phrase stands at the start of the unit.
    fn begins(&self, hit: &Hit) -> bool {
        !self.source[self.block.span.start..hit.span.start].contains(char::is_alphanumeric)
    }

    /// The categories that phrases speak for.
    fn categories(&self) -> Vec<Category> {
        let mut categories: Vec<Category> = self.hits.iter().filter_map(|h| as_cue(h.role).or(as_hint(h.role)).or(as_weak(h.role))).collect();
        categories.sort_unstable();
        categories.dedup();
        categories
    }
}

/// Which hits are the first of their phrase and role.
fn firsts(hits: &[Hit]) -> Vec<bool> {
    /// Hits up to which looking at all before costs less than a table.
    const FEW: usize = 16;
    let key = |h: &Hit| (h.phrase, h.role);
    if hits.len() <= FEW {
        return (0..hits.len()).map(|i| hits[..i].iter().all(|h| key(h) != key(&hits[i]))).collect();
    }
    let mut seen = HashSet::new();
    hits.iter().map(|h| seen.insert(key(h))).collect()
}

/// The rank of words that are no phrases of boilerplate, and count wherever they stand.
const OTHERS: u8 = 8;

/// Which of two phrases at one place is looked at first.
fn rank(role: Role) -> u8 {
    match role {
        Role::Own(_) | Role::Cue(_) => 0,
        Role::Label(_) => 1,
        Role::Lead(_) => 2,
        Role::Hint(_) => 3,
        Role::Outlet => 4,
        Role::Word(_) => 5,
        Role::Topic(_) => 6,
        Role::Weak(_) => 7,
        _ => OTHERS,
    }
}

pub(super) fn as_cue(role: Role) -> Option<Category> {
    if let Role::Cue(c) | Role::Own(c) = role { Some(c) } else { None }
}

fn as_hint(role: Role) -> Option<Category> {
    if let Role::Hint(c) = role { Some(c) } else { None }
}

fn as_weak(role: Role) -> Option<Category> {
    if let Role::Weak(c) = role { Some(c) } else { None }
}

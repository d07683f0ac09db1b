//! Blocks to units: a paragraph that holds a phrase is cut into sentences, and labels glued to a sentence are cut off.

use super::feature::Feature;
use super::fold::Token;
use super::label::as_label;
use super::lexicon::{Hit, Lexicon, Role, Scan};
use crate::input::text::trim;
use crate::removal::{Category, Span};
use crate::segment::block::{Block, BlockKind};
use crate::segment::sentence::sentences;

/// Words that labels glued into a sentence must have together, lest one capital letter decide.
const GLUED_WORDS: usize = 2;
/// Letters from which on a small-letter word shows that a text is a sentence rather than a title.
const SENTENCE_WORD: usize = 4;
/// Bytes up to which a list item is not cut.
const LONGEST_ITEM: usize = 160;
/// How many words of a text are looked at for that.
const WORDS_LOOKED_AT: usize = 8;

/// A unit and the phrases inside it.
pub(crate) struct Unit<'h> {
    pub(crate) block: Block,
    pub(crate) hits: &'h [Hit],
    pub(crate) words: &'h [Token],
}

/// Hands over every unit of the document in order, with the hits that end in it (some may begin before it). Of a page, whose surroundings tell more than a voice,
/// paragraphs without a phrase are not cut.
pub(crate) fn for_each<'h>(source: &str, blocks: &[Block], scan: &'h Scan, lexicon: &Lexicon, is_page: bool, mut take: impl FnMut(Unit<'h>)) {
    let mut hits = &scan.hits[..];
    let mut until = |end: usize| {
        let (now, later) = hits.split_at(hits.partition_point(|h| h.span.end <= end));
        hits = later;
        now
    };
    for &block in blocks {
        let inside = until(block.span.end);
        let words = scan.words_in(block.span);
        if (is_page && !inside.iter().any(|h| is_phrase(h.role))) || is_one(source, block, inside, words) {
            take(Unit { block, hits: inside, words });
            continue;
        }
        let mut pieces = Vec::new();
        for sentence in sentences(source, block.span, |word| lexicon.is_abbreviation(word, scan.languages)) {
            cut_labels(source, sentence, ending_in(inside, sentence), &mut pieces);
        }
        let kind = if pieces.len() == 1 { block.kind } else { BlockKind::Sentence };
        for span in pieces {
            take(Unit { block: Block { span, kind, ..block }, hits: ending_in(inside, span), words: scan.words_in(span) });
        }
    }
}

/// Whether a block is judged as a whole although it holds a phrase: a list item of ordinary length, a line that is a label from end to end.
fn is_one(source: &str, block: Block, hits: &[Hit], words: &[Token]) -> bool {
    let is_item = block.kind == BlockKind::ListItem && block.span.len() <= LONGEST_ITEM;
    is_item || as_label(source, block, hits, words).is_some_and(|(feature, ..)| !matches!(feature, Feature::Word | Feature::Items))
}

/// Whether a paragraph must be cut into sentences to see which of them says this.
fn is_phrase(role: Role) -> bool {
    matches!(role, Role::Cue(_) | Role::Own(_) | Role::Hint(_) | Role::Label(_) | Role::Lead(_) | Role::Outlet)
}

/// The hits whose end lies in a span; hits are ordered by their ends.
fn ending_in(hits: &[Hit], span: Span) -> &[Hit] {
    let from = hits.partition_point(|h| h.span.end <= span.start);
    let to = hits.partition_point(|h| h.span.end <= span.end);
    &hits[from..to]
}

/// Cuts runs of labels off a sentence: "… the story Read more Support now From the coast …".
fn cut_labels(source: &str, sentence: Span, hits: &[Hit], pieces: &mut Vec<Span>) {
    let mut rest = sentence;
    for run in label_runs(source, sentence, hits) {
        if run.span.start < rest.start {
            continue;
        }
        let before = Span::new(rest.start, run.span.start);
        let after = Span::new(run.span.end, sentence.end);
        if is_glued(source, before, &run, after) {
            pieces.extend([before, run.span].map(|s| trim(source, s)).iter().filter(|s| !s.is_empty()));
            rest = trim(source, after);
        }
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
}

struct LabelRun {
    span: Span,
    words: usize,
    category: Category,
    has_label: bool,
    /// Where its labels and words end, and how many words are not yet followed by a label.
    reach: usize,
    pending: usize,
}

/// Labels, and menu words beside them, that begin with a capital (or have no case), joined where only signs stand between them.
fn label_runs(source: &str, sentence: Span, hits: &[Hit]) -> Vec<LabelRun> {
    let mut labels: Vec<(Span, usize, Category, bool)> = hits
        .iter()
        .filter_map(|h| match h.role {
            Role::Label(category) | Role::Word(category) if h.span.start >= sentence.start && !begins_small(source, h.span) => {
                Some((h.span, h.tokens as usize, category, matches!(h.role, Role::Label(_))))
            }
            _ => None,
        })
        .collect();
    labels.sort_unstable_by_key(|(s, ..)| (s.start, usize::MAX - s.end));
    let mut runs: Vec<LabelRun> = Vec::new();
    for (span, words, category, is_label) in labels {
        match runs.last_mut() {
            Some(run) if span.start < run.reach => {}
            Some(run) if !source[run.reach..span.start].contains(char::is_alphanumeric) => {
                run.reach = span.end;
                run.pending += words;
                // Menu words count only with a label behind them: the next sentence may begin with one.
                if is_label {
                    run.span.end = span.end;
                    run.words += std::mem::take(&mut run.pending);
                    run.has_label = true;
                }
            }
            _ => runs.push(LabelRun { span, words, category, has_label: is_label, reach: span.end, pending: 0 }),
        }
    }
    // Words of menus are no run by themselves.
    runs.retain(|run| run.has_label);
    runs
}

fn begins_small(source: &str, span: Span) -> bool {
    source[span.range()].starts_with(char::is_lowercase)
}

/// Whether a run of labels is no part of the sentence around it: it must be at an edge or between capitals, and what is beside it must
/// read like sentences, not like a title in which every word is capital.
fn is_glued(source: &str, before: Span, run: &LabelRun, after: Span) -> bool {
    let (left, right) = (
        source[before.range()].trim_matches(|c: char| !c.is_alphanumeric()),
        source[after.range()].trim_start_matches(|c: char| !c.is_alphanumeric()),
    );
    // What a colon follows leads on; it stands not alone.
    let behind = source[after.range()].trim_start();
    if (left.is_empty() && right.is_empty())
        || behind.starts_with([':', '：', '»', '›', '|', '→', '–', '—', '.', '!', '?', ',', ';', '。', '！', '？', '，', '、', '；'])
    {
        return false;
    }
    let cased = source[run.span.range()].starts_with(char::is_uppercase);
    if !cased {
        let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !"“”‘’「」『』《》\"'".contains(c));
        // Behind a comma it is one of the things that the sentence counts up.
        let counts_up = source[..run.span.start].trim_end().ends_with(['，', '、', '；', ',', ';', '：', ':']);
        return !counts_up && free(source[..run.span.start].chars().next_back()) && free(source[run.span.end..].chars().next());
    }
    let enough = run.words >= GLUED_WORDS || (run.category == Category::Advertisement && left.is_empty());
    enough
        && (left.is_empty() || reads_like_a_sentence(left))
        && (right.is_empty() || (right.starts_with(char::is_uppercase) && reads_like_a_sentence(right)))
}

fn reads_like_a_sentence(text: &str) -> bool {
    text.split_whitespace().take(WORDS_LOOKED_AT).any(|w| w.starts_with(char::is_lowercase) && w.chars().take(SENTENCE_WORD).count() == SENTENCE_WORD)
}

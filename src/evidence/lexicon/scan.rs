//! One pass over a document: every phrase in it, and the languages that it is in.

use super::automaton::counts;
use super::{ENGLISH, Entry, Lexicon, OWN, Role, TAGS};
use crate::evidence::fold::{Token, tokens};
use crate::removal::Span;

/// A phrase where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) role: Role,
    /// How many words it has.
    pub(crate) tokens: u8,
    /// The hash of the phrase: where it stands again, it has the same.
    pub(crate) phrase: u64,
}

/// All the phrases of a document, ordered by their ends.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) hits: Vec<Hit>,
    /// Every word of the document, in order.
    pub(crate) words: Vec<Token>,
    /// The languages of the document, as a set of bits.
    pub(crate) languages: u32,
    /// Whether its words tell them; else all are tried.
    pub(crate) is_told: bool,
}

impl Scan {
    /// The words of a span.
    pub(crate) fn words_in(&self, span: Span) -> &[Token] {
        let from = self.words.partition_point(|w| w.start < span.start);
        let count = self.words[from..].partition_point(|w| w.end <= span.end);
        &self.words[from..from + count]
    }

    /// Whether the document is in English beyond doubt.
    pub(crate) fn is_in_english(&self) -> bool {
        self.is_told && self.languages & (1 << ENGLISH) != 0
    }
}

/// Common words below which a document is too short to tell its language, so that all are tried.
const VOTES_NEEDED: u32 = 4;
/// A language counts as the document's if it has this share of the winner's votes.
const VOTES_SHARE: f32 = 0.7;

impl Lexicon {
    /// Finds every phrase; those of other languages than the document's are left out, where they could be mistaken.
    pub(crate) fn scan(&self, text: &str) -> Scan {
        let mut found: Vec<(Hit, Entry)> = Vec::new();
        let words: Vec<Token> = tokens(text).collect();
        let mut votes = [0u32; TAGS.len()];
        let mut open: Vec<Open> = Vec::new();
        for &token in &words {
            let mut reached = |at: &Open| {
                for entry in self.ends(at.node) {
                    match entry.role {
                        Role::Abbreviation => {}
                        Role::Common => votes[entry.language as usize] += 1,
                        role => found.push((Hit { span: Span::new(at.start, token.end), role, tokens: at.words, phrase: at.phrase }, entry)),
                    }
                }
            };
            advance(self, &mut open, token, &mut reached);
            if token.is_number && is_money(text, token) {
                found.push((Hit { span: Span::new(token.start, token.end), role: MONEY.role, tokens: 1, phrase: u64::MAX }, MONEY));
            }
        }
        let told = document_languages(&votes);
        let document = told.unwrap_or(self.languages);
        let hits = found.into_iter().filter(|(hit, entry)| counts(*entry, hit.tokens, document)).map(|(hit, _)| hit).collect();
        Scan { hits, words, languages: document, is_told: told.is_some() }
    }
}

/// The languages whose common words a document has, if it has enough.
fn document_languages(votes: &[u32]) -> Option<u32> {
    let most = votes.iter().copied().max().unwrap_or(0);
    if most < VOTES_NEEDED {
        return None;
    }
    let near = |v: u32| v as f32 >= VOTES_SHARE * most as f32;
    Some(votes.iter().enumerate().filter(|(_, v)| near(**v)).fold(0, |set, (i, _)| set | 1 << i))
}

/// A number beside a currency sign, whatever the language.
const MONEY: Entry = Entry { role: Role::Money, language: OWN };

fn is_money(text: &str, number: Token) -> bool {
    let is_sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₽' | '₴' | '₩' | '￥'));
    let is_space = |c: &char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let (before, behind) = (&text[..number.start], &text[number.end..]);
    is_sign(before.chars().rev().take(2).find(|c| !is_space(c))) || is_sign(behind.chars().take(2).find(|c| !is_space(c)))
}

/// A phrase under way.
struct Open {
    node: u32,
    start: usize,
    words: u8,
    /// The hash of its words.
    phrase: u64,
}

/// Moves every phrase that is under way one word on, and begins those that start here.
fn advance(lexicon: &Lexicon, open: &mut Vec<Open>, token: Token, reached: &mut impl FnMut(&Open)) {
    open.retain_mut(|at| match lexicon.follow(at.node, token.hash) {
        Some(node) => {
            *at = Open { node, words: at.words + 1, phrase: at.phrase.rotate_left(5) ^ token.hash, ..*at };
            reached(at);
            true
        }
        None => false,
    });
    for node in lexicon.starts(token.hash) {
        let at = Open { node, start: token.start, words: 1, phrase: token.hash };
        reached(&at);
        open.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Looks for every phrase at every word: too simple to be wrong.
    fn naive(phrases: &[String], text: &str) -> Vec<(usize, usize)> {
        let text: Vec<Token> = tokens(text).collect();
        let mut found = Vec::new();
        for phrase in phrases {
            let phrase: Vec<u64> = tokens(phrase).map(|t| t.hash).collect();
            for window in text.windows(phrase.len()) {
                if window.iter().map(|t| t.hash).eq(phrase.iter().copied()) {
                    found.push((window[0].start, window[phrase.len() - 1].end));
                }
            }
        }
        found.sort_unstable();
        // A phrase that is given twice is found once.
        found.dedup();
        found
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(phrases in prop::collection::vec("[xyz]( [xyz]){0,3}", 1..6), text in "([xyzÄä.]| ){0,60}") {
            let own: Vec<_> = phrases.iter().map(|p| (crate::Category::Other, p.clone())).collect();
            let lexicon = Lexicon::new(Some(&["en".to_owned()]), &own).unwrap();
            let mut got: Vec<_> = lexicon.scan(&text).hits.iter()
                .filter(|h| h.role == Role::Own(crate::Category::Other)).map(|h| (h.span.start, h.span.end)).collect();
            got.sort_unstable();
            got.dedup();
            prop_assert_eq!(got, naive(&phrases, &text));
        }
    }
}

//! Paragraphs to sentences, for those paragraphs where a decision needs them.

use crate::input::text::trim;
use crate::removal::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Digits up to which a number before a full stop is an ordinal, or counts an item, rather than ends a sentence.
const ORDINAL: usize = 2;
/// Letters that a single-letter word before a full stop may have to count as an initial.
const INITIAL: usize = 1;

/// Cuts a paragraph into sentences by Unicode's rules (UAX 29), which are then joined again where the full stop belonged to an
/// abbreviation. The spans are trimmed, in order, and hold every visible sign of the paragraph.
///
/// `is_abbreviation` is asked for the word before a full stop, without it.
pub(crate) fn sentences(source: &str, paragraph: Span, is_abbreviation: impl Fn(&str) -> bool) -> Vec<Span> {
    let text = &source[paragraph.range()];
    // A line end inside a paragraph is a space to the reader, but would end a sentence by the rules.
    let unwrapped;
    let text = if text.contains(['\n', '\r']) {
        unwrapped = text.replace(['\n', '\r'], " ");
        &unwrapped
    } else {
        text
    };
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for at in bounds(text) {
        let piece = &text[at.clone()];
        let span = Span::new(paragraph.start + at.start, paragraph.start + at.end);
        match spans.last_mut() {
            Some(last) if open => last.end = span.end,
            _ => spans.push(span),
        }
        open = ends_in_abbreviation(piece, &is_abbreviation);
    }
    for span in &mut spans {
        *span = trim(source, *span);
    }
    spans.retain(|s| !s.is_empty());
    spans
}

/// The sentences by Unicode's rules alone.
fn bounds(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.chars().all(is_plain) {
        found.extend(text.split_sentence_bound_indices().map(|(at, piece)| at..at + piece.len()));
        return found;
    }
    let mut start = 0;
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|b| matches!(b, b'.' | b'!' | b'?')) {
        at += next + 1;
        if let Some(bound) = bound_behind(text, at) {
            found.push(start..bound);
            start = bound;
            at = bound;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// Whether a sign is one of the usual ones of European scripts, for which the rules below are all there is.
fn is_plain(c: char) -> bool {
    c.is_ascii() && c != '\n' && c != '\r'
        || matches!(c, '‘' | '’' | '“' | '”' | '„' | '–' | '—' | '…' | '\u{a0}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' | 'Ѐ'..='џ')
}

/// Where a sentence ends whose terminator ends at `at`, if it does (UAX 29, SB6 to SB11; the names there).
fn bound_behind(text: &str, at: usize) -> Option<usize> {
    let before = &text[..at - 1];
    let mut rest = &text[at..];
    let is_stop = text.as_bytes()[at - 1] == b'.';
    let is_close = |c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '‘' | '’' | '“' | '”' | '„');
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{a0}');
    if is_stop {
        let next = rest.chars().next();
        let is_initial = before.ends_with(|c: char| c.is_uppercase() || c.is_lowercase()) && next.is_some_and(char::is_uppercase);
        if is_initial || next.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
    }
    rest = rest.trim_start_matches(is_close).trim_start_matches(is_space);
    let goes_on = rest.starts_with([',', '-', ':', ';', '–', '—', '.', '!', '?']);
    // A small letter goes on with the sentence, whatever signs stand before it.
    let is_small = || rest.chars().find(|c| c.is_alphabetic() || matches!(c, '.' | '!' | '?')).is_some_and(char::is_lowercase);
    (!goes_on && (!is_stop || !is_small())).then_some(text.len() - rest.len())
}

fn ends_in_abbreviation(piece: &str, is_abbreviation: &impl Fn(&str) -> bool) -> bool {
    let Some(body) = piece.trim_end().strip_suffix('.') else { return false };
    let word = body.rsplit(|c: char| c.is_whitespace() || "(“\"„«'’-–".contains(c)).next().unwrap_or(body);
    let mut letters = word.chars();
    let initial = letters.by_ref().take(INITIAL).any(char::is_uppercase) && letters.next().is_none();
    // "3. Mai", or the number of an item.
    let ordinal = (1..=ORDINAL).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    initial || ordinal || (!word.is_empty() && is_abbreviation(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_text_is_cut_by_the_same_rules(text in "([a-cA-C0-9 .!?'\"()\\[\\],;:\t–—…’“\u{a0}éÉжЖß#*-]|\\. |[a-z]{3} ){0,40}") {
            let ours: Vec<&str> = bounds(&text).into_iter().map(|at| &text[at]).collect();
            prop_assert_eq!(ours, text.split_sentence_bounds().collect::<Vec<_>>());
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len()), |w| ["Mr", "Dr", "z. B", "bzw"].contains(&w)).iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn sentences_by_script() {
        assert_eq!(cut("It rained. It stopped! Did it?"), ["It rained.", "It stopped!", "Did it?"]);
        assert_eq!(cut("“It rained.” He left."), ["“It rained.”", "He left."]);
        assert_eq!(cut("雨が降った。風も吹いた。"), ["雨が降った。", "風も吹いた。"]);
        assert_eq!(cut("It fell by 3.5 per cent. Then"), ["It fell by 3.5 per cent.", "Then"]);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(cut("We met Mr. Vance and J. Hale. They left."), ["We met Mr. Vance and J. Hale.", "They left."]);
    }

    #[test]
    fn ordinals_do_not_end_a_sentence() {
        assert_eq!(cut("Am 3. Mai kam er. Er blieb bis 2019. Dann ging er."), ["Am 3. Mai kam er.", "Er blieb bis 2019.", "Dann ging er."]);
    }

    #[test]
    fn a_line_end_inside_a_paragraph_is_a_space() {
        assert_eq!(cut("The long\nsentence goes on. And\r\nends."), ["The long\nsentence goes on.", "And\r\nends."]);
    }
}

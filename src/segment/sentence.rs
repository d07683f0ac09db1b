//! Paragraphs to sentences, for those paragraphs where a decision needs them.

use crate::input::text::trim;
use crate::removal::Span;
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
    for (at, piece) in text.split_sentence_bound_indices() {
        let span = Span::new(paragraph.start + at, paragraph.start + at + piece.len());
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

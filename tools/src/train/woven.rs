//! Training texts that nobody wrote: bodies of labelled pages with boilerplate of the corpus woven in, and sentences that look like it but must stay.

use super::labelled::Label;
use crate::corpus::Case;
use crate::score::gaps;
use bodycopy::lesson::{SIGNALS, Text};
use std::ops::Range;

/// Pieces woven into one body at most.
const PIECES: u64 = 3;
/// Log-odds of phrases from which on a sentence that must stay looks like boilerplate.
const LIKENESS: f32 = -4.5;
/// Signs that a sentence may end with.
const ENDS: [&str; 6] = [". ", "! ", "? ", "。", "！", "？"];

/// What can be woven into bodies of one language and fold.
#[derive(Debug)]
pub(crate) struct Loom {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    language: String,
    fold: usize,
    text: String,
    label: Label,
}

/// A text and what is known of its ranges.
pub(crate) type Woven = (String, Vec<(Range<usize>, Label)>);

impl Loom {
    /// Takes what must go from some cases, and what looks like it from those that lose nothing. Each case comes with its fold.
    pub(crate) fn new<'a>(cases: impl Iterator<Item = (usize, &'a Case)>) -> Self {
        let mut pieces = Vec::new();
        for (fold, case) in cases {
            let mut add = |text: &str, label| pieces.push(Piece { language: case.language().to_owned(), fold, text: text.trim().to_owned(), label });
            for expected in &case.expected {
                add(&case.text[expected.range.clone()], Label::Drop);
            }
            if case.expected.is_empty() {
                gaps(case).iter().flat_map(|gap| alike(&case.text[gap.clone()])).for_each(|text| add(&text, Label::Keep));
            }
        }
        Loom { pieces }
    }

    /// Weaves up to three pieces into a body; nothing where there are none of its language. The same number makes the same text.
    pub(crate) fn weave(&self, body: &str, language: &str, fold: usize, number: u64) -> Option<Woven> {
        let fit: Vec<&Piece> = self.pieces.iter().filter(|p| p.language == language && p.fold == fold && p.text.len() > 1).collect();
        let paragraphs: Vec<&str> = body.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        if fit.is_empty() || paragraphs.len() < 3 {
            return None;
        }
        let mut chance = Chance(number);
        let mut woven: Vec<(usize, Place, &Piece)> = Vec::new();
        for _ in 0..=chance.below(PIECES) {
            let piece = fit[chance.below(fit.len() as u64) as usize];
            let at = match chance.below(12) {
                0 => 0,
                1 => paragraphs.len(),
                _ => 1 + chance.below(paragraphs.len() as u64 - 1) as usize,
            };
            let place = match chance.below(8) {
                _ if piece.text.contains('\n') || at == paragraphs.len() => Place::Apart,
                0 => Place::Before,
                1 | 2 => Place::Behind,
                3 => Place::Within,
                _ => Place::Apart,
            };
            woven.push((at, place, piece));
        }
        woven.sort_by_key(|(at, place, _)| (*at, *place as u8));
        woven.dedup_by_key(|(at, place, _)| (*at, *place as u8));
        Some(join(&paragraphs, &woven))
    }
}

/// Where a piece goes, from a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On lines of its own before it.
    Apart,
    /// On its line, before its first sentence.
    Before,
    /// Behind one of its sentences.
    Within,
    /// Behind its last sentence.
    Behind,
}

fn join(paragraphs: &[&str], woven: &[(usize, Place, &Piece)]) -> Woven {
    let mut text = String::new();
    let mut known = Vec::new();
    let mut add = |part: &str, label: Label, behind: &str| {
        let start = text.len();
        text.push_str(part);
        if !part.is_empty() {
            known.push((start..text.len(), label));
        }
        text.push_str(behind);
    };
    for at in 0..=paragraphs.len() {
        let of = |place: Place| woven.iter().find(|(a, p, _)| *a == at && *p == place).map(|(_, _, piece)| *piece);
        if let Some(piece) = of(Place::Apart) {
            add(&piece.text, piece.label, "\n\n");
        }
        let Some(paragraph) = paragraphs.get(at) else { continue };
        if let Some(piece) = of(Place::Before) {
            add(&piece.text, piece.label, " ");
        }
        let cut = ENDS.iter().filter_map(|end| paragraph.find(end).map(|at| at + end.trim_end().len())).min();
        let (first, rest) = paragraph.split_at(cut.unwrap_or(paragraph.len()));
        match of(Place::Within) {
            Some(piece) if !rest.trim().is_empty() => {
                add(first, Label::Keep, " ");
                add(&piece.text, piece.label, " ");
                add(rest.trim(), Label::Keep, "");
            }
            _ => add(paragraph, Label::Keep, ""),
        }
        if let Some(piece) = of(Place::Behind) {
            add("", Label::Keep, " ");
            add(&piece.text, piece.label, "");
        }
        add("", Label::Keep, "\n\n");
    }
    (text, known)
}

/// Sentences of a text that phrases speak against, though not enough.
fn alike(text: &str) -> Vec<String> {
    let Some(read) = Text::read(text) else { return Vec::new() };
    let rows = read.rows(&vec![0.0; read.spans.len()]);
    let Some(phrases) = SIGNALS.iter().position(|name| *name == "phrases") else { return Vec::new() };
    let is_alike = |(_, row): &(_, &[f32; SIGNALS.len()])| row[phrases] > LIKENESS;
    read.spans.iter().zip(&rows).filter(is_alike).map(|(span, _)| text[span.range()].to_owned()).collect()
}

/// Numbers that look like chance, and are the same every time (SplitMix64, Steele et al. 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_woven_in_and_known() {
        let piece = |text: &str, label| Piece { language: "en".to_owned(), fold: 0, text: text.to_owned(), label };
        let loom = Loom { pieces: vec![piece("Please donate.", Label::Drop), piece("She donated.", Label::Keep)] };
        let body = "The ferry sails. It is blue.\nGulls follow it. They are white.\nThe wind is calm. The tide is low.";
        for number in 0..200 {
            let (text, known) = loom.weave(body, "en", 0, number).unwrap();
            let of = |label| known.iter().filter(|(_, l)| *l == label).map(|(range, _)| &text[range.clone()]).collect::<Vec<_>>().join(" ");
            let kept = of(Label::Keep).replace("She donated. ", "").replace(" She donated.", "");
            assert_eq!(kept, body.replace('\n', " "), "{text}");
            assert_eq!(of(Label::Drop).replace("Please donate.", "").trim(), "");
        }
        assert!(loom.weave(body, "fr", 0, 1).is_none() && loom.weave(body, "en", 1, 1).is_none());
        assert!(loom.weave("One line.", "en", 0, 1).is_none());
    }
}

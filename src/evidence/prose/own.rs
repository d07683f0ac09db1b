//! The shape of each unit.

use super::signal::{BAR_COUNT, FIRST_SIGN, KIND, LAST_SIGN, OPENINGS, OWN, PHRASES, SHAPE, SIGNS, WORDS};
use crate::evidence::fold::Token;
use crate::removal::Category;
use crate::segment::block::Block;
use std::collections::HashMap;

/// The signals of a unit itself.
pub(crate) type Own = [f32; OWN];

/// Line ends before a unit that are told apart.
const MOST_LINES: usize = 4;
/// Words up to which a unit is a line whose opening counts.
const LINE: f32 = 8.0;
/// Log-odds of phrases, beyond which all are alike.
const MOST_ODDS: f32 = 30.0;

/// Observes the shape of a unit, whose words these are.
pub(crate) fn observe(source: &str, unit: &Block, words: &[Token]) -> Own {
    let text = &source[unit.span.range()];
    let mut own: Own = [0.0; OWN];
    let (mut digits, mut commas, mut stops, mut bars, mut signs) = (0, 0, 0, 0, 0);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b' ' | 0x80.. => {}
            b',' | b';' | b':' => commas += 1,
            b'.' | b'!' | b'?' => stops += 1,
            b'|' => bars += 1,
            _ => signs += 1,
        }
    }
    let length = text.len().max(1) as f32;
    let capitals = words.iter().filter(|w| source[w.start..w.end].starts_with(char::is_uppercase)).count();
    own[WORDS] = words.len() as f32;
    own[1] = text.len() as f32;
    own[2] = capitals as f32 / words.len().max(1) as f32;
    own[3] = digits as f32 / length;
    own[4] = commas as f32;
    own[5] = stops as f32;
    own[LAST_SIGN] = last(text);
    own[FIRST_SIGN] = first(text);
    own[BAR_COUNT] = bars as f32;
    own[SIGNS] = (signs + commas + stops + bars) as f32 / length;
    own
}

/// Fills in what depends on the other units that are there.
pub(crate) fn place(source: &str, units: &[Block], all: &mut [Own]) {
    let mut counts: HashMap<&str, u32> = HashMap::with_capacity(units.len());
    for unit in units {
        *counts.entry(&source[unit.span.range()]).or_default() += 1;
    }
    // "Shop Arden", "Shop Bexley": lines that begin alike are made by machines.
    let opening = |unit: &Block| source[unit.span.range()].split_whitespace().next().unwrap_or_default();
    let mut openings: HashMap<&str, u32> = HashMap::with_capacity(units.len());
    for (unit, _) in units.iter().zip(&*all).filter(|(_, own)| own[WORDS] <= LINE) {
        *openings.entry(opening(unit)).or_default() += 1;
    }
    let mut before: Option<&Block> = None;
    for (i, (unit, own)) in units.iter().zip(all).enumerate() {
        own[10] = f32::from(before.map(|b| b.paragraph) != Some(unit.paragraph));
        own[11] = f32::from(units.get(i + 1).map(|u| u.paragraph) != Some(unit.paragraph));
        own[12] = match before {
            Some(before) => line_ends(&source[before.span.end.min(unit.span.start)..unit.span.start]),
            None => MOST_LINES as f32 - 1.0,
        };
        own[SHAPE] = f32::from(unit.kind as u8);
        own[14] = counts.get(&source[unit.span.range()]).copied().unwrap_or(1) as f32;
        own[OPENINGS] = if own[WORDS] <= LINE { openings.get(opening(unit)).copied().unwrap_or(1) as f32 } else { 0.0 };
        before = Some(unit);
    }
}

fn line_ends(text: &str) -> f32 {
    text.bytes().filter(|b| *b == b'\n').take(MOST_LINES).count() as f32
}

/// Fills in what the phrases of a unit make of it: log-odds, and the kind that they speak for.
pub(crate) fn hear(own: &mut Own, odds: f32, category: Option<Category>) {
    own[PHRASES] = odds.clamp(-MOST_ODDS, MOST_ODDS);
    own[KIND] = category.map_or(-1.0, |c| c as u8 as f32);
}

fn last(text: &str) -> f32 {
    match text.chars().next_back() {
        Some('.' | '。' | '।' | '۔') => 1.0,
        Some('!' | '！') => 2.0,
        Some('?' | '？' | '؟') => 3.0,
        Some(':' | '：') => 4.0,
        Some('"' | '”' | '“' | '»' | '«' | '」' | '\'' | '’') => 5.0,
        Some(')' | '）' | ']') => 6.0,
        Some('…') => 7.0,
        Some(c) if c.is_alphanumeric() => 0.0,
        _ => 8.0,
    }
}

fn first(text: &str) -> f32 {
    match text.chars().next() {
        Some('-' | '*' | '•' | '·' | '–' | '—') => 1.0,
        Some('#') => 2.0,
        Some('|') => 3.0,
        Some('>' | '›' | '»' | '→') => 4.0,
        Some('[' | '(') => 5.0,
        Some('©') => 6.0,
        Some('"' | '“' | '„' | '«' | '「' | '\'' | '‘') => 7.0,
        Some(c) if c.is_uppercase() => 0.0,
        Some(c) if c.is_numeric() => 8.0,
        Some(c) if c.is_lowercase() => 9.0,
        _ => 10.0,
    }
}

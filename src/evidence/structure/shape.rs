//! What a block's text looks like, whatever its language.

use crate::segment::block::BlockKind;

/// Counts of what a text is made of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    /// Words; of scripts without spaces, signs.
    pub(super) words: u32,
    pub(super) letters: u32,
    pub(super) unspaced: u32,
    pub(super) digits: u32,
    pub(super) capitals: u32,
    /// Words that begin with a capital.
    pub(super) capital_words: u32,
    pub(super) commas: u32,
    pub(super) ends: u32,
    /// Signs that part items: `|`, `»`, `/`.
    pub(super) parts: u32,
    /// Other signs.
    pub(super) signs: u32,
    pub(super) copyright: bool,
    pub(super) money: bool,
}

pub(super) fn measure(text: &str) -> Shape {
    let mut shape = Shape::default();
    let mut in_word = false;
    let mut previous = ' ';
    for c in text.chars() {
        let sign = sign(c);
        if sign != Sign::Other {
            let is_capital = if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() };
            if is_unspaced(c) {
                shape.unspaced += 1;
                shape.words += 1;
                in_word = false;
            } else {
                if !in_word {
                    shape.words += 1;
                    shape.capital_words += u32::from(is_capital);
                }
                in_word = true;
            }
            shape.letters += 1;
            shape.digits += u32::from(sign == Sign::Digit);
            shape.capitals += u32::from(is_capital);
        } else {
            in_word = in_word && matches!(c, '\'' | '’' | '-');
            match c {
                ' ' | '\n' | '\t' | '\u{a0}' => shape.ends += u32::from(matches!(previous, '.' | '!' | '?' | '…')),
                ',' | ';' | '，' | '、' | '；' => shape.commas += 1,
                '。' | '！' | '？' => shape.ends += 1,
                '|' | '»' | '›' | '·' | '•' | '/' | '>' | '→' | '«' => shape.parts += 1,
                '©' => shape.copyright = true,
                '$' | '€' | '£' | '¥' | '₹' | '₽' | '円' => shape.money = true,
                _ => shape.signs += 1,
            }
        }
        previous = c;
    }
    shape.ends += u32::from(matches!(previous, '.' | '!' | '?' | '…'));
    shape
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Letter,
    Digit,
    Other,
}

/// What a sign is; of the commonest it is told without a look at the tables.
fn sign(c: char) -> Sign {
    let (is_letter, is_digit) = match c {
        '\0'..='\x7f' => (c.is_ascii_alphabetic(), c.is_ascii_digit()),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='ҁ' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' => {
            (true, false)
        }
        '\u{2010}'..='\u{2027}' | '\u{a0}' => (false, false),
        c => (c.is_alphabetic(), c.is_numeric()),
    };
    match (is_digit, is_letter) {
        (true, _) => Sign::Digit,
        (_, true) => Sign::Letter,
        _ => Sign::Other,
    }
}

/// Scripts whose words have no spaces between them.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A number for how a text ends.
pub(super) fn last_sign(text: &str) -> f32 {
    match text.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？') => 1.0,
        Some('"' | '”' | '»' | '’' | ')' | '」' | '』') => 2.0,
        Some(':' | '：') => 3.0,
        Some('…' | '>' | '›' | '→') => 4.0,
        _ => 0.0,
    }
}

/// A number for how a text begins.
pub(super) fn first_sign(text: &str) -> f32 {
    match text.chars().next() {
        Some(c) if c.is_uppercase() => 1.0,
        Some(c) if c.is_lowercase() => 2.0,
        Some(c) if c.is_numeric() => 3.0,
        Some(c) if c.is_alphabetic() => 4.0,
        _ => 0.0,
    }
}

/// A number for the kind of a block.
pub(super) fn kind(kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Paragraph | BlockKind::Sentence => 0.0,
        BlockKind::Line => 1.0,
        BlockKind::Heading => 2.0,
        BlockKind::ListItem => 3.0,
        BlockKind::TableRow => 4.0,
        BlockKind::Code => 5.0,
        BlockKind::Caption => 6.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_without_tables_is_right() {
        let of_tables = |c: char| match () {
            () if c.is_numeric() => Sign::Digit,
            () if c.is_alphanumeric() => Sign::Letter,
            () => Sign::Other,
        };
        let wrong: Vec<char> = ('\0'..='\u{ffff}').filter(|c| sign(*c) != of_tables(*c)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn counts() {
        let shape = measure("The ferry's crew, on 3 May, sailed. © Harbour | £5");
        assert_eq!((shape.words, shape.capital_words, shape.commas, shape.ends, shape.parts, shape.digits), (9, 3, 2, 1, 1, 2));
        assert!(shape.copyright && shape.money);
        let shape = measure("雨が降った。3日");
        assert_eq!((shape.words, shape.unspaced, shape.ends), (7, 6, 1));
    }
}

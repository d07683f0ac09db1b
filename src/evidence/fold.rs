//! The folding map: words as the lexicon compares them.
//!
//! Case, accents, marks, soft hyphens, zero-width signs and the width of letters make no difference, so that composed and
//! decomposed text is the same. Scripts without spaces fall apart into their signs.

use std::sync::LazyLock;

/// A word, or one sign of a script without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Of the folded word. Two words with one hash are taken for the same: 64 bits make that a matter of malice, not of chance.
    pub(crate) hash: u64,
    pub(crate) is_number: bool,
}

/// Letters below this have a row in the table; above, case folding alone is enough.
const TABLE_END: usize = 0x2000;

/// What a character counts as: up to four bytes, none for signs that count as nothing.
#[derive(Clone, Copy)]
struct Fold {
    bytes: [u8; 4],
    length: u8,
    is_word: bool,
}

static TABLE: LazyLock<Vec<Fold>> = LazyLock::new(|| {
    let mut table: Vec<Fold> = (0..TABLE_END as u32).map(|c| lower(char::from_u32(c).unwrap_or(' '))).collect();
    for row in include_str!("fold.txt").lines().filter(|l| !l.starts_with('#')) {
        let Some((base, letters)) = row.split_once(' ') else { continue };
        for letter in letters.chars() {
            let mut fold = Fold { bytes: [0; 4], length: base.len() as u8, is_word: is_word(letter) };
            fold.bytes[..base.len()].copy_from_slice(base.as_bytes());
            if let Some(slot) = table.get_mut(letter as usize) {
                *slot = fold;
            }
        }
    }
    for c in (0..TABLE_END as u32).filter_map(char::from_u32) {
        let small = c.to_lowercase().next().unwrap_or(c) as usize;
        if small != c as usize && small < TABLE_END {
            table[c as usize] = Fold { is_word: is_word(c), ..table[small] };
        }
    }
    table
});

/// Lower case without marks.
fn lower(c: char) -> Fold {
    let mut fold = Fold { bytes: [0; 4], length: 0, is_word: is_word(c) };
    if !is_ignorable(c) {
        let small = c.to_lowercase().next().unwrap_or(c);
        fold.length = small.encode_utf8(&mut fold.bytes).len() as u8;
    }
    fold
}

/// What a sign beyond the table counts as.
fn fold(c: char) -> Fold {
    match c as usize {
        // Letters and digits of full width stand for ASCII.
        i if (0xff10..=0xff5a).contains(&i) => lower(char::from_u32(i as u32 - 0xfee0).unwrap_or(c)),
        _ => lower(c),
    }
}

/// Whether a sign is part of a word.
fn is_word(c: char) -> bool {
    // The ideographs are so many that a table is slow.
    matches!(c, '©' | '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric() || joins_letters(c)
}

/// The signs of Indian scripts that leave out a vowel: letters are joined by them.
fn joins_letters(c: char) -> bool {
    matches!(c, '\u{94d}' | '\u{9cd}' | '\u{a4d}' | '\u{acd}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}')
}

/// Signs inside a word that count as nothing: marks, the Arabic stretch, the Indian dot below, soft hyphen, zero-width and direction signs, variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{93c}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Scripts that put no spaces between words; Hangul, whose particles stick to the words; the copyright sign, which phrases can begin with.
fn stands_alone(c: char) -> bool {
    matches!(c, '©' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

pub(crate) const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;
const HASH_STEP: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a, one step.
pub(crate) const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(HASH_STEP)
}

/// Spreads the hash over all its bits, since tables look at the lowest.
const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// For each ASCII byte its folded form, 0 where it parts words.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            table[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

/// The words of a text, in order.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut token = Token { start: at, end: at, hash: HASH_START, is_number: true };
        let mut open = false;
        while let Some(&byte) = bytes.get(at) {
            if byte < 128 {
                let small = ASCII[byte as usize];
                if small != 0 {
                    if !open {
                        open = true;
                        token.start = at;
                    }
                    token.hash = step(token.hash, small);
                    token.is_number &= small.is_ascii_digit();
                } else if open {
                    break;
                }
                at += 1;
                continue;
            }
            // A byte of 128 or more that is not consumed yet starts a character: the steps above and below move by whole ones.
            let Some(c) = self.text[at..].chars().next() else { break };
            let next = at + c.len_utf8();
            if is_ignorable(c) {
                at = next;
                continue;
            }
            let known = TABLE.get(c as usize).copied();
            // Quotation marks and dashes are common, and need no table.
            let is_word = known.map_or_else(|| !matches!(c, '\u{2000}'..='\u{206f}') && is_word(c), |fold| fold.is_word);
            if !is_word || (open && stands_alone(c)) {
                if open {
                    break;
                }
                at = next;
                continue;
            }
            if !open {
                open = true;
                token.start = at;
            }
            let folded = known.unwrap_or_else(|| fold(c));
            for &b in &folded.bytes[..folded.length as usize] {
                token.hash = step(token.hash, b);
            }
            token.is_number = token.is_number && c.is_numeric();
            at = next;
            if stands_alone(c) {
                break;
            }
        }
        self.at = at;
        if !open {
            return None;
        }
        token.end = at;
        token.hash = finish(token.hash);
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn hashes(text: &str) -> Vec<u64> {
        tokens(text).map(|t| t.hash).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|t| &text[t.start..t.end]).collect()
    }

    #[test]
    fn words_of_many_scripts() {
        assert_eq!(words("We don’t, 3.5!"), ["We", "don", "t", "3", "5"]);
        assert_eq!(words("支持我们 now"), ["支", "持", "我", "们", "now"]);
        assert_eq!(words("Поддержите нас"), ["Поддержите", "нас"]);
        assert_eq!(words("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(words("…"), [""; 0]);
    }

    #[test]
    fn what_makes_no_difference() {
        for (a, b) in [
            ("Support", "SUPPORT"),
            ("Straße", "STRASSE"),
            ("news\u{ad}letter", "newsletter"),
            ("don\u{200b}ate", "donate"),
            ("ｄｏｎａｔｅ", "donate"),
            ("Ελλάς", "ελλασ"),
            ("ёлка", "елка"),
            ("ŁÓDŹ", "lodz"),
            ("أخبارنا", "اخبارنا"),
            ("تبـــرع", "تبرع"),
            ("می‌خواهیم", "ميخواهيم"),
            ("सड़क", "सड़क"),
        ] {
            assert_eq!(hashes(a), hashes(b), "{a} {b}");
        }
        assert_ne!(hashes("donate"), hashes("donated"));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        for c in ('\u{c0}'..'\u{980}').chain('\u{1e00}'..'\u{2000}').filter(|c| c.is_alphabetic()) {
            let composed: String = [c].iter().collect();
            let decomposed: String = composed.nfd().collect();
            if decomposed.chars().skip(1).all(is_ignorable) {
                assert_eq!(hashes(&composed), hashes(&decomposed), "{c} {:04x}", c as u32);
            }
        }
    }
}

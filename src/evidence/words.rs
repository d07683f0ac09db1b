//! What the words of a unit speak for: every word and pair of words has a learned weight in a table that is looked up by hash.
//!
//! The hashing trick (Weinberger et al. 2009): words that share a place share a weight, which costs little where the table is large.

use super::fold::Token;

/// Places in the table.
pub(crate) const PLACES: usize = 1 << 16;
/// Words up to which a unit is also looked up as a whole.
const WHOLE: usize = 4;
/// Digits of a number that are told apart.
const DIGITS: usize = 5;
/// Length classes of eight words and over are an octave's half each.
const LENGTHS: usize = 8;

/// What each kind of feature is told by.
const PAIR: u64 = 1;
const UNIT: u64 = 2;
const LENGTH: u64 = 3;
const FIRST: u64 = 4;
const LAST: u64 = 5;
/// Stand for the edges of a unit in pairs.
const START: u64 = 0x5bd1_e995;
const END: u64 = 0x1b87_3593;

/// The learned weight of every place.
#[derive(Debug, Clone)]
pub(crate) struct WordWeights {
    table: &'static [u8],
    /// Log-odds of one step of a weight.
    step: f32,
    bias: f32,
}

const FILE: &[u8] = include_bytes!("words.bin");

impl WordWeights {
    /// Reads the weights that come with the crate: bias and step as little-endian `f32`, then a signed byte for each place.
    pub(crate) fn new() -> Self {
        let number = |at: usize| FILE.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0.0, f32::from_le_bytes);
        WordWeights { bias: number(0), step: number(4), table: FILE.get(8..).unwrap_or_default() }
    }

    /// The log-odds that the words alone give a unit.
    pub(crate) fn score(&self, text: &str, words: &[Token]) -> f32 {
        let (mut sum, mut count) = (0i32, 0usize);
        features(text, words, |place| {
            sum += self.table.get(place).map_or(0, |w| i32::from(*w as i8));
            count += 1;
        });
        // Long units have many words: their sum grows by chance alone, as the root of their number.
        self.bias + self.step * sum as f32 / (count.max(1) as f32).sqrt()
    }
}

/// Hands over the places of all features of a unit: its words, pairs of words, length, and first and last signs.
pub(crate) fn features(text: &str, words: &[Token], mut take: impl FnMut(usize)) {
    let mut before = START;
    for word in words {
        let hash = if word.is_number { (word.end - word.start).min(DIGITS) as u64 } else { word.hash };
        take(place(hash));
        take(place(joined(PAIR, before, hash)));
        before = hash;
    }
    take(place(joined(PAIR, before, END)));
    let count = words.len();
    if count <= WHOLE {
        let whole = words.iter().fold(UNIT, |hash, word| joined(UNIT, hash, word.hash));
        take(place(whole));
    }
    let class = if count < LENGTHS { count } else { LENGTHS + ((count as f32 / LENGTHS as f32).log2() * 2.0) as usize };
    take(place(joined(LENGTH, class as u64, 0)));
    take(place(joined(FIRST, u64::from(sign(text.chars().next())), 0)));
    take(place(joined(LAST, u64::from(sign(text.chars().next_back())), 0)));
}

/// A sign as it counts at an edge: letters by their case, digits as one, others as themselves.
fn sign(c: Option<char>) -> u32 {
    match c {
        None => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_numeric() => 2,
        Some(c) if c.is_alphabetic() => 3,
        Some(c) => c as u32,
    }
}

fn joined(kind: u64, a: u64, b: u64) -> u64 {
    (a.wrapping_add(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ b).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

fn place(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::fold::tokens;

    #[test]
    fn the_file_is_well_formed() {
        let weights = WordWeights::new();
        assert_eq!(weights.table.len(), PLACES);
        assert!(weights.step > 0.0 && weights.bias.is_finite());
    }

    #[test]
    fn words_and_their_order_count_and_numbers_do_not() {
        let of = |text: &str| {
            let words: Vec<Token> = tokens(text).collect();
            let mut places = Vec::new();
            features(text, &words, |p| places.push(p));
            places
        };
        assert_eq!(of("Gulls and terns of 1998."), of("GULLS and terns of 2011."));
        assert_ne!(of("gulls and terns"), of("terns and gulls"));
        assert_eq!(of("").len(), 5);
    }
}

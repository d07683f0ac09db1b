//! The names of the signals, in the order of a row.

/// How many signals a unit has by itself.
pub(crate) const OWN: usize = 18;
/// The places of some.
pub(crate) const WORDS: usize = 0;
pub(crate) const LAST_SIGN: usize = 6;
pub(crate) const FIRST_SIGN: usize = 7;
pub(crate) const BAR_COUNT: usize = 8;
pub(crate) const SIGNS: usize = 9;
pub(crate) const SHAPE: usize = 13;
/// What the phrases make of it, and the kind that they speak for.
pub(crate) const PHRASES: usize = 15;
pub(crate) const KIND: usize = 16;
/// How many lines begin with the same word.
pub(crate) const OPENINGS: usize = 17;
/// What its words alone say.
pub(crate) const WORDING: usize = 46;
/// Those that are also told of the two units on either side.
pub(crate) const SHARED: [usize; 7] = [0, 2, 6, 7, 13, PHRASES, KIND];

/// How many signals a unit has.
pub(crate) const COUNT: usize = NAMES.len();

/// All of them.
pub(crate) const NAMES: [&str; 83] = [
    "words",
    "length",
    "capitals",
    "digits",
    "commas",
    "stops",
    "last-sign",
    "first-sign",
    "bars",
    "signs",
    "first-of-line",
    "last-of-line",
    "lines-before",
    "shape",
    "repeated",
    "phrases",
    "kind-of-phrases",
    "openings",
    "second-before-words",
    "second-before-capitals",
    "second-before-last-sign",
    "second-before-first-sign",
    "second-before-shape",
    "second-before-phrases",
    "second-before-kind-of-phrases",
    "before-words",
    "before-capitals",
    "before-last-sign",
    "before-first-sign",
    "before-shape",
    "before-phrases",
    "before-kind-of-phrases",
    "behind-words",
    "behind-capitals",
    "behind-last-sign",
    "behind-first-sign",
    "behind-shape",
    "behind-phrases",
    "behind-kind-of-phrases",
    "second-behind-words",
    "second-behind-capitals",
    "second-behind-last-sign",
    "second-behind-first-sign",
    "second-behind-shape",
    "second-behind-phrases",
    "second-behind-kind-of-phrases",
    "wording",
    "wording-behind",
    "wording-before",
    "wording-second-behind",
    "wording-second-before",
    "wording-third-behind",
    "wording-third-before",
    "wording-fourth-behind",
    "wording-fourth-before",
    "wording-fifth-behind",
    "wording-fifth-before",
    "units-before",
    "units-behind",
    "bytes-before",
    "bytes-behind",
    "units",
    "wording-of-text",
    "wording-of-text-by-length",
    "prose-before",
    "prose-behind",
    "wording-of-2-before",
    "wording-of-2-behind",
    "wording-of-5-before",
    "wording-of-5-behind",
    "wording-of-10-before",
    "wording-of-10-behind",
    "from-prose",
    "to-prose",
    "phrases-of-2-before",
    "phrases-of-2-behind",
    "phrases-of-5-before",
    "phrases-of-5-behind",
    "phrases-of-10-before",
    "phrases-of-10-behind",
    "run",
    "wording-of-run",
    "phrases-of-run",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_neighbours_share_is_named_by_the_place() {
        for (side, place) in ["second-before", "before", "behind", "second-behind"].iter().enumerate() {
            for (i, &own) in SHARED.iter().enumerate() {
                assert_eq!(NAMES[OWN + side * SHARED.len() + i], format!("{place}-{}", NAMES[own]));
            }
        }
    }
}

use crate::removal::Category;

/// Why a [`Cleaner`](crate::Cleaner) could not be built.
///
/// Only building can fail, since only settings can be wrong. Cleaning takes any string and never fails.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The threshold is not a probability.
    #[error("threshold {0} is not between 0 and 1: give a score such as 0.5 (lower removes more)")]
    Threshold(f32),
    /// There is no lexicon for a language that was asked for.
    #[error("no lexicon for language `{tag}`: choose among {known}")]
    UnknownLanguage {
        /// The tag as it was given.
        tag: String,
        /// The tags that have a lexicon, parted by commas.
        known: String,
    },
    /// The list of languages is empty, so that no phrase could ever be found.
    #[error("the list of languages is empty: leave the setting out to use all of them")]
    NoLanguage,
    /// A phrase of the caller's own has no letter or digit, so that it could never match.
    #[error("phrase {phrase:?} for {category} has no letter or digit: give at least one word")]
    EmptyPhrase {
        /// The phrase as it was given.
        phrase: String,
        /// The category that it was given for.
        category: Category,
    },
    /// A phrase of the caller's own is too long to be one.
    #[error("phrase {phrase:?} for {category} has over {limit} words: give its first words only")]
    LongPhrase {
        /// The phrase as it was given.
        phrase: String,
        /// The category that it was given for.
        category: Category,
        /// The most words that a phrase may have.
        limit: usize,
    },
    /// A name that is no category's.
    #[error("no category is called `{name}`: choose among {known}")]
    UnknownCategory {
        /// The name as it was given.
        name: String,
        /// The names of all categories, parted by commas.
        known: String,
    },
    /// A selector that is no CSS, or that uses what is not supported.
    #[cfg(feature = "html")]
    #[error("`{selector}` is no CSS selector: {reason}")]
    Selector {
        /// As it was given.
        selector: String,
        /// What is wrong with it.
        reason: String,
    },
}

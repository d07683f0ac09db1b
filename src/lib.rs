#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

mod error;
mod removal;

mod input;

mod segment;

mod evidence;

mod judge;

mod cleaned;

mod render;

mod cleaner;

pub use cleaned::Cleaned;
pub use cleaner::{Cleaner, CleanerBuilder};
pub use error::Error;
pub use judge::verdict::Verdict;
pub use removal::{Category, Cue, Evidence, Removal, Span};
pub use segment::block::{Block, BlockKind};

/// The parser, for the project's own tests, benches and tools: no part of the interface.
#[cfg(feature = "html")]
#[doc(hidden)]
pub mod parser {
    pub use crate::input::html::*;
}

/// Cleans plain text with the default [`Cleaner`].
///
/// ```
/// let text = "Share this article\n\nThe ferry sails at noon. Please donate to our newsroom today.";
/// let cleaned = bodycopy::clean_text(text);
/// assert_eq!(cleaned.text(), "The ferry sails at noon.");
/// assert_eq!(cleaned.removals()[1].category, bodycopy::Category::Donation);
/// ```
pub fn clean_text(text: &str) -> Cleaned<'_> {
    Cleaner::default().clean_text(text)
}

/// The tags of the languages that have a lexicon, for [`CleanerBuilder::languages`].
///
/// ```
/// assert!(bodycopy::languages().any(|tag| tag == "en"));
/// ```
pub fn languages() -> impl Iterator<Item = &'static str> {
    evidence::lexicon::languages()
}

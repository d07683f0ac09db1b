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
pub use input::document::Input;
pub use judge::verdict::Verdict;
#[cfg(feature = "html")]
pub use removal::NodePart;
pub use removal::{Category, Cue, Evidence, Removal, Span};
pub use segment::block::{Block, BlockKind};

/// The parser, for the project's own tests, benches and tools: no part of the interface.
#[cfg(feature = "html")]
#[doc(hidden)]
pub mod parser {
    pub use crate::input::html::*;
}

/// What the judge of pages sees, for the project's own tools: no part of the interface.
#[cfg(feature = "html")]
#[doc(hidden)]
pub mod inspect {
    use crate::evidence::structure::{Signal, observe};
    use crate::segment::html::lay_out;

    /// The names of the signals.
    pub fn signals() -> impl Iterator<Item = &'static str> {
        Signal::ALL.iter().map(|s| s.name())
    }

    /// All that a reader sees of a page, as if nothing were boilerplate.
    pub fn text(page: &str) -> String {
        let Some(dom) = crate::input::html::parse(page) else { return String::new() };
        let layout = lay_out(&dom);
        crate::render::whole(&layout, observe(&dom, &layout).headline)
    }

    /// How many blocks a page has, after all is known that is known of them.
    pub fn count(page: &str) -> usize {
        crate::input::html::parse(page).map_or(0, |dom| observe(&dom, &lay_out(&dom)).len())
    }

    /// What the judge of pages adds to the log-odds of a page's blocks, whose words are these; it keeps what is below 0 then.
    pub fn cut(odds: &[f32], words: &[f32]) -> f32 {
        crate::judge::cut::cut(odds, |block| words[block])
    }

    /// The text and the signals of every block; none where the page is too long.
    pub fn blocks(page: &str) -> Vec<(String, Vec<f32>)> {
        let Some(dom) = crate::input::html::parse(page) else { return Vec::new() };
        let layout = lay_out(&dom);
        let signals = observe(&dom, &layout);
        layout.blocks.iter().enumerate().map(|(i, b)| (layout.text[b.span.range()].to_owned(), signals.row(i).to_vec())).collect()
    }
}

/// What the judge of texts sees, for the tool that teaches it. No part of the interface: it changes without notice.
#[doc(hidden)]
pub mod lesson {
    use crate::evidence::{prose, words};
    use crate::judge::text::LENIENCE;
    use crate::removal::Span;
    use crate::segment::block::Block;

    /// Places in the table of the words' weights.
    pub const PLACES: usize = words::PLACES;
    /// The names of the signals of a unit.
    pub const SIGNALS: [&str; prose::COUNT] = prose::NAMES;

    /// A text in a language that the judge learns.
    #[derive(Debug)]
    pub struct Text {
        /// The units.
        pub spans: Vec<Span>,
        /// The places of each unit's words in the table of weights.
        pub places: Vec<Vec<usize>>,
        /// Whether what is learned speaks of a unit.
        pub counts: Vec<bool>,
        /// Whether its words count, or only its shape.
        pub knows_words: bool,
        own: Vec<prose::Own>,
    }

    impl Text {
        /// Reads a text; nothing, if it is in a language that the judge does not learn.
        pub fn read(text: &str) -> Option<Self> {
            let (observed, scan, cases) = crate::Cleaner::default().lesson(text);
            let known = observed.prose.as_ref()?;
            let mut own = known.own.clone();
            for (own, (odds, category)) in own.iter_mut().zip(cases) {
                prose::hear(own, odds, category);
            }
            let places = |unit: &Block| {
                let words = scan.words_in(unit.span);
                let mut places = Vec::with_capacity(2 * words.len() + 5);
                words::features(&text[unit.span.range()], words, |place| places.push(place));
                places
            };
            let places = observed.units.iter().map(places).collect();
            let spans = observed.units.iter().map(|u| u.span).collect();
            Some(Text { spans, places, knows_words: known.knows_words, counts: own.iter().map(crate::judge::text::is_prose).collect(), own })
        }

        /// The log-odds of a unit, where its words and the trees give it these.
        pub fn odds(&self, unit: usize, wording: f32, trees: f32) -> f32 {
            if self.knows_words && crate::judge::text::is_plain_body(&self.own[unit], wording) {
                wording - LENIENCE
            } else if self.knows_words {
                crate::judge::text::decide(self.own[unit][prose::PHRASES], trees - LENIENCE)
            } else {
                trees - LENIENCE
            }
        }

        /// The signals of every unit, where the words alone speak so for each.
        pub fn rows(&self, wording: &[f32]) -> Vec<[f32; prose::COUNT]> {
            let around = prose::Around::new(&self.own, wording);
            (0..self.own.len()).map(|unit| around.row(unit)).collect()
        }
    }
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

/// Cleans a page with the default [`Cleaner`].
///
/// ```
/// let page = "<nav><a href=/>Home</a></nav><article><h1>The ferry</h1><p>The ferry sailed at noon, as it had in all the years before, and the gulls went \
///             with it as far as the lighthouse.</p></article><footer>© The Gazette</footer>";
/// let cleaned = bodycopy::clean_html(page);
/// assert!(cleaned.text().starts_with("The ferry\n\nThe ferry sailed at noon"));
/// ```
#[cfg(feature = "html")]
pub fn clean_html(html: &str) -> Cleaned<'_> {
    Cleaner::default().clean_html(html)
}

/// The tags of the languages that have a lexicon, for [`CleanerBuilder::languages`].
///
/// ```
/// assert!(bodycopy::languages().any(|tag| tag == "en"));
/// ```
pub fn languages() -> impl Iterator<Item = &'static str> {
    evidence::lexicon::languages()
}

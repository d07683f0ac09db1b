//! The page's title, and how much of it other texts say.

use crate::evidence::fold::{HASH_START, step};
use crate::input::html::Dom;
use html5ever::local_name;

/// The words of a page's title, in order.
#[derive(Debug)]
pub(super) struct Title(Vec<u64>);

/// The words of the page's title.
pub(super) fn title_words(dom: &Dom<'_>) -> Title {
    let title = dom.elements(local_name!("title")).next().and_then(|t| dom.first_child(t)).map(|t| dom.text(t)).unwrap_or_default();
    let mut words = word_set(&title);
    // More than a title has.
    words.truncate(MOST_TITLE_WORDS);
    Title(words)
}

/// Words of a title that are looked at.
const MOST_TITLE_WORDS: usize = 200;

impl Title {
    /// The share of words that a text and the title have in common, among those of either.
    pub(super) fn common(&self, text: &str) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let own = word_set(text);
        let both = own.iter().filter(|word| self.0.binary_search(word).is_ok()).count();
        both as f32 / (own.len() + self.0.len() - both).max(1) as f32
    }
}

/// Hashes of the words of a text, sorted, each once. Two words with one hash count as one.
fn word_set(text: &str) -> Vec<u64> {
    // A word is five bytes or so.
    let mut words = Vec::with_capacity(text.len() / 5 + 1);
    let mut hash = HASH_START;
    for b in text.bytes().chain([b' ']) {
        if b.is_ascii_alphanumeric() || b >= 0x80 {
            hash = step(hash, b.to_ascii_lowercase());
        } else if hash != HASH_START {
            words.push(hash);
            hash = HASH_START;
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

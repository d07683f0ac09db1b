//! The page's title, and how much of it other texts say.

use crate::input::html::{Dom, Kind, NodeId};
use html5ever::local_name;

/// The words of a page's title, in order.
#[derive(Debug)]
pub(super) struct Title(Vec<u64>);

/// The words of the page's title.
pub(super) fn title_words(dom: &Dom<'_>) -> Title {
    let is_title = |id: &NodeId| dom.kind(*id) == Kind::Element && dom.html_name(*id).is_some_and(|n| *n == local_name!("title"));
    let title = dom.nodes().find(is_title).and_then(|t| dom.first_child(t)).map(|t| dom.text(t)).unwrap_or_default();
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
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut words = Vec::new();
    let mut hash = START;
    for b in text.bytes().chain([b' ']) {
        if b.is_ascii_alphanumeric() || b >= 0x80 {
            hash = (hash ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
        } else if hash != START {
            words.push(hash);
            hash = START;
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

//! A trie of word hashes: every phrase of every chosen language, and where each leads.

use super::{ENGLISH, Entry, FILES, LONGEST_PHRASE, OWN, Role, parse};
use crate::error::Error;
use crate::evidence::fold::tokens;
use crate::removal::Category;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZeroU32;

/// Every phrase that is looked for, ready to scan with.
#[derive(Debug)]
pub(crate) struct Lexicon {
    edges: HashMap<u64, u32, Hashed>,
    /// For every node, the first of the meanings of the phrase that ends there, or none.
    nodes: Vec<Option<NonZeroU32>>,
    meanings: Vec<Meaning>,
    first_words: Filter,
    /// The languages, as a set of bits, that shorten a word so.
    abbreviations: HashMap<u64, u32, Hashed>,
    /// The numbers of the languages in use, as a set of bits.
    pub(super) languages: u32,
}

/// What a phrase means, and the number of its next meaning; the first place of the list is unused.
#[derive(Debug)]
struct Meaning {
    entry: Entry,
    next: Option<NonZeroU32>,
}

/// Where every phrase begins.
const ROOT: u32 = 0;
/// Every language, as a set of bits.
const ALL: u32 = (1 << FILES.len()) - 1;

impl Lexicon {
    /// Builds the lexicon of these languages (all, where none is named) with the caller's own phrases.
    pub(crate) fn new(tags: Option<&[String]>, own: &[(Category, String)]) -> Result<Self, Error> {
        let mut lexicon = tags.map_or(Ok(ALL), chosen).map(Self::of)?;
        for (category, phrase) in own {
            let (phrase, category) = (phrase.clone(), *category);
            match tokens(&phrase).count() {
                0 => return Err(Error::EmptyPhrase { phrase, category }),
                1..=LONGEST_PHRASE => lexicon.add_line(Entry { role: Role::Own(category), language: OWN }, &[vec![&phrase]]),
                _ => return Err(Error::LongPhrase { phrase, category, limit: LONGEST_PHRASE }),
            }
        }
        Ok(lexicon)
    }

    /// The lexicon of all languages.
    pub(crate) fn all() -> Self {
        Self::of(ALL)
    }

    fn of(languages: u32) -> Self {
        let mut lexicon = Lexicon {
            edges: HashMap::default(),
            nodes: vec![None],
            meanings: vec![Meaning { entry: Entry { role: Role::Common, language: OWN }, next: None }],
            first_words: Filter::new(),
            abbreviations: HashMap::default(),
            languages,
        };
        for (number, (_, file)) in FILES.iter().enumerate() {
            let number = number as u8;
            if lexicon.languages & (1 << number) == 0 {
                continue;
            }
            for (role, line) in parse::entries(file) {
                lexicon.add_line(Entry { role, language: number }, &parse::parts(line));
            }
        }
        lexicon
    }

    /// Adds every phrase that a line stands for.
    fn add_line(&mut self, entry: Entry, parts: &[Vec<&str>]) {
        if entry.role == Role::Abbreviation {
            let words = parts.iter().flatten().filter_map(|word| tokens(word).last());
            for word in words {
                *self.abbreviations.entry(word.hash).or_default() |= 1 << entry.language;
            }
            return;
        }
        self.extend(entry, ROOT, "", parts);
    }

    /// Goes on from a node with the parts that are left of a line. `begun` is a word that may go on in the next part. What the choices of a line
    /// have in common is walked once.
    fn extend(&mut self, entry: Entry, node: u32, begun: &str, parts: &[Vec<&str>]) {
        let Some((choices, rest)) = parts.split_first() else {
            let node = self.walk(node, begun);
            if node != ROOT {
                self.end(node, entry);
            }
            return;
        };
        for choice in choices {
            let text = format!("{begun}{choice}");
            // All but the last word is whole; the last may go on.
            let whole = text.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
            let next = self.walk(node, &text[..whole]);
            self.extend(entry, next, &text[whole..], rest);
        }
    }

    /// Follows the words of a text from a node, making the nodes that are not there yet.
    fn walk(&mut self, mut node: u32, text: &str) -> u32 {
        for word in tokens(text) {
            if node == ROOT {
                self.first_words.insert(word.hash);
            }
            let next = self.nodes.len() as u32;
            node = *self.edges.entry(edge(node, word.hash)).or_insert(next);
            if node == next {
                self.nodes.push(None);
            }
        }
        node
    }

    /// Gives the phrase that ends at a node a meaning.
    fn end(&mut self, node: u32, entry: Entry) {
        if self.ends(node).all(|e| e != entry) {
            let next = self.nodes[node as usize];
            self.nodes[node as usize] = NonZeroU32::new(self.meanings.len() as u32);
            self.meanings.push(Meaning { entry, next });
        }
    }

    /// The node behind `node` on `word`.
    pub(super) fn follow(&self, node: u32, word: u64) -> Option<u32> {
        self.edges.get(&edge(node, word)).copied()
    }

    /// The node of the phrases that begin with `word`.
    pub(super) fn start(&self, word: u64) -> Option<u32> {
        if self.first_words.may_hold(word) { self.follow(ROOT, word) } else { None }
    }

    /// What the phrase that ends at a node means.
    pub(super) fn ends(&self, node: u32) -> impl Iterator<Item = Entry> + '_ {
        let meaning = |number: NonZeroU32| &self.meanings[number.get() as usize];
        std::iter::successors(self.nodes[node as usize].map(meaning), move |m| m.next.map(meaning)).map(|m| m.entry)
    }

    /// Whether a word's full stop ends no sentence in a document of these languages.
    pub(crate) fn is_abbreviation(&self, word: &str, document: u32) -> bool {
        tokens(word).last().and_then(|t| self.abbreviations.get(&t.hash)).is_some_and(|languages| languages & document != 0)
    }
}

/// The languages that are asked for, as a set of bits; English labels are on pages everywhere, so it is not added unasked.
fn chosen(tags: &[String]) -> Result<u32, Error> {
    let mut set = 0;
    for tag in tags {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        let number = FILES.iter().position(|(known, _)| known.eq_ignore_ascii_case(primary));
        set |= 1 << number.ok_or_else(|| Error::UnknownLanguage { tag: tag.clone(), known: super::languages().collect::<Vec<_>>().join(", ") })?;
    }
    if set == 0 { Err(Error::NoLanguage) } else { Ok(set) }
}

/// Whether this entry counts in a document of these languages. Long phrases count everywhere, English labels of two words as well.
pub(super) fn counts(entry: Entry, words: u8, document: u32) -> bool {
    /// Words from which on a phrase is not mistaken for another language's.
    const UNMISTAKABLE: u8 = 3;
    if entry.language == OWN || document & (1 << entry.language) != 0 {
        return true;
    }
    let labels = matches!(entry.role, Role::Cue(_) | Role::Label(_) | Role::Lead(_));
    labels && (words >= UNMISTAKABLE || (entry.language == ENGLISH && words > 1))
}

/// One number for a node and the word that leaves it.
const fn edge(node: u32, word: u64) -> u64 {
    word ^ (node as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Keys are hashes already.
#[derive(Default)]
pub(crate) struct AsIs(u64);
type Hashed = BuildHasherDefault<AsIs>;

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A set of bits that says for most words at once that no phrase begins with them.
#[derive(Debug)]
struct Filter(Box<[u64]>);

impl Filter {
    /// 2¹⁸ bits: 32 KiB, which stay near; ten times as many as there are first words in all languages.
    const BITS: u64 = 1 << 18;

    fn new() -> Self {
        Filter(vec![0; (Self::BITS / 64) as usize].into())
    }

    fn insert(&mut self, word: u64) {
        let bit = word % Self::BITS;
        self.0[(bit / 64) as usize] |= 1 << (bit % 64);
    }

    fn may_hold(&self, word: u64) -> bool {
        let bit = word % Self::BITS;
        self.0[(bit / 64) as usize] & (1 << (bit % 64)) != 0
    }
}

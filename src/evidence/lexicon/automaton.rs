//! The machine that finds all phrases in one pass: the tables that `compile.rs` made of the files, and the caller's own phrases.

use super::trie::{ROOT, Trie};
use super::{BUCKET_BITS, ENGLISH, Entry, LONGEST_PHRASE, OWN, Role, SECTIONS, TAGS, section};
use crate::error::Error;
use crate::evidence::fold::tokens;
use crate::removal::Category;
use std::ops::Range;

/// Every phrase that is looked for, ready to scan with.
#[derive(Debug)]
pub(crate) struct Lexicon {
    tables: Tables,
    /// The role that each section gives.
    roles: Vec<Option<Role>>,
    /// The caller's own phrases.
    own: Trie<Category>,
    /// The numbers of the languages in use, as a set of bits.
    pub(super) languages: u32,
}

/// Little-endian numbers as they lie in a file.
type Numbers = &'static [[u8; 4]];

/// See `compile.rs`.
#[derive(Debug)]
struct Tables {
    labels: Numbers,
    targets: Numbers,
    edges: Numbers,
    buckets: Numbers,
    ends: Numbers,
    meanings: &'static [[u8; 2]],
}

macro_rules! table {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin")).as_chunks().0
    };
}

/// Set in the number of a node of the caller's own phrases.
const IS_OWN: u32 = 1 << 31;
/// Every language, as a set of bits.
const ALL: u32 = (1 << TAGS.len()) - 1;
/// Children from which on halving is quicker than looking at each.
const MANY: usize = 16;

fn at(numbers: Numbers, index: usize) -> usize {
    numbers.get(index).map_or(0, |n| u32::from_le_bytes(*n) as usize)
}

/// From one number to the next.
fn range(numbers: Numbers, index: usize) -> Range<usize> {
    at(numbers, index)..at(numbers, index + 1)
}

impl Tables {
    /// Where the edge of a word leads, if it is among these.
    fn find(&self, edges: Range<usize>, word: u64) -> Option<u32> {
        let label = word as u32;
        let labels = self.labels.get(edges.clone())?;
        let place = if labels.len() < MANY {
            labels.iter().position(|l| u32::from_le_bytes(*l) == label)
        } else {
            labels.binary_search_by_key(&label, |l| u32::from_le_bytes(*l)).ok()
        };
        place.map(|place| at(self.targets, edges.start + place) as u32)
    }
}

impl Lexicon {
    /// The lexicon of these languages (all, where none is named) with the caller's own phrases.
    pub(crate) fn new(tags: Option<&[String]>, own: &[(Category, String)]) -> Result<Self, Error> {
        let languages = tags.map_or(Ok(ALL), chosen)?;
        let mut lexicon = Lexicon { languages, ..Self::all() };
        for (category, phrase) in own {
            let category = *category;
            match tokens(phrase).count() {
                0 => return Err(Error::EmptyPhrase { phrase: phrase.clone(), category }),
                1..=LONGEST_PHRASE => {
                    let node = lexicon.own.walk(ROOT, phrase);
                    lexicon.own.end(node, category);
                }
                _ => return Err(Error::LongPhrase { phrase: phrase.clone(), category, limit: LONGEST_PHRASE }),
            }
        }
        Ok(lexicon)
    }

    /// The lexicon of all languages.
    pub(crate) fn all() -> Self {
        let tables = Tables {
            labels: table!("labels"),
            targets: table!("targets"),
            edges: table!("edges"),
            buckets: table!("buckets"),
            ends: table!("ends"),
            meanings: table!("meanings"),
        };
        Lexicon { tables, roles: SECTIONS.iter().map(|name| section(name)).collect(), own: Trie::new(), languages: ALL }
    }

    /// The node behind `node` on `word`.
    pub(super) fn follow(&self, node: u32, word: u64) -> Option<u32> {
        if node & IS_OWN != 0 {
            return self.own.follow(node & !IS_OWN, word).map(|n| n | IS_OWN);
        }
        self.tables.find(range(self.tables.edges, node as usize), word)
    }

    /// The nodes of the phrases that begin with `word`.
    pub(super) fn starts(&self, word: u64) -> impl Iterator<Item = u32> {
        let bucket = (word >> (64 - BUCKET_BITS)) as usize;
        let own = self.own.follow(ROOT, word).map(|n| n | IS_OWN);
        self.tables.find(range(self.tables.buckets, bucket), word).into_iter().chain(own)
    }

    /// What the phrase that ends at a node means.
    pub(super) fn ends(&self, node: u32) -> impl Iterator<Item = Entry> + '_ {
        let (meanings, own) = if node & IS_OWN == 0 {
            (self.tables.meanings.get(range(self.tables.ends, node as usize)).unwrap_or_default(), &[][..])
        } else {
            (&[][..], self.own.ends(node & !IS_OWN))
        };
        let entry = |&[section, language]: &[u8; 2]| {
            let role = self.roles.get(usize::from(section)).copied().flatten()?;
            (self.languages & (1 << language) != 0).then_some(Entry { role, language })
        };
        meanings.iter().filter_map(entry).chain(own.iter().map(|category| Entry { role: Role::Own(*category), language: OWN }))
    }

    /// Whether a word's full stop ends no sentence in a document of these languages.
    pub(crate) fn is_abbreviation(&self, word: &str, document: u32) -> bool {
        let Some(word) = tokens(word).last() else { return false };
        let is_one = |e: Entry| e.role == Role::Abbreviation && document & (1 << e.language) != 0;
        self.starts(word.hash).flat_map(|node| self.ends(node)).any(is_one)
    }
}

/// The languages that are asked for, as a set of bits; English labels are on pages everywhere, so it is not added unasked.
fn chosen(tags: &[String]) -> Result<u32, Error> {
    let mut set = 0;
    for tag in tags {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        let number = TAGS.iter().position(|known| known.eq_ignore_ascii_case(primary));
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

#[cfg(test)]
mod tests {
    use super::super::compile::{entries, parts};
    use super::*;
    use std::fs;

    #[test]
    fn abbreviations_are_known_by_their_last_word() {
        let lexicon = Lexicon::all();
        for (number, tag) in TAGS.iter().enumerate() {
            let file = fs::read_to_string(format!("src/evidence/lexicon/{tag}.txt")).unwrap();
            for (_, line) in entries(&file).filter(|(section, _)| *section == "abbreviation") {
                for word in parts(line).concat().iter().filter(|word| !word.is_empty()) {
                    assert!(lexicon.is_abbreviation(word, 1 << number), "{tag}: {word}");
                }
            }
        }
        assert!(!lexicon.is_abbreviation("ferry", ALL) && !lexicon.is_abbreviation("", ALL));
    }
}

//! From the phrase files to the tables that are searched: done when the crate is built, lest every start of a program pays for it.
//!
//! The format of the files: `[section]` lines, a phrase a line under them, `#` before a comment. A phrase may hold alternatives, of which one may be empty:
//! `{our|this} {site|magazine}`.
//!
//! The tables are an automaton of words: a trie whose equal ends are one (a minimal acyclic automaton; Revuz 1992), which takes a fraction of the room where lines
//! hold choices.

use super::fold::tokens;
use super::trie::{ROOT, Trie};
use std::collections::HashMap;

/// Bits of a first word's hash that choose its bucket.
pub(crate) const BUCKET_BITS: u32 = 16;
/// The section of words whose full stop ends no sentence.
const ABBREVIATION: &str = "abbreviation";

/// What is written out. Numbers are little-endian.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// For each edge, the low half of the hash of its word.
    pub(crate) labels: Vec<u32>,
    /// For each edge, the node that it leads to.
    pub(crate) targets: Vec<u32>,
    /// For each node and one more, its first edge. The root is node 0.
    pub(crate) edges: Vec<u32>,
    /// For each bucket of first words and one more, the first of its edges.
    pub(crate) buckets: Vec<u32>,
    /// For each node and one more, the first meaning of the phrases that end there.
    pub(crate) ends: Vec<u32>,
    /// Section and language of every meaning.
    pub(crate) meanings: Vec<Meaning>,
    /// The names of the sections.
    pub(crate) sections: Vec<String>,
}

/// Section and language.
type Meaning = [u8; 2];
/// Where a node leads by which words, and what ends there: nodes with the same are one.
type Ends<'t> = (Vec<(u64, u32)>, &'t [Meaning]);

/// Makes the tables of these languages' files. Fails where two words that follow the same words have one hash: any change of either mends that.
pub(crate) fn compile(files: &[(String, String)]) -> Result<Tables, String> {
    let mut trie = Trie::new();
    let mut sections: Vec<String> = Vec::new();
    for (language, (_, file)) in files.iter().enumerate() {
        let language = u8::try_from(language).map_err(|_| "more than 256 languages")?;
        for (name, line) in entries(file) {
            let section = sections.iter().position(|s| s == name).unwrap_or_else(|| {
                sections.push(name.to_owned());
                sections.len() - 1
            });
            let section = u8::try_from(section).map_err(|_| "more than 256 sections")?;
            if name == ABBREVIATION {
                // What stands before the last word of one is not looked at: "т.д" is known by "д".
                for word in parts(line).concat() {
                    let last = tokens(word).last().map_or("", |last| &word[last.start..last.end]);
                    let node = trie.walk(ROOT, last);
                    trie.end(node, [section, language]);
                }
            } else {
                extend(&mut trie, [section, language], ROOT, "", &parts(line));
            }
        }
    }
    lay_out(&trie, sections)
}

/// Reads a file: every line with the name of its section.
pub(crate) fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    file.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((section, line))
    })
}

/// The parts of a line, each with the choices that there are for it.
pub(crate) fn parts(line: &str) -> Vec<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (choices, after) = after.split_once('}').unwrap_or((after, ""));
        parts.push(vec![before]);
        parts.push(choices.split('|').collect());
        rest = after;
    }
    parts.push(vec![rest]);
    parts
}

/// Goes on from a node with the parts that are left of a line. `begun` is a word that may go on in the next part. What the choices of a line have in common is
/// walked once.
fn extend(trie: &mut Trie<Meaning>, meaning: Meaning, node: u32, begun: &str, parts: &[Vec<&str>]) {
    let Some((choices, rest)) = parts.split_first() else {
        let node = trie.walk(node, begun);
        trie.end(node, meaning);
        return;
    };
    for choice in choices {
        let text = format!("{begun}{choice}");
        // All but the last word is whole; the last may go on.
        let whole = tokens(&text).last().filter(|word| word.end == text.len()).map_or(text.len(), |word| word.start);
        let next = trie.walk(node, &text[..whole]);
        extend(trie, meaning, next, &text[whole..], rest);
    }
}

/// What the words that leave a node are searched by: those of the root by their buckets first.
fn key(node: u32, word: u64) -> (u64, u32) {
    (if node == ROOT { bucket(word) } else { 0 }, word as u32)
}

fn bucket(word: u64) -> u64 {
    word >> (64 - BUCKET_BITS)
}

fn lay_out(trie: &Trie<Meaning>, sections: Vec<String>) -> Result<Tables, String> {
    let mut children: Vec<Vec<(u64, u32)>> = vec![Vec::new(); trie.nodes.len()];
    trie.edges.iter().for_each(|(&(from, word), &to)| children[from as usize].push((word, to)));
    // The node that stands for each. Nodes come before those behind them.
    let mut stands_for: Vec<u32> = (0..trie.nodes.len() as u32).collect();
    let mut known: HashMap<Ends<'_>, u32> = HashMap::new();
    for node in (0..trie.nodes.len()).rev() {
        let own = &mut children[node];
        own.iter_mut().for_each(|(_, to)| *to = stands_for[*to as usize]);
        own.sort_unstable_by_key(|&(word, _)| key(node as u32, word));
        stands_for[node] = *known.entry((own.clone(), &trie.nodes[node])).or_insert(node as u32);
    }
    let mut tables = Tables { sections, ..Tables::default() };
    let mut numbers: HashMap<u32, u32> = HashMap::from([(ROOT, 0)]);
    let mut order = vec![ROOT];
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        tables.edges.push(tables.labels.len() as u32);
        tables.ends.push(tables.meanings.len() as u32);
        tables.meanings.extend(&trie.nodes[node as usize]);
        let mut before = None;
        for &(word, to) in &children[node as usize] {
            if before.replace(key(node, word)) == Some(key(node, word)) {
                return Err(format!("two words have the hash {word:x}"));
            }
            tables.labels.push(word as u32);
            let next = order.len() as u32;
            let number = *numbers.entry(to).or_insert(next);
            if number == next {
                order.push(to);
            }
            tables.targets.push(number);
        }
    }
    tables.edges.push(tables.labels.len() as u32);
    tables.ends.push(tables.meanings.len() as u32);
    let firsts = &children[ROOT as usize];
    tables.buckets = (0..=1 << BUCKET_BITS).map(|end| firsts.partition_point(|&(word, _)| bucket(word) < end) as u32).collect();
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::super::{LONGEST_PHRASE, section};
    use super::*;
    use std::fs;
    use unicode_normalization::is_nfc;

    /// Phrases that a line may stand for: more could not be read through.
    const MOST_ALTERNATIVES: usize = 400;

    /// The phrases that a line stands for.
    fn alternatives(line: &str) -> Vec<String> {
        let join = |all: Vec<String>, choices: Vec<&str>| all.iter().flat_map(|a| choices.iter().map(move |c| format!("{a}{c}"))).collect();
        parts(line).into_iter().fold(vec![String::new()], join)
    }

    #[test]
    fn choices_are_spelt_out() {
        assert_eq!(alternatives("plain words"), ["plain words"]);
        assert_eq!(alternatives("{our|this} site{|s}"), ["our site", "our sites", "this site", "this sites"]);
    }

    #[test]
    fn phrases_become_an_automaton() {
        let file = "# A comment\n[donation.cue]\n{support|help} us\n\n[we]\nus\n";
        let tables = compile(&[("en".to_owned(), file.to_owned())]).unwrap();
        assert_eq!(tables.sections, ["donation.cue", "we"]);
        // Three words lead from the root, one from the node behind the two that mean the same.
        assert_eq!(tables.labels.len(), 4);
        assert_eq!(tables.edges.len(), 5);
        assert_eq!((tables.edges[0], tables.edges[1]), (0, 3));
        assert_eq!((tables.buckets[0], tables.buckets[1 << BUCKET_BITS]), (0, 3));
        let mut meanings = tables.meanings.clone();
        meanings.sort_unstable();
        assert_eq!(meanings, [[0, 0], [1, 0]]);
    }

    #[test]
    fn one_hash_for_two_words_is_an_error() {
        let trie = Trie { edges: HashMap::from([((0, 7), 1), ((1, 1 << 40), 2), ((1, 2 << 40), 3)]), nodes: vec![Vec::new(); 4] };
        assert!(lay_out(&trie, Vec::new()).is_err());
    }

    #[test]
    fn files_are_well_formed() {
        let mut count = 0;
        for entry in fs::read_dir("src/evidence/lexicon").unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "txt") {
                continue;
            }
            count += 1;
            let (file, language) = (fs::read_to_string(&path).unwrap(), path.display());
            let (mut name, mut previous) = ("", "");
            let mut sections = Vec::new();
            for line in file.lines() {
                assert_eq!(line, line.trim(), "{language}: white space around {line:?}");
                assert!(is_nfc(line), "{language}: not NFC: {line:?}");
                if let Some(section_name) = line.strip_prefix('[') {
                    name = section_name.strip_suffix(']').expect("a closed section line");
                    assert!(section(name).is_some(), "{language}: unknown section {name}");
                    assert!(!sections.contains(&name), "{language}: section {name} stands twice");
                    sections.push(name);
                    previous = "";
                } else if !line.is_empty() && !line.starts_with('#') {
                    assert!(!name.is_empty(), "{language}: {line:?} is in no section");
                    assert!(previous < line, "{language}: [{name}] {line:?} is not after {previous:?}, or stands twice");
                    assert_eq!(line.matches('{').count(), line.matches('}').count(), "{language}: [{name}] {line:?} has an open choice");
                    let phrases = alternatives(line);
                    assert!(phrases.len() <= MOST_ALTERNATIVES, "{language}: [{name}] {line:?} stands for {} phrases", phrases.len());
                    for phrase in phrases {
                        let words = tokens(&phrase).count();
                        assert!((1..=LONGEST_PHRASE).contains(&words), "{language}: [{name}] {phrase:?} has {words} words");
                    }
                    previous = line;
                }
            }
            assert!(sections.contains(&"common"), "{language}: nothing to tell the language by");
        }
        assert_eq!(count, super::super::languages().count());
    }
}

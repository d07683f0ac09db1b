//! A trie of words as it grows: that of the phrase files while the crate is built, that of the caller's own phrases when a cleaner is.

use super::fold::tokens;
use std::collections::HashMap;

/// Where every phrase begins.
pub(crate) const ROOT: u32 = 0;

/// Phrases by their words, with what each means.
#[derive(Debug)]
pub(crate) struct Trie<M> {
    /// The node behind a node on the word of a hash. Nodes are numbered as they are made.
    pub(crate) edges: HashMap<(u32, u64), u32>,
    /// What the phrase that ends at each node means.
    pub(crate) nodes: Vec<Vec<M>>,
}

impl<M: PartialEq> Trie<M> {
    pub(crate) fn new() -> Self {
        Trie { edges: HashMap::new(), nodes: vec![Vec::new()] }
    }

    /// Follows the words of a text from a node, making the nodes that are not there yet.
    pub(crate) fn walk(&mut self, mut node: u32, text: &str) -> u32 {
        for word in tokens(text) {
            let next = self.nodes.len() as u32;
            node = *self.edges.entry((node, word.hash)).or_insert(next);
            if node == next {
                self.nodes.push(Vec::new());
            }
        }
        node
    }

    /// Gives the phrase that ends at a node a meaning; no phrase ends at the root.
    pub(crate) fn end(&mut self, node: u32, meaning: M) {
        let meanings = &mut self.nodes[node as usize];
        if node != ROOT && !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    /// The node behind `node` on `word`.
    pub(crate) fn follow(&self, node: u32, word: u64) -> Option<u32> {
        self.edges.get(&(node, word)).copied()
    }

    /// What the phrase that ends at a node means.
    pub(crate) fn ends(&self, node: u32) -> &[M] {
        &self.nodes[node as usize]
    }
}

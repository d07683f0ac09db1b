//! The caller's own phrases, which are few and come at run time.

use crate::evidence::fold::tokens;
use crate::removal::Category;
use std::collections::HashMap;

/// A trie of words.
#[derive(Debug)]
pub(super) struct Own {
    edges: HashMap<(u32, u64), u32>,
    /// What the phrase that ends at each node speaks for.
    nodes: Vec<Vec<Category>>,
}

impl Own {
    pub(super) const ROOT: u32 = 0;

    pub(super) fn new(phrases: &[(Category, String)]) -> Self {
        let mut own = Own { edges: HashMap::new(), nodes: vec![Vec::new()] };
        for (category, phrase) in phrases {
            let mut node = Self::ROOT;
            for word in tokens(phrase) {
                let next = own.nodes.len() as u32;
                node = *own.edges.entry((node, word.hash)).or_insert(next);
                if node == next {
                    own.nodes.push(Vec::new());
                }
            }
            let end = &mut own.nodes[node as usize];
            if !end.contains(category) {
                end.push(*category);
            }
        }
        own
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// The node behind `node` on `word`.
    pub(super) fn follow(&self, node: u32, word: u64) -> Option<u32> {
        self.edges.get(&(node, word)).copied()
    }

    /// What the phrase that ends at a node speaks for.
    pub(super) fn ends(&self, node: u32) -> &[Category] {
        &self.nodes[node as usize]
    }
}

//! Where each node of a tree stands in the source.

use super::references::Coding;
use crate::removal::Span;
use ego_tree::NodeId;

/// Bytes `start..end`; empty where there is nothing. A page is never longer than its numbers reach.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range32 {
    start: u32,
    end: u32,
}

impl Range32 {
    const NONE: Range32 = Range32 { start: 0, end: 0 };

    fn new(span: Span) -> Self {
        // Both fit: `tree::LONGEST` is below `u32::MAX`.
        Range32 { start: span.start as u32, end: span.end as u32 }
    }

    fn span(self) -> Option<Span> {
        (self.start < self.end).then(|| Span::new(self.start as usize, self.end as usize))
    }
}

/// Where one node stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Origin {
    open: Range32,
    close: Range32,
}

impl Origin {
    pub(super) const NONE: Origin = Origin { open: Range32::NONE, close: Range32::NONE };

    pub(super) fn markup(at: Span) -> Self {
        Origin { open: Range32::new(at), close: Range32::NONE }
    }

    pub(super) fn open(&mut self, at: Span) {
        self.open = Range32::new(at);
    }

    pub(super) fn close(&mut self, at: Span) {
        self.close = Range32::new(at);
    }

    pub(super) fn unclose(&mut self) {
        self.close = Range32::NONE;
    }

    /// The start tag of an element; the whole of a comment or doctype. `None` for what the parser made up, and for text.
    pub fn start_tag(self) -> Option<Span> {
        self.open.span()
    }

    /// The end tag that closed an element.
    pub fn end_tag(self) -> Option<Span> {
        self.close.span()
    }
}

/// A stretch of source that became text of one node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// The bytes.
    pub at: Span,
    /// What is a reference in them.
    pub coding: Coding,
    /// The bytes mean themselves.
    pub plain: bool,
    /// Bytes of decoded text.
    pub length: usize,
}

/// The origins of all nodes of a tree, in the order in which the nodes were made.
#[derive(Debug, Default)]
pub struct Origins {
    ids: Vec<NodeId>,
    nodes: Vec<Origin>,
    runs: Vec<(u32, Run)>,
    /// Further start tags of `html` and `body`, whose attributes were added.
    tags: Vec<(u32, Span)>,
}

impl Origins {
    pub(super) fn with_capacity(nodes: usize) -> Self {
        Origins { ids: Vec::with_capacity(nodes), nodes: Vec::with_capacity(nodes), runs: Vec::with_capacity(nodes / 2), tags: Vec::new() }
    }

    pub(super) fn push(&mut self, id: NodeId, origin: Origin) -> usize {
        self.ids.push(id);
        self.nodes.push(origin);
        self.ids.len() - 1
    }

    pub(super) fn node_mut(&mut self, index: usize) -> &mut Origin {
        &mut self.nodes[index]
    }

    /// The place of a node in the order of making, which is the order of their ids.
    pub(super) fn index(&self, id: NodeId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The same for a text node, which may be new.
    pub(super) fn index_of_text(&mut self, id: NodeId) -> usize {
        match self.ids.last() {
            Some(&last) if last == id => self.ids.len() - 1,
            Some(&last) if last > id => self.index(id).unwrap_or(0),
            _ => self.push(id, Origin::NONE),
        }
    }

    pub(super) fn add_run(&mut self, node: usize, run: Run) {
        self.runs.push((node as u32, run));
    }

    pub(super) fn add_tag(&mut self, node: usize, at: Span) {
        self.tags.push((node as u32, at));
    }

    /// Brings the runs of a node together.
    pub(super) fn finish(&mut self) {
        self.runs.sort_by_key(|(node, _)| *node);
    }

    /// Where a node stands; `None` for a node of another tree.
    pub fn of(&self, id: NodeId) -> Option<Origin> {
        self.index(id).map(|index| self.nodes[index])
    }

    /// The stretches of source that a text node was read from, in the order of its text.
    pub fn runs(&self, id: NodeId) -> impl Iterator<Item = &Run> {
        let node = self.index(id).unwrap_or(usize::MAX) as u32;
        let start = self.runs.partition_point(|(n, _)| *n < node);
        self.runs[start..].iter().take_while(move |(n, _)| *n == node).map(|(_, run)| run)
    }

    /// Further start tags that gave an `html` or `body` element attributes.
    pub fn further_tags(&self, id: NodeId) -> impl Iterator<Item = Span> {
        let node = self.index(id);
        self.tags.iter().filter(move |(n, _)| Some(*n as usize) == node).map(|(_, at)| *at)
    }
}

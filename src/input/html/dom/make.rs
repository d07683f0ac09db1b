//! Making a page's tree: for the parser, and for trees that somebody else parsed.

use super::super::attributes::Attribute;
use super::super::references::Coding;
use super::{Attributes, Data, Dom, Further, Kind, Link, Listed, NO_LINK, NameId, Node, NodeId, Range32, Run};
use crate::removal::Span;
use html5ever::{Attribute as Given, QualName};

impl<'a> Dom<'a> {
    /// A document with nothing in it, with room for so many nodes.
    pub(in crate::input::html) fn new(source: &'a str, nodes: usize) -> Self {
        let mut dom = Dom {
            source,
            nodes: Vec::with_capacity(nodes),
            names: Vec::new(),
            runs: Vec::with_capacity(nodes / 2),
            written: Vec::with_capacity(nodes / 2),
            made: Vec::new(),
            further: Vec::new(),
            extended: Vec::new(),
            values: Coding::Value,
        };
        dom.push(Kind::Document, Data::None, None);
        dom
    }

    /// The same for a source in which nothing is a reference.
    pub(in crate::input::html) fn plain(source: &'a str, nodes: usize) -> Self {
        Dom { values: Coding::Raw, ..Dom::new(source, nodes) }
    }

    /// Takes the names that elements refer to.
    pub(in crate::input::html) fn set_names(&mut self, names: Vec<QualName>) {
        self.names = names;
    }

    fn push(&mut self, kind: Kind, data: Data, open: Option<Span>) -> NodeId {
        // Fits: `limits` keeps the nodes of a page below its bytes times a small constant, and its bytes are few enough.
        let id = NodeId(self.nodes.len() as u32);
        let none = NodeId::NONE;
        let open = open.map_or(Range32::NONE, Range32::new);
        self.nodes.push(Node { parent: none, previous: none, next: none, first: none, last: none, kind, data, open, close: Range32::NONE });
        id
    }

    /// An element without attributes.
    pub(in crate::input::html) fn push_element(&mut self, name: NameId) -> NodeId {
        self.push(Kind::Element, Data::Element(name, Attributes::Written(Listed::default())), None)
    }

    pub(in crate::input::html) fn push_comment(&mut self, at: Option<Span>, data: Span) -> NodeId {
        self.push(Kind::Comment, Data::Comment(Range32::new(data)), at)
    }

    pub(in crate::input::html) fn push_doctype(&mut self, at: Option<Span>) -> NodeId {
        self.push(Kind::Doctype, Data::None, at)
    }

    pub(in crate::input::html) fn push_fragment(&mut self) -> NodeId {
        self.push(Kind::Fragment, Data::None, None)
    }

    pub(in crate::input::html) fn set_start_tag(&mut self, node: NodeId, at: Span) {
        self.nodes[node.index()].open = Range32::new(at);
    }

    pub(in crate::input::html) fn set_end_tag(&mut self, node: NodeId, at: Option<Span>) {
        self.nodes[node.index()].close = at.map_or(Range32::NONE, Range32::new);
    }

    /// Gives an element the attributes of its tag.
    pub(in crate::input::html) fn set_written(&mut self, node: NodeId, attributes: Listed) {
        self.set_attributes(node, Attributes::Written(attributes));
    }

    /// Gives an element those of another that it stands for.
    pub(in crate::input::html) fn set_made(&mut self, node: NodeId, attributes: Vec<Given>) {
        self.made.push(attributes);
        self.set_attributes(node, Attributes::Made(self.made.len() as u32 - 1));
    }

    fn set_attributes(&mut self, node: NodeId, attributes: Attributes) {
        if let Data::Element(_, known) = &mut self.nodes[node.index()].data {
            *known = attributes;
        }
    }

    /// Takes over the attributes of a tag.
    pub(in crate::input::html) fn list(&mut self, attributes: &[Attribute]) -> Listed {
        let first = self.written.len() as u32;
        self.written.extend(attributes.iter().map(|a| (Range32::new(a.name), Range32::new(a.value))));
        Listed { first, count: attributes.len() as u32 }
    }

    /// Adds the attributes of a further tag to an element.
    pub(in crate::input::html) fn add_tag(&mut self, node: NodeId, at: Span, attributes: Listed) {
        if !self.extended.contains(&node) {
            self.extended.push(node);
        }
        self.further.push(Further { node, at: Range32::new(at), attributes });
    }

    /// Adds a run to a text that ends the children of `parent`, or makes one.
    pub(in crate::input::html) fn append_run(&mut self, parent: NodeId, run: Run) {
        if let Some(made) = self.extend(self.last_child(parent), run) {
            self.append(parent, made);
        }
    }

    /// The same before `sibling`.
    pub(in crate::input::html) fn insert_run(&mut self, sibling: NodeId, run: Run) {
        if let Some(made) = self.extend(self.previous_sibling(sibling), run) {
            self.insert(sibling, made);
        }
    }

    /// Adds a run to a node that is a text, or else makes a text, which stands nowhere yet.
    fn extend(&mut self, beside: Option<NodeId>, run: Run) -> Option<NodeId> {
        let Some(text) = beside.filter(|&node| self.kind(node) == Kind::Text) else { return Some(self.push_text(run)) };
        self.add_run(text, run);
        None
    }

    fn link(&mut self, run: Run) -> u32 {
        let link = Link { at: Range32::new(run.at), length: run.length as u32, coding: run.coding, plain: run.plain, next: NO_LINK };
        self.runs.push(link);
        self.runs.len() as u32 - 1
    }

    pub(in crate::input::html) fn push_text(&mut self, run: Run) -> NodeId {
        let link = self.link(run);
        self.push(Kind::Text, Data::Text(link, link), None)
    }

    fn add_run(&mut self, text: NodeId, run: Run) {
        let link = self.link(run);
        if let Data::Text(_, last) = &mut self.nodes[text.index()].data {
            let before = std::mem::replace(last, link);
            self.runs[before as usize].next = link;
        }
    }

    /// Puts a node, which stands nowhere, behind the last in `parent`.
    pub(in crate::input::html) fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = std::mem::replace(&mut self.nodes[parent.index()].last, child);
        let node = &mut self.nodes[child.index()];
        (node.parent, node.previous) = (parent, last);
        match last.some() {
            Some(last) => self.nodes[last.index()].next = child,
            None => self.nodes[parent.index()].first = child,
        }
    }

    /// Puts a node, which stands nowhere, before another.
    pub(in crate::input::html) fn insert(&mut self, sibling: NodeId, child: NodeId) {
        let parent = self.nodes[sibling.index()].parent;
        let before = std::mem::replace(&mut self.nodes[sibling.index()].previous, child);
        let node = &mut self.nodes[child.index()];
        (node.parent, node.previous, node.next) = (parent, before, sibling);
        match before.some() {
            Some(before) => self.nodes[before.index()].next = child,
            None if parent != NodeId::NONE => self.nodes[parent.index()].first = child,
            None => {}
        }
    }

    /// Takes a node out of where it stands, with all that is in it.
    pub(in crate::input::html) fn detach(&mut self, node: NodeId) {
        let none = NodeId::NONE;
        let Node { parent, previous, next, .. } = self.nodes[node.index()];
        if let Some(parent) = parent.some() {
            let parent = &mut self.nodes[parent.index()];
            if parent.first == node {
                parent.first = next;
            }
            if parent.last == node {
                parent.last = previous;
            }
        }
        if let Some(previous) = previous.some() {
            self.nodes[previous.index()].next = next;
        }
        if let Some(next) = next.some() {
            self.nodes[next.index()].previous = previous;
        }
        let node = &mut self.nodes[node.index()];
        (node.parent, node.previous, node.next) = (none, none, none);
    }

    /// Moves all that is in one node behind the last in another.
    pub(in crate::input::html) fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.first_child(from) {
            self.detach(child);
            self.append(to, child);
        }
    }
}

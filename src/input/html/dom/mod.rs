//! A page as a tree whose nodes know their place in the source. Texts and attributes are spans of the source, which nobody copies
//! until somebody asks what they say.

mod make;

use super::references::{Coding, decode, is_plain};
use crate::removal::Span;
use html5ever::{Attribute as Given, LocalName, QualName, ns};
use std::borrow::Cow;
use std::collections::HashSet;

/// A node: its place in the order of making, which is that of the source but for what the parser moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    const NONE: NodeId = NodeId(u32::MAX);
    /// The document.
    pub const ROOT: NodeId = NodeId(0);

    /// The place of a node among all nodes.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn some(self) -> Option<NodeId> {
        (self != NodeId::NONE).then_some(self)
    }
}

/// Bytes `start..end`; empty where there is nothing. A page is never longer than its numbers reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    fn some(self) -> Option<Span> {
        (self.start < self.end).then(|| self.span())
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

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The document.
    Document,
    /// The contents of a `template`.
    Fragment,
    /// `<!doctype …>`.
    Doctype,
    /// A comment.
    Comment,
    /// Text, never empty.
    Text,
    /// An element.
    Element,
}

/// What only some kinds of nodes have.
#[derive(Debug, Clone, Copy)]
enum Data {
    None,
    /// What a comment says.
    Comment(Range32),
    /// The first and the last run of a text.
    Text(u32, u32),
    /// The name of an element, and its attributes.
    Element(NameId, Attributes),
}

#[derive(Debug, Clone, Copy)]
enum Attributes {
    /// As they are written in the source.
    Written(Listed),
    /// Those of a formatting element that the parser made anew.
    Made(u32),
}

/// Neighbours in the list of all written attributes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Listed {
    first: u32,
    pub(super) count: u32,
}

/// A name of elements among all of a page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameId(pub(super) u32);

#[derive(Debug)]
struct Node {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    kind: Kind,
    data: Data,
    /// The start tag; the whole of a comment or doctype.
    open: Range32,
    close: Range32,
}

#[derive(Debug)]
struct Link {
    at: Range32,
    length: u32,
    coding: Coding,
    plain: bool,
    next: u32,
}

const NO_LINK: u32 = u32::MAX;

/// Further start tags of `html` and `body`, which add attributes.
#[derive(Debug)]
struct Further {
    node: NodeId,
    at: Range32,
    attributes: Listed,
}

/// A page's nodes.
#[derive(Debug)]
pub struct Dom<'a> {
    source: &'a str,
    nodes: Vec<Node>,
    names: Vec<QualName>,
    runs: Vec<Link>,
    /// Names and values.
    written: Vec<(Range32, Range32)>,
    made: Vec<Vec<Given>>,
    further: Vec<Further>,
    /// The few nodes that those are of.
    extended: Vec<NodeId>,
    /// What is a reference in attributes' values.
    values: Coding,
}

/// Reading.
impl<'a> Dom<'a> {
    /// The page's markup.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Whether somebody else parsed it.
    pub(crate) fn is_imported(&self) -> bool {
        self.values == Coding::Raw
    }

    /// Nodes ever made; some may stand in no tree.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// What a node is.
    pub fn kind(&self, node: NodeId) -> Kind {
        self.nodes[node.index()].kind
    }

    /// The node that holds this one.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].parent.some()
    }

    /// The first of the nodes in this one.
    pub fn first_child(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].first.some()
    }

    /// The last of the nodes in this one.
    pub fn last_child(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].last.some()
    }

    /// The node after this one.
    pub fn next_sibling(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].next.some()
    }

    /// The node before this one.
    pub fn previous_sibling(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].previous.some()
    }

    /// The node after this one in the order of the tree, as long as it is in `root`; what is in this node itself counts if `inside`.
    pub(crate) fn next_within(&self, root: NodeId, node: NodeId, inside: bool) -> Option<NodeId> {
        if inside && let Some(child) = self.first_child(node) {
            return Some(child);
        }
        let mut at = node;
        while at != root {
            if let Some(next) = self.next_sibling(at) {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// Goes through the whole tree: `step` is told of every node when it begins (`true`), whether to go into it, and when it ends (`false`).
    pub(crate) fn visit(&self, mut step: impl FnMut(NodeId, bool) -> bool) {
        let mut at = NodeId::ROOT;
        loop {
            if step(at, true)
                && let Some(child) = self.first_child(at)
            {
                at = child;
                continue;
            }
            loop {
                step(at, false);
                if at == NodeId::ROOT {
                    return;
                }
                if let Some(next) = self.next_sibling(at) {
                    at = next;
                    break;
                }
                at = self.parent(at).unwrap_or(NodeId::ROOT);
            }
        }
    }

    /// All elements of HTML with a name, in the order of making.
    pub(crate) fn elements(&self, name: LocalName) -> impl Iterator<Item = NodeId> {
        self.nodes().filter(move |node| self.html_name(*node).is_some_and(|n| *n == name))
    }

    /// The name of an element.
    pub fn name(&self, node: NodeId) -> Option<&QualName> {
        match self.nodes[node.index()].data {
            Data::Element(name, _) => self.names.get(name.0 as usize),
            _ => None,
        }
    }

    /// The number of an element's name among the [`names`](Dom::names).
    pub(crate) fn name_number(&self, node: NodeId) -> Option<usize> {
        match self.nodes[node.index()].data {
            Data::Element(name, _) => Some(name.0 as usize),
            _ => None,
        }
    }

    /// The names of the page's elements; some may be there twice.
    pub(crate) fn names(&self) -> &[QualName] {
        &self.names
    }

    /// The name of an element of HTML.
    pub fn html_name(&self, node: NodeId) -> Option<&LocalName> {
        self.name(node).filter(|name| name.ns == ns!(html)).map(|name| &name.local)
    }

    /// The start tag of an element; the whole of a comment or doctype. `None` for what the parser made up, and for text.
    pub fn start_tag(&self, node: NodeId) -> Option<Span> {
        self.nodes[node.index()].open.some()
    }

    /// The end tag that closed an element.
    pub fn end_tag(&self, node: NodeId) -> Option<Span> {
        self.nodes[node.index()].close.some()
    }

    /// The stretches of source that a text node was read from, in the order of its text.
    pub fn runs(&self, node: NodeId) -> impl Iterator<Item = Run> {
        let mut next = match self.nodes[node.index()].data {
            Data::Text(first, _) => first,
            _ => NO_LINK,
        };
        std::iter::from_fn(move || {
            let link = self.runs.get(next as usize)?;
            next = link.next;
            Some(Run { at: link.at.span(), coding: link.coding, plain: link.plain, length: link.length as usize })
        })
    }

    /// What a text node or a comment says; nothing, for others.
    pub fn text(&self, node: NodeId) -> Cow<'a, str> {
        if let Data::Comment(at) = self.nodes[node.index()].data {
            return self.say(at.span(), Coding::Raw);
        }
        let mut all = Cow::Borrowed("");
        for run in self.runs(node) {
            let raw = &self.source[run.at.range()];
            let part = if run.plain { Cow::Borrowed(raw) } else { Cow::Owned(decode(raw, run.coding)) };
            if all.is_empty() {
                all = part;
            } else {
                all.to_mut().push_str(&part);
            }
        }
        all
    }

    /// The value of an element's attribute. Names are in lower case, with their prefix: `xlink:href`.
    pub fn attribute(&self, node: NodeId, name: &str) -> Option<Cow<'a, str>> {
        let Data::Element(_, attributes) = self.nodes[node.index()].data else { return None };
        if let Attributes::Made(index) = attributes {
            return self.made[index as usize].iter().find(|a| *a.name.local == *name).map(|a| Cow::Owned(a.value.to_string()));
        }
        let is_it = |range: &Range32| {
            let raw = &self.source[range.start as usize..range.end as usize];
            raw.len() == name.len() && raw.eq_ignore_ascii_case(name)
        };
        self.written(node).find(|(n, _)| is_it(n)).map(|(_, value)| self.say(value.span(), self.values))
    }

    /// An element's attributes, the first of each name, in the order of the source.
    pub fn attributes(&self, node: NodeId) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
        let mut all: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::new();
        if let Data::Element(_, Attributes::Made(index)) = self.nodes[node.index()].data {
            all.extend(self.made[index as usize].iter().map(|a| (Cow::Owned(a.name.local.to_string()), Cow::Owned(a.value.to_string()))));
        }
        let mut seen = HashSet::new();
        for (name, value) in self.written(node) {
            let mut name = self.say(name.span(), Coding::Raw);
            if name.bytes().any(|b| b.is_ascii_uppercase()) {
                name = Cow::Owned(name.to_ascii_lowercase());
            }
            if seen.insert(name.clone()) {
                all.push((name, self.say(value.span(), self.values)));
            }
        }
        all
    }

    /// The attributes of an element as they stand in its tag, names and values not decoded. Those of an element that the parser made anew are left out.
    pub(crate) fn each_written(&self, node: NodeId, mut take: impl FnMut(&'a str, &'a str)) {
        // Within, which is quicker than a loop over what is chained.
        self.written(node).for_each(|(name, value)| take(&self.source[name.span().range()], &self.source[value.span().range()]));
    }

    /// How many attributes an element's own tag has.
    pub(crate) fn attribute_count(&self, node: NodeId) -> usize {
        match self.nodes[node.index()].data {
            Data::Element(_, Attributes::Written(listed)) => listed.count as usize,
            Data::Element(_, Attributes::Made(index)) => self.made[index as usize].len(),
            _ => 0,
        }
    }

    /// Further start tags that gave an `html` or `body` element attributes.
    pub fn further_tags(&self, node: NodeId) -> impl Iterator<Item = Span> {
        self.further.iter().filter(move |f| f.node == node).map(|f| f.at.span())
    }

    fn written(&self, node: NodeId) -> impl Iterator<Item = (Range32, Range32)> {
        let own = match self.nodes[node.index()].data {
            Data::Element(_, Attributes::Written(listed)) => listed,
            _ => Listed::default(),
        };
        let further = if self.extended.contains(&node) { &self.further[..] } else { &[] };
        let further = further.iter().filter(move |f| f.node == node).map(|f| f.attributes);
        std::iter::once(own).chain(further).flat_map(|l| &self.written[l.first as usize..(l.first + l.count) as usize]).copied()
    }

    fn say(&self, at: Span, coding: Coding) -> Cow<'a, str> {
        let raw = &self.source[at.range()];
        if is_plain(raw, coding) { Cow::Borrowed(raw) } else { Cow::Owned(decode(raw, coding)) }
    }
}

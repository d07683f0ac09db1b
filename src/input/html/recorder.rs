//! `scraper`'s tree, with a note for each node of where in the source it came from.

use super::open::{Open, is_formatting, is_void};
use super::origin::{Origin, Origins, Run};
use super::references::{Coding, Meaning, next_piece};
use crate::removal::Span;
use ego_tree::{NodeId, Tree};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use scraper::{Html, HtmlTreeSink, Node};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// Bytes of source for each node, roughly: saves moving the tree while it grows.
const BYTES_A_NODE: usize = 40;
/// Attributes that later `<html>` and `<body>` tags may add to the first one's: more would cost quadratic time.
const MOST_ADDED_ATTRIBUTES: usize = 256;

/// A text token on its way through the tree builder, which may drop parts of it, and holds text in tables back.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) at: Span,
    pub(super) coding: Coding,
    /// What it means, if not itself.
    pub(super) decoded: Option<StrTendril>,
}

/// How far the text tokens have come.
#[derive(Debug, Default)]
struct Cursor {
    token: usize,
    text: usize,
    raw: usize,
}

/// An element just made.
#[derive(Debug)]
struct Made {
    id: NodeId,
    index: usize,
    name: Rc<QualName>,
}

#[derive(Debug)]
struct State {
    origins: Origins,
    /// Text tokens since the last other token.
    sent: Vec<Sent>,
    cursor: Cursor,
    /// The token that is being processed is a text.
    in_text: bool,
    token: Option<Span>,
    /// It is a start tag that closes itself.
    self_closing: bool,
    /// The last element made for this token.
    made: Option<Made>,
    /// Elements and attributes made.
    spent: usize,
    open: Open,
}

/// A node as the tree builder knows it. It asks for names far more often than for anything else.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    pub(super) id: NodeId,
    /// An element's name; of other nodes, nothing.
    pub(super) name: Rc<QualName>,
}

/// The sink of html5ever's tree builder.
#[derive(Debug)]
pub(super) struct Recorder<'a> {
    source: &'a str,
    tree: HtmlTreeSink,
    state: RefCell<State>,
    /// The names in use, each once (or again, where two fall on one slot).
    names: RefCell<Vec<Rc<QualName>>>,
    no_name: Rc<QualName>,
}

/// Slots for names of elements.
const NAMES: usize = 64;

impl<'a> Recorder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut html = Html::new_document();
        let nodes = source.len() / BYTES_A_NODE;
        html.tree = Tree::with_capacity(Node::Document, nodes);
        let document = html.tree.root().id();
        let mut origins = Origins::with_capacity(nodes);
        origins.push(document, Origin::NONE);
        let no_name = Rc::new(QualName::new(None, ns!(), LocalName::default()));
        let state = State {
            origins,
            sent: Vec::new(),
            cursor: Cursor::default(),
            in_text: false,
            token: None,
            self_closing: false,
            made: None,
            spent: 0,
            open: Open::new(document, no_name.clone()),
        };
        let names = RefCell::new(vec![no_name.clone(); NAMES]);
        Recorder { source, tree: HtmlTreeSink::new(html), state: RefCell::new(state), names, no_name }
    }

    /// A token that is not text comes.
    pub(super) fn begin(&self, at: Span) {
        let mut state = self.state.borrow_mut();
        state.in_text = false;
        state.token = Some(at);
        state.self_closing = false;
        state.made = None;
    }

    /// A doctype comes. Out of its place the tree builder ignores it altogether, so that text around it belongs together.
    pub(super) fn begin_doctype(&self, at: Span) {
        self.state.borrow_mut().token = Some(at);
    }

    /// A start tag comes.
    pub(super) fn begin_start(&self, at: Span, self_closing: bool) {
        self.begin(at);
        self.state.borrow_mut().self_closing = self_closing;
    }

    /// An end tag comes: the element that it seems to close.
    pub(super) fn begin_end(&self, at: Span, name: &LocalName) -> Option<usize> {
        self.begin(at);
        let mut state = self.state.borrow_mut();
        state.open.close(name)
    }

    /// A text token comes.
    pub(super) fn begin_text(&self, sent: Sent) {
        let mut state = self.state.borrow_mut();
        if !state.in_text {
            state.sent.clear();
            state.cursor = Cursor::default();
        }
        state.in_text = true;
        state.token = None;
        state.made = None;
        state.sent.push(sent);
    }

    /// The start tag at hand made an element of its own name: notes where it stands.
    pub(super) fn note_start(&self, name: &LocalName, at: Span) {
        let state = &mut *self.state.borrow_mut();
        let Some(made) = &state.made else { return };
        let local = &made.name.local;
        if local == name || local.eq_ignore_ascii_case(name) || (&**name == "image" && &**local == "img") {
            state.origins.node_mut(made.index).open(at);
        }
    }

    /// The end tag at hand closed an element that it made itself, or else `node`.
    pub(super) fn note_end(&self, name: &LocalName, node: Option<usize>, at: Span) {
        let state = &mut *self.state.borrow_mut();
        let own = state.made.as_ref().filter(|made| made.name.local == *name).map(|made| made.index);
        // A formatting element may be made anew while it is closed.
        let index = if own.is_some() && is_formatting(name) { node.or(own) } else { own.or(node) };
        if let Some(index) = index {
            state.origins.node_mut(index).close(at);
        }
    }

    /// Whether the open elements are not known.
    pub(super) fn is_lost(&self) -> bool {
        self.state.borrow().open.is_lost()
    }

    /// What the tree builder says is open.
    pub(super) fn set_open(&self, trace: &[Handle]) {
        let state = &mut *self.state.borrow_mut();
        let origins = &mut state.origins;
        for index in state.open.set(trace, |id| origins.index(id)) {
            origins.node_mut(index).unclose();
        }
    }

    fn unnamed(&self, id: NodeId) -> Handle {
        Handle { id, name: self.no_name.clone() }
    }

    fn name(&self, name: &QualName) -> Rc<QualName> {
        let mut names = self.names.borrow_mut();
        let slot = &mut names[name.local.get_hash() as usize % NAMES];
        if **slot != *name {
            *slot = Rc::new(name.clone());
        }
        slot.clone()
    }

    /// Elements and attributes made so far.
    pub(super) fn spent(&self) -> usize {
        self.state.borrow().spent
    }

    /// A node goes into `parent`. If it is an element made just now, it stays open, unless it is void.
    fn follow(&self, parent: NodeId, child: NodeId) {
        let state = &mut *self.state.borrow_mut();
        let Some(made) = state.made.as_ref().filter(|made| made.id == child) else {
            // A comment tells nothing; an element that was there before is moved.
            if self.tree.0.borrow().tree.get(child).is_some_and(|n| n.value().is_element()) {
                state.open.lose();
            }
            return;
        };
        state.open.put_into(parent);
        let is_void = if made.name.ns == ns!(html) { is_void(&made.name.local) } else { state.self_closing };
        if !is_void {
            state.open.push(child, made.index, made.name.clone());
        }
    }

    /// Notes a text that has just been appended to the text node `id`.
    fn append_text(&self, id: NodeId, text: &str) {
        let state = &mut *self.state.borrow_mut();
        let node = state.origins.index_of_text(id);
        if let Some(run) = state.place(self.source, text) {
            state.origins.add_run(node, run);
        }
    }
}

impl State {
    /// Finds a text among those that were sent, and moves the cursor behind it.
    fn place(&mut self, source: &str, text: &str) -> Option<Run> {
        if self.in_text && self.cursor.token + 1 < self.sent.len() {
            self.cursor = Cursor { token: self.sent.len() - 1, text: 0, raw: 0 };
        }
        while let Some(sent) = self.sent.get(self.cursor.token) {
            let rest = &sent.decoded.as_deref().unwrap_or(&source[sent.at.range()])[self.cursor.text..];
            let plain = sent.decoded.is_none();
            if rest.is_empty() {
                self.cursor = Cursor { token: self.cursor.token + 1, text: 0, raw: 0 };
                continue;
            }
            let found = rest.starts_with(text);
            // The tree builder parts white space from the rest, and drops the one or the other.
            let white = rest.as_bytes()[0].is_ascii_whitespace();
            let length = if found { text.len() } else { rest.bytes().take_while(|b| b.is_ascii_whitespace() == white).count() };
            let start = self.cursor.raw;
            self.cursor.text += length;
            self.cursor.raw =
                if plain { start + length } else { start + raw_length(&source[sent.at.start + start..sent.at.end], sent.coding, length) };
            if found {
                let at = Span::new(sent.at.start + start, sent.at.start + self.cursor.raw);
                return Some(Run { at, coding: sent.coding, plain, length });
            }
        }
        None
    }
}

/// The bytes of raw text that mean `length` bytes of text.
fn raw_length(raw: &str, coding: Coding, length: usize) -> usize {
    let (mut at, mut left) = (0, length);
    while left > 0
        && let Some(piece) = next_piece(&raw[at..], coding)
    {
        match piece.meaning {
            Meaning::Same => {
                let taken = piece.raw.min(left);
                (at, left) = (at + taken, left - taken);
            }
            Meaning::Chars(..) => (at, left) = (at + piece.raw, left.saturating_sub(piece.decoded())),
        }
    }
    at
}

impl TreeSink for Recorder<'_> {
    type Handle = Handle;
    type Output = (Html, Origins);
    type ElemName<'b>
        = &'b QualName
    where
        Self: 'b;

    fn finish(self) -> Self::Output {
        (self.tree.finish(), self.state.into_inner().origins)
    }

    /// Nobody asks for them.
    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.unnamed(self.tree.get_document())
    }

    fn elem_name<'b>(&'b self, target: &'b Handle) -> &'b QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let cost = 1 + attrs.len();
        let template = flags.template;
        let shared = self.name(&name);
        let id = self.tree.create_element(name, attrs, flags);
        let state = &mut *self.state.borrow_mut();
        state.made = Some(Made { id, index: state.origins.push(id, Origin::NONE), name: shared.clone() });
        state.spent += cost;
        if template {
            state.origins.push(self.tree.get_template_contents(&id), Origin::NONE);
        }
        Handle { id, name: shared }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        let id = self.tree.create_comment(text);
        let state = &mut *self.state.borrow_mut();
        let origin = state.token.map_or(Origin::NONE, Origin::markup);
        state.origins.push(id, origin);
        self.unnamed(id)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        let id = self.tree.create_pi(target, data);
        self.state.borrow_mut().origins.push(id, Origin::NONE);
        self.unnamed(id)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let text = match child {
            NodeOrText::AppendText(text) => text,
            NodeOrText::AppendNode(child) => {
                self.follow(parent.id, child.id);
                return self.tree.append(&parent.id, NodeOrText::AppendNode(child.id));
            }
        };
        self.state.borrow_mut().open.put_into(parent.id);
        self.tree.append(&parent.id, NodeOrText::AppendText(text.clone()));
        let id = self.tree.0.borrow().tree.get(parent.id).and_then(|p| p.last_child()).map(|t| t.id());
        if let Some(id) = id {
            self.append_text(id, &text);
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.state.borrow_mut().open.lose();
        let text = match child {
            NodeOrText::AppendText(text) => text,
            NodeOrText::AppendNode(child) => return self.tree.append_before_sibling(&sibling.id, NodeOrText::AppendNode(child.id)),
        };
        self.tree.append_before_sibling(&sibling.id, NodeOrText::AppendText(text.clone()));
        let id = self.tree.0.borrow().tree.get(sibling.id).and_then(|s| s.prev_sibling()).map(|t| t.id());
        if let Some(id) = id {
            self.append_text(id, &text);
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.0.borrow().tree.get(element.id).is_some_and(|e| e.parent().is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
            self.state.borrow_mut().open.lose();
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.tree.append_doctype_to_document(name, public_id, system_id);
        let id = self.tree.0.borrow().tree.root().last_child().map(|d| d.id());
        if let Some(id) = id {
            let state = &mut *self.state.borrow_mut();
            let origin = state.token.map_or(Origin::NONE, Origin::markup);
            state.origins.push(id, origin);
        }
    }

    fn pop(&self, node: &Handle) {
        self.state.borrow_mut().open.pop(node.id);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.unnamed(self.tree.get_template_contents(&target.id))
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &Handle, mut attrs: Vec<Attribute>) {
        {
            let html = self.tree.0.borrow();
            if let Some(Node::Element(element)) = html.tree.get(target.id).map(|n| n.value()) {
                attrs.truncate(MOST_ADDED_ATTRIBUTES.saturating_sub(element.attrs.len()));
            }
        }
        let state = &mut *self.state.borrow_mut();
        if let (Some(index), Some(at)) = (state.origins.index(target.id), state.token)
            && !attrs.is_empty()
        {
            state.origins.add_tag(index, at);
        }
        self.tree.add_attrs_if_missing(&target.id, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.state.borrow_mut().open.lose();
        self.tree.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.state.borrow_mut().open.lose();
        self.tree.reparent_children(&node.id, &new_parent.id);
    }
}

//! The sink of html5ever's tree builder: makes the nodes, and notes for each where in the source it came from.

use super::attributes::Attribute as Written;
use super::dom::{Dom, Listed, NameId, NodeId, Run};
use super::names::Elements;
use super::open::{Open, is_formatting, is_void};
use super::references::{Coding, raw_length};
use crate::removal::Span;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use std::borrow::Cow;
use std::cell::RefCell;

/// Bytes of source for each node, roughly: saves moving the tree while it grows.
const BYTES_A_NODE: usize = 40;

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

/// An element just made, with the attributes that the tree builder gave it.
#[derive(Debug)]
struct Made {
    id: NodeId,
    name: QualName,
    attributes: Vec<Attribute>,
}

#[derive(Debug)]
struct State<'a> {
    dom: Dom<'a>,
    /// Text tokens since the last other token.
    sent: Vec<Sent>,
    cursor: Cursor,
    /// The token that is being processed is a text.
    in_text: bool,
    token: Option<Span>,
    /// What the comment at hand says.
    comment: Span,
    /// It is a start tag that closes itself.
    self_closing: bool,
    /// The attributes of the start tag at hand.
    written: Listed,
    /// The last element made for this token.
    made: Option<Made>,
    /// Elements and attributes made.
    spent: usize,
    open: Open,
}

/// A node as the tree builder knows it. It asks for names far more often than for anything else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handle {
    pub(super) id: NodeId,
    /// An element's name; of other nodes, nothing.
    pub(super) name: NameId,
}

#[derive(Debug)]
pub(super) struct Recorder<'a> {
    source: &'a str,
    state: RefCell<State<'a>>,
    names: Elements,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let state = State {
            dom: Dom::new(source, source.len() / BYTES_A_NODE),
            sent: Vec::new(),
            cursor: Cursor::default(),
            in_text: false,
            token: None,
            comment: Span::new(0, 0),
            self_closing: false,
            written: Listed::default(),
            made: None,
            spent: 0,
            open: Open::new(),
        };
        Recorder { source, state: RefCell::new(state), names: Elements::new() }
    }

    /// A token that is not text comes.
    pub(super) fn begin(&self, at: Span) {
        self.state.borrow_mut().begin(at);
    }

    /// A doctype comes. Out of its place the tree builder ignores it altogether, so that text around it belongs together.
    pub(super) fn begin_doctype(&self, at: Span) {
        self.state.borrow_mut().token = Some(at);
    }

    /// A comment comes, and what it says.
    pub(super) fn begin_comment(&self, at: Span, data: Span) {
        let mut state = self.state.borrow_mut();
        state.begin(at);
        state.comment = data;
    }

    /// A start tag comes.
    pub(super) fn begin_start(&self, at: Span, self_closing: bool, attributes: &[Written]) {
        let mut state = self.state.borrow_mut();
        state.begin(at);
        state.self_closing = self_closing;
        state.written = state.dom.list(attributes);
    }

    /// An end tag comes: the element that it seems to close.
    pub(super) fn begin_end(&self, at: Span, name: &LocalName) -> Option<NodeId> {
        let mut state = self.state.borrow_mut();
        state.begin(at);
        state.open.close(name)
    }

    /// A text token comes.
    pub(super) fn begin_text(&self, sent: Sent) {
        let mut state = self.state.borrow_mut();
        if !state.in_text {
            state.sent.clear();
            state.cursor = Cursor::default();
        }
        state.settle();
        state.in_text = true;
        state.token = None;
        state.sent.push(sent);
    }

    /// The start tag at hand made an element of its own name: notes where it stands.
    pub(super) fn note_start(&self, name: &LocalName, at: Span) {
        let state = &mut *self.state.borrow_mut();
        let Some(made) = &state.made else { return };
        let local = &made.name.local;
        if local == name || local.eq_ignore_ascii_case(name) || (&**name == "image" && &**local == "img") {
            state.dom.set_start_tag(made.id, at);
            state.dom.set_written(made.id, state.written);
            state.made = None;
        }
    }

    /// The end tag at hand closed an element that it made itself, or else `node`.
    pub(super) fn note_end(&self, name: &LocalName, node: Option<NodeId>, at: Span) {
        let state = &mut *self.state.borrow_mut();
        let own = state.made.as_ref().filter(|made| made.name.local == *name).map(|made| made.id);
        // A formatting element may be made anew while it is closed.
        let closed = if own.is_some() && is_formatting(name) { node.or(own) } else { own.or(node) };
        if let Some(closed) = closed {
            state.dom.set_end_tag(closed, Some(at));
        }
    }

    /// Whether the open elements are not known.
    pub(super) fn is_lost(&self) -> bool {
        self.state.borrow().open.is_lost()
    }

    /// What the tree builder says is open.
    pub(super) fn set_open(&self, trace: &[Handle]) {
        let state = &mut *self.state.borrow_mut();
        for id in state.open.set(trace, |handle| self.names.get(handle.name)) {
            state.dom.set_end_tag(id, None);
        }
    }

    /// Elements and attributes made so far.
    pub(super) fn spent(&self) -> usize {
        self.state.borrow().spent
    }

    /// A node goes into `parent`. If it is an element made just now, it stays open, unless it is void.
    fn follow(state: &mut State<'a>, parent: NodeId, child: Handle) {
        let Some(made) = state.made.as_ref().filter(|made| made.id == child.id) else {
            // A comment tells nothing; an element that was there before is moved.
            if child.name != Elements::NONE {
                state.open.lose();
            }
            return;
        };
        state.open.put_into(parent);
        let is_void = if made.name.ns == ns!(html) { is_void(&made.name.local) } else { state.self_closing };
        if !is_void {
            state.open.push(child.id, made.name.local.clone());
        }
    }
}

impl State<'_> {
    fn begin(&mut self, at: Span) {
        self.settle();
        self.in_text = false;
        self.token = Some(at);
        self.self_closing = false;
    }

    /// The last element made is not that of the tag at hand: it keeps the attributes that it was given.
    fn settle(&mut self) {
        if let Some(made) = self.made.take()
            && !made.attributes.is_empty()
        {
            self.dom.set_made(made.id, made.attributes);
        }
    }

    /// Finds a text among those that were sent, and moves the cursor behind it.
    fn place(&mut self, source: &str, text: &str) -> Option<Run> {
        if self.in_text
            && let Some(last) = self.sent.last()
        {
            let length = last.decoded.as_deref().map_or(last.at.len(), str::len);
            // It is of the text that is being processed, and mostly the whole of it.
            if text.len() == length {
                self.cursor = Cursor { token: self.sent.len(), text: 0, raw: 0 };
                return Some(Run { at: last.at, coding: last.coding, plain: last.decoded.is_none(), length });
            }
            if self.cursor.token + 1 < self.sent.len() {
                self.cursor = Cursor { token: self.sent.len() - 1, text: 0, raw: 0 };
            }
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

impl<'a> TreeSink for Recorder<'a> {
    type Handle = Handle;
    type Output = Dom<'a>;
    type ElemName<'b>
        = &'b QualName
    where
        Self: 'b;

    fn finish(self) -> Dom<'a> {
        let mut state = self.state.into_inner();
        state.settle();
        state.dom.set_names(self.names.into_names());
        state.dom
    }

    /// Nobody asks for them.
    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: NodeId::ROOT, name: Elements::NONE }
    }

    fn elem_name<'b>(&'b self, target: &'b Handle) -> &'b QualName {
        self.names.get(target.name)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let state = &mut *self.state.borrow_mut();
        state.settle();
        let name_id = self.names.find(&name);
        let id = state.dom.push_element(name_id);
        state.spent += 1 + attrs.len();
        if flags.template {
            let contents = state.dom.push_fragment();
            state.dom.append(id, contents);
        }
        state.made = Some(Made { id, name, attributes: attrs });
        Handle { id, name: name_id }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        let state = &mut *self.state.borrow_mut();
        Handle { id: state.dom.push_comment(state.token, state.comment), name: Elements::NONE }
    }

    /// HTML has none: what looks like one is a comment.
    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let state = &mut *self.state.borrow_mut();
        match child {
            NodeOrText::AppendNode(child) => {
                Self::follow(state, parent.id, child);
                state.dom.append(parent.id, child.id);
            }
            NodeOrText::AppendText(text) => {
                state.open.put_into(parent.id);
                if let Some(run) = state.place(self.source, &text) {
                    state.dom.append_run(parent.id, run);
                }
            }
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let state = &mut *self.state.borrow_mut();
        state.open.lose();
        let stands = state.dom.parent(sibling.id).is_some();
        match child {
            NodeOrText::AppendNode(child) => {
                state.dom.detach(child.id);
                if stands {
                    state.dom.insert(sibling.id, child.id);
                }
            }
            NodeOrText::AppendText(text) => {
                if let Some(run) = state.place(self.source, &text).filter(|_| stands) {
                    state.dom.insert_run(sibling.id, run);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.state.borrow().dom.parent(element.id).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
            self.state.borrow_mut().open.lose();
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {
        let state = &mut *self.state.borrow_mut();
        let doctype = state.dom.push_doctype(state.token);
        state.dom.append(NodeId::ROOT, doctype);
    }

    fn pop(&self, node: &Handle) {
        self.state.borrow_mut().open.pop(node.id);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = self.state.borrow().dom.first_child(target.id);
        Handle { id: contents.unwrap_or(target.id), name: Elements::NONE }
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    /// The tree builder heeds it; nobody else asks.
    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    /// Those are of the tag at hand, which the tree builder is not told: see `tree::Parser::start`.
    fn add_attrs_if_missing(&self, target: &Handle, _attrs: Vec<Attribute>) {
        let state = &mut *self.state.borrow_mut();
        if let Some(at) = state.token.filter(|_| state.written.count > 0) {
            state.dom.add_tag(target.id, at, state.written);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        let state = &mut *self.state.borrow_mut();
        state.open.lose();
        state.dom.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let state = &mut *self.state.borrow_mut();
        state.open.lose();
        state.dom.move_children(node.id, new_parent.id);
    }
}

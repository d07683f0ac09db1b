//! Which elements are open, told from what the tree builder does to the tree: it does not say, but a node goes where the current
//! node is. What this cannot tell is asked of the tree builder, which costs a walk over all that is open.

use super::dom::NodeId;
use super::recorder::Handle;
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeSink};
use html5ever::{LocalName, QualName, local_name};
use std::cell::{Ref, RefCell};

/// An open element.
#[derive(Debug, Clone)]
struct Element {
    id: NodeId,
    name: LocalName,
}

/// The open elements from the outside in, as far as known.
#[derive(Debug)]
pub(super) struct Open {
    stack: Vec<Element>,
    /// The stack cannot be relied on.
    lost: bool,
    /// Elements whose end tags came, not yet seen to be closed.
    closed: Vec<NodeId>,
}

impl Open {
    pub(super) fn new() -> Self {
        Open { stack: vec![Element { id: NodeId::ROOT, name: LocalName::default() }], lost: false, closed: Vec::new() }
    }

    pub(super) fn is_lost(&self) -> bool {
        self.lost
    }

    /// Something happened that the stack does not follow.
    pub(super) fn lose(&mut self) {
        self.lost = true;
    }

    /// A node was put into `parent`, so that this is the current node.
    pub(super) fn put_into(&mut self, parent: NodeId) {
        if self.lost {
            return;
        }
        match self.stack.iter().rposition(|e| e.id == parent) {
            Some(at) => {
                self.stack.truncate(at + 1);
                self.closed.clear();
            }
            None => self.lost = true,
        }
    }

    /// An element was opened in the current node.
    pub(super) fn push(&mut self, id: NodeId, name: LocalName) {
        if !self.lost {
            self.stack.push(Element { id, name });
        }
    }

    /// An element was closed.
    pub(super) fn pop(&mut self, id: NodeId) {
        if self.stack.last().is_some_and(|e| e.id == id) {
            self.stack.pop();
        } else if self.stack.iter().any(|e| e.id == id) {
            self.lost = true;
        }
    }

    /// The innermost open element that an end tag of this name may close, which is taken for closed.
    pub(super) fn close(&mut self, name: &LocalName) -> Option<NodeId> {
        let heading = is_heading(name);
        let closes = |e: &Element| e.name == *name || (heading && is_heading(&e.name)) || e.name.eq_ignore_ascii_case(name);
        let at = self.stack.iter().rposition(closes)?;
        // These end with the page, and the form is closed alone, whatever is open in it.
        let stays = matches!(*name, local_name!("body") | local_name!("html"));
        let id = self.stack[at].id;
        if stays {
            return Some(id);
        }
        if at + 1 < self.stack.len() && (is_formatting(name) || *name == local_name!("form")) {
            self.lost = true;
        }
        self.stack.truncate(at);
        self.closed.push(id);
        Some(id)
    }

    /// Takes over what the tree builder said, and gives back the elements that were taken for closed and are not.
    pub(super) fn set<'a>(&mut self, trace: &[Handle], name: impl Fn(&Handle) -> &'a QualName) -> Vec<NodeId> {
        let mut handles: Vec<Element> = trace.iter().map(|h| Element { id: h.id, name: name(h).local.clone() }).collect();
        // The last are the head and the form, which it remembers for themselves.
        if handles.len() > 2 && handles[handles.len() - 1].name == local_name!("form") && handles[handles.len() - 2].name == local_name!("head") {
            handles.truncate(handles.len() - 2);
        } else if handles.last().is_some_and(|e| e.name == local_name!("head")) {
            handles.pop();
        }
        self.stack.clear();
        for (at, element) in handles.iter().enumerate() {
            let again = |others: &[Element]| others.iter().any(|other| other.id == element.id);
            // Formatting elements come a second time as such; those that come once are to be opened again, and not open now.
            if !again(&handles[..at]) && (!is_formatting(&element.name) || again(&handles[at + 1..])) {
                self.stack.push(element.clone());
            }
        }
        self.lost = false;
        let stack = &self.stack;
        self.closed.drain(..).filter(|closed| stack.iter().any(|e| e.id == *closed)).collect()
    }
}

fn is_heading(name: &LocalName) -> bool {
    matches!(*name, local_name!("h1") | local_name!("h2") | local_name!("h3") | local_name!("h4") | local_name!("h5") | local_name!("h6"))
}

pub(super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// Elements of HTML that are never open.
pub(crate) fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// Collects what the tree builder holds: the document, the open elements from the outside in, the formatting elements to be
/// opened again, the head, the form.
#[derive(Debug, Default)]
pub(super) struct Trace(RefCell<Vec<Handle>>);

impl Trace {
    /// All of it, in this order.
    pub(super) fn take<S: TreeSink<Handle = Handle>>(&self, builder: &TreeBuilder<Handle, S>) -> Ref<'_, [Handle]> {
        self.0.borrow_mut().clear();
        builder.trace_handles(self);
        Ref::map(self.0.borrow(), Vec::as_slice)
    }
}

impl Tracer for Trace {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        self.0.borrow_mut().push(*node);
    }
}

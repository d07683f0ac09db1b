//! A tree that somebody else parsed, as one of ours and back.

use super::attributes::Attribute;
use super::dom::{Dom, NameId, NodeId, Run};
use super::references::Coding;
use super::tree::LONGEST;
use crate::removal::Span;
use html5ever::{Attribute as Given, QualName};
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashMap;

/// A tree of `scraper` written down: what its nodes say, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Script {
    text: String,
    /// Where each text, name and value stands, in the order of writing.
    places: Vec<Span>,
}

impl Script {
    /// Writes down what all nodes say. `None` where that is longer than [`LONGEST`].
    pub(crate) fn of(html: &Html) -> Option<Self> {
        let mut script = Script::default();
        for node in html.tree.root().descendants() {
            match node.value() {
                Node::Text(text) => script.write(text),
                Node::Comment(comment) => script.write(comment),
                Node::Element(element) => {
                    for (name, value) in &element.attrs {
                        script.write(&name.local);
                        script.write(value);
                    }
                }
                _ => {}
            }
            if script.text.len() > LONGEST {
                return None;
            }
        }
        Some(script)
    }

    fn write(&mut self, what: &str) {
        let start = self.text.len();
        self.text.push_str(what);
        self.places.push(Span::new(start, self.text.len()));
    }

    /// The tree as one of ours, whose source is this script, and for each of its nodes the other's.
    pub(crate) fn read(&self, html: &Html) -> (Dom<'_>, Vec<ego_tree::NodeId>) {
        let mut places = self.places.iter().copied();
        let mut next = || places.next().unwrap_or(Span::new(0, 0));
        let mut dom = Dom::plain(&self.text, html.tree.values().len());
        let mut theirs = vec![html.tree.root().id()];
        let mut ours: HashMap<ego_tree::NodeId, NodeId> = HashMap::from([(theirs[0], NodeId::ROOT)]);
        let mut names: Vec<QualName> = Vec::new();
        let mut numbers: HashMap<QualName, NameId> = HashMap::new();
        for node in html.tree.root().descendants().skip(1) {
            let Some(&parent) = node.parent().and_then(|p| ours.get(&p.id())) else { continue };
            let made = match node.value() {
                Node::Text(_) => {
                    let at = next();
                    // Nothing is to be said of a text without text.
                    if at.is_empty() {
                        continue;
                    }
                    dom.push_text(Run { at, coding: Coding::Raw, plain: true, length: at.len() })
                }
                Node::Comment(_) => dom.push_comment(None, next()),
                Node::Doctype(_) | Node::ProcessingInstruction(_) => dom.push_doctype(None),
                Node::Document | Node::Fragment => dom.push_fragment(),
                Node::Element(element) => {
                    let name = *numbers.entry(element.name.clone()).or_insert_with(|| {
                        names.push(element.name.clone());
                        NameId(names.len() as u32 - 1)
                    });
                    let attributes: Vec<Attribute> = element.attrs.iter().map(|_| Attribute { name: next(), value: next() }).collect();
                    let made = dom.push_element(name);
                    let listed = dom.list(&attributes);
                    dom.set_written(made, listed);
                    made
                }
            };
            dom.append(parent, made);
            theirs.push(node.id());
            ours.insert(node.id(), made);
        }
        dom.set_names(names);
        (dom, theirs)
    }
}

/// Our tree as one of `scraper`'s, and for each of its nodes ours.
pub(crate) fn export(dom: &Dom<'_>) -> (Html, HashMap<ego_tree::NodeId, NodeId>) {
    let mut html = Html::new_document();
    let mut theirs: HashMap<NodeId, ego_tree::NodeId> = HashMap::from([(NodeId::ROOT, html.tree.root().id())]);
    let mut ours = HashMap::new();
    let mut next = dom.first_child(NodeId::ROOT);
    while let Some(node) = next {
        next = dom.next_within(NodeId::ROOT, node, true);
        let value = match dom.name(node) {
            Some(name) => {
                let attributes = dom.attributes(node).into_iter().map(|(key, value)| Given {
                    name: QualName::new(None, html5ever::ns!(), html5ever::LocalName::from(&*key)),
                    value: html5ever::tendril::StrTendril::from(&*value),
                });
                Node::Element(Element::new(name.clone(), attributes.collect()))
            }
            None if dom.kind(node) == super::dom::Kind::Text => Node::Text(scraper::node::Text { text: scraper::StrTendril::from(&*dom.text(node)) }),
            None => Node::Fragment,
        };
        let parent = dom.parent(node).and_then(|p| theirs.get(&p)).copied();
        if let Some(mut parent) = parent.and_then(|p| html.tree.get_mut(p)) {
            let made = parent.append(value).id();
            theirs.insert(node, made);
            ours.insert(made, node);
        }
    }
    (html, ours)
}

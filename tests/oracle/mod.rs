//! What the parser promises, checked against html5ever's own parser: for tests, fuzzing and the tool `check-trees`.

pub(crate) mod hostile;

use bodycopy::parser::{Coding, Dom, Kind, NodeId, Token, Tokenizer, decode, parse};
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};
use std::borrow::Cow;

/// html5ever's tree, scripting off.
pub(crate) fn expected(source: &str) -> Html {
    let options = ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }, ..ParseOpts::default() };
    driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(source)
}

/// A tree as lines: a node each, indented by its depth.
fn lines<N: Copy>(root: N, child: impl Fn(N) -> Option<N>, next: impl Fn(N) -> Option<N>, show: impl Fn(N) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    // The way from the root to the node at hand.
    let mut path = vec![root];
    while let Some(&at) = path.last() {
        lines.push(format!("{} {}", path.len(), show(at)));
        if let Some(child) = child(at) {
            path.push(child);
            continue;
        }
        while let Some(done) = path.pop() {
            if let Some(next) = next(done) {
                path.push(next);
                break;
            }
        }
    }
    lines
}

/// Our tree as lines.
pub(crate) fn outline(dom: &Dom) -> Vec<String> {
    let show = |id: NodeId| match dom.kind(id) {
        Kind::Element => {
            let Some(name) = dom.name(id) else { return "no name".into() };
            let mut attributes: Vec<_> = dom.attributes(id).into_iter().map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
            attributes.sort();
            format!("<{}:{} {attributes:?}>", &*name.ns, &*name.local)
        }
        Kind::Doctype => {
            let Some(cut) = dom.start_tag(id).map(|at| &dom.source()[at.range()]) else { return "no doctype".into() };
            let Some(Token::Doctype(_, found)) = Tokenizer::new(cut).next(|| false) else { return format!("no doctype: {cut:?}") };
            format!("doctype {:?} {:?} {:?}", found.name.unwrap_or_default(), found.public.unwrap_or_default(), found.system.unwrap_or_default())
        }
        Kind::Comment => format!("<!--{:?}-->", dom.text(id)),
        Kind::Text => format!("{:?}", dom.text(id)),
        other => format!("{other:?}"),
    };
    lines(NodeId::ROOT, |id| dom.first_child(id), |id| dom.next_sibling(id), show)
}

/// html5ever's tree as lines.
fn their_outline(html: &Html) -> Vec<String> {
    let show = |node: &Node| match node {
        Node::Element(e) => format!("<{}:{} {:?}>", &*e.name.ns, &*e.name.local, attributes(e)),
        Node::Doctype(d) => format!("doctype {:?} {:?} {:?}", &*d.name, &*d.public_id, &*d.system_id),
        Node::Comment(c) => format!("<!--{:?}-->", &**c),
        Node::Text(t) => format!("{:?}", &**t),
        other => format!("{other:?}"),
    };
    lines(html.tree.root(), |n| n.first_child(), |n| n.next_sibling(), |n| show(n.value()))
}

/// An element's attributes, their names as one would write them.
fn attributes(element: &Element) -> Vec<(String, String)> {
    let mut all: Vec<_> = element
        .attrs
        .iter()
        .map(|(name, value)| {
            let prefix = name.prefix.as_ref().filter(|p| !p.is_empty()).map(|p| format!("{}:", &**p)).unwrap_or_default();
            (format!("{prefix}{}", &*name.local).to_ascii_lowercase(), value.to_string())
        })
        .collect();
    all.sort();
    all
}

/// The first difference between our tree and html5ever's.
pub(crate) fn compare(source: &str, dom: &Dom) -> Result<(), String> {
    let (ours, theirs) = (outline(dom), their_outline(&expected(source)));
    if ours == theirs {
        return Ok(());
    }
    let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
    Err(format!("line {at}:\n  ours   {:?}\n  theirs {:?}\n  before {:?}", ours.get(at), theirs.get(at), ours.get(at.wrapping_sub(1))))
}

/// Whether each tag, cut out and read alone, is the tag of its element, and each text that of its spans.
pub(crate) fn spans(source: &str, dom: &Dom) -> Result<(), String> {
    for id in dom.nodes() {
        match dom.kind(id) {
            Kind::Element => {
                let name = &*dom.name(id).ok_or("no name")?.local;
                let further = dom.further_tags(id).next().is_some();
                if let Some(at) = dom.start_tag(id) {
                    start_tag(&source[at.range()], name, &dom.attributes(id), further)?;
                }
                if let Some(at) = dom.end_tag(id) {
                    end_tag(&source[at.range()], name)?;
                }
                if let (Some(open), Some(close)) = (dom.start_tag(id), dom.end_tag(id))
                    && open.end > close.start
                {
                    return Err(format!("ends before it begins: {open:?} {close:?}"));
                }
            }
            Kind::Text => {
                let mut read = String::new();
                for run in dom.runs(id) {
                    let part = decode(&source[run.at.range()], run.coding);
                    if part.len() != run.length || (run.plain && part != source[run.at.range()]) {
                        return Err(format!("run {run:?} of {part:?}"));
                    }
                    read.push_str(&part);
                }
                if read != dom.text(id) || read.is_empty() {
                    return Err(format!("text {:?} from spans that say {read:?}", dom.text(id)));
                }
            }
            Kind::Comment => {
                let at = dom.start_tag(id).ok_or("comment without a place")?;
                let cut = &source[at.range()];
                let Some(Token::Comment(found)) = Tokenizer::new(cut).next(|| false) else { return Err(format!("no comment: {cut:?}")) };
                if decode(&cut[found.data.range()], Coding::Raw) != dom.text(id) {
                    return Err(format!("comment {:?} from {cut:?}", dom.text(id)));
                }
            }
            Kind::Doctype => {
                let at = dom.start_tag(id).ok_or("doctype without a place")?;
                let cut = &source[at.range()];
                if !matches!(Tokenizer::new(cut).next(|| false), Some(Token::Doctype(..))) {
                    return Err(format!("no doctype: {cut:?}"));
                }
            }
            Kind::Document | Kind::Fragment => {}
        }
    }
    Ok(())
}

fn start_tag(cut: &str, local: &str, found: &[(Cow<str>, Cow<str>)], further: bool) -> Result<(), String> {
    let mut tokenizer = Tokenizer::new(cut);
    let Some(Token::Start(tag)) = tokenizer.next(|| false) else { return Err(format!("no start tag: {cut:?}")) };
    if tag.at.len() != cut.len() {
        return Err(format!("tag and more: {cut:?}"));
    }
    let name = decode(&cut[tag.name.range()], Coding::Raw).to_ascii_lowercase();
    let local = local.to_ascii_lowercase();
    if name != local && !(name == "image" && local == "img") {
        return Err(format!("<{local}> from {cut:?}"));
    }
    let mut written: Vec<(String, String)> = Vec::new();
    for attribute in tokenizer.attributes() {
        let name = decode(&cut[attribute.name.range()], Coding::Raw).to_ascii_lowercase();
        if !written.iter().any(|(n, _)| *n == name) {
            written.push((name, decode(&cut[attribute.value.range()], Coding::Value)));
        }
    }
    let all = written.iter().all(|(name, value)| found.iter().any(|(n, v)| n == name && v == value));
    if !all || (!further && written.len() != found.len()) {
        return Err(format!("attributes {found:?} from {cut:?}"));
    }
    Ok(())
}

fn end_tag(cut: &str, local: &str) -> Result<(), String> {
    let Some(Token::End(tag)) = Tokenizer::new(cut).next(|| false) else { return Err(format!("no end tag: {cut:?}")) };
    let name = decode(&cut[tag.name.range()], Coding::Raw).to_ascii_lowercase();
    let local = local.to_ascii_lowercase();
    let heading = |n: &str| n.len() == 2 && n.starts_with('h') && n != "hr";
    if tag.at.len() != cut.len() || (name != local && !(heading(&name) && heading(&local))) {
        return Err(format!("</{local}> from {cut:?}"));
    }
    Ok(())
}

/// Everything that the parser promises of a page.
pub(crate) fn check(source: &str) -> Result<(), String> {
    let dom = parse(source).ok_or("too long")?;
    compare(source, &dom)?;
    spans(source, &dom)
}

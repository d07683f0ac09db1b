//! What the parser promises, checked against html5ever's own parser: for tests, fuzzing and the tool `check-trees`.

pub(crate) mod hostile;

use bodycopy::parser::{Coding, Token, Tokenizer, Tree, decode, parse};
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

/// html5ever's tree, scripting off.
pub(crate) fn expected(source: &str) -> Html {
    let options = ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }, ..ParseOpts::default() };
    driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(source)
}

/// A tree as lines: a node each, indented by its depth.
pub(crate) fn outline(html: &Html) -> Vec<String> {
    let mut lines = Vec::new();
    let mut node = Some(html.tree.root());
    let mut depth = 0;
    while let Some(at) = node {
        lines.push(format!("{depth} {:?}", Show(at.value())));
        if let Some(child) = at.first_child() {
            depth += 1;
            node = Some(child);
            continue;
        }
        let mut up = Some(at);
        while let Some(here) = up {
            if let Some(next) = here.next_sibling() {
                up = Some(next);
                break;
            }
            depth -= 1;
            up = here.parent();
        }
        node = up.filter(|n| n.parent().is_some());
    }
    lines
}

struct Show<'a>(&'a Node);

impl std::fmt::Debug for Show<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Node::Element(e) => write!(f, "<{}:{} {:?}>", &*e.name.ns, &*e.name.local, attributes(e)),
            other => other.fmt(f),
        }
    }
}

fn attributes(element: &Element) -> Vec<(String, String)> {
    let mut all: Vec<_> = element
        .attrs
        .iter()
        .map(|(name, value)| {
            let prefix = name.prefix.as_ref().filter(|p| !p.is_empty()).map(|p| format!("{}:", &**p)).unwrap_or_default();
            (format!("{prefix}{}", &*name.local), value.to_string())
        })
        .collect();
    all.sort();
    all
}

/// The first difference between our tree and html5ever's.
pub(crate) fn compare(source: &str, tree: &Tree) -> Result<(), String> {
    let expected = expected(source);
    if tree.html.tree == expected.tree && tree.html.quirks_mode == expected.quirks_mode {
        return Ok(());
    }
    let (ours, theirs) = (outline(&tree.html), outline(&expected));
    if ours == theirs && tree.html.quirks_mode == expected.quirks_mode {
        return Ok(());
    }
    let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
    Err(format!("line {at}:\n  ours   {:?}\n  theirs {:?}\n  before {:?}", ours.get(at), theirs.get(at), ours.get(at.wrapping_sub(1))))
}

/// Whether each tag, cut out and read alone, is the tag of its element, and each text that of its spans.
pub(crate) fn spans(source: &str, tree: &Tree) -> Result<(), String> {
    for node in tree.html.tree.nodes() {
        let Some(origin) = tree.origins.of(node.id()) else { return Err(format!("no origin: {:?}", node.value())) };
        match node.value() {
            Node::Element(element) => {
                let further = tree.origins.further_tags(node.id()).next().is_some();
                if let Some(at) = origin.start_tag() {
                    start_tag(&source[at.range()], element, further)?;
                }
                if let Some(at) = origin.end_tag() {
                    end_tag(&source[at.range()], element)?;
                }
                if let (Some(open), Some(close)) = (origin.start_tag(), origin.end_tag())
                    && open.end > close.start
                {
                    return Err(format!("ends before it begins: {open:?} {close:?}"));
                }
            }
            Node::Text(text) => {
                let mut read = String::new();
                for run in tree.origins.runs(node.id()) {
                    let part = decode(&source[run.at.range()], run.coding);
                    if part.len() != run.length || (run.plain && part != source[run.at.range()]) {
                        return Err(format!("run {run:?} of {part:?}"));
                    }
                    read.push_str(&part);
                }
                if read != **text {
                    return Err(format!("text {:?} from spans that say {read:?}", &**text));
                }
            }
            Node::Comment(comment) => {
                let at = origin.start_tag().ok_or("comment without a place")?;
                let cut = &source[at.range()];
                let Some(Token::Comment(found)) = Tokenizer::new(cut).next(|| false) else { return Err(format!("no comment: {cut:?}")) };
                if decode(&cut[found.data.range()], Coding::Raw) != **comment {
                    return Err(format!("comment {:?} from {cut:?}", &**comment));
                }
            }
            Node::Doctype(_) => {
                let at = origin.start_tag().ok_or("doctype without a place")?;
                let cut = &source[at.range()];
                if !matches!(Tokenizer::new(cut).next(|| false), Some(Token::Doctype(..))) {
                    return Err(format!("no doctype: {cut:?}"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn start_tag(cut: &str, element: &Element, further: bool) -> Result<(), String> {
    let mut tokenizer = Tokenizer::new(cut);
    let Some(Token::Start(tag)) = tokenizer.next(|| false) else { return Err(format!("no start tag: {cut:?}")) };
    if tag.at.len() != cut.len() {
        return Err(format!("tag and more: {cut:?}"));
    }
    let name = decode(&cut[tag.name.range()], Coding::Raw).to_ascii_lowercase();
    let local = element.name().to_ascii_lowercase();
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
    let found: Vec<_> = attributes(element).into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let all = written.iter().all(|w| found.contains(w));
    if !all || (!further && written.len() != found.len()) {
        return Err(format!("attributes {found:?} from {cut:?}"));
    }
    Ok(())
}

fn end_tag(cut: &str, element: &Element) -> Result<(), String> {
    let Some(Token::End(tag)) = Tokenizer::new(cut).next(|| false) else { return Err(format!("no end tag: {cut:?}")) };
    let name = decode(&cut[tag.name.range()], Coding::Raw).to_ascii_lowercase();
    let local = element.name().to_ascii_lowercase();
    let heading = |n: &str| n.len() == 2 && n.starts_with('h') && n != "hr";
    if tag.at.len() != cut.len() || (name != local && !(heading(&name) && heading(&local))) {
        return Err(format!("</{local}> from {cut:?}"));
    }
    Ok(())
}

/// Everything that the parser promises of a page.
pub(crate) fn check(source: &str) -> Result<(), String> {
    let tree = parse(source).ok_or("too long")?;
    compare(source, &tree)?;
    spans(source, &tree)
}

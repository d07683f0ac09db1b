//! The text of a block in Markdown, with its emphasis, links, code and images.

use super::page::{Part, joined};
use crate::input::html::{Dom, NodeId};
use crate::removal::Span;
use crate::segment::html::{Inline, Layout, Mark};
use html5ever::local_name;
use iri_string::types::{UriReferenceStr, UriReferenceString, UriString};

pub(super) struct Inlines<'w, 'a> {
    dom: &'w Dom<'a>,
    layout: &'w Layout,
    base: Option<UriString>,
    /// For each block the numbers of the marks that reach into it.
    marks: Vec<Vec<u32>>,
    /// For each block those of images that stand alone before it.
    alone: Vec<Vec<u32>>,
}

impl<'w, 'a> Inlines<'w, 'a> {
    pub(super) fn new(dom: &'w Dom<'a>, layout: &'w Layout, url: Option<&str>) -> Self {
        let (marks, alone) = reaching(layout);
        Inlines { dom, layout, base: base(dom, url), marks, alone }
    }

    /// The images that stand alone before a block.
    pub(super) fn images_before(&self, block: usize) -> impl Iterator<Item = String> {
        self.alone[block].iter().filter_map(|&mark| self.image(self.layout.marks[mark as usize].node))
    }

    /// The kept parts of a block.
    pub(super) fn text(&self, block: usize, parts: &[Part]) -> String {
        let mut out = String::new();
        let is_last = |i: usize| i + 1 == parts.len();
        for (i, Part { gap, words }) in parts.iter().enumerate() {
            if i > 0 {
                out.push_str(&self.layout.text[gap.range()]);
            }
            self.part(block, *words, is_last(i), &mut out);
        }
        // What would close a heading.
        if out.ends_with('#') {
            out.insert(out.len() - 1, '\\');
        }
        out
    }

    /// Text whose white space stays, between its fences.
    pub(super) fn code(&self, parts: &[Part]) -> Vec<String> {
        let code = joined(&self.layout.text, parts);
        let fence = "`".repeat(longest_run(&code).max(2) + 1);
        [fence.clone()].into_iter().chain(code.lines().map(str::to_owned)).chain([fence.clone()]).collect()
    }

    /// Text that begins a line, which must not be taken for a heading, a list, a quotation or a fence.
    pub(super) fn at_line_start(&self, mut text: String) -> String {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if text.starts_with(['#', '>', '+', '-', '=']) || ((1..=9).contains(&digits) && text[digits..].starts_with(['.', ')'])) {
            text.insert(digits, '\\');
        }
        text
    }

    fn part(&self, block: usize, span: Span, is_last: bool, out: &mut String) {
        let mut events = self.events(block, span, is_last);
        events.sort_by_key(|e| (e.at, e.opens, e.order));
        // One emphasis that ends where the next of its kind begins is one.
        let mut i = 0;
        while i + 1 < events.len() {
            let (a, b) = (&events[i], &events[i + 1]);
            if a.at == b.at && !a.opens && b.opens && a.sign == b.sign && a.sign.starts_with('*') {
                events.drain(i..i + 2);
                i = i.saturating_sub(1);
            } else {
                i += 1;
            }
        }
        let mut at = span.start;
        let mut code = false;
        for event in events {
            write_text(&self.layout.text[at..event.at], code, out);
            at = event.at;
            if event.sign.starts_with('`') {
                code = event.opens;
            }
            // An exclamation mark would make an image of a link.
            if event.sign == "[" && out.ends_with('!') {
                out.insert(out.len() - 1, '\\');
            }
            out.push_str(&event.sign);
        }
        write_text(&self.layout.text[at..span.end], code, out);
    }

    /// What is to be written where: the outermost opens first and closes last, and what closes comes before what opens.
    fn events(&self, block: usize, span: Span, is_last: bool) -> Vec<Event> {
        let text = &self.layout.text;
        let mut events: Vec<Event> = Vec::new();
        // Where emphasis of each kind, code and links reach.
        let mut reach = [0usize; 4];
        for (order, &number) in self.marks[block].iter().enumerate() {
            let Mark { span: all, inline, node, .. } = self.layout.marks[number as usize];
            if inline == Inline::Image {
                let is_here = span.start <= all.start && (all.start < span.end || (is_last && all.start <= self.layout.blocks[block].span.end));
                if let Some(image) = self.image(node).filter(|_| is_here) {
                    let at = all.start.min(span.end);
                    let sign = if at > span.start { format!(" {image}") } else { format!("{image} ") };
                    events.push(Event { at, opens: true, order, sign });
                }
                continue;
            }
            let (from, to) = (all.start.max(span.start), all.end.min(span.end));
            if from >= to || text[from..to].trim().is_empty() {
                continue;
            }
            let words = &text[from..to];
            let (start, end) = (to - words.trim_start().len(), from + words.trim_end().len());
            // Nothing is marked inside code, nor twice.
            if end <= reach[Inline::Code as usize] || end <= reach[inline as usize] {
                continue;
            }
            let (open, close) = match inline {
                Inline::Strong => ("**".to_owned(), "**".to_owned()),
                Inline::Emphasis => ("*".to_owned(), "*".to_owned()),
                Inline::Code => fence(&text[start..end]),
                Inline::Link => match self.link(node, "href") {
                    Some(target) => ("[".to_owned(), format!("]({target})")),
                    None => continue,
                },
                Inline::Image => continue,
            };
            reach[inline as usize] = end;
            events.push(Event { at: start, opens: true, order, sign: open });
            events.push(Event { at: end, opens: false, order: usize::MAX - order, sign: close });
        }
        events
    }

    /// `![what it shows](where it is)`, if it shows something.
    fn image(&self, node: NodeId) -> Option<String> {
        let shows = self.dom.attribute(node, "alt").filter(|alt| !alt.trim().is_empty())?;
        let mut image = String::from("![");
        write_text(&shows.split_whitespace().collect::<Vec<_>>().join(" "), false, &mut image);
        Some(format!("{image}]({})", self.link(node, "src").unwrap_or_default()))
    }

    /// The address in an attribute, absolute where the page's own is known.
    fn link(&self, node: NodeId, attribute: &str) -> Option<String> {
        let address = self.dom.attribute(node, attribute)?;
        if address.trim().is_empty() || address.trim().to_ascii_lowercase().starts_with("javascript:") {
            return None;
        }
        let encoded = encode(&address);
        Some(self.base.as_ref().and_then(|base| resolve(&encoded, base)).unwrap_or(encoded))
    }
}

struct Event {
    at: usize,
    opens: bool,
    order: usize,
    sign: String,
}

/// What addresses are relative to: what the page's `base` says, if it has one, else its own.
fn base(dom: &Dom<'_>, url: Option<&str>) -> Option<UriString> {
    let url = url.and_then(|url| UriString::try_from(encode(url)).ok())?;
    let said = dom.elements(local_name!("base")).find_map(|id| dom.attribute(id, "href"));
    let resolved = said.and_then(|href| resolve(&encode(&href), &url)).and_then(|base| UriString::try_from(base).ok());
    Some(resolved.unwrap_or(url))
}

fn resolve(address: &str, base: &UriString) -> Option<String> {
    let reference: &UriReferenceStr = UriReferenceStr::new(address).ok()?;
    let resolved: UriReferenceString = UriReferenceString::try_from(reference.resolve_against(base.to_absolute().as_ref()).to_string()).ok()?;
    Some(resolved.to_string())
}

/// An address in which all signs may stand, and none means something in Markdown.
fn encode(address: &str) -> String {
    let address: Vec<char> = address.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let mut encoded = String::with_capacity(address.len());
    let mut in_fragment = false;
    for (i, &c) in address.iter().enumerate() {
        let is_hex = |at: usize| address.get(at).is_some_and(char::is_ascii_hexdigit);
        let stands = match c {
            '%' => is_hex(i + 1) && is_hex(i + 2),
            '#' => !std::mem::replace(&mut in_fragment, true),
            c => c.is_ascii_alphanumeric() || "-._~:/?@!$&'*+,;=".contains(c),
        };
        if stands {
            encoded.push(c);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| encoded.push_str(&format!("%{b:02X}")));
        }
    }
    encoded
}

/// For each block the marks that reach into it, in their order, and the images that stand in another box before it.
fn reaching(layout: &Layout) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
    let mut all = vec![Vec::new(); layout.blocks.len()];
    let mut alone = vec![Vec::new(); layout.blocks.len()];
    let mut open: Vec<u32> = Vec::new();
    let mut next = 0;
    for (number, block) in layout.blocks.iter().enumerate() {
        open.retain(|&mark| layout.marks[mark as usize].span.end > block.span.start);
        // White space that the block ends with was cut off.
        let end = layout.blocks.get(number + 1).map_or(layout.text.len(), |next| next.span.start);
        while let Some(mark) = layout.marks.get(next).filter(|mark| mark.span.start < end) {
            if mark.inline == Inline::Image {
                let is_alone = mark.frame != layout.places[number].frame;
                if !is_alone {
                    all[number].push(next as u32);
                } else if mark.span.start <= block.span.start {
                    alone[number].push(next as u32);
                }
            } else if mark.span.end > block.span.start {
                open.push(next as u32);
            }
            next += 1;
        }
        all[number].extend(open.iter().filter(|&&mark| layout.marks[mark as usize].span.start < block.span.end));
        all[number].sort_unstable();
    }
    (all, alone)
}

/// The signs about code: more back-ticks than it has in a row.
fn fence(code: &str) -> (String, String) {
    match longest_run(code) {
        0 => ("`".to_owned(), "`".to_owned()),
        run => (format!("{} ", "`".repeat(run + 1)), format!(" {}", "`".repeat(run + 1))),
    }
}

/// Writes text so that nothing in it means anything but itself.
fn write_text(text: &str, is_code: bool, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_reference = c == '&' && chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '#');
        match c {
            '\n' => out.push(' '),
            _ if is_code => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' => out.extend(['\\', c]),
            _ if is_reference => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
}

/// The longest run of back-ticks.
fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

//! A page's kept blocks to Markdown (CommonMark, with the tables of GitHub).

use crate::cleaned::Cleaned;
use crate::cleaned::html::{Page, Unit};
use crate::input::html::{Dom, NodeId, parse};
use crate::removal::Span;
use crate::segment::block::BlockKind;
use crate::segment::html::{BoxId, Edge, Inline, Layout, Mark, lay_out};
use html5ever::local_name;
use iri_string::types::{UriReferenceStr, UriStr};
use std::collections::HashMap;

impl Cleaned<'_> {
    /// The body as Markdown. Of a page: its headings, emphasis, links, lists, tables, code, quotations, and images by their alternative texts; links are absolute
    /// where the page's URL was given. Of text: the same as [`text`](Cleaned::text).
    ///
    /// ```
    /// let page = "<article><h2>Tides</h2><p>The ferry sailed at noon, as it had in <em>all</em> the years before, and the gulls went with it.</p></article>";
    /// let markdown = bodycopy::clean_html(page).markdown();
    /// assert!(markdown.starts_with("## Tides\n\nThe ferry sailed at noon, as it had in *all* the years before"));
    /// ```
    pub fn markdown(&self) -> String {
        let Some((page, dom)) = self.page.as_ref().filter(|page| page.instead.is_none()).and_then(|page| Some((page, parse(self.source())?))) else {
            return self.text().into_owned();
        };
        let layout = lay_out(&dom);
        let kept: Vec<bool> = self.blocks().map(|(_, verdict)| !verdict.removed).collect();
        let base = page.url.as_deref().and_then(|url| UriStr::new(url).ok());
        Writer { dom: &dom, layout: &layout, base, lists: HashMap::new(), out: String::new(), item: None, table: None }.write(page, &kept)
    }
}

/// A kept part of a block, and the white space before it.
struct Part {
    gap: Span,
    words: Span,
}

struct Writer<'w, 'a> {
    dom: &'w Dom<'a>,
    layout: &'w Layout,
    base: Option<&'w UriStr>,
    /// How many items of a list are written.
    lists: HashMap<BoxId, usize>,
    out: String,
    /// The item that the last block belongs to, and the table.
    item: Option<BoxId>,
    table: Option<BoxId>,
}

impl Writer<'_, '_> {
    fn write(mut self, page: &Page, kept: &[bool]) -> String {
        let mut blocks: Vec<(usize, Vec<Part>, Edge)> = Vec::new();
        let mut edge = Edge::Line;
        let mut end = 0;
        for (Unit { span, edge: begins, block, .. }, kept) in page.units.iter().zip(kept) {
            if let Some(Edge::Blank) = begins {
                edge = Edge::Blank;
            }
            let part = Part { gap: Span::new(end.min(span.start), span.start), words: *span };
            end = span.end;
            if !kept {
                continue;
            }
            match blocks.last_mut() {
                Some((last, parts, _)) if last == block => parts.push(part),
                _ => {
                    blocks.push((*block, vec![part], edge));
                    edge = Edge::Line;
                }
            }
        }
        // The headline comes first.
        if let Some(at) = blocks.iter().position(|(block, ..)| self.layout.places[*block].level == 1) {
            let headline = blocks.remove(at);
            if let Some(first) = blocks.first_mut() {
                first.2 = Edge::Blank;
            }
            blocks.insert(0, headline);
        }
        for (block, parts, edge) in blocks {
            self.block(block, &parts, edge);
        }
        self.out
    }

    fn block(&mut self, number: usize, parts: &[Part], edge: Edge) {
        let block = self.layout.blocks[number];
        let place = self.layout.places[number];
        let (quotes, item, depth) = self.around(place.frame);
        let mut first = "> ".repeat(quotes);
        let mut further = first.clone();
        if let Some(item) = item {
            let indent = "    ".repeat(depth.saturating_sub(1));
            let marker = if self.item == Some(item) { "    ".to_owned() } else { self.marker(item) };
            first.push_str(&indent);
            first.push_str(&marker);
            further.push_str(&indent);
            further.push_str(&" ".repeat(marker.len()));
        }
        let same_list = item.is_some() && self.item.is_some() && edge == Edge::Line;
        self.item = item;
        let table = (block.kind == BlockKind::TableRow).then(|| self.table_of(place.frame));
        let in_table = table.is_some() && self.table == table;
        self.table = table;
        if !self.out.is_empty() {
            self.out.push_str(match () {
                () if in_table || same_list => "\n",
                // A line end of its own.
                () if edge == Edge::Line => "\\\n",
                () => "\n\n",
            });
        }
        match block.kind {
            BlockKind::Code => {
                let code = &self.layout.text[block.span.range()];
                let fence = "`".repeat(longest_run(code).max(2) + 1);
                let lines: Vec<String> = [&*fence]
                    .into_iter()
                    .chain(code.lines())
                    .chain([&*fence])
                    .enumerate()
                    .map(|(i, line)| format!("{}{line}", if i == 0 { &first } else { &further }))
                    .collect();
                self.out.push_str(&lines.join("\n"));
            }
            BlockKind::TableRow => {
                let cells: Vec<String> = self.inline(parts).split('\t').map(|cell| cell.replace('|', "\\|")).collect();
                self.out.push_str(&format!("{first}| {} |", cells.join(" | ")));
                if !in_table {
                    self.out.push_str(&format!("\n{further}|{}", " --- |".repeat(cells.len())));
                }
            }
            _ => {
                self.out.push_str(&first);
                if place.level > 0 {
                    self.out.push_str(&"#".repeat(place.level.into()));
                    self.out.push(' ');
                }
                let text = self.inline(parts);
                self.out.push_str(&text);
            }
        }
    }

    /// How many quotations are around a box, the innermost item of a list, and how many lists.
    fn around(&self, frame: BoxId) -> (usize, Option<BoxId>, usize) {
        let (mut quotes, mut item, mut depth) = (0, None, 0);
        let mut at = frame;
        while at != BoxId::PAGE {
            let found = &self.layout.boxes[at.index()];
            match self.dom.html_name(found.node) {
                Some(&local_name!("blockquote")) => quotes += 1,
                Some(&local_name!("li")) => {
                    item = item.or(Some(at));
                    depth += 1;
                }
                _ => {}
            }
            at = found.parent;
        }
        (quotes, item, depth)
    }

    fn table_of(&self, row: BoxId) -> BoxId {
        let mut at = row;
        while at != BoxId::PAGE && self.dom.html_name(self.layout.boxes[at.index()].node).is_none_or(|name| *name != local_name!("table")) {
            at = self.layout.boxes[at.index()].parent;
        }
        at
    }

    /// What an item begins with: a bullet, or its number.
    fn marker(&mut self, item: BoxId) -> String {
        let list = self.layout.boxes[item.index()].parent;
        let node = self.layout.boxes[list.index()].node;
        let count = self.lists.entry(list).or_default();
        *count += 1;
        match self.dom.html_name(node) {
            Some(&local_name!("ol")) => {
                let start = self.dom.attribute(node, "start").and_then(|s| s.trim().parse::<usize>().ok()).unwrap_or(1);
                format!("{}. ", (start - 1 + *count).min(MOST_ITEMS))
            }
            _ => "- ".to_owned(),
        }
    }

    /// The text of the kept parts of a block, with its emphasis, links and images.
    fn inline(&self, parts: &[Part]) -> String {
        let mut out = String::new();
        for (i, Part { gap, words: span }) in parts.iter().enumerate() {
            if i > 0 {
                out.push_str(&self.layout.text[gap.range()]);
            }
            let marks = &self.layout.marks;
            let from = marks.partition_point(|m| m.span.end <= span.start && !m.span.is_empty() || m.span.start < span.start && m.span.is_empty());
            self.marked(*span, &marks[from..], &mut out);
        }
        if out.starts_with(['#', '>', '+', '-', '=']) || starts_with_number(&out) {
            out.insert(out.bytes().take_while(u8::is_ascii_digit).count(), '\\');
        }
        out
    }

    fn marked(&self, span: Span, marks: &[Mark], out: &mut String) {
        let text = &self.layout.text;
        // What is to be written where, the outermost first; closings before openings.
        let mut events: Vec<(usize, bool, usize, String)> = Vec::new();
        for (order, mark) in marks.iter().enumerate().take_while(|(_, m)| m.span.start < span.end) {
            let inside = Span::new(mark.span.start.max(span.start), mark.span.end.min(span.end));
            if mark.inline == Inline::Image {
                if let Some(image) = self.image(mark.node) {
                    events.push((inside.start, true, order, image));
                }
                continue;
            }
            if inside.start >= inside.end || text[inside.range()].trim().is_empty() {
                continue;
            }
            let words = &text[inside.range()];
            let start = inside.end - words.trim_start().len();
            let end = inside.start + words.trim_end().len();
            let (open, close) = match mark.inline {
                Inline::Strong => ("**".to_owned(), "**".to_owned()),
                Inline::Emphasis => ("*".to_owned(), "*".to_owned()),
                Inline::Code => ("`".to_owned(), "`".to_owned()),
                Inline::Link => match self.link(mark.node, "href") {
                    Some(target) => ("[".to_owned(), format!("]({target})")),
                    None => continue,
                },
                Inline::Image => continue,
            };
            events.push((start, true, order, open));
            events.push((end, false, usize::MAX - order, close));
        }
        events.sort_by_key(|(at, opens, order, _)| (*at, *opens, *order));
        let mut at = span.start;
        let mut code = 0usize;
        for (place, opens, _, sign) in events {
            write_text(&text[at..place], code > 0, out);
            at = place;
            if sign == "`" {
                code = if opens { code + 1 } else { code.saturating_sub(1) };
            }
            out.push_str(&sign);
        }
        write_text(&text[at..span.end], code > 0, out);
    }

    /// `![what it shows](where it is)`, if it shows something.
    fn image(&self, node: NodeId) -> Option<String> {
        let shows = self.dom.attribute(node, "alt").filter(|alt| !alt.trim().is_empty())?;
        let mut image = String::from("![");
        write_text(&shows.split_whitespace().collect::<Vec<_>>().join(" "), false, &mut image);
        let target = self.link(node, "src").unwrap_or_default();
        Some(format!("{image}]({target}) "))
    }

    /// The address in an attribute, absolute where the page's own is known.
    fn link(&self, node: NodeId, attribute: &str) -> Option<String> {
        let address = self.dom.attribute(node, attribute)?;
        let address: String = address.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
        if address.is_empty() || address.to_ascii_lowercase().starts_with("javascript:") {
            return None;
        }
        let encoded = encode(&address);
        let absolute = self.base.and_then(|base| {
            let reference = UriReferenceStr::new(&encoded).ok()?;
            Some(reference.resolve_against(base.to_absolute().as_ref()).to_string())
        });
        Some(absolute.unwrap_or(encoded))
    }
}

/// A number that no list reaches.
const MOST_ITEMS: usize = 999_999_999;

/// An address whose signs all may stand in one, and in Markdown's brackets.
fn encode(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' => encoded.push_str("%28"),
            ')' => encoded.push_str("%29"),
            c if c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'*+,;=%".contains(c) => encoded.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| encoded.push_str(&format!("%{b:02X}"))),
        }
    }
    encoded
}

/// Writes text so that nothing in it means anything but itself.
fn write_text(text: &str, is_code: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' if !is_code => {
                out.push('\\');
                out.push(c);
            }
            '`' => out.push('\''),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
}

fn starts_with_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')'])
}

/// The longest run of back-ticks.
fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

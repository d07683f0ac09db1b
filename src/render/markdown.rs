//! A page's kept blocks to Markdown (CommonMark, with the tables of GitHub).

use super::inline::Inlines;
use super::page::{Kept, kept};
use crate::cleaned::Cleaned;
use crate::input::html::{Dom, parse};
use crate::segment::block::BlockKind;
use crate::segment::html::{BoxId, Edge, Layout, lay_out};
use html5ever::local_name;
use std::collections::{HashMap, HashSet};

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
        let page = self.page.as_ref().filter(|page| page.instead.is_none());
        let Some((page, dom)) = page.and_then(|page| Some((page, parse(self.source())?))) else { return self.text().into_owned() };
        let layout = lay_out(&dom);
        let blocks = kept(page, self.blocks().map(|(_, verdict)| verdict.removed));
        let inlines = Inlines::new(&dom, &layout, page.url.as_deref());
        Writer { dom: &dom, layout: &layout, inlines, counts: HashMap::new(), marked: HashSet::new(), out: String::new(), last: None }.write(&blocks)
    }
}

/// What a block stands in, as far as Markdown shows it, from the outside in.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Quote,
    Item(BoxId),
}

/// Quotations and lists in one another that are shown.
const DEEPEST: usize = 12;
/// A number that no list reaches.
const MOST_ITEMS: usize = 999_999_999;

/// The block written last.
struct Last {
    number: usize,
    item: Option<BoxId>,
    table: Option<BoxId>,
}

struct Writer<'w, 'a> {
    dom: &'w Dom<'a>,
    layout: &'w Layout,
    inlines: Inlines<'w, 'a>,
    /// The number of a list's last item.
    counts: HashMap<BoxId, usize>,
    /// Items that have their bullet.
    marked: HashSet<BoxId>,
    out: String,
    last: Option<Last>,
}

impl Writer<'_, '_> {
    fn write(mut self, blocks: &[Kept]) -> String {
        for block in blocks {
            // An image between two blocks that stay belongs to them.
            if self.last.as_ref().is_some_and(|last| last.number + 1 == block.number) {
                for image in self.inlines.images_before(block.number) {
                    self.out.push_str("\n\n");
                    self.out.push_str(&image);
                }
            }
            self.block(block);
        }
        self.out
    }

    fn block(&mut self, kept: &Kept) {
        let layout = self.layout;
        let (block, place) = (layout.blocks[kept.number], layout.places[kept.number]);
        let around = self.around(place.frame);
        let item = around.iter().rev().find_map(|a| if let Around::Item(item) = a { Some(*item) } else { None });
        let table = (block.kind == BlockKind::TableRow).then(|| self.table_of(place.frame));
        let last = self.last.replace(Last { number: kept.number, item, table });
        let in_table = table.is_some() && last.as_ref().is_some_and(|l| l.table == table);
        let was_table = last.as_ref().is_some_and(|l| l.table.is_some());
        let is_line = kept.edge == Edge::Line;
        let goes_on =
            is_line && last.as_ref().is_some_and(|l| layout.places[l.number].level == place.level && layout.places[l.number].frame == place.frame);
        // The lines of a heading are one.
        if goes_on && place.level > 0 {
            let text = self.inlines.text(kept.number, &kept.parts);
            self.out.push(' ');
            self.out.push_str(&text);
            return;
        }
        if let Some(last) = &last {
            let lists = item.is_some() && last.item.is_some() && is_line;
            self.out.push_str(match () {
                () if in_table => "\n",
                () if was_table || table.is_some() => "\n\n",
                () if lists => "\n",
                // A line end of its own.
                () if goes_on => "\\\n",
                () => "\n\n",
            });
        }
        let (first, further) = self.prefixes(&around);
        let lines = match block.kind {
            BlockKind::Code => self.inlines.code(&kept.parts),
            BlockKind::TableRow => {
                let row = self.inlines.text(kept.number, &kept.parts);
                let cells: Vec<String> = row.split('\t').map(|cell| cell.replace('|', "\\|")).collect();
                let mut lines = vec![format!("| {} |", cells.join(" | "))];
                if !in_table {
                    lines.push(format!("|{}", " --- |".repeat(cells.len())));
                }
                lines
            }
            _ => {
                let text = self.inlines.text(kept.number, &kept.parts);
                vec![if place.level > 0 { format!("{} {text}", "#".repeat(place.level.into())) } else { self.inlines.at_line_start(text) }]
            }
        };
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                self.out.push('\n');
            }
            self.out.push_str(if i == 0 { &first } else { &further });
            self.out.push_str(line);
        }
    }

    /// The quotations and items around a box.
    fn around(&self, frame: BoxId) -> Vec<Around> {
        let mut around = Vec::new();
        let mut at = frame;
        while at != BoxId::PAGE {
            let found = &self.layout.boxes[at.index()];
            match self.dom.html_name(found.node) {
                Some(&local_name!("blockquote")) => around.push(Around::Quote),
                Some(&local_name!("li")) => around.push(Around::Item(at)),
                _ => {}
            }
            at = found.parent;
        }
        around.truncate(DEEPEST);
        around.reverse();
        around
    }

    /// What the first line of a block begins with, and further ones.
    fn prefixes(&mut self, around: &[Around]) -> (String, String) {
        let (mut first, mut further) = (String::new(), String::new());
        let innermost = around.iter().rposition(|a| matches!(a, Around::Item(_)));
        for (i, a) in around.iter().enumerate() {
            let (of_first, of_further) = match *a {
                Around::Quote => ("> ".to_owned(), "> "),
                Around::Item(item) if self.marked.contains(&item) => ("    ".to_owned(), "    "),
                Around::Item(item) if Some(i) == innermost => {
                    self.marked.insert(item);
                    (self.marker(item), "    ")
                }
                // Its bullet went with its text.
                Around::Item(_) => (String::new(), ""),
            };
            first.push_str(&of_first);
            further.push_str(of_further);
        }
        (first, further)
    }

    /// What an item begins with: a bullet, or its number.
    fn marker(&mut self, item: BoxId) -> String {
        let frame = &self.layout.boxes[item.index()];
        let list = self.layout.boxes[frame.parent.index()].node;
        let number = |node, name: &str| self.dom.attribute(node, name).and_then(|s| s.trim().parse::<usize>().ok());
        let is_ordered = self.dom.html_name(list).is_some_and(|name| *name == local_name!("ol"));
        if !is_ordered {
            return "- ".to_owned();
        }
        let next = self.counts.get(&frame.parent).map_or_else(|| number(list, "start").unwrap_or(1), |last| last.saturating_add(1));
        let number = number(frame.node, "value").unwrap_or(next).min(MOST_ITEMS);
        self.counts.insert(frame.parent, number);
        format!("{number}. ")
    }

    fn table_of(&self, row: BoxId) -> BoxId {
        let mut at = row;
        while at != BoxId::PAGE && self.dom.html_name(self.layout.boxes[at.index()].node).is_none_or(|name| *name != local_name!("table")) {
            at = self.layout.boxes[at.index()].parent;
        }
        at
    }
}

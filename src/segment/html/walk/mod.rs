//! The walk over a page's tree that lays it out.

mod text;

use super::display::{self, Display};
use super::layout::{BoxId, Choice, Edge, Frame, Inline, Layout, Mark, Place};
use crate::input::html::{Dom, Kind, NodeId};
use crate::removal::Span;
use crate::segment::block::{Block, BlockKind};
use crate::segment::text::shape;
use html5ever::{local_name, ns};
use std::collections::HashMap;

/// Lays a page out.
pub(crate) fn lay_out(dom: &Dom<'_>) -> Layout {
    lay_out_with(dom, &HashMap::new())
}

/// Lays a page out, and notes what the chosen elements say.
pub(crate) fn lay_out_with(dom: &Dom<'_>, chosen: &HashMap<NodeId, Choice>) -> Layout {
    let displays = dom.names().iter().map(|name| match name.ns {
        ns!(html) => display::of(&name.local),
        ns!(mathml) if !name.local.starts_with("annotation") => Display::Inline,
        _ => Display::Nothing,
    });
    let mut walk = Walk {
        dom,
        chosen,
        choices: Vec::new(),
        displays: displays.collect(),
        inlines: dom.names().iter().map(|name| (name.ns == ns!(html)).then(|| display::inline(&name.local)).flatten()).collect(),
        open_marks: Vec::new(),
        layout: Layout::default(),
        frame: BoxId::PAGE,
        start: 0,
        first_piece: 0,
        space: None,
        held: Vec::new(),
        tabs: 0,
        row: None,
        preformatted: 0,
        link: 0,
        bold: 0,
        linked: 0,
        bolded: 0,
        links: 0,
        breaks: 0,
        crossed: true,
        list: None,
    };
    walk.layout.text.reserve(dom.source().len() / 8);
    walk.layout.boxes.push(Frame { node: NodeId::ROOT, parent: BoxId::PAGE, depth: 0, level: 0, first: 0, end: 0, hidden: false, no_script: false });
    walk.run();
    walk.layout
}

struct Walk<'d, 'a> {
    dom: &'d Dom<'a>,
    chosen: &'d HashMap<NodeId, Choice>,
    /// The chosen elements that have not ended, and where their text begins.
    choices: Vec<(NodeId, usize, Choice)>,
    /// By the number of a name.
    displays: Vec<Display>,
    inlines: Vec<Option<Inline>>,
    /// The marks whose elements have not ended.
    open_marks: Vec<usize>,
    layout: Layout,
    /// The box at hand.
    frame: BoxId,
    /// Where the block at hand begins in the text, and its first piece.
    start: usize,
    first_piece: u32,
    /// White space that comes before the next word, if one does.
    space: Option<(Span, NodeId)>,
    /// White space that code begins with, which is written when something follows.
    held: Vec<(String, Span, NodeId, bool)>,
    /// Cells that begin before the next word.
    tabs: u32,
    /// The row at hand, if it is one block.
    row: Option<NodeId>,
    /// Elements around that keep white space, are links, are bold.
    preformatted: u32,
    link: u32,
    bold: u32,
    linked: u32,
    bolded: u32,
    links: u16,
    /// Line ends since the last block.
    breaks: u32,
    /// A box began or ended since the last block.
    crossed: bool,
    /// The outermost list around the last block, if it was an item of one.
    list: Option<BoxId>,
}

impl Walk<'_, '_> {
    fn run(&mut self) {
        self.dom.visit(|node, begins| {
            if begins {
                return self.enter(node);
            }
            self.leave(node);
            true
        });
        self.finish();
        self.layout.boxes[0].end = self.layout.blocks.len() as u32;
    }

    /// How a node is laid out; `None` for what is no element.
    fn display(&self, node: NodeId) -> Option<Display> {
        self.dom.name_number(node).map(|number| self.displays[number])
    }

    /// Goes into a node; whether what is in it matters.
    fn enter(&mut self, node: NodeId) -> bool {
        let Some(display) = self.display(node) else {
            if self.dom.kind(node) == Kind::Text {
                self.text(node);
            }
            return true;
        };
        let hidden = self.dom.attribute_count(node) > 0 && display != Display::Nothing && self.is_hidden(node, display);
        match display {
            Display::Nothing => return false,
            _ if self.is_unparsed(node) => return false,
            Display::Break => {
                if self.row.is_some() {
                    self.space.get_or_insert((Span::new(0, 0), node));
                } else if self.preformatted > 0 {
                    self.verbatim("\n", self.dom.start_tag(node).unwrap_or(Span::new(0, 0)), node, false);
                } else {
                    self.finish();
                    self.breaks += 1;
                }
                return false;
            }
            Display::Cell if self.row.is_some() => self.tabs += u32::from(self.layout.text.len() > self.start),
            Display::Inline if !hidden => {
                let inline = self.inline(node);
                self.count(inline, 1);
                if let Some(inline) = inline {
                    let start = self.layout.text.len();
                    if inline != Inline::Image {
                        self.open_marks.push(self.layout.marks.len());
                    }
                    self.layout.marks.push(Mark { span: Span::new(start, start), inline, node, frame: self.frame });
                }
            }
            _ => self.open(node, display, hidden),
        }
        if let Some(&choice) = self.chosen.get(&node) {
            self.choices.push((node, self.layout.text.len(), choice));
        }
        true
    }

    fn leave(&mut self, node: NodeId) {
        let Some(display) = self.display(node) else { return };
        if let Some(&(chosen, start, choice)) = self.choices.last()
            && chosen == node
        {
            self.choices.pop();
            self.layout.chosen.push((Span::new(start, self.layout.text.len()), choice));
        }
        match display {
            Display::Nothing | Display::Break => {}
            Display::Cell if self.row.is_some() => {}
            _ if self.layout.boxes[self.frame.index()].node == node => self.close(node, display),
            _ => {
                let inline = self.inline(node);
                self.count(inline, -1);
                if inline.is_some_and(|i| i != Inline::Image)
                    && let Some(mark) = self.open_marks.pop()
                {
                    self.layout.marks[mark].span.end = self.layout.text.len();
                }
            }
        }
    }

    fn inline(&self, node: NodeId) -> Option<Inline> {
        self.dom.name_number(node).and_then(|number| self.inlines[number])
    }

    /// A link or bold text begins or ends.
    fn count(&mut self, inline: Option<Inline>, by: i32) {
        match inline {
            Some(Inline::Link) => {
                self.link = self.link.saturating_add_signed(by);
                self.links = self.links.saturating_add(u16::from(by > 0));
            }
            Some(Inline::Strong) => self.bold = self.bold.saturating_add_signed(by),
            _ => {}
        }
    }

    /// A box begins.
    fn open(&mut self, node: NodeId, display: Display, hidden: bool) {
        self.finish();
        self.crossed = true;
        let parent = self.layout.boxes[self.frame.index()];
        let first = self.layout.blocks.len() as u32;
        let name = self.dom.html_name(node);
        self.layout.boxes.push(Frame {
            node,
            parent: self.frame,
            depth: parent.depth + 1,
            level: name.map_or(0, display::level).max(parent.level),
            first,
            end: first,
            hidden: parent.hidden || hidden || name.is_some_and(|n| *n == local_name!("template")),
            no_script: parent.no_script || name.is_some_and(|n| *n == local_name!("noscript")),
        });
        self.frame = BoxId(self.layout.boxes.len() as u32 - 1);
        match display {
            Display::Preformatted => self.preformatted += 1,
            Display::Row if self.row.is_none() && self.is_simple_row(node) => self.row = Some(node),
            _ => {}
        }
        // A hidden inline element is a box, and a link or bold all the same.
        self.count(self.inline(node), 1);
    }

    fn close(&mut self, node: NodeId, display: Display) {
        self.finish();
        self.crossed = true;
        self.tabs = 0;
        if display == Display::Preformatted {
            self.preformatted -= 1;
        }
        if self.row == Some(node) {
            self.row = None;
        }
        self.count(self.inline(node), -1);
        let end = self.layout.blocks.len() as u32;
        let frame = &mut self.layout.boxes[self.frame.index()];
        frame.end = end;
        self.frame = frame.parent;
    }

    /// What is hidden from those who hear the page alone is seen all the same, if it is part of a line.
    fn is_hidden(&self, node: NodeId, display: Display) -> bool {
        let mut hidden = false;
        self.dom.each_written(node, |name, value| {
            hidden |= match name.len() {
                5 if name.eq_ignore_ascii_case("style") => hides(value),
                6 if name.eq_ignore_ascii_case("hidden") => !value.eq_ignore_ascii_case("until-found"),
                11 if display != Display::Inline && name.eq_ignore_ascii_case("aria-hidden") => value.eq_ignore_ascii_case("true"),
                _ => false,
            };
        });
        hidden
    }

    /// Whether an element's markup is a text, as that of `noscript` is where a page was parsed for a browser with scripts.
    fn is_unparsed(&self, node: NodeId) -> bool {
        self.dom.is_imported()
            && self.dom.html_name(node).is_some_and(|name| *name == local_name!("noscript"))
            && self.dom.first_child(node).is_some_and(|child| self.dom.kind(child) == Kind::Text && self.dom.text(child).contains('<'))
    }

    /// Whether no cell of a row holds more than one line.
    fn is_simple_row(&self, row: NodeId) -> bool {
        let mut next = self.dom.first_child(row);
        while let Some(at) = next {
            let inside = match self.display(at) {
                Some(Display::Block | Display::Table | Display::Row | Display::Preformatted | Display::Break) => return false,
                Some(Display::Nothing) => false,
                Some(Display::Cell) if self.is_hidden(at, Display::Cell) => return false,
                Some(Display::Cell | Display::Inline) | None => true,
            };
            next = self.dom.next_within(row, at, inside);
        }
        true
    }

    /// The block at hand is over.
    fn finish(&mut self) {
        self.space = None;
        self.held.clear();
        let layout = &mut self.layout;
        let (linked, bold, links) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.bolded), std::mem::take(&mut self.links));
        let all = &layout.text[self.start..];
        let text = all.trim_end();
        if text.is_empty() {
            return;
        }
        let visible = text.len() - text.trim_start().len();
        // A line of code keeps its indent.
        let blank = if self.preformatted > 0 { text[..visible].rfind(['\n', '\r']).map_or(0, |i| i + 1) } else { visible };
        let span = Span::new(self.start + blank, self.start + text.len());
        let frame = &layout.boxes[self.frame.index()];
        let name = self.dom.html_name(frame.node);
        let level = frame.level;
        let kind = match name {
            _ if self.preformatted > 0 => BlockKind::Code,
            _ if self.row.is_some() => BlockKind::TableRow,
            _ if level > 0 => BlockKind::Heading,
            Some(&(local_name!("li") | local_name!("dt") | local_name!("dd"))) => BlockKind::ListItem,
            Some(&(local_name!("figcaption") | local_name!("caption"))) => BlockKind::Caption,
            _ => shape(&layout.text[span.range()]),
        };
        let list = match kind {
            BlockKind::ListItem => outer_list(self.dom, &layout.boxes, self.frame),
            BlockKind::TableRow => outer_table(self.dom, &layout.boxes, self.frame),
            _ => None,
        };
        let edge = match self.breaks {
            1 if !self.crossed => Edge::Line,
            _ if self.crossed && list.is_some() && list == self.list => Edge::Line,
            _ => Edge::Blank,
        };
        layout.places.push(Place { frame: self.frame, edge, list, level, linked, links, bold, pieces: (self.first_piece, layout.pieces.len()) });
        layout.blocks.push(Block { span, kind, paragraph: layout.blocks.len() as u32 });
        // What judges text looks for line ends.
        layout.text.push_str("\n\n");
        self.start = layout.text.len();
        (self.list, self.crossed, self.breaks, self.tabs) = (list, false, 0, 0);
    }
}

/// Whether a `style` hides its element.
fn hides(style: &str) -> bool {
    if style.len() < "display:none".len() {
        return false;
    }
    let style = style.to_ascii_lowercase();
    let value = |name: &str| Some(style[style.find(name)? + name.len()..].trim_start().strip_prefix(':')?.trim_start());
    value("display").is_some_and(|v| v.starts_with("none")) || value("visibility").is_some_and(|v| v.starts_with("hidden"))
}

/// The outermost of the lists that are directly in one another, around an item.
fn outer_list(dom: &Dom<'_>, boxes: &[Frame], item: BoxId) -> Option<BoxId> {
    outer(dom, boxes, item, |name| matches!(*name, local_name!("ul") | local_name!("ol") | local_name!("dl") | local_name!("menu")))
}

fn outer_table(dom: &Dom<'_>, boxes: &[Frame], row: BoxId) -> Option<BoxId> {
    outer(dom, boxes, row, |name| *name == local_name!("table"))
}

fn outer(dom: &Dom<'_>, boxes: &[Frame], from: BoxId, is_it: impl Fn(&html5ever::LocalName) -> bool) -> Option<BoxId> {
    let mut found = None;
    let mut at = from;
    while at != BoxId::PAGE {
        let frame = &boxes[at.index()];
        let name = dom.html_name(frame.node)?;
        if is_it(name) {
            found = Some(at);
        }
        // Nothing but lists and tables, and their parts, is between them.
        let part = matches!(
            *name,
            local_name!("li")
                | local_name!("dt")
                | local_name!("dd")
                | local_name!("tr")
                | local_name!("td")
                | local_name!("tbody")
                | local_name!("thead")
                | local_name!("tfoot")
        );
        if !part && found != Some(at) {
            break;
        }
        at = frame.parent;
    }
    found
}

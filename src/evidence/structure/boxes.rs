//! What is known of each box: its names and kind, what it holds, and whether others are like it.

use super::markup::{Names, read};
use crate::evidence::fold::step;
use crate::input::html::{Dom, NodeId};
use crate::segment::html::{BoxId, Layout};
use foldhash::fast::RandomState;
use html5ever::{LocalName, local_name};
use std::collections::HashMap;

/// Boxes of one kind in one place from which on they are cards.
const CARDS: u32 = 3;

/// The kinds of elements that say something of all that is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Role {
    Article,
    Main,
    Header,
    Footer,
    Nav,
    Aside,
    Form,
    List,
    Table,
    Figure,
    Quote,
    Button,
    Details,
    Dialog,
    Section,
    Link,
}

pub(super) const ROLES: usize = 16;
/// What is said of the card of a block that is in none.
pub(super) const CARDLESS: f32 = -1.0;

/// Sums over the blocks in a box.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) blocks: f32,
    pub(super) words: f32,
    pub(super) linked: f32,
    /// Words in blocks that read like prose.
    pub(super) prose: f32,
    pub(super) ends: f32,
    pub(super) headings: f32,
    /// Words that the page's description has, too.
    pub(super) described: f32,
}

impl Sum {
    pub(super) fn add(&mut self, other: &Sum, sign: f32) {
        self.blocks += sign * other.blocks;
        self.words += sign * other.words;
        self.linked += sign * other.linked;
        self.prose += sign * other.prose;
        self.ends += sign * other.ends;
        self.headings += sign * other.headings;
        self.described += sign * other.described;
    }

    /// The share of words in links.
    pub(super) fn link_density(&self) -> f32 {
        self.linked / self.words.max(1.0)
    }
}

/// What is known of a box.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// What its own names say, those of the three nearest boxes, those of all around it.
    pub(super) near: Names,
    pub(super) any: Names,
    /// Roles of it and what is around it, as a set of bits.
    pub(super) roles: u32,
    pub(super) sum: Sum,
    /// The nearest box around it that holds more blocks.
    pub(super) wider: BoxId,
    /// Boxes like it beside it, itself among them.
    pub(super) alike: u32,
    /// It, or the nearest box around it, that has others like it beside it; the page, if none has.
    pub(super) card: BoxId,
    /// Stands for its kind and name, and those of the two boxes around it.
    pub(super) signature: u64,
}

/// All boxes of a page.
#[derive(Debug)]
pub(crate) struct Surroundings {
    pub(super) boxes: Vec<Known>,
    /// The smallest box that holds most of the page's prose.
    pub(super) core: BoxId,
}

/// The share of its prose that a box must hold for the core to be in it.
const CORE: f32 = 0.6;

impl Surroundings {
    pub(super) fn of(&self, id: BoxId) -> &Known {
        &self.boxes[id.index()]
    }
}

/// `until` holds the sums of the blocks up to each.
pub(super) fn look_around(dom: &Dom<'_>, layout: &Layout, until: &[Sum]) -> Surroundings {
    let mut values: HashMap<&str, Names, RandomState> = HashMap::default();
    let mut likes: HashMap<(BoxId, u64), u32, RandomState> = HashMap::default();
    let mut own: Vec<(Names, u64)> = Vec::with_capacity(layout.boxes.len());
    let mut boxes: Vec<Known> = Vec::with_capacity(layout.boxes.len());
    for (i, frame) in layout.boxes.iter().enumerate() {
        let mut sum = until[frame.end as usize];
        sum.add(&until[frame.first as usize], -1.0);
        let (names, role, kind) = element(dom, frame.node, &mut values);
        own.push((names, kind));
        let id = BoxId(i as u32);
        if id == BoxId::PAGE {
            boxes.push(Known { near: names, any: names, roles: role, sum, wider: id, alike: 1, card: id, signature: kind });
            continue;
        }
        let parent = boxes[frame.parent.index()];
        let grandparent = layout.boxes[frame.parent.index()].parent;
        let (parent_own, grand_own) = (own[frame.parent.index()], own[grandparent.index()]);
        *likes.entry((frame.parent, kind)).or_default() += u32::from(sum.blocks > 0.0);
        boxes.push(Known {
            near: names.and(parent_own.0).and(grand_own.0),
            any: names.and(parent.any),
            roles: role | parent.roles,
            sum,
            wider: if parent.sum.blocks > sum.blocks { frame.parent } else { parent.wider },
            alike: 1,
            card: BoxId::PAGE,
            signature: mix(mix(kind, parent_own.1), grand_own.1),
        });
    }
    for (i, frame) in layout.boxes.iter().enumerate().skip(1) {
        let alike = likes.get(&(frame.parent, own[i].1)).copied().unwrap_or(1);
        let card = if alike >= CARDS { BoxId(i as u32) } else { boxes[frame.parent.index()].card };
        (boxes[i].alike, boxes[i].card) = (alike, card);
    }
    let core = core(layout, &boxes);
    Surroundings { boxes, core }
}

/// Goes down from the page as long as one box holds most of the prose.
fn core(layout: &Layout, boxes: &[Known]) -> BoxId {
    let mut best: Vec<(f32, BoxId)> = vec![(0.0, BoxId::PAGE); boxes.len()];
    for (i, frame) in layout.boxes.iter().enumerate().skip(1) {
        let prose = boxes[i].sum.prose;
        let of_parent = &mut best[frame.parent.index()];
        if prose > of_parent.0 {
            *of_parent = (prose, BoxId(i as u32));
        }
    }
    let mut at = BoxId::PAGE;
    loop {
        let (prose, child) = best[at.index()];
        if child == BoxId::PAGE || prose < CORE * boxes[at.index()].sum.prose || prose <= 0.0 {
            return at;
        }
        // A paragraph is no core.
        if boxes[child.index()].sum.blocks < 2.0 {
            return at;
        }
        at = child;
    }
}

/// One hash for two, in their order.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// What an element's names say, its role as a bit, and a number for its kind and class.
fn element<'d>(dom: &Dom<'d>, node: NodeId, values: &mut HashMap<&'d str, Names, RandomState>) -> (Names, u32, u64) {
    let Some(name) = dom.html_name(node) else { return (Names::default(), 0, 0) };
    let mut names = Names::default();
    let mut kind: u64 = name.get_hash();
    let mut role = role(name).map_or(0, |r| 1 << r as u32);
    dom.each_written(node, |attribute, value| {
        let names_something = match attribute.len() {
            2 => attribute.eq_ignore_ascii_case("id"),
            4 => attribute.eq_ignore_ascii_case("role"),
            5 => attribute.eq_ignore_ascii_case("class"),
            8 => attribute.eq_ignore_ascii_case("itemprop") || attribute.eq_ignore_ascii_case("property"),
            11 => attribute.eq_ignore_ascii_case("data-testid") || attribute.eq_ignore_ascii_case("data-module"),
            14 => attribute.eq_ignore_ascii_case("data-component"),
            _ => false,
        };
        if !names_something {
            return;
        }
        names = names.and(*values.entry(value).or_insert_with(|| read(value)));
        match attribute.len() {
            5 => kind = value.bytes().filter(|b| !b.is_ascii_digit()).fold(kind, step),
            4 => role |= by_attribute(value).map_or(0, |r| 1 << r as u32),
            _ => {}
        }
    });
    (names, role, kind)
}

fn role(name: &LocalName) -> Option<Role> {
    Some(match *name {
        local_name!("article") => Role::Article,
        local_name!("main") => Role::Main,
        local_name!("header") => Role::Header,
        local_name!("footer") => Role::Footer,
        local_name!("nav") | local_name!("menu") => Role::Nav,
        local_name!("aside") => Role::Aside,
        local_name!("form") | local_name!("fieldset") => Role::Form,
        local_name!("ul") | local_name!("ol") | local_name!("dl") => Role::List,
        local_name!("table") => Role::Table,
        local_name!("figure") | local_name!("figcaption") => Role::Figure,
        local_name!("blockquote") => Role::Quote,
        local_name!("button") => Role::Button,
        local_name!("details") | local_name!("summary") => Role::Details,
        local_name!("dialog") => Role::Dialog,
        local_name!("section") => Role::Section,
        local_name!("a") => Role::Link,
        _ => return None,
    })
}

fn by_attribute(value: &str) -> Option<Role> {
    Some(match value {
        "article" => Role::Article,
        "main" => Role::Main,
        "banner" => Role::Header,
        "contentinfo" => Role::Footer,
        "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => Role::Nav,
        "complementary" => Role::Aside,
        "form" | "search" => Role::Form,
        "list" => Role::List,
        "button" => Role::Button,
        "dialog" | "alertdialog" | "alert" => Role::Dialog,
        _ => return None,
    })
}

/// A number for the commonest elements that blocks are.
pub(super) fn element_number(dom: &Dom<'_>, node: NodeId) -> f32 {
    match dom.html_name(node) {
        Some(&local_name!("p")) => 1.0,
        Some(&local_name!("div")) => 2.0,
        Some(&local_name!("li")) => 3.0,
        Some(&local_name!("td")) => 4.0,
        Some(&local_name!("th")) => 5.0,
        Some(&local_name!("dd")) => 6.0,
        Some(&local_name!("dt")) => 7.0,
        Some(&local_name!("blockquote")) => 8.0,
        Some(&local_name!("body")) => 9.0,
        Some(&local_name!("pre")) => 10.0,
        Some(&local_name!("h1") | &local_name!("h2")) => 11.0,
        Some(&local_name!("h3") | &local_name!("h4") | &local_name!("h5") | &local_name!("h6")) => 12.0,
        _ => 0.0,
    }
}

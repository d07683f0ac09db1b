//! What the page as a whole is like, and where its article seems to begin.

use super::boxes::{Role, Surroundings};
use super::signal::Signal;
use super::signals::Between;
use crate::input::html::{Dom, NodeId};
use crate::input::linked_data;
use crate::segment::html::{BoxId, Layout};
use html5ever::local_name;
use memchr::memmem;
use std::ops::Range;

/// Words of prose that a box around the headline holds for the article to be in it.
const ARTICLE: f32 = 40.0;

/// What is known of the page as a whole.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// The first prose behind the headline.
    lead: Option<usize>,
    /// The blocks of the first boxes around it that hold more than it.
    around_lead: [Range<u32>; 2],
    /// The prose of the longest block.
    longest: Option<usize>,
    /// The blocks of the smallest box around the headline that holds prose, and the share it has of all.
    headlined: Range<u32>,
    headlined_share: f32,
    /// Words of prose outside cards up to each block.
    lone: Vec<f32>,
    headlines: f32,
    articles: f32,
    cards: f32,
    /// The share of words that paragraphs hold.
    paragraphs: f32,
    kind: f32,
    data: [f32; DATA.len()],
}

/// Kinds of things that a page's data tell it is about, and their signals.
const DATA: [(&[&str], Signal); 4] = [
    (&["Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle"], Signal::SaysArticle),
    (&["Product", "ProductGroup", "Offer", "AggregateOffer"], Signal::SaysProduct),
    (&["ItemList", "CollectionPage", "SearchResultsPage"], Signal::SaysList),
    (&["DiscussionForumPosting", "QAPage", "Question", "Comment"], Signal::SaysForum),
];

pub(super) fn look_at_all(dom: &Dom<'_>, layout: &Layout, around: &Surroundings, between: &Between<'_>, title: Option<usize>) -> Whole {
    let count = layout.blocks.len();
    let prose = |i: usize| between.of(i, i + 1).prose;
    let first = |from: usize| (from..count).find(|&i| prose(i) > 0.0);
    let lead = title.and_then(|t| first(t + 1)).or_else(|| first(0));
    let longest = (0..count).filter(|&i| prose(i) > 0.0).max_by(|&a, &b| prose(a).total_cmp(&prose(b)).then(b.cmp(&a)));
    let range = |id: BoxId| layout.boxes[id.index()].blocks();
    let mut whole = Whole { lead, longest, kind: kind(dom), data: data(dom), ..Whole::default() };
    if let Some(lead) = lead {
        let own = layout.places[lead].frame;
        let near = if around.of(own).sum.blocks > 1.0 { own } else { around.of(own).wider };
        whole.around_lead = [range(near), range(around.of(near).wider)];
    }
    if let Some(title) = title {
        let mut at = layout.places[title].frame;
        while around.of(at).sum.prose < ARTICLE && at != BoxId::PAGE {
            at = layout.boxes[at.index()].parent;
        }
        whole.headlined = range(at);
        whole.headlined_share = around.of(at).sum.prose / between.of(0, count).prose.max(1.0);
    }
    let mut lone = 0.0;
    let mut in_paragraphs = 0.0;
    for (i, place) in layout.places.iter().enumerate() {
        if around.of(place.frame).card == BoxId::PAGE || is_paragraph(dom, layout, place.frame) {
            lone += prose(i);
        }
        whole.lone.push(lone);
        whole.headlines += f32::from(u8::from(place.level == 1));
        if is_paragraph(dom, layout, place.frame) {
            in_paragraphs += between.of(i, i + 1).words;
        }
    }
    whole.paragraphs = in_paragraphs / between.of(0, count).words.max(1.0);
    for (frame, known) in layout.boxes.iter().zip(&around.boxes) {
        let is_article = known.roles >> Role::Article as u32 & 1 == 1 && dom.html_name(frame.node) == Some(&local_name!("article"));
        whole.articles += f32::from(u8::from(is_article && known.sum.words > 0.0));
        if known.sum.blocks > 1.0 {
            whole.cards = whole.cards.max(known.alike as f32);
        }
    }
    whole
}

fn is_paragraph(dom: &Dom<'_>, layout: &Layout, id: BoxId) -> bool {
    dom.html_name(layout.boxes[id.index()].node) == Some(&local_name!("p"))
}

impl Whole {
    pub(super) fn set(&self, i: usize, layout: &Layout, around: &Surroundings, set: &mut impl FnMut(Signal, f32)) {
        let flag = |is: bool| f32::from(u8::from(is));
        let at = i as u32;
        let frame = layout.places[i].frame;
        let [near, wide] = &self.around_lead;
        set(Signal::InLead, flag(near.contains(&at)) + flag(wide.contains(&at)));
        let like = |other: Option<usize>| {
            other.map_or(-1.0, |other| {
                let other = layout.places[other].frame;
                flag(around.of(other).signature == around.of(frame).signature)
                    + flag(layout.boxes[other.index()].parent == layout.boxes[frame.index()].parent)
            })
        };
        set(Signal::LikeLead, like(self.lead));
        set(Signal::LikeLongest, like(self.longest));
        set(Signal::SinceLead, self.lead.map_or(-999.0, |lead| i as f32 - lead as f32));
        set(Signal::InHeadlined, flag(self.headlined.contains(&at)));
        set(Signal::HeadlinedShare, self.headlined_share);
        let before = i.checked_sub(1).map_or(0.0, |b| self.lone[b]);
        let all = self.lone.last().copied().unwrap_or_default();
        set(Signal::LoneBefore, before);
        set(Signal::LoneProse, all);
        set(Signal::PageHeadlines, self.headlines);
        set(Signal::PageArticles, self.articles);
        set(Signal::PageCards, self.cards);
        set(Signal::PageParagraphs, self.paragraphs);
        set(Signal::PageKind, self.kind);
        for ((_, signal), value) in DATA.iter().zip(self.data) {
            set(*signal, value);
        }
    }
}

/// What the page says that it is: `og:type`.
fn kind(dom: &Dom<'_>) -> f32 {
    if memmem::find(dom.source().as_bytes(), b"og:type").is_none() {
        return 0.0;
    }
    let is_type = |id: &NodeId| dom.attribute(*id, "property").is_some_and(|p| p.trim() == "og:type");
    let Some(meta) = dom.elements(local_name!("meta")).find(is_type) else { return 0.0 };
    match dom.attribute(meta, "content").unwrap_or_default().trim() {
        "article" | "blog" | "news" => 1.0,
        "website" => 2.0,
        "product" | "og:product" | "product.item" => 3.0,
        _ => 4.0,
    }
}

/// Which things the page's data speak of.
fn data(dom: &Dom<'_>) -> [f32; DATA.len()] {
    let mut found = [0.0; DATA.len()];
    if memmem::find(dom.source().as_bytes(), b"ld+json").is_none() {
        return found;
    }
    for text in linked_data::texts(dom) {
        // A word of it is enough: that the data are well formed does not matter here.
        for part in text.split("\"@type\"").skip(1) {
            let value = part.split('"').nth(1).unwrap_or_default();
            for (found, (kinds, _)) in found.iter_mut().zip(DATA) {
                *found = f32::max(*found, f32::from(u8::from(kinds.contains(&value))));
            }
        }
    }
    found
}

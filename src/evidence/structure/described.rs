//! What the page says of itself in a few lines (`meta` descriptions, `description` in its JSON-LD), and which blocks say the same: on an article its beginning, on a
//! product's page the product.

use super::boxes::{Surroundings, mix};
use super::signal::Signal;
use super::signals::{Between, NONE};
use crate::evidence::fold::tokens;
use crate::input::html::Dom;
use crate::input::linked_data;
use crate::segment::html::{BoxId, Layout};
use foldhash::fast::RandomState;
use html5ever::local_name;
use std::collections::HashSet;

/// Words that make a run: one that is in both texts is no chance.
const RUN: usize = 3;
/// Words of descriptions that are looked at, all together.
const MOST_WORDS: usize = 3000;
/// Common words of a block from which on it tells where the described thing is.
const ENOUGH: f32 = 5.0;
/// Stands for a way that does not exist, since a way may be negative.
const NOWHERE: f32 = -9999.0;

/// The runs of words of a page's descriptions.
#[derive(Debug, Default)]
pub(super) struct Description(HashSet<u64, RandomState>);

/// Reads all descriptions of a page.
pub(super) fn description(dom: &Dom<'_>) -> Description {
    let mut runs = HashSet::default();
    let mut left = MOST_WORDS;
    let mut read = |text: &str| {
        let words = tokens(text).take(left).map(|word| word.hash);
        left = left.saturating_sub(each_run(words, |run, _| {
            runs.insert(run);
        }));
    };
    for meta in dom.elements(local_name!("meta")) {
        let name = ["name", "property", "itemprop"].into_iter().find_map(|attribute| dom.attribute(meta, attribute));
        if name.is_some_and(|name| is_description(name.trim())) {
            read(&dom.attribute(meta, "content").unwrap_or_default());
        }
    }
    linked_data::descriptions(dom, |text| read(text));
    Description(runs)
}

fn is_description(name: &str) -> bool {
    ["description", "og:description", "twitter:description", "dc.description"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Calls back with every run of words and the number of its last; gives the number of words.
fn each_run(words: impl Iterator<Item = u64>, mut take: impl FnMut(u64, usize)) -> usize {
    let (mut before, mut last, mut count) = (0u64, 0u64, 0);
    for word in words {
        count += 1;
        if count >= RUN {
            take(mix(mix(before, last), word), count);
        }
        (before, last) = (last, word);
    }
    count
}

impl Description {
    /// How many words of a text are in runs that the descriptions have, too.
    pub(super) fn common(&self, text: &str) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let (mut common, mut until) = (0, 0);
        each_run(tokens(text).map(|word| word.hash), |run, end| {
            if self.0.contains(&run) {
                common += end - until.max(end - RUN);
                until = end;
            }
        });
        common as f32
    }

    pub(super) fn runs(&self) -> f32 {
        self.0.len() as f32
    }
}

/// Where the described thing is.
#[derive(Debug, Default)]
pub(super) struct Described {
    /// The block that says most of what a description says.
    best: Option<usize>,
    /// Its common words, and the runs that could be.
    most: f32,
    runs: f32,
}

/// `common` holds the common words of each block.
pub(super) fn described(description: &Description, common: impl Iterator<Item = f32>) -> Described {
    let mut found = Described { runs: description.runs(), ..Described::default() };
    for (i, common) in common.enumerate() {
        if common > found.most {
            (found.most, found.best) = (common, Some(i));
        }
    }
    found.best = found.best.filter(|_| found.most >= ENOUGH);
    found
}

/// A block and the two boxes around it that hold more.
pub(super) struct At {
    pub(super) block: usize,
    pub(super) wider: BoxId,
    pub(super) widest: BoxId,
}

impl Described {
    pub(super) fn set(&self, at: &At, layout: &Layout, around: &Surroundings, between: &Between<'_>, set: &mut impl FnMut(Signal, f32)) {
        let own = between.of(at.block, at.block + 1);
        set(Signal::Described, own.described / own.words.max(1.0));
        set(Signal::DescribedWords, own.described);
        set(Signal::PageDescribed, self.most);
        set(Signal::PageDescription, self.runs);
        let Some(best) = self.best else {
            set(Signal::SinceDescribed, NOWHERE);
            set(Signal::SinceDescribedWords, NOWHERE);
            [Signal::LikeDescribed, Signal::WiderDescribed, Signal::WidestDescribed].into_iter().for_each(|signal| set(signal, NONE));
            return;
        };
        let frame = |block: usize| layout.places[block].frame;
        let holds = |id: BoxId| layout.boxes[id.index()].blocks().contains(&(best as u32));
        let flag = |is: bool| f32::from(u8::from(is));
        let words = if at.block >= best { between.of(best, at.block).words } else { -between.of(at.block, best).words };
        set(Signal::SinceDescribed, at.block as f32 - best as f32);
        set(Signal::SinceDescribedWords, words);
        let is_like = around.of(frame(best)).signature == around.of(frame(at.block)).signature;
        set(Signal::LikeDescribed, flag(is_like) + flag(holds(at.wider)) + flag(holds(at.widest)));
        let share = |id: BoxId| around.of(id).sum.described / around.of(BoxId::PAGE).sum.described;
        set(Signal::WiderDescribed, share(at.wider));
        set(Signal::WidestDescribed, share(at.widest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::html::parse;

    #[test]
    fn what_is_common() {
        let page = "<meta name=description content='A ferry for small cars and gulls'><meta name=author content='Not one of us all'>\
                    <script type='application/ld+json'>{\"@graph\":[{\"description\":\"It sails \\u0061t noon\"},{\"description\":3}]}</script>";
        let description = description(&parse(page).unwrap());
        assert_eq!(description.common("The ferry for small cars, they say."), 4.0);
        assert_eq!(description.common("it sails at noon"), 4.0);
        assert_eq!(description.common("small cars"), 0.0);
        assert_eq!(description.common("Not one of us all"), 0.0);
        assert_eq!(description.runs(), 7.0);
    }

    #[test]
    fn no_description() {
        let nothing = description(&parse("<p>It rained all day").unwrap());
        assert_eq!((nothing.common("It rained all day"), nothing.runs()), (0.0, 0.0));
        assert!(described(&nothing, [0.0, 0.0].into_iter()).best.is_none());
    }
}

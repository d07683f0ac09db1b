//! The result: the source, what goes of it, and why.

#[cfg(feature = "html")]
pub(crate) mod html;
mod text;

use crate::judge::verdict::Verdict;
use crate::removal::{Category, Removal, Span};
use crate::segment::block::Block;
use std::borrow::Cow;
use std::ops::Range;

/// A cleaned document: the source, what goes of it, and why.
///
/// It borrows the source and copies nothing. Kept and removed ranges together are the source, byte for byte.
#[derive(Debug, Clone)]
pub struct Cleaned<'a> {
    source: Cow<'a, str>,
    blocks: Vec<Block>,
    verdicts: Vec<Verdict>,
    removals: Vec<Removal>,
    /// What a page says, if the source is one.
    #[cfg(feature = "html")]
    pub(crate) page: Option<html::Page>,
}

impl<'a> Cleaned<'a> {
    pub(crate) fn new(source: &'a str, blocks: Vec<Block>, verdicts: Vec<Verdict>) -> Self {
        let removals = text::removals(source, &blocks, &verdicts);
        Cleaned {
            source: Cow::Borrowed(source),
            blocks,
            verdicts,
            removals,
            #[cfg(feature = "html")]
            page: None,
        }
    }

    /// The string that was cleaned; every span counts its bytes.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What goes, in source order, disjoint, never empty.
    pub fn removals(&self) -> &[Removal] {
        &self.removals
    }

    /// The ranges that stay, in source order: the source without the removals. None is empty.
    ///
    /// ```
    /// let cleaned = bodycopy::clean_text("It rained.\n\nSubscribe to our newsletter\n\nIt stopped.");
    /// assert_eq!(cleaned.kept().collect::<String>(), "It rained.\n\nIt stopped.");
    /// ```
    pub fn kept(&self) -> impl Iterator<Item = &str> {
        self.kept_spans().map(|s| &self.source[s.range()])
    }

    pub(crate) fn kept_spans(&self) -> impl Iterator<Item = Span> + '_ {
        let ends = self.removals.iter().map(|r| r.at.end);
        let starts = self.removals.iter().map(|r| r.at.start).chain([self.source.len()]);
        [0].into_iter().chain(ends).zip(starts).map(|(start, end)| Span::new(start, end)).filter(|s| !s.is_empty())
    }

    /// Every block with its verdict, in source order.
    pub fn blocks(&self) -> impl Iterator<Item = (&Block, &Verdict)> {
        self.blocks.iter().zip(&self.verdicts)
    }

    /// What each block says, as a reader sees it, with its verdict, in the order of [`blocks`](Cleaned::blocks).
    ///
    /// ```
    /// let cleaned = bodycopy::clean_text("Advertisement\n\nIt rained.");
    /// assert_eq!(cleaned.texts().find(|(_, verdict)| verdict.removed).map(|(text, _)| text), Some("Advertisement"));
    /// ```
    pub fn texts(&self) -> impl Iterator<Item = (&str, &Verdict)> {
        self.blocks.iter().zip(&self.verdicts).enumerate().map(|(i, (block, verdict))| {
            #[cfg(feature = "html")]
            if let Some(page) = &self.page {
                return (&page.text[page.units[i].span.range()], verdict);
            }
            let _ = i;
            (&self.source[block.span.range()], verdict)
        })
    }

    /// The share of the source's bytes that goes, 0–1; 0 for an empty source.
    ///
    /// ```
    /// assert_eq!(bodycopy::clean_text("It rained all day.").removed_share(), 0.0);
    /// ```
    pub fn removed_share(&self) -> f32 {
        let removed: usize = self.removals.iter().map(|r| r.at.len()).sum();
        removed as f32 / self.source.len().max(1) as f32
    }

    /// The same result, owning its source, so that it can outlive it.
    ///
    /// ```
    /// let cleaned = { let text = String::from("It rained."); bodycopy::clean_text(&text).into_owned() };
    /// assert_eq!(cleaned.source(), "It rained.");
    /// ```
    pub fn into_owned(self) -> Cleaned<'static> {
        Cleaned {
            source: Cow::Owned(self.source.into_owned()),
            blocks: self.blocks,
            verdicts: self.verdicts,
            removals: self.removals,
            #[cfg(feature = "html")]
            page: self.page,
        }
    }
}

/// The maximal runs of units that are kept, or that go as one category.
fn runs(verdicts: &[Verdict]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = removed_as(verdicts.get(at)?);
        let start = at;
        at += verdicts[at..].iter().take_while(|v| removed_as(v) == first).count();
        Some(start..at)
    })
}

fn removed_as(verdict: &Verdict) -> Option<Category> {
    verdict.category.filter(|_| verdict.removed)
}

fn removal<At>(at: At, category: Category, verdicts: &[Verdict], number: usize) -> Removal<At> {
    let weakest = weakest(verdicts).map(|i| &verdicts[i]);
    let (score, evidence) = weakest.map_or((0.0, Vec::new()), |v| (v.score, v.evidence().to_vec()));
    Removal { at, category, score, evidence, group: number as u32 }
}

/// The unit whose score is the lowest: that of what it is removed with.
fn weakest(verdicts: &[Verdict]) -> Option<usize> {
    (0..verdicts.len()).min_by(|a, b| verdicts[*a].score.total_cmp(&verdicts[*b].score))
}

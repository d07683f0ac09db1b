//! What a removal is made of: where, what kind, how sure, and why.

use crate::error::Error;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// A range of bytes of the source, on character boundaries. Never empty in a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, to index the source with.
    ///
    /// ```
    /// let text = "Rain fell.\n\nPlease support our journalism.";
    /// let removed = bodycopy::clean_text(text).removals()[0].at;
    /// assert_eq!(&text[removed.range()], "\n\nPlease support our journalism.");
    /// ```
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// From the first byte of either to the last.
    #[cfg(feature = "html")]
    pub(crate) fn with(self, other: Span) -> Self {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    pub(crate) const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

macro_rules! categories {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What kind of boilerplate a removal is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Category { $($(#[$doc])* $variant,)* }

        impl Category {
            /// Every category, in the order of declaration.
            pub const ALL: &'static [Category] = &[$(Category::$variant),*];

            /// The stable name, in kebab case, as the command line and the corpus write it.
            pub const fn name(self) -> &'static str {
                match self { $(Category::$variant => $name),* }
            }
        }
    };
}

categories! {
    /// Asks for money or support: appeals, membership drives, tip jars, "Donate" labels.
    Donation = "donation",
    /// Subscribe to read on, metered limits, price offers for access, registration walls.
    Paywall = "paywall",
    /// Newsletter boxes and sign-up lines.
    Newsletter = "newsletter",
    /// Cookie and privacy notices.
    Consent = "consent",
    /// Menus, breadcrumbs, skip links, page numbers.
    Navigation = "navigation",
    /// Share and follow lines.
    Social = "social",
    /// "Read more", related articles, most read, tags.
    Related = "related",
    /// Advertisement labels, sponsored and affiliate notes.
    Advertisement = "advertisement",
    /// Prompts to comment, comment counts, rules of debate.
    Comments = "comments",
    /// Copyright, syndication and terms.
    Legal = "legal",
    /// Prompts to install an app.
    AppPromo = "app-promo",
    /// Log-in and sign-up prompts, profile labels.
    Account = "account",
    /// Author and date lines outside prose.
    Byline = "byline",
    /// The outlet's own events, shop, podcasts, courses; calls for tips.
    Promotion = "promotion",
    /// Other page furniture.
    Other = "other",
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Category {
    type Err = Error;

    /// Reads a stable name.
    ///
    /// ```
    /// use bodycopy::Category;
    /// assert_eq!("app-promo".parse(), Ok(Category::AppPromo));
    /// assert!("advert".parse::<Category>().is_err());
    /// ```
    fn from_str(name: &str) -> Result<Self, Error> {
        Category::ALL.iter().copied().find(|c| c.name() == name).ok_or_else(|| Error::UnknownCategory {
            name: name.to_owned(),
            known: Category::ALL.iter().map(|c| c.name()).collect::<Vec<_>>().join(", "),
        })
    }
}

/// What kind of observation a piece of evidence is. The text inside names the observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cue {
    /// A phrase of the lexicon, or of the caller's own.
    Phrase(&'static str),
    /// The elements around the block, and their names.
    Markup(&'static str),
    /// A property of the block by itself: its shape, its words.
    Feature(&'static str),
    /// What stands before and after.
    Context(&'static str),
    /// Membership in a run of sentences that are one appeal.
    Run(&'static str),
    /// A selector of the caller's.
    Selector,
    /// A reason to keep.
    Guard(&'static str),
    /// Where every score starts from, before anything is known.
    Bias,
    /// The sum of everything too light to be listed.
    Rest,
}

impl Cue {
    /// The kind of cue: `phrase`, `markup`, `feature`, `context`, `run`, `guard`, `selector`, `bias` or `rest`.
    pub const fn kind(self) -> &'static str {
        match self {
            Cue::Phrase(_) => "phrase",
            Cue::Markup(_) => "markup",
            Cue::Feature(_) => "feature",
            Cue::Context(_) => "context",
            Cue::Run(_) => "run",
            Cue::Guard(_) => "guard",
            Cue::Selector => "selector",
            Cue::Bias => "bias",
            Cue::Rest => "rest",
        }
    }

    /// What was observed; empty for selectors, the bias and the rest.
    pub const fn name(self) -> &'static str {
        match self {
            Cue::Phrase(n) | Cue::Markup(n) | Cue::Feature(n) | Cue::Context(n) | Cue::Run(n) | Cue::Guard(n) => n,
            Cue::Selector | Cue::Bias | Cue::Rest => "",
        }
    }
}

/// `kind` or `kind:name`, such as `phrase:hint`.
impl fmt::Display for Cue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            "" => f.write_str(self.kind()),
            name => write!(f, "{}:{name}", self.kind()),
        }
    }
}

/// One observation and what it weighs. The weights of a unit's evidence, [`Cue::Bias`] and [`Cue::Rest`] among
/// them, add up to the log-odds of its score.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Evidence {
    /// What was observed.
    pub cue: Cue,
    /// The bytes of the source that fired it, where it has any.
    pub span: Option<Span>,
    /// Log-odds: positive speaks for removal, negative against.
    pub weight: f32,
}

/// A maximal run of adjacent removed units of one category.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Removal<At = Span> {
    /// What is removed. In text: bytes of the source, with the line ends or the space that go with it.
    pub at: At,
    /// The kind of boilerplate.
    pub category: Category,
    /// How sure, 0–1: the lowest score among the units of the run.
    pub score: f32,
    /// Why: the evidence of the unit with that score.
    pub evidence: Vec<Evidence>,
    /// Removals of one group are parts of one sentence, cut apart by markup. In text each has its own.
    pub group: u32,
}

/// A node of a `scraper` tree, or a part of a text node.
#[cfg(feature = "html")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodePart {
    /// The node.
    pub id: ego_tree::NodeId,
    /// Bytes of its text, as it was; none where the whole node goes, with all that is in it.
    pub range: Option<Span>,
}

#[cfg(feature = "serde")]
mod serialize {
    use super::{Category, Cue};
    use serde::{Serialize, Serializer};

    impl Serialize for Category {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.name())
        }
    }

    impl Serialize for Cue {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for &c in Category::ALL {
            assert_eq!(c.name().parse(), Ok(c));
            assert!(c.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        }
    }
}

//! The names of the signals that the judge of pages weighs.

macro_rules! signals {
    ($($variant:ident = $name:literal,)*) => {
        /// A number known of each block.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Signal { $($variant),* }

        impl Signal {
            pub(crate) const ALL: &'static [Signal] = &[$(Signal::$variant),*];

            /// Its name in the weights file.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Signal::$variant => $name),* }
            }
        }
    };
}

signals! {
    // The text of the block.
    Words = "words",
    WordLength = "word-length",
    LinkDensity = "link-density",
    Links = "links",
    Bold = "bold",
    Commas = "commas",
    Ends = "sentence-ends",
    LastSign = "last-sign",
    FirstSign = "first-sign",
    Digits = "digits",
    Capitals = "capitals",
    CapitalWords = "capital-words",
    Parts = "item-signs",
    Signs = "other-signs",
    Copyright = "copyright-sign",
    Money = "money-sign",
    Repeated = "repeated",
    RepeatedBefore = "repeated-before",
    InTitle = "words-of-the-title",
    Level = "heading-level",
    Shape = "block-kind",
    // The elements around it.
    Depth = "depth",
    Hidden = "hidden",
    NoScript = "no-script",
    LineOf = "line-of-paragraph",
    InArticle = "in-article",
    InMain = "in-main",
    InHeader = "in-header",
    InFooter = "in-footer",
    InNav = "in-nav",
    InAside = "in-aside",
    InForm = "in-form",
    InList = "in-list",
    InTable = "in-table",
    InFigure = "in-figure",
    InQuote = "in-quote",
    InButton = "in-button",
    InDetails = "in-details",
    InDialog = "in-dialog",
    InSection = "in-section",
    InLink = "in-link",
    NamedDonation = "named-donation",
    NamedPaywall = "named-paywall",
    NamedNewsletter = "named-newsletter",
    NamedConsent = "named-consent",
    NamedNavigation = "named-navigation",
    NamedSocial = "named-social",
    NamedRelated = "named-related",
    NamedAdvertisement = "named-advertisement",
    NamedComments = "named-comments",
    NamedLegal = "named-legal",
    NamedAppPromo = "named-app-promo",
    NamedAccount = "named-account",
    NamedByline = "named-byline",
    NamedPromotion = "named-promotion",
    NamedOther = "named-other",
    NamedBody = "named-body",
    NamedHidden = "named-hidden",
    // What the boxes around it hold.
    BoxWords = "box-words",
    BoxDensity = "box-link-density",
    BoxProse = "box-prose",
    BoxBlockWords = "box-words-a-block",
    WiderWords = "wider-words",
    WiderDensity = "wider-link-density",
    WiderProse = "wider-prose",
    WiderBlockWords = "wider-words-a-block",
    WiderShare = "wider-share",
    WidestWords = "widest-words",
    WidestDensity = "widest-link-density",
    WidestProse = "widest-prose",
    WidestShare = "widest-share",
    WidestBlockWords = "widest-words-a-block",
    FourthDensity = "fourth-link-density",
    FourthProse = "fourth-prose",
    FourthShare = "fourth-share",
    Alike = "boxes-alike",
    CardWords = "card-words",
    CardDensity = "card-link-density",
    CardCount = "cards",
    CardShare = "cards-share",
    LikeCount = "same-signature",
    LikeWords = "same-signature-words",
    LikeDensity = "same-signature-link-density",
    LikeShare = "same-signature-share",
    InCore = "in-core",
    CoreShare = "core-share",
    BoxEnds = "box-sentence-ends",
    WiderEnds = "wider-sentence-ends",
    LikeEnds = "same-signature-sentence-ends",
    LikeHeadings = "same-signature-headings",
    CardProse = "card-prose",
    CardEnds = "card-sentence-ends",
    CardBlocks = "card-blocks",
    CardPlace = "place-in-card",
    CardHeadings = "card-headings",
    ListProse = "cards-prose",
    InLead = "in-lead-box",
    LikeLead = "like-lead",
    LikeLongest = "like-longest",
    InHeadlined = "in-headline-box",
    HeadlinedShare = "headline-box-share",
    Element = "element",
    // Its place.
    SinceLead = "blocks-since-lead",
    LoneBefore = "lone-prose-before",
    Place = "place",
    PlaceInWords = "place-in-words",
    ToEnd = "words-to-the-end",
    SinceTitle = "blocks-since-headline",
    SinceTitleWords = "words-since-headline",
    SinceHeading = "blocks-since-heading",
    UnderLevel = "level-of-heading-above",
    UnderWords = "words-of-heading-above",
    ProseBefore = "prose-before",
    ProseBehind = "prose-behind",
    ProseDistance = "distance-to-prose",
    // Its neighbours.
    Words1Before = "words-1-before",
    Words2Before = "words-2-before",
    Words1Behind = "words-1-behind",
    Words2Behind = "words-2-behind",
    Density1Before = "link-density-1-before",
    Density2Before = "link-density-2-before",
    Density1Behind = "link-density-1-behind",
    Density2Behind = "link-density-2-behind",
    Last1Before = "last-sign-1-before",
    Last1Behind = "last-sign-1-behind",
    Like1Before = "like-1-before",
    Like1Behind = "like-1-behind",
    Level1Before = "heading-level-1-before",
    Level1Behind = "heading-level-1-behind",
    Near4Words = "words-within-4",
    Near4Density = "link-density-within-4",
    Near4Prose = "prose-within-4",
    Near12Words = "words-within-12",
    Near12Density = "link-density-within-12",
    Near12Prose = "prose-within-12",
    // The page.
    PageWords = "page-words",
    PageDensity = "page-link-density",
    PageProse = "page-prose",
    PageBlocks = "page-blocks",
    PageUnspaced = "page-unspaced",
    LoneProse = "page-lone-prose",
    PageHeadlines = "page-headlines",
    PageArticles = "page-articles",
    PageCards = "page-cards",
    PageParagraphs = "page-paragraphs",
    PageHeadings = "page-headings",
    PageEnds = "page-sentence-ends",
    PageMoney = "page-money-signs",
    PageKind = "page-kind",
    SaysArticle = "page-says-article",
    SaysProduct = "page-says-product",
    SaysList = "page-says-list",
    SaysForum = "page-says-forum",
    // What the page's description says, too.
    Described = "described",
    DescribedWords = "described-words",
    SinceDescribed = "blocks-since-described",
    SinceDescribedWords = "words-since-described",
    LikeDescribed = "like-described",
    WiderDescribed = "wider-described",
    WidestDescribed = "widest-described",
    PageDescribed = "page-described",
    PageDescription = "page-description",
}

/// How many signals there are.
pub(crate) const COUNT: usize = Signal::ALL.len();

#[cfg(test)]
mod tests {
    use super::super::boxes::{ROLES, Role};
    use super::super::markup::Names;
    use super::*;
    use crate::removal::Category;

    #[test]
    fn the_number_of_a_signal_is_its_place() {
        assert!(Signal::ALL.iter().enumerate().all(|(i, &s)| s as usize == i));
        // Roles and names are filled in by their numbers.
        assert_eq!(Signal::InLink as usize - Signal::InArticle as usize + 1, ROLES);
        assert_eq!(Signal::InLink as usize - Signal::InArticle as usize, Role::Link as usize);
        assert_eq!(Signal::NamedHidden as usize - Signal::NamedDonation as usize + 1, Names::COUNT);
        for (i, category) in Category::ALL.iter().enumerate() {
            assert_eq!(Signal::ALL[Signal::NamedDonation as usize + i].name(), format!("named-{category}"));
        }
    }
}

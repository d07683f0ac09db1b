//! The whole flow, and the settings that it depends on.

#[cfg(feature = "html")]
mod page;

use crate::cleaned::Cleaned;
use crate::error::Error;
use crate::evidence::lexicon::{Lexicon, Scan};
use crate::evidence::observe::{Observed, observe};
use crate::input::document::Input;
#[cfg(feature = "html")]
use crate::judge::page::page_trees;
use crate::judge::text::TextWeights;
#[cfg(feature = "html")]
use crate::judge::trees::Trees;
use crate::judge::weights::Weights;
use crate::judge::{Policy, by_phrases, judge};
use crate::removal::Category;
#[cfg(feature = "html")]
use crate::segment::html::Choice;
use crate::{input, segment};
use std::sync::{Arc, LazyLock};

/// Cleans documents. Cheap to clone and to share between threads; build it once.
///
/// It remembers nothing: a document's result depends on the document and the settings alone.
///
/// ```
/// use bodycopy::{Category, Cleaner};
///
/// let cleaner = Cleaner::builder().remove([Category::Donation]).threshold(0.8).build()?;
/// let text = "Please donate to our newsroom today. The ferry sails at noon.";
/// assert_eq!(cleaner.clean_text(text).text(), "The ferry sails at noon.");
/// # Ok::<(), bodycopy::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cleaner(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    lexicon: Lexicon,
    weights: Weights,
    text_weights: TextWeights,
    policy: Policy,
    #[cfg(feature = "html")]
    page_trees: Trees,
    #[cfg(feature = "html")]
    page_policy: Policy,
    #[cfg(feature = "html")]
    selectors: Vec<(Choice, scraper::Selector)>,
}

/// The default threshold for text. The balance of precision and recall lies in the weights.
const TEXT_THRESHOLD: f32 = 0.5;
/// The same for pages, where the judge has found the best cut for each page itself: it lies at one half.
#[cfg(feature = "html")]
const PAGE_THRESHOLD: f32 = 0.5;

impl Cleaner {
    /// Settings to build a cleaner from.
    ///
    /// ```
    /// let cleaner = bodycopy::Cleaner::builder().languages(["de", "en"]).build()?;
    /// # Ok::<(), bodycopy::Error>(())
    /// ```
    pub fn builder() -> CleanerBuilder {
        CleanerBuilder::default()
    }

    /// Cleans a document of any kind.
    ///
    /// ```
    /// use bodycopy::{Cleaner, Input};
    /// let cleaned = Cleaner::default().clean(Input::text("Advertisement\n\nThe ferry sails at noon."));
    /// assert_eq!(cleaned.text(), "The ferry sails at noon.");
    /// ```
    pub fn clean<'a>(&self, input: Input<'a>) -> Cleaned<'a> {
        #[cfg(feature = "html")]
        if input.is_page {
            return self.page(input);
        }
        self.clean_text(input.source)
    }

    /// What is known of a text before it is judged.
    fn observed(&self, text: &str) -> (Observed, Scan) {
        let parts = &*self.0;
        let blocks = segment::text::blocks(&input::text::read(text));
        let scan = parts.lexicon.scan(text);
        let mut observed = observe(text, &blocks, &scan, &parts.lexicon, None);
        parts.text_weights.read(text, &scan, &mut observed);
        (observed, scan)
    }

    /// The same, and what the phrases make of each unit: log-odds and a category.
    pub(crate) fn lesson(&self, text: &str) -> (Observed, Scan, Vec<(f32, Option<Category>)>) {
        let (observed, scan) = self.observed(text);
        let said = by_phrases(text, &observed, &self.0.weights).iter().map(|case| (case.odds, case.category)).collect();
        (observed, scan, said)
    }

    /// Cleans plain text that some extractor already produced.
    ///
    /// Takes any string, in time linear in its length, and never fails: an empty or unknown text loses nothing.
    ///
    /// ```
    /// let cleaner = bodycopy::Cleaner::default();
    /// let cleaned = cleaner.clean_text("Advertisement\n\nThe ferry sails at noon.");
    /// assert_eq!(cleaned.text(), "The ferry sails at noon.");
    /// ```
    pub fn clean_text<'a>(&self, text: &'a str) -> Cleaned<'a> {
        let parts = &*self.0;
        let (observed, _) = self.observed(text);
        let verdicts = judge(text, &observed, &parts.weights, &parts.text_weights, &parts.policy);
        Cleaned::new(text, observed.units, verdicts)
    }
}

/// All languages, all categories, the default threshold. Shares its tables with every other default cleaner.
impl Default for Cleaner {
    fn default() -> Self {
        static DEFAULT: LazyLock<Cleaner> = LazyLock::new(|| Cleaner(Arc::new(CleanerBuilder::default().parts())));
        DEFAULT.clone()
    }
}

/// Settings for a [`Cleaner`]. Every setting has a default; [`build`](CleanerBuilder::build) checks them all.
#[derive(Debug, Clone, Default)]
pub struct CleanerBuilder {
    remove: Option<Vec<Category>>,
    threshold: Option<f32>,
    languages: Option<Vec<String>>,
    phrases: Vec<(Category, String)>,
    explain: bool,
    #[cfg(feature = "html")]
    selectors: Vec<(Choice, String)>,
}

impl CleanerBuilder {
    /// The categories to remove; all of them by default. What is found of others stays, with its verdict.
    ///
    /// ```
    /// use bodycopy::{Category, Cleaner};
    /// let cleaner = Cleaner::builder().remove([Category::Donation, Category::Paywall]).build()?;
    /// assert!(cleaner.clean_text("Subscribe to our newsletter").removals().is_empty());
    /// # Ok::<(), bodycopy::Error>(())
    /// ```
    pub fn remove(mut self, categories: impl IntoIterator<Item = Category>) -> Self {
        self.remove = Some(categories.into_iter().collect());
        self
    }

    /// The score from which on a unit goes, 0–1; 0.5 by default. A higher one removes less and is right more often.
    ///
    /// In English texts, on sites that the weights were not fitted on (articles as an extractor left them, and all the text of their pages):
    ///
    /// | threshold | precision, extracted | recall | body lost | precision, whole page | recall | body lost |
    /// |---|---|---|---|---|---|---|
    /// | 0.1 | .67 | .75 | 0.28 % | .93 | .97 | 0.91 % |
    /// | 0.3 | .85 | .65 | 0.09 % | .97 | .95 | 0.31 % |
    /// | 0.5 | .90 | .58 | 0.05 % | .98 | .93 | 0.15 % |
    /// | 0.7 | .93 | .52 | 0.03 % | .99 | .90 | 0.07 % |
    /// | 0.9 | .97 | .42 | 0.01 % | .998 | .81 | 0.02 % |
    ///
    /// Scores are on the cautious side: of the units at .5 to .6 two in three are boilerplate, at .8 to .9 over nine in ten, above that 99 in 100.
    ///
    /// ```
    /// assert!(bodycopy::Cleaner::builder().threshold(1.5).build().is_err());
    /// ```
    pub fn threshold(mut self, score: f32) -> Self {
        self.threshold = Some(score);
        self
    }

    /// The languages whose phrases count, as BCP 47 tags (only the primary subtag is looked at); all by default. Fewer are a little faster.
    ///
    /// ```
    /// assert!(bodycopy::Cleaner::builder().languages(["de-AT"]).build().is_ok());
    /// assert!(bodycopy::Cleaner::builder().languages(["tlh"]).build().is_err());
    /// ```
    pub fn languages<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.languages = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Phrases of your own, of up to 24 words each, that mark the sentence or line in which they stand. Case and accents make no difference.
    /// Adds to what was given before.
    ///
    /// ```
    /// use bodycopy::{Category, Cleaner};
    /// let cleaner = Cleaner::builder().phrases(Category::Promotion, ["from the gazette shop"]).build()?;
    /// assert_eq!(cleaner.clean_text("Mugs from the Gazette shop\n\nIt rained.").text(), "It rained.");
    /// # Ok::<(), bodycopy::Error>(())
    /// ```
    pub fn phrases<T: Into<String>>(mut self, category: Category, phrases: impl IntoIterator<Item = T>) -> Self {
        self.phrases.extend(phrases.into_iter().map(|p| (category, p.into())));
        self
    }

    /// A CSS selector (as `scraper` has them) of elements of pages that stay with all that is in them, whatever the judge would say. Adds to what was given before; of
    /// chosen elements in one another the innermost decides.
    ///
    /// ```
    /// use bodycopy::Cleaner;
    /// let cleaner = Cleaner::builder().keep_selector("nav").build()?;
    /// assert_eq!(cleaner.clean_html("<nav><a href=/>Home</a></nav>").text(), "Home");
    /// assert!(Cleaner::builder().keep_selector("nav[").build().is_err());
    /// # Ok::<(), bodycopy::Error>(())
    /// ```
    #[cfg(feature = "html")]
    pub fn keep_selector(mut self, css: impl Into<String>) -> Self {
        self.selectors.push((Choice::Keep, css.into()));
        self
    }

    /// A CSS selector of elements of pages that go with all that is in them, as [`Category::Other`].
    ///
    /// ```
    /// use bodycopy::Cleaner;
    /// let cleaner = Cleaner::builder().remove_selector("sup.note").build()?;
    /// let page = "<p>The ferry sailed at noon<sup class=note>[1]</sup>, as it had in all the years before, and the gulls went with it.</p>";
    /// assert!(cleaner.clean_html(page).text().starts_with("The ferry sailed at noon, as it had"));
    /// # Ok::<(), bodycopy::Error>(())
    /// ```
    #[cfg(feature = "html")]
    pub fn remove_selector(mut self, css: impl Into<String>) -> Self {
        self.selectors.push((Choice::Remove, css.into()));
        self
    }

    /// Gives every block its evidence, kept or removed. Without it only what goes is sure to have some, which saves time.
    ///
    /// ```
    /// use bodycopy::Cleaner;
    /// let cleaner = Cleaner::builder().explain(true).build()?;
    /// let cleaned = cleaner.clean_text("Share this article\n\nThe ferry sailed at noon, and you could see it from the quay.");
    /// assert!(cleaned.blocks().all(|(_, verdict)| !verdict.evidence().is_empty()));
    /// # Ok::<(), bodycopy::Error>(())
    /// ```
    pub fn explain(mut self, all: bool) -> Self {
        self.explain = all;
        self
    }

    /// Checks the settings and builds the tables.
    ///
    /// # Errors
    ///
    /// A threshold outside 0–1, a language without a lexicon, an empty list of languages, a phrase without a word or with too many, a selector that is no CSS.
    ///
    /// ```
    /// use bodycopy::{Cleaner, Error};
    /// assert_eq!(Cleaner::builder().threshold(-1.0).build().err(), Some(Error::Threshold(-1.0)));
    /// ```
    pub fn build(self) -> Result<Cleaner, Error> {
        if let Some(threshold) = self.threshold.filter(|t| !(0.0..=1.0).contains(t)) {
            return Err(Error::Threshold(threshold));
        }
        let lexicon = Lexicon::new(self.languages.as_deref(), &self.phrases)?;
        #[cfg(feature = "html")]
        let selectors = page::selectors(&self.selectors)?;
        #[cfg(not(feature = "html"))]
        let parts = self.with(lexicon);
        #[cfg(feature = "html")]
        let parts = Parts { selectors, ..self.with(lexicon) };
        Ok(Cleaner(Arc::new(parts)))
    }

    /// The parts of a cleaner that has no setting which could be wrong.
    fn parts(self) -> Parts {
        self.with(Lexicon::all())
    }

    fn with(self, lexicon: Lexicon) -> Parts {
        let mut remove = [self.remove.is_none(); Category::ALL.len()];
        for category in self.remove.into_iter().flatten() {
            remove[category as usize] = true;
        }
        Parts {
            lexicon,
            weights: Weights::text(),
            text_weights: TextWeights::new(),
            policy: Policy { threshold: self.threshold.unwrap_or(TEXT_THRESHOLD), remove, explain: self.explain },
            #[cfg(feature = "html")]
            page_trees: page_trees(),
            #[cfg(feature = "html")]
            page_policy: Policy { threshold: self.threshold.unwrap_or(PAGE_THRESHOLD), remove, explain: self.explain },
            #[cfg(feature = "html")]
            selectors: Vec::new(),
        }
    }
}

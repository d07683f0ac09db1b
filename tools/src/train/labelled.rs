//! Labelled texts as the judge of texts sees them.

use super::FOLDS;
use super::woven::Loom;
use crate::check_trees::records;
use crate::corpus::{self, Error};
use crate::score::{gaps, visible};
use bodycopy::lesson::Text;
use serde_json::Value;
use std::ops::Range;
use std::path::Path;

/// What is known of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Keep,
    /// Boilerplate beyond doubt.
    Drop,
    /// The reference lacks it; one in three is body all the same.
    Missing,
    Unknown,
}

/// A stretch with a label.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) range: Range<usize>,
    pub(crate) label: Label,
    /// Visible signs.
    pub(crate) signs: usize,
}

/// Where a text is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    /// What an extractor left of a page.
    Residual,
    /// All that is visible of a page.
    Page,
    Corpus,
    /// A body with pieces of the corpus woven in.
    Woven,
}

#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) set: Set,
    pub(crate) is_article: bool,
    pub(crate) language: String,
    /// Texts of one fold share no site with those of another.
    pub(crate) fold: usize,
    pub(crate) text: Text,
    pub(crate) stretches: Vec<Stretch>,
    /// Of each unit.
    pub(crate) labels: Vec<Label>,
}

/// The share of a unit that must have one label.
const MOST: f64 = 0.8;

impl Document {
    fn new(id: &str, set: Set, is_article: bool, language: &str, fold: usize, source: &str, stretches: Vec<Stretch>) -> Option<Self> {
        let text = Text::read(source)?;
        let labels = text.spans.iter().map(|span| label(&span.range(), &stretches)).collect();
        Some(Document { id: id.to_owned(), source: source.to_owned(), set, is_article, language: language.to_owned(), fold, text, stretches, labels })
    }
}

/// The label that most of a unit has.
fn label(unit: &Range<usize>, stretches: &[Stretch]) -> Label {
    let from = stretches.partition_point(|s| s.range.end <= unit.start);
    let mut held = [0usize; 4];
    for stretch in stretches[from..].iter().take_while(|s| s.range.start < unit.end) {
        held[stretch.label as usize] += stretch.range.end.min(unit.end) - stretch.range.start.max(unit.start);
    }
    let all: usize = held.iter().sum();
    let labels = [Label::Keep, Label::Drop, Label::Missing, Label::Unknown];
    labels.into_iter().find(|l| all > 0 && held[*l as usize] as f64 >= MOST * all as f64).unwrap_or(Label::Unknown)
}

/// Reads all labelled texts of a folder, the corpus without its holdout, and bodies of labelled articles with pieces of the corpus of the same fold woven in. Texts of
/// other languages, and those whose reference is incomplete, are left out.
pub(crate) fn load(data: &Path, corpus: &Path) -> Result<Vec<Document>, Error> {
    let mut all = Vec::new();
    let cases: Vec<corpus::Case> = corpus::load(corpus)?.into_iter().filter(|c| !c.is_holdout).collect();
    let loom = Loom::new(cases.iter().enumerate().map(|(number, case)| (number % FOLDS, case)));
    let mut bodies = 0;
    records(data, |_, record| {
        let id = record["id"].as_str().unwrap_or_default();
        let fold = record["fold"].as_u64().unwrap_or(0) as usize % FOLDS;
        let language = record["lang"].as_str().unwrap_or("en");
        if let (Some(body), "article") = (record["reference"].as_str(), record["type"].as_str().unwrap_or("article")) {
            bodies += 1;
            if let Some((text, known)) = loom.weave(body, language, fold, bodies) {
                let stretches = known.into_iter().map(|(range, label)| of(&text, range, label)).collect();
                all.extend(Document::new(id, Set::Woven, false, language, fold, &text, stretches));
            }
        }
        let (Some(text), Some(spans), false) = (record["text"].as_str(), record["spans"].as_array(), record["noisy"] == true) else { return Ok(()) };
        let set = if id.ends_with("#f1") { Set::Page } else { Set::Residual };
        let stretches = spans.iter().filter_map(|span| stretch(text, span)).collect();
        all.extend(Document::new(id, set, record["page_type"] == "article", language, fold, text, stretches));
        Ok(())
    })?;
    for (number, case) in cases.iter().enumerate() {
        let kept = gaps(case).into_iter().map(|range| (range, Label::Keep));
        let dropped = case.expected.iter().map(|e| (e.range.clone(), Label::Drop));
        let mut stretches: Vec<Stretch> = kept.chain(dropped).map(|(range, label)| of(&case.text, range, label)).collect();
        stretches.sort_by_key(|s| s.range.start);
        all.extend(Document::new(&case.name, Set::Corpus, false, case.language(), number % FOLDS, &case.text, stretches));
    }
    Ok(all)
}

fn of(text: &str, range: Range<usize>, label: Label) -> Stretch {
    let signs = text.get(range.clone()).map_or(0, visible);
    Stretch { range, label, signs }
}

fn stretch(text: &str, span: &Value) -> Option<Stretch> {
    let range = span["start"].as_u64()? as usize..span["end"].as_u64()? as usize;
    let label = match (span["label"].as_str()?, span["tier"].as_str()) {
        ("keep", _) => Label::Keep,
        ("drop", Some("weak")) => Label::Missing,
        ("drop", _) => Label::Drop,
        _ => Label::Unknown,
    };
    Some(of(text, range, label))
}

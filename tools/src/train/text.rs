//! `train text`: fits the words and the trees of the judge of texts.
//!
//! First the words alone are weighed. The trees see what the words say of a unit and of its neighbours; what they are fitted on was said by words fitted on
//! other folds, lest they trust the words more than they may.

use super::FOLDS;
use super::boost::{self, Params, Table};
use super::figures::Figures;
use super::labelled::{Document, Label, Set, load};
use super::trees::Trees;
use super::words::{Example, Words};
use crate::corpus::Error;
use bodycopy::lesson::SIGNALS;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder of `.jsonl.gz` files of labelled texts.
    #[arg(long)]
    data: PathBuf,
    /// Where the library's sources are.
    #[arg(long, default_value = "src")]
    sources: PathBuf,
    /// Print so many units of articles that an extractor left, of those that are missed and of those that are wrongly removed.
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// How many trees.
    #[arg(long, default_value_t = 80)]
    trees: usize,
    #[arg(long, default_value_t = 16)]
    leaves: usize,
    #[arg(long, default_value_t = 6)]
    depth: usize,
    #[arg(long, default_value_t = 0.18)]
    rate: f32,
    /// Print the cross-validated figures only.
    #[arg(long)]
    dry: bool,
}

/// What a unit weighs that the reference merely lacks.
const MISSING: f32 = 0.15;
/// What a unit weighs in a body with pieces woven in: there are many, and what a reference holds is not all body.
const WOVEN: f32 = 0.3;
/// Bytes of a unit that weighs as one.
const TYPICAL: f32 = 50.0;
/// Thresholds at which figures are printed.
const THRESHOLDS: [f32; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

pub(crate) fn run(corpus: &Path, options: &Options) -> Result<(), Error> {
    let documents = load(&options.data, corpus)?;
    let units: usize = documents.iter().map(|d| d.labels.len()).sum();
    println!("{} texts, {units} units", documents.len());
    let pool = Pool::new(&documents);
    let params = Params {
        trees: options.trees,
        leaves: options.leaves,
        depth: options.depth,
        rate: options.rate,
        columns: 0.5,
        rows: 0.7,
        min_rows: 60,
        ..Params::default()
    };
    // `said[k]`: what words that know nothing of fold `k` nor of a unit's own fold say of it.
    let mut said = vec![vec![0.0f32; units]; FOLDS];
    for a in 0..FOLDS {
        let words = pool.words(|fold| fold != a);
        pool.say(&words, a, &mut said[a]);
        for b in 0..a {
            let words = pool.words(|fold| fold != a && fold != b);
            pool.say(&words, b, &mut said[a]);
            pool.say(&words, a, &mut said[b]);
        }
    }
    let zeros = vec![0.0f32; units];
    let table = pool.table(&zeros);
    let mut odds = vec![0.0f32; units];
    for fold in 0..FOLDS {
        pool.judge(&table, fold, |_| true, &params, &mut odds);
    }
    println!("without words");
    print(&documents, &pool.decided(&zeros, &odds));
    let plain = pool.trees(&table, |_| true, |_| true, &params);
    println!("with words");
    for (fold, said) in said.iter().enumerate() {
        pool.judge(&pool.table(said), fold, |knows| knows, &params, &mut odds);
    }
    // Words of one fold left out say the same of it as words do of a text that is new.
    let own: Vec<f32> = (0..units).map(|unit| said[pool.folds[unit]][unit]).collect();
    let odds = pool.decided(&own, &odds);
    print(&documents, &odds);
    print_errors(&documents, &odds, options.errors);
    if options.dry {
        return Ok(());
    }
    let trees = pool.trees(&pool.table(&own), |_| true, |knows| knows, &params);
    let words = pool.words(|_| true);
    let write = |name: &str, bytes: &[u8]| {
        let path = options.sources.join(name);
        fs::write(&path, bytes).map_err(|source| Error::Io { path, source })
    };
    let header =
        "# What the judge of texts makes of the signals of a unit: boosted trees, in log-odds of boilerplate. Written by `tools train text`.\n";
    write("judge/text-trees.txt", format!("{header}{}", trees.write(&SIGNALS, 1.0)).as_bytes())?;
    write("judge/plain-trees.txt", format!("{header}{}", plain.write(&SIGNALS, 1.0)).as_bytes())?;
    write("evidence/words.bin", &words.write())
}

/// All units together.
struct Pool<'a> {
    documents: &'a [Document],
    folds: Vec<usize>,
    places: Vec<&'a [usize]>,
    labels: Vec<f32>,
    weights: Vec<f32>,
    /// Whether words are known.
    knows: Vec<bool>,
}

impl<'a> Pool<'a> {
    fn new(documents: &'a [Document]) -> Self {
        let mut pool = Pool { documents, folds: Vec::new(), places: Vec::new(), labels: Vec::new(), weights: Vec::new(), knows: Vec::new() };
        for document in documents {
            let of_set = match document.set {
                Set::Residual => 1.0,
                Set::Page => 0.5,
                Set::Corpus => 1.5,
                Set::Woven => WOVEN,
            };
            for (unit, label) in document.labels.iter().enumerate() {
                let weight = match label {
                    Label::Unknown => 0.0,
                    Label::Missing => MISSING,
                    _ => 1.0,
                };
                pool.folds.push(document.fold);
                pool.knows.push(document.text.knows_words);
                pool.places.push(&document.text.places[unit]);
                pool.labels.push(f32::from(u8::from(*label != Label::Keep)));
                // Long units are worth more than short ones: what is feared is a lost paragraph.
                let bytes = document.text.spans[unit].len() as f32;
                let weight = if *label == Label::Keep { weight * (bytes / TYPICAL).sqrt().clamp(0.7, 3.0) } else { weight };
                pool.weights.push(if document.text.counts[unit] { weight * of_set } else { 0.0 });
            }
        }
        pool
    }

    /// Words fitted on some folds.
    fn words(&self, is_in: impl Fn(usize) -> bool) -> Words {
        let known = |&unit: &usize| self.weights[unit] > 0.0 && self.knows[unit] && is_in(self.folds[unit]);
        let example = |unit: usize| Example { places: self.places[unit], label: self.labels[unit], weight: self.weights[unit] };
        Words::fit(&(0..self.folds.len()).filter(known).map(example).collect::<Vec<_>>()).rounded()
    }

    fn say(&self, words: &Words, fold: usize, said: &mut [f32]) {
        for unit in (0..self.folds.len()).filter(|&u| self.folds[u] == fold) {
            said[unit] = words.odds(self.places[unit]);
        }
    }

    /// What trees that know nothing of a fold make of its units.
    fn judge(&self, table: &Table, fold: usize, knows: impl Fn(bool) -> bool, params: &Params, odds: &mut [f32]) {
        let trees = self.trees(table, |f| f != fold, knows, params);
        for unit in (0..self.folds.len()).filter(|&u| self.folds[u] == fold) {
            odds[unit] = trees.odds(|signal| table.columns[signal][unit]);
        }
    }

    /// The signals of all units.
    fn table(&self, said: &[f32]) -> Table {
        let mut columns = vec![Vec::with_capacity(self.folds.len()); SIGNALS.len()];
        for (document, own) in each(self.documents, said) {
            for row in document.text.rows(own) {
                columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
            }
        }
        Table { columns }
    }

    /// The log-odds of every unit, where its words and the trees give it these.
    fn decided(&self, said: &[f32], trees: &[f32]) -> Vec<f32> {
        let units = self.documents.iter().flat_map(|d| (0..d.labels.len()).map(|unit| (&d.text, unit)));
        units.zip(said.iter().zip(trees)).map(|((text, unit), (said, trees))| text.odds(unit, *said, *trees)).collect()
    }

    fn trees(&self, table: &Table, is_in: impl Fn(usize) -> bool, knows: impl Fn(bool) -> bool, params: &Params) -> Trees {
        let weights: Vec<f32> = self
            .weights
            .iter()
            .zip(self.folds.iter().zip(&self.knows))
            .map(|(weight, (fold, known))| if is_in(*fold) && knows(*known) { *weight } else { 0.0 })
            .collect();
        boost::fit(table, &self.labels, &weights, params)
    }
}

/// Every document with what is said of its units.
fn each<'a>(documents: &'a [Document], all: &'a [f32]) -> impl Iterator<Item = (&'a Document, &'a [f32])> {
    documents.iter().scan(all, |rest, document| {
        let own;
        (own, *rest) = rest.split_at(document.labels.len());
        Some((document, own))
    })
}

/// Prints figures for every set, kind of page and language, at five thresholds; then how many of the units of each score are boilerplate.
fn print(documents: &[Document], odds: &[f32]) {
    type Group<'g> = (String, Box<dyn Fn(&Document) -> bool + 'g>);
    let is_dirty = |d: &Document| d.stretches.iter().any(|s| s.label == Label::Drop);
    let mut groups: Vec<Group<'_>> = vec![
        ("residual, articles".to_owned(), Box::new(|d| d.set == Set::Residual && d.is_article)),
        ("residual, other kinds".to_owned(), Box::new(|d| d.set == Set::Residual && !d.is_article)),
        ("page text, articles, en".to_owned(), Box::new(|d| d.set == Set::Page && d.is_article && d.language == "en")),
        ("page text, other kinds".to_owned(), Box::new(|d| d.set == Set::Page && !d.is_article)),
        ("woven, en".to_owned(), Box::new(|d| d.set == Set::Woven && d.language == "en")),
        ("woven, others".to_owned(), Box::new(|d| d.set == Set::Woven && d.language != "en")),
        ("corpus, en".to_owned(), Box::new(|d| d.set == Set::Corpus && d.language == "en")),
        ("corpus, others, dirty".to_owned(), Box::new(move |d| d.set == Set::Corpus && d.language != "en" && is_dirty(d))),
        ("corpus, others, negative".to_owned(), Box::new(move |d| d.set == Set::Corpus && d.language != "en" && !is_dirty(d))),
    ];
    let mut languages: Vec<&str> = documents.iter().filter(|d| d.set == Set::Page && d.language != "en").map(|d| d.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    for language in languages {
        groups.push((format!("page text, {language}"), Box::new(move |d| d.set == Set::Page && d.language == language)));
    }
    for (name, is_in) in groups {
        for threshold in THRESHOLDS {
            let cut = (threshold / (1.0 - threshold)).ln();
            let mut figures = Figures::default();
            for (document, own) in each(documents, odds).filter(|(d, _)| is_in(d)) {
                figures.add(document, |unit| own[unit] >= cut && document.text.counts[unit]);
            }
            println!("{name:24} at {threshold:.1}: {figures}");
        }
    }
    let mut held = [[0usize; 2]; 10];
    let labels = documents.iter().flat_map(|d| d.labels.iter().map(move |l| (d.set, *l)));
    for ((set, label), odds) in labels.zip(odds) {
        if matches!(set, Set::Residual | Set::Page) && matches!(label, Label::Keep | Label::Drop) {
            let score = 1.0 / (1.0 + (-odds).exp());
            held[((score * 10.0) as usize).min(9)][usize::from(label == Label::Drop)] += 1;
        }
    }
    for (tenth, [kept, dropped]) in held.iter().enumerate() {
        println!("score .{tenth}: {} units, {:.3} boilerplate", kept + dropped, *dropped as f64 / (kept + dropped).max(1) as f64);
    }
}

/// Prints some of the units that are missed and some of those that are wrongly removed, evenly spread, with what stands beside them.
fn print_errors(documents: &[Document], odds: &[f32], count: usize) {
    for wanted in [Label::Drop, Label::Keep] {
        let mut found = Vec::new();
        for (document, own) in each(documents, odds).filter(|(d, _)| d.set == Set::Residual && d.is_article) {
            let is_wrong = |&unit: &usize| document.labels[unit] == wanted && (own[unit] >= 0.0) == (wanted == Label::Keep);
            found.extend((0..own.len()).filter(is_wrong).map(|unit| (document, unit, own[unit])));
        }
        let step = found.len().div_ceil(count.max(1)).max(1);
        for (document, unit, odds) in found.into_iter().step_by(step).take(count) {
            let text = |unit: Option<usize>| unit.and_then(|u| document.text.spans.get(u)).map_or("", |span| &document.source[span.range()]);
            println!(
                "{wanted:?} {odds:+.1} {}\n    before: {}\n    UNIT: {}\n    behind: {}",
                document.id,
                text(unit.checked_sub(1)),
                text(Some(unit)),
                text(Some(unit + 1))
            );
        }
    }
}

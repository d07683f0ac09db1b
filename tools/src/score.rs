//! `score`: recall of what must go and loss of what must stay, on the corpus.
//!
//! A unit is a sentence of a line; it is gone when less than half of its visible signs are left.

use crate::corpus::{self, Case, Error};
use bodycopy::{Category, Evidence, clean_text};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use unicode_segmentation::UnicodeSegmentation;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only documents of this language.
    #[arg(long)]
    language: Option<String>,
    /// List what is missed and what is wrongly lost, outside the holdout.
    #[arg(long)]
    errors: bool,
    /// Print the holdout's figures too. Look at them seldom: whoever mends phrases by them has no holdout any more.
    #[arg(long)]
    holdout: bool,
}

/// Counts over some documents.
#[derive(Debug, Default, Clone)]
struct Tally {
    units: usize,
    gone: usize,
    body: usize,
    lost: usize,
    /// The largest share of a document's body that is lost.
    worst: f64,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.units += other.units;
        self.gone += other.gone;
        self.body += other.body;
        self.lost += other.lost;
        self.worst = self.worst.max(other.worst);
    }

    fn row(&self, name: &str) {
        let share = |a: usize, b: usize| a as f64 / b as f64;
        let mut row = format!("{name:28}");
        if self.units > 0 {
            row += &format!(" units {:5}  recall {:.3}  ", self.units, share(self.gone, self.units));
        }
        if self.body > 0 {
            row += &format!(" body lost {:.3} %  worst document {:.1} %", 100.0 * share(self.lost, self.body), 100.0 * self.worst);
        }
        println!("{row}");
    }
}

pub(crate) fn run(corpus: &Path, options: &Options) -> Result<(), Error> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for case in corpus::load(corpus)? {
        let is_other = options.language.as_ref().is_some_and(|l| l != case.language());
        if is_other || (case.is_holdout && !options.holdout) {
            continue;
        }
        let part = if case.is_holdout { "holdout" } else { "open" };
        let found = score(&case, options.errors && !case.is_holdout);
        let kind = if case.expected.is_empty() { "negatives" } else { "dirty" };
        for group in ["all".to_owned(), kind.to_owned(), format!("language {}", case.language()), format!("language {} {kind}", case.language())] {
            tallies.entry(format!("{part}: {group}")).or_default().add(&found.all);
        }
        for (category, tally) in &found.categories {
            tallies.entry(format!("{part}: category {category}")).or_default().add(tally);
            if matches!(category, Category::Donation | Category::Paywall) {
                tallies.entry(format!("{part}: donation and paywall")).or_default().add(tally);
            }
        }
    }
    for (name, tally) in &tallies {
        tally.row(name);
    }
    Ok(())
}

struct Found {
    all: Tally,
    categories: BTreeMap<Category, Tally>,
}

fn score(case: &Case, print: bool) -> Found {
    let cleaned = clean_text(&case.text);
    let removed: Vec<Range<usize>> = cleaned.removals().iter().map(|r| r.at.range()).collect();
    let mut found = Found { all: Tally::default(), categories: BTreeMap::new() };
    for expected in &case.expected {
        let tally = found.categories.entry(expected.category).or_default();
        for unit in units(&case.text, expected.range.clone()) {
            let gone = 2 * overlap(&case.text, &unit, &removed) > visible(&case.text[unit.clone()]);
            tally.units += 1;
            tally.gone += usize::from(gone);
            if print && !gone {
                let verdict = cleaned.blocks().find(|(b, _)| b.span.start <= unit.start && unit.start < b.span.end).map(|(_, v)| v);
                let why = verdict.map_or_else(String::new, |v| format!("{:.2} {}", v.score, reasons(&case.text, v.evidence())));
                println!("missed {:14} {}: {} [{why}]", expected.category.name(), case.name, &case.text[unit]);
            }
        }
    }
    for tally in found.categories.values() {
        found.all.add(tally);
    }
    for body in gaps(case) {
        found.all.body += visible(&case.text[body.clone()]);
        found.all.lost += overlap(&case.text, &body, &removed);
        for r in removed.iter().filter(|r| print && overlap(&case.text, &body, std::slice::from_ref(r)) > 0) {
            let why = cleaned.removals().iter().find(|x| x.at.range() == *r);
            let why = why.map_or_else(String::new, |x| reasons(&case.text, &x.evidence));
            println!("LOST   {:29} {} [{why}]", case.name, &case.text[r.start.max(body.start)..r.end.min(body.end)].trim());
        }
    }
    found.all.worst = found.all.lost as f64 / found.all.body.max(1) as f64;
    found
}

fn reasons(text: &str, evidence: &[Evidence]) -> String {
    let reason = |e: &Evidence| format!("{} {:?} {:+.1}", e.cue, e.span.map_or("", |s| &text[s.range()]), e.weight);
    evidence.iter().map(reason).collect::<Vec<_>>().join(", ")
}

/// The ranges that must stay.
pub(crate) fn gaps(case: &Case) -> Vec<Range<usize>> {
    let starts = [0].into_iter().chain(case.expected.iter().map(|e| e.range.end));
    let ends = case.expected.iter().map(|e| e.range.start).chain([case.text.len()]);
    starts.zip(ends).map(|(a, b)| a..b).filter(|r| !r.is_empty()).collect()
}

/// The sentences of every line of a range.
fn units(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut line_start = range.start;
    for line in text[range].split_inclusive('\n') {
        for (at, sentence) in line.split_sentence_bound_indices() {
            if visible(sentence) > 0 {
                all.push(line_start + at..line_start + at + sentence.trim_end().len());
            }
        }
        line_start += line.len();
    }
    all
}

pub(crate) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The visible signs of a range that lie in one of these.
fn overlap(text: &str, range: &Range<usize>, others: &[Range<usize>]) -> usize {
    others.iter().map(|o| (o.start.max(range.start), o.end.min(range.end))).filter(|(a, b)| a < b).map(|(a, b)| visible(&text[a..b])).sum()
}

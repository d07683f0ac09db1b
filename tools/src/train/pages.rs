//! `train pages`: fits the judge of pages to labelled pages, and says how good it is on sites that it has not seen.

use super::FOLDS;
use super::align::Words;
use super::boost::{Params, Table, fit};
use super::trees::Trees;
use crate::check_trees::records;
use crate::corpus::Error;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder of `.jsonl.gz` files of labelled pages: `html`, `reference`, `fold`, `type`, `lang`, `url`.
    #[arg(long)]
    data: PathBuf,
    /// Where to write the weights.
    #[arg(long, default_value = "src/judge/page-trees.txt")]
    out: PathBuf,
    /// Only say how good it is.
    #[arg(long)]
    check: bool,
    /// Which blocks and signals each tree sees is drawn from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 100)]
    trees: usize,
    /// Leaves of a tree at most.
    #[arg(long, default_value_t = 31)]
    leaves: usize,
    /// What part of its answer counts.
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
}

/// Blocks of a page that are fitted on at most, so that a few long pages do not rule.
const MOST_BLOCKS: usize = 500;

/// Pages of one site are alike: all of them together weigh as much as the square root of their number.
const OF_A_SITE: f32 = 0.5;
/// Hessian that a leaf has at least, in weights of a block: a quarter of it where all is open.
const MIN_HESSIAN: f64 = 20.0;

/// A labelled page.
struct Page {
    words: Words,
    /// Where its blocks begin among all.
    first: usize,
    count: usize,
    fold: usize,
    /// The kind of page, or the language of a set of news.
    group: String,
    site: String,
}

/// All pages; rows are blocks.
#[derive(Default)]
struct Set {
    pages: Vec<Page>,
    table: Table,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let names: Vec<&str> = bodycopy::inspect::signals().collect();
    let set = load(options, names.len())?;
    let words = names.iter().position(|n| *n == "words").unwrap_or_default();
    println!("{} pages, {} blocks, {} signals", set.pages.len(), set.labels.len(), names.len());
    let params = Params {
        seed: options.seed,
        trees: options.trees,
        leaves: options.leaves,
        rate: options.rate,
        min_hessian: MIN_HESSIAN,
        ..Params::default()
    };
    let mut odds = vec![0.0f32; set.labels.len()];
    for fold in 0..FOLDS {
        let trees = fit_pages(&set, &params, |page| page.fold != fold);
        for page in set.pages.iter().filter(|p| p.fold == fold) {
            for (i, odds) in odds[page.first..page.first + page.count].iter_mut().enumerate() {
                *odds = trees.odds(|c| set.table.columns[c][page.first + i]);
            }
        }
    }
    let report = report(&set, &odds, words);
    println!("{report}");
    if options.check {
        return Ok(());
    }
    let trees = fit_pages(&set, &params, |_| true);
    // The judge counts what speaks for boilerplate.
    let text = format!("{}{}", header(&report), trees.write(&names, -1.0));
    std::fs::write(&options.out, text).map_err(|source| Error::Io { path: options.out.clone(), source })
}

fn header(report: &str) -> String {
    let mut text = "# What the judge of pages asks of a block, and what the answers weigh in log-odds of boilerplate: boosted trees, as `trees.rs` reads them.\n\
                    # Written by `cargo run --release -p tools -- train pages --data DIR` from the pages of WCXB dev and DAnIEL dev. Word F1 on sites not fitted on:\n"
        .to_owned();
    report.lines().for_each(|line| {
        text.push_str("# ");
        text.push_str(line);
        text.push('\n');
    });
    text
}

fn load(options: &Options, signals: usize) -> Result<Set, Error> {
    let mut set = Set { table: Table { columns: vec![Vec::new(); signals] }, ..Set::default() };
    records(&options.data, |_, record| {
        let Some(html) = record["html"].as_str() else { return Ok(()) };
        let blocks = bodycopy::inspect::blocks(html);
        let words = Words::new(record["reference"].as_str().unwrap_or_default(), blocks.iter().map(|(text, _)| &text[..]));
        let (language, url) = (record["lang"].as_str().unwrap_or_default(), record["url"].as_str().unwrap_or_default());
        let group = if language.is_empty() { record["type"].as_str().unwrap_or("?").to_owned() } else { format!("news-{language}") };
        set.labels.extend(words.shares());
        for (_, row) in &blocks {
            row.iter().zip(&mut set.table.columns).for_each(|(value, column)| column.push(*value));
        }
        let first = set.labels.len() - blocks.len();
        set.pages.push(Page {
            words,
            first,
            count: blocks.len(),
            fold: record["fold"].as_u64().unwrap_or_default() as usize,
            group,
            site: site(url).to_owned(),
        });
        Ok(())
    })?;
    let mut sites: BTreeMap<&str, f32> = BTreeMap::new();
    for page in &set.pages {
        *sites.entry(&page.site).or_default() += 1.0;
    }
    set.weights = set.pages.iter().flat_map(|page| weights(page, sites.get(&page.site[..]).copied().unwrap_or(1.0).powf(-OF_A_SITE))).collect();
    Ok(set)
}

fn site(url: &str) -> &str {
    url.split("//").nth(1).unwrap_or(url).split('/').next().unwrap_or_default()
}

/// What each block of a page weighs: its words, as a share of the body; pages where boilerplate outweighs the body by far weigh less.
fn weights(page: &Page, of_site: f32) -> Vec<f32> {
    let body = page.words.reference.len() as f32;
    let own: Vec<f32> = (0..page.count).map(|b| ((page.words.of(b).len() as f32 + 2.0) / (body + 50.0)).min(1.0)).collect();
    let sum: f32 = own.iter().sum();
    let is_taken = |b: usize| page.count <= MOST_BLOCKS || b * MOST_BLOCKS / page.count != (b + 1) * MOST_BLOCKS / page.count;
    let more = (page.count as f32 / MOST_BLOCKS as f32).max(1.0);
    own.iter().enumerate().map(|(b, w)| if is_taken(b) { w * more * of_site * (3.0 / sum).min(1.0) } else { 0.0 }).collect()
}

fn fit_pages(set: &Set, params: &Params, is_used: impl Fn(&Page) -> bool) -> Trees {
    let mut weights = set.weights.clone();
    for page in set.pages.iter().filter(|p| !is_used(p)) {
        weights[page.first..page.first + page.count].fill(0.0);
    }
    let used = weights.iter().filter(|w| **w > 0.0).count();
    let mean = weights.iter().map(|w| f64::from(*w)).sum::<f64>() / used.max(1) as f64;
    weights.iter_mut().for_each(|w| *w /= mean as f32);
    fit(&set.table, &set.labels, &weights, params)
}

/// Word F1 as the judge would cut the pages: by kind the mean over pages, by language over sites.
fn report(set: &Set, odds: &[f32], words: usize) -> String {
    let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<f64>>> = BTreeMap::new();
    let mut all = Vec::new();
    for page in &set.pages {
        let rows = page.first..page.first + page.count;
        let against: Vec<f32> = odds[rows.clone()].iter().map(|o| -o).collect();
        let cut = bodycopy::inspect::cut(&against, &set.table.columns[words][rows]);
        let f1 = page.words.f1(|b| against[b] + cut < 0.0);
        groups.entry(&page.group).or_default().entry(&page.site).or_default().push(f1);
        if !page.group.starts_with("news-") {
            all.push(f1);
        }
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (mut pages, mut news) = (Vec::new(), Vec::new());
    let mut of_news = Vec::new();
    for (group, sites) in &groups {
        if let Some(language) = group.strip_prefix("news-") {
            let f1 = mean(&sites.values().map(|site| mean(site)).collect::<Vec<_>>());
            of_news.push(f1);
            news.push(format!("{language} {f1:.3}"));
        } else {
            pages.push(format!("{group} {:.3}", mean(&sites.values().flatten().copied().collect::<Vec<_>>())));
        }
    }
    format!("WCXB {:.4}: {}\nDAnIEL {:.4}: {}", mean(&all), pages.join(", "), mean(&of_news), news.join(", "))
}

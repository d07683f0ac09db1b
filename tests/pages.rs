//! The default cleaner over the corpus of pages.

#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../tools/src/corpus.rs"]
mod corpus;

use bodycopy::{Cleaned, clean_html, inspect};
use corpus::{PageCase, check_page};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

fn cases() -> Vec<PageCase> {
    corpus::load_pages(Path::new("corpus")).unwrap()
}

fn words(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).for_each(|w| *counts.entry(w).or_default() += 1);
    counts
}

/// The share of one text's words that the other has, too.
fn share(of: &str, found_in: &str) -> f64 {
    let (of, found) = (words(of), words(found_in));
    let both: usize = of.iter().map(|(word, n)| *n.min(found.get(word).unwrap_or(&0))).sum();
    both as f64 / of.values().sum::<usize>().max(1) as f64
}

#[test]
fn every_page_without_what_must_go_is_its_body() {
    let cases = cases();
    assert!(cases.len() >= 40);
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        *languages.entry(&case.name[..2]).or_default() += 1;
        check_page(&case.page, &case.expected, &case.body).unwrap_or_else(|e| panic!("{}: {e}", case.name));
    }
    assert!(languages.len() >= 6 && languages.values().all(|n| *n >= 5), "{languages:?}");
}

/// What the pages as a whole must reach; raised when the judge gets better, never lowered.
#[test]
fn the_floors_hold() {
    const PRECISION: f64 = 0.95;
    const RECALL: f64 = 0.91;
    let (mut precision, mut recall) = (0.0, 0.0);
    let cases = cases();
    for case in &cases {
        let cleaned = clean_html(&case.page);
        let (p, r) = (share(&cleaned.text(), &case.body), share(&case.body, &cleaned.text()));
        println!("{:36} {p:.3} {r:.3}", case.name);
        precision += p / cases.len() as f64;
        recall += r / cases.len() as f64;
    }
    println!("precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= PRECISION, "{precision:.3} of the words that stay are body");
    assert!(recall >= RECALL, "{recall:.3} of the body stays");
}

fn check_spans(page: &str, cleaned: &Cleaned<'_>) {
    let mut end = 0;
    for removal in cleaned.removals() {
        assert!(end <= removal.at.start && removal.at.start < removal.at.end, "{removal:?}");
        assert!(page.get(removal.at.range()).is_some(), "{removal:?}");
        end = removal.at.end;
        let odds: f32 = removal.evidence.iter().map(|e| e.weight).sum();
        assert!((1.0 / (1.0 + (-odds).exp()) - removal.score).abs() < 0.01, "{removal:?}");
    }
}

#[test]
fn removals_are_spans_of_the_page_and_add_up() {
    for case in cases() {
        check_spans(&case.page, &clean_html(&case.page));
    }
}

#[test]
fn every_block_can_be_explained() {
    let cleaner = bodycopy::Cleaner::builder().explain(true).build().unwrap();
    for case in cases() {
        let cleaned = cleaner.clean_html(&case.page);
        for (text, verdict) in cleaned.texts() {
            let odds: f32 = verdict.evidence().iter().map(|e| e.weight).sum();
            assert!((1.0 / (1.0 + (-odds).exp()) - verdict.score).abs() < 0.01, "{text}: {verdict:?}");
        }
        assert_eq!(cleaned.text(), clean_html(&case.page).text());
    }
}

#[test]
fn the_kept_tree_says_what_the_text_says() {
    for case in cases() {
        let cleaned = clean_html(&case.page);
        assert_eq!(inspect::text(&cleaned.html()), cleaned.text(), "{}", case.name);
    }
}

/// Markdown has all letters of the text, in their order, and those of addresses and images.
#[test]
fn markdown_loses_no_letter() {
    for case in cases() {
        let cleaned = clean_html(&case.page);
        let markdown = cleaned.markdown();
        let mut letters = markdown.chars();
        for letter in cleaned.text().chars().filter(|c| c.is_alphanumeric()) {
            assert!(letters.any(|c| c == letter), "{}: {letter} is missing in\n{markdown}", case.name);
        }
    }
}

//! The default cleaner over the whole text corpus.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

// The pages are for other tests.
#[allow(dead_code)]
#[path = "../tools/src/corpus.rs"]
mod corpus;

use bodycopy::clean_text;
use corpus::Case;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

fn cases() -> Vec<Case> {
    let cases = corpus::load(Path::new("corpus")).unwrap();
    assert!(!cases.is_empty());
    cases
}

/// The share of a document's visible signs that is removed although it must stay.
fn lost(case: &Case) -> f64 {
    let visible = |range: std::ops::Range<usize>| case.text[range].chars().filter(|c| !c.is_whitespace()).count();
    let cleaned = clean_text(&case.text);
    let mut at = 0;
    let (mut body, mut gone) = (0, 0);
    for (start, end) in case.expected.iter().map(|e| (e.range.start, e.range.end)).chain([(case.text.len(), case.text.len())]) {
        body += visible(at..start);
        for removal in cleaned.removals() {
            let (from, to) = (removal.at.start.max(at), removal.at.end.min(start));
            if from < to {
                gone += visible(from..to);
            }
        }
        at = end;
    }
    gone as f64 / body.max(1) as f64
}

#[test]
fn every_file_is_well_formed() {
    let mut texts = HashSet::new();
    for case in cases() {
        assert!(case.text.len() <= 20_000, "{} has over 20 KB", case.name);
        assert!(bodycopy::languages().any(|tag| tag == case.language()), "{}: no such language", case.name);
        let words: Vec<&str> = case.text.split_whitespace().collect();
        let is_spaced = !matches!(case.language(), "zh" | "ja");
        let length = if is_spaced { words.len() } else { words.concat().chars().count() };
        assert!((100..=1000).contains(&length), "{} has a length of {length}", case.name);
        assert!(texts.insert(words.join(" ")), "{} has the text of another", case.name);
        for pair in case.expected.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start, "{}: out of order", case.name);
        }
    }
}

#[test]
fn every_language_has_its_share_of_both_kinds() {
    let mut counts: BTreeMap<(String, bool), [usize; 2]> = BTreeMap::new();
    for case in cases() {
        counts.entry((case.language().to_owned(), case.expected.is_empty())).or_default()[usize::from(case.is_holdout)] += 1;
    }
    assert_eq!(counts.len(), 22, "eleven languages, with boilerplate and without");
    for ((language, is_negative), [open, holdout]) in &counts {
        let least = if language == "en" { 90 } else { 14 };
        assert!(open + holdout >= least, "{language}: {} documents, negative: {is_negative}", open + holdout);
        assert_eq!(*holdout, (open + holdout).div_ceil(4), "{language}: the holdout is a quarter, negative: {is_negative}");
    }
    let all: usize = counts.values().flatten().sum();
    assert!(all >= 450);
}

#[test]
fn the_holdout_names_documents() {
    let names: HashSet<String> = cases().into_iter().map(|c| c.name).collect();
    for name in corpus::read(Path::new("corpus/holdout.txt")).unwrap().lines().filter(|l| !l.starts_with('#')) {
        assert!(names.contains(name), "holdout.txt names {name}, which is not there");
    }
}

/// Losses not yet mended: a full date under the title of some minutes stands where a paper prints its own.
const KNOWN_LOSSES: [&str; 1] = ["ru-protokol-dom-kultury"];

#[test]
fn hard_negatives_outside_the_holdout_lose_nothing() {
    for case in cases().iter().filter(|c| c.expected.is_empty() && !c.is_holdout) {
        let removals = clean_text(&case.text).removals().to_vec();
        if KNOWN_LOSSES.contains(&case.name.as_str()) {
            assert!(lost(case) <= 0.02, "{} loses over 2 %", case.name);
            assert!(!removals.is_empty(), "{} is mended: take it off the list", case.name);
            continue;
        }
        assert!(removals.is_empty(), "{} loses {:?}: {removals:?}", case.name, &case.text[removals[0].at.range()]);
    }
}

/// What the corpus as a whole must reach; raised when the judge gets better, never lowered.
#[test]
fn the_floors_hold() {
    const RECALL: f64 = 0.82;
    const BODY_LOST: f64 = 0.003;
    let (mut expected, mut gone, mut shares) = (0, 0, Vec::new());
    for case in cases() {
        let cleaned = clean_text(&case.text);
        for e in &case.expected {
            expected += e.range.len();
            gone += cleaned.removals().iter().map(|r| r.at.end.min(e.range.end).saturating_sub(r.at.start.max(e.range.start))).sum::<usize>();
        }
        shares.push(lost(&case));
    }
    let recall = gone as f64 / expected as f64;
    let lost = shares.iter().sum::<f64>() / shares.len() as f64;
    assert!(recall >= RECALL, "{recall:.3} of what must go is gone");
    assert!(lost <= BODY_LOST, "documents lose {:.3} % of their bodies on average", 100.0 * lost);
}

#[test]
fn cleaning_again_removes_nothing_more() {
    let cases = cases();
    let mut unstable = Vec::new();
    for case in &cases {
        let once = clean_text(&case.text).text().into_owned();
        if clean_text(&once).text() != once {
            unstable.push(&case.name);
        }
    }
    assert!(unstable.len() * 1000 <= cases.len(), "cleaned twice, these change: {unstable:?}");
}

#[test]
fn the_demo_comes_out_clean() {
    let case = cases().into_iter().find(|c| c.name == "en-demo-harbour-bridge").unwrap();
    let cleaned = clean_text(&case.text);
    let want = format!("{}{}", &case.text[..case.expected[0].range.start], case.text[case.expected[0].range.end..].trim_start());
    assert_eq!(cleaned.text(), want);
}

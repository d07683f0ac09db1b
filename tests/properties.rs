//! What holds for every string.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bodycopy::{Cleaned, Cleaner, Cue, clean_text};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Text made of what boilerplate and bodies are made of, and of what breaks programs.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Please donate to our newsroom today.".to_owned()),
        Just("Subscribe to our newsletter".to_owned()),
        Just("Share this article".to_owned()),
        Just("Advertisement".to_owned()),
        Just("Home | News | Sport | About us".to_owned()),
        Just("Already a subscriber? Log in".to_owned()),
        Just("Related articles".to_owned()),
        Just("• ".to_owned()),
        Just("“Please give,” she said. Then we left.".to_owned()),
        Just("We rely on readers like you. £3 a month keeps us going.".to_owned()),
        Just("支持我们。請訂閱！".to_owned()),
        Just("The river rose by two metres in the night, and nobody slept.".to_owned()),
        "[ \t\r\n\u{a0}\u{200b}\u{feff}\u{ad}\u{202b}]{1,4}",
        "[a-zA-ZäßÉłю中の한ا0-9 .,!?'\"“”«»$€-]{0,30}",
        any::<String>(),
    ];
    prop::collection::vec((piece, prop_oneof![Just(" "), Just("\n"), Just("\n\n"), Just("\r\n"), Just("")]), 0..25)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

fn check(cleaned: &Cleaned<'_>, source: &str) -> Result<(), TestCaseError> {
    let mut at = 0;
    for removal in cleaned.removals() {
        prop_assert!(at <= removal.at.start && removal.at.start < removal.at.end && removal.at.end <= source.len());
        prop_assert!(source.is_char_boundary(removal.at.start) && source.is_char_boundary(removal.at.end));
        at = removal.at.end;
        let sum: f32 = removal.evidence.iter().map(|e| e.weight).sum();
        let odds = (removal.score / (1.0 - removal.score)).ln();
        prop_assert!((sum - odds).abs() < 0.05 || removal.score > 0.999, "evidence adds up to {sum}, log-odds are {odds}");
        prop_assert!(removal.evidence.iter().any(|e| e.cue == Cue::Bias || e.cue == Cue::Rest));
        prop_assert!(removal.evidence.len() <= 9);
        for evidence in &removal.evidence {
            prop_assert!(evidence.span.is_none_or(|s| source.get(s.range()).is_some()));
        }
    }
    // Kept and removed together are the source.
    let mut pieces: Vec<(usize, &str)> = cleaned.removals().iter().map(|r| (r.at.start, &source[r.at.range()])).collect();
    let kept: Vec<&str> = cleaned.kept().collect();
    pieces.extend(kept.iter().map(|k| (k.as_ptr() as usize - cleaned.source().as_ptr() as usize, *k)));
    pieces.sort_unstable();
    prop_assert_eq!(pieces.iter().map(|(_, p)| *p).collect::<String>(), source);
    prop_assert_eq!(kept.concat(), cleaned.text().into_owned());
    // Blocks are in order and disjoint, and hold every letter.
    let mut at = 0;
    for (block, verdict) in cleaned.blocks() {
        prop_assert!(at <= block.span.start && block.span.start < block.span.end);
        prop_assert!(!source[at..block.span.start].contains(char::is_alphanumeric));
        prop_assert!((0.0..=1.0).contains(&verdict.score));
        at = block.span.end;
    }
    prop_assert!(!source[at..].contains(char::is_alphanumeric));
    Ok(())
}

static SURE: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::builder().threshold(0.9).build().unwrap());
static NOTHING: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::builder().remove([]).build().unwrap());

fn cleaner(threshold: f32) -> Cleaner {
    if threshold == 0.9 { SURE.clone() } else { Cleaner::default() }
}

proptest! {
    #[test]
    fn invariants_hold(source in text()) {
        let cleaned = clean_text(&source);
        check(&cleaned, &source)?;
        let again = clean_text(&source);
        prop_assert_eq!(again.removals(), cleaned.removals());
        prop_assert!((0.0..=1.0).contains(&cleaned.removed_share()));
        let owned = cleaned.clone().into_owned();
        prop_assert_eq!(owned.text(), cleaned.text());
    }

    #[test]
    fn a_higher_threshold_removes_no_more(source in text()) {
        let bytes = |threshold: f32| -> usize {
            cleaner(threshold).clean_text(&source).blocks().filter(|(_, v)| v.removed).map(|(b, _)| b.span.len()).sum()
        };
        prop_assert!(bytes(0.9) <= bytes(0.5));
    }

    #[test]
    fn nothing_goes_where_no_category_does(source in text()) {
        prop_assert!(NOTHING.clean_text(&source).removals().is_empty());
    }
}

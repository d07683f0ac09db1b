//! The public interface: what it promises of its types, its settings and their errors.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bodycopy::{Block, BlockKind, Category, Cleaned, Cleaner, CleanerBuilder, Cue, Error, Evidence, Input, Removal, Span, Verdict, clean_text};
use std::panic::{RefUnwindSafe, UnwindSafe};

#[test]
fn every_public_type_can_be_shared_between_threads() {
    fn check<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}
    check::<Block>();
    check::<BlockKind>();
    check::<Category>();
    check::<Cleaned<'static>>();
    check::<Cleaner>();
    check::<CleanerBuilder>();
    check::<Cue>();
    check::<Error>();
    check::<Evidence>();
    check::<Input<'static>>();
    #[cfg(feature = "html")]
    check::<bodycopy::NodePart>();
    #[cfg(feature = "html")]
    check::<Removal<bodycopy::NodePart>>();
    check::<Removal>();
    check::<Span>();
    check::<Verdict>();
}

#[test]
fn bad_settings_are_refused_with_advice() {
    let message = |builder: CleanerBuilder| builder.build().unwrap_err().to_string();
    assert_eq!(
        message(Cleaner::builder().threshold(f32::NAN)),
        "threshold NaN is not between 0 and 1: give a score such as 0.5 (lower removes more)"
    );
    assert!(message(Cleaner::builder().languages(["xx"])).starts_with("no lexicon for language `xx`: choose among en, "));
    assert!(message(Cleaner::builder().languages(Vec::<String>::new())).contains("leave the setting out"));
    assert!(message(Cleaner::builder().phrases(Category::Other, ["…"])).contains("give at least one word"));
    assert!(message(Cleaner::builder().phrases(Category::Other, ["x ".repeat(25)])).contains("over 24 words"));
}

#[test]
fn evidence_points_at_the_phrase_that_fired() {
    let text = "Subscribe to our newsletter\n\nIt rained.";
    let cleaned = clean_text(text);
    let removal = &cleaned.removals()[0];
    assert_eq!((removal.at.range(), removal.category), (0..29, Category::Newsletter));
    assert!(removal.score > 0.5);
    let phrases: Vec<&str> = removal.evidence.iter().filter(|e| e.cue.kind() == "phrase").filter_map(|e| e.span).map(|s| &text[s.range()]).collect();
    assert!(phrases.contains(&"Subscribe to our newsletter"), "{phrases:?}");
}

#[test]
fn signs_that_cannot_be_seen_keep_their_bytes() {
    let text = "\u{feff}Caf\u{e9} au l\u{ad}ait\u{a0}: 3 €.\r\n\r\nAdvertise\u{ad}ment\r\n\r\n\u{200f}\u{5e9}\u{5dc}\u{5d5}\u{5dd} 👩‍👩‍👧 e\u{301}.\r\n";
    assert_eq!(clean_text(text).text(), text.replace("Advertise\u{ad}ment\r\n\r\n", ""));
}

#[test]
fn one_cleaner_serves_many_threads() {
    let cleaner = Cleaner::default();
    let texts: Vec<String> = (0..40).map(|i| format!("Item {i}.\n\nAdvertisement\n\nBody {i}.")).collect();
    let alone: Vec<_> = texts.iter().map(|t| cleaner.clean_text(t).removals().to_vec()).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (text, want) in texts.iter().zip(&alone) {
                    assert_eq!(cleaner.clean_text(text).removals(), want);
                }
            });
        }
    });
}

#[test]
fn languages_limit_the_phrases() {
    let german = Cleaner::builder().languages(["de"]).build().unwrap();
    assert!(german.clean_text("Subscribe to our newsletter").removals().is_empty());
}

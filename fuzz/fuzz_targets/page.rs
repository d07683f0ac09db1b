#![no_main]
//! Any page: cleaned, its removals are disjoint spans on character boundaries, and its kept tree says what its text says.

use bodycopy::{clean_html, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let cleaned = clean_html(source);
    let mut end = 0;
    for removal in cleaned.removals() {
        assert!(end <= removal.at.start && removal.at.start < removal.at.end);
        assert!(source.get(removal.at.range()).is_some());
        end = removal.at.end;
    }
    cleaned.markdown();
    inspect::text(&cleaned.html());
});

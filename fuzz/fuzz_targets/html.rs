#![no_main]
//! Any page: the tree is html5ever's own, and every span is where it is said to be. Pages deeper than the cap are left to the tests.

#[path = "../../tests/oracle/mod.rs"]
mod oracle;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    // Too short to nest as deep as the cap.
    if source.len() < 1500 {
        oracle::check(source).unwrap();
    }
});

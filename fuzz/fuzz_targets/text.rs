#![no_main]
//! Any text: no panic; kept and removed together are the source; the same answer twice.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let cleaned = bodycopy::clean_text(source);
    let mut whole = String::new();
    let mut kept = cleaned.kept().peekable();
    let mut at = 0;
    for removal in cleaned.removals() {
        if at < removal.at.start {
            whole.push_str(kept.next().unwrap_or_default());
        }
        whole.push_str(&source[removal.at.range()]);
        at = removal.at.end;
    }
    whole.extend(kept);
    assert_eq!(whole, source);
    assert_eq!(bodycopy::clean_text(source).removals(), cleaned.removals());
});

//! Names of tags and attributes to the atoms that the tree builder compares.

use super::references::{Coding, decode};
use html5ever::LocalName;

const SLOTS: usize = 256;
/// Bytes that fit a key.
const SHORT: usize = 8;

/// Atoms of one page, each looked up once (or again, where two fall on one slot).
#[derive(Debug)]
pub(super) struct Names {
    /// With the bytes of a short name, or zero.
    slots: Vec<(u64, LocalName)>,
}

impl Names {
    pub(super) fn new() -> Self {
        Names { slots: vec![(0, LocalName::default()); SLOTS] }
    }

    /// The name as the standard reads it: ASCII in lower case, NUL replaced.
    pub(super) fn get(&mut self, raw: &str) -> LocalName {
        let mut key = 0u64;
        let mut odd = false;
        for b in raw.bytes() {
            odd |= b == 0 || b.is_ascii_uppercase();
            key = key.rotate_left(8) ^ u64::from(b);
        }
        if odd {
            let name = decode(raw, Coding::Raw).to_ascii_lowercase();
            return self.get(&name);
        }
        let hash = key ^ key >> 29 ^ raw.len() as u64;
        let (known, name) = &mut self.slots[(hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % SLOTS];
        let short = raw.len() <= SHORT;
        let is_it = if short { *known == key } else { **name == *raw };
        if !is_it {
            (*known, *name) = (if short { key } else { 0 }, LocalName::from(raw));
        }
        name.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_themselves_whatever_was_asked_before() {
        let mut names = Names::new();
        for _ in 0..2 {
            for i in 0..2000 {
                for name in [format!("a{i}"), format!("data-long-name-{i}"), format!("{i}a"), "x".repeat(i % 40 + 1)] {
                    assert_eq!(*names.get(&name), *name);
                }
            }
        }
        assert_eq!(&*names.get("DIV"), "div");
        assert_eq!(&*names.get("d\0V"), "d\u{fffd}v");
    }
}

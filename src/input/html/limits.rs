//! What keeps hostile pages linear: html5ever's tree builder looks through its stack of open elements at nearly every tag, and
//! makes anew, in each paragraph, what formatting was left open before it.

use super::open::is_void;
use html5ever::{LocalName, local_name};
use std::collections::HashMap;

/// The most open elements and open formatting together. Browsers stop at 512 open elements too.
const DEEPEST: usize = 512;
/// Elements and attributes that the tree may hold for each one in the source; past that, tags are passed over.
const MOST_MADE: usize = 8;
/// The same, for any page.
const FREE: usize = 10_000;

/// Elements that hold only text, which would be read as markup without their tag. A tree that has grown too large still takes them.
fn is_text_only(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("iframe")
            | local_name!("noembed")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
    )
}

/// Elements that add no depth: those that hold only text, or nothing.
fn is_shallow(name: &LocalName) -> bool {
    is_void(name) || is_text_only(name) || matches!(*name, local_name!("image") | local_name!("noframes"))
}

#[derive(Debug)]
pub(super) struct Limits {
    /// Start tags that can come before the stack must be measured.
    room: usize,
    /// Whether it may have changed since it was.
    stale: bool,
    /// Start tags passed over, whose end tags must be too.
    skipped: HashMap<LocalName, usize>,
    seen: usize,
    full: bool,
}

impl Limits {
    pub(super) fn new() -> Self {
        Limits { room: DEEPEST, stale: false, skipped: HashMap::new(), seen: 0, full: false }
    }

    /// The stack was measured.
    pub(super) fn measured(&mut self, open: usize) {
        self.room = DEEPEST.saturating_sub(open);
        self.stale = false;
    }

    /// Elements and attributes have been made.
    pub(super) fn made(&mut self, all: usize) {
        self.full = all > FREE + MOST_MADE * self.seen;
    }

    /// Whether a start tag may pass. `measure` counts the open elements.
    pub(super) fn start(&mut self, name: &LocalName, attributes: usize, measure: impl FnOnce() -> usize) -> bool {
        self.seen += 1 + attributes;
        if self.full {
            return is_text_only(name);
        }
        if self.room == 0 && self.stale {
            self.measured(measure());
        }
        if self.room > 0 {
            self.room -= 1;
            self.stale = true;
            return true;
        }
        if is_shallow(name) {
            self.stale = true;
            return true;
        }
        *self.skipped.entry(name.clone()).or_default() += 1;
        false
    }

    /// Whether an end tag may pass.
    pub(super) fn end(&mut self, name: &LocalName) -> bool {
        if self.full {
            return is_text_only(name);
        }
        if !self.skipped.is_empty()
            && let Some(left) = self.skipped.get_mut(name).filter(|left| **left > 0)
        {
            *left -= 1;
            return false;
        }
        self.stale = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_adds_no_depth_passes_where_nothing_else_does() {
        let mut limits = Limits::new();
        limits.measured(DEEPEST);
        for name in ["area", "br", "iframe", "image", "noframes", "script", "title", "wbr"] {
            assert!(limits.start(&LocalName::from(name), 0, || DEEPEST), "{name}");
        }
        for name in ["div", "b", "noscript", "xmp"] {
            assert!(!limits.start(&LocalName::from(name), 0, || DEEPEST), "{name}");
            assert!(!limits.end(&LocalName::from(name)), "{name}");
        }
    }
}

//! Names of tags and attributes to the atoms that the tree builder compares.

use super::dom::NameId;
use super::references::{Coding, decode};
use html5ever::{LocalName, QualName, ns};
use std::cell::{Cell, OnceCell};

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

/// The names of a page's elements, each once (or again, where two fall on one slot). Their places never change, so that the tree
/// builder can hold on to one while others come.
#[derive(Debug)]
pub(super) struct Elements {
    /// The first holds `FIRST` names, each other twice as many as the one before.
    shelves: [OnceCell<Box<[OnceCell<QualName>]>>; SHELVES],
    count: Cell<u32>,
    /// The last name found with this hash.
    slots: Vec<Cell<NameId>>,
    none: QualName,
}

const FIRST: u32 = 64;
/// Enough for all numbers.
const SHELVES: usize = 27;

impl Elements {
    /// The name of what is no element.
    pub(super) const NONE: NameId = NameId(0);

    pub(super) fn new() -> Self {
        let names = Elements {
            shelves: Default::default(),
            count: Cell::new(0),
            slots: vec![Cell::new(Self::NONE); SLOTS],
            none: QualName::new(None, ns!(), LocalName::default()),
        };
        names.add(&names.none);
        names
    }

    fn place(name: NameId) -> (usize, usize) {
        let shelf = (name.0 / FIRST + 1).ilog2();
        (shelf as usize, (name.0 - FIRST * ((1 << shelf) - 1)) as usize)
    }

    pub(super) fn get(&self, name: NameId) -> &QualName {
        let (shelf, at) = Self::place(name);
        self.shelves[shelf].get().and_then(|shelf| shelf[at].get()).unwrap_or(&self.none)
    }

    pub(super) fn find(&self, name: &QualName) -> NameId {
        let slot = &self.slots[name.local.get_hash() as usize % SLOTS];
        if self.get(slot.get()) != name {
            slot.set(self.add(name));
        }
        slot.get()
    }

    fn add(&self, name: &QualName) -> NameId {
        let id = NameId(self.count.get());
        let (shelf, at) = Self::place(id);
        let shelf = self.shelves[shelf].get_or_init(|| vec![OnceCell::new(); (FIRST as usize) << shelf].into());
        shelf[at].get_or_init(|| name.clone());
        self.count.set(id.0 + 1);
        id
    }

    /// The names in the order of their numbers.
    pub(super) fn into_names(self) -> Vec<QualName> {
        self.shelves.into_iter().filter_map(OnceCell::into_inner).flat_map(|shelf| shelf.into_vec()).filter_map(OnceCell::into_inner).collect()
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
    #[test]
    fn element_names_keep_their_numbers() {
        let names = Elements::new();
        let name = |i: usize| QualName::new(None, ns!(html), LocalName::from(format!("x{i}")));
        let ids: Vec<NameId> = (0..2000).map(|i| names.find(&name(i))).collect();
        assert!(ids.iter().enumerate().all(|(i, &id)| *names.get(id) == name(i)));
        let all = names.into_names();
        assert!(ids.iter().enumerate().all(|(i, id)| all[id.0 as usize] == name(i)));
    }
}

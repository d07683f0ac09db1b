//! Which blocks of a page its reference text holds: an alignment that heeds the order of words, since the same words also stand in menus and teasers.

use std::collections::HashMap;

/// Words that make a run: one that is in both texts is no chance. More of scripts whose words are single signs.
const RUN: usize = 3;
const RUN_OF_SIGNS: usize = 6;
/// The share of words that are signs from which on a page is written in signs.
const SIGNS: f32 = 0.3;
/// Places of the reference that are tried for each run.
const PLACES: usize = 50;
/// Words up to which a block without a run is looked for between its neighbours, and the share of its words that must be found there.
const SHORT: usize = 12;
const FOUND: f32 = 0.6;
/// Words of the reference that are looked through for a short block, where its neighbours are further apart or in disorder.
const NEAR: usize = 60;

/// Calls back with every word, lower-cased; signs of scripts without spaces are words of their own.
fn words(text: &str, mut take: impl FnMut(&str, bool)) {
    let text = text.to_lowercase();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_sign = matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{0e00}'..='\u{0e7f}');
        if (is_sign || !(c.is_alphanumeric() || c == '_'))
            && let Some(start) = start.take()
        {
            take(&text[start..at], false);
        }
        match (is_sign, c.is_alphanumeric() || c == '_') {
            (true, _) => take(&text[at..at + c.len_utf8()], true),
            (false, true) => start = start.or(Some(at)),
            _ => {}
        }
    }
}

/// A page's blocks and its reference, as numbers of words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) reference: Vec<u32>,
    /// The words of all blocks, and where those of each end.
    pub(crate) words: Vec<u32>,
    pub(crate) ends: Vec<usize>,
    /// How many words the reference has of each number; other numbers are words that it lacks.
    pub(crate) bag: Vec<u32>,
    is_signs: bool,
}

impl Words {
    pub(crate) fn new<'t>(reference: &str, blocks: impl Iterator<Item = &'t str>) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut read = |text: &str, into: &mut Vec<u32>| {
            let mut signs = 0;
            words(text, |word, is_sign| {
                let next = numbers.len() as u32;
                into.push(*numbers.entry(word.to_owned()).or_insert(next));
                signs += usize::from(is_sign);
            });
            signs
        };
        let mut all = Words::default();
        read(reference, &mut all.reference);
        let known = all.reference.iter().max().map_or(0, |most| *most as usize + 1);
        all.bag = vec![0; known];
        all.reference.iter().for_each(|&word| all.bag[word as usize] += 1);
        let mut signs = 0;
        for block in blocks {
            signs += read(block, &mut all.words);
            all.ends.push(all.words.len());
        }
        all.is_signs = signs as f32 > SIGNS * all.words.len() as f32;
        all
    }

    /// The words of a block.
    pub(crate) fn of(&self, block: usize) -> std::ops::Range<usize> {
        let start = if block == 0 { 0 } else { self.ends[block - 1] };
        start..self.ends[block]
    }

    /// Word F1 of a choice of blocks against the reference.
    pub(crate) fn f1(&self, is_kept: impl Fn(usize) -> bool) -> f64 {
        let mut counts = vec![0u32; self.bag.len()];
        let (mut kept, mut both) = (0usize, 0usize);
        for block in (0..self.ends.len()).filter(|&b| is_kept(b)) {
            for &word in &self.words[self.of(block)] {
                kept += 1;
                if let (Some(count), Some(&most)) = (counts.get_mut(word as usize), self.bag.get(word as usize))
                    && *count < most
                {
                    *count += 1;
                    both += 1;
                }
            }
        }
        2.0 * both as f64 / (kept + self.reference.len()).max(1) as f64
    }

    /// The share of each block's words that stand in the reference, in its order.
    pub(crate) fn shares(&self) -> Vec<f32> {
        let mut matches = Matches { at: vec![None; self.words.len()], is_used: vec![false; self.reference.len()] };
        self.match_runs(&mut matches);
        self.match_short(&mut matches);
        let share = |block: usize| {
            let words = self.of(block);
            matches.at[words.clone()].iter().flatten().count() as f32 / words.len().max(1) as f32
        };
        (0..self.ends.len()).map(share).collect()
    }

    /// Matches the longest common runs first; each word of the reference once.
    fn match_runs(&self, matches: &mut Matches) {
        let length = if self.is_signs { RUN_OF_SIGNS } else { RUN };
        let (own, reference) = (&self.words, &self.reference);
        let mut places: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (at, run) in reference.windows(length).enumerate() {
            places.entry(run).or_default().push(at);
        }
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for (at, run) in own.windows(length).enumerate() {
            for &place in places.get(run).into_iter().flatten().take(PLACES) {
                // It is part of the run before.
                if at > 0 && place > 0 && own[at - 1] == reference[place - 1] {
                    continue;
                }
                let more = own[at + length..].iter().zip(&reference[place + length..]).take_while(|(a, b)| a == b).count();
                runs.push((length + more, at, place));
            }
        }
        runs.sort_unstable_by_key(|&(length, at, place)| (std::cmp::Reverse(length), at, place));
        for (whole, at, place) in runs {
            let mut from = 0;
            for i in 0..=whole {
                if i < whole && matches.is_free(at + i, place + i) {
                    continue;
                }
                if i - from >= length {
                    (from..i).for_each(|k| matches.set(at + k, place + k));
                }
                from = i + 1;
            }
        }
    }

    /// Matches what is left of blocks between what is matched before and behind: headings, dates, the ends of runs.
    fn match_short(&self, matches: &mut Matches) {
        let mut next = self.reference.len();
        let mut behind = vec![next; self.ends.len()];
        for block in (0..self.ends.len()).rev() {
            behind[block] = next;
            next = matches.at[self.of(block)].iter().flatten().next().copied().unwrap_or(next);
        }
        let mut from = 0;
        for (block, &behind) in behind.iter().enumerate() {
            let words = self.of(block);
            let known = matches.at[words.clone()].iter().flatten().count();
            if known < words.len() && (words.len() <= SHORT || 2 * known >= words.len()) {
                let near = matches.at[words.clone()].iter().flatten().min().map_or(from, |at| at.saturating_sub(RUN));
                let until = if (near..near + 400).contains(&behind) { behind } else { near + NEAR }.max(near + words.len() + RUN);
                let until = until.min(self.reference.len());
                let mut at = near;
                let mut found = Vec::new();
                for word in words.clone().filter(|&w| matches.at[w].is_none()) {
                    if let Some(place) = (at..until).find(|&p| !matches.is_used[p] && self.reference[p] == self.words[word]) {
                        found.push((word, place));
                        at = place + 1;
                    }
                }
                if known > 0 || found.len() as f32 >= FOUND * words.len() as f32 {
                    found.into_iter().for_each(|(word, place)| matches.set(word, place));
                }
            }
            from = matches.at[words].iter().flatten().max().map_or(from, |at| at + 1);
        }
    }
}

/// Which word of the reference each word of the page is.
struct Matches {
    at: Vec<Option<usize>>,
    is_used: Vec<bool>,
}

impl Matches {
    fn is_free(&self, word: usize, place: usize) -> bool {
        self.at[word].is_none() && !self.is_used[place]
    }

    fn set(&mut self, word: usize, place: usize) {
        self.at[word] = Some(place);
        self.is_used[place] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_tells_the_body_from_its_teaser() {
        let blocks =
            ["The ferry sails", "Home", "The ferry sails", "The ferry sailed at noon, as it had for years.", "Noon", "2 May", "雨が降った。"];
        let words = Words::new("The ferry sails 2 May The ferry sailed at noon, as it had for years. 2 May", blocks.into_iter());
        let shares = words.shares();
        assert_eq!(shares[3..6], [1.0, 0.0, 1.0]);
        assert_eq!(shares[0] + shares[2], 1.0);
        assert_eq!((shares[1], shares[6]), (0.0, 0.0));
        assert_eq!(words.of(6).len(), 5);
        assert!((words.f1(|b| b == 3) - 20.0 / 27.0).abs() < 1e-9, "{}", words.f1(|b| b == 3));
    }

    #[test]
    fn nothing_to_align() {
        assert_eq!(Words::new("", ["a", ""].into_iter()).shares(), [0.0, 0.0]);
        assert!(Words::new("a b", [].into_iter()).shares().is_empty());
    }
}

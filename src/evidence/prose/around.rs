//! What stands around each unit.

use super::own::Own;
use super::signal::{COUNT, FIRST_SIGN, KIND, LAST_SIGN, PHRASES, SHARED, WORDS};

/// Words from which on a unit whose wording speaks for the body is prose.
const PROSE: f32 = 12.0;
/// Bytes of a unit that count at most.
const LONGEST: f32 = 2000.0;
/// Units that matter as neighbours.
const REACH: usize = 5;
/// How many units the means before and behind are taken over.
const WINDOWS: [usize; 3] = [2, 5, 10];
/// Words up to which units of a run are short.
const SHORT: f32 = 5.0;
/// What the units of a run have in common.
const LOOK: [usize; 2] = [FIRST_SIGN, LAST_SIGN];
/// Units beyond which prose is far.
const FAR: usize = 50;
/// Log-odds of phrases that count at least.
const SILENT: f32 = -6.0;
/// What stands for a neighbour that is not there.
const NOBODY: f32 = -9.0;

/// A text's units with sums over them, from which each unit's row is made.
#[derive(Debug)]
pub(crate) struct Around<'a> {
    own: &'a [Own],
    wording: &'a [f32],
    /// Sums of what stands before each unit, with the sum of all at the end.
    wording_sums: Vec<f64>,
    phrase_sums: Vec<f64>,
    weighed_sums: Vec<f64>,
    bytes: Vec<f64>,
    prose: Vec<f64>,
    /// How far the nearest prose is, before and behind.
    near: Vec<(usize, usize)>,
    /// For each unit where the run of units of its shape begins and ends.
    runs: Vec<(usize, usize)>,
}

impl<'a> Around<'a> {
    /// `wording` is what the words alone say of each unit.
    pub(crate) fn new(own: &'a [Own], wording: &'a [f32]) -> Self {
        let length = |i: usize| f64::from(own[i][1].min(LONGEST));
        let is_prose = |i: usize| own[i][WORDS] >= PROSE && wording[i] <= 0.0;
        let sums = |of: &dyn Fn(usize) -> f64| {
            let mut sum = 0.0;
            let mut all = vec![0.0];
            all.extend((0..own.len()).map(|i| {
                sum += of(i);
                sum
            }));
            all
        };
        let mut near = vec![(FAR, FAR); own.len()];
        let mut since = FAR;
        for (i, near) in near.iter_mut().enumerate() {
            since = if is_prose(i) { 0 } else { (since + 1).min(FAR) };
            near.0 = since;
        }
        since = FAR;
        for (i, near) in near.iter_mut().enumerate().rev() {
            since = if is_prose(i) { 0 } else { (since + 1).min(FAR) };
            near.1 = since;
        }
        Around {
            own,
            wording,
            wording_sums: sums(&|i| f64::from(wording[i])),
            phrase_sums: sums(&|i| f64::from(own[i][PHRASES].max(SILENT))),
            weighed_sums: sums(&|i| f64::from(wording[i]) * length(i)),
            bytes: sums(&length),
            prose: sums(&|i| if is_prose(i) { length(i) } else { 0.0 }),
            near,
            runs: runs(own),
        }
    }

    /// All that is known of a unit.
    pub(crate) fn row(&self, unit: usize) -> [f32; COUNT] {
        let count = self.own.len();
        let mut row = [0.0; COUNT];
        let mut at = 0;
        let mut push = |value: f32| {
            if let Some(slot) = row.get_mut(at) {
                *slot = value;
            }
            at += 1;
        };
        let own = &self.own[unit];
        own.iter().for_each(|v| push(*v));
        for offset in [-2, -1, 1, 2] {
            let other = unit.checked_add_signed(offset).and_then(|j| self.own.get(j));
            for signal in SHARED {
                push(other.map_or(nobody(signal), |o| o[signal]));
            }
        }
        push(self.wording[unit]);
        for offset in 1..=REACH {
            push(self.wording.get(unit + offset).copied().unwrap_or(NOBODY));
            push(unit.checked_sub(offset).map_or(NOBODY, |j| self.wording[j]));
        }
        let total = |sums: &[f64]| sums.last().copied().unwrap_or(0.0);
        let before = |sums: &[f64]| sums[unit];
        let behind = |sums: &[f64]| total(sums) - sums[unit + 1];
        push(unit as f32);
        push((count - 1 - unit) as f32);
        push(before(&self.bytes).ln_1p() as f32);
        push(behind(&self.bytes).ln_1p() as f32);
        push(count as f32);
        push((total(&self.wording_sums) / count as f64) as f32);
        push((total(&self.weighed_sums) / total(&self.bytes).max(1.0)) as f32);
        push(before(&self.prose).ln_1p() as f32);
        push(behind(&self.prose).ln_1p() as f32);
        let means = |sums: &[f64], window: usize| {
            let (from, to) = (unit.saturating_sub(window), (unit + 1 + window).min(count));
            let mean = |a: usize, b: usize| ((sums[b] - sums[a]) / (b - a).max(1) as f64) as f32;
            [mean(from, unit), mean(unit + 1, to)]
        };
        WINDOWS.iter().flat_map(|w| means(&self.wording_sums, *w)).for_each(&mut push);
        push(self.near[unit].0 as f32);
        push(self.near[unit].1 as f32);
        WINDOWS.iter().flat_map(|w| means(&self.phrase_sums, *w)).for_each(&mut push);
        // A list goes or stays as a whole.
        let (from, to) = self.runs[unit];
        push((to - from) as f32);
        for sums in [&self.wording_sums, &self.phrase_sums] {
            push(((sums[to] - sums[from]) / (to - from).max(1) as f64) as f32);
        }
        debug_assert_eq!(at, COUNT);
        row
    }
}

/// Where the run of units of one shape begins and ends, for each unit.
fn runs(own: &[Own]) -> Vec<(usize, usize)> {
    let is_short = |own: &Own| own[WORDS] <= SHORT;
    let are_alike = |a: &Own, b: &Own| is_short(a) == is_short(b) && LOOK.iter().all(|&signal| a[signal] == b[signal]);
    let mut all = Vec::with_capacity(own.len());
    for run in own.chunk_by(are_alike) {
        let from = all.len();
        all.extend(run.iter().map(|_| (from, from + run.len())));
    }
    all
}

/// What stands for a signal of a unit that is not there.
fn nobody(signal: usize) -> f32 {
    match signal {
        PHRASES => -8.0,
        KIND => -2.0,
        _ => -1.0,
    }
}

//! Where a page is cut: which of its doubtful blocks are worth keeping.

use super::verdict::score;

/// The share of what a page is expected to hold below which it holds no body at all.
const NO_BODY: f32 = 0.05;

/// What to add to the log-odds of all blocks, so that those are kept that are worth it.
///
/// A reader is best served by the blocks that make the expected F1 of the page greatest. Were each block body by a chance of its own, these would be the blocks
/// more likely body than half that F1 (Lewis 1995; Ye et al. 2012): on a page of an article one half, on a page whose blocks are all doubtful less, so that it
/// keeps its likeliest. But doubtful blocks of one page are doubtful together, teasers say: all body or none. `TOGETHER` is how far that is so.
pub(crate) fn cut(odds: &[f32], words: impl Fn(usize) -> f32) -> f32 {
    let body = |odds: f32| score(-odds);
    let mut order: Vec<usize> = (0..odds.len()).collect();
    order.sort_unstable_by(|&a, &b| odds[a].total_cmp(&odds[b]).then(a.cmp(&b)));
    let all: f32 = order.iter().map(|&i| body(odds[i]) * words(i)).sum();
    // Bodies that the page may have, if its blocks are doubtful together: their words, and how likely each is.
    let mut bodies: Vec<(f32, f32)> = Vec::with_capacity(BODIES + 1);
    let (mut kept, mut told) = (0.0, 0.0);
    for (at, &i) in order.iter().enumerate() {
        kept += words(i);
        let next = order.get(at + 1).map_or(0.0, |&next| body(odds[next]));
        let chance = body(odds[order[0]]) - next - told;
        if chance * BODIES as f32 >= 1.0 || next == 0.0 {
            bodies.push((kept, chance));
            told += chance;
        }
    }
    let (mut kept, mut right) = (0.0, 0.0);
    let mut best = (0.0f32, 0.0f32, None);
    for (at, &i) in order.iter().enumerate() {
        kept += words(i);
        right += body(odds[i]) * words(i);
        let alone = 2.0 * right / (kept + all).max(1.0);
        let together: f32 = bodies.iter().map(|&(words, chance)| chance * 2.0 * kept.min(words) / (kept + words).max(1.0)).sum();
        let f1 = alone + TOGETHER * (together - alone);
        if f1 > best.0 {
            best = (f1, alone, Some(at));
        }
    }
    let (_, f1, Some(last)) = best else { return 0.0 };
    // The likeliest blocks are all boilerplate: there is no body.
    if f1 < NO_BODY { 0.0 } else { -odds[order[last]].max(0.0) - LENIENCE }
}

/// How far the doubtful blocks of a page are doubtful together, from 0 to 1. Measured on labelled pages: at 0, F1 is .004 lower on news (DAnIEL); at 1, it is .03
/// lower on lists (WCXB).
const TOGETHER: f32 = 0.5;
/// Bodies that are told apart for it, at most.
const BODIES: usize = 32;
/// Log-odds by which a block may be likelier boilerplate than the best cut allows: a lost paragraph is worse than a line too many. Measured on labelled pages, it
/// finds .01 more of what is body, and leaves F1 as it is on one set (WCXB), .003 lower on another (DAnIEL).
const LENIENCE: f32 = 0.25;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_keeps_what_is_likeliest() {
        // Sure blocks need no cut.
        assert_eq!(cut(&[-4.0, -4.0, 4.0], |_| 20.0), -LENIENCE);
        // Where all is doubtful, the likelier half stays.
        let shift = cut(&[0.5, 0.5, 3.0, 3.0], |_| 20.0);
        assert!(0.5 + shift < 0.0 && 3.0 + shift > 0.0);
        // Where nothing is likely, nothing stays.
        assert_eq!(cut(&[6.0, 7.0], |_| 20.0), 0.0);
        assert_eq!(cut(&[], |_| 20.0), 0.0);
    }
}

//! Removals of text: what goes of the lines, and the white space that goes with it.

use super::{removal, removed_as, runs};
use crate::judge::verdict::Verdict;
use crate::removal::{Removal, Span};
use crate::segment::block::Block;
use std::ops::Range;

/// Joins adjacent removed units of one category, and gives each the white space that goes with it.
pub(super) fn removals(source: &str, blocks: &[Block], verdicts: &[Verdict]) -> Vec<Removal> {
    let mut all: Vec<Removal> = Vec::new();
    let Some(last_kept) = verdicts.iter().rposition(|v| removed_as(v).is_none()) else {
        return whole(source, blocks, verdicts);
    };
    // The paragraph of the last kept unit so far, and where the last removal ended.
    let (mut kept_in, mut from) = (None, 0);
    for run in runs(verdicts) {
        let Some(category) = removed_as(&verdicts[run.start]) else {
            kept_in = Some(blocks[run.end - 1].paragraph);
            continue;
        };
        let (first, last) = (&blocks[run.start], &blocks[run.end - 1]);
        let behind = run.start.checked_sub(1).map_or(0, |i| blocks[i].span.end).max(from);
        let next = blocks.get(run.end).map_or(source.len(), |b| b.span.start);
        let next_in = blocks.get(run.end).map(|b| b.paragraph);
        let at = if run.start > last_kept || kept_in == Some(first.paragraph) {
            // The space or the line ends before it go with it, what follows stays.
            Span::new(behind, last.span.end)
        } else if next_in == Some(last.paragraph) {
            Span::new(line_start(source, behind, first.span.start), next)
        } else {
            Span::new(line_start(source, behind, first.span.start), line_start(source, last.span.end, next))
        };
        from = at.end;
        all.push(removal(at, category, &verdicts[run], all.len()));
    }
    all
}

/// Nothing stays: the runs share the whole source.
fn whole(source: &str, blocks: &[Block], verdicts: &[Verdict]) -> Vec<Removal> {
    let runs: Vec<Range<usize>> = runs(verdicts).collect();
    let mut from = 0;
    let mut all = Vec::new();
    for (i, run) in runs.iter().enumerate() {
        let end = runs.get(i + 1).map_or(source.len(), |next| blocks[next.start].span.start);
        if let Some(category) = removed_as(&verdicts[run.start]) {
            all.push(removal(Span::new(from, end), category, &verdicts[run.clone()], i));
        }
        from = end;
    }
    all
}

/// Where the line of `at` starts, no further back than `from`. A byte-order mark is no part of a line.
fn line_start(source: &str, from: usize, at: usize) -> usize {
    let gap = &source[from..at];
    match gap.rfind(['\n', '\r']) {
        Some(i) => from + i + 1,
        None if from == 0 && gap.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
        None if from == 0 => 0,
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use crate::clean_text;

    const APPEAL: &str = "Please donate to our newsroom today.";

    fn check(input: &str, want: &str) {
        let input = input.replace('@', APPEAL);
        let cleaned = clean_text(&input);
        assert_eq!(cleaned.kept().collect::<String>(), want, "{input:?}: {:?}", cleaned.removals());
    }

    #[test]
    fn a_paragraph_takes_its_line_end_and_the_blank_lines_after_it() {
        check("It rained.\n\n@\n\nIt stopped.\n", "It rained.\n\nIt stopped.\n");
        check("@\r\n\r\nIt stopped.", "It stopped.");
        check(" @\n\n  It stopped.", "  It stopped.");
        check("\u{feff}@\nIt stopped.", "\u{feff}It stopped.");
        check("It rained.\n@\nAdvertisement\nIt stopped.", "It rained.\nIt stopped.");
    }

    #[test]
    fn at_the_end_of_the_document_it_takes_those_before_it() {
        check("It rained.\n\n@\n", "It rained.\n");
        check("It rained.\n\n@", "It rained.");
        check("It rained.\n\n@\n\nAdvertisement\n", "It rained.\n");
    }

    #[test]
    fn a_sentence_takes_one_adjacent_space() {
        check("It rained all day. @ It stopped.", "It rained all day. It stopped.");
        check("@ It stopped.", "It stopped.");
        check("It rained all day. @", "It rained all day.");
        check("It rained all day. @\n\nIt stopped.", "It rained all day.\n\nIt stopped.");
    }

    #[test]
    fn nothing_but_boilerplate() {
        check("@\n", "");
        check("Advertisement\n\n@\n", "");
    }
}

//! What the caller's selectors decide, whatever is known otherwise.

use super::verdict::Verdict;
use crate::input::text::trim;
use crate::removal::Span;
use crate::segment::block::Block;
use crate::segment::html::{Choice, Layout};

/// Gives what was chosen the verdict that was asked for; units of which a part was chosen are cut there. Of elements in one another the innermost decides.
pub(crate) fn apply(layout: &Layout, units: Vec<Block>, verdicts: Vec<Verdict>) -> (Vec<Block>, Vec<Verdict>) {
    if layout.chosen.is_empty() {
        return (units, verdicts);
    }
    let stretches = stretches(&layout.chosen);
    let mut all = (Vec::with_capacity(units.len()), Vec::with_capacity(units.len()));
    for (unit, verdict) in units.into_iter().zip(verdicts) {
        let mut add = |at: Span, choice: Option<Choice>| {
            // Where the unit itself begins or ends, nothing is cut: code keeps its indent.
            let inner = trim(&layout.text, at);
            if !inner.is_empty() {
                let start = if at.start == unit.span.start { at.start } else { inner.start };
                let span = Span::new(start, if at.end == unit.span.end { at.end } else { inner.end });
                all.0.push(Block { span, ..unit });
                all.1.push(choice.map_or_else(|| verdict.clone(), Verdict::chosen));
            }
        };
        let mut at = unit.span.start;
        let first = stretches.partition_point(|(s, _)| s.end <= at);
        for (stretch, choice) in stretches[first..].iter().take_while(|(s, _)| s.start < unit.span.end) {
            let (start, end) = (stretch.start.max(at), stretch.end.min(unit.span.end));
            add(Span::new(at, start), None);
            add(Span::new(start, end), Some(*choice));
            at = end;
        }
        add(Span::new(at, unit.span.end), None);
    }
    all
}

/// What holds where: disjoint, in order.
fn stretches(chosen: &[(Span, Choice)]) -> Vec<(Span, Choice)> {
    let mut outer_first: Vec<(Span, Choice)> = chosen.iter().rev().copied().filter(|(span, _)| !span.is_empty()).collect();
    outer_first.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut found: Vec<(Span, Choice)> = Vec::new();
    let mut open: Vec<(Span, Choice)> = Vec::new();
    let mut at = 0;
    let ends = outer_first.into_iter().map(Some).chain([None]);
    for next in ends {
        let start = next.map_or(usize::MAX, |(span, _)| span.start);
        while let Some(&(span, choice)) = open.last() {
            let end = span.end.min(start);
            if at < end {
                found.push((Span::new(at, end), choice));
                at = end;
            }
            if span.end > start {
                break;
            }
            open.pop();
        }
        if let Some(next) = next {
            at = next.0.start;
            open.push(next);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_decides() {
        use Choice::*;
        let span = Span::new;
        assert_eq!(stretches(&[]), []);
        assert_eq!(
            stretches(&[(span(3, 5), Keep), (span(6, 7), Keep), (span(2, 9), Remove), (span(10, 12), Keep)]),
            [(span(2, 3), Remove), (span(3, 5), Keep), (span(5, 6), Remove), (span(6, 7), Keep), (span(7, 9), Remove), (span(10, 12), Keep)]
        );
        // Of two elements with the same text the inner was noted first.
        assert_eq!(stretches(&[(span(1, 4), Keep), (span(1, 4), Remove)]), [(span(1, 4), Keep)]);
    }
}

//! A page's tree without what was removed.

use crate::input::html::{Dom, Meaning, NodeId, next_piece};
use crate::removal::{Removal, Span};

pub(super) struct KeptTree<'t, 'a> {
    pub(super) dom: &'t Dom<'a>,
    pub(super) removals: &'t [Removal],
}

impl KeptTree<'_, '_> {
    /// The removals that begin before `at.end` and end behind `at.start`.
    fn within(&self, at: Span) -> &[Removal] {
        let first = self.removals.partition_point(|r| r.at.end <= at.start);
        let count = self.removals[first..].partition_point(|r| r.at.start < at.end);
        &self.removals[first..first + count]
    }

    /// Whether an element, with all that is in it, was removed.
    pub(super) fn is_gone(&self, node: NodeId) -> bool {
        self.dom.start_tag(node).is_some_and(|at| !self.within(at).is_empty())
    }

    /// What is left of a text node.
    pub(super) fn text(&self, node: NodeId) -> String {
        let mut text = String::new();
        let source = self.dom.source();
        for run in self.dom.runs(node) {
            let gone = self.within(run.at);
            if gone.is_empty() && run.plain {
                text.push_str(&source[run.at.range()]);
                continue;
            }
            let mut at = run.at.start;
            while let Some(piece) = next_piece(&source[at..run.at.end], run.coding) {
                let here = Span::new(at, at + piece.raw);
                at = here.end;
                match piece.meaning {
                    Meaning::Chars(a, b) if !gone.iter().any(|r| r.at.contains(here)) => {
                        text.push(a);
                        text.extend(b);
                    }
                    Meaning::Chars(..) => {}
                    Meaning::Same => {
                        let mut from = here.start;
                        for removal in gone {
                            let (start, end) = (removal.at.start.clamp(from, here.end), removal.at.end.clamp(from, here.end));
                            text.push_str(&source[from..start]);
                            from = end;
                        }
                        text.push_str(&source[from..here.end]);
                    }
                }
            }
        }
        text
    }
}

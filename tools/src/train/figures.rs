//! Precision, recall and loss of removals, counted as `--data`'s own scorer does.

use super::labelled::{Document, Label};

/// Counts over some documents.
#[derive(Debug, Default, Clone)]
pub(crate) struct Figures {
    right: usize,
    wrong: usize,
    drops: usize,
    kept: f64,
    lost: f64,
    documents: usize,
    hurt: usize,
    doubtful: f64,
    doubtful_gone: f64,
}

/// The share of its body that a document may lose before it counts as hurt.
const HURT: f64 = 0.01;

impl Figures {
    /// Counts a document whose units go where `goes` says so.
    pub(crate) fn add(&mut self, document: &Document, goes: impl Fn(usize) -> bool) {
        let (mut kept, mut lost) = (0.0, 0.0);
        let spans = &document.text.spans;
        for stretch in &document.stretches {
            let from = spans.partition_point(|s| s.end <= stretch.range.start);
            let inside = spans[from..].iter().enumerate().take_while(|(_, s)| s.start < stretch.range.end);
            let gone: usize =
                inside.filter(|(i, _)| goes(from + i)).map(|(_, s)| s.end.min(stretch.range.end) - s.start.max(stretch.range.start)).sum();
            let share = gone as f64 / stretch.range.len().max(1) as f64;
            let signs = stretch.signs as f64;
            match stretch.label {
                Label::Keep => {
                    self.wrong += usize::from(share > 0.5);
                    kept += signs;
                    lost += signs * share;
                }
                Label::Drop => {
                    self.drops += 1;
                    self.right += usize::from(share > 0.5);
                }
                Label::Missing => {}
                Label::Unknown => {
                    self.doubtful += signs;
                    self.doubtful_gone += signs * share;
                }
            }
        }
        self.kept += kept;
        self.lost += lost;
        if kept > 0.0 {
            self.documents += 1;
            self.hurt += usize::from(lost > HURT * kept);
        }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        write!(
            f,
            "precision {:.3}  recall {:.3}  body lost {:.3} %  documents hurt {:4.1} %  of the doubtful {:4.1} %",
            share(self.right as f64, (self.right + self.wrong) as f64),
            share(self.right as f64, self.drops as f64),
            100.0 * share(self.lost, self.kept),
            100.0 * share(self.hurt as f64, self.documents as f64),
            100.0 * share(self.doubtful_gone, self.doubtful),
        )
    }
}

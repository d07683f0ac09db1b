//! What can go wrong: with one record (said, counted, carried on) or with the whole run.

use std::io;
use std::path::PathBuf;

/// Why the run as a whole ends early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fatal {
    /// The arguments cannot be used.
    #[error("{0}")]
    Usage(String),
    /// A setting of the cleaner is wrong.
    #[error(transparent)]
    Settings(#[from] bodycopy::Error),
    /// The output cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Whoever read our output has seen enough.
    #[error("output closed")]
    Closed,
}

impl Fatal {
    /// The exit status: 2 for unusable arguments.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Fatal::Usage(_) | Fatal::Settings(_) => 2,
            Fatal::Write { .. } | Fatal::Closed => 1,
        }
    }
}

/// Why one record is not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("{0}")]
    Read(#[from] io::Error),
    #[error("not UTF-8 (byte {0} of the line): convert it first")]
    NotUtf8(usize),
    #[error("not a JSON object: {0}")]
    NotAnObject(serde_json::Error),
    #[error("no field `{0}` or `{1}`: name the field of the page with --html-field, or of the text with --text-field")]
    NoText(String, String),
    #[error("field `{0}` stands twice")]
    Twice(String),
    #[error("field `{0}` is not a string")]
    NotAString(String),
}

/// Says what failed and counts it.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    count: usize,
}

impl Faults {
    /// `FILE:LINE: reason` on standard error.
    pub(crate) fn report(&mut self, name: &str, line: usize, fault: &Fault) {
        self.count += 1;
        anstream::eprintln!("{name}:{line}: {fault}");
    }

    /// A file that cannot be read at all.
    pub(crate) fn report_file(&mut self, name: &str, reason: &str) {
        self.count += 1;
        anstream::eprintln!("{name}: {reason}");
    }

    /// Says how many failed, where any did, and gives their number.
    pub(crate) fn finish(self) -> usize {
        if self.count > 0 {
            anstream::eprintln!("bodycopy: {} not written, all others were", counted(self.count, "record"));
        }
        self.count
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

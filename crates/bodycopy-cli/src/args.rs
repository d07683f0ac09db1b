//! The arguments.

use bodycopy::{Category, Cleaner, CleanerBuilder};
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Leave only an article's body: remove donation appeals, paywall notices, newsletter boxes and other boilerplate.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the documents without their boilerplate.
    Clean(Clean),
    /// Show what would go from a document, and why.
    Explain(Explain),
}

#[derive(Debug, Parser)]
pub(crate) struct Clean {
    /// Files or directories of texts, pages or JSONL; `-`, or none, for standard input. `.gz` and `.zst` are read as they are.
    pub(crate) inputs: Vec<PathBuf>,
    /// What the input is.
    #[arg(long, value_enum, default_value_t = From::Auto)]
    pub(crate) from: From,
    /// What to write: the input's kind by default, of pages their text.
    #[arg(long, value_enum)]
    pub(crate) to: Option<Kind>,
    /// Where to write: a file, or a directory for many inputs (compressed where the name ends in .gz or .zst).
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Add to each record a list of what was removed, in bytes of the input's text.
    #[arg(long)]
    pub(crate) spans: bool,
    /// Add that list and leave the text as it was.
    #[arg(long)]
    pub(crate) tag: bool,
    /// The field of a record that holds a page; where it has none, its text is cleaned.
    #[arg(long, value_name = "NAME", default_value = "html")]
    pub(crate) html_field: String,
    /// The field of a record that holds its text.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_field: String,
    /// Threads to work with: as many as there are cores by default.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Debug, Parser)]
pub(crate) struct Explain {
    /// A text or a page; `-`, or none, for standard input.
    pub(crate) input: Option<PathBuf>,
    /// What the input is: text or html.
    #[arg(long, value_enum, default_value_t = From::Auto)]
    pub(crate) from: From,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// What the cleaner itself can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// Remove only these categories, parted by commas.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    remove: Option<Vec<Category>>,
    /// The score from which on text goes, 0 to 1.
    #[arg(long, value_name = "X")]
    threshold: Option<f32>,
    /// Use only these languages' phrases (tags such as en or de), parted by commas.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    languages: Option<Vec<String>>,
    /// Keep the elements of pages that this CSS selector chooses. May be given many times.
    #[arg(long, value_name = "CSS")]
    keep_selector: Vec<String>,
    /// Remove the elements of pages that this CSS selector chooses. May be given many times.
    #[arg(long, value_name = "CSS")]
    remove_selector: Vec<String>,
}

impl Settings {
    pub(crate) fn cleaner(&self) -> Result<Cleaner, bodycopy::Error> {
        self.builder().build()
    }

    pub(crate) fn builder(&self) -> CleanerBuilder {
        let mut builder = Cleaner::builder();
        if let Some(categories) = &self.remove {
            builder = builder.remove(categories.iter().copied());
        }
        if let Some(score) = self.threshold {
            builder = builder.threshold(score);
        }
        if let Some(tags) = &self.languages {
            builder = builder.languages(tags.iter().cloned());
        }
        for css in &self.keep_selector {
            builder = builder.keep_selector(css);
        }
        for css in &self.remove_selector {
            builder = builder.remove_selector(css);
        }
        builder
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    /// Look at the name, then at the content.
    Auto,
    /// One plain-text document a file.
    Text,
    /// One page a file.
    Html,
    /// One JSON object a line.
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// One plain-text document a file.
    Text,
    /// One document of Markdown a file.
    Markdown,
    /// One page a file.
    Html,
    /// One JSON object a line.
    Jsonl,
}

impl Kind {
    /// What is written of such an input, if nothing is said.
    pub(crate) fn written(self) -> Kind {
        if self == Kind::Html { Kind::Text } else { self }
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Kind::Text => "txt",
            Kind::Markdown => "md",
            Kind::Html => "html",
            Kind::Jsonl => "jsonl",
        }
    }
}

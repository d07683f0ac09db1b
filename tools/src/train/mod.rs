//! `train`: fits what the judges weigh.

pub(crate) mod align;
pub(crate) mod boost;
mod figures;
mod labelled;
mod pages;
mod text;
pub(crate) mod trees;
mod words;
mod woven;

use crate::corpus::Error;
use std::path::Path;

/// Folds that are cross-validated over.
const FOLDS: usize = 5;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Fit the judge of pages to labelled pages, and print its cross-validated word F1.
    Pages(pages::Options),
    /// Fit the judge of texts to labelled texts and the corpus, and print its cross-validated figures.
    Text(text::Options),
}

pub(crate) fn run(corpus: &Path, command: &Command) -> Result<(), Error> {
    match command {
        Command::Pages(options) => pages::run(options),
        Command::Text(options) => text::run(corpus, options),
    }
}

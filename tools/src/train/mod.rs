//! `train`: fits what the judges weigh.

pub(crate) mod align;
pub(crate) mod boost;
pub(crate) mod pages;
pub(crate) mod trees;

use crate::corpus::Error;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Fit the judge of pages to labelled pages, and print its cross-validated word F1.
    Pages(pages::Options),
}

pub(crate) fn run(command: &Command) -> Result<(), Error> {
    match command {
        Command::Pages(options) => pages::run(options),
    }
}

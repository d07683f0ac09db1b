#![forbid(unsafe_code)]
//! Tools for those who work on bodycopy itself: `cargo run --release -p tools -- --help`.

mod blocks;
mod check_trees;
mod corpus;
mod hostile;
mod new_case;
mod score;
mod train;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Parser)]
#[command(about = "Tools for those who work on bodycopy itself")]
struct Args {
    /// The corpus.
    #[arg(long, global = true, default_value = "corpus")]
    corpus: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add documents to the corpus from files with marks: `⟦donation⟧Please give.⟦/⟧`. The file's name, `<language>-<slug>.txt`, is the document's.
    NewCase(new_case::Options),
    /// Print what the judge of pages sees: the signals of every block of labelled pages.
    Blocks(blocks::Options),
    /// Compare the parser's trees and spans with html5ever's on labelled pages.
    CheckTrees(check_trees::Options),
    /// Parse a page made to be slow, for counting instructions.
    Hostile(hostile::Options),
    /// Score the default cleaner on the corpus, by part, language and category.
    Score(score::Options),
    /// Fit what a judge weighs.
    #[command(subcommand)]
    Train(train::Command),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Command::NewCase(options) => new_case::run(&args.corpus, &options),
        Command::Blocks(options) => blocks::run(&options),
        Command::CheckTrees(options) => check_trees::run(&options),
        Command::Hostile(options) => {
            hostile::run(&options);
            Ok(())
        }
        Command::Score(options) => score::run(&args.corpus, &options),
        Command::Train(command) => train::run(&args.corpus, &command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("tools: {e}");
            ExitCode::FAILURE
        }
    }
}

#![forbid(unsafe_code)]
//! Tools for those who work on bodycopy itself: `cargo run --release -p tools -- --help`.

mod corpus;
mod new_case;
mod score;

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
    /// Score the default cleaner on the corpus, by part, language and category.
    Score(score::Options),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Command::NewCase(options) => new_case::run(&args.corpus, &options),
        Command::Score(options) => score::run(&args.corpus, &options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("tools: {e}");
            ExitCode::FAILURE
        }
    }
}

#![forbid(unsafe_code)]
//! The `bodycopy` command: argument parsing and exit status. Results go to standard output, everything else to standard error.

mod args;
mod clean;
mod encoding;
mod explain;
mod jsonl;
mod open;
mod report;
mod sink;

use args::{Args, Command};
use clap::Parser;
use report::Fatal;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Clean(options) => clean::run(&options),
        Command::Explain(options) => explain::run(&options),
    };
    match outcome {
        Ok(failed) => ExitCode::from(u8::from(failed > 0)),
        Err(Fatal::Closed) => ExitCode::SUCCESS,
        Err(fatal) => {
            anstream::eprintln!("bodycopy: {fatal}");
            ExitCode::from(fatal.status())
        }
    }
}

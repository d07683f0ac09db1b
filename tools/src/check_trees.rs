//! `check-trees`: the parser's trees against html5ever's, and its spans against the source, on labelled pages.

#[path = "../../tests/oracle/mod.rs"]
pub(crate) mod oracle;

use crate::corpus::Error;
use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder of `.jsonl.gz` files whose records have a page in `html`.
    #[arg(long)]
    data: PathBuf,
}

fn read(path: &Path, error: std::io::Error) -> Error {
    Error::Io { path: path.to_owned(), source: error }
}

/// Hands over every record of every such file in a folder, with where it stands.
pub(crate) fn records(data: &Path, mut take: impl FnMut(&str, Value) -> Result<(), Error>) -> Result<(), Error> {
    let entries = fs::read_dir(data).map_err(|e| read(data, e))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(".jsonl.gz")).collect();
    files.sort();
    for path in files {
        let file = File::open(&path).map_err(|e| read(&path, e))?;
        for (number, line) in BufReader::new(MultiGzDecoder::new(file)).lines().enumerate() {
            let line = line.map_err(|e| read(&path, e))?;
            let at = format!("{}:{}", path.display(), number + 1);
            match serde_json::from_str::<Value>(&line) {
                Ok(record) => take(&at, record)?,
                Err(_) => println!("{at}: no JSON"),
            }
        }
    }
    Ok(())
}

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let (mut pages, mut wrong) = (0, 0);
    records(&options.data, |at, record| {
        let Some(html) = record["html"].as_str() else { return Ok(()) };
        pages += 1;
        if let Err(difference) = oracle::check(html) {
            wrong += 1;
            println!("{at}: {difference}");
        }
        Ok(())
    })?;
    println!("{pages} pages, {wrong} that differ");
    Ok(())
}

//! `blocks`: what the judge of pages sees, a JSON object a page, for those who study it.

use crate::check_trees::records;
use crate::corpus::Error;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder of `.jsonl.gz` files whose records have a page in `html`.
    #[arg(long)]
    data: PathBuf,
}

/// Writes the names of the signals, then for each page its record without the page, and text and signals of its blocks.
pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let write = |out: &mut dyn Write, value: serde_json::Value| {
        writeln!(out, "{value}").map_err(|source| Error::Io { path: "standard output".into(), source })
    };
    write(&mut out, json!(bodycopy::inspect::signals().collect::<Vec<_>>()))?;
    records(&options.data, |_, mut record| {
        let Some(html) = record["html"].as_str().map(str::to_owned) else { return Ok(()) };
        if let Some(fields) = record.as_object_mut() {
            fields.remove("html");
        }
        let (texts, signals): (Vec<String>, Vec<Vec<f32>>) = bodycopy::inspect::blocks(&html).into_iter().unzip();
        record["texts"] = json!(texts);
        record["signals"] = json!(signals);
        write(&mut out, record)
    })
}

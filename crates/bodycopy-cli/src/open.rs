//! Inputs: which files there are, how they are compressed, what kind they are.

use crate::args::{From, Kind};
use crate::report::Fatal;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Bytes read at once.
const BUFFER: usize = 1 << 16;

/// A file, or standard input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Input {
    /// None for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Its path below the directory it was found in, which it keeps in an output directory.
    pub(crate) relative: PathBuf,
}

impl Input {
    pub(crate) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "-".to_owned(), |p| p.display().to_string())
    }

    /// Opens it and takes off its compression, which the first bytes tell.
    pub(crate) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        let raw: Box<dyn Read> = match &self.path {
            Some(path) => Box::new(File::open(path)?),
            None => Box::new(io::stdin()),
        };
        let mut raw = BufReader::with_capacity(BUFFER, raw);
        let first = raw.fill_buf()?;
        Ok(if first.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(raw)))
        } else if first.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::with_buffer(raw)?))
        } else {
            Box::new(raw)
        })
    }
}

/// Every input that the arguments name. Directories give all their files, in the order of their paths.
pub(crate) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Fatal> {
    let mut all = Vec::new();
    if paths.is_empty() {
        all.push(Input { path: None, relative: "-".into() });
    }
    for path in paths {
        if path.as_os_str() == "-" {
            all.push(Input { path: None, relative: "-".into() });
        } else if path.is_dir() {
            for entry in WalkDir::new(path).sort_by_file_name() {
                let entry = entry.map_err(|e| Fatal::Usage(format!("cannot list {}: {e}", path.display())))?;
                if entry.file_type().is_file() {
                    let relative = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_owned();
                    all.push(Input { path: Some(entry.into_path()), relative });
                }
            }
        } else {
            all.push(Input { path: Some(path.clone()), relative: path.file_name().map_or_else(|| path.clone(), PathBuf::from) });
        }
    }
    if all.iter().filter(|i| i.path.is_none()).count() > 1 {
        return Err(Fatal::Usage("standard input is named twice: name it once".into()));
    }
    Ok(all)
}

/// The kind that was asked for; else what the name says, else what the content looks like.
pub(crate) fn kind(from: From, input: &Input, content: &mut dyn BufRead) -> io::Result<Kind> {
    Ok(match from {
        From::Text => Kind::Text,
        From::Html => Kind::Html,
        From::Jsonl => Kind::Jsonl,
        From::Auto => match input.path.as_deref().and_then(named_kind) {
            Some(kind) => kind,
            None => content_kind(content)?,
        },
    })
}

fn named_kind(path: &Path) -> Option<Kind> {
    match uncompressed(path).extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Some(Kind::Jsonl),
        "txt" | "text" => Some(Kind::Text),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        _ => None,
    }
}

/// What a file that is a page begins with, behind comments and white space.
const PAGE: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<meta"];

/// A page begins with its first tags. JSONL begins with an object that is whole on its first line, or too long to see its end.
fn content_kind(content: &mut dyn BufRead) -> io::Result<Kind> {
    let seen = content.fill_buf()?;
    let seen = seen.strip_prefix(b"\xef\xbb\xbf").unwrap_or(seen);
    let mut start = seen.trim_ascii_start();
    while let Some(rest) = start.strip_prefix(b"<!--") {
        let end = rest.windows(3).position(|w| w == b"-->").map_or(rest.len(), |i| i + 3);
        start = rest[end..].trim_ascii_start();
    }
    if PAGE.iter().any(|tag| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag))) {
        return Ok(Kind::Html);
    }
    let line = seen.split(|&b| b == b'\n').next().unwrap_or(seen);
    let is_whole = line.len() < seen.len();
    let looks =
        line.trim_ascii_start().starts_with(b"{") && line.trim_ascii_start().get(1..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    Ok(if looks && (!is_whole || line.trim_ascii_end().ends_with(b"}")) { Kind::Jsonl } else { Kind::Text })
}

/// The path without the ending of its compression.
pub(crate) fn uncompressed(path: &Path) -> PathBuf {
    match path.extension().and_then(|e| e.to_str()) {
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    }
}

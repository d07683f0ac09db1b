//! Outputs: standard output, a file, or a file for each input in a directory.

use crate::args::Kind;
use crate::open::{Input, uncompressed};
use crate::report::Fatal;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where the results of a run go.
pub(crate) enum Target {
    /// All into one stream.
    One(Sink),
    /// Each input into a file of its own.
    Each(PathBuf),
}

impl Target {
    /// Decides by the arguments. Many inputs, or a directory, need a directory unless all become one JSONL stream.
    pub(crate) fn new(output: Option<&Path>, inputs: &[Input], named: &[PathBuf], to: Option<Kind>) -> Result<Self, Fatal> {
        let many = inputs.len() > 1 || named.iter().any(|p| p.is_dir());
        let Some(output) = output else {
            return if many && to != Some(Kind::Jsonl) {
                Err(Fatal::Usage("many inputs need -o DIR, or --to jsonl to write them as one stream".into()))
            } else {
                Ok(Target::One(Sink::standard()))
            };
        };
        let one_stream = to == Some(Kind::Jsonl) && is_jsonl(output) && !output.is_dir();
        if output.is_dir() || (many && !one_stream) {
            return Target::directory(output, inputs);
        }
        refuse_own_input(output, inputs)?;
        Ok(Target::One(Sink::pending(output.to_owned())))
    }

    fn directory(output: &Path, inputs: &[Input]) -> Result<Self, Fatal> {
        let mut names: Vec<&Path> = inputs.iter().map(|i| i.relative.as_path()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|w| w[0] == w[1]) {
            return Err(Fatal::Usage(format!("two inputs are called {}: clean them into directories of their own", twice[0].display())));
        }
        for input in inputs {
            refuse_own_input(&output.join(&input.relative), std::slice::from_ref(input))?;
        }
        Ok(Target::Each(output.to_owned()))
    }
}

fn is_jsonl(path: &Path) -> bool {
    uncompressed(path).extension().is_some_and(|e| e == "jsonl" || e == "ndjson")
}

fn refuse_own_input(output: &Path, inputs: &[Input]) -> Result<(), Fatal> {
    let Ok(output) = output.canonicalize() else { return Ok(()) };
    let same = |i: &&Input| i.path.as_ref().and_then(|p| p.canonicalize().ok()).is_some_and(|p| p == output);
    inputs.iter().find(same).map_or(Ok(()), |i| Err(Fatal::Usage(format!("{} would be written over itself: choose another output", i.name()))))
}

/// A stream being written.
pub(crate) struct Sink {
    path: PathBuf,
    to: Stream,
    /// Whether anything stands in it, so that what follows is parted from it.
    pub(crate) is_empty: bool,
}

enum Stream {
    /// A file that is created when something is written, or at the end.
    Pending,
    Plain(Box<dyn Write>),
    Gzip(Box<GzEncoder<BufWriter<File>>>),
    Zstd(zstd::Encoder<'static, BufWriter<File>>),
}

impl Sink {
    fn standard() -> Self {
        Sink { path: "standard output".into(), to: Stream::Plain(Box::new(BufWriter::with_capacity(1 << 16, io::stdout()))), is_empty: true }
    }

    fn pending(path: PathBuf) -> Self {
        Sink { path, to: Stream::Pending, is_empty: true }
    }

    /// Creates the file, compressed as its name says, where that is still to be done.
    fn open(&mut self) -> Result<(), Fatal> {
        if !matches!(self.to, Stream::Pending) {
            return Ok(());
        }
        let fail = |source| Fatal::Write { path: self.path.clone(), source };
        if let Some(parent) = self.path.parent() {
            std::fs::create_dir_all(parent).map_err(fail)?;
        }
        let file = BufWriter::with_capacity(1 << 16, File::create(&self.path).map_err(fail)?);
        self.to = match self.path.extension().and_then(|e| e.to_str()) {
            Some("gz") => Stream::Gzip(Box::new(GzEncoder::new(file, Compression::default()))),
            Some("zst") => Stream::Zstd(zstd::Encoder::new(file, 0).map_err(fail)?),
            _ => Stream::Plain(Box::new(file)),
        };
        Ok(())
    }

    /// A file for one input, under the same name but for a change of kind.
    pub(crate) fn beside(directory: &Path, input: &Input, from: Kind, to: Kind) -> Self {
        let mut path = directory.join(&input.relative);
        if from != to {
            let compression = path.extension().filter(|e| *e == "gz" || *e == "zst").map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
            path = uncompressed(&path).with_extension(format!("{}{compression}", to.extension()));
        }
        Sink::pending(path)
    }

    /// The file that it writes to; nothing for standard output.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes one line, or one document of text followed by one line end.
    pub(crate) fn line(&mut self, line: &[u8]) -> Result<(), Fatal> {
        self.open()?;
        self.is_empty = false;
        let to: &mut dyn Write = match &mut self.to {
            Stream::Pending => return Ok(()),
            Stream::Plain(w) => w,
            Stream::Gzip(w) => w,
            Stream::Zstd(w) => w,
        };
        to.write_all(line).and_then(|()| to.write_all(b"\n")).map_err(|e| failed(&self.path, e))
    }

    /// Writes what is still held back. Without it a compressed file has no end.
    pub(crate) fn finish(mut self) -> Result<(), Fatal> {
        self.open()?;
        let done = match self.to {
            Stream::Pending => Ok(()),
            Stream::Plain(mut w) => w.flush(),
            Stream::Gzip(w) => w.finish().and_then(|mut w| w.flush()),
            Stream::Zstd(w) => w.finish().and_then(|mut w| w.flush()),
        };
        done.map_err(|e| failed(&self.path, e))
    }
}

fn failed(path: &Path, source: io::Error) -> Fatal {
    if source.kind() == io::ErrorKind::BrokenPipe { Fatal::Closed } else { Fatal::Write { path: path.to_owned(), source } }
}

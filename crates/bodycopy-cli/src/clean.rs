//! `bodycopy clean`: inputs to outputs, record by record.

use crate::args::{Clean, Kind};
use crate::encoding::decode;
use crate::jsonl::{Names, Record};
use crate::open::{self, Input};
use crate::report::{Fatal, Fault, Faults};
use crate::sink::{Sink, Target};
use bodycopy::{Cleaned, Cleaner, Input as Document};
use rayon::prelude::*;
use serde_json::json;
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, BufRead};
use std::path::PathBuf;

/// Lines that are cleaned at once, for each thread: enough to keep all busy, few enough to hold little.
const LINES: usize = 16;
/// Bytes after which a batch is full, whatever its lines.
const BYTES: usize = 4 << 20;

/// Cleans all inputs. Gives the number of records that failed.
pub(crate) fn run(options: &Clean) -> Result<usize, Fatal> {
    let adds = options.spans || options.tag;
    if adds && options.to.is_some_and(|to| to != Kind::Jsonl) {
        return Err(Fatal::Usage("--spans and --tag add a field, which only records have: use --to jsonl".into()));
    }
    let cleaner = options.settings.cleaner()?;
    let inputs = open::inputs(&options.inputs)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|e| Fatal::Usage(format!("cannot start {} threads: {e}", options.threads)))?;
    let mut target = Target::new(options.output.as_deref(), &inputs, &options.inputs, options.to)?;
    let mut run = Run { options, cleaner, pool, faults: Faults::default() };
    // What a directory of outputs must not write over.
    let sources: HashSet<PathBuf> = match target {
        Target::One(_) => HashSet::new(),
        Target::Each(_) => inputs.iter().filter_map(|i| i.path.as_ref()?.canonicalize().ok()).collect(),
    };
    let mut written: HashSet<PathBuf> = HashSet::new();
    for input in &inputs {
        let mut content = match input.open().and_then(|mut c| Ok((open::kind(options.from, input, &mut *c)?, c))) {
            Ok(content) => content,
            Err(e) => {
                run.faults.report_file(&input.name(), &format!("cannot read: {e}"));
                continue;
            }
        };
        let from = content.0;
        let to = options.to.unwrap_or(from.written());
        if to != Kind::Jsonl && adds {
            return Err(Fatal::Usage(format!("{} is one document, and --spans and --tag add a field: use --to jsonl", input.name())));
        }
        match &mut target {
            Target::One(sink) => {
                run.one(input, from, to, &mut *content.1, sink)?;
            }
            Target::Each(directory) => {
                let mut sink = Sink::beside(directory, input, from, to);
                // A page and a text may give files of one name, or that of an input that is still to be read.
                let taken = written.contains(sink.path()) || sink.path().canonicalize().is_ok_and(|path| sources.contains(&path));
                if taken {
                    run.faults.report_file(&input.name(), &format!("{} is another's: clean it into another directory", sink.path().display()));
                    continue;
                }
                written.insert(sink.path().to_owned());
                if run.one(input, from, to, &mut *content.1, &mut sink)? {
                    sink.finish()?;
                }
            }
        }
    }
    if let Target::One(sink) = target {
        sink.finish()?;
    }
    Ok(run.faults.finish())
}

struct Run<'o> {
    options: &'o Clean,
    cleaner: Cleaner,
    pool: rayon::ThreadPool,
    faults: Faults,
}

impl Run<'_> {
    /// Cleans one input. Says whether there is anything to keep of the output: a single document that failed leaves none.
    fn one(&mut self, input: &Input, from: Kind, to: Kind, content: &mut dyn BufRead, sink: &mut Sink) -> Result<bool, Fatal> {
        match from {
            Kind::Jsonl => self.jsonl(input, to, content, sink).map(|()| true),
            _ => self.document(input, from, to, content, sink),
        }
    }

    fn document(&mut self, input: &Input, from: Kind, to: Kind, content: &mut dyn BufRead, sink: &mut Sink) -> Result<bool, Fatal> {
        let mut bytes = Vec::new();
        let read = content.read_to_end(&mut bytes).map_err(|e| (lines_in(&bytes), Fault::Read(e)));
        let text = match read.and_then(|_| if from == Kind::Html { Ok(decode(&bytes)) } else { utf8(&bytes).map(Cow::Borrowed) }) {
            Ok(text) => text,
            Err((line, fault)) => {
                self.faults.report(&input.name(), line, &fault);
                return Ok(false);
            }
        };
        let document = if from == Kind::Html { Document::html(&text) } else { Document::text(&text) };
        if to == Kind::Jsonl {
            let field = if from == Kind::Html { &self.options.html_field } else { &self.options.text_field };
            let line = format!("{{\"id\":{},{}:{}}}", json!(input.name()), json!(field), json!(text));
            self.write(input, [(1, Record::read(&line, self.names()).and_then(|r| self.cleaned(&r, to)))], to, sink)?;
        } else {
            write_document(sink, &rendered(&self.cleaner.clean(document), to))?;
        }
        Ok(true)
    }

    fn names(&self) -> Names<'_> {
        Names { text: &self.options.text_field, html: &self.options.html_field }
    }

    fn jsonl(&mut self, input: &Input, to: Kind, content: &mut dyn BufRead, sink: &mut Sink) -> Result<(), Fatal> {
        let most = LINES * self.pool.current_num_threads();
        let mut number = 0;
        loop {
            let mut batch: Vec<(usize, Vec<u8>)> = Vec::new();
            let mut size = 0;
            let mut end = None;
            while batch.len() < most && size < BYTES && end.is_none() {
                let mut line = Vec::new();
                match content.read_until(b'\n', &mut line) {
                    Ok(0) => end = Some(None),
                    Ok(n) => {
                        number += 1;
                        size += n;
                        if !line.trim_ascii().is_empty() {
                            batch.push((number, line));
                        }
                    }
                    // What was read of a line that breaks off is no record.
                    Err(e) => end = Some(Some(e)),
                }
            }
            let done: Vec<_> = self.pool.install(|| batch.par_iter().map(|(number, line)| (*number, self.record(*number, line, to))).collect());
            self.write(input, done, to, sink)?;
            match end {
                Some(None) => return Ok(()),
                Some(Some(e)) => {
                    self.faults.report(&input.name(), number + 1, &Fault::Read(e));
                    return Ok(());
                }
                None => {}
            }
        }
    }

    /// Cleans one line of JSONL.
    fn record(&self, number: usize, line: &[u8], to: Kind) -> Result<String, Fault> {
        let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = utf8(line.strip_suffix(b"\r").unwrap_or(line)).map_err(|(_, fault)| fault)?;
        self.cleaned(&Record::read(line, self.names())?, to)
    }

    fn cleaned(&self, record: &Record<'_>, to: Kind) -> Result<String, Fault> {
        let cleaned = self.cleaner.clean(record.input());
        if to != Kind::Jsonl {
            return Ok(rendered(&cleaned, to).into_owned());
        }
        let removals = (self.options.spans || self.options.tag).then(|| cleaned.removals());
        let text = cleaned.text();
        record.write((!self.options.tag).then_some(&*text), removals).map_err(|e| Fault::Read(io::Error::other(e)))
    }

    fn write(
        &mut self,
        input: &Input,
        done: impl IntoIterator<Item = (usize, Result<String, Fault>)>,
        to: Kind,
        sink: &mut Sink,
    ) -> Result<(), Fatal> {
        for (number, result) in done {
            match (result, to) {
                (Ok(line), Kind::Jsonl) => sink.line(line.as_bytes())?,
                (Ok(text), _) => write_document(sink, &text)?,
                (Err(fault), _) => self.faults.report(&input.name(), number, &fault),
            }
        }
        Ok(())
    }
}

/// A cleaned document as it was asked for.
fn rendered<'c>(cleaned: &'c Cleaned<'_>, to: Kind) -> Cow<'c, str> {
    match to {
        Kind::Text | Kind::Jsonl => cleaned.text(),
        Kind::Markdown => Cow::Owned(cleaned.markdown()),
        Kind::Html => Cow::Owned(cleaned.html()),
    }
}

/// Writes a document of text with one line end; a blank line parts it from the one before. An empty one leaves no trace.
fn write_document(sink: &mut Sink, text: &str) -> Result<(), Fatal> {
    let text = text.trim_end_matches(['\n', '\r']);
    if text.is_empty() {
        return Ok(());
    }
    if !sink.is_empty {
        sink.line(b"")?;
    }
    sink.line(text.as_bytes())
}

/// The text, or the number of the line that is none.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, (usize, Fault)> {
    std::str::from_utf8(bytes).map_err(|e| {
        let good = &bytes[..e.valid_up_to()];
        let line = good.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        (lines_in(good), Fault::NotUtf8(good.len() - line + 1))
    })
}

/// The number of the line at the end of what was read, from 1.
fn lines_in(bytes: &[u8]) -> usize {
    1 + bytes.iter().filter(|&&b| b == b'\n').count()
}

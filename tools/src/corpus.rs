//! The format of the corpus. Texts: `<language>-<slug>.txt` beside `<language>-<slug>.expect`, which lists in source order what must go. Pages: a folder
//! `<language>-<slug>` with `page.html`, `body.txt` and `removed.tsv`, which lists in source order the markup that must go.

use bodycopy::Category;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A document and what must go from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Case {
    /// `<language>-<slug>`.
    pub(crate) name: String,
    pub(crate) text: String,
    /// In source order; empty for a hard negative.
    pub(crate) expected: Vec<Expected>,
    /// Whether it is kept from everything that is fitted.
    pub(crate) is_holdout: bool,
}

/// A range of a document that must go.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expected {
    pub(crate) category: Category,
    /// Bytes of the text, without the white space around.
    pub(crate) range: Range<usize>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{name}: {reason}")]
    Case { name: String, reason: String },
}

impl Case {
    pub(crate) fn language(&self) -> &str {
        self.name.split('-').next().unwrap_or_default()
    }
}

/// Reads the whole corpus, in the order of names.
pub(crate) fn load(corpus: &Path) -> Result<Vec<Case>, Error> {
    let folder = corpus.join("text");
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|source| Error::Io { path: folder.clone(), source })? {
        let path = entry.map_err(|source| Error::Io { path: folder.clone(), source })?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            names.extend(path.file_stem().and_then(|s| s.to_str()).map(str::to_owned));
        }
    }
    names.sort_unstable();
    let holdout: HashSet<String> = read(&corpus.join("holdout.txt"))?.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
    let case = |name: String| {
        let text = read(&folder.join(format!("{name}.txt")))?;
        let expect = read(&folder.join(format!("{name}.expect")))?;
        let expected = expected(&text, &expect).map_err(|reason| Error::Case { name: name.clone(), reason })?;
        Ok(Case { is_holdout: holdout.contains(&name), name, text, expected })
    };
    names.into_iter().map(case).collect()
}

/// A page, what must go from it, and its body; for the tests, as yet.
#[allow(dead_code)]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageCase {
    pub(crate) name: String,
    pub(crate) page: String,
    pub(crate) expected: Vec<Expected>,
    pub(crate) body: String,
}

/// Reads all pages, in the order of names.
#[allow(dead_code)]
pub(crate) fn load_pages(corpus: &Path) -> Result<Vec<PageCase>, Error> {
    let folder = corpus.join("html");
    let entries = fs::read_dir(&folder).map_err(|source| Error::Io { path: folder.clone(), source })?;
    let mut names: Vec<String> = entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let case = |name: String| {
        let file = |file: &str| read(&folder.join(&name).join(file));
        let page = file("page.html")?;
        let expected = expected(&page, &file("removed.tsv")?).map_err(|reason| Error::Case { name: name.clone(), reason })?;
        let body = file("body.txt")?.trim_end().to_owned();
        Ok(PageCase { name, page, expected, body })
    };
    names.into_iter().map(case).collect()
}

/// Whether a page without what must go has just its body: all the words, block by block.
pub(crate) fn check_page(page: &str, expected: &[Expected], body: &str) -> Result<(), String> {
    let mut left = String::with_capacity(page.len());
    let mut at = 0;
    for e in expected {
        left.push_str(&page[at..e.range.start]);
        at = e.range.end;
    }
    left.push_str(&page[at..]);
    let said = bodycopy::inspect::text(&left);
    if said == body {
        return Ok(());
    }
    let (ours, theirs): (Vec<&str>, Vec<&str>) = (said.split('\n').collect(), body.split('\n').collect());
    let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
    Err(format!("line {}: the page has {:?}, its body {:?}", at + 1, ours.get(at), theirs.get(at)))
}

pub(crate) fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}

/// Reads an `.expect` file and finds each text where it stands: behind the one before.
pub(crate) fn expected(text: &str, expect: &str) -> Result<Vec<Expected>, String> {
    let mut from = 0;
    let mut all = Vec::new();
    for line in expect.lines() {
        let (category, escaped) = line.split_once('\t').ok_or_else(|| format!("no tab in {line:?}"))?;
        let category: Category = category.parse().map_err(|e: bodycopy::Error| e.to_string())?;
        let removed = unescape(escaped).ok_or_else(|| format!("bad escape in {escaped:?}"))?;
        if removed.is_empty() || removed.trim() != removed {
            return Err(format!("empty, or white space at an end: {removed:?}"));
        }
        let start = from + text[from..].find(&removed).ok_or_else(|| format!("not in the document, or out of order: {removed:?}"))?;
        from = start + removed.len();
        all.push(Expected { category, range: start..from });
    }
    Ok(all)
}

fn unescape(escaped: &str) -> Option<String> {
    let mut text = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '\\' => '\\',
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

//! `new-case`: a document with marks becomes files of the corpus, checked.

use crate::corpus::{self, Error, Expected};
use bodycopy::Category;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes that a text may have, and a page.
const LARGEST: usize = 20_000;
const LARGEST_PAGE: usize = 40_000;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Files to add.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Overwrite a case of the same name.
    #[arg(long)]
    replace: bool,
}

pub(crate) fn run(corpus: &Path, options: &Options) -> Result<(), Error> {
    for file in &options.files {
        let name = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let fail = |reason: String| Error::Case { name: name.clone(), reason };
        check_name(&name).map_err(fail)?;
        if file.extension().is_some_and(|e| e == "page") {
            page(corpus, file, &name, options)?;
            continue;
        }
        let (text, expected) = split(&corpus::read(file)?, LARGEST).map_err(fail)?;
        let path = corpus.join("text").join(format!("{name}.txt"));
        if path.exists() && !options.replace {
            return Err(fail("is in the corpus already: choose another slug, or --replace it".into()));
        }
        let expect: String = expected.iter().map(|e| expect_line(&text, e)).collect();
        for (path, content) in [(path.clone(), &text), (path.with_extension("expect"), &expect)] {
            fs::write(&path, content).map_err(|source| Error::Io { path, source })?;
        }
        println!("{name}: {} to go, {} bytes", expected.len(), text.len());
        for (category, missed) in missed(&text, &expected) {
            println!("    not found yet: {category} {missed:?}");
        }
    }
    Ok(())
}

/// A page, `NAME.page`, has its body as text beside it, in `NAME.body`.
fn page(corpus: &Path, file: &Path, name: &str, options: &Options) -> Result<(), Error> {
    let fail = |reason: String| Error::Case { name: name.to_owned(), reason };
    let (page, expected) = split(&corpus::read(file)?, LARGEST_PAGE).map_err(fail)?;
    let body = corpus::read(&file.with_extension("body"))?;
    let body = body.trim_end();
    corpus::check_page(&page, &expected, body).map_err(fail)?;
    let folder = corpus.join("html").join(name);
    if folder.exists() && !options.replace {
        return Err(fail("is in the corpus already: choose another slug, or --replace it".into()));
    }
    let removed: String = expected.iter().map(|e| expect_line(&page, e)).collect();
    fs::create_dir_all(&folder).map_err(|source| Error::Io { path: folder.clone(), source })?;
    for (file, content) in [("page.html", &page), ("body.txt", &format!("{body}\n")), ("removed.tsv", &removed)] {
        let path = folder.join(file);
        fs::write(&path, content).map_err(|source| Error::Io { path, source })?;
    }
    println!("{name}: {} to go, {} bytes", expected.len(), page.len());
    Ok(())
}

fn check_name(name: &str) -> Result<(), String> {
    let good = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let mut parts = name.split('-');
    let language = parts.next().unwrap_or_default();
    let slug: Vec<&str> = parts.collect();
    if language.len() == 2 && good(language) && !slug.is_empty() && slug.into_iter().all(good) {
        Ok(())
    } else {
        Err("is not named <language>-<slug>: a two-letter tag, then small letters, digits and hyphens".into())
    }
}

/// Takes the marks off and says where they were.
fn split(marked: &str, largest: usize) -> Result<(String, Vec<Expected>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut all: Vec<Expected> = Vec::new();
    let mut open: Option<(Category, usize)> = None;
    let mut rest = marked;
    while let Some(at) = rest.find('⟦') {
        text.push_str(&rest[..at]);
        let (mark, after) = rest[at + '⟦'.len_utf8()..].split_once('⟧').ok_or("a mark is not closed by ⟧")?;
        rest = after;
        match (mark, open.take()) {
            ("/", Some((category, start))) => all.push(Expected { category, range: start..text.len() }),
            ("/", None) => return Err("⟦/⟧ without a mark before it".into()),
            (name, None) => open = Some((name.parse().map_err(|e: bodycopy::Error| e.to_string())?, text.len())),
            (name, Some(_)) => return Err(format!("⟦{name}⟧ inside another mark")),
        }
    }
    text.push_str(rest);
    for expected in &mut all {
        // A page's marks may hold the space beside a sentence.
        if largest == LARGEST_PAGE {
            let marked = &text[expected.range.clone()];
            let start = expected.range.start + marked.len() - marked.trim_start().len();
            expected.range = start..start + marked.trim().len();
        }
    }
    if open.is_some() {
        return Err("the last mark is not ended by ⟦/⟧".into());
    }
    if text.len() > largest {
        return Err(format!("has {} bytes, and {largest} are the most", text.len()));
    }
    let expect: String = all.iter().map(|e| expect_line(&text, e)).collect();
    if corpus::expected(&text, &expect)? == all {
        Ok((text, all))
    } else {
        Err("a marked text also stands earlier, unmarked: change one of them".into())
    }
}

/// What `corpus::expected` reads.
fn expect_line(text: &str, expected: &Expected) -> String {
    let escaped = text[expected.range.clone()].replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
    format!("{}\t{escaped}\n", expected.category)
}

/// What the cleaner of today leaves of what must go.
fn missed<'t>(text: &'t str, expected: &[Expected]) -> Vec<(Category, &'t str)> {
    let cleaned = bodycopy::clean_text(text);
    let gone = |e: &&Expected| !cleaned.removals().iter().any(|r| r.at.start <= e.range.start && e.range.end <= r.at.end);
    expected.iter().filter(gone).map(|e| (e.category, &text[e.range.clone()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        let (text, expected) = split("It rained. ⟦donation⟧Please give.⟦/⟧\n", LARGEST).unwrap();
        assert_eq!(text, "It rained. Please give.\n");
        assert_eq!(&text[expected[0].range.clone()], "Please give.");
    }

    #[test]
    fn bad_marks_are_refused() {
        for marked in ["⟦donation⟧x", "x⟦/⟧", "⟦alms⟧x⟦/⟧", "⟦donation⟧ x⟦/⟧", "x ⟦donation⟧x⟦/⟧", "⟦donation"] {
            assert!(split(marked, LARGEST).is_err(), "{marked}");
        }
        assert!(check_name("en-a-b2").is_ok());
        assert!(check_name("eng-a").is_err() && check_name("en").is_err() && check_name("en-A").is_err());
    }

    #[test]
    fn a_case_is_written_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("text")).unwrap();
        fs::write(folder.path().join("holdout.txt"), "").unwrap();
        let file = folder.path().join("en-new.txt");
        fs::write(&file, "It rained.\r\n\r\n⟦social⟧Share\r\nTweet⟦/⟧").unwrap();
        let options = Options { files: vec![file], replace: false };
        run(folder.path(), &options).unwrap();
        assert!(run(folder.path(), &options).is_err(), "not over an old one");
        let cases = corpus::load(folder.path()).unwrap();
        assert_eq!(cases[0].text, "It rained.\r\n\r\nShare\r\nTweet");
        assert_eq!(cases[0].expected.len(), 1);
        assert_eq!((cases[0].language(), cases[0].is_holdout), ("en", false));
    }
}

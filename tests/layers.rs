//! Modules import only from those before them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The order of the flow.
const ORDER: [&str; 12] = ["error", "removal", "input", "segment", "site", "evidence", "judge", "metadata", "access", "cleaned", "render", "cleaner"];
/// Pairs that stand for one another: an error names a category, and reading a category can fail.
const TOGETHER: [(&str, &str); 1] = [("error", "removal")];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn module_of(file: &Path) -> String {
    let inner = file.strip_prefix("src").unwrap();
    inner.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The top modules that a file names after `crate::`, or after enough `super::` to leave its own top module.
fn imports(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).unwrap();
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            found.extend(list.split('}').next().unwrap().split(',').map(|part| name(part.trim())));
        } else {
            found.insert(name(rest));
        }
    }
    let inner: Vec<_> = file.strip_prefix("src").unwrap().components().collect();
    let is_mod = file.file_name().is_some_and(|n| n == "mod.rs");
    let depth = inner.len() - usize::from(is_mod);
    for (at, _) in text.match_indices("super::") {
        let before = &text[..at];
        let chain = 1 + (before.len() - before.trim_end_matches("super::").len()) / "super::".len();
        if chain >= depth {
            found.insert(name(&text[at + "super::".len()..]));
        }
    }
    found
}

#[test]
fn no_import_runs_back() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 20);
    for file in files.iter().filter(|f| !f.ends_with("lib.rs")) {
        let own = module_of(file);
        let place = ORDER.iter().position(|m| *m == own).unwrap_or_else(|| panic!("{own} has no place in the order"));
        for import in imports(file) {
            let Some(other) = ORDER.iter().position(|m| *m == import) else { continue };
            let pair = (own.as_str(), import.as_str());
            assert!(other <= place || TOGETHER.contains(&pair), "{}: imports from {import}, which comes later", file.display());
        }
    }
}

#[test]
fn the_crate_lists_its_modules_in_that_order() {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let listed: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("mod ")?.strip_suffix(';')).collect();
    let places: Vec<usize> = listed.iter().map(|m| ORDER.iter().position(|o| o == m).unwrap()).collect();
    assert!(places.is_sorted(), "{listed:?}");
}

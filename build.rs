//! Compiles the phrase files into the tables that the crate searches.

use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code)]
#[path = "src/evidence/lexicon/compile.rs"]
mod compile;
#[allow(dead_code)]
#[path = "src/evidence/fold.rs"]
mod fold;
#[allow(dead_code)]
#[path = "src/evidence/lexicon/trie.rs"]
mod trie;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// English comes first: its labels stand on pages in every language.
const FIRST: &str = "en";

fn main() -> Result<()> {
    let folder = Path::new("src/evidence/lexicon");
    for read in ["src/evidence/lexicon", "src/evidence/fold.rs", "src/evidence/fold.txt", "build.rs"] {
        println!("cargo::rerun-if-changed={read}");
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let (Some(tag), Some("txt")) = (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str())) {
            files.push((tag.to_owned(), fs::read_to_string(&path)?));
        }
    }
    files.sort_by_key(|(tag, _)| (tag != FIRST, tag.clone()));
    let tables = compile::compile(&files)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (name, numbers) in
        [("labels", &tables.labels), ("targets", &tables.targets), ("edges", &tables.edges), ("buckets", &tables.buckets), ("ends", &tables.ends)]
    {
        fs::write(out.join(format!("{name}.bin")), numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>())?;
    }
    fs::write(out.join("meanings.bin"), tables.meanings.as_flattened())?;
    let tags: Vec<&String> = files.iter().map(|(tag, _)| tag).collect();
    let names = format!(
        "/// The languages that have a file, by BCP 47 tag, in the order of their numbers.\nconst TAGS: &[&str] = &{tags:?};\n\
         /// The sections of the files, in the order of their numbers.\nconst SECTIONS: &[&str] = &{:?};\n\
         /// Bits of a first word's hash that choose its bucket.\nconst BUCKET_BITS: u32 = {};\n",
        tables.sections,
        compile::BUCKET_BITS
    );
    fs::write(out.join("names.rs"), names)?;
    Ok(())
}

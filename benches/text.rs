//! Throughput over text, in bytes: `cargo bench --bench text`.

use bodycopy::{Cleaner, clean_text};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use unicode_segmentation::UnicodeSegmentation;

/// The texts of the corpus that are dirty, or that are clean.
fn corpus(dirty: bool) -> Vec<String> {
    let mut texts: Vec<(std::path::PathBuf, String)> = Vec::new();
    for entry in fs::read_dir("corpus/text").into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "txt") {
            let expect = fs::read_to_string(path.with_extension("expect")).unwrap_or_default();
            if expect.is_empty() != dirty {
                texts.push((path.clone(), fs::read_to_string(path).unwrap_or_default()));
            }
        }
    }
    texts.sort();
    texts.into_iter().map(|(_, text)| text).collect()
}

fn documents(c: &mut Criterion) {
    let mut group = c.benchmark_group("text");
    let (dirty, clean) = (corpus(true), corpus(false));
    let english = |texts: &[String]| texts.iter().filter(|t| t.is_ascii()).cloned().collect::<Vec<_>>().join("\n\n");
    let inputs = [
        ("short, dirty", dirty[0].chars().take(300).collect()),
        ("short, clean", clean[0].chars().take(300).collect()),
        ("middle, dirty", dirty[..8].join("\n\n")),
        ("middle, clean", clean[..8].join("\n\n")),
        ("long, dirty", dirty.join("\n\n")),
        ("long, clean", clean.join("\n\n")),
        ("long, clean, ASCII", english(&clean)),
    ];
    for (name, text) in &inputs {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("clean_text: {name}"), |b| b.iter(|| clean_text(black_box(text)).removals().len()));
    }
    // The yardstick: one pass of Unicode's sentence rules over the same bytes.
    for (name, text) in &inputs[4..] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("unicode_sentences: {name}"), |b| b.iter(|| black_box(text).unicode_sentences().count()));
    }
    group.finish();
    c.bench_function("cold build of a Cleaner", |b| b.iter(|| Cleaner::builder().threshold(0.5).build()));
}

criterion_group!(benches, documents);
criterion_main!(benches);

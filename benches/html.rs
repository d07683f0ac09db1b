//! Throughput over pages, in bytes: `cargo bench --bench html`. With `BODYCOPY_PAGES` a file of pages, one JSON string a line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bodycopy::parser::{Content, Token, Tokenizer, parse};
use bodycopy::{Cleaner, inspect};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{self as theirs, BufferQueue, TagKind, TokenSink, TokenSinkResult, TokenizerOpts};
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, HtmlTreeSink};
use std::cell::Cell;
use std::hint::black_box;
use std::{env, fs};

/// What follows a start tag, for a tokenizer without a tree.
fn content(name: &str) -> Content {
    match name {
        "title" | "textarea" => Content::Rcdata,
        "script" => Content::Script,
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => Content::Rawtext,
        _ => Content::Normal,
    }
}

fn ours(page: &str) -> usize {
    let mut tokenizer = Tokenizer::new(page);
    let mut count = 0;
    while let Some(token) = tokenizer.next(|| false) {
        count += 1;
        if let Token::Start(tag) = token {
            tokenizer.set_content(content(&page[tag.name.range()]));
        }
    }
    count
}

struct Count(Cell<usize>);

impl TokenSink for Count {
    type Handle = ();

    fn process_token(&self, token: theirs::Token, _line: u64) -> TokenSinkResult<()> {
        self.0.set(self.0.get() + 1);
        let theirs::TagToken(tag) = token else { return TokenSinkResult::Continue };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        match content(&tag.name) {
            Content::Rcdata => TokenSinkResult::RawData(RawKind::Rcdata),
            Content::Script => TokenSinkResult::RawData(RawKind::ScriptData),
            Content::Rawtext => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }
}

fn html5ever(page: &str) -> usize {
    let tokenizer = theirs::Tokenizer::new(Count(Cell::new(0)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.get()
}

/// html5ever's parser, set to do the same work as ours.
fn same_tree(page: &str) -> usize {
    let options = ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }, ..ParseOpts::default() };
    parse_document(HtmlTreeSink::new(Html::new_document()), options).one(page).tree.nodes().len()
}

/// A page such as papers print: menus, cards, an article, scripts.
fn page() -> String {
    let card = |i: usize| {
        format!(
            "<li class=\"card card--{i}\" data-id=\"{i}\"><a href=\"/news/{i}?from=menu&amp;pos={i}\" title=\"Story {i}\"><img src=\"/i/{i}.jpg\" alt=\"\" \
             loading=\"lazy\"><h3>The harbour&rsquo;s story no. {i}</h3></a><p class=\"teaser\">What happened next, and why.</p></li>\n"
        )
    };
    let paragraph = |i: usize| {
        format!(
            "<p>On day {i} the ferry sailed at noon, as it had in all the years before; the pilot, <em>who had never missed a tide</em>, stood at the rail \
             and counted the <a href=\"/tag/gulls\">gulls</a>. &ldquo;They know the hour,&rdquo; he said.</p>\n"
        )
    };
    let cards: String = (0..60).map(card).collect();
    let body: String = (0..40).map(paragraph).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Ferry &amp; tide</title><style>{}</style><script>{}</script></head>\n\
         <body class=\"page\"><nav><ul>{cards}</ul></nav><main><article><h1>Ferry and tide</h1>{body}</article></main><aside><ul>{cards}</ul></aside>\n\
         <script>{}</script></body></html>",
        ".card{margin:0;padding:0 1em}\n".repeat(300),
        "window.layer=window.layer||[];if(a<b&&c>d){layer.push({k:'v'});}\n".repeat(200),
        "<!-- var x = '<b>'; -->\n".repeat(50),
    )
}

fn pages() -> Vec<String> {
    match env::var_os("BODYCOPY_PAGES") {
        Some(path) => fs::read_to_string(path).expect("a readable file").lines().map(|l| serde_json::from_str(l).expect("a JSON string")).collect(),
        None => vec![page()],
    }
}

fn bench(c: &mut Criterion) {
    let pages = pages();
    let bytes = pages.iter().map(String::len).sum::<usize>();
    let mut group = c.benchmark_group("html");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    let mut run = |name: &str, f: &dyn Fn(&str) -> usize| {
        group.bench_function(name, |b| b.iter(|| pages.iter().map(|p| f(black_box(p))).sum::<usize>()));
    };
    run("tokenizer", &ours);
    run("tokenizer, html5ever", &html5ever);
    run("tree", &|p| parse(p).map_or(0, |dom| dom.nodes().count()));
    run("tree, scraper", &|p| Html::parse_document(p).tree.nodes().len());
    run("tree, scraper, scripting off", &same_tree);
    let cleaner = Cleaner::default();
    run("layout", &|p| inspect::text(p).len());
    run("signals", &inspect::count);
    run("clean, text", &|p| cleaner.clean_html(p).text().len());
    run("clean, Markdown", &|p| cleaner.clean_html(p).markdown().len());
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);

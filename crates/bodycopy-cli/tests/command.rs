//! The command as a user runs it: the contract of `clean` and `explain`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

const DIRTY: &str = "It rained all day.\n\nAdvertisement\n\nIt stopped at noon.\n";
const CLEAN: &str = "It rained all day.\n\nIt stopped at noon.\n";

fn bodycopy(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("bodycopy").unwrap();
    command.current_dir(folder.path()).args(arguments);
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// Status, standard output, standard error.
fn run(mut command: Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn record(text: &str) -> String {
    format!("{}\n", json!({ "text": text }))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_file_goes_to_standard_output() {
    let folder = folder(&[("a.txt", DIRTY.as_bytes())]);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt"])), (0, CLEAN.to_owned(), String::new()));
}

#[test]
fn standard_input_is_read_where_none_is_named() {
    let folder = folder(&[]);
    for arguments in [&["clean"][..], &["clean", "-"]] {
        let mut command = bodycopy(&folder, arguments);
        command.write_stdin(DIRTY);
        assert_eq!(run(command).1, CLEAN);
    }
    let mut command = bodycopy(&folder, &["clean"]);
    command.write_stdin(record(DIRTY));
    assert_eq!(run(command).1, record(CLEAN), "JSONL is told by its content");
}

#[test]
fn text_ends_with_one_line_end() {
    let folder = folder(&[("a.txt", b"It rained."), ("b.txt", b"It rained.\n\n\n"), ("empty.txt", b"")]);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt"])).1, "It rained.\n");
    assert_eq!(run(bodycopy(&folder, &["clean", "b.txt"])).1, "It rained.\n");
    assert_eq!(run(bodycopy(&folder, &["clean", "empty.txt"])), (0, String::new(), String::new()));
}

#[test]
fn compressed_input_is_read_and_output_written_as_named() {
    let jsonl = record(DIRTY);
    let zst = zstd::encode_all(jsonl.as_bytes(), 0).unwrap();
    let folder = folder(&[("a.jsonl.gz", &gzip(jsonl.as_bytes())), ("b.jsonl.zst", &zst)]);
    for name in ["a.jsonl.gz", "b.jsonl.zst"] {
        assert_eq!(run(bodycopy(&folder, &["clean", name])).1, record(CLEAN), "standard output is never compressed");
    }
    run(bodycopy(&folder, &["clean", "a.jsonl.gz", "-o", "out.jsonl.zst"]));
    let back = zstd::decode_all(&fs::read(folder.path().join("out.jsonl.zst")).unwrap()[..]).unwrap();
    assert_eq!(String::from_utf8(back).unwrap(), record(CLEAN));
    run(bodycopy(&folder, &["clean", "b.jsonl.zst", "-o", "out.jsonl.gz"]));
    assert_eq!(run(bodycopy(&folder, &["clean", "out.jsonl.gz"])).1, record(CLEAN));
}

#[test]
fn many_inputs_need_a_directory_and_keep_their_names() {
    let folder = folder(&[("in/a.txt", DIRTY.as_bytes()), ("in/deep/b.jsonl", record(DIRTY).as_bytes())]);
    let (status, _, message) = run(bodycopy(&folder, &["clean", "in"]));
    assert_eq!(status, 2);
    assert!(message.contains("-o DIR"), "{message}");
    assert_eq!(run(bodycopy(&folder, &["clean", "in", "-o", "out"])).0, 0);
    assert_eq!(read(folder.path().join("out/a.txt")), CLEAN);
    assert_eq!(read(folder.path().join("out/deep/b.jsonl")), record(CLEAN));
    assert_eq!(run(bodycopy(&folder, &["clean", "in", "-o", "lines", "--to", "jsonl"])).0, 0);
    assert!(folder.path().join("lines/a.jsonl").exists());
}

#[test]
fn an_input_is_not_written_over() {
    let folder = folder(&[("a.txt", DIRTY.as_bytes())]);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt", "-o", "a.txt"])).0, 2);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt", "-o", "."])).0, 2);
    assert_eq!(read(folder.path().join("a.txt")), DIRTY);
}

#[test]
fn text_to_jsonl_and_back() {
    let folder = folder(&[("a.txt", DIRTY.as_bytes()), ("b.txt", b"It snowed.\n")]);
    let (_, lines, _) = run(bodycopy(&folder, &["clean", "a.txt", "b.txt", "--to", "jsonl"]));
    let records: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(records[0], json!({ "id": "a.txt", "text": CLEAN }));
    assert_eq!(records[1]["id"], "b.txt");
    let mut command = bodycopy(&folder, &["clean", "--to", "text"]);
    command.write_stdin(lines);
    assert_eq!(run(command).1, format!("{CLEAN}\nIt snowed.\n"));
}

#[test]
fn other_fields_stay_byte_for_byte() {
    let folder = folder(&[]);
    let line = format!(r#"{{ "n": 1.50, "text": {}, "t\u00e9": [1,  2] }}"#, json!(DIRTY));
    let mut command = bodycopy(&folder, &["clean", "--from", "jsonl"]);
    command.write_stdin(format!("{line}\r\n\n"));
    assert_eq!(run(command).1, format!("{}\n", line.replace("Advertisement\\n\\n", "")));
}

#[test]
fn spans_and_tag_list_what_was_removed() {
    let folder = folder(&[("a.jsonl", record(DIRTY).as_bytes())]);
    let out = |option: &str| -> Value { serde_json::from_str(&run(bodycopy(&folder, &["clean", "a.jsonl", option])).1).unwrap() };
    let (spans, tag) = (out("--spans"), out("--tag"));
    assert_eq!((&spans["text"], &tag["text"]), (&json!(CLEAN), &json!(DIRTY)));
    assert_eq!(spans["removed"], tag["removed"]);
    let removed = &spans["removed"][0];
    assert_eq!((&removed["start"], &removed["end"], &removed["category"]), (&json!(20), &json!(35), &json!("advertisement")));
    assert!(removed["score"].as_f64().unwrap() > 0.5);
    let evidence = removed["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|e| e["cue"] == "feature:label" && e["start"] == 20 && e["end"] == 33), "{evidence:?}");
    assert!(evidence.iter().all(|e| e["weight"].is_number()));
    assert_eq!(run(bodycopy(&folder, &["clean", "a.jsonl", "--tag", "--to", "text"])).0, 2);
}

#[test]
fn settings_reach_the_cleaner() {
    let folder = folder(&[("a.txt", DIRTY.as_bytes())]);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt", "--remove", "donation,paywall"])).1, DIRTY);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt", "--threshold", "1"])).1, DIRTY);
    let (status, _, message) = run(bodycopy(&folder, &["clean", "a.txt", "--threshold", "7"]));
    assert_eq!(status, 2);
    assert!(message.contains("not between 0 and 1"), "{message}");
    let (status, _, message) = run(bodycopy(&folder, &["clean", "a.txt", "--remove", "adverts"]));
    assert_eq!(status, 2);
    assert!(message.contains("app-promo"), "{message}");
    assert_eq!(run(bodycopy(&folder, &["clean", "a.txt", "--languages", "xx"])).0, 2);
}

#[test]
fn another_text_field() {
    let folder = folder(&[("a.jsonl", format!("{}\n", json!({ "body": DIRTY })).as_bytes())]);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.jsonl", "--text-field", "body"])).1, format!("{}\n", json!({ "body": CLEAN })));
}

#[test]
fn a_bad_record_is_counted_and_the_others_are_written() {
    let good = record(DIRTY);
    let content = [good.as_bytes(), b"{\"text\":\n", b"{\"id\":1}\n", b"{\"text\":\"\xff\"}\n", b"[]\n", b"\n", good.as_bytes()].concat();
    let folder = folder(&[("a.jsonl", &content)]);
    let (status, out, message) = run(bodycopy(&folder, &["clean", "a.jsonl"]));
    assert_eq!((status, out), (1, record(CLEAN).repeat(2)));
    for (line, reason) in [(2, "not a JSON object"), (3, "no field `html` or `text`"), (4, "not UTF-8"), (5, "not a JSON object")] {
        assert!(message.contains(&format!("a.jsonl:{line}: {reason}")), "{message}");
    }
    assert!(message.contains("4 records not written"), "{message}");
}

#[test]
fn text_that_is_not_utf8_is_refused_by_line() {
    let folder = folder(&[("bad.txt", b"one\ntwo \xff\n"), ("good.txt", DIRTY.as_bytes())]);
    let (status, _, message) = run(bodycopy(&folder, &["clean", "bad.txt", "good.txt", "-o", "out"]));
    assert_eq!(status, 1);
    assert!(message.contains("bad.txt:2: not UTF-8 (byte 5 of the line)"), "{message}");
    assert_eq!(read(folder.path().join("out/good.txt")), CLEAN);
    assert!(!folder.path().join("out/bad.txt").exists(), "a document that failed is not written");
}

#[test]
fn a_truncated_gz_gives_what_was_whole() {
    // Random letters do not compress, so that whole lines come through before the break.
    let lines: String = (0u64..2000).map(|i| record(&format!("{DIRTY}{:x}", i.wrapping_mul(0x9e37_79b9_7f4a_7c15)))).collect();
    let whole = gzip(lines.as_bytes());
    let folder = folder(&[("a.jsonl.gz", &whole[..whole.len() / 2]), ("b.txt.gz", &gzip(DIRTY.as_bytes())[..20])]);
    let (status, out, message) = run(bodycopy(&folder, &["clean", "a.jsonl.gz"]));
    assert_eq!(status, 1);
    let written = out.lines().count();
    assert!(written > 100, "{written} lines");
    assert!(message.contains(&format!("a.jsonl.gz:{}: ", written + 1)), "{message}");
    let (status, out, message) = run(bodycopy(&folder, &["clean", "b.txt.gz"]));
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(message.contains("b.txt.gz:1: "), "{message}");
}

#[test]
fn a_missing_file_is_counted() {
    let folder = folder(&[("a.txt", DIRTY.as_bytes())]);
    let (status, _, message) = run(bodycopy(&folder, &["clean", "none.txt", "a.txt", "-o", "out"]));
    assert_eq!(status, 1);
    assert!(message.contains("none.txt: cannot read"), "{message}");
    assert_eq!(read(folder.path().join("out/a.txt")), CLEAN);
}

#[test]
fn one_line_of_100_megabytes() {
    let folder = folder(&[]);
    let line = "The ferry sails at noon and nobody minds the rain. ".repeat(100 * 1024 * 1024 / 51);
    let mut command = bodycopy(&folder, &["clean"]);
    command.write_stdin(format!("{line}Please donate to our newsroom today."));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout.len(), line.trim_end().len() + 1);
}

#[test]
fn threads_do_not_change_the_order() {
    let lines: String = (0..500).map(|i| record(&format!("Item {i}.\n\n{DIRTY}"))).collect();
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let one = run(bodycopy(&folder, &["clean", "a.jsonl", "--threads", "1"])).1;
    assert_eq!(one.lines().count(), 500);
    assert_eq!(run(bodycopy(&folder, &["clean", "a.jsonl", "--threads", "4"])).1, one);
}

#[test]
fn explain_shows_what_goes_and_why() {
    let folder = folder(&[("a.txt", DIRTY.as_bytes()), ("b.txt", b"It rained.")]);
    let (status, out, _) = run(bodycopy(&folder, &["explain", "a.txt"]));
    assert_eq!(status, 0);
    assert!(out.starts_with("It rained all day.\n\n⟦advertisement⟧Advertisement⟦/⟧\n\nIt stopped at noon."), "{out}");
    assert!(out.contains("[1] advertisement 0.9") && out.contains("feature:label “Advertisement” +"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colour in a pipe");
    assert!(run(bodycopy(&folder, &["explain", "b.txt"])).1.contains("Nothing goes."));
    assert_eq!(run(bodycopy(&folder, &["explain", "none.txt"])).0, 2);
}

#[test]
fn the_help_names_the_commands() {
    let folder = folder(&[]);
    let (status, out, _) = run(bodycopy(&folder, &["--help"]));
    assert_eq!(status, 0);
    assert!(out.contains("clean") && out.contains("explain"));
    assert_eq!(run(bodycopy(&folder, &["clean", "--to", "pdf"])).0, 2);
}

const PAGE: &str = "<!doctype html><nav><a href=/>Home</a></nav><article><h1>The ferry</h1><p>The ferry sailed at noon, as it had in <a href=/log>all the years before</a>, and the \
                    gulls went with it. Please donate to our newsroom today.</p></article>";
const BODY: &str = "The ferry\n\nThe ferry sailed at noon, as it had in all the years before, and the gulls went with it.";

#[test]
fn pages_are_told_by_name_and_content() {
    let folder = folder(&[("a.html", PAGE.as_bytes()), ("b", PAGE.as_bytes()), ("c.txt", PAGE.as_bytes())]);
    let body = format!("{BODY}\n");
    assert_eq!(run(bodycopy(&folder, &["clean", "a.html"])), (0, body.clone(), String::new()));
    assert_eq!(run(bodycopy(&folder, &["clean", "b"])).1, body);
    assert_eq!(run(bodycopy(&folder, &["clean", "c.txt", "--from", "html"])).1, body);
    let markdown = run(bodycopy(&folder, &["clean", "a.html", "--to", "markdown"])).1;
    assert!(markdown.starts_with("# The ferry\n\n") && markdown.contains("[all the years before](/log)"), "{markdown}");
    let html = run(bodycopy(&folder, &["clean", "a.html", "--to", "html"])).1;
    assert!(html.contains("<h1>The ferry</h1>") && !html.contains("Home"), "{html}");
    assert_eq!(run(bodycopy(&folder, &["clean", "a.html", "--spans"])).0, 2);
}

#[test]
fn pages_of_a_directory_become_texts() {
    let folder = folder(&[("in/a.html", PAGE.as_bytes()), ("in/deep/b.htm", PAGE.as_bytes())]);
    assert_eq!(run(bodycopy(&folder, &["clean", "in", "-o", "out"])).0, 0);
    assert_eq!(read(folder.path().join("out/a.txt")), format!("{BODY}\n"));
    assert_eq!(read(folder.path().join("out/deep/b.txt")), format!("{BODY}\n"));
    let (status, records, _) = run(bodycopy(&folder, &["clean", "in", "--to", "jsonl"]));
    let first: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    assert_eq!((status, first), (0, json!({ "id": Path::new("in").join("a.html"), "text": BODY })));
}

#[test]
fn pages_are_read_in_their_encoding() {
    let mut bytes = b"<meta charset=windows-1251><article><p>".to_vec();
    let (text, ..) = encoding_rs::WINDOWS_1251.encode("Паром вышел в полдень, как и во все прежние годы, и чайки шли за ним до самого маяка.");
    bytes.extend_from_slice(&text);
    let folder = folder(&[("a.html", &bytes)]);
    assert_eq!(
        run(bodycopy(&folder, &["clean", "a.html"])).1,
        "Паром вышел в полдень, как и во все прежние годы, и чайки шли за ним до самого маяка.\n"
    );
}

#[test]
fn records_with_pages_give_their_text() {
    let line = json!({ "id": 1, "html": PAGE, "url": "https://gazette.example/ferry" }).to_string();
    let folder =
        folder(&[("a.jsonl", format!("{line}\n{}\n", record(DIRTY).trim_end()).as_bytes()), ("b.jsonl", line.replace("html", "page").as_bytes())]);
    let (status, out, _) = run(bodycopy(&folder, &["clean", "a.jsonl"]));
    let records: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(status, 0);
    assert_eq!(records[0], json!({ "id": 1, "text": BODY, "url": "https://gazette.example/ferry" }));
    assert_eq!(records[1]["text"], CLEAN);
    let tagged: Value = serde_json::from_str(run(bodycopy(&folder, &["clean", "a.jsonl", "--tag"])).1.lines().next().unwrap()).unwrap();
    assert_eq!(tagged["html"], PAGE);
    let removed = tagged["removed"].as_array().unwrap();
    let cut = |r: &Value| PAGE[r["start"].as_u64().unwrap() as usize..r["end"].as_u64().unwrap() as usize].to_owned();
    assert_eq!(removed.iter().map(cut).collect::<Vec<_>>(), ["<nav><a href=/>Home</a></nav>", " Please donate to our newsroom today."]);
    let markdown = run(bodycopy(&folder, &["clean", "a.jsonl", "--to", "markdown"])).1;
    assert!(markdown.contains("(https://gazette.example/log)"), "{markdown}");
    let other = run(bodycopy(&folder, &["clean", "b.jsonl", "--html-field", "page"])).1;
    assert_eq!(serde_json::from_str::<Value>(&other).unwrap()["text"], BODY);
    let (status, _, message) = run(bodycopy(&folder, &["clean", "b.jsonl"]));
    assert_eq!(status, 1);
    assert!(message.contains("b.jsonl:1: no field `html` or `text`"), "{message}");
}

#[test]
fn selectors_reach_the_cleaner() {
    let folder = folder(&[("a.html", PAGE.as_bytes())]);
    assert!(run(bodycopy(&folder, &["clean", "a.html", "--keep-selector", "nav"])).1.contains("Home"));
    assert!(!run(bodycopy(&folder, &["clean", "a.html", "--remove-selector", "h1"])).1.starts_with("The ferry\n"));
    assert_eq!(run(bodycopy(&folder, &["clean", "a.html", "--keep-selector", "p["])).0, 2);
}

#[test]
fn explain_shows_the_blocks_of_a_page() {
    let folder = folder(&[("a.html", PAGE.as_bytes())]);
    let (status, out, _) = run(bodycopy(&folder, &["explain", "a.html"]));
    assert_eq!(status, 0);
    assert!(out.contains("⟦navigation⟧ Home") && out.contains("⟦donation⟧ Please donate to our newsroom today.") && out.contains("bias"), "{out}");
}

#[test]
fn no_result_is_written_over_another() {
    let folder = folder(&[("a.html", PAGE.as_bytes()), ("a.txt", DIRTY.as_bytes())]);
    let (status, _, message) = run(bodycopy(&folder, &["clean", "a.html", "a.txt", "-o", "out"]));
    assert_eq!(status, 1);
    assert!(message.contains("is another's"), "{message}");
    assert_eq!(read(folder.path().join("out/a.txt")), format!("{BODY}\n"));
}

//! The parser against html5ever's own.

#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod oracle;

use bodycopy::parser::{Kind, parse};
use oracle::hostile::{KINDS, page};
use oracle::{check, outline, spans};
use proptest::prelude::*;

fn unescape(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let sign = rest.chars().next().unwrap();
        rest = &rest[sign.len_utf8()..];
        match sign {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'f' => text.push('\u{c}'),
            '0' => text.push('\0'),
            'u' => {
                let (code, after) = rest[1..].split_once('}').unwrap();
                text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
                rest = after;
            }
            other => text.push(other),
        }
    }
    text + rest
}

#[test]
fn cases() {
    let cases: Vec<&str> = include_str!("markup.txt").lines().filter(|l| !l.starts_with('#')).collect();
    assert!(cases.len() >= 150);
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(&unescape(case)).err().map(|e| format!("{case}\n  {e}"))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every state that the tokenizer can be left in by what comes before meets every sign that can come next.
#[test]
fn every_beginning_with_every_end() {
    let beginnings: Vec<String> = include_str!("markup.txt").lines().filter(|l| !l.starts_with('#')).map(unescape).collect();
    for beginning in &beginnings {
        for (at, _) in beginning.char_indices() {
            check(&beginning[..at]).unwrap_or_else(|e| panic!("{:?}: {e}", &beginning[..at]));
        }
        for end in ["<p>x", "-->x", "]]>x", "</script>x", "\"'>x", "&amp;", "\0", "\r\n", "</title>"] {
            let page = format!("{beginning}{end}");
            check(&page).unwrap_or_else(|e| panic!("{page:?}: {e}"));
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "i",
        "a",
        "table",
        "tr",
        "td",
        "tbody",
        "li",
        "ul",
        "svg",
        "math",
        "mi",
        "title",
        "script",
        "style",
        "textarea",
        "pre",
        "select",
        "option",
        "form",
        "template",
        "frameset",
        "body",
        "html",
        "head",
        "h1",
        "h2",
        "br",
        "img",
        "button",
        "foreignObject",
        "caption",
        "nobr",
        "font",
        "plaintext",
        "object",
        "desc",
        "annotation-xml",
        "input",
        "colgroup",
        "col",
        "noscript",
        "dd",
        "ruby",
        "rt",
    ]);
    let attribute =
        prop::sample::select(vec!["", " a=1", " b=\"2\"", " a='&amp;'", " c", " x=y/", "/", " size=1", " type=hidden", " encoding=text/html"]);
    let text = prop::sample::select(vec![
        "x",
        " ",
        "\n",
        "\r\n",
        "\0",
        "&amp;",
        "&#10",
        "&nbsp",
        "é",
        "<",
        "</",
        "<!",
        "<!--",
        "-->",
        "--",
        "]]>",
        "<![CDATA[",
        "<?",
        ">",
        "\"",
        "'",
        "=",
        "&",
        "\u{feff}",
        "<!doctype html>",
        "</script>",
        "</title>",
        "script",
    ]);
    prop_oneof![
        4 => (tag.clone(), attribute).prop_map(|(t, a)| format!("<{t}{a}>")),
        3 => tag.prop_map(|t| format!("</{t}>")),
        4 => text.prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn generated_pages(pieces in prop::collection::vec(piece(), 0..24)) {
        let page = pieces.concat();
        prop_assert!(check(&page).is_ok(), "{:?}: {:?}", page, check(&page));
    }

    #[test]
    fn any_string(page in "(?s).{0,60}") {
        prop_assert!(check(&page).is_ok(), "{:?}", check(&page));
    }
}

/// What the depth cap changes is documented; all else holds for these pages too.
#[test]
fn hostile_pages_end() {
    for kind in KINDS {
        let page = page(kind, 200_000);
        let dom = parse(&page).unwrap();
        spans(&page, &dom).unwrap_or_else(|e| panic!("{kind}: {e}"));
        assert!(dom.nodes().count() <= page.len() + 1100, "{kind}");
    }
}

/// Up to the cap, a deep page is parsed as it stands.
#[test]
fn pages_as_deep_as_browsers_allow() {
    check(&"<div>".repeat(500)).unwrap();
    let deeper = "<div>".repeat(600) + "<p>x</p>" + &"</div>".repeat(600) + "<p>y";
    let dom = parse(&deeper).unwrap();
    let depth = |line: &String| line.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert!(outline(&dom).iter().map(depth).max().unwrap() <= 520);
    // End tags of what was passed over are passed over too: what follows is at its place.
    let last = dom.nodes().rev().find(|&id| dom.kind(id) == Kind::Element).unwrap();
    assert_eq!(&**dom.html_name(dom.parent(last).unwrap()).unwrap(), "body");
}

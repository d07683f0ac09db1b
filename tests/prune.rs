//! Trees that somebody else parsed, and selectors.

#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../tools/src/corpus.rs"]
mod corpus;
#[allow(dead_code)]
mod oracle;

use bodycopy::{Cleaner, clean_html, inspect};
use scraper::{Html, Selector};
use std::path::Path;

const BODY: &str =
    "The ferry sailed at noon, as it had in all the years before, and the gulls went with it as far as the lighthouse, where they turned.";

/// A pruned tree is that of the same page, cleaned.
#[test]
fn pruning_is_cleaning() {
    let cleaner = Cleaner::default();
    for case in corpus::load_pages(Path::new("corpus")).unwrap() {
        // Without scripting, as we parse.
        let mut html = oracle::expected(&case.page);
        let ids: Vec<_> = html.tree.nodes().map(|n| n.id()).collect();
        let removals = cleaner.prune(&mut html);
        assert!(ids.iter().all(|id| html.tree.get(*id).is_some()), "{}", case.name);
        assert!(!removals.is_empty(), "{}", case.name);
        assert_eq!(inspect::text(&html.html()), clean_html(&case.page).text(), "{}", case.name);
    }
}

#[test]
fn pruning_shortens_texts() {
    let page = format!("<article><h1>The ferry</h1><p>{BODY} Please donate to our newsroom today. {BODY} More.</p></article>");
    let mut html = Html::parse_document(&page);
    let removals = Cleaner::default().prune(&mut html);
    assert_eq!(removals.len(), 1, "{removals:?}");
    let range = removals[0].at.range.unwrap();
    let was = format!("{BODY} Please donate to our newsroom today. {BODY} More.");
    assert_eq!(was[range.range()].trim(), "Please donate to our newsroom today.");
    let paragraph = html.select(&Selector::parse("p").unwrap()).next().unwrap();
    assert_eq!(paragraph.text().collect::<String>(), format!("{BODY} {BODY} More."));
}

#[test]
fn selectors_decide() {
    let page = format!(
        "<nav class=menu><a href=/>Home</a> <b class=brand><a href=/x>Gazette</a></b></nav><article><h1>The ferry</h1><p>{BODY}<sup class=note>[1]</sup> \
         More <i class=gone>and <u class=back>less</u></i> of it came, as it always had in spring, with the tide.</p><p class=gone>{BODY}</p></article>"
    );
    let text = |cleaner: Cleaner| cleaner.clean_html(&page).text().into_owned();
    let plain = text(Cleaner::default());
    assert!(!plain.contains("Gazette") && plain.contains("[1]"));
    let chosen =
        text(Cleaner::builder().remove_selector("sup.note").remove_selector(".gone").keep_selector(".back").keep_selector(".brand").build().unwrap());
    assert_eq!(chosen, format!("The ferry\n\nGazette\n\n{BODY} More less of it came, as it always had in spring, with the tide."));
    let error = Cleaner::builder().keep_selector("p[").build().unwrap_err().to_string();
    assert!(error.starts_with("`p[` is no CSS selector"), "{error}");
}

#[test]
fn selectors_choose_what_has_no_text() {
    let page = format!(
        "<article><h1>The ferry</h1><p>{BODY}<sup class=note>[1]</sup> More.</p><p class=ad><img src=a></p><iframe class=ad></iframe></article>\
         <aside><img class=keep src=k><a href=/x>Related news</a></aside>"
    );
    let cleaner = Cleaner::builder().remove_selector(".ad").remove_selector(".note").keep_selector(".keep").build().unwrap();
    let cleaned = cleaner.clean_html(&page);
    let mut html = Html::parse_document(&page);
    let removals = cleaner.prune(&mut html);
    assert!(removals.iter().filter(|r| r.evidence[0].cue == bodycopy::Cue::Selector).count() == 3, "{removals:?}");
    for html in [cleaned.html(), html.html()] {
        assert!(
            !html.contains("class=\"ad\"") && !html.contains("<sup") && html.contains("class=\"keep\"") && !html.contains("Related news"),
            "{html}"
        );
    }
}

#[test]
fn the_body_may_stand_in_the_data() {
    let body = format!("{BODY} ").repeat(5);
    let page = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script><h1>The ferry</h1><p>Loading the article…</p>"#
    );
    assert_eq!(clean_html(&page).text(), body.trim());
    // Where the page says it all, it is not said twice.
    let page = format!("{page}<article><p>{body}</p></article>");
    assert_eq!(clean_html(&page).text().matches("lighthouse").count(), 5);
}

#[test]
fn pages_without_a_body_are_empty() {
    for page in ["", "<html><head><title>x</title></head><body></body></html>", "<script>x()</script>", "<!-- x -->", "<svg><text>x</text></svg>"] {
        let cleaned = clean_html(page);
        assert_eq!((&*cleaned.text(), &*cleaned.markdown()), ("", ""), "{page}");
    }
}

//! JSON-LD: what a page says of itself to machines.

use super::html::{Dom, NodeId};
use html5ever::local_name;
use memchr::memmem;
use serde_json::Value;
use std::borrow::Cow;

/// Levels of nesting after which nothing is looked for.
const DEEPEST: usize = 16;

/// The longest `articleBody` that a page gives. Some put markup there.
pub(crate) fn body(dom: &Dom<'_>) -> Option<String> {
    memmem::find(dom.source().as_bytes(), b"articleBody")?;
    let mut longest: Option<String> = None;
    for text in texts(dom) {
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { continue };
        find(&value, 0, &mut longest);
    }
    longest
}

/// All that a page says so, unread.
pub(crate) fn texts<'a>(dom: &'a Dom<'_>) -> impl Iterator<Item = Cow<'a, str>> {
    let is_data = |id: &NodeId| dom.attribute(*id, "type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
    dom.elements(local_name!("script")).filter(is_data).filter_map(|script| dom.first_child(script).map(|text| dom.text(text)))
}

/// Every `description` in the data, however malformed the rest of them is.
pub(crate) fn descriptions(dom: &Dom<'_>, mut take: impl FnMut(&str)) {
    if memmem::find(dom.source().as_bytes(), b"ld+json").is_none() {
        return;
    }
    for text in texts(dom) {
        for behind in text.split("\"description\"").skip(1) {
            let Some(value) = behind.trim_start().strip_prefix(':').map(str::trim_start).filter(|v| v.starts_with('"')) else { continue };
            // The value ends where its string does.
            if let Some(Ok(value)) = serde_json::Deserializer::from_str(value).into_iter::<String>().next() {
                take(&value);
            }
        }
    }
}

fn find(value: &Value, depth: usize, longest: &mut Option<String>) {
    match value {
        Value::Object(fields) if depth < DEEPEST => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "articleBody" => {
                        if longest.as_ref().is_none_or(|l| l.len() < text.len()) {
                            *longest = Some(text.clone());
                        }
                    }
                    value => find(value, depth + 1, longest),
                }
            }
        }
        Value::Array(values) if depth < DEEPEST => values.iter().for_each(|value| find(value, depth + 1, longest)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::html::parse;
    use super::*;

    fn found(page: &str) -> Option<String> {
        body(&parse(page).unwrap())
    }

    #[test]
    fn bodies() {
        let data = |json: &str| found(&format!("<script type=application/ld+json>{json}</script>"));
        assert_eq!(data(r#"{"@graph":[{"articleBody":"It rained."}]}"#).as_deref(), Some("It rained."));
        assert_eq!(data(r#"[{"articleBody":"a"},{"x":{"articleBody":"It rained."}}]"#).as_deref(), Some("It rained."));
        assert_eq!(data(r#"{"articleBody":1}"#), None);
        assert_eq!(data(r#"{"articleBody":"#), None);
        assert_eq!(found("<script>articleBody</script>"), None);
        assert_eq!(data(&format!("{}\"articleBody\"{}", "[".repeat(5000), "]".repeat(5000))), None);
    }
}

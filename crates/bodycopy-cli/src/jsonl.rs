//! One record of JSONL: its text is exchanged where it stands, so that every other byte of the line stays.

use crate::report::Fault;
use bodycopy::{Input, Removal};
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The field that lists what was removed.
const REMOVED: &str = "removed";

/// The field that says where a page is from.
const URL: &str = "url";

/// The names of the fields that hold a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'n> {
    pub(crate) text: &'n str,
    pub(crate) html: &'n str,
}

/// A field, from its name to its value.
#[derive(Debug, Clone)]
struct Field {
    whole: Range<usize>,
    value: Range<usize>,
}

/// A line of JSONL with the places of the fields that matter.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    line: &'a str,
    names: Names<'a>,
    text: Option<Field>,
    html: Option<Field>,
    removed: Option<Field>,
    /// The page's, or else the text.
    document: Cow<'a, str>,
    url: Option<Cow<'a, str>>,
}

impl<'a> Record<'a> {
    /// Reads a line, without its line end.
    pub(crate) fn read(line: &'a str, names: Names<'a>) -> Result<Self, Fault> {
        let Fields(fields) = serde_json::from_str(line).map_err(Fault::NotAnObject)?;
        let end_of = |value: &str| value.as_ptr() as usize - line.as_ptr() as usize + value.len();
        let find = |name: &str| {
            let mut found = fields.iter().enumerate().filter(|(_, (key, _))| key == name);
            match (found.next(), found.next()) {
                (_, Some(_)) => Err(Fault::Twice(name.to_owned())),
                (None, None) => Ok(None),
                (Some((i, (_, value))), None) => {
                    let end = end_of(value);
                    // From where the field before it ended: white space and a comma may come first.
                    let start = i.checked_sub(1).map_or_else(|| line.find('{').map_or(0, |at| at + 1), |before| end_of(fields[before].1));
                    let key = start + line[start..].find('"').unwrap_or(0);
                    Ok(Some((Field { whole: key..end, value: end - value.len()..end }, *value)))
                }
            }
        };
        let html = find(names.html)?;
        let text = if names.text == names.html { None } else { find(names.text)? };
        // A page that a crawl did not keep is null, and then the text counts.
        let page = html.as_ref().filter(|(_, raw)| *raw != "null");
        let (raw, name) = match (page, &text) {
            (Some((_, raw)), _) => (*raw, names.html),
            (None, Some((_, raw))) => (*raw, names.text),
            (None, None) => return Err(Fault::NoText(names.html.to_owned(), names.text.to_owned())),
        };
        let document = text_of(raw).ok_or_else(|| Fault::NotAString(name.to_owned()))?;
        let html = page.map(|(field, _)| field.clone());
        // Only a page needs it, and any page can do without.
        let url = html.as_ref().and_then(|_| find(URL).ok().flatten()).and_then(|(_, raw)| text_of(raw));
        Ok(Record { line, names, text: text.map(|(field, _)| field), html, removed: find(REMOVED)?.map(|(field, _)| field), document, url })
    }

    /// What is to be cleaned.
    pub(crate) fn input(&self) -> Input<'_> {
        match (&self.html, &self.url) {
            (Some(_), Some(url)) => Input::html(&self.document).url(url),
            (Some(_), None) => Input::html(&self.document),
            (None, _) => Input::text(&self.document),
        }
    }

    /// The line with another text in the place of the old one and the page (none: both as they were) and, where asked, the list of what was removed.
    pub(crate) fn write(&self, text: Option<&str>, removals: Option<&[Removal]>) -> serde_json::Result<String> {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        // The line is an object, so its last brace closes it.
        let end = self.line.rfind('}').unwrap_or(self.line.len());
        if let Some(text) = text {
            let is_new = self.html.is_some() || *text != *self.document;
            let string = serde_json::to_string(text)?;
            match (&self.html, &self.text) {
                (Some(html), Some(old)) => {
                    edits.push((self.with_comma(html), String::new()));
                    edits.push((old.value.clone(), string));
                }
                (Some(html), None) => edits.push((html.whole.clone(), format!("{}:{string}", serde_json::to_string(self.names.text)?))),
                (None, Some(old)) if is_new => edits.push((old.value.clone(), string)),
                (None, _) => {}
            }
        }
        if let Some(removals) = removals {
            let list = serde_json::to_string(&removals.iter().map(Removed::from).collect::<Vec<_>>())?;
            match &self.removed {
                Some(old) => edits.push((old.value.clone(), list)),
                None => edits.push((end..end, format!(",\"{REMOVED}\":{list}"))),
            }
        }
        edits.sort_by_key(|(place, _)| place.start);
        let mut out = String::with_capacity(self.line.len());
        let mut at = 0;
        for (place, new) in edits {
            out.push_str(&self.line[at..place.start]);
            out.push_str(&new);
            at = place.end;
        }
        out.push_str(&self.line[at..]);
        Ok(out)
    }

    /// A field and the comma that parts it from another.
    fn with_comma(&self, field: &Field) -> Range<usize> {
        let behind = &self.line[field.whole.end..];
        if behind.trim_start().starts_with(',') {
            let comma = field.whole.end + behind.len() - behind.trim_start().len() + 1;
            let space = self.line[comma..].len() - self.line[comma..].trim_start().len();
            return field.whole.start..comma + space;
        }
        let before = self.line[..field.whole.start].trim_end();
        before.strip_suffix(',').map_or(field.whole.start, str::len)..field.whole.end
    }
}

/// The string that a JSON value is, borrowed where it has no escapes.
fn text_of(raw: &str) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    serde_json::from_str::<Text<'_>>(raw).ok().map(|t| t.0)
}

/// The fields of an object in order, values as they are written.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    fields.push((key.0, map.next_value::<&'de RawValue>()?.get()));
                }
                if fields.is_empty() { Err(A::Error::custom("it has no fields")) } else { Ok(Fields(fields)) }
            }
        }
        deserializer.deserialize_map(Object)
    }
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// A removal as the command line writes it.
#[derive(Serialize)]
pub(crate) struct Removed<'a> {
    start: usize,
    end: usize,
    category: bodycopy::Category,
    score: f32,
    evidence: Vec<Reason<'a>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    cue: &'a bodycopy::Cue,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    weight: f32,
}

impl<'a> From<&'a Removal> for Removed<'a> {
    fn from(removal: &'a Removal) -> Self {
        let reasons =
            removal.evidence.iter().map(|e| Reason { cue: &e.cue, start: e.span.map(|s| s.start), end: e.span.map(|s| s.end), weight: e.weight });
        Removed { start: removal.at.start, end: removal.at.end, category: removal.category, score: removal.score, evidence: reasons.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names<'static> = Names { text: "text", html: "html" };

    #[test]
    fn every_other_byte_stays() {
        let line = r#"{ "b" : 1.50, "text": "caf\u00e9 x", "t\u00e9": [ {"text":0} ] , "z":{} }"#;
        let record = Record::read(line, NAMES).unwrap();
        assert_eq!(record.document, "café x");
        assert_eq!(record.write(None, None).unwrap(), line);
        assert_eq!(record.write(Some("café x"), None).unwrap(), line);
        assert_eq!(
            record.write(Some("x\n"), Some(&[])).unwrap(),
            r#"{ "b" : 1.50, "text": "x\n", "t\u00e9": [ {"text":0} ] , "z":{} ,"removed":[]}"#
        );
    }

    #[test]
    fn a_page_gives_way_to_its_text() {
        let write = |line: &str| Record::read(line, NAMES).unwrap().write(Some("x"), None).unwrap();
        assert_eq!(write(r#"{"id":1, "html" : "<p>x", "z":2}"#), r#"{"id":1, "text":"x", "z":2}"#);
        assert_eq!(write(r#"{"text":"old", "html":"<p>x", "z":2}"#), r#"{"text":"x", "z":2}"#);
        assert_eq!(write(r#"{"text":"old", "html":"<p>x" }"#), r#"{"text":"x" }"#);
        assert_eq!(write(r#"{ "html":"<p>x", "text":"x"}"#), r#"{ "text":"x"}"#);
        let same = Record::read(r#"{"text":"<p>y","id":1}"#, Names { text: "text", html: "text" }).unwrap();
        assert_eq!(same.write(Some("y"), None).unwrap(), r#"{"text":"y","id":1}"#);
        assert_eq!(write(r#"{"html":null,"text":"y"}"#), r#"{"html":null,"text":"x"}"#);
    }

    #[test]
    fn a_list_that_is_there_is_replaced() {
        let record = Record::read(r#"{"removed":[1],"body":"x"}"#, Names { text: "body", html: "html" }).unwrap();
        assert_eq!(record.write(None, Some(&[])).unwrap(), r#"{"removed":[],"body":"x"}"#);
    }

    #[test]
    fn faults_say_what_is_wrong() {
        let fault = |line: &str| Record::read(line, NAMES).unwrap_err().to_string();
        assert!(fault("{").starts_with("not a JSON object"));
        assert!(fault("[1]").starts_with("not a JSON object"));
        assert!(fault(r#"{"a":1}"#).starts_with("no field `html` or `text`"));
        assert!(fault(r#"{"text":1}"#).starts_with("field `text` is not a string"));
        assert!(fault(r#"{"html":1,"text":"a"}"#).starts_with("field `html` is not a string"));
        assert!(fault(r#"{"text":"a","text":"b"}"#).starts_with("field `text` stands twice"));
    }
}

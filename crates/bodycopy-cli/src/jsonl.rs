//! One record of JSONL: its text is exchanged where it stands, so that every other byte of the line stays.

use crate::report::Fault;
use bodycopy::Removal;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The field that lists what was removed.
const REMOVED: &str = "removed";

/// A line of JSONL with the places of the fields that matter.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    line: &'a str,
    text: (Range<usize>, Cow<'a, str>),
    removed: Option<Range<usize>>,
}

impl<'a> Record<'a> {
    /// Reads a line, without its line end.
    pub(crate) fn read(line: &'a str, text_field: &str) -> Result<Self, Fault> {
        let Fields(fields) = serde_json::from_str(line).map_err(Fault::NotAnObject)?;
        let place = |value: &str| {
            let start = value.as_ptr() as usize - line.as_ptr() as usize;
            start..start + value.len()
        };
        let find = |name: &str| {
            let mut found = fields.iter().filter(|(key, _)| key == name).map(|(_, value)| *value);
            match (found.next(), found.next()) {
                (_, Some(_)) => Err(Fault::Twice(name.to_owned())),
                (first, None) => Ok(first),
            }
        };
        let raw = find(text_field)?.ok_or_else(|| Fault::NoText(text_field.to_owned()))?;
        let text = text_of(raw).ok_or_else(|| Fault::NotAString(text_field.to_owned()))?;
        Ok(Record { line, text: (place(raw), text), removed: find(REMOVED)?.map(place) })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text.1
    }

    /// The line with another text (none: as it was) and, where asked, the list of what was removed.
    pub(crate) fn write(&self, text: Option<&str>, removals: Option<&[Removal]>) -> serde_json::Result<String> {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        if let Some(text) = text.filter(|t| *t != self.text()) {
            edits.push((self.text.0.clone(), serde_json::to_string(text)?));
        }
        if let Some(removals) = removals {
            let list = serde_json::to_string(&removals.iter().map(Removed::from).collect::<Vec<_>>())?;
            // The line is an object, so its last brace closes it.
            let end = self.line.rfind('}').unwrap_or(self.line.len());
            edits.push(self.removed.clone().map_or_else(|| (end..end, format!(",\"{REMOVED}\":{list}")), |place| (place, list.clone())));
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

    #[test]
    fn every_other_byte_stays() {
        let line = r#"{ "b" : 1.50, "text": "caf\u00e9 x", "t\u00e9": [ {"text":0} ] , "z":{} }"#;
        let record = Record::read(line, "text").unwrap();
        assert_eq!(record.text(), "café x");
        assert_eq!(record.write(None, None).unwrap(), line);
        assert_eq!(record.write(Some("café x"), None).unwrap(), line);
        assert_eq!(
            record.write(Some("x\n"), Some(&[])).unwrap(),
            r#"{ "b" : 1.50, "text": "x\n", "t\u00e9": [ {"text":0} ] , "z":{} ,"removed":[]}"#
        );
    }

    #[test]
    fn a_list_that_is_there_is_replaced() {
        let record = Record::read(r#"{"removed":[1],"body":"x"}"#, "body").unwrap();
        assert_eq!(record.write(None, Some(&[])).unwrap(), r#"{"removed":[],"body":"x"}"#);
    }

    #[test]
    fn faults_say_what_is_wrong() {
        let fault = |line: &str| Record::read(line, "text").unwrap_err().to_string();
        assert!(fault("{").starts_with("not a JSON object"));
        assert!(fault("[1]").starts_with("not a JSON object"));
        assert!(fault(r#"{"a":1}"#).starts_with("no field `text`"));
        assert!(fault(r#"{"text":1}"#).starts_with("field `text` is not a string"));
        assert!(fault(r#"{"text":"a","text":"b"}"#).starts_with("field `text` stands twice"));
    }
}

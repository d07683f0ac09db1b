//! `<!doctype …>` (sections 13.2.5.53 to 13.2.5.68 of the HTML standard).

use super::attributes::is_space;
use super::references::{Coding, decode};
use memchr::memchr;

/// What a doctype declares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doctype {
    /// The name, in small letters: "html".
    pub name: Option<String>,
    /// The public identifier.
    pub public: Option<String>,
    /// The system identifier.
    pub system: Option<String>,
    /// It is broken: the page is to be laid out as of old.
    pub force_quirks: bool,
}

/// Reads what comes after the word "doctype": what it declares, and where it ends.
pub(super) fn read(source: &str, start: usize) -> (Doctype, usize) {
    let mut reader = Reader { source, at: start };
    let mut doctype = Doctype::default();
    let fine = reader.declaration(&mut doctype);
    doctype.force_quirks = fine.is_none();
    // What is left of it says nothing.
    let end = memchr(b'>', &source.as_bytes()[reader.at..]);
    doctype.force_quirks |= end.is_none() && fine != Some(Rest::Ignored);
    (doctype, end.map_or(source.len(), |i| reader.at + i + 1))
}

#[derive(PartialEq)]
enum Rest {
    /// Something stood where the end was due; it does no harm.
    Ignored,
    End,
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Stops before the `>` that ends it, or where it goes wrong (`None`).
    fn declaration(&mut self, doctype: &mut Doctype) -> Option<Rest> {
        self.skip_space();
        let bytes = self.source.as_bytes();
        let start = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && b != b'>') {
            self.at += 1;
        }
        if self.at == start {
            return None;
        }
        doctype.name = Some(decode(&self.source[start..self.at], Coding::Raw).to_ascii_lowercase());
        self.skip_space();
        if self.peek()? == b'>' {
            return Some(Rest::End);
        }
        let word = bytes.get(self.at..self.at + 6)?;
        let (public, system) = (word.eq_ignore_ascii_case(b"public"), word.eq_ignore_ascii_case(b"system"));
        if !public && !system {
            return None;
        }
        self.at += 6;
        self.skip_space();
        if public {
            self.quoted(&mut doctype.public)?;
            self.skip_space();
            if self.peek()? == b'>' {
                return Some(Rest::End);
            }
        }
        self.quoted(&mut doctype.system)?;
        self.skip_space();
        Some(if self.peek()? == b'>' { Rest::End } else { Rest::Ignored })
    }

    /// An identifier in quotation marks. A `>` in it ends the whole.
    fn quoted(&mut self, identifier: &mut Option<String>) -> Option<()> {
        let quote = self.peek().filter(|b| matches!(b, b'"' | b'\''))?;
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(|b| b != quote && b != b'>') {
            self.at += 1;
        }
        *identifier = Some(decode(&self.source[start..self.at], Coding::Raw));
        if self.peek()? != quote {
            return None;
        }
        self.at += 1;
        Some(())
    }
}

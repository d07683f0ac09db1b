//! Character references, line ends and NUL: from raw text to what it means, and back to where it stood.
//!
//! Follows "Character reference state" and its successors in the HTML standard, section 13.2.5.72.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr3;

/// What a stretch of raw markup may hold besides plain characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// No references: raw text, comments, names.
    Raw,
    /// Text with character references.
    Text,
    /// An attribute's value, where a reference without its semicolon is read more narrowly.
    Value,
}

/// The next piece of raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Bytes of raw text.
    pub(crate) raw: usize,
    pub(crate) meaning: Meaning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The raw bytes as they stand.
    Same,
    /// One character, or two.
    Chars(char, Option<char>),
}

impl Piece {
    /// Bytes of decoded text.
    pub(super) fn decoded(&self) -> usize {
        match self.meaning {
            Meaning::Same => self.raw,
            Meaning::Chars(a, b) => a.len_utf8() + b.map_or(0, char::len_utf8),
        }
    }
}

/// Whether raw text means itself, byte for byte.
pub(super) fn is_plain(raw: &str, coding: Coding) -> bool {
    let reference = if coding == Coding::Raw { 0 } else { b'&' };
    if raw.len() < SHORT {
        return !raw.bytes().fold(false, |odd, b| odd | (b == reference) | (b == b'\r') | (b == 0));
    }
    memchr3(reference, b'\r', 0, raw.as_bytes()).is_none()
}

/// Bytes below which a search is not worth its preparation.
const SHORT: usize = 16;

/// The piece that raw text begins with; `None` at its end.
pub(crate) fn next_piece(raw: &str, coding: Coding) -> Option<Piece> {
    let bytes = raw.as_bytes();
    let one = |raw, c| Some(Piece { raw, meaning: Meaning::Chars(c, None) });
    match *bytes.first()? {
        b'\r' => one(if bytes.get(1) == Some(&b'\n') { 2 } else { 1 }, '\n'),
        0 => one(1, '\u{fffd}'),
        b'&' if coding != Coding::Raw => Some(reference(raw, coding).unwrap_or(Piece { raw: 1, meaning: Meaning::Same })),
        _ => {
            let reference = if coding == Coding::Raw { 0 } else { b'&' };
            let raw = memchr3(reference, b'\r', 0, bytes).unwrap_or(bytes.len());
            Some(Piece { raw, meaning: Meaning::Same })
        }
    }
}

/// What raw text means.
pub fn decode(raw: &str, coding: Coding) -> String {
    let mut decoded = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(piece) = next_piece(rest, coding) {
        match piece.meaning {
            Meaning::Same => decoded.push_str(&rest[..piece.raw]),
            Meaning::Chars(a, b) => {
                decoded.push(a);
                decoded.extend(b);
            }
        }
        rest = &rest[piece.raw..];
    }
    decoded
}

/// The reference that raw text, which begins with `&`, begins with.
pub(super) fn reference(raw: &str, coding: Coding) -> Option<Piece> {
    if raw.as_bytes().get(1) == Some(&b'#') { numeric(raw) } else { named(raw, coding) }
}

fn numeric(raw: &str) -> Option<Piece> {
    let bytes = raw.as_bytes();
    let (base, start) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (16, 3) } else { (10, 2) };
    let mut at = start;
    let mut number: u32 = 0;
    while let Some(digit) = bytes.get(at).and_then(|&b| char::from(b).to_digit(base)) {
        // Anything over the last code point stays over it.
        number = (number * base + digit).min(0x0011_0000);
        at += 1;
    }
    if at == start {
        return None;
    }
    if bytes.get(at) == Some(&b';') {
        at += 1;
    }
    let replaced = match number {
        0 => None,
        0x80..=0x9f => C1_REPLACEMENTS[number as usize - 0x80].or(char::from_u32(number)),
        _ => char::from_u32(number),
    };
    Some(Piece { raw: at, meaning: Meaning::Chars(replaced.unwrap_or('\u{fffd}'), None) })
}

fn named(raw: &str, coding: Coding) -> Option<Piece> {
    let name = &raw[1..];
    let bytes = name.as_bytes();
    let run = bytes.iter().take(LONGEST_NAME).take_while(|b| b.is_ascii_alphanumeric()).count();
    if run == 0 {
        return None;
    }
    // Nothing is longer than a known name with its semicolon.
    if bytes.get(run) == Some(&b';')
        && let Some(meaning) = known(&name[..=run])
    {
        return Some(Piece { raw: run + 2, meaning });
    }
    // The longest known name without one.
    let (length, meaning) = (2..=run).rev().find_map(|length| Some((length, known(&name[..length])?)))?;
    let next = bytes.get(length);
    if coding == Coding::Value && next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric()) {
        return None;
    }
    Some(Piece { raw: length + 1, meaning })
}

/// Longer than any name in the table.
const LONGEST_NAME: usize = 40;

/// The meaning of a name, semicolon included where it has one.
fn known(name: &str) -> Option<Meaning> {
    match name {
        "nbsp;" => return Some(Meaning::Chars('\u{a0}', None)),
        "amp;" => return Some(Meaning::Chars('&', None)),
        "quot;" => return Some(Meaning::Chars('"', None)),
        "lt;" => return Some(Meaning::Chars('<', None)),
        "gt;" => return Some(Meaning::Chars('>', None)),
        _ => {}
    }
    // The table also holds the beginnings of names, with no meaning of their own: zero.
    let &(first, second) = NAMED_ENTITIES.get(name)?;
    let first = char::from_u32(first).filter(|&c| c != '\0')?;
    Some(Meaning::Chars(first, char::from_u32(second).filter(|&c| c != '\0')))
}

/// The bytes of raw text that mean `length` bytes of text.
pub(super) fn raw_length(raw: &str, coding: Coding, length: usize) -> usize {
    let (mut at, mut left) = (0, length);
    while left > 0
        && let Some(piece) = next_piece(&raw[at..], coding)
    {
        match piece.meaning {
            Meaning::Same => {
                let taken = piece.raw.min(left);
                (at, left) = (at + taken, left - taken);
            }
            Meaning::Chars(..) => (at, left) = (at + piece.raw, left.saturating_sub(piece.decoded())),
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (raw, text, value) in [
            ("a &amp; b", "a & b", "a & b"),
            ("&lt;&gt;&quot;&nbsp;", "<>\"\u{a0}", "<>\"\u{a0}"),
            ("&copy &copy; &copyx", "© © ©x", "© © &copyx"),
            ("?a=1&copy=2", "?a=1©=2", "?a=1&copy=2"),
            ("&notit; &notin;", "¬it; ∉", "&notit; ∉"),
            ("&NotEqualTilde;", "≂̸", "≂̸"),
            ("&", "&", "&"),
            ("& &;", "& &;", "& &;"),
            ("&bogus; &1;", "&bogus; &1;", "&bogus; &1;"),
            ("&#65;&#x42;&#X43", "ABC", "ABC"),
            ("&#;&#x;&#xg;", "&#;&#x;&#xg;", "&#;&#x;&#xg;"),
            ("&#0;&#xD800;&#x110000;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("&#128;&#x81;", "€\u{81}", "€\u{81}"),
            ("a\r\nb\rc\r", "a\nb\nc\n", "a\nb\nc\n"),
            ("\0", "\u{fffd}", "\u{fffd}"),
        ] {
            assert_eq!(decode(raw, Coding::Text), text, "{raw:?}");
            assert_eq!(decode(raw, Coding::Value), value, "{raw:?}");
        }
        assert_eq!(decode("&amp;\r\n\0", Coding::Raw), "&amp;\n\u{fffd}");
    }

    #[test]
    fn no_name_is_longer_than_the_limit() {
        assert!(NAMED_ENTITIES.keys().all(|name| name.len() <= LONGEST_NAME));
    }

    #[test]
    fn plain_text_is_its_own_meaning() {
        assert!(is_plain("a < b", Coding::Text));
        assert!(!is_plain("a & b", Coding::Text));
        assert!(is_plain("a & b", Coding::Raw));
        assert!(!is_plain("a\rb", Coding::Raw));
    }
}

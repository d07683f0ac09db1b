//! A tag from its name to its `>`.

use super::tokenizer::ends_name;
use crate::removal::Span;
use memchr::memchr;

/// An attribute as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribute {
    /// The name.
    pub name: Span,
    /// Without its quotation marks; empty where there is none.
    pub value: Span,
}

/// How a tag ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Closed {
    /// One past its `>`.
    pub(super) end: usize,
    pub(super) self_closing: bool,
}

/// White space, as the standard means it in tags.
pub(crate) fn is_space(b: u8) -> bool {
    matches!(b, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// The first place from `at` on whose byte passes.
fn find(bytes: &[u8], at: usize, pass: impl Fn(u8) -> bool) -> Option<usize> {
    bytes[at..].iter().position(|&b| pass(b)).map(|i| at + i)
}

/// Reads from a tag's name on: where the name ends, and where and how the tag does (`None` if the page ends first).
pub(super) fn read(source: &str, name: usize, found: &mut Vec<Attribute>) -> (usize, Option<Closed>) {
    let bytes = source.as_bytes();
    match find(bytes, name, ends_name) {
        Some(name_end) => (name_end, rest(bytes, name_end, found)),
        None => (bytes.len(), None),
    }
}

fn rest(bytes: &[u8], mut at: usize, found: &mut Vec<Attribute>) -> Option<Closed> {
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(Closed { end: at + 1, self_closing: false }),
            b'/' => {
                at += 1;
                if bytes.get(at) == Some(&b'>') {
                    return Some(Closed { end: at + 1, self_closing: true });
                }
            }
            b if is_space(b) => at += 1,
            _ => {
                // Whatever its first character is, an equals sign too, it belongs to the name.
                let name_end = find(bytes, at + 1, |b| b == b'=' || ends_name(b))?;
                let name = Span::new(at, name_end);
                let next = find(bytes, name_end, |b| !is_space(b))?;
                let value;
                (value, at) = if bytes[next] == b'=' { value_of(bytes, next + 1)? } else { (Span::new(name_end, name_end), next) };
                found.push(Attribute { name, value });
            }
        }
    }
}

/// The value after an equals sign, and where it is over.
fn value_of(bytes: &[u8], at: usize) -> Option<(Span, usize)> {
    let start = find(bytes, at, |b| !is_space(b))?;
    match bytes[start] {
        quote @ (b'"' | b'\'') => {
            let end = start + 1 + memchr(quote, &bytes[start + 1..])?;
            Some((Span::new(start + 1, end), end + 1))
        }
        b'>' => Some((Span::new(start, start), start)),
        _ => {
            let end = find(bytes, start, |b| b == b'>' || is_space(b))?;
            Some((Span::new(start, end), end))
        }
    }
}

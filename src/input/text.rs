//! Plain text to lines.

use super::page::{Line, Page};
use crate::removal::Span;

/// Signs that take no room and carry no meaning at the edge of a line: byte-order mark, zero-width and direction marks, soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}' | '\u{61c}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// Narrows a span to what can be seen. Empty, at its start, when nothing can.
pub(crate) fn trim(source: &str, span: Span) -> Span {
    let text = &source[span.range()];
    let end = text.trim_end_matches(is_blank).len();
    let start = end - text[..end].trim_start_matches(is_blank).len();
    if end == 0 { Span::new(span.start, span.start) } else { Span::new(span.start + start, span.start + end) }
}

/// Reads the lines. A line ends at LF, CR LF, or a lone CR.
pub(crate) fn read(source: &str) -> Page<'_> {
    let bytes = source.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    // Position over bytes: a CR or LF byte is never part of a longer character.
    while start < bytes.len() {
        let stop = bytes[start..].iter().position(|&b| b == b'\n' || b == b'\r').map_or(bytes.len(), |i| start + i);
        lines.push(Line { content: trim(source, Span::new(start, stop)) });
        start = match &bytes[stop..] {
            [b'\r', b'\n', ..] => stop + 2,
            _ => stop + 1,
        };
    }
    Page { source, lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(source: &str) -> Vec<&str> {
        read(source).lines.iter().map(|l| &source[l.content.range()]).collect()
    }

    #[test]
    fn line_ends() {
        assert_eq!(contents("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(contents("a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(contents(""), [""; 0]);
        assert_eq!(contents("\n"), [""]);
    }

    #[test]
    fn edges_that_cannot_be_seen_are_no_content() {
        assert_eq!(contents("\u{feff} Title\u{a0}\u{200f}\n\u{200b}\u{3000}\nx"), ["Title", "", "x"]);
    }
}

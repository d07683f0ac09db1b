//! Where a paragraph quotes: what somebody else says asks nothing of the reader.

use crate::removal::Span;

/// Bytes from which on a paragraph that opens a quotation and does not close it is one: "« Previous article" is not.
const SHORTEST_OPEN: usize = 60;

/// The quoted ranges of a paragraph, in order and disjoint, marks included. A quotation that begins the paragraph and is not closed
/// in it runs to its end, as in newspapers that quote over several paragraphs; any other mark without a partner is ignored.
pub(crate) fn quotations(source: &str, paragraph: Span) -> Vec<Span> {
    let text = &source[paragraph.range()];
    let mut spans = Vec::new();
    // Beyond ASCII all marks begin with these bytes.
    if !text.bytes().any(|b| matches!(b, b'"' | b'\'' | 0xc2 | 0xe2 | 0xe3)) {
        return spans;
    }
    let mut open: Option<(usize, &[char])> = None;
    let mut previous = ' ';
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        match open {
            Some((_, closers)) if is_apostrophe(closers, c) && signs.peek().is_some_and(|(_, next)| next.is_alphanumeric()) => {}
            // "« Previous | Next »" are arrows.
            Some(_) if c == '|' => open = None,
            Some((start, closers)) if closers.contains(&c) => {
                spans.push(Span::new(paragraph.start + start, paragraph.start + at + c.len_utf8()));
                open = None;
            }
            Some(_) => {}
            None => {
                // These also close, or stand for a letter: they open only where a word begins.
                let opens = !matches!(c, '"' | '»' | '\'' | '‘')
                    || (!previous.is_alphanumeric() && signs.peek().is_some_and(|(_, next)| !next.is_whitespace()));
                if let Some(closers) = closers(c).filter(|_| opens) {
                    open = Some((at, closers));
                }
            }
        }
        previous = c;
    }
    if let Some((0, _)) = open
        && text.len() >= SHORTEST_OPEN
    {
        spans.push(paragraph);
    }
    spans
}

/// Whether a mark that could end a quotation can stand inside a word as well.
fn is_apostrophe(closers: &[char], c: char) -> bool {
    matches!(c, '\'' | '’') && closers.contains(&c)
}

/// The marks that end a quotation begun with this one, by the habits of several languages.
fn closers(c: char) -> Option<&'static [char]> {
    Some(match c {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '‘' => &['’'],
        '\'' => &['\''],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text, Span::new(0, text.len())).iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn marks_of_several_languages() {
        assert_eq!(quoted("He said “give now” and \"go\"."), ["“give now”", "\"go\""]);
        assert_eq!(quoted("Er sagte: „Gebt jetzt“, dann »geht«."), ["„Gebt jetzt“", "»geht«"]);
        assert_eq!(quoted("Il dit : « Donnez ! » puis rien."), ["« Donnez ! »"]);
        assert_eq!(quoted("他说「请捐款」。"), ["「请捐款」"]);
        assert_eq!(quoted("The poster says ‘don’t wait, give now’ in red."), ["‘don’t wait, give now’"]);
        assert_eq!(quoted("Er stond 'Steun ons' op de foto's."), ["'Steun ons'"]);
    }

    #[test]
    fn marks_without_a_partner() {
        let open = "“We will go on, whatever it takes, for those who come after us.";
        assert_eq!(quoted(open), [open]);
        assert_eq!(quoted("« Previous article"), [""; 0]);
        assert_eq!(quoted("A 5\" pipe and a “loose mark"), [""; 0]);
    }
}

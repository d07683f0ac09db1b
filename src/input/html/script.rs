//! Where a script ends. Old pages hide their scripts in comments, and in such a comment a script tag may itself stand: there
//! `</script>` ends the inner one only (sections 13.2.5.15 to 13.2.5.31 of the HTML standard).

use super::tokenizer::{ends_name, is_end_tag};
use memchr::memchr2;

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Plain,
    /// After `<!--`.
    Escaped,
    /// After `<!--` and `<script`.
    Twice,
}

/// Where the end tag of the script stands; `None` if the script goes on to the end. `name` is the tag's name.
pub(super) fn end(bytes: &[u8], from: usize, name: &[u8]) -> Option<usize> {
    let mut mode = Mode::Plain;
    let mut at = from;
    loop {
        at += match mode {
            Mode::Plain => memchr::memchr(b'<', &bytes[at..])?,
            _ => memchr2(b'<', b'-', &bytes[at..])?,
        };
        let rest = &bytes[at..];
        if rest[0] == b'-' {
            let dashes = rest.iter().take_while(|&&b| b == b'-').count();
            at += dashes;
            if dashes >= 2 && bytes.get(at) == Some(&b'>') {
                mode = Mode::Plain;
            }
            continue;
        }
        at += 1;
        match mode {
            Mode::Plain if is_end_tag(rest, name) => return Some(at - 1),
            // Its own dashes may be the end of the comment too.
            Mode::Plain if rest.starts_with(b"<!--") => {
                mode = Mode::Escaped;
                at += 1;
            }
            Mode::Plain => {}
            Mode::Escaped if is_end_tag(rest, name) => return Some(at - 1),
            Mode::Escaped => {
                if let Some(length) = word(&rest[1..]) {
                    at += length;
                    if is_script(&rest[1..length]) {
                        mode = Mode::Twice;
                    }
                }
            }
            Mode::Twice if rest.get(1) == Some(&b'/') => {
                at += 1;
                if let Some(length) = word(&rest[2..]) {
                    at += length;
                    if is_script(&rest[2..1 + length]) {
                        mode = Mode::Escaped;
                    }
                }
            }
            Mode::Twice => {}
        }
    }
}

/// The length of a word of letters and the character that ends it as a name.
fn word(bytes: &[u8]) -> Option<usize> {
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    bytes.get(letters).is_some_and(|&b| ends_name(b)).then_some(letters + 1)
}

fn is_script(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"script")
}

#[cfg(test)]
mod tests {
    #[test]
    fn ends() {
        for (script, end) in [
            ("a</script>", Some(1)),
            ("a</SCRIPT >", Some(1)),
            ("a</script", None),
            ("a</scripts></script/>", Some(11)),
            ("<!-- </script>", Some(5)),
            ("<!-- <script> </script> --></script>", Some(27)),
            ("<!-- <script> </script> </script>", Some(24)),
            ("<!-- <scripts> </script>", Some(15)),
            ("<!--><script></script>", Some(13)),
            ("<!-- <script> --></script>", Some(17)),
            ("<!-<script></script>", Some(11)),
            ("<!-- <script></scripts></script></script>", Some(32)),
            ("<!-- <script x </script/ </script>", Some(25)),
        ] {
            assert_eq!(super::end(script.as_bytes(), 0, b"script"), end, "{script}");
        }
    }
}

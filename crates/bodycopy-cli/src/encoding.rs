//! Bytes of a page to text. The library takes text; what encoding a page is in is a matter of where it came from.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use std::borrow::Cow;

/// Bytes in which a page says its encoding, by the HTML standard.
const PRESCAN: usize = 1024;
/// Bytes that are looked at where it does not.
const SAMPLE: usize = 1 << 16;

/// Reads a page as a browser does: by its byte-order mark, else by what it declares, else by what its bytes look like. What cannot be read becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(&bytes[..bytes.len().min(PRESCAN)]).unwrap_or_else(|| detected(bytes)),
    };
    encoding.decode(bytes).0
}

/// What `<meta charset=…>` or `<meta http-equiv=content-type content="…; charset=…">` says.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let mut head = head.to_ascii_lowercase();
    // What stands in comments is not said.
    let mut from = 0;
    while let Some(start) = find(&head[from..], b"<!--").map(|i| from + i) {
        let end = find(&head[start + 4..], b"-->").map_or(head.len(), |i| start + 4 + i + 3);
        head[start..end].fill(b' ');
        from = end;
    }
    let mut at = 0;
    while let Some(meta) = find(&head[at..], b"<meta") {
        let start = at + meta;
        let end = start + head[start..].iter().position(|&b| b == b'>').unwrap_or(head.len() - start);
        if let Some(encoding) = charset(&head[start..end]) {
            // What can be read as ASCII so far is in neither of these.
            return Some(match encoding {
                e if e == UTF_16BE || e == UTF_16LE => UTF_8,
                e if e == X_USER_DEFINED => WINDOWS_1252,
                e => e,
            });
        }
        at = end;
    }
    None
}

fn charset(tag: &[u8]) -> Option<&'static Encoding> {
    let after = &tag[find(tag, b"charset")? + b"charset".len()..];
    let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let length = value.iter().position(|b| b"\"'; \t\r\n/".contains(b)).unwrap_or(value.len());
    Encoding::for_label(&value[..length])
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(decode("été".as_bytes()), "été");
        assert_eq!(decode(b"\xef\xbb\xbfx"), "x");
        assert_eq!(decode(b"\xff\xfex\0"), "x");
        assert_eq!(decode(b"<meta charset=windows-1251>\xef\xf0"), "<meta charset=windows-1251>пр");
        assert_eq!(
            decode(b"<META http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>\xb1"),
            "<META http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>ą"
        );
        assert_eq!(decode(b"<!-- <meta charset=koi8-r> --><meta charset=utf-8>\xc3\xa9"), "<!-- <meta charset=koi8-r> --><meta charset=utf-8>é");
        // A wrong UTF-16 label is read as ASCII would be.
        assert_eq!(decode(b"<meta charset=utf-16>\xc3\xa9"), "<meta charset=utf-16>é");
        // Said by nobody.
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("フェリーは正午に出航した。岸壁にはカモメが並んでいた。");
        assert_eq!(decode(&bytes), "フェリーは正午に出航した。岸壁にはカモメが並んでいた。");
        // Bytes that mean nothing.
        assert_eq!(decode(b"<meta charset=utf-8>a\xffb"), "<meta charset=utf-8>a\u{fffd}b");
    }
}

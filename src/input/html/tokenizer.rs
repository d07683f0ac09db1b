//! Markup to tokens, each a span of the source: the tokenizer of the HTML standard (section 13.2.5), with all that it says in its
//! many states said in terms of where a thing ends.
//!
//! Nothing is decoded or copied here. Who needs a name or a value asks [`references`](super::references) for it.

use super::attributes::{self, Attribute, is_space};
use super::doctype::{self, Doctype};
use super::references::{Coding, is_plain};
use super::script;
use crate::removal::Span;
use memchr::{memchr, memchr_iter, memmem};

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// `<p>`.
    Start(Tag),
    /// `</p>`.
    End(Tag),
    /// Text, without NULs where those are tokens of their own.
    Text(Text),
    /// A NUL where text is normal or in CDATA, which the tree builder judges by its mode. One byte.
    Null(Span),
    /// A comment, or what is read as one.
    Comment(Comment),
    /// `<!doctype …>`: the whole of it, and what it says.
    Doctype(Span, Box<Doctype>),
}

/// A tag. Its attributes are in [`Tokenizer::attributes`] until the next token is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tag {
    /// From `<` to `>`.
    pub at: Span,
    /// The name as it is written.
    pub name: Span,
    /// It ends in `/>`.
    pub self_closing: bool,
}

/// A run of text, which is never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Text {
    /// Where it stands.
    pub at: Span,
    /// What is a reference in it.
    pub coding: Coding,
    /// It means itself, byte for byte.
    pub plain: bool,
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comment {
    /// The whole of it.
    pub at: Span,
    /// What it says.
    pub data: Span,
}

/// What the text after a start tag is, which the tree builder decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Markup.
    Normal,
    /// Text with references up to the end tag: `title`, `textarea`.
    Rcdata,
    /// Text up to the end tag: `style`, `iframe`.
    Rawtext,
    /// The same, but comments can hide the end tag.
    Script,
    /// All the rest is text.
    Plaintext,
}

/// Text in which NULs are tokens of their own.
#[derive(Debug, Clone, Copy)]
struct Run {
    end: usize,
    coding: Coding,
    /// Where the next token begins.
    next: usize,
}

/// Reads tokens off a page.
#[derive(Debug)]
pub struct Tokenizer<'a> {
    source: &'a str,
    at: usize,
    content: Content,
    /// The text that is being read, where NULs cut it.
    run: Option<Run>,
    /// The name of the last start tag, as written.
    last_start: Span,
    attributes: Vec<Attribute>,
    /// An end tag of text found while the text was read.
    end_tag: Option<usize>,
}

impl<'a> Tokenizer<'a> {
    /// A tokenizer at the beginning of a page.
    pub fn new(source: &'a str) -> Self {
        // A byte-order mark at the very beginning is not part of the text.
        let at = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Tokenizer { source, at, content: Content::Normal, run: None, last_start: Span::new(0, 0), attributes: Vec::new(), end_tag: None }
    }

    /// The attributes of the last tag in source order, repetitions included.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// Tells what follows the start tag just taken.
    pub fn set_content(&mut self, content: Content) {
        self.content = content;
    }

    /// Passes over a byte-order mark, if one comes next.
    pub fn skip_mark(&mut self) {
        if self.source[self.at..].starts_with('\u{feff}') {
            self.at += '\u{feff}'.len_utf8();
        }
    }

    /// The next token; `None` at the end. `foreign` is asked where only the tree knows: whether the current node is of SVG or MathML.
    pub fn next(&mut self, foreign: impl Fn() -> bool) -> Option<Token> {
        self.attributes.clear();
        if let Some(token) = self.next_in_run() {
            return Some(token);
        }
        if let Some(start) = self.end_tag.take() {
            return self.tag(start, true);
        }
        match self.content {
            Content::Normal => self.next_in_markup(foreign),
            Content::Plaintext => self.text(self.source.len(), Coding::Raw),
            content => self.next_in_raw_text(content),
        }
    }

    /// Text from here to `end`; `None` if there is none.
    fn text(&mut self, end: usize, coding: Coding) -> Option<Token> {
        let at = Span::new(self.at, end);
        self.at = end;
        (!at.is_empty()).then(|| Token::Text(Text { at, coding, plain: is_plain(&self.source[at.range()], coding) }))
    }

    /// The next of the run, up to a NUL, or that NUL; `None` where there is no run, or no more of it.
    fn next_in_run(&mut self) -> Option<Token> {
        let run = self.run?;
        let at = Span::new(self.at, run.end);
        if at.is_empty() {
            self.run = None;
            self.at = run.next;
            return None;
        }
        match memchr(0, &self.source.as_bytes()[at.range()]) {
            Some(0) => {
                self.at += 1;
                Some(Token::Null(Span::new(at.start, at.start + 1)))
            }
            found => self.text(found.map_or(run.end, |i| at.start + i), run.coding),
        }
    }

    fn start_run(&mut self, run: Run) -> Option<Token> {
        let at = Span::new(self.at, run.end);
        let raw = &self.source[at.range()];
        let plain = is_plain(raw, run.coding);
        if plain || memchr(0, raw.as_bytes()).is_none() {
            self.at = run.next;
            return (!at.is_empty()).then_some(Token::Text(Text { at, coding: run.coding, plain }));
        }
        self.run = Some(run);
        self.next_in_run()
    }

    fn next_in_markup(&mut self, foreign: impl Fn() -> bool) -> Option<Token> {
        let bytes = self.source.as_bytes();
        loop {
            let open = self.markup_from(self.at);
            if open > self.at {
                return self.start_run(Run { end: open, coding: Coding::Text, next: open });
            }
            match bytes.get(open + 1)? {
                b'/' => match bytes.get(open + 2) {
                    Some(b'>') => self.at = open + 3,
                    Some(b) if b.is_ascii_alphabetic() => return self.tag(open, true),
                    _ => return Some(self.bogus_comment(open, open + 2)),
                },
                b'!' => {
                    // None: an empty CDATA section.
                    if let Some(token) = self.declaration(open, &foreign) {
                        return Some(token);
                    }
                }
                b'?' => return Some(self.bogus_comment(open, open + 1)),
                _ => return self.tag(open, false),
            }
        }
    }

    /// Where, from `from` on, the next `<` is that opens markup; the end if none does.
    fn markup_from(&self, from: usize) -> usize {
        let bytes = self.source.as_bytes();
        let opens = |i: usize| match bytes.get(i + 1) {
            // "</" as the last of a page is text.
            Some(b'/') => bytes.len() > i + 2,
            Some(b'!' | b'?') => true,
            Some(b) => b.is_ascii_alphabetic(),
            None => false,
        };
        if bytes.get(from) == Some(&b'<') && opens(from) {
            return from;
        }
        memchr_iter(b'<', &bytes[from..]).map(|i| from + i).find(|&i| opens(i)).unwrap_or(bytes.len())
    }

    /// A tag that opens at `open`. `None` where the page ends in it: then nothing of it counts.
    fn tag(&mut self, open: usize, end: bool) -> Option<Token> {
        let from = open + 1 + usize::from(end);
        let (name_end, closed) = attributes::read(self.source, from, &mut self.attributes);
        let Some(closed) = closed else {
            self.at = self.source.len();
            self.attributes.clear();
            return None;
        };
        let tag = Tag { at: Span::new(open, closed.end), name: Span::new(from, name_end), self_closing: closed.self_closing };
        self.at = closed.end;
        self.content = Content::Normal;
        Some(if end {
            Token::End(tag)
        } else {
            self.last_start = tag.name;
            Token::Start(tag)
        })
    }

    /// `<!`: a comment, a doctype, or the first of a CDATA section; `None` where such a section is empty.
    fn declaration(&mut self, open: usize, foreign: &impl Fn() -> bool) -> Option<Token> {
        let rest = &self.source.as_bytes()[open + 2..];
        if rest.starts_with(b"--") {
            return Some(self.comment(open));
        }
        if rest.len() >= 7 && rest[..7].eq_ignore_ascii_case(b"doctype") {
            let (doctype, end) = doctype::read(self.source, open + 9);
            self.at = end;
            return Some(Token::Doctype(Span::new(open, end), Box::new(doctype)));
        }
        if rest.starts_with(b"[CDATA[") && foreign() {
            self.at = open + 9;
            let close = memmem::find(&self.source.as_bytes()[self.at..], b"]]>").map(|i| self.at + i);
            let end = close.unwrap_or(self.source.len());
            return self.start_run(Run { end, coding: Coding::Raw, next: close.map_or(end, |i| i + 3) });
        }
        Some(self.bogus_comment(open, open + 2))
    }

    fn comment(&mut self, open: usize) -> Token {
        let bytes = self.source.as_bytes();
        let start = open + 4;
        let rest = &bytes[start..];
        let (length, end) = if rest.starts_with(b">") {
            (0, start + 1)
        } else if rest.starts_with(b"->") {
            (0, start + 2)
        } else {
            closing_dashes(rest).map_or_else(
                || {
                    // The page ends in the comment: what may have been the beginning of its end is not part of it.
                    let unfinished = [&b"--!"[..], b"--", b"-"].iter().find(|e| rest.ends_with(e)).map_or(0, |e| e.len());
                    (rest.len() - unfinished, bytes.len())
                },
                |(at, length)| (at, start + at + length),
            )
        };
        self.at = end;
        Token::Comment(Comment { at: Span::new(open, end), data: Span::new(start, start + length) })
    }

    /// A comment that was not meant as one: its data from `start` to the next `>`.
    fn bogus_comment(&mut self, open: usize, start: usize) -> Token {
        let bytes = self.source.as_bytes();
        let close = memchr(b'>', &bytes[start..]).map(|i| start + i);
        self.at = close.map_or(bytes.len(), |i| i + 1);
        Token::Comment(Comment { at: Span::new(open, self.at), data: Span::new(start, close.unwrap_or(bytes.len())) })
    }

    fn next_in_raw_text(&mut self, content: Content) -> Option<Token> {
        let name = &self.source.as_bytes()[self.last_start.range()];
        let end = match content {
            Content::Script => script::end(self.source.as_bytes(), self.at, name),
            _ => raw_text_end(self.source.as_bytes(), self.at, name),
        };
        let coding = if content == Content::Rcdata { Coding::Text } else { Coding::Raw };
        match self.text(end.unwrap_or(self.source.len()), coding) {
            None => self.tag(end?, true),
            text => {
                self.end_tag = end;
                text
            }
        }
    }
}

/// Where in a comment's data its end is, and that end's length.
fn closing_dashes(data: &[u8]) -> Option<(usize, usize)> {
    // Looks for the `>`, for dashes are what comments are decorated with.
    memchr_iter(b'>', data).find_map(|i| {
        let before = &data[..i];
        if before.ends_with(b"--") {
            Some((i - 2, 3))
        } else if before.ends_with(b"--!") {
            Some((i - 3, 4))
        } else {
            None
        }
    })
}

/// Where the end tag `</name` of a text stands; `None` if the text goes on to the end.
fn raw_text_end(bytes: &[u8], from: usize, name: &[u8]) -> Option<usize> {
    memchr_iter(b'<', &bytes[from..]).map(|i| from + i).find(|&i| is_end_tag(&bytes[i..], name))
}

/// Whether the bytes begin with `</name` and a character that ends a name.
pub(super) fn is_end_tag(bytes: &[u8], name: &[u8]) -> bool {
    bytes.get(1) == Some(&b'/')
        && bytes.get(2..2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && bytes.get(2 + name.len()).is_some_and(|&b| ends_name(b))
}

/// White space, `/` or `>`.
pub(super) fn ends_name(b: u8) -> bool {
    is_space(b) || matches!(b, b'/' | b'>')
}

//! Tokens to a tree: html5ever's tree builder, fed by our tokenizer.

use super::attributes::Attribute as Written;
use super::dom::Dom;
use super::limits::Limits;
use super::names::Names;
use super::open::{Trace, is_formatting};
use super::recorder::{Handle, Recorder, Sent};
use super::references::{Coding, decode, is_plain, reference};
use super::tokenizer::{Content, Tag, Text, Token, Tokenizer};
use crate::removal::Span;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{self as tokens, TagKind, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use std::collections::HashSet;

/// The longest page that is parsed, in bytes: a NUL becomes three bytes of text, and texts are measured in 32 bits.
pub const LONGEST: usize = u32::MAX as usize / 3;

/// Parses a page with scripting off. `None` where it is longer than [`LONGEST`].
pub fn parse(source: &str) -> Option<Dom<'_>> {
    if source.len() > LONGEST {
        return None;
    }
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = Parser {
        source,
        shared: StrTendril::from(source),
        tokenizer: Tokenizer::new(source),
        builder: TreeBuilder::new(Recorder::new(source), options),
        names: Names::new(),
        limits: Limits::new(),
        trace: Trace::default(),
        drops_line_end: false,
    };
    parser.run();
    Some(parser.builder.sink.finish())
}

/// Whether the tree builder looks at the attributes of such elements, and so must have them; the tree has them from the source. It
/// compares those of formatting elements, asks `font` and `input` what they are, and those that may stand in a head for the encoding.
fn heeds_attributes(name: &LocalName) -> bool {
    is_formatting(name)
        || matches!(
            *name,
            local_name!("input") | local_name!("base") | local_name!("basefont") | local_name!("bgsound") | local_name!("link") | local_name!("meta")
        )
}

struct Parser<'a> {
    source: &'a str,
    /// The source again, of which texts and values are parts without a copy.
    shared: StrTendril,
    tokenizer: Tokenizer<'a>,
    builder: TreeBuilder<Handle, Recorder<'a>>,
    names: Names,
    limits: Limits,
    trace: Trace,
    /// After the start tag of `pre`, `listing` or `textarea`, whose first line end is dropped.
    drops_line_end: bool,
}

impl<'a> Parser<'a> {
    fn run(&mut self) {
        loop {
            let builder = &self.builder;
            let Some(token) = self.tokenizer.next(|| builder.adjusted_current_node_present_but_not_in_html_namespace()) else { break };
            match token {
                Token::Text(text) => {
                    self.text(text);
                    continue;
                }
                Token::Null(at) => {
                    let sent = Sent { at, coding: Coding::Raw, decoded: Some(StrTendril::from_char('\u{fffd}')) };
                    self.builder.sink.begin_text(sent);
                    self.process(tokens::NullCharacterToken);
                }
                Token::Start(tag) => {
                    self.start(tag);
                    continue;
                }
                Token::End(tag) => self.end(tag),
                Token::Comment(comment) => {
                    self.builder.sink.begin_comment(comment.at, comment.data);
                    self.process(tokens::CommentToken(StrTendril::new()));
                }
                Token::Doctype(at, doctype) => {
                    let part = |part: Option<String>| part.map(StrTendril::from);
                    let doctype = tokens::Doctype {
                        name: part(doctype.name),
                        public_id: part(doctype.public),
                        system_id: part(doctype.system),
                        force_quirks: doctype.force_quirks,
                    };
                    self.builder.sink.begin_doctype(at);
                    self.process(tokens::DoctypeToken(doctype));
                }
            }
            self.drops_line_end = false;
        }
        let end = Span::new(self.source.len(), self.source.len());
        self.other(end, tokens::EOFToken);
        self.trace();
        self.builder.end();
    }

    fn process(&mut self, token: tokens::Token) {
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue => {}
            TokenSinkResult::Plaintext => self.tokenizer.set_content(Content::Plaintext),
            TokenSinkResult::RawData(kind) => self.tokenizer.set_content(match kind {
                RawKind::Rcdata => Content::Rcdata,
                RawKind::Rawtext => Content::Rawtext,
                RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => Content::Script,
            }),
            // html5ever begins to read anew here, and passes over a byte-order mark as at the very beginning.
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => self.tokenizer.skip_mark(),
        }
    }

    fn other(&mut self, at: Span, token: tokens::Token) {
        self.builder.sink.begin(at);
        self.process(token);
    }

    fn text(&mut self, text: Text) {
        if std::mem::take(&mut self.drops_line_end) {
            let raw = &self.source[text.at.range()];
            let first = match raw.as_bytes() {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                [b'&', ..] if text.coding == Coding::Text => self.line_end_reference(raw),
                _ => 0,
            };
            if first > 0 && first < text.at.len() {
                let (head, tail) = (Span::new(text.at.start, text.at.start + first), Span::new(text.at.start + first, text.at.end));
                self.send(Text { at: head, plain: false, ..text });
                return self.send(Text { at: tail, plain: is_plain(&self.source[tail.range()], text.coding), ..text });
            }
        }
        self.send(text);
    }

    /// The length of the reference to a line feed that raw text begins with, or 0. One without its semicolon is an error, after
    /// which html5ever does not drop the line end.
    fn line_end_reference(&mut self, raw: &str) -> usize {
        let Some(found) = reference(raw, Coding::Text) else { return 0 };
        if !raw[..found.raw].ends_with(';') {
            self.process(tokens::ParseError("no semicolon".into()));
        }
        if decode(&raw[..found.raw], Coding::Text) == "\n" { found.raw } else { 0 }
    }

    fn send(&mut self, text: Text) {
        let decoded = if text.plain { self.part(text.at) } else { StrTendril::from(decode(&self.source[text.at.range()], text.coding)) };
        self.builder.sink.begin_text(Sent { at: text.at, coding: text.coding, decoded: (!text.plain).then(|| decoded.clone()) });
        self.process(tokens::CharacterTokens(decoded));
    }

    fn start(&mut self, tag: Tag) {
        let name = self.names.get(&self.source[tag.name.range()]);
        let (builder, trace) = (&self.builder, &self.trace);
        let count = self.tokenizer.attributes().len();
        let passes = self.limits.start(&name, count, || trace.take(builder).len());
        self.drops_line_end = false;
        if !passes {
            return;
        }
        self.drops_line_end = matches!(name, local_name!("pre") | local_name!("listing") | local_name!("textarea"));
        let (attrs, had_duplicate_attributes) = if heeds_attributes(&name) { self.attributes() } else { (Vec::new(), false) };
        self.builder.sink.begin_start(tag.at, tag.self_closing, self.tokenizer.attributes());
        self.process(tokens::TagToken(tokens::Tag {
            kind: TagKind::StartTag,
            name: name.clone(),
            self_closing: tag.self_closing,
            attrs,
            had_duplicate_attributes,
        }));
        self.builder.sink.note_start(&name, tag.at);
        self.limits.made(self.builder.sink.spent());
    }

    fn end(&mut self, tag: Tag) {
        let name = self.names.get(&self.source[tag.name.range()]);
        if !self.limits.end(&name) {
            return;
        }
        if self.builder.sink.is_lost() {
            self.trace();
        }
        let closes = self.builder.sink.begin_end(tag.at, &name);
        self.process(tokens::TagToken(tokens::Tag {
            kind: TagKind::EndTag,
            name: name.clone(),
            self_closing: tag.self_closing,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        }));
        self.builder.sink.note_end(&name, closes, tag.at);
    }

    /// Asks the tree builder what is open.
    fn trace(&self) {
        self.builder.sink.set_open(&self.trace.take(&self.builder));
    }

    /// Part of the source as it stands.
    fn part(&self, at: Span) -> StrTendril {
        // What is short is held in place, so it need not be cut out of the whole.
        const SHORT: usize = 8;
        if at.len() <= SHORT {
            return StrTendril::from_slice(&self.source[at.range()]);
        }
        // Both fit: the source is no longer than `LONGEST`.
        self.shared.subtendril(at.start as u32, at.len() as u32)
    }

    fn value(&self, at: Span, coding: Coding) -> StrTendril {
        let raw = &self.source[at.range()];
        if is_plain(raw, coding) { self.part(at) } else { StrTendril::from(decode(raw, coding)) }
    }

    /// The attributes of the tag at hand, the first of each name, and whether a name came twice.
    fn attributes(&mut self) -> (Vec<Attribute>, bool) {
        const FEW: usize = 16;
        let written: &[Written] = self.tokenizer.attributes();
        let mut attrs: Vec<Attribute> = Vec::with_capacity(written.len());
        let mut seen: HashSet<LocalName> = HashSet::new();
        let many = written.len() > FEW;
        let mut twice = false;
        for attribute in written {
            let local = self.names.get(&self.source[attribute.name.range()]);
            let repeated = if many { !seen.insert(local.clone()) } else { attrs.iter().any(|a| a.name.local == local) };
            if repeated {
                twice = true;
                continue;
            }
            let value = self.value(attribute.value, Coding::Value);
            attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
        }
        (attrs, twice)
    }
}

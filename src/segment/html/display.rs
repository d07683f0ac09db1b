//! How elements are laid out.

use super::layout::Inline;
use html5ever::{LocalName, local_name};

/// How an element takes part in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// Part of the line that it stands in.
    Inline,
    /// A box on lines of its own.
    Block,
    /// A table, a row of one, or a cell.
    Table,
    Row,
    Cell,
    /// Text whose white space stays.
    Preformatted,
    /// Ends a line.
    Break,
    /// Nothing in it is text to read: scripts, pictures, form fields.
    Nothing,
}

/// How elements of HTML with this name are laid out.
pub(super) fn of(name: &LocalName) -> Display {
    match *name {
        local_name!("a")
        | local_name!("abbr")
        | local_name!("acronym")
        | local_name!("b")
        | local_name!("bdi")
        | local_name!("bdo")
        | local_name!("big")
        | local_name!("cite")
        | local_name!("code")
        | local_name!("data")
        | local_name!("del")
        | local_name!("dfn")
        | local_name!("em")
        | local_name!("font")
        | local_name!("i")
        | local_name!("ins")
        | local_name!("kbd")
        | local_name!("label")
        | local_name!("mark")
        | local_name!("nobr")
        | local_name!("q")
        | local_name!("rb")
        | local_name!("rp")
        | local_name!("rt")
        | local_name!("rtc")
        | local_name!("ruby")
        | local_name!("s")
        | local_name!("samp")
        | local_name!("small")
        | local_name!("span")
        | local_name!("strike")
        | local_name!("strong")
        | local_name!("sub")
        | local_name!("sup")
        | local_name!("time")
        | local_name!("tt")
        | local_name!("u")
        | local_name!("var")
        | local_name!("wbr")
        | local_name!("img")
        | local_name!("picture")
        | local_name!("source") => Display::Inline,
        local_name!("br") => Display::Break,
        local_name!("table") => Display::Table,
        local_name!("tr") => Display::Row,
        local_name!("td") | local_name!("th") => Display::Cell,
        local_name!("pre") | local_name!("listing") | local_name!("xmp") | local_name!("plaintext") => Display::Preformatted,
        local_name!("head")
        | local_name!("script")
        | local_name!("style")
        | local_name!("title")
        | local_name!("iframe")
        | local_name!("object")
        | local_name!("embed")
        | local_name!("canvas")
        | local_name!("audio")
        | local_name!("video")
        | local_name!("select")
        | local_name!("option")
        | local_name!("datalist")
        | local_name!("textarea")
        | local_name!("input")
        | local_name!("map")
        | local_name!("meter")
        | local_name!("progress")
        | local_name!("noframes")
        | local_name!("noembed")
        | local_name!("link")
        | local_name!("meta")
        | local_name!("base")
        | local_name!("col")
        | local_name!("colgroup")
        | local_name!("param")
        | local_name!("track") => Display::Nothing,
        // What word processors leave, such as `o:p`.
        ref name if name.contains(':') => Display::Inline,
        _ => Display::Block,
    }
}

/// A heading's level, or 0.
pub(super) fn level(name: &LocalName) -> u8 {
    match *name {
        local_name!("h1") => 1,
        local_name!("h2") => 2,
        local_name!("h3") => 3,
        local_name!("h4") => 4,
        local_name!("h5") => 5,
        local_name!("h6") => 6,
        _ => 0,
    }
}

/// What inline elements with this name do to the text in them.
pub(super) fn inline(name: &LocalName) -> Option<Inline> {
    Some(match *name {
        local_name!("b") | local_name!("strong") => Inline::Strong,
        local_name!("i") | local_name!("em") | local_name!("cite") | local_name!("dfn") | local_name!("var") => Inline::Emphasis,
        local_name!("code") | local_name!("kbd") | local_name!("samp") | local_name!("tt") => Inline::Code,
        local_name!("a") => Inline::Link,
        local_name!("img") => Inline::Image,
        _ => return None,
    })
}

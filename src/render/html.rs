//! A page's kept tree to markup, by the HTML standard's rules for serialising (section 13.3).

use super::kept::KeptTree;
use crate::cleaned::Cleaned;
use crate::input::html::{Dom, Kind, NodeId, is_void, parse};
use html5ever::{LocalName, local_name};

impl Cleaned<'_> {
    /// The document as markup. Of a page: its tree without what was removed, so that parsing it gives just that tree; what a reader does not see, such as the
    /// head and scripts, stays. Of text: its kept lines, a paragraph each.
    ///
    /// ```
    /// let page = "<body><nav><a href=/>Home</a></nav><h1>The ferry</h1><p>The ferry sailed at noon, as it had in all the years before, and the gulls went \
    ///             with it as far as the lighthouse, where they turned.</p>";
    /// let html = bodycopy::clean_html(page).html();
    /// assert!(html.contains("<h1>The ferry</h1>") && !html.contains("Home"));
    /// ```
    pub fn html(&self) -> String {
        match self.page.as_ref().and_then(|_| parse(self.source())) {
            Some(dom) => write(&KeptTree { dom: &dom, removals: self.removals() }),
            None => {
                let mut html = String::new();
                for line in self.text().lines().map(str::trim).filter(|line| !line.is_empty()) {
                    html.push_str("<p>");
                    escape(line, false, &mut html);
                    html.push_str("</p>\n");
                }
                html
            }
        }
    }
}

fn write(tree: &KeptTree<'_, '_>) -> String {
    let mut out = String::with_capacity(tree.dom.source().len());
    tree.dom.visit(|node, begins| {
        if begins {
            return begin(tree, node, &mut out);
        }
        end(tree, node, &mut out);
        true
    });
    out
}

/// Writes what comes before a node's children, if they are to be written.
fn begin(tree: &KeptTree<'_, '_>, node: NodeId, out: &mut String) -> bool {
    let dom = tree.dom;
    match dom.kind(node) {
        Kind::Document | Kind::Fragment => {}
        Kind::Doctype => out.push_str(dom.start_tag(node).map_or("<!DOCTYPE html>", |at| &dom.source()[at.range()])),
        Kind::Comment => {
            out.push_str("<!--");
            out.push_str(&dom.text(node));
            out.push_str("-->");
        }
        Kind::Text => {
            let text = tree.text(node);
            if is_raw(dom, node) { out.push_str(&text) } else { escape(&text, false, out) }
        }
        Kind::Element => {
            if tree.is_gone(node) {
                return false;
            }
            let Some(name) = dom.name(node) else { return false };
            out.push('<');
            out.push_str(&name.local);
            for (name, value) in dom.attributes(node) {
                out.push(' ');
                out.push_str(&name);
                out.push_str("=\"");
                escape(&value, true, out);
                out.push('"');
            }
            out.push('>');
            // The parser drops a first line end here.
            if dom.html_name(node).is_some_and(drops_line_end) && dom.first_child(node).is_some_and(|c| tree.text(c).starts_with('\n')) {
                out.push('\n');
            }
        }
    }
    true
}

fn end(tree: &KeptTree<'_, '_>, node: NodeId, out: &mut String) {
    if let Some(name) = tree.dom.name(node)
        && !(tree.dom.html_name(node).is_some_and(is_void) || tree.is_gone(node))
    {
        out.push_str("</");
        out.push_str(&name.local);
        out.push('>');
    }
}

fn drops_line_end(name: &LocalName) -> bool {
    matches!(*name, local_name!("pre") | local_name!("listing") | local_name!("textarea"))
}

/// Whether the parser takes a text as it is.
fn is_raw(dom: &Dom<'_>, text: NodeId) -> bool {
    dom.parent(text).and_then(|parent| dom.html_name(parent)).is_some_and(|name| {
        matches!(
            *name,
            local_name!("script")
                | local_name!("style")
                | local_name!("xmp")
                | local_name!("iframe")
                | local_name!("noembed")
                | local_name!("noframes")
                | local_name!("plaintext")
        )
    })
}

fn escape(text: &str, in_attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            // The parser would make a line end of it.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

//! A page's tree to blocks: paragraphs, headings, list items, table rows, code, captions, and text that stands in no element of its own.
//!
//! All that a reader could see is written into one text, block after block, with its white space folded as a browser folds it, so that
//! what judges text can judge it. Each piece of that text knows the bytes of the page that it came from.

mod display;
mod layout;
mod pieces;
mod walk;

pub(crate) use layout::{BoxId, Choice, Edge, Inline, Layout, Mark};
pub(crate) use pieces::origins;
pub(crate) use walk::{lay_out, lay_out_with};

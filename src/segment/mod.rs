//! From a page to blocks: paragraphs, headings, list items and lines, and sentences where a decision needs them.

pub(crate) mod block;
#[cfg(feature = "html")]
pub(crate) mod html;
pub(crate) mod sentence;
pub(crate) mod text;

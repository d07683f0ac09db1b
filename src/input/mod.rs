//! From a string to a page: where its lines are, or its elements.

pub(crate) mod document;
#[cfg(feature = "html")]
pub(crate) mod html;
pub(crate) mod page;
pub(crate) mod text;

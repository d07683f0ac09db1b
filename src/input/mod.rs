//! From a string to a page: where its lines are, or its elements.

#[cfg(feature = "html")]
pub(crate) mod html;
pub(crate) mod page;
pub(crate) mod text;

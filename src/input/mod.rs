//! From a string to a page: where its lines are, or its elements.

pub(crate) mod document;
#[cfg(feature = "html")]
pub(crate) mod html;
#[cfg(feature = "html")]
pub(crate) mod linked_data;
pub(crate) mod page;
pub(crate) mod text;

//! From a string to a page: where its lines are.

pub(crate) mod page;
pub(crate) mod text;

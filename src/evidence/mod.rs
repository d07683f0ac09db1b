//! From blocks to observations: which phrases, which shapes, what surrounds them.

pub(crate) mod feature;
pub(crate) mod fold;
mod label;
pub(crate) mod lexicon;
pub(crate) mod observe;
pub(crate) mod prose;
pub(crate) mod quotation;
#[cfg(feature = "html")]
pub(crate) mod structure;
pub(crate) mod unit;
mod voice;
pub(crate) mod words;

//! From a cleaned document to text. Adds no words.

#[cfg(feature = "html")]
mod html;
#[cfg(feature = "html")]
mod inline;
#[cfg(feature = "html")]
mod kept;
#[cfg(feature = "html")]
mod markdown;
#[cfg(feature = "html")]
mod page;
mod text;

#[cfg(feature = "html")]
pub(crate) use page::whole;

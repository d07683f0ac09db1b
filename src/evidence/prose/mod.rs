//! What is known of the units of a text besides their phrases: each one's shape, and what stands around it.

mod around;
mod own;
mod signal;

pub(crate) use around::Around;
pub(crate) use own::{Own, hear, observe, place};
pub(crate) use signal::{BAR_COUNT, COUNT, KIND, NAMES, OWN, PHRASES, SHAPE, SIGNS, WORDING, WORDS};

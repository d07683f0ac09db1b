//! What a page's markup says of each block: the names and kinds of the elements around it, its links, its neighbours, its place.

mod boxes;
mod described;
mod markup;
mod shape;
mod signal;
mod signals;
mod title;
mod whole;

pub(crate) use boxes::Role;
pub(crate) use markup::Names;
pub(crate) use signal::{COUNT, Signal};
pub(crate) use signals::{Signals, observe};

//! `train`: fits what the judges weigh.

pub(crate) mod boost;
mod figures;
mod labelled;
pub(crate) mod text;
pub(crate) mod trees;
mod words;

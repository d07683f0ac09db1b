//! `train`: fits what the judges weigh.

pub(crate) mod boost;
pub(crate) mod trees;

//! A page's markup to a tree whose nodes know their place in the source.

mod attributes;
mod doctype;
mod dom;
mod import;
mod limits;
mod names;
mod open;
mod recorder;
mod references;
mod script;
mod tokenizer;
mod tree;

pub use attributes::Attribute;
pub(crate) use attributes::is_space;
pub use doctype::Doctype;
pub use dom::{Dom, Kind, NodeId, Run};
pub(crate) use import::{Script, export};
pub(crate) use open::is_void;
pub use references::{Coding, decode};
pub(crate) use references::{Meaning, next_piece};
pub use tokenizer::{Comment, Content, Tag, Text, Token, Tokenizer};
pub use tree::{LONGEST, parse};

//! A page's markup to a tree whose nodes know their place in the source.

mod attributes;
mod doctype;
mod limits;
mod names;
mod open;
mod origin;
mod recorder;
mod references;
mod script;
mod tokenizer;
mod tree;

pub use attributes::Attribute;
pub use doctype::Doctype;
pub use origin::{Origin, Run};
pub use references::{Coding, decode};
pub use tokenizer::{Comment, Content, Tag, Text, Token, Tokenizer};
pub use tree::{LONGEST, Tree, parse};

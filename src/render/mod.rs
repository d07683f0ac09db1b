//! From a cleaned document to text. Adds no words.

mod text;

//! The phrases that boilerplate is made of, one data file a language, and the machine that finds them all in one pass.

mod automaton;
#[cfg(test)]
mod compile;
mod scan;
mod trie;

pub(crate) use automaton::Lexicon;
pub(crate) use scan::{Hit, Scan};

use super::fold;
use crate::removal::Category;

include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// The number of English.
const ENGLISH: u8 = 0;
/// Stands for the caller's own phrases, which count in every language.
const OWN: u8 = u8::MAX;
/// The most words a phrase may have; in scripts without spaces, signs.
pub(crate) const LONGEST_PHRASE: usize = 24;

/// What a phrase says about the text that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Marks its sentence or line as boilerplate by itself.
    Cue(Category),
    /// The caller's own phrase: decides, whatever else there is.
    Own(Category),
    /// Speaks for boilerplate, but needs company.
    Hint(Category),
    /// Is boilerplate when it is the whole line, or stands glued to a sentence.
    Label(Category),
    /// Is part of a label; by itself it is one only among others.
    Word(Category),
    /// Begins a line that is boilerplate as a whole: "Read also: …".
    Lead(Category),
    /// A word that such boilerplate uses more than the world does: counts where the outlet speaks.
    Weak(Category),
    /// Tells that the document is about this kind of thing.
    Topic(Category),
    /// Talk of the outlet about itself.
    Outlet,
    /// First person plural.
    We,
    /// The reader is addressed.
    You,
    /// A verb that asks, when it begins the sentence.
    Act,
    /// A sum of money.
    Money,
    /// How often it is paid.
    Period,
    /// Somebody is quoted or reported.
    Speech,
    /// A very common word: tells the language.
    Common,
    /// A word whose full stop ends no sentence.
    Abbreviation,
}

/// One meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    pub(crate) role: Role,
    pub(crate) language: u8,
}

/// The tags of the languages that have a lexicon.
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    TAGS.iter().copied()
}

/// The role that a section's name stands for: `we`, `speech`, or `donation.cue`.
fn section(name: &str) -> Option<Role> {
    let Some((category, role)) = name.split_once('.') else {
        return Some(match name {
            "outlet" => Role::Outlet,
            "we" => Role::We,
            "you" => Role::You,
            "act" => Role::Act,
            "money" => Role::Money,
            "period" => Role::Period,
            "speech" => Role::Speech,
            "common" => Role::Common,
            "abbreviation" => Role::Abbreviation,
            _ => return None,
        });
    };
    let category: Category = category.parse().ok()?;
    Some(match role {
        "cue" => Role::Cue(category),
        "hint" => Role::Hint(category),
        "label" => Role::Label(category),
        "word" => Role::Word(category),
        "lead" => Role::Lead(category),
        "weak" => Role::Weak(category),
        "topic" => Role::Topic(category),
        _ => return None,
    })
}

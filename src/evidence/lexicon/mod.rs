//! The phrases that boilerplate is made of, one data file a language, and the machine that finds them all in one pass.

mod automaton;
mod parse;
mod scan;

pub(crate) use automaton::Lexicon;
pub(crate) use scan::{Hit, Scan};

use crate::removal::Category;

/// The language files, by BCP 47 tag. English first: its labels stand on pages in every language.
const FILES: &[(&str, &str)] = &[
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("fr", include_str!("fr.txt")),
    ("es", include_str!("es.txt")),
    ("it", include_str!("it.txt")),
    ("pt", include_str!("pt.txt")),
    ("nl", include_str!("nl.txt")),
    ("pl", include_str!("pl.txt")),
    ("ru", include_str!("ru.txt")),
    ("zh", include_str!("zh.txt")),
    ("ja", include_str!("ja.txt")),
];

/// The number of English in `FILES`.
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
    FILES.iter().map(|(tag, _)| *tag)
}

//! What the names that authors give to elements say.

use crate::removal::Category;
use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("markup.txt");

/// What names say: a set of categories, and of things that are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Names(u32);

impl Names {
    pub(crate) const BODY: Names = Names(1 << Category::ALL.len());
    pub(crate) const HIDDEN: Names = Names(1 << (Category::ALL.len() + 1));
    /// How many things names can say.
    pub(crate) const COUNT: usize = Category::ALL.len() + 2;

    pub(crate) fn of(category: Category) -> Names {
        Names(1 << category as u32)
    }

    pub(crate) fn and(self, other: Names) -> Names {
        Names(self.0 | other.0)
    }

    pub(crate) fn say(self, other: Names) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it says the thing of this number: a category's, or what comes after those.
    pub(crate) fn says(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }
}

/// Letters that a name has at least to be recognised where it is run together with another.
const RECOGNISED: usize = 6;
/// Letters of a name that are looked at.
const LONGEST: usize = 40;

/// Reads the names in an attribute's value.
pub(crate) fn read(value: &str) -> Names {
    let mut found = Names::default();
    let mut before = String::new();
    let mut word = String::new();
    let mut small = false;
    for c in value.chars().map(Some).chain([None]) {
        let letter = c.filter(|c| c.is_alphabetic());
        let is_new = letter.is_none_or(|c| c.is_uppercase() && small);
        if is_new && !word.is_empty() {
            found = found.and(say(&before, &word));
            std::mem::swap(&mut before, &mut word);
            word.clear();
        }
        // The next class is not part of this name.
        if c.is_some_and(char::is_whitespace) {
            before.clear();
        }
        if let Some(c) = letter
            && word.len() < LONGEST
        {
            word.extend(c.to_lowercase());
        }
        small = letter.is_some_and(char::is_lowercase);
    }
    found
}

/// What a word says, alone and with the one before it.
fn say(before: &str, word: &str) -> Names {
    let known = &*KNOWN;
    let mut found = known.get(word).copied().unwrap_or_default();
    if !before.is_empty()
        && let Some(&both) = known.get(format!("{before}{word}").as_str())
    {
        return both;
    }
    if found == Names::default() && word.len() > RECOGNISED {
        for at in RECOGNISED..word.len() {
            let (head, tail) = (word.get(..at), word.get(word.len() - at..));
            for part in [head, tail].into_iter().flatten() {
                found = found.and(known.get(part).copied().unwrap_or_default());
            }
        }
    }
    found
}

/// The names, their words run together.
static KNOWN: LazyLock<HashMap<String, Names>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (section, name) in entries(FILE) {
        let says = match section {
            "body" => Names::BODY,
            "hidden" => Names::HIDDEN,
            category => category.parse().map_or(Names::default(), Names::of),
        };
        known.insert(name.replace('-', ""), says);
    }
    known
});

/// Section and name of every line.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    file.lines().filter(|l| !l.starts_with('#')).filter_map(move |line| match line.strip_prefix('[') {
        Some(title) => {
            section = title.trim_end_matches(']');
            None
        }
        None => Some((section, line)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_in_order() {
        let mut seen = std::collections::HashSet::new();
        for (section, name) in entries(FILE) {
            assert!(matches!(section, "body" | "hidden") || section.parse::<Category>().is_ok(), "{section}");
            assert!(seen.insert(name.replace('-', "")), "{name} stands twice");
            assert!(!name.is_empty() && name.chars().all(|c| c == '-' || c.is_lowercase()), "{name}");
        }
    }

    #[test]
    fn names_are_read_however_they_are_joined() {
        let newsletter = Names::of(Category::Newsletter);
        for value in ["newsletter", "c-newsletter__box", "footerNewsletter", "NewsletterSignupForm", "widget newsletter-2", "newsletterbox"] {
            assert!(read(value).say(newsletter), "{value}");
        }
        for value in ["article-body", "articleBody", "js-article_body", "ArticleBody"] {
            assert_eq!(read(value), Names::BODY, "{value}");
        }
        assert_eq!(read("most-read"), read("mostRead"));
        assert_eq!(read("css-1x2y3z"), Names::default());
        assert_eq!(read(""), Names::default());
        // A name does not reach over to the next class.
        assert!(!read("pop up").say(Names::of(Category::Other)));
    }
}

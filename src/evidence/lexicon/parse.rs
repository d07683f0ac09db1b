//! The format of the lexicon files: `[section]` lines, a phrase a line under them, `#` before a comment. A phrase may hold alternatives, of which one
//! may be empty: `{our|this} {site|magazine}`.

use super::Role;
use crate::removal::Category;

/// Reads a file: every phrase with its role. What is malformed is left out here and caught by the tests.
pub(super) fn entries(file: &'static str) -> impl Iterator<Item = (Role, &'static str)> {
    let mut role = None;
    file.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            role = section(name.trim_end_matches(']'));
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((role?, line))
    })
}

/// The parts of a line, each with the choices that there are for it.
pub(super) fn parts(line: &str) -> Vec<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (choices, after) = after.split_once('}').unwrap_or((after, ""));
        parts.push(vec![before]);
        parts.push(choices.split('|').collect());
        rest = after;
    }
    parts.push(vec![rest]);
    parts
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

#[cfg(test)]
mod tests {
    use super::super::{FILES, LONGEST_PHRASE};
    use super::*;
    use crate::evidence::fold::tokens;
    use unicode_normalization::is_nfc;

    /// Phrases that a line may stand for: more could not be read through.
    const MOST_ALTERNATIVES: usize = 400;

    /// The phrases that a line stands for.
    fn alternatives(line: &str) -> Vec<String> {
        let join = |all: Vec<String>, choices: Vec<&str>| all.iter().flat_map(|a| choices.iter().map(move |c| format!("{a}{c}"))).collect();
        parts(line).into_iter().fold(vec![String::new()], join)
    }

    #[test]
    fn choices_are_spelt_out() {
        assert_eq!(alternatives("plain words"), ["plain words"]);
        assert_eq!(alternatives("{our|this} site{|s}"), ["our site", "our sites", "this site", "this sites"]);
    }

    #[test]
    fn files_are_well_formed() {
        for (language, file) in FILES {
            let (mut name, mut previous) = ("", "");
            let mut sections = Vec::new();
            for line in file.lines() {
                assert_eq!(line, line.trim(), "{language}: white space around {line:?}");
                assert!(is_nfc(line), "{language}: not NFC: {line:?}");
                if let Some(section_name) = line.strip_prefix('[') {
                    name = section_name.strip_suffix(']').expect("a closed section line");
                    assert!(section(name).is_some(), "{language}: unknown section {name}");
                    assert!(!sections.contains(&name), "{language}: section {name} stands twice");
                    sections.push(name);
                    previous = "";
                } else if !line.is_empty() && !line.starts_with('#') {
                    assert!(previous < line, "{language}: [{name}] {line:?} is not after {previous:?}, or stands twice");
                    assert_eq!(line.matches('{').count(), line.matches('}').count(), "{language}: [{name}] {line:?} has an open choice");
                    let phrases = alternatives(line);
                    assert!(phrases.len() <= MOST_ALTERNATIVES, "{language}: [{name}] {line:?} stands for {} phrases", phrases.len());
                    for phrase in phrases {
                        let words = tokens(&phrase).count();
                        assert!((1..=LONGEST_PHRASE).contains(&words), "{language}: [{name}] {phrase:?} has {words} words");
                    }
                    previous = line;
                }
            }
            assert!(sections.contains(&"common"), "{language}: nothing to tell the language by");
        }
    }
}

//! Units that are boilerplate as a whole line: labels, menus, lines of dates, lines that hang on the phrase that they begin with.

use super::feature::Feature;
use super::fold::Token;
use super::lexicon::{Hit, Role};
use super::observe::as_cue;
use crate::removal::{Category, Span};
use crate::segment::block::{Block, BlockKind};
use crate::segment::text::ends_sentence;

/// Bytes from which on a unit cannot be a label.
const LONGEST_LABEL: usize = 400;
/// Words up to which a line can hang on the phrase that it begins with.
const LONGEST_LED: usize = 30;
/// The same for a sentence with a full stop, which may be good text run together with a title.
const LONGEST_LED_SENTENCE: usize = 14;
/// Words behind a lead within which its colon may come: "More from the harbour: …".
const COLON_WITHIN: usize = 4;
/// Words up to which a sentence can name a sponsor.
const LONGEST_SPONSOR: usize = 6;
/// Words up to which a line can be an author's.
const LONGEST_BYLINE: usize = 16;
/// Words from which on a line is believed to be a label in spite of its full stop.
const STOPPED_LABEL: usize = 3;
/// Words and numbers that a line of dates has at least.
const SHORTEST_DATE: usize = 3;
/// The share of its words that a line of dates must explain.
const DATE_SHARE: f32 = 0.7;
/// Numbers that a date and its time have.
const FULL_DATE: usize = 3;
/// Years in which pages are published.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2099;
/// Words that a tag has at most.
const LONGEST_TAG: usize = 3;
/// Bytes of a line of dates and names at most.
const LONGEST_DATED: usize = 160;
/// The same, where one item of the line is nothing but a date.
const NAMED_DATE_SHARE: f32 = 0.4;
/// The share of the items of a menu, or of its words where nothing parts them, that must be known.
const MENU_SHARE: f32 = 0.5;
/// Items that a menu has at least, where not all are known.
const MENU_ITEMS: usize = 3;
/// Words that an item of a menu has at most.
const LONGEST_ITEM: usize = 6;
/// The same, where little else says that it is one.
const SHORT_ITEM: usize = 4;
/// Words that a menu has at least, where nothing parts them.
const MENU_WORDS: usize = 5;
/// What parts the items of a line.
const SEPARATORS: &[char] = &['|', '·', '•', '›', '»', '«', '‹', '→', '←', '↓', '▾', '▸', '▶', '｜', '／', '＞'];
/// What parts them where it stands between spaces.
const SPACED_SEPARATORS: &[&str] = &[" - ", " / ", " > ", " < ", " – ", " * ", "] ["];
/// What stands behind a phrase on which a line hangs.
const COLONS: &[char] = &[':', '：', '»', '›', '→', '>', '|', '【', '《', '▶', '►', '·', '–', '—'];

/// Whether the whole unit is a label, a menu, a line of dates, or hangs on the phrase that it begins with; with the category and the phrase that says so.
pub(super) fn as_label(source: &str, block: Block, hits: &[Hit], words: &[Token]) -> Option<(Feature, Category, Span)> {
    let text = &source[block.span.range()];
    if block.span.len() > LONGEST_LABEL {
        return None;
    }
    // Prices are no labels: a row of a table has them. Inside a phrase it is no price.
    let is_price = |m: &Hit| m.role == Role::Money && !hits.iter().any(|h| covers(h.role) && h.span != m.span && h.span.contains(m.span));
    if hits.iter().any(is_price) {
        return None;
    }
    if !hits.iter().any(|h| as_word(h.role).or(as_lead(h.role)).is_some()) {
        return None;
    }
    let known: Vec<Span> = hits.iter().filter(|h| covers(h.role)).map(|h| h.span).collect();
    let is_known = |t: &Token| known.iter().any(|span| span.start <= t.start && t.end <= span.end);
    let stops = ends_sentence(text);
    // Most sentences hold a word that no label has, and are none of the lines that may hold one.
    let may_be_open =
        (block.kind != BlockKind::Sentence && !stops) || hits.iter().any(|h| as_lead(h.role).is_some() || as_word(h.role) == Some(Category::Byline));
    if !may_be_open && !words.iter().all(|t| is_number(source, t) || is_known(t)) {
        return None;
    }
    let word = |&token: &Token| {
        let is_small = source[token.start..token.end].starts_with(char::is_lowercase);
        Word { token, is_number: is_number(source, &token), is_known: is_known(&token), is_small }
    };
    let line = Line { source, block, hits, words: words.iter().map(word).collect(), stops };
    line.covered().or_else(|| line.lead()).or_else(|| line.dates()).or_else(|| line.menu())
}

/// "5am" and "23rd" are numbers here.
fn is_number(source: &str, token: &Token) -> bool {
    token.is_number || source.as_bytes()[token.start].is_ascii_digit()
}

/// A word of the line.
struct Word {
    token: Token,
    is_number: bool,
    /// Inside a phrase that labels are made of.
    is_known: bool,
    is_small: bool,
}

struct Line<'a> {
    source: &'a str,
    block: Block,
    hits: &'a [Hit],
    words: Vec<Word>,
    stops: bool,
}

type Found = Option<(Feature, Category, Span)>;

impl Line<'_> {
    fn is_whole(&self) -> bool {
        self.block.kind != BlockKind::Sentence
    }

    fn is_table_row(&self) -> bool {
        let text = &self.source[self.block.span.range()];
        text.starts_with(['|', '│']) || text.contains('\t')
    }

    /// Nothing but known words and numbers.
    fn covered(&self) -> Found {
        if !self.words.iter().all(|w| w.is_known || w.is_number) {
            return None;
        }
        let has_cue = self.hits.iter().any(|h| as_cue(h.role).is_some());
        let text = &self.source[self.block.span.range()];
        // A question of one word, or in mid-text, is asked by somebody, unless it is a cue.
        let asks = (!self.is_whole() || self.words.len() == 1)
            && text.ends_with(['?', '？'])
            && !self.hits.iter().any(|h| matches!(h.role, Role::Cue(_) | Role::Own(_) | Role::Hint(_)));
        let full_stop = text.ends_with(['.', '。']) || asks;
        // With a full stop it is more likely a sentence, or talk about labels.
        if full_stop && !(self.is_whole() && (has_cue || self.words.len() >= STOPPED_LABEL)) {
            return None;
        }
        // "Premium 19.99" is a row of prices; only pages and dates have more numbers than words.
        let (numbers, dated) = (self.numbers(), self.heaviest(as_word).map(|(category, _)| category));
        if 2 * numbers > self.words.len() && !matches!(dated, Some(Category::Byline | Category::Navigation | Category::Other)) {
            return None;
        }
        if let Some((category, span)) = self.heaviest(|r| as_cue(r).or(as_strong(r))) {
            return Some((Feature::Label, category, span));
        }
        let (category, span) = self.heaviest(as_word)?;
        if category == Category::Byline {
            let is_date = self.block.kind != BlockKind::ListItem && self.is_dated() && self.words.len() >= SHORTEST_DATE && !full_stop;
            return Some((if is_date { Feature::DateLine } else { Feature::Word }, category, span));
        }
        // Many menu words, or the numbers of pages with "next", are a menu without a label among them.
        let items = self.items().len();
        let is_menu = self.is_whole() && !self.is_table_row() && (items >= MENU_ITEMS || (items >= 2 && self.words.len() >= MENU_WORDS - 1));
        Some((if is_menu { Feature::Menu } else { Feature::Word }, category, span))
    }

    /// Words of the line; of scripts without spaces, two signs are one.
    fn length(&self) -> usize {
        let is_sign = |w: &&Word| {
            let text = &self.source[w.token.start..w.token.end];
            text.len() > 2 && text.chars().count() == 1
        };
        self.words.len() - self.words.iter().filter(is_sign).count() / 2
    }

    fn numbers(&self) -> usize {
        self.words.iter().filter(|w| w.is_number).count()
    }

    /// Whether the numbers are those of a page: a year among them, or a date and its time. "Friday, 14 November" may be the day of a meeting.
    fn is_dated(&self) -> bool {
        let is_year = |w: &Word| {
            let text = &self.source[w.token.start..w.token.end];
            text.len() == 4 && text.parse::<u32>().is_ok_and(|year| YEARS.contains(&year))
        };
        self.numbers() >= FULL_DATE || self.words.iter().any(is_year)
    }

    /// Short items after one another, as tags are: "theatre, books, the sea".
    fn is_enumeration(&self, text: &str) -> bool {
        let items: Vec<&str> = text.split([',', '，', '、']).collect();
        self.is_whole() && !self.stops && items.len() >= 2 && items.iter().all(|i| (1..=LONGEST_TAG).contains(&i.split_whitespace().count()))
    }

    /// Whether a word may stand in a line of names: it is known, a number, a capital name, or part of an address.
    fn is_name(&self, word: &Word) -> bool {
        let before = self.source[..word.token.start].chars().next_back();
        let behind = self.source[word.token.end..].chars().next();
        word.is_known || word.is_number || !word.is_small || before.is_some_and(|c| "@._-".contains(c)) || behind.is_some_and(|c| c == '@')
    }

    /// Hangs on the phrase that it begins with.
    fn lead(&self) -> Found {
        let first = self.words.first()?.token;
        let mut leads = self.hits.iter().filter_map(|h| Some((h.span, as_lead(h.role)?)));
        // An author may come after the paper's name: "The Courier | By Jo Hale".
        let begins_item = |at: usize| self.items().iter().any(|item| item.first().is_some_and(|w| w.token.start == at));
        let begins = |span: Span, category| span.start == first.start || (category == Category::Byline && begins_item(span.start));
        let (span, category) = leads.find(|(span, category)| begins(*span, *category) && self.is_led_by(*span, *category))?;
        Some((Feature::Lead, category, span))
    }

    fn is_led_by(&self, lead: Span, category: Category) -> bool {
        let behind = self.source[lead.end..self.block.span.end].trim_start();
        let lead_words = self.words.iter().filter(|w| w.token.end <= lead.end).count();
        // In scripts without spaces a longer word may begin with the phrase; "記者王小明／台北報導" is an author's line all the same.
        let last = self.source[..lead.end].chars().next_back();
        let caseless = last.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
        let goes_on = caseless && self.source[lead.end..].starts_with(char::is_alphanumeric);
        if goes_on && !(category == Category::Byline && (self.numbers() > 0 || behind.contains(['/', '／', '|', '｜']))) {
            return false;
        }
        match category {
            Category::Byline => {
                let named = self.words.iter().all(|w| w.token.start < lead.end || self.is_name(w));
                // "Last edited on 2 May." may end with a full stop.
                let stops = self.stops && !(lead_words > 1 && self.numbers() > 0);
                self.length() <= LONGEST_BYLINE && !stops && named && (self.is_whole() || lead_words > 1)
            }
            // Who holds a right, and since when.
            Category::Legal => self.length() <= LONGEST_BYLINE && self.numbers() > 0,
            _ => {
                let plain = !self.stops && lead_words > 1 && self.block.kind != BlockKind::ListItem;
                let full_stop = self.source[..self.block.span.end].ends_with(['.', '。']);
                let near = behind.split_whitespace().take(COLON_WITHIN).any(|w| w.ends_with([':', '：']) || w == "|");
                // A title begins with a capital.
                let title = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
                let tags = category == Category::Related && behind.starts_with(COLONS) && self.is_enumeration(title);
                let colon = (behind.starts_with(COLONS) || (lead_words > 1 && near)) && (tags || !title.starts_with(char::is_lowercase));
                let named = category == Category::Advertisement && (lead_words + 1..=LONGEST_SPONSOR).contains(&self.words.len());
                let goes_on = behind.starts_with(COLONS) && title.starts_with(char::is_lowercase);
                self.length() <= LONGEST_LED
                    && ((colon && (self.is_whole() || !full_stop || (lead_words > 1 && self.length() <= LONGEST_LED_SENTENCE)))
                        || (plain && !goes_on)
                        || named)
            }
        }
    }

    /// Mostly a date, with a place or a name.
    fn dates(&self) -> Found {
        let (category, span) = self.heaviest(as_word)?;
        let is_explained = |w: &&Word| w.is_known || w.is_number;
        let explained = self.words.iter().filter(is_explained).count() as f32 / self.words.len() as f32;
        let items = self.items();
        let has_date = items.len() >= 2 && items.iter().any(|item| item.len() >= 2 && item.iter().all(is_explained));
        let has_time = self.numbers() >= FULL_DATE && explained >= NAMED_DATE_SHARE;
        let mostly = explained >= DATE_SHARE || ((has_date || has_time) && explained >= NAMED_DATE_SHARE);
        let named = self.words.iter().all(|w| self.is_name(w));
        let is_line = self.is_whole()
            && !self.is_table_row()
            && self.block.kind != BlockKind::ListItem
            && !self.stops
            && self.block.span.len() <= LONGEST_DATED;
        let is_date = self.is_dated() && self.words.len() >= SHORTEST_DATE;
        (category == Category::Byline && is_line && mostly && named && is_date).then_some((Feature::DateLine, category, span))
    }

    /// Items of which most are known labels, or capitalised words of which most are.
    fn menu(&self) -> Found {
        if !self.is_whole() || self.stops || self.block.kind == BlockKind::ListItem || self.is_table_row() {
            return None;
        }
        let items = self.items();
        let is_known = |item: &[&Word]| item.iter().all(|w| w.is_known || w.is_number) && item.iter().any(|w| w.is_known && !w.is_small);
        let known = items.iter().filter(|item| is_known(item)).count();
        let is_menu = if items.len() >= MENU_ITEMS {
            let is_row = items.iter().filter(|item| item.iter().all(|w| w.is_number)).count() > items.len() / 3;
            !is_row && known as f32 >= MENU_SHARE * items.len() as f32 && items.iter().all(|item| item.len() <= LONGEST_ITEM)
        } else {
            let known = self.words.iter().filter(|w| w.is_known && !w.is_small).count();
            // Without case nothing tells a menu's words from a title's: there must be a label among them.
            let is_capital = |w: &Word| w.is_known && self.source[w.token.start..].starts_with(char::is_uppercase);
            let is_marked = self.words.iter().any(is_capital) || self.heaviest(|r| as_strong(r).or(as_cue(r))).is_some();
            is_marked
                && self.words.len() >= MENU_WORDS
                && known as f32 > MENU_SHARE * self.words.len() as f32
                && !self.words.iter().any(|w| w.is_small && !w.is_known)
        };
        let (category, span) = self.heaviest(|r| as_strong(r).or(as_cue(r))).or_else(|| self.heaviest(as_word))?;
        if is_menu {
            return Some((Feature::Menu, category, span));
        }
        // Short items, one of them a menu's: a menu where the page begins or ends.
        let are_short = items.len() >= MENU_ITEMS && items.iter().all(|item| item.len() <= SHORT_ITEM && !item.iter().any(|w| w.is_number));
        (are_short && known > 0 && !self.words.iter().any(|w| w.is_small && !w.is_known)).then_some((Feature::Items, Category::Navigation, span))
    }

    /// The words between separators.
    fn items(&self) -> Vec<Vec<&Word>> {
        let mut items: Vec<Vec<&Word>> = Vec::new();
        let mut last = self.block.span.start;
        for word in &self.words {
            let gap = &self.source[last..word.token.start];
            // One space stands between most words.
            let parted = !matches!(gap, "" | " " | "," | "-" | "'" | ".")
                && (gap.contains(SEPARATORS) || SPACED_SEPARATORS.iter().any(|s| gap.contains(s)) || gap.contains("  ") || gap.contains('\u{3000}'));
            match items.last_mut() {
                Some(item) if !parted => item.push(word),
                _ => items.push(vec![word]),
            }
            last = word.token.end;
        }
        items
    }

    /// The category that most words speak for, and the first phrase that does.
    fn heaviest(&self, kind: impl Fn(Role) -> Option<Category>) -> Option<(Category, Span)> {
        let mut weights = [0usize; Category::ALL.len()];
        for h in self.hits {
            if let Some(c) = kind(h.role) {
                weights[c as usize] += h.tokens as usize;
            }
        }
        let category = *Category::ALL.iter().rev().max_by_key(|c| weights[**c as usize])?;
        let hit = self.hits.iter().find(|h| kind(h.role) == Some(category))?;
        Some((category, hit.span))
    }
}

/// Labels that stand alone.
fn as_strong(role: Role) -> Option<Category> {
    if let Role::Label(c) = role { Some(c) } else { None }
}

/// Whatever labels are made of.
fn as_word(role: Role) -> Option<Category> {
    if let Role::Label(c) | Role::Word(c) = role { Some(c) } else { None }
}

fn as_lead(role: Role) -> Option<Category> {
    if let Role::Lead(c) = role { Some(c) } else { None }
}

fn covers(role: Role) -> bool {
    matches!(role, Role::Cue(_) | Role::Own(_) | Role::Label(_) | Role::Word(_) | Role::Lead(_))
}

//! Lines of plain text to blocks.

use super::block::{Block, BlockKind};
use crate::input::page::{Line, Page};

/// Characters up to which a line without a full stop is a label, a heading or a title rather than running text.
const SHORT_LINE: usize = 100;
/// Widths, in characters, between which a hard wrap is believed.
const WRAP_WIDTH: std::ops::RangeInclusive<usize> = 40..=120;
/// The share of line ends that the width must explain before a document counts as hard-wrapped.
const WRAP_SHARE: f32 = 0.7;
/// Lines that must be explained so: fewer could be chance.
const WRAP_LINES: usize = 3;
/// Columns by which a line may fall short of the width although its successor's first word would have fitted.
const WRAP_SLACK: usize = 2;

/// Cuts the page into blocks, in source order.
pub(crate) fn blocks(page: &Page<'_>) -> Vec<Block> {
    let width = wrap_width(page);
    let mut blocks: Vec<Block> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in &page.lines {
        if line.is_blank() {
            previous = None;
            continue;
        }
        match (previous, width, blocks.last_mut()) {
            (Some(before), Some(width), Some(block)) if wraps(page.source, before, line, width) && !stands_alone(page.source, before, line) => {
                block.span.end = line.content.end;
            }
            _ => blocks.push(Block { span: line.content, kind: BlockKind::Line, paragraph: blocks.len() as u32 }),
        }
        previous = Some(line);
    }
    for block in &mut blocks {
        block.kind = shape(&page.source[block.span.range()]);
    }
    find_headings(&mut blocks);
    blocks
}

/// A line above running text is a heading.
fn find_headings(blocks: &mut [Block]) {
    for i in 1..blocks.len() {
        if matches!(blocks[i].kind, BlockKind::Paragraph | BlockKind::Sentence) && blocks[i - 1].kind == BlockKind::Line {
            blocks[i - 1].kind = BlockKind::Heading;
        }
    }
}

/// Finds the kinds again where units have gone: a sentence that is left alone is a paragraph, a line above a paragraph is a heading.
pub(crate) fn reshape(source: &str, units: &mut [Block]) {
    for i in 0..units.len() {
        let paragraph = units[i].paragraph;
        let alone = (i == 0 || units[i - 1].paragraph != paragraph) && units.get(i + 1).is_none_or(|b| b.paragraph != paragraph);
        if alone {
            units[i].kind = shape(&source[units[i].span.range()]);
        }
    }
    find_headings(units);
}

/// What a block is by its shape, if nothing around it tells more.
pub(crate) fn shape(text: &str) -> BlockKind {
    if bullet(text).is_some() {
        BlockKind::ListItem
    } else if ends_sentence(text) || !is_short(text) {
        BlockKind::Paragraph
    } else {
        BlockKind::Line
    }
}

fn is_short(text: &str) -> bool {
    // A byte is at least a quarter of a character, so long texts need no count.
    text.len() <= 4 * SHORT_LINE && text.chars().count() <= SHORT_LINE
}

/// Whether the text ends as sentences do: a terminator, then nothing but closing quotes and brackets.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "\"'”’»›«“)]」』）】 \u{a0}\u{200f}\u{200e}".contains(c))
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።', '．'])
}

/// The length of the bullet or number that a list item begins with, white space behind it included.
pub(crate) fn bullet(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let mark = if "•‣▪▫◦●○■□·*-–—►▸»›✓✔".contains(first) {
        first.len_utf8()
    } else {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=3).contains(&digits) || !text[digits..].starts_with(['.', ')']) {
            return None;
        }
        digits + 1
    };
    let space = text[mark..].len() - text[mark..].trim_start().len();
    (space > 0).then_some(mark + space)
}

/// The width at which this document's lines are wrapped, if they are.
fn wrap_width(page: &Page<'_>) -> Option<usize> {
    let pairs = || page.lines.windows(2).filter(|w| !w[0].is_blank() && !w[1].is_blank());
    let mut widths: Vec<usize> = pairs().map(|w| width(page.source, &w[0])).collect();
    if widths.len() < WRAP_LINES {
        return None;
    }
    widths.sort_unstable();
    // One line in twenty may stick out: an address that could not be broken.
    let widest = widths[(widths.len() - 1) * 19 / 20];
    if !WRAP_WIDTH.contains(&widest) {
        return None;
    }
    let explained = pairs().filter(|w| wraps(page.source, &w[0], &w[1], widest)).count();
    (explained >= WRAP_LINES && explained as f32 >= WRAP_SHARE * widths.len() as f32).then_some(widest)
}

/// Whether the line end between two lines is explained by the width: the next word would not have fitted.
fn wraps(source: &str, line: &Line, next: &Line, limit: usize) -> bool {
    let next = &source[next.content.range()];
    let word = next.chars().take_while(|c| !c.is_whitespace() && !is_wide(*c)).take(limit).count().max(1);
    width(source, line) + 1 + word + WRAP_SLACK > limit
}

/// Whether two lines are apart for what they are: the next is a list item, or this one is a row of items or a heading in capitals.
fn stands_alone(source: &str, line: &Line, next: &Line) -> bool {
    let text = &source[line.content.range()];
    let parted = text.matches(['|', '·', '•']).count() >= 2;
    let capitals = text.contains(char::is_uppercase) && !text.contains(char::is_lowercase);
    parted || capitals || bullet(&source[next.content.range()]).is_some()
}

/// Scripts without spaces break anywhere, so that one sign is a word to them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// Characters of a line, counted no further than matters.
fn width(source: &str, line: &Line) -> usize {
    source[line.content.range()].chars().take(WRAP_WIDTH.end() + 1).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::text::read;

    fn cut(source: &str) -> Vec<(BlockKind, &str)> {
        blocks(&read(source)).iter().map(|b| (b.kind, &source[b.span.range()])).collect()
    }

    #[test]
    fn paragraphs_with_and_without_blank_lines() {
        use BlockKind::*;
        let want = [(Heading, "Title"), (Paragraph, "One. Two."), (ListItem, "• three"), (Line, "Share")];
        assert_eq!(cut("Title\n\nOne. Two.\n\n• three\n\nShare\n"), want);
        assert_eq!(cut("Title\r\nOne. Two.\r\n• three\r\nShare"), want);
    }

    #[test]
    fn hard_wrapped_lines_are_joined_and_short_ones_are_not() {
        let text = "The harbour office closed its doors for the last time on Friday, and\n\
                    nobody who had worked there for the past forty years was quite sure\n\
                    what would become of the ledgers.\n\
                    \n\
                    Share\n\
                    Print\n\
                    \n\
                    A buyer had been found in the spring, but the sale fell through when\n\
                    the survey came back with a list of faults that ran to eleven pages.\n";
        let got = cut(text);
        assert_eq!(got.len(), 4, "{got:?}");
        assert!(got[0].1.starts_with("The harbour") && got[0].1.ends_with("ledgers."));
        assert_eq!(got[1].1, "Share");
    }

    #[test]
    fn a_poem_is_not_hard_wrapped() {
        let text = "The tide goes out\nand leaves the stones,\nthe weed, the rope, the little bones of ships that never made the bay\nand gulls\nthat know the way\nand stay\n";
        assert_eq!(cut(text).len(), 6);
    }

    #[test]
    fn bullets() {
        assert_eq!(bullet("• x"), Some(4));
        assert_eq!(bullet("12) x"), Some(4));
        assert_eq!(bullet("-5 degrees"), None);
        assert_eq!(bullet("2024. x"), None);
    }
}

//! `bodycopy explain`: the document with what goes struck through, and a line of evidence for each.

use crate::args::{Explain, Kind};
use crate::clean::utf8;
use crate::encoding::decode;
use crate::open;
use crate::report::Fatal;
use anstyle::{AnsiColor, Color, Effects, Style};
use bodycopy::{Category, Cleaned, Evidence, Removal};
use std::io::{self, Read, Write};

pub(crate) fn run(options: &Explain) -> Result<usize, Fatal> {
    let cleaner = options.settings.builder().explain(true).build()?;
    let paths: Vec<_> = options.input.iter().cloned().collect();
    let inputs = open::inputs(&paths)?;
    let [input] = &inputs[..] else { return Err(Fatal::Usage("explain shows one document: name a file".into())) };
    let mut bytes = Vec::new();
    let unreadable = |e: io::Error| Fatal::Usage(format!("{}: cannot read: {e}", input.name()));
    let mut content = input.open().map_err(unreadable)?;
    let kind = open::kind(options.from, input, &mut *content).map_err(unreadable)?;
    content.read_to_end(&mut bytes).map_err(unreadable)?;
    if kind == Kind::Html {
        let page = decode(&bytes);
        return written(show_page(&mut anstream::AutoStream::auto(io::stdout()), &cleaner.clean_html(&page)));
    }
    let text = utf8(&bytes).map_err(|(line, fault)| Fatal::Usage(format!("{}:{line}: {fault}", input.name())))?;
    let cleaned = cleaner.clean_text(text);
    let mut out = anstream::AutoStream::auto(io::stdout());
    let plain = out.current_choice() == anstream::ColorChoice::Never;
    written(show(&mut out, text, cleaned.removals(), plain))
}

fn written(shown: io::Result<()>) -> Result<usize, Fatal> {
    match shown {
        Ok(()) => Ok(0),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Err(Fatal::Closed),
        Err(source) => Err(Fatal::Write { path: "standard output".into(), source }),
    }
}

fn show(out: &mut impl Write, source: &str, removals: &[Removal], plain: bool) -> io::Result<()> {
    let mut at = 0;
    for (i, removal) in removals.iter().enumerate() {
        let gone = &source[removal.at.range()];
        // White space that goes along is not struck, so that the lines stay as they were.
        let text = gone.trim();
        let lead = &gone[..gone.len() - gone.trim_start().len()];
        let tail = &gone[lead.len() + text.len()..];
        write!(out, "{}{lead}", &source[at..removal.at.start])?;
        if plain {
            write!(out, "⟦{}⟧{text}⟦/⟧", removal.category)?;
        } else {
            let style = style(removal.category);
            write!(out, "{style}{}{style:#}{}", text, format_args!("[{}]", i + 1))?;
        }
        write!(out, "{tail}")?;
        at = removal.at.end;
    }
    writeln!(out, "{}\n", source[at..].trim_end())?;
    if removals.is_empty() {
        return writeln!(out, "Nothing goes.");
    }
    for (i, removal) in removals.iter().enumerate() {
        let evidence: Vec<String> = removal.evidence.iter().map(|e| reason(source, e)).collect();
        writeln!(
            out,
            "[{}] {} {:.2}, bytes {}–{}: {}",
            i + 1,
            removal.category,
            removal.score,
            removal.at.start,
            removal.at.end,
            evidence.join(", ")
        )?;
    }
    Ok(())
}

/// The blocks of a page, each with its score, what goes marked by its category, and why.
fn show_page(out: &mut impl Write, cleaned: &Cleaned<'_>) -> io::Result<()> {
    for (words, verdict) in cleaned.texts() {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match verdict.category.filter(|_| verdict.removed) {
            None => writeln!(out, "{:4.2}  {words}", verdict.score)?,
            Some(category) => {
                let style = style(category);
                let evidence: Vec<String> = verdict.evidence().iter().map(|e| reason("", &Evidence { span: None, ..*e })).collect();
                writeln!(out, "{:4.2}  {style}⟦{category}⟧ {words}{style:#}\n        {}", verdict.score, evidence.join(", "))?;
            }
        }
    }
    Ok(())
}

/// `phrase:cue “your donation helps” +6.5`
fn reason(source: &str, evidence: &Evidence) -> String {
    let words = evidence.span.map(|s| format!(" “{}”", source[s.range()].split_whitespace().collect::<Vec<_>>().join(" "))).unwrap_or_default();
    format!("{}{words} {:+.1}", evidence.cue, evidence.weight)
}

fn style(category: Category) -> Style {
    let color = match category {
        Category::Donation => AnsiColor::Red,
        Category::Paywall => AnsiColor::Magenta,
        Category::Newsletter | Category::Promotion | Category::AppPromo => AnsiColor::Yellow,
        Category::Consent | Category::Legal | Category::Account => AnsiColor::Blue,
        Category::Navigation | Category::Related | Category::Social | Category::Comments => AnsiColor::Cyan,
        Category::Advertisement => AnsiColor::Green,
        _ => AnsiColor::BrightBlack,
    };
    Style::new().fg_color(Some(Color::Ansi(color))).effects(Effects::STRIKETHROUGH)
}

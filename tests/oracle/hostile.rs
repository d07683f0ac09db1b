//! Pages made to be slow, as long as one likes.

/// The kinds, by name.
pub(crate) const KINDS: [&str; 27] = [
    "nested div",
    "nested mixed",
    "nested template",
    "nested svg",
    "nested b",
    "nested a",
    "nested fonts",
    "fonts, then paragraphs",
    "misnested a div",
    "misnested b p",
    "misnested table",
    "unclosed p",
    "unclosed li",
    "end tags",
    "attributes",
    "same attribute",
    "body attributes",
    "long attribute",
    "long name",
    "less-than",
    "ampersands",
    "references",
    "nul",
    "nul in svg",
    "comments",
    "scripts",
    "frameset text",
];

/// A page of one kind, of about so many bytes.
pub(crate) fn page(kind: &str, bytes: usize) -> String {
    let repeat = |s: &str| s.repeat(bytes / s.len().max(1));
    let each = |f: &dyn Fn(usize) -> String| {
        let mut page = String::new();
        let mut i = 0;
        while page.len() < bytes {
            page.push_str(&f(i));
            i += 1;
        }
        page
    };
    match kind {
        "nested div" => repeat("<div>"),
        "nested mixed" => repeat("<div><span><section><ul><li><p>x"),
        "nested template" => repeat("<template>"),
        "nested svg" => repeat("<svg><g>"),
        "nested b" => repeat("<b>"),
        "nested a" => repeat("<a>x"),
        "nested fonts" => each(&|i| format!("<font size={i}>")),
        "fonts, then paragraphs" => format!("{}{}", (0..400).map(|i| format!("<font color=c{i} a=1 b=2>")).collect::<String>(), repeat("<p>x</p>")),
        "misnested a div" => repeat("<a><div>x</a>"),
        "misnested b p" => repeat("<b><p>x</b></p>"),
        "misnested table" => repeat("<table>x<b>y<tr>z"),
        "unclosed p" => repeat("<p>x"),
        "unclosed li" => repeat("<ul><li>x"),
        "end tags" => repeat("</div></p></b></br>"),
        "attributes" => format!("<p {}>", each(&|i| format!("a{i}={i} "))),
        "same attribute" => format!("<p {}>", repeat("a=1 ")),
        "body attributes" => each(&|i| format!("<body a{i}=1>")),
        "long attribute" => format!("<p title=\"{}\">x", repeat("&amp;x")),
        "long name" => format!("<{}>x", repeat("a")),
        "less-than" => repeat("<"),
        "ampersands" => repeat("&"),
        "references" => repeat("&notit;&#x0;&bogus;"),
        "nul" => repeat("\0x"),
        "nul in svg" => format!("<svg>{}", repeat("\0x")),
        "comments" => repeat("<!--><!-- -- --!><!x>"),
        "scripts" => repeat("<script><!--<script></script>"),
        "frameset text" => format!("<frameset>{}", repeat(" &amp;x")),
        _ => String::new(),
    }
}

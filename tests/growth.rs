//! No input makes the work grow faster than itself. Counted are units and evidence, not seconds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bodycopy::clean_text;

/// Each is doubled; what comes out at most doubles too, and nothing hangs, as work that grows with the square of such lengths would.
#[test]
fn hostile_texts_are_linear() {
    let pieces = [
        "Donate ",
        "Related articles\n",
        "Paywalls and subscriptions and paywalls are what this very long report is all about. ",
        "please give. ",
        "\"",
        "“",
        "«",
        "(",
        "\n",
        "\r",
        "- \n",
        "• Home\n",
        "a\u{301}",
        "\u{200b}",
        "Mr. ",
        "Share this article ",
        "our readers you we ",
        "Read more Support Now From here ",
        "支持我们",
        "1 2 3 ",
        "$1 a month ",
        "\u{feff}",
    ];
    for piece in pieces {
        let blocks = |n: usize| clean_text(&piece.repeat(n)).blocks().count();
        let (one, two) = (blocks(20_000), blocks(40_000));
        assert!(two <= 2 * one + 2, "{piece:?}: {one} blocks, then {two}");
    }
}

#[test]
fn one_long_line() {
    let line = "The ferry sails at noon and nobody minds the rain. ".repeat(40_000);
    let text = format!("{line}Please donate to our newsroom today.");
    assert_eq!(clean_text(&text).text(), line.trim_end());
}

//! `hostile`: parses one page made to be slow, for counting instructions: `valgrind --tool=callgrind tools hostile "nested div" 100000`.

use crate::check_trees::oracle::hostile::{KINDS, page};
use bodycopy::parser::parse;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The kind of page; without one, all kinds are listed.
    kind: Option<String>,
    /// About how many bytes it has.
    #[arg(default_value_t = 100_000)]
    bytes: usize,
}

pub(crate) fn run(options: &Options) {
    match &options.kind {
        None => KINDS.iter().for_each(|kind| println!("{kind}")),
        Some(kind) => {
            let page = page(kind, options.bytes);
            println!("{} bytes, {} nodes", page.len(), parse(&page).map_or(0, |dom| dom.nodes().count()));
        }
    }
}

//! The flow of a page.

use super::Cleaner;
use crate::cleaned::Cleaned;
use crate::cleaned::html::{Cut, Judged, cuts};
use crate::error::Error;
use crate::evidence::observe::observe;
use crate::evidence::structure;
use crate::input::document::Input;
use crate::input::html::{Coding, Dom, Kind, NodeId, Script, decode, export, parse};
use crate::input::linked_data;
use crate::judge::page::PageJudge;
use crate::judge::{choice, judge};
use crate::removal::{NodePart, Removal, Span};
use crate::render::whole;
use crate::segment::html::{Choice, Layout, lay_out_with};
use scraper::{Html, Node, Selector};
use std::collections::HashMap;

impl Cleaner {
    /// Cleans a page.
    ///
    /// Takes any string, in time linear in its length, and never fails. A page without a body gives an empty text; one of over 1.4 GB is taken for text.
    ///
    /// ```
    /// let cleaner = bodycopy::Cleaner::default();
    /// let page = "<nav><a href=/>Home</a> <a href=/news>News</a></nav><h1>The ferry</h1><p>The ferry sailed at noon, as it had in all the years before, \
    ///             and the gulls went with it as far as the lighthouse.</p><p>Please donate to our newsroom today.</p>";
    /// assert!(cleaner.clean_html(page).text().ends_with("as far as the lighthouse."));
    /// ```
    pub fn clean_html<'a>(&self, html: &'a str) -> Cleaned<'a> {
        self.clean(Input::html(html))
    }

    pub(super) fn page<'a>(&self, input: Input<'a>) -> Cleaned<'a> {
        let Some(dom) = parse(input.source) else { return self.clean_text(input.source) };
        let chosen = self.chosen_of(&dom);
        let layout = lay_out_with(&dom, &chosen);
        let judged = self.judge_page(&dom, &layout, &chosen);
        let mut cleaned = Cleaned::of_page(&dom, input.url, layout, judged);
        self.look_elsewhere(&dom, &mut cleaned);
        cleaned
    }

    /// Takes the boilerplate out of a tree that `scraper` parsed. Nodes go with all that is in them, texts are shortened; the ids of all nodes stay valid.
    /// Says what went, where the ranges are bytes of the texts as they were.
    ///
    /// ```
    /// let page = "<nav><a href=/>Home</a></nav><h1>The ferry</h1><p>The ferry sailed at noon, as it had in all the years before, and the gulls went with \
    ///             it as far as the lighthouse, where they turned.</p>";
    /// let mut html = scraper::Html::parse_document(page);
    /// let removed = bodycopy::Cleaner::default().prune(&mut html);
    /// assert_eq!(removed.len(), 1);
    /// assert!(!html.html().contains("Home") && html.html().contains("lighthouse"));
    /// ```
    pub fn prune(&self, page: &mut Html) -> Vec<Removal<NodePart>> {
        let Some(script) = Script::of(page) else { return Vec::new() };
        let (dom, theirs) = script.read(page);
        let ours: HashMap<_, _> = theirs.iter().copied().zip(dom.nodes()).collect();
        let chosen = self.chosen_in(page, &ours);
        let layout = lay_out_with(&dom, &chosen);
        let Judged { verdicts, cuts, .. } = self.judge_page(&dom, &layout, &chosen);
        let place = |cut: &Cut| {
            let start = dom.runs(cut.node).next().map_or(0, |run| run.at.start);
            let range = (dom.kind(cut.node) == Kind::Text).then(|| Span::new(cut.at.start - start, cut.at.end - start));
            NodePart { id: theirs[cut.node.index()], range }
        };
        let mut removals: Vec<_> = cuts.iter().map(|cut| cut.removal(place(cut), &verdicts)).collect();
        // There is no page whose bytes could be counted.
        removals.iter_mut().flat_map(|r| &mut r.evidence).for_each(|e| e.span = None);
        // From the end, so that the ranges before stay right.
        for removal in removals.iter().rev() {
            let Some(mut node) = page.tree.get_mut(removal.at.id) else { continue };
            match (removal.at.range, node.value()) {
                (Some(range), Node::Text(text)) => {
                    let old = text.text.to_string();
                    let left = [old.get(..range.start), old.get(range.end..)].into_iter().flatten().collect::<String>();
                    text.text = scraper::StrTendril::from(left);
                }
                _ => node.detach(),
            }
        }
        removals
    }

    /// Judges the blocks of a page by what is around them, and then what is left by what it says.
    fn judge_page(&self, dom: &Dom<'_>, layout: &Layout, chosen: &HashMap<NodeId, Choice>) -> Judged {
        let parts = &*self.0;
        let signals = structure::observe(dom, layout);
        let page_judge = PageJudge::new(&parts.page_trees, &signals, layout, &parts.lexicon, parts.page_policy.threshold);
        let left = page_judge.left(&parts.page_policy);
        let scan = parts.lexicon.scan(&left.text);
        let observed = observe(&left.text, &left.blocks, &scan, &parts.lexicon, Some(&left.bases));
        let said = judge(&left.text, &observed, &parts.weights, &parts.text_weights, &parts.page_policy);
        let (units, verdicts) = page_judge.join(left, observed.units, said, &parts.page_policy);
        let (units, mut verdicts) = choice::apply(layout, units, verdicts);
        let cuts = cuts(dom, layout, &units, &verdicts, chosen);
        let mut asked: Vec<usize> =
            if parts.page_policy.explain { (0..units.len()).collect() } else { cuts.iter().filter_map(|cut| cut.weakest(&verdicts)).collect() };
        // A sentence that markup cuts apart is explained once.
        asked.sort_unstable();
        asked.dedup();
        for unit in asked {
            page_judge.explain(&units[unit], &parts.page_policy, &mut verdicts[unit]);
        }
        Judged { units, verdicts, cuts, headline: signals.headline }
    }

    /// Some pages show little of what their data says: then that is the body.
    fn look_elsewhere(&self, dom: &Dom<'_>, cleaned: &mut Cleaned<'_>) {
        let Some(body) = linked_data::body(dom) else { return };
        let shown = cleaned.texts().filter(|(_, verdict)| !verdict.removed).map(|(text, _)| text.len()).sum::<usize>();
        let body = match parse(&body).filter(|_| ["</", "<br", "<p>"].iter().any(|tag| body.contains(tag))) {
            Some(dom) => whole(&lay_out_with(&dom, &HashMap::new()), None),
            None => decode(&body, Coding::Text),
        };
        let body = self.clean_text(&body).text().trim().to_owned();
        if body.len() >= ENOUGH
            && body.len() as f32 >= FAR_MORE * shown as f32
            && let Some(page) = &mut cleaned.page
        {
            page.instead = Some(body);
        }
    }

    fn chosen_of(&self, dom: &Dom<'_>) -> HashMap<NodeId, Choice> {
        if self.0.selectors.is_empty() {
            return HashMap::new();
        }
        let (html, ours) = export(dom);
        self.chosen_in(&html, &ours)
    }

    /// What the selectors choose. Where one element is to be kept and removed, it is kept.
    fn chosen_in(&self, html: &Html, ours: &HashMap<ego_tree::NodeId, NodeId>) -> HashMap<NodeId, Choice> {
        let mut chosen = HashMap::new();
        for (choice, selector) in &self.0.selectors {
            for node in html.select(selector).filter_map(|element| ours.get(&element.id())) {
                let known = chosen.entry(*node).or_insert(*choice);
                if *choice == Choice::Keep {
                    *known = Choice::Keep;
                }
            }
        }
        chosen
    }
}

/// Bytes that a page's data must say of its body to be taken for it.
const ENOUGH: usize = 400;
/// How many times as long as the page's own text it must be.
const FAR_MORE: f32 = 2.0;

/// Reads the caller's selectors.
pub(super) fn selectors(written: &[(Choice, String)]) -> Result<Vec<(Choice, Selector)>, Error> {
    let read = |(choice, css): &(Choice, String)| {
        let selector = Selector::parse(css).map_err(|e| Error::Selector { selector: css.clone(), reason: e.to_string() })?;
        Ok((*choice, selector))
    };
    written.iter().map(read).collect()
}

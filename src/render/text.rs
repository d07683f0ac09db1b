use crate::cleaned::Cleaned;
use std::borrow::Cow;

impl Cleaned<'_> {
    /// The body as plain text. Of text: the kept ranges joined, and nothing else; borrowed where nothing, or only an edge, went.
    ///
    /// Of a page: the headline, then the other blocks in the page's order, parted by one blank line; items of a list, rows of a table and lines of a
    /// paragraph are parted by a line end, cells by a tab.
    ///
    /// ```
    /// let text = "Share this article\n\nThe bridge opens on Friday.";
    /// assert_eq!(bodycopy::clean_text(text).text(), "The bridge opens on Friday.");
    /// ```
    pub fn text(&self) -> Cow<'_, str> {
        #[cfg(feature = "html")]
        if let Some(page) = &self.page {
            return Cow::Owned(super::page::text(page, self.blocks().map(|(_, verdict)| verdict.removed)));
        }
        let mut kept = self.kept();
        let first = kept.next().unwrap_or_default();
        match kept.next() {
            None => Cow::Borrowed(first),
            Some(second) => Cow::Owned([first, second].into_iter().chain(kept).collect()),
        }
    }
}

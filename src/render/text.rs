use crate::cleaned::Cleaned;
use std::borrow::Cow;

impl Cleaned<'_> {
    /// The body as plain text: the kept ranges joined, and nothing else. Borrowed where nothing, or only an edge, went.
    ///
    /// ```
    /// let text = "Share this article\n\nThe bridge opens on Friday.";
    /// assert_eq!(bodycopy::clean_text(text).text(), "The bridge opens on Friday.");
    /// ```
    pub fn text(&self) -> Cow<'_, str> {
        let mut kept = self.kept();
        let first = kept.next().unwrap_or_default();
        match kept.next() {
            None => Cow::Borrowed(first),
            Some(second) => Cow::Owned([first, second].into_iter().chain(kept).collect()),
        }
    }
}

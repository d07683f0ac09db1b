/// One document to clean, and what is known of it.
///
/// ```
/// use bodycopy::{Cleaner, Input};
/// let cleaned = Cleaner::default().clean(Input::text("Advertisement\n\nThe ferry sails at noon."));
/// assert_eq!(cleaned.text(), "The ferry sails at noon.");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub(crate) source: &'a str,
    #[cfg(feature = "html")]
    pub(crate) is_page: bool,
    #[cfg(feature = "html")]
    pub(crate) url: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// Plain text.
    ///
    /// ```
    /// let input = bodycopy::Input::text("The ferry sails at noon.");
    /// ```
    pub fn text(text: &'a str) -> Self {
        Input {
            source: text,
            #[cfg(feature = "html")]
            is_page: false,
            #[cfg(feature = "html")]
            url: None,
        }
    }

    /// A page.
    ///
    /// ```
    /// let input = bodycopy::Input::html("<p>The ferry sails at noon.").url("https://gazette.example/ferry");
    /// ```
    #[cfg(feature = "html")]
    pub fn html(html: &'a str) -> Self {
        Input { source: html, is_page: true, url: None }
    }

    /// Where a page is from: its links are made absolute by it. Without effect where it is no absolute URL.
    ///
    /// ```
    /// use bodycopy::{Cleaner, Input};
    /// let page = "<p>The ferry sailed at noon, as it had in <a href=/log>all the years before</a>, and the gulls went with it.";
    /// let cleaned = Cleaner::default().clean(Input::html(page).url("https://gazette.example/ferry"));
    /// assert!(cleaned.markdown().contains("[all the years before](https://gazette.example/log)"));
    /// ```
    #[cfg(feature = "html")]
    pub fn url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }
}

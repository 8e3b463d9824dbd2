//! Why a part of a page is no part of its article.

use serde::Deserialize;

/// Why a part of the page is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub(super) enum Reason {
    /// Menus, headers, footers, breadcrumbs, page numbers.
    Navigation,
    /// What readers wrote.
    Comments,
    /// Teasers of other articles.
    RelatedLinks,
    /// Buttons and counts of social networks.
    Share,
    /// Invitations to subscribe, sign up, log in, donate.
    Subscription,
    /// Advertisements and sponsors' words.
    Advertisement,
    /// Captions and credits of pictures, galleries, players.
    Caption,
    /// Author lines, dates, author portraits.
    Byline,
    /// Lists of tags and topics.
    Tags,
    /// Notes about cookies and consent.
    CookieNotice,
    /// Not shown to the reader.
    Hidden,
    /// Polls, tickers, search forms, tools.
    Widget,
    /// Rights and legal notes.
    Legal,
    /// Text outside of the part that holds the article.
    OutsideArticle,
    /// A line of links, a label, a heading of nothing.
    Stub,
    /// The same text a second time.
    Repeated,
}

impl Reason {
    /// Its name in outputs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Reason::Navigation => "navigation",
            Reason::Comments => "comments",
            Reason::RelatedLinks => "related-links",
            Reason::Share => "share",
            Reason::Subscription => "subscription",
            Reason::Advertisement => "advertisement",
            Reason::Caption => "caption",
            Reason::Byline => "byline",
            Reason::Tags => "tags",
            Reason::CookieNotice => "cookie-notice",
            Reason::Hidden => "hidden",
            Reason::Widget => "widget",
            Reason::Legal => "legal",
            Reason::OutsideArticle => "outside-article",
            Reason::Stub => "stub",
            Reason::Repeated => "repeated",
        }
    }
}

//! HTML: a page is an article. Its main text, what it says of itself, and what was left out, with the reasons.
//!
//! `bytes -> charset -> tree -> blocks -> main text`, with linked data and meta tags read from the same tree.
//! html5gum cuts the page into tags by the standard. The rest is ours: of the crates that find the main text the most
//! exact took 12 ms a page, and none of them was made for pages of any depth and size.

mod apart;
mod block;
mod build;
mod byline;
mod charset;
mod container;
mod cue;
mod fragment;
mod linked_data;
mod main_text;
mod mass;
mod metadata;
mod page;
mod published;
mod quote;
mod reason;
mod sheet;
mod tag;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod trim;
mod wall;

pub(super) use fragment::{Fragment, fragment, line, with_breaks};
pub(super) use page::{Told, article};
pub(super) use sheet::{Element, Line, Sheet, Tag};

use super::columns::add_targets;
use super::export::{self, Found};
use super::row::Raw;
use super::{Format, Options, Row, Rows, Source, has_ending, one};
use crate::article::Article;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".html", ".htm", ".xhtml"];

/// HTML.
pub(super) const FORMAT: Format = Format {
    name: "html",
    doc: "a web page: main text, title, outlet, date, byline; boilerplate left out",
    endings: ENDINGS,
    matches: |name, head| has_ending(name, ENDINGS) || looks_like_it(head),
    read: |source, options| Box::new(std::iter::once_with(move || rows(source, options)).flatten()),
};

/// Reads a page that lies in memory: its main text, and what it says of itself. A page without an article gives an
/// article without text, and a warning.
///
/// ```
/// let page = "<title>Bridge closes</title><body><nav>Home</nav><p>The bridge closes on Monday, the port said.</p>";
/// let article = newsgauge::read::read_page(page.as_bytes());
/// assert_eq!(article.title.as_deref(), Some("Bridge closes"));
/// assert_eq!(article.text, "The bridge closes on Monday, the port said.");
/// ```
#[must_use]
pub fn read_page(html: &[u8]) -> Article {
    article(html, Told::default())
}

/// Opens with a tag that begins pages, comments and XML declarations passed over.
pub(super) fn looks_like_it(head: &[u8]) -> bool {
    let mut body = head.trim_ascii_start();
    loop {
        let end: &[u8] = match body {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b">",
            _ => break,
        };
        let Some(at) = body.windows(end.len()).position(|w| w == end) else { break };
        body = body[at + end.len()..].trim_ascii_start();
    }
    const OPENINGS: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<div",
        "<script",
    ];
    OPENINGS
        .iter()
        .any(|o| body.get(..o.len()).is_some_and(|b| b.eq_ignore_ascii_case(o.as_bytes())))
}

fn rows(mut source: Source, options: Arc<Options>) -> Rows {
    let place = source.place(None, None);
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, place)),
    };
    match export::in_page(&bytes, &source, &options) {
        Found::Articles(rows) => return rows,
        Found::Several(reason) => return one(Row::rejected(place, reason)),
        Found::Other => {}
    }
    one(Row::new(place.clone(), Raw::of(&bytes), move || {
        if bytes.trim_ascii().is_empty() {
            return Err(place.reject(None, "holds no text"));
        }
        let mut page = article(&bytes, Told { repair: options.repair, ..Told::default() });
        if let Some(reason) = export::several(&page.text) {
            return Err(place.reject(None, reason));
        }
        page.warnings.splice(0..0, source.warning);
        let named = place.article(None);
        page.id = named.id;
        page.source = named.source;
        add_targets(&mut page, &options);
        Ok(page)
    }))
}

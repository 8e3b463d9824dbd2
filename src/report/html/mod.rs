//! Pages for a browser: one file each, with style, script and charts inside, that needs no network and no other file.
//!
//! - [`article_page`]: an article with its evidence, from the sections of [`Page`](super::Page).
//!
//! Templates (`*.html`, askama) stand in this folder, design tokens at the head of `style.css`. All words of articles are hostile:
//! [`Isolated`] is the only way in which they come into a page's text, [`attribute`] the one into attributes, [`web_link`] the one
//! into links. No page holds a `style` attribute or an event handler, so that its policy ([`Shell`]) allows the inline style
//! and script by their hashes, and nothing else.

mod article;
mod chart;
mod safe;
mod strip;
mod text;
mod utf16;

pub use article::article_page;
pub(in crate::report) use safe::{Isolated, attribute, web_link};

use askama::filters::HtmlSafe;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt;

/// Text of the program that stands in a page as it is.
struct Verbatim(&'static str);

impl fmt::Display for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl HtmlSafe for Verbatim {}

const STYLE: &str = include_str!("style.css");

/// What stands around every page.
struct Shell {
    title: String,
    policy: String,
    style: Verbatim,
    script: Verbatim,
    version: &'static str,
}

impl Shell {
    fn new(title: &str, script: &'static str) -> Self {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        Shell {
            title: attribute(title),
            policy: format!(
                "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                hash(STYLE),
                hash(script)
            ),
            style: Verbatim(STYLE),
            script: Verbatim(script),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// The page that a template makes.
fn filled(template: &impl askama::Template) -> String {
    // Templates write numbers and text into a String: nothing in them fails.
    template.render().unwrap_or_default()
}

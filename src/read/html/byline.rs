//! Who a page says wrote its article: linked data, meta tags, then what the page shows, comments and teasers aside.

use super::cue::cue;
use super::linked_data::LinkedData;
use super::metadata::{Seen, folded};
use super::reason::Reason;
use super::tag::Tag;
use super::tree::{Id, Name, Tree};

const BYLINES: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article.author",
    "twitter:creator",
];

/// Classes of an author's name.
const AUTHORS: &[&str] = &[
    "author",
    "author-name",
    "p-author",
    "article-author",
    "post-author",
    "entry-author",
    "article__author",
];

/// Names in a byline; a page may give a million.
const NAMES: usize = 64;

/// Longest line that may be a byline, words.
const BYLINE_WORDS: usize = 14;

pub(super) fn byline(seen: &Seen<'_>, data: &LinkedData) -> Option<String> {
    let person = |s: &String| {
        !s.contains("://")
            && !s.starts_with('@')
            && !s.is_empty()
            && s.split_whitespace().count() <= BYLINE_WORDS
    };
    let authors: Vec<String> =
        data.authors.iter().map(|a| clean_byline(a)).filter(person).collect();
    if !authors.is_empty() {
        return Some(distinct(authors).join(", "));
    }
    for name in BYLINES {
        let found: Vec<String> =
            seen.all(&[name]).map(|b| clean_byline(&b)).filter(person).collect();
        if !found.is_empty() {
            return Some(distinct(found).join(", "));
        }
    }
    let shown = seen.elements(|tag, name, value| match name {
        Name::Rel => value.eq_ignore_ascii_case("author"),
        Name::Itemprop => value.eq_ignore_ascii_case("author"),
        Name::Class => {
            tag != Tag::Body
                && value
                    .split_whitespace()
                    .map(str::to_ascii_lowercase)
                    .any(|c| c.contains("byline") || AUTHORS.contains(&c.as_str()))
        }
        _ => false,
    });
    shown
        .take(SHOWN)
        .filter(|id| !elsewhere(seen.tree, *id))
        .map(|id| clean_byline(&folded(&seen.tree.text_of(id))))
        .find(|b| person(b) && b.chars().any(char::is_alphabetic))
}

/// Elements that are looked at for a name or a date, each with all that is around it.
pub(super) const SHOWN: usize = 256;

/// Is an element part of what readers wrote, or of a teaser of another article?
pub(super) fn elsewhere(tree: &Tree, mut id: Id) -> bool {
    while id != 0 {
        let tag = tree.tag(id).unwrap_or(Tag::Other);
        let leads = matches!(cue(tree, id, tag), Some(Reason::Comments | Reason::RelatedLinks));
        let comments = tree
            .attribute(id, Name::Itemprop)
            .is_some_and(|told| told.split_ascii_whitespace().any(|word| word == "comment"));
        if comments || leads && !matches!(tag, Tag::Html | Tag::Body | Tag::Main) {
            return true;
        }
        id = tree.nodes[id as usize].parent;
    }
    false
}

fn distinct(all: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for one in all {
        if out.len() < NAMES && !out.contains(&one) {
            out.push(one);
        }
    }
    out
}

/// Without "By" in front and what follows a bar.
fn clean_byline(text: &str) -> String {
    let cuts = [" | ", " @", " • ", " · ", " Updated", " Published", " Posted on"];
    // A date or a count of comments follows the name.
    let number = text.find(|c: char| c.is_ascii_digit());
    let end = cuts.iter().filter_map(|c| text.find(c)).chain(number).min().unwrap_or(text.len());
    let text = text[..end].trim();
    let by = ["By ", "BY ", "by ", "By: ", "Written by ", "Posted by ", "by: "]
        .iter()
        .find_map(|b| text.strip_prefix(b))
        .unwrap_or(text);
    by.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '-' | ':'))
        .to_owned()
}

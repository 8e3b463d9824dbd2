//! What the names of classes and ids say about an element: one table of words, each with the reason it gives.

use super::reason::Reason;
use super::tag::Tag;
use super::tree::{Id, Name, Tree};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What `cue.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    element: BTreeMap<Reason, Vec<String>>,
    around: Words,
    article: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

struct Names {
    /// Words with the reason they give, in alphabetical order.
    element: Vec<(String, Reason)>,
    around: Vec<String>,
    article: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("cue.toml")).expect("a test reads it");
    let words = file.element.into_iter();
    let mut element: Vec<(String, Reason)> =
        words.flat_map(|(reason, words)| words.into_iter().map(move |w| (w, reason))).collect();
    element.sort();
    Names { element, around: file.around.words, article: file.article.words }
});

fn look_up(word: &str) -> Option<Reason> {
    let words = &NAMES.element;
    words.binary_search_by(|(w, _)| w.as_str().cmp(word)).ok().map(|at| words[at].1)
}

/// The words of a class attribute or id, lower case: "relatedPosts js-item" has related, posts, js, item.
pub(super) fn words(value: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut small_before = false;
    for c in value.chars().take(400) {
        let turn = c.is_ascii_uppercase() && small_before;
        if (turn || !c.is_ascii_alphanumeric()) && !word.is_empty() {
            each(&word);
            word.clear();
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        small_before = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        each(&word);
    }
}

/// What an element's tag, role and names say.
pub(super) fn cue(tree: &Tree, id: Id, tag: Tag) -> Option<Reason> {
    let by_tag = match tag {
        Tag::Nav | Tag::Footer | Tag::Menu => Some(Reason::Navigation),
        Tag::Aside => Some(Reason::RelatedLinks),
        Tag::Figcaption | Tag::Figure => Some(Reason::Caption),
        Tag::Form | Tag::Dialog => Some(Reason::Widget),
        _ => None,
    };
    if by_tag.is_some() {
        return by_tag;
    }
    let mut found = None;
    for (name, value) in tree.attributes(id) {
        match name {
            Name::Hidden => return Some(Reason::Hidden),
            Name::AriaHidden if value == "true" => return Some(Reason::Hidden),
            Name::Style if hides(value) => return Some(Reason::Hidden),
            Name::Role => match value {
                "navigation" | "banner" | "contentinfo" | "menu" | "menubar" => {
                    return Some(Reason::Navigation);
                }
                "complementary" => return Some(Reason::RelatedLinks),
                "search" | "dialog" | "alertdialog" | "toolbar" | "tooltip" => {
                    return Some(Reason::Widget);
                }
                _ => {}
            },
            Name::Class | Name::Id | Name::Kind if found.is_none() => {
                let mut before = String::new();
                words(value, |word| {
                    if found.is_none() {
                        if !NAMES.around.contains(&before) {
                            found = look_up(word);
                        }
                        if found.is_none() && !before.is_empty() {
                            before.push_str(word);
                            found = look_up(&before);
                        }
                        before.clear();
                        before.push_str(word);
                    }
                });
            }
            _ => {}
        }
    }
    found
}

fn hides(style: &str) -> bool {
    let folded: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(400)
        .collect::<String>()
        .to_ascii_lowercase();
    folded.contains("display:none") || folded.contains("visibility:hidden")
}

/// Names by which pages call the element that holds the article's text.
pub(super) fn names_article_text(tree: &Tree, id: Id) -> bool {
    tree.attributes(id).any(|(name, value)| match name {
        Name::Itemprop => value.eq_ignore_ascii_case("articleBody"),
        Name::Class | Name::Id | Name::Kind => {
            let mut joined = String::new();
            words(value, |w| {
                joined.push_str(w);
                joined.push(' ');
            });
            NAMES.article.iter().any(|n| {
                joined.match_indices(n.as_str()).any(|(at, _)| {
                    (at == 0 || joined.as_bytes()[at - 1] == b' ')
                        && joined.as_bytes().get(at + n.len()).is_none_or(|b| *b == b' ')
                })
            })
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_gives_two_reasons() {
        assert!(NAMES.element.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(look_up("cookielaw"), Some(Reason::CookieNotice));
    }
}

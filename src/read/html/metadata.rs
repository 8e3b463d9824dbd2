//! Title, outlet, date, byline, language and address of a page: linked data, then meta tags, then what the page shows.

use super::block::Blocks;
use super::byline::byline;
use super::linked_data::LinkedData;
use super::published::{date, date_under};
use super::tag::Tag;
use super::tree::{Id, Name, Tree};

/// What a page says about its article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) language: Option<String>,
}

const TITLES: &[&str] =
    &["og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "headline"];
const OUTLETS: &[&str] =
    &["og:site_name", "application-name", "dc.publisher", "publisher", "cre", "source"];

/// Headings of each kind, and names of the headline in tags, that are looked at: each is held against each.
const HEADINGS: usize = 20;

/// What the meta tags and the visible parts of a page give.
pub(super) struct Seen<'t> {
    pub(super) tree: &'t Tree,
    /// Name in lower case, content.
    metas: Vec<(String, &'t str)>,
    canonical: Option<&'t str>,
    title: String,
    headings: Vec<String>,
    lesser: Vec<String>,
    html_language: Option<&'t str>,
}

impl<'t> Seen<'t> {
    fn new(tree: &'t Tree) -> Self {
        let mut seen = Seen {
            tree,
            metas: Vec::new(),
            canonical: None,
            title: String::new(),
            headings: Vec::new(),
            lesser: Vec::new(),
            html_language: None,
        };
        for id in 1..tree.nodes.len() as Id {
            match tree.tag(id) {
                Some(Tag::Meta) => {
                    let content =
                        tree.attribute(id, Name::Content).map(str::trim).filter(|c| !c.is_empty());
                    let named = tree
                        .attributes(id)
                        .filter(|(n, _)| matches!(n, Name::Property | Name::Itemprop));
                    if let Some(content) = content {
                        seen.metas
                            .extend(named.map(|(_, name)| (name.to_ascii_lowercase(), content)));
                    }
                }
                Some(Tag::Link)
                    if tree
                        .attribute(id, Name::Rel)
                        .is_some_and(|r| r.eq_ignore_ascii_case("canonical")) =>
                {
                    seen.canonical = seen.canonical.or(tree.attribute(id, Name::Href));
                }
                Some(Tag::Title) if seen.title.is_empty() => {
                    seen.title = folded(&tree.within(id).map(|i| tree.text(i)).collect::<String>())
                }
                Some(Tag::H1) if seen.headings.len() < HEADINGS => {
                    seen.headings.push(folded(&tree.text_of(id)))
                }
                Some(Tag::H2) if seen.lesser.len() < HEADINGS => {
                    seen.lesser.push(folded(&tree.text_of(id)))
                }
                Some(Tag::Html) => {
                    seen.html_language = seen.html_language.or(tree.attribute(id, Name::Lang))
                }
                _ => {}
            }
        }
        seen.headings.retain(|h| !h.is_empty());
        seen
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        self.all(names).next()
    }

    pub(super) fn all<'s>(&'s self, names: &'s [&str]) -> impl Iterator<Item = String> + 's {
        names
            .iter()
            .flat_map(|name| self.metas.iter().filter(move |(n, _)| n == name))
            .map(|(_, content)| folded(content))
            .filter(|c| !c.is_empty())
    }

    /// Elements that say by an attribute that they are the thing asked for.
    pub(super) fn elements<'s>(
        &'s self,
        is: impl Fn(Tag, Name, &str) -> bool + 's,
    ) -> impl Iterator<Item = Id> + 's {
        (1..self.tree.nodes.len() as Id).filter(move |id| {
            self.tree.tag(*id).is_some_and(|tag| {
                tag != Tag::Meta && self.tree.attributes(*id).any(|(n, v)| is(tag, n, v))
            })
        })
    }
}

/// Reads what is known about the page's article.
pub(super) fn metadata(tree: &Tree, data: &LinkedData, blocks: &Blocks) -> Metadata {
    let seen = Seen::new(tree);
    let url = [
        seen.canonical.map(str::to_owned),
        seen.meta(&["og:url", "twitter:url"]),
        data.url.clone(),
    ];
    let url =
        url.into_iter().flatten().map(|u| u.trim().to_owned()).find(|u| u.starts_with("http"));
    let outlet = seen
        .meta(OUTLETS)
        .filter(|o| !o.starts_with("http") && o.len() < 80)
        .or_else(|| data.publisher.clone())
        .or_else(|| url.as_deref().and_then(host).map(str::to_owned));
    let title = title(&seen, data, outlet.as_deref());
    let date = date(&seen, data, url.as_deref()).or_else(|| date_under(blocks, title.as_deref()?));
    Metadata {
        title,
        date,
        byline: byline(&seen, data),
        language: language(&seen, data),
        outlet,
        url,
    }
}

/// White space folded, ends trimmed; no more than a heading is long.
pub(super) fn folded(text: &str) -> String {
    let line: String = text.chars().take(1000).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower-case words.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Share of the words of `a` that `b` holds.
fn shared(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let common = a.iter().filter(|w| b.contains(w)).count();
    common as f64 / a.len().max(1) as f64
}

/// The heading on the page where the page's own names of it agree; else what these say.
fn title(seen: &Seen<'_>, data: &LinkedData, outlet: Option<&str>) -> Option<String> {
    let told: Vec<String> = seen
        .all(TITLES)
        .take(HEADINGS)
        .chain(data.headline.iter().map(|h| folded(h)))
        .chain(Some(seen.title.clone()))
        .filter(|t| !t.is_empty())
        .collect();
    // Both ways: a heading that is the outlet's name stands in the page's title too.
    let agrees = |h: &&String| {
        told.iter().any(|t| shared(h, t) >= 0.6 && shared(&without_outlet(t, outlet), h) >= 0.4)
            && words(h).len() > 1
    };
    if let Some(heading) = seen.headings.iter().find(agrees).filter(|h| h.len() < 400) {
        return Some(heading.clone());
    }
    // Old pages write the headline as a lesser heading, and their title begins with it.
    let begins =
        |h: &&String| words(h).len() >= 4 && told.iter().any(|t| t.starts_with(h.as_str()));
    if let Some(heading) = seen.lesser.iter().find(begins) {
        return Some(heading.clone());
    }
    let best = told.first().map(|t| without_outlet(t, outlet));
    best.or_else(|| seen.headings.first().cloned()).filter(|t| !t.is_empty())
}

/// A page's title without the outlet's name at its end or beginning.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let name = outlet.is_some_and(|o| {
                shared(tail, o) >= 0.5 || shared(o, tail) >= 0.99 && words(tail).len() < 6
            });
            let label = words(tail).len() <= 3 && words(head).len() >= 4 && mark != " - ";
            if name || label {
                return head.trim().to_owned();
            }
        }
        if let Some((head, tail)) = title.split_once(mark)
            && outlet.is_some_and(|o| shared(head, o) >= 0.5)
            && words(tail).len() > words(head).len()
        {
            return tail.trim().to_owned();
        }
    }
    title.to_owned()
}

fn language(seen: &Seen<'_>, data: &LinkedData) -> Option<String> {
    let told = [
        seen.html_language.map(str::to_owned),
        seen.meta(&["content-language", "og:locale", "language", "dc.language", "inlanguage"]),
        data.language.clone(),
    ];
    told.into_iter()
        .flatten()
        .map(|l| {
            l.trim()
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect::<String>()
                .to_ascii_lowercase()
        })
        .find(|l| matches!(l.len(), 2 | 3))
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| h.contains('.'))
}

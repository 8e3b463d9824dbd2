//! What a page says of its article in JSON-LD.

use super::block::Blocks;
use super::tag::Tag;
use super::text::place;
use super::tree::{Id, Name, Tree};
use serde_json::Value;

/// The article as the page describes it to search engines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
    /// The page says that it is not free to read.
    pub(super) paid: bool,
    /// A live blog.
    pub(super) live: bool,
}

/// Scripts longer than this are passed over, bytes.
const LONGEST: usize = 4 << 20;

/// How well a type names the article of the page; the best one found is read.
fn rank(kind: &str) -> u8 {
    match kind {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle" => 5,
        "LiveBlogPosting" => 5,
        "Article" | "BlogPosting" | "ClaimReview" | "Report" | "TechArticle"
        | "ScholarlyArticle" | "SocialMediaPosting" => 4,
        "Review" | "Recipe" => 2,
        "WebPage" | "ItemPage" => 1,
        _ => 0,
    }
}

/// Reads every JSON-LD script of the page.
pub(super) fn linked_data(tree: &Tree) -> LinkedData {
    let mut best: (u8, LinkedData) = (0, LinkedData::default());
    for id in 1..tree.nodes.len() as Id {
        if tree.tag(id) != Some(Tag::Script)
            || !tree
                .attribute(id, Name::Type)
                .is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
        {
            continue;
        }
        let script: String = tree.within(id).map(|i| tree.text(i)).collect();
        if script.len() <= LONGEST
            && let Some(value) = parse(&script)
        {
            each(&value, &mut |object| {
                let kind = kinds(object).map(rank).max().unwrap_or(0);
                if kind > best.0 {
                    best = (kind, read(object));
                } else if kind > 0
                    && kind == best.0
                    && best.1.body.is_none()
                    && text(&object["articleBody"]).is_some()
                {
                    best.1.body = text(&object["articleBody"]);
                }
            });
        }
    }
    best.1
}

/// Pages write raw line ends into strings, comment marks and stray semicolons around the object.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script
        .strip_prefix("<!--")
        .map_or(script, |s| s.trim_end().strip_suffix("-->").unwrap_or(s));
    let script = script
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

/// Every object at the top, in arrays and graphs. The parser bounds the depth.
fn each<'v>(value: &'v Value, see: &mut impl FnMut(&'v Value)) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| each(v, see)),
        Value::Object(object) => {
            see(value);
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(name) {
                    each(inner, see);
                }
            }
        }
        _ => {}
    }
}

fn kinds(object: &Value) -> impl Iterator<Item = &str> {
    let kind = &object["@type"];
    let all = kind.as_array().map_or(std::slice::from_ref(kind), Vec::as_slice);
    all.iter().filter_map(Value::as_str).map(|k| k.rsplit(['/', ':', '#']).next().unwrap_or(k))
}

fn read(object: &Value) -> LinkedData {
    let free = &object["isAccessibleForFree"];
    LinkedData {
        headline: text(&object["headline"]).or_else(|| text(&object["name"])),
        published: text(&object["datePublished"]).or_else(|| text(&object["dateCreated"])),
        authors: names(&object["author"]),
        publisher: names(&object["publisher"]).into_iter().next(),
        language: text(&object["inLanguage"]),
        url: text(&object["mainEntityOfPage"])
            .or_else(|| text(&object["mainEntityOfPage"]["@id"]))
            .or_else(|| text(&object["url"])),
        body: text(&object["articleBody"]),
        paid: free.as_bool() == Some(false)
            || free.as_str().is_some_and(|f| f.eq_ignore_ascii_case("false")),
        live: kinds(object).any(|k| k == "LiveBlogPosting"),
    }
}

fn text(value: &Value) -> Option<String> {
    let value = value.as_array().and_then(|a| a.first()).unwrap_or(value);
    value.as_str().map(|s| unescape(s).trim().to_owned()).filter(|s| !s.is_empty())
}

/// Names of persons or organisations, however they are written.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(_) => text(value).into_iter().collect(),
        Value::Array(all) => all.iter().filter(|v| !v.is_array()).flat_map(names).collect(),
        Value::Object(_) => text(&value["name"]).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Strings hold entities and tags although they are JSON: they are read as a page of their own.
fn unescape(s: &str) -> String {
    if !s.contains(['&', '<']) {
        return s.to_owned();
    }
    let page = Blocks::of(&Tree::parse(s));
    // Line ends part paragraphs, which a page would fold.
    if page.list.len() <= 1 && s.contains('\n') {
        return s
            .lines()
            .map(|line| plain(&Blocks::of(&Tree::parse(line))))
            .collect::<Vec<_>>()
            .join("\n");
    }
    plain(&page)
}

fn plain(page: &Blocks) -> String {
    place(page, &vec![None; page.list.len()]).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> LinkedData {
        linked_data(&Tree::parse(&format!("<script type=\"application/ld+json\">{json}</script>")))
    }

    #[test]
    fn the_article_is_found_wherever_it_stands() {
        let data = of(
            r#"{"@graph": [{"@type": "WebPage", "name": "Page"}, {"@type": ["NewsArticle"], "headline": "Bridge &amp; tunnel",
            "author": [{"name": "Ana Dorn"}, "Ilya Renn"], "publisher": {"name": "Norwire"}, "datePublished": "2031-05-02", "isAccessibleForFree": "False"}]}"#,
        );
        assert_eq!(data.headline.as_deref(), Some("Bridge & tunnel"));
        assert_eq!(data.authors, ["Ana Dorn", "Ilya Renn"]);
        assert_eq!(
            (data.publisher.as_deref(), data.published.as_deref(), data.paid),
            (Some("Norwire"), Some("2031-05-02"), true)
        );
    }

    #[test]
    fn broken_scripts_are_mended_or_passed_over() {
        assert_eq!(
            of("{\"@type\": \"Article\", \"headline\": \"Two\nlines\"};").headline.as_deref(),
            Some("Two lines")
        );
        assert_eq!(of("{\"@type\": \"Article\", \"headline\": ").headline, None);
        assert_eq!(
            of(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))),
            LinkedData::default()
        );
    }
}

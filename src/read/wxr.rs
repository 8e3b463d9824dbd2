//! WordPress exports (WXR): an article for each post and page that has text.

use super::Format;
use super::html::{fragment, line, with_breaks};
use super::xml::{Cutting, Found, Head, Id, Tree, root, rows};
use crate::article::Article;
use std::collections::BTreeMap;

/// WordPress exports.
pub(super) const FORMAT: Format = Format {
    name: "wxr",
    doc: "a WordPress export: an article a post or page that has text",
    endings: &[".wxr"],
    matches: |_, head| root(head) == Some("rss") && holds(head, b"wordpress.org/export/"),
    read: |source, options| rows(source, options, &CUTTING),
};

static CUTTING: Cutting<Site> = Cutting { names: &["item"], head: site, item };

fn holds(head: &[u8], part: &[u8]) -> bool {
    head.windows(part.len()).any(|w| w == part)
}

/// Parts of a site that are stored as posts are and hold no article.
const FURNITURE: &[&str] = &[
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "wp_block",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
];

/// States of a post that readers do not see.
const UNPUBLISHED: &[&str] = &["draft", "auto-draft", "pending", "private", "future", "trash"];

/// What the export says of its site.
struct Site {
    starts: String,
    ends: String,
    title: Option<String>,
    language: Option<String>,
    /// Names of the authors by their logins.
    authors: BTreeMap<String, String>,
}

fn site(head: &Head) -> Result<Site, String> {
    let tree = Tree::parse(&[head.text.as_str(), &head.ends].concat())?;
    let channel = tree.find(0, "channel").unwrap_or(0);
    let text = |of: Id, name: &str| tree.child(of, name).and_then(|id| tree.line(id));
    let mut authors = BTreeMap::new();
    for author in tree.all(channel, "author").filter(|id| tree.name(*id) == "wp:author") {
        let Some(login) = text(author, "wp:author_login") else { continue };
        let parts = ["wp:author_first_name", "wp:author_last_name"];
        let full: Vec<String> = parts.iter().filter_map(|part| text(author, part)).collect();
        let shown = text(author, "wp:author_display_name").filter(|name| *name != login);
        let name = shown.or_else(|| (full.len() == 2).then(|| full.join(" ")));
        authors.insert(login.clone(), name.unwrap_or(login));
    }
    Ok(Site {
        starts: head.starts.clone(),
        ends: head.ends.clone(),
        title: text(channel, "title").and_then(|title| line(&title)),
        language: text(channel, "language"),
        authors,
    })
}

fn item(site: &Site, xml: &str) -> Result<Found, String> {
    let tree = Tree::parse(&[site.starts.as_str(), xml, &site.ends].concat())?;
    let post = tree.find(0, "item").ok_or("no item")?;
    let text = |name: &str| tree.child(post, name).and_then(|id| tree.line(id));
    let raw = |name: &str| tree.child(post, name).map(|id| tree.raw(id)).unwrap_or_default();
    let kind = text("wp:post_type").unwrap_or_default();
    if FURNITURE.contains(&kind.as_str()) {
        return Ok(Found::Nothing("a part of the site that is no article: a picture, a menu"));
    }
    let mut warnings = Vec::new();
    let mut body = fragment(&with_breaks(&without_shortcodes(&raw("content:encoded"))));
    if body.text.is_empty() {
        body = fragment(&with_breaks(&raw("excerpt:encoded")));
        warnings.push("only an excerpt: the post has no other text".to_owned());
    }
    if body.text.is_empty() {
        return Ok(Found::Nothing("a post without text"));
    }
    if let Some(status) = text("wp:status").filter(|s| UNPUBLISHED.contains(&s.as_str())) {
        warnings.push(format!("not published: its status is {status}"));
    }
    let id = text("guid").or_else(|| text("link")).or_else(|| text("wp:post_id"));
    let creator = text("dc:creator");
    Ok(Found::Article(Box::new(Article {
        id: id.unwrap_or_default(),
        title: text("title").and_then(|title| line(&title)),
        outlet: site.title.clone(),
        url: text("link"),
        byline: creator.map(|login| site.authors.get(&login).cloned().unwrap_or(login)),
        date: date(text("wp:post_date_gmt"), text("wp:post_date"), text("pubDate")),
        declared_language: site.language.clone(),
        warnings,
        ..body.into_article()
    })))
}

/// "2013-07-29 16:03:54" in UTC or local time; a draft has zeros there.
fn date(gmt: Option<String>, local: Option<String>, published: Option<String>) -> Option<String> {
    let iso = |date: Option<String>, zone: &str| {
        let date = date.filter(|d| d.len() == 19 && !d.starts_with("0000"))?;
        Some(date.replacen(' ', "T", 1) + zone)
    };
    iso(gmt, "Z").or_else(|| iso(local, "")).or(published)
}

/// WordPress's own shortcodes, and whether what they enclose goes with them.
const SHORTCODES: &[(&str, bool)] = &[
    ("caption", true),
    ("wp_caption", true),
    ("gallery", true),
    ("embed", true),
    ("audio", true),
    ("video", true),
    ("playlist", true),
];

/// A body without `[caption …]…[/caption]` and the like, which WordPress replaces when it shows a post.
fn without_shortcodes(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match shortcode(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Longest tag of a shortcode, bytes: bounds the look for its end.
const TAG: usize = 2000;

/// Longest content of a shortcode, bytes.
const CONTENT: usize = 8000;

/// Length of the shortcode that begins here.
fn shortcode(text: &str) -> Option<usize> {
    let name_end = text[1..].find(|c: char| !(c.is_ascii_lowercase() || c == '_'))? + 1;
    let (name, encloses) = SHORTCODES.iter().find(|(name, _)| *name == &text[1..name_end])?;
    let end = text.as_bytes().iter().take(TAG).position(|b| *b == b']')? + 1;
    if !encloses || text[..end].ends_with("/]") {
        return Some(end);
    }
    let closing = format!("[/{name}]");
    let most = (end + CONTENT).min(text.len());
    let window = text.as_bytes().get(end..most)?;
    let closed = window.windows(closing.len()).position(|w| w == closing.as_bytes());
    Some(closed.map_or(end, |at| end + at + closing.len()))
}

#[cfg(test)]
mod tests {
    use super::super::Reject;
    use super::super::testing::{known_as, read};
    use super::*;

    const HEAD: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Norby Courier</title><language>en-US</language><wp:author><wp:author_login><![CDATA[ida]]></wp:author_login><wp:author_display_name><![CDATA[ida]]></wp:author_display_name><wp:author_first_name><![CDATA[Ida]]></wp:author_first_name><wp:author_last_name><![CDATA[Berg]]></wp:author_last_name></wp:author>";

    fn post(more: &str, body: &str) -> String {
        format!(
            "<item><title>Quay &amp;#8217;s end</title><link>https://norby.example/1</link><pubDate>Mon, 29 Jul 2013 16:03:54 +0000</pubDate><dc:creator><![CDATA[ida]]></dc:creator><guid>https://norby.example/?p=1</guid><content:encoded><![CDATA[{body}]]></content:encoded>{more}</item>"
        )
    }

    fn export(items: &[String]) -> Vec<Result<Article, Reject>> {
        let xml = format!("{HEAD}{}</channel></rss>", items.concat());
        assert_eq!(known_as("norby.xml", xml.as_bytes()), Some("wxr"));
        read(FORMAT, xml.as_bytes())
    }

    #[test]
    fn a_post_is_an_article_with_what_the_site_says() {
        let more = "<wp:post_date_gmt><![CDATA[2013-07-29 16:03:54]]></wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>";
        let rows = export(&[post(more, "<p>One said.\nTwo.</p>\n<p>Three.</p>")]);
        let article = rows[0].as_ref().expect("an article");
        assert_eq!(article.text, "One said.\nTwo.\n\nThree.");
        assert_eq!(
            (article.title.as_deref(), article.outlet.as_deref(), article.byline.as_deref()),
            (Some("Quay ’s end"), Some("Norby Courier"), Some("Ida Berg"))
        );
        assert_eq!(
            (article.id.as_str(), article.date.as_deref()),
            ("https://norby.example/?p=1", Some("2013-07-29T16:03:54Z"))
        );
        assert!(article.warnings.is_empty());
    }

    #[test]
    fn lines_without_tags_and_blocks_of_the_editor_are_paragraphs() {
        let plain = post("", "One.\n\nTwo &amp; three.\n<hr>\nFour.");
        let blocks = post(
            "",
            "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->\n<ul><li>Two</li></ul>\n<!-- /wp:list -->",
        );
        let rows = export(&[plain, blocks]);
        let texts: Vec<&str> = rows.iter().flatten().map(|a| a.text.as_str()).collect();
        assert_eq!(texts, ["One.\n\nTwo & three.\n\nFour.", "One.\n\nTwo"]);
    }

    #[test]
    fn shortcodes_are_no_text() {
        for (body, text) in [
            ("A. [caption id=\"x\" width=\"3\"]<img src='x'/> The quay[/caption] B.", "A.  B."),
            ("A [gallery ids=\"1,2\"] B", "A  B"),
            ("A [embed]https://v.example[/embed]B", "A B"),
            ("“We [the board] paid [sic]”", "“We [the board] paid [sic]”"),
            ("[caption open", "[caption open"),
            ("[video src='a'/]B[", "B["),
        ] {
            assert_eq!(without_shortcodes(body), text);
        }
    }

    #[test]
    fn what_is_no_post_or_has_no_text_is_left_out_and_counted() {
        let rows = export(&[
            post("<wp:post_type>attachment</wp:post_type>", "The quay from above"),
            post("<wp:post_type>nav_menu_item</wp:post_type>", "Home"),
            post("<wp:post_type>post</wp:post_type>", "\n<img src='x'/><iframe src='y'/>\n"),
        ]);
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|row| row.as_ref().is_err_and(|r| r.left_out)), "{rows:?}");
    }

    #[test]
    fn drafts_and_excerpts_are_told() {
        let draft = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_date>2020-01-02 03:04:05</wp:post_date><wp:status>draft</wp:status>";
        let excerpt = "<excerpt:encoded><![CDATA[Only this.]]></excerpt:encoded>";
        let rows = export(&[post(draft, "A text."), post(excerpt, "")]);
        let first = rows[0].as_ref().expect("a row");
        assert_eq!(first.date.as_deref(), Some("2020-01-02T03:04:05"));
        assert_eq!(first.warnings, ["not published: its status is draft"]);
        let second = rows[1].as_ref().expect("a row");
        assert_eq!((second.text.as_str(), second.warnings.len()), ("Only this.", 1));
    }
}

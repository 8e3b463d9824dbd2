//! RSS and Atom: an article for each item that carries text.
//!
//! The file is cut into items and each is read by feed-rs, which knows the dialects (RSS 0.9x, 1.0, 2.0, Atom) and their
//! sloppy dates. Our own tree walks over an item first: it bounds depth, size and namespaces, and refuses entities.

use super::html::{Fragment, fragment, line};
use super::xml::{Cutting, Found, Head, Tree, root, rows};
use super::{Format, has_ending};
use crate::article::{Article, LeftOut};
use feed_rs::model::{Entry, Feed, Person};
use feed_rs::parser::Builder;
use jiff::Timestamp;

const ENDINGS: &[&str] = &[".rss", ".atom", ".xml"];

/// Feeds.
pub(super) const FORMAT: Format = Format {
    name: "feed",
    doc: "RSS and Atom: an article an item; JSON Feed is read as json",
    endings: ENDINGS,
    matches: |name, head| match root(head) {
        Some("rss" | "feed" | "RDF" | "entry") => true,
        Some(_) => false,
        None => has_ending(name, &ENDINGS[..2]),
    },
    read: |source, options| rows(source, options, &CUTTING),
};

static CUTTING: Cutting<About> =
    Cutting { names: &["item", "entry", "atom:entry", "rss:item"], head: about, item };

/// Most namespaces that an item declares: each element looks them up.
const NAMESPACES: usize = 200;

/// Shortest summary, in words, that may be a whole article.
const SUMMARY: usize = 60;

/// How a text ends that was cut off.
const CUT_OFF: &[&str] = &["…", "...", "[…]", "[...]", "(more…)", "Read more", "Continue reading"];

/// What the feed says of itself.
struct About {
    starts: String,
    ends: String,
    title: Option<String>,
    language: Option<String>,
    authors: Vec<Person>,
}

fn about(head: &Head) -> Result<About, String> {
    let starts = as_known_version(&head.starts);
    let whole = as_known_version(&head.text) + &head.ends;
    // A file of a single entry has no head.
    let feed = if starts.is_empty() { None } else { Some(parse(&whole)?) };
    let (title, language, authors) =
        feed.map_or((None, None, Vec::new()), |f| (f.title, f.language, f.authors));
    let title = title.and_then(|t| line(&t.content));
    Ok(About { starts, ends: head.ends.clone(), title, language, authors })
}

/// RSS of any version, under the one that feed-rs reads all elements of.
fn as_known_version(xml: &str) -> String {
    let Some(tag) = xml.strip_prefix("<rss").and_then(|rest| rest.split('>').next()) else {
        return xml.to_owned();
    };
    let others: Vec<&str> =
        tag.split_whitespace().filter(|part| !part.starts_with("version")).collect();
    format!("<rss version=\"2.0\" {}{}", others.join(" "), &xml["<rss".len() + tag.len()..])
}

fn parse(xml: &str) -> Result<Feed, String> {
    if xml.matches("xmlns").count() > NAMESPACES {
        return Err(format!("declares more than {NAMESPACES} namespaces"));
    }
    // quick-xml panics where a declaration in the midst changes the encoding (found by fuzzing).
    let start =
        xml.len() - xml.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let declares =
        |(at, _): (usize, &str)| at > start && xml[at + 5..].starts_with(char::is_whitespace);
    if xml.match_indices("<?xml").any(declares) {
        return Err("an XML declaration in the midst of a feed".to_owned());
    }
    // An id that feed-rs made would be another in each run.
    let builder = Builder::new().sanitize_content(false).id_generator(|_, _, _| String::new());
    builder.build().parse(xml.as_bytes()).map_err(|error| format!("not a feed: {error}"))
}

fn item(about: &About, xml: &str) -> Result<Found, String> {
    let xml = [about.starts.as_str(), xml, &about.ends].concat();
    let tree = Tree::parse(&xml)?;
    let entry = parse(&xml)?.entries.pop().ok_or("an item that is none of the feed's")?;
    let Some(body) = Body::of(&entry) else {
        return Ok(Found::Nothing("an item without text: a title and a link"));
    };
    let mut article = Article {
        id: entry.id.trim().to_owned(),
        title: entry.title.as_ref().and_then(|t| line(&t.content)),
        outlet: origin(&tree).or_else(|| about.title.clone()),
        url: url(&entry),
        byline: byline(&entry, about),
        date: date(&entry, &tree),
        declared_language: about.language.clone(),
        ..body.read.into_article()
    };
    article.warnings.extend(body.warning.map(str::to_owned));
    Ok(Found::Article(Box::new(article)))
}

/// The text of an item.
struct Body {
    read: Fragment,
    warning: Option<&'static str>,
}

impl Body {
    /// The longer of content and summary: feeds put the whole text into either.
    fn of(entry: &Entry) -> Option<Body> {
        let content = entry.content.as_ref().and_then(|c| c.body.as_deref()).unwrap_or_default();
        let summary = entry.summary.as_ref().map_or("", |s| s.content.as_str());
        let (content, summary) = (fragment(content), fragment(summary));
        let from_summary = content.text.len() < summary.text.len();
        let read = without_footer(if from_summary { summary } else { content });
        let words = read.text.split_whitespace().count();
        let cut = CUT_OFF.iter().any(|end| read.text.ends_with(end));
        let warning = if from_summary && words < SUMMARY {
            Some("only a teaser: the feed gives no full text")
        } else {
            cut.then_some("only the beginning of the article: the feed cuts it off")
        };
        (words > 0).then_some(Body { read, warning })
    }
}

/// The line that WordPress adds to each item ("The post … appeared first on …").
fn without_footer(mut read: Fragment) -> Fragment {
    let last = read.text.rfind("\n\n").map_or(0, |at| at + 2);
    let line = &read.text[last..];
    if line.starts_with("The post ") && line.contains(" first on ") {
        let words = line.split_whitespace().count();
        read.left_out.push(LeftOut { reason: "related-links", blocks: 1, words });
        read.truncate(last);
    }
    read
}

/// Whom a feed of many outlets names as the item's: `source` of RSS, the title of `source` in Atom.
fn origin(tree: &Tree) -> Option<String> {
    let source = tree.find(0, "source")?;
    tree.find(source, "title").and_then(|title| tree.line(title)).or_else(|| {
        let own = tree.line(source)?;
        // In Atom it holds elements, of which a title is the only name.
        tree.within(source).all(|id| tree.name(id).is_empty()).then_some(own)
    })
}

fn url(entry: &Entry) -> Option<String> {
    let page = |l: &&feed_rs::model::Link| {
        l.target.is_none() && l.rel.as_deref().is_none_or(|rel| rel == "alternate")
    };
    let link = entry.links.iter().find(page).or(entry.links.first())?;
    Some(link.href.trim().to_owned()).filter(|href| !href.is_empty())
}

fn byline(entry: &Entry, about: &About) -> Option<String> {
    let authors = if entry.authors.is_empty() { &about.authors } else { &entry.authors };
    let mut names: Vec<&str> = Vec::new();
    for name in authors.iter().filter_map(|person| person.name.as_deref()) {
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// When the item was published; as it is written where it is not understood.
fn date(entry: &Entry, tree: &Tree) -> Option<String> {
    let known = entry.published.or(entry.updated).map(|date| date.timestamp());
    known.and_then(|at| Timestamp::from_second(at).ok()).map(|at| at.to_string()).or_else(|| {
        let names = ["pubDate", "published", "date", "updated"];
        let written = names.iter().find_map(|name| tree.find(0, name))?;
        tree.line(written)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Reject;
    use super::super::testing::{read, read_one};
    use super::*;
    use crate::text::BlockKind;

    const TEXT: &str =
        "The harbour board of Norby voted to close the quay, its chair Ana Dorn said.";

    fn rss(items: &str) -> Vec<Result<Article, Reject>> {
        let head = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Norby &amp; Coast</title><language>en-GB</language>";
        read(FORMAT, format!("{head}{items}</channel></rss>").as_bytes())
    }

    #[test]
    fn full_text_goes_before_the_teaser() {
        let rows = rss(&format!(
            "<item><title>Quay &amp;amp; pier</title><link>https://norby.example/1</link><guid>n-1</guid><pubDate>Tue, 05 Mar 2019 06:00:00 GMT</pubDate><dc:creator>Ilya Renn</dc:creator><description>The board voted.</description><content:encoded><![CDATA[<p>{TEXT}</p><p>Oster &amp; Dahl had &#8220;warned&#8221;.</p>]]></content:encoded></item>"
        ));
        let article = rows[0].as_ref().expect("an article");
        assert_eq!(article.text, format!("{TEXT}\n\nOster & Dahl had “warned”."));
        assert_eq!(article.title.as_deref(), Some("Quay & pier"));
        assert_eq!(
            (article.id.as_str(), article.outlet.as_deref(), article.byline.as_deref()),
            ("n-1", Some("Norby & Coast"), Some("Ilya Renn"))
        );
        assert_eq!(
            (article.date.as_deref(), article.url.as_deref()),
            (Some("2019-03-05T06:00:00Z"), Some("https://norby.example/1"))
        );
        assert!(article.warnings.is_empty(), "{:?}", article.warnings);
    }

    #[test]
    fn a_teaser_is_a_row_with_a_warning_and_a_title_is_none() {
        let rows = rss(&format!(
            "<item><title>A</title><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description><pubDate>some day</pubDate></item><item><title>B</title><link>https://norby.example/b</link></item><item><title>C</title><content:encoded>{TEXT} The board […]</content:encoded></item>"
        ));
        let teaser = rows[0].as_ref().expect("a row");
        assert_eq!((teaser.text.as_str(), teaser.date.as_deref()), (TEXT, Some("some day")));
        assert_eq!(teaser.warnings, ["only a teaser: the feed gives no full text"]);
        assert_eq!(teaser.id, "t:1");
        assert!(rows[1].as_ref().is_err_and(|r| r.left_out && r.reason.contains("without text")));
        let cut = rows[2].as_ref().expect("a row");
        assert!(cut.warnings[0].starts_with("only the beginning"), "{:?}", cut.warnings);
    }

    #[test]
    fn outlets_of_a_feed_of_many_are_those_of_the_items() {
        let rows = rss(&format!(
            "<item><title>A</title><source url=\"https://times.example\">Norby Times</source><description>{TEXT}</description></item><item><title>B</title><description>{TEXT}\n\nThe post B appeared first on Norby.</description></item>"
        ));
        assert_eq!(rows[0].as_ref().map(|a| a.outlet.as_deref()), Ok(Some("Norby Times")));
        let second = rows[1].as_ref().expect("an article");
        assert_eq!((second.text.as_str(), second.outlet.as_deref()), (TEXT, Some("Norby & Coast")));
        assert_eq!(second.left_out[0].words, 7);
    }

    #[test]
    fn block_quotations_stay_somebodys_words() {
        let quoted =
            "<blockquote><p>No quay, no fish.</p><p>— Tomas Breck, fisherman</p></blockquote>";
        let rows = rss(&format!(
            "<item><title>A</title><content:encoded><![CDATA[<p>{TEXT}</p>{quoted}<p>It rains.</p>]]></content:encoded></item>"
        ));
        let article = rows[0].as_ref().expect("an article");
        let told: Vec<(BlockKind, &str)> =
            article.passages.iter().map(|p| (p.kind, p.span.slice(&article.text))).collect();
        assert!(told.contains(&(BlockKind::Blockquote, "No quay, no fish.")), "{told:?}");
    }

    #[test]
    fn atom_of_every_kind_of_text() {
        let head = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"html\">Norby &amp;amp; Coast</title><author><name>The desk</name></author>";
        let xhtml = format!(
            "{head}<entry><id>e1</id><title>A</title><updated>2019-03-06T01:00:00+02:00</updated><link rel=\"self\" href=\"https://norby.example/self\"/><link href=\"https://norby.example/1\"/><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{TEXT}</p><p>More.</p></div></content></entry><entry><id>e2</id><title>B</title><author><name>Pia Holm</name></author><published>2019-03-05T10:00:00Z</published><updated>2020-01-01T00:00:00Z</updated><content type=\"html\">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"
        );
        let rows = read(FORMAT, xhtml.as_bytes());
        let first = rows[0].as_ref().expect("an article");
        assert_eq!(first.text, format!("{TEXT}\n\nMore."));
        assert_eq!(
            (first.outlet.as_deref(), first.byline.as_deref(), first.url.as_deref()),
            (Some("Norby & Coast"), Some("The desk"), Some("https://norby.example/1"))
        );
        assert_eq!(first.date.as_deref(), Some("2019-03-05T23:00:00Z"));
        let second = rows[1].as_ref().expect("an article");
        assert_eq!(
            (second.text.as_str(), second.byline.as_deref(), second.date.as_deref()),
            (TEXT, Some("Pia Holm"), Some("2019-03-05T10:00:00Z"))
        );
    }

    #[test]
    fn old_rss_rdf_and_other_encodings() {
        let rdf = format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Norby</title></channel><item rdf:about=\"x\"><title>A</title><link>https://norby.example/1</link><description>{TEXT}</description><dc:date>2019-03-05</dc:date></item></rdf:RDF>"
        );
        let article = read_one(FORMAT, rdf.as_bytes()).expect("an article");
        assert_eq!((article.text.as_str(), article.outlet.as_deref()), (TEXT, Some("Norby")));
        let old = format!(
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?><!DOCTYPE rss PUBLIC \"-//x//DTD\" \"x.dtd\"><rss version=\"0.93\"><channel><title>Café Norby</title><item><title>Citroën</title><description>{TEXT} “Yes.”</description></item></channel></rss>"
        );
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&old);
        let article = read_one(FORMAT, &bytes).expect("an article");
        assert_eq!(article.title.as_deref(), Some("Citroën"));
        assert!(article.text.ends_with("“Yes.”"), "{}", article.text);
    }

    #[test]
    fn hostile_and_broken_feeds_are_told() {
        let bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss version=\"2.0\"><channel><item><title>&b;</title></item></channel></rss>";
        let told = read_one(FORMAT, bomb.as_bytes()).expect_err("refused");
        assert!(told.reason.contains("entities"), "{}", told.reason);
        let deep = format!("<item>{}</item>", "<a>".repeat(1000) + &"</a>".repeat(1000));
        let spaces = format!("<item {}/><item><title>x</title></item>", "xmlns:a='b' ".repeat(300));
        let good = format!("<item><title>G</title><description>{TEXT}</description></item>");
        let broken = format!("<item><title>x</b></item>{good}");
        let rows = rss(&(deep + &broken));
        assert!(rows[0].as_ref().is_err_and(|r| r.reason.contains("nested")), "{rows:?}");
        assert!(rows[1].as_ref().is_err_and(|r| r.reason.contains("broken XML")), "{rows:?}");
        assert!(rows[2].is_ok() && rows.len() == 3);
        assert_eq!(rss(&spaces).len(), 1, "an empty element is no item");
        let cut = read(FORMAT, b"<rss version=\"2.0\"><channel><item><title>A</title>");
        assert!(cut[0].as_ref().is_err_and(|r| r.reason.contains("cut off")), "{cut:?}");
        let inside = "<item><title>x</title><description>a <?xml version=\"1.0\" encoding=\"iso-8859-1\"?> b</description></item>";
        let told = rss(inside);
        assert!(told[0].as_ref().is_err_and(|r| r.reason.contains("declaration")), "{told:?}");
        let none = read_one(FORMAT, b"<rss version=\"2.0\"><channel></channel></rss>");
        assert!(none.is_err_and(|r| r.reason.contains("no article")));
    }
}

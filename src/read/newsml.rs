//! NewsML 1.x and NewsML-G2 of the IPTC: an article for each news item that has text, whatever stands within (NITF, XHTML,
//! plain text).

use super::Format;
use super::html::{Fragment, fragment};
use super::nitf::{self, author};
use super::xml::{Cutting, Found, Head, Id, Tree, root, rows};
use crate::article::Article;

/// NewsML.
pub(super) const FORMAT: Format = Format {
    name: "newsml",
    doc: "NewsML 1.2 and NewsML-G2: an article a news item that has text",
    endings: &[".newsml", ".xml"],
    matches: |_, head| {
        matches!(root(head), Some("NewsML" | "NewsItem" | "newsItem" | "newsMessage"))
    },
    read: |source, options| rows(source, options, &CUTTING),
};

static CUTTING: Cutting<()> = Cutting { names: &["newsItem", "NewsItem"], head, item };

fn head(_: &Head) -> Result<(), String> {
    Ok(())
}

fn item(_: &(), xml: &str) -> Result<Found, String> {
    let tree = Tree::parse(xml)?;
    let article = if tree.local(1) == "newsItem" { second(&tree) } else { first(&tree) };
    if article.text.is_empty() {
        return Ok(Found::Nothing("a news item without text: a picture, a package"));
    }
    Ok(Found::Article(Box::new(article)))
}

/// The text of an element, and what a NITF within it tells.
fn content(tree: &Tree, of: Id) -> (Fragment, Option<Article>) {
    if let Some(inner) = tree.find(of, "nitf") {
        let mut article = nitf::article(tree, inner);
        let text = std::mem::take(&mut article.text);
        let passages = std::mem::take(&mut article.passages);
        let left_out = std::mem::take(&mut article.left_out);
        return (Fragment { text, passages, left_out }, Some(article));
    }
    let body = tree.find(of, "body").unwrap_or(of);
    let has_elements = tree.within(body).any(|id| !tree.name(id).is_empty());
    // Without elements it is plain text, or HTML whose tags were escaped.
    let html = if has_elements { tree.html(body) } else { tree.raw(body) };
    (fragment(&html), None)
}

/// The first of some elements that holds text.
fn first_content(tree: &Tree, of: &[&str]) -> (Fragment, Option<Article>) {
    let all = of.iter().flat_map(|name| tree.all(1, name));
    all.map(|id| content(tree, id)).find(|(read, _)| !read.text.is_empty()).unwrap_or_default()
}

/// NewsML-G2.
fn second(tree: &Tree) -> Article {
    let (read, inner) = first_content(tree, &["inlineXML", "inlineData"]);
    let text = |name: &str| tree.find(1, name).and_then(|id| tree.line(id));
    // A party or place: its name, or what stands for it.
    let name = |element: &str| {
        let id = tree.find(1, element)?;
        tree.child(id, "name").and_then(|name| tree.line(name))
    };
    let literal = |element: &str| {
        let id = tree.find(1, element)?;
        tree.attribute(id, "literal").map(str::to_owned)
    };
    let outlet = name("provider")
        .or_else(|| text("creditline"))
        .or_else(|| literal("provider"))
        .or_else(|| name("copyrightHolder"))
        .or_else(|| literal("copyrightHolder"))
        .or_else(|| name("infoSource"))
        .or_else(|| literal("infoSource"));
    let dates = ["versionCreated", "contentModified", "contentCreated", "firstCreated"];
    let inner = inner.unwrap_or_default();
    let status = tree.find(1, "pubStatus").and_then(|id| tree.attribute(id, "qcode"));
    let status = status.map(|code| code.rsplit(':').next().unwrap_or(code));
    let warning = status.filter(|s| *s != "usable").map(|s| format!("the agency calls it {s:?}"));
    let language = tree.find(1, "language").and_then(|id| tree.attribute(id, "tag"));
    Article {
        id: tree.attribute(1, "guid").unwrap_or_default().to_owned(),
        title: text("headline").or_else(|| text("title")).or(inner.title),
        outlet: outlet.or(inner.outlet),
        byline: text("by").and_then(|by| author(&by)).or(inner.byline).or_else(|| name("creator")),
        date: dates.iter().find_map(|name| text(name)).or(inner.date),
        declared_language: language.or_else(|| tree.attribute(1, "lang")).map(str::to_owned),
        warnings: warning.into_iter().chain(inner.warnings).collect(),
        ..read.into_article()
    }
}

/// NewsML 1.x.
fn first(tree: &Tree) -> Article {
    let (read, inner) = first_content(tree, &["DataContent"]);
    let inner = inner.unwrap_or_default();
    let text = |name: &str| tree.find(1, name).and_then(|id| tree.line(id));
    let formal = |id: Id| tree.attribute(id, "FormalName").map(str::to_owned);
    let party = |role: &str| {
        let of = tree.find(1, role)?;
        let id = tree.find(of, "Party")?;
        formal(id).or_else(|| tree.line(id))
    };
    let dates = ["ThisRevisionCreated", "FirstCreated", "DateId"];
    let status = tree.find(1, "Status").and_then(formal);
    let warning = status.filter(|s| s != "Usable").map(|s| format!("the agency calls it {s:?}"));
    Article {
        id: text("PublicIdentifier").or_else(|| text("NewsItemId")).unwrap_or_default(),
        title: text("HeadLine").or(inner.title).or_else(|| text("NameLabel")),
        outlet: party("Provider")
            .or_else(|| text("CreditLine"))
            .or_else(|| party("Source"))
            .or_else(|| text("ProviderId"))
            .or(inner.outlet),
        byline: text("ByLine").and_then(|by| author(&by)).or(inner.byline),
        date: dates.iter().find_map(|name| text(name)).or(inner.date),
        declared_language: tree.attribute(1, "lang").map(str::to_owned),
        warnings: warning.into_iter().chain(inner.warnings).collect(),
        ..read.into_article()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{known_as, read, read_one};
    use super::*;

    fn g2(meta: &str, content: &str) -> String {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:nw:1\" version=\"2\" xml:lang=\"en-GB\"><itemMeta><itemClass qcode=\"ninat:text\"/><versionCreated>2019-03-05T06:00:00Z</versionCreated><firstCreated>2019-03-04T06:00:00Z</firstCreated><pubStatus qcode=\"stat:usable\"/><title>Item title</title></itemMeta>{meta}<contentSet>{content}</contentSet></newsItem>"
        )
    }

    #[test]
    fn g2_with_xhtml() {
        let xml = g2(
            "<contentMeta><headline>Quay closes </headline><by>By Ana Dorn</by><creditline>Norwire</creditline></contentMeta>",
            "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>no text</title></head><body><p>One &amp; two.</p><p/><p>Three.</p></body></html></inlineXML>",
        );
        assert_eq!(known_as("x.xml", xml.as_bytes()), Some("newsml"));
        let article = read_one(FORMAT, xml.as_bytes()).expect("an article");
        assert_eq!(article.text, "One & two.\n\nThree.");
        assert_eq!(
            (article.id.as_str(), article.title.as_deref(), article.byline.as_deref()),
            ("urn:nw:1", Some("Quay closes"), Some("Ana Dorn"))
        );
        assert_eq!(
            (article.outlet.as_deref(), article.date.as_deref()),
            (Some("Norwire"), Some("2019-03-05T06:00:00Z"))
        );
    }

    #[test]
    fn g2_with_nitf_and_with_plain_text() {
        let nitf = "<inlineXML contenttype=\"application/nitf+xml\"><nitf><body><body.head><byline>By Ida Berg, <byttl>Staff</byttl></byline></body.head><body.content><p>One.</p></body.content></body></nitf></inlineXML>";
        let meta = "<rightsInfo><copyrightHolder><name>Norby Media</name></copyrightHolder></rightsInfo><contentMeta><creator><name>The desk</name></creator></contentMeta>";
        let article = read_one(FORMAT, g2(meta, nitf).as_bytes()).expect("an article");
        assert_eq!(
            (article.text.as_str(), article.byline.as_deref(), article.outlet.as_deref()),
            ("One.", Some("Ida Berg"), Some("Norby Media"))
        );
        assert_eq!(article.title.as_deref(), Some("Item title"));
        let plain =
            "<inlineData contenttype=\"text/plain\">One said.\n\nTwo &lt; three.</inlineData>";
        let article = read_one(FORMAT, g2("", plain).as_bytes()).expect("an article");
        assert_eq!(article.text, "One said.\n\nTwo < three.");
    }

    #[test]
    fn a_message_holds_several_items_and_pictures_are_left_out() {
        let text = g2("", "<inlineData>One said so.</inlineData>");
        let picture = g2("", "<remoteContent href=\"x.jpg\"/>");
        let canceled = text.replace("stat:usable", "stat:canceled");
        let message = format!(
            "<newsMessage><header><sent>2019</sent></header><itemSet>{text}{picture}{canceled}</itemSet></newsMessage>"
        );
        let rows = read(FORMAT, message.as_bytes());
        assert_eq!(rows.len(), 3);
        assert!(rows[0].is_ok() && rows[1].as_ref().is_err_and(|r| r.left_out));
        let warnings = rows[2].as_ref().map(|a| a.warnings.clone());
        assert_eq!(warnings, Ok(vec!["the agency calls it \"canceled\"".to_owned()]));
    }

    #[test]
    fn newsml_1_with_nitf_and_with_html() {
        let item = |content: &str| {
            format!(
                "<?xml version=\"1.0\"?><NewsML Version=\"1.2\"><NewsEnvelope><DateAndTime>20190306T000000Z</DateAndTime></NewsEnvelope><NewsItem xml:lang=\"en\"><Identification><NewsIdentifier><ProviderId>nw.example</ProviderId><PublicIdentifier>urn:newsml:nw:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20190305T060000+0000</ThisRevisionCreated><Status FormalName=\"Usable\"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Quay closes</HeadLine><ByLine>by Pia Holm</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName=\"NW\"/></Provider></AdministrativeMetadata><NewsComponent><ContentItem><DataContent/></ContentItem></NewsComponent><ContentItem><MediaType FormalName=\"Text\"/><DataContent>{content}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
            )
        };
        for content in [
            "<nitf><body><body.content><p>One.</p><p>Two.</p></body.content></body></nitf>",
            "<html><body><p>One.</p><p>Two.</p></body></html>",
            "<p>One.</p><p>Two.</p>",
            "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;",
            "One.\n\nTwo.",
        ] {
            let article = read_one(FORMAT, item(content).as_bytes()).expect("an article");
            assert_eq!(article.text, "One.\n\nTwo.", "{content}");
            assert_eq!(
                (article.title.as_deref(), article.outlet.as_deref(), article.byline.as_deref()),
                (Some("Quay closes"), Some("NW"), Some("Pia Holm"))
            );
            assert!(article.date.is_some() && article.id == "urn:newsml:nw:1");
        }
    }

    #[test]
    fn hostile_items_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY a 'x'>]><newsItem guid='1'><contentSet><inlineData>&a;</inlineData></contentSet></newsItem>";
        let told = read_one(FORMAT, bomb.as_bytes()).expect_err("refused");
        assert!(told.reason.contains("entities"), "{}", told.reason);
        let deep = g2("", &("<inlineXML>".to_owned() + &"<p>".repeat(400)));
        assert!(read_one(FORMAT, deep.as_bytes()).is_err());
    }
}

//! NITF, the News Industry Text Format of the IPTC (versions 3.x).

use super::Format;
use super::html::fragment;
use super::xml::{Cutting, Found, Head, Id, Tree, root, rows};
use crate::article::Article;

/// NITF.
pub(super) const FORMAT: Format = Format {
    name: "nitf",
    doc: "NITF, the XML of agencies: headline, byline, date, distributor, body",
    endings: &[".nitf", ".xml"],
    matches: |_, head| root(head) == Some("nitf"),
    read: |source, options| rows(source, options, &CUTTING),
};

static CUTTING: Cutting<()> = Cutting { names: &["nitf"], head, item };

fn head(_: &Head) -> Result<(), String> {
    Ok(())
}

fn item(_: &(), xml: &str) -> Result<Found, String> {
    let tree = Tree::parse(xml)?;
    let article = article(&tree, 1);
    if article.text.is_empty() {
        return Ok(Found::Nothing("NITF without text: a picture, an advisory"));
    }
    Ok(Found::Article(Box::new(article)))
}

/// The article of an element `nitf`; without text where it has none.
pub(super) fn article(tree: &Tree, nitf: Id) -> Article {
    let attribute = |element: &str, name: &str| {
        let id = tree.find(nitf, element)?;
        tree.attribute(id, name).map(str::to_owned)
    };
    let text = |element: &str| tree.find(nitf, element).and_then(|id| tree.line(id));
    let body = tree.child(nitf, "body");
    let content = body.and_then(|body| tree.child(body, "body.content"));
    let mut read = content.map(|id| fragment(&tree.html(id))).unwrap_or_default();
    let mut warnings = Vec::new();
    if read.text.is_empty()
        && let Some(summary) = tree.find(nitf, "abstract")
    {
        read = fragment(&tree.html(summary));
        warnings.push("only the abstract: the file has no other text".to_owned());
    }
    if let Some(status) = attribute("docdata", "management-status").filter(|s| s != "usable") {
        warnings.push(format!("the agency calls it {status:?}"));
    }
    let first = |of: &[(&str, &str)]| of.iter().find_map(|(e, a)| attribute(e, a));
    Article {
        id: attribute("doc-id", "id-string").unwrap_or_default(),
        title: text("hl1").or_else(|| text("title")),
        outlet: attribute("pubdata", "name").or_else(|| text("distributor")).or_else(|| {
            first(&[("doc.copyright", "holder"), ("doc-id", "regsrc"), ("from-src", "src-name")])
        }),
        byline: byline(tree, nitf),
        date: first(&[
            ("date.issue", "norm"),
            ("date.release", "norm"),
            ("story.date", "norm"),
            ("pubdata", "date.publication"),
        ])
        .or_else(|| text("story.date")),
        declared_language: tree.attribute(nitf, "lang").map(str::to_owned),
        warnings,
        ..read.into_article()
    }
}

/// The names without the writers' titles.
fn byline(tree: &Tree, nitf: Id) -> Option<String> {
    let head = tree.find(nitf, "body.head")?;
    let names = tree.all(head, "byline").filter_map(|id| {
        let whole = tree.line(id)?;
        let title = tree.child(id, "byttl").and_then(|title| tree.line(title));
        let name = title.as_deref().and_then(|t| whole.strip_suffix(t)).unwrap_or(&whole);
        author(name)
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// An author line without its "By".
pub(super) fn author(line: &str) -> Option<String> {
    let line = line.trim();
    let by = line.get(..3).filter(|by| by.eq_ignore_ascii_case("by "));
    let name = by.map_or(line, |by| &line[by.len()..]);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '='));
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{known_as, read_one};
    use super::*;

    fn nitf(head: &str, body_head: &str, content: &str) -> Article {
        let xml = format!(
            "<?xml version=\"1.0\"?>\n<!-- a note -->\n<!DOCTYPE nitf SYSTEM \"nitf-3-2.dtd\">\n<nitf><head><title>File title</title>{head}</head><body><body.head>{body_head}</body.head><body.content>{content}</body.content></body></nitf>"
        );
        assert_eq!(known_as("x.xml", xml.as_bytes()), Some("nitf"));
        read_one(FORMAT, xml.as_bytes()).expect("an article")
    }

    #[test]
    fn head_and_body_are_read() {
        let article = nitf(
            "<docdata management-status=\"usable\"><doc-id id-string=\"nw-1\" regsrc=\"NW\"/><date.issue norm=\"20190305T061000Z\"/><doc.copyright holder=\"Norwire\" year=\"2019\"/></docdata>",
            "<hedline><hl1>Quay &amp; pier</hl1><hl2>A line</hl2></hedline><byline>By ANA DORN<byttl>Norwire Business Writer</byttl></byline><distributor>The Norwire Agency</distributor><dateline><location>NORBY</location></dateline>",
            "<block><p>NORBY (Norwire) — The <org>harbour board</org> closed the quay.</p><p>“We must,” said <person>Ana Dorn</person>.</p></block>",
        );
        assert_eq!(
            article.text,
            "NORBY (Norwire) — The harbour board closed the quay.\n\n“We must,” said Ana Dorn."
        );
        assert_eq!(
            (article.id.as_str(), article.title.as_deref(), article.byline.as_deref()),
            ("nw-1", Some("Quay & pier"), Some("ANA DORN"))
        );
        assert_eq!(article.outlet.as_deref(), Some("The Norwire Agency"));
        assert!(article.date.is_some() && article.warnings.is_empty());
    }

    #[test]
    fn pictures_notes_and_tables_are_no_text() {
        let article = nitf(
            "<docdata management-status=\"canceled\"/><pubdata name=\"Norby Courier\" date.publication=\"20190305\"/>",
            "<note><body.content><p>Editors: hold.</p></body.content></note><byline>By <person>Ida Berg</person> <byttl>Staff</byttl></byline><byline>Pia Holm</byline>",
            "<media media-type=\"image\"><media-caption>The quay</media-caption></media><p>One.</p><hl2>Between</hl2><ul><li>Two &amp; three</li></ul><nitf-table><nitf-table-metadata/></nitf-table>",
        );
        assert_eq!(article.text, "One.\n\nBetween\n\nTwo & three");
        assert_eq!(
            (article.title.as_deref(), article.outlet.as_deref(), article.byline.as_deref()),
            (Some("File title"), Some("Norby Courier"), Some("Ida Berg, Pia Holm"))
        );
        assert_eq!(article.warnings, ["the agency calls it \"canceled\""]);
    }

    #[test]
    fn an_abstract_alone_is_a_teaser() {
        let article = nitf("", "<abstract><p>In short.</p></abstract>", "<media/>");
        assert_eq!((article.text.as_str(), article.warnings.len()), ("In short.", 1));
        assert_eq!(article.id, "t");
    }

    #[test]
    fn outlets_stand_in_several_places() {
        for (head, outlet) in [
            ("<docdata><doc-id regsrc=\"NW\"/></docdata>", "NW"),
            ("<docdata><del-list><from-src src-name=\"NWX\"/></del-list></docdata>", "NWX"),
            ("<docdata><doc.copyright holder=\"Norwire\"/></docdata>", "Norwire"),
        ] {
            assert_eq!(nitf(head, "", "<p>x</p>").outlet.as_deref(), Some(outlet));
        }
    }

    #[test]
    fn entities_and_a_missing_text_are_told() {
        let bomb = "<!DOCTYPE nitf [<!ENTITY a 'x'>]><nitf><body><body.content><p>&a;</p></body.content></body></nitf>";
        let told = read_one(FORMAT, bomb.as_bytes()).expect_err("refused");
        assert!(told.reason.contains("entities"), "{}", told.reason);
        let none = read_one(FORMAT, b"<nitf><body><body.content/></body></nitf>");
        assert!(none.is_err_and(|r| r.left_out));
        assert_eq!(author("by Ana Dorn,").as_deref(), Some("Ana Dorn"));
        assert_eq!((author("Byron Vale").as_deref(), author(" ")), (Some("Byron Vale"), None));
    }
}

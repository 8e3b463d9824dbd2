//! EPUB files made here, and broken ones.

use super::super::super::tests::rows;
use super::super::docx::archive;

const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\"/></rootfiles></container>";
const PACKAGE: &str = "<package xmlns:dc=\"d\"><metadata><dc:publisher>Velsund Weekly</dc:publisher>\
    <dc:date>5 March 2031</dc:date></metadata><manifest>\
    <item id=\"c\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"n\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"b\" href=\"text/two%20b.xhtml#x\" media-type=\"application/xhtml+xml\"/>\
    <item id=\"a\" href=\"text/one.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
    <spine><itemref idref=\"c\"/><itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>";

fn epub(more: &[(&str, &str)], chapters: bool) -> Vec<u8> {
    let page = |title: &str, text: &str| {
        format!(
            "<?xml version=\"1.0\"?><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
        )
    };
    let (one, two) =
        (page("Quay shut", "“Yes,” said Marta Vik &amp; left."), page("Second", "Crews wait."));
    let mut parts: Vec<(&str, &[u8])> = vec![("mimetype", b"application/epub+zip")];
    let base = [("META-INF/container.xml", CONTAINER), ("OEBPS/content.opf", PACKAGE)];
    if more.is_empty() || chapters {
        parts.extend(base.map(|(name, text)| (name, text.as_bytes())));
        parts.push(("OEBPS/cover.xhtml", b"<html><body><img src='a.png'/></body></html>"));
        parts.push(("OEBPS/text/one.xhtml", one.as_bytes()));
        parts.push(("OEBPS/text/two b.xhtml", two.as_bytes()));
    }
    parts.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    archive(&parts)
}

#[test]
fn chapters_are_articles_in_the_order_of_the_book() {
    let rows = rows("a.epub", epub(&[], true));
    let articles: Vec<_> = rows.into_iter().map(|row| row.expect("a chapter")).collect();
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0].title.as_deref(), Some("Quay shut"));
    assert!(articles[0].text.contains("“Yes,” said Marta Vik & left."), "{}", articles[0].text);
    assert_eq!(articles[0].outlet.as_deref(), Some("Velsund Weekly"));
    assert_eq!(articles[0].date.as_deref(), Some("2031-03-05"));
    assert!(articles[1].text.contains("Crews wait."));
}

#[test]
fn broken_and_locked_books_say_so() {
    let lock = "<encryption><CipherReference URI=\"OEBPS/text/one.xhtml\"/></encryption>";
    let fonts = lock.replace("OEBPS/text/one.xhtml", "OEBPS/font.otf");
    for (bytes, reason) in [
        (epub(&[("META-INF/encryption.xml", lock)], true), "locked"),
        (epub(&[("META-INF/container.xml", "<container/>")], false), "names no package"),
        (epub(&[("META-INF/container.xml", CONTAINER)], false), "lacks its package"),
        (
            epub(
                &[("META-INF/container.xml", CONTAINER), ("OEBPS/content.opf", "<package/>")],
                false,
            ),
            "names no chapters",
        ),
        (
            epub(&[("META-INF/container.xml", CONTAINER), ("OEBPS/content.opf", PACKAGE)], false),
            "it lacks OEBPS/",
        ),
    ] {
        let rows = rows("a.epub", bytes);
        assert!(rows[0].as_ref().is_err_and(|r| r.reason.contains(reason)), "{reason}: {rows:?}");
    }
    assert_eq!(rows("a.epub", epub(&[("META-INF/encryption.xml", &fonts)], true)).len(), 2);
}

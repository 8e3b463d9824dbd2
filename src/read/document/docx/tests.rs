//! Word documents made here, and broken ones.

use super::super::super::tests::rows;
use super::docx;

fn told(bytes: Vec<u8>) -> String {
    let mut rows = rows("a.docx", bytes);
    assert_eq!(rows.len(), 1);
    match rows.remove(0) {
        Ok(article) => article.text,
        Err(reject) => reject.reason,
    }
}

fn with(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (*n, b.as_bytes())).collect();
    super::archive(&parts)
}

#[test]
fn paragraphs_are_what_a_reader_sees() {
    for (name, body, text) in [
        (
            "runs",
            "<w:p><w:r><w:t>“Ye</w:t></w:r><w:r><w:t>s,” she said.</w:t></w:r></w:p>",
            "“Yes,” she said.",
        ),
        (
            "breaks",
            "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>",
            "One\ntwo\tthree",
        ),
        (
            "references",
            "<w:p><w:r><w:t>A &amp; B &#8220;c&#x201d; &lt;d&gt;</w:t></w:r></w:p>",
            "A & B “c” <d>",
        ),
        (
            "deleted",
            "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
            "Kept",
        ),
        (
            "hidden",
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r><w:r><w:t>Kept</w:t></w:r></w:p>",
            "Kept",
        ),
        (
            "fields",
            "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>Kept</w:t></w:r></w:p>",
            "Kept",
        ),
        (
            "tables",
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>b</w:t></w:r></w:p>",
            "a\n\nb",
        ),
        (
            "text boxes, once",
            "<w:p><w:r><w:t>Out</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>side.</w:t></w:r></w:p>",
            "Box\n\nOutside.",
        ),
    ] {
        let xml =
            format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        assert_eq!(told(with(&[("word/document.xml", &xml)])), text, "{name}");
    }
}

#[test]
fn what_is_no_readable_document_says_why() {
    for (parts, reason) in [
        (&[("xl/workbook.xml", "<x/>")][..], "an Excel workbook"),
        (&[("ppt/slides.xml", "<x/>")], "a PowerPoint file"),
        (&[("content.xml", "<x/>")], "an OpenDocument file"),
        (&[("notes.txt", "x")], "holds no Word document"),
        (&[("word/document.xml", "<w:p><w:r></w:p>")], "a broken Word document"),
        (&[("word/document.xml", "<w:document/>")], "without text"),
    ] {
        let told = told(with(parts));
        assert!(told.contains(reason), "{told}");
    }
    let whole = docx(&["One.", "Two."]);
    for cut in [10, whole.len() / 2, whole.len() - 5] {
        assert!(told(whole[..cut].to_vec()).contains("broken"), "{cut}");
    }
}

#[test]
fn bombs_end_early() {
    let zeros = format!("<w:document><w:p><w:r><w:t>{}", "a".repeat(40 << 20));
    let told_of_ratio = told(with(&[("word/document.xml", &zeros)]));
    assert!(
        told_of_ratio.contains("bomb") || told_of_ratio.contains("longer than"),
        "{told_of_ratio}"
    );
    let deep = format!("<w:document>{}", "<w:p>".repeat(1 << 20));
    assert!(told(with(&[("word/document.xml", &deep)])).contains("broken"));
    let entities = "<!DOCTYPE w:document [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
        <w:document><w:p><w:r><w:t>A&b;B</w:t></w:r></w:p></w:document>";
    assert!(told(with(&[("word/document.xml", entities)])).contains("entities"));
}

//! PDF with a text layer (feature `documents`).
//!
//! pdf-extract reads it: on files that LibreOffice made of one, two and three columns every word
//! came in its order. It panics on some broken files, which is caught here, and unpacks whatever a
//! file asks for, so that streams are measured before.

#[cfg(feature = "documents")]
mod layer;

use super::super::{Format, has_ending};

const ENDINGS: &[&str] = &[".pdf"];
const MAGIC: &[u8] = b"%PDF-";

/// PDF.
pub(in crate::read) const FORMAT: Format = Format {
    name: "pdf",
    doc: "a PDF that holds its text (builds with the feature `documents`)",
    endings: ENDINGS,
    matches: |name, head| head.starts_with(MAGIC) || head.is_empty() && has_ending(name, ENDINGS),
    #[cfg(feature = "documents")]
    read: layer::read,
    #[cfg(not(feature = "documents"))]
    read: |source, _| {
        super::super::one(super::super::Row::rejected(
            source.place(None, None),
            "a PDF, which this build of newsgauge does not read (it lacks the feature \
             `documents`): save its text as .txt or .docx",
        ))
    },
};

#[cfg(test)]
mod tests {
    use super::super::super::tests::rows;

    /// A PDF of one page that shows a line, or nothing.
    fn pdf(line: &str) -> Vec<u8> {
        let content = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
                .to_owned(),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        let mut out = String::from("%PDF-1.4\n");
        let mut places = Vec::new();
        for (number, object) in (1..).zip(objects) {
            places.push(out.len());
            out += &format!("{number} 0 obj{object}endobj\n");
        }
        let xref = out.len();
        out += "xref\n0 6\n0000000000 65535 f \n";
        out.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
        out += &format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n");
        out.into_bytes()
    }

    fn told(bytes: Vec<u8>) -> String {
        match rows("a.txt", bytes).remove(0) {
            Ok(article) => article.text,
            Err(reject) => reject.reason,
        }
    }

    #[test]
    #[cfg(not(feature = "documents"))]
    fn a_build_without_the_feature_says_so() {
        assert!(told(pdf("The quay shuts.")).contains("lacks the feature `documents`"));
    }

    #[test]
    #[cfg(feature = "documents")]
    fn text_is_read_and_all_else_told() {
        assert_eq!(
            told(pdf("The quay  shuts, said Marta Vik.")),
            "The quay shuts, said Marta Vik."
        );
        assert!(told(pdf("")).contains("scanned"));
        let whole = pdf("The quay shuts.");
        assert!(told(whole[..60].to_vec()).contains("broken"));
        assert!(told(b"%PDF-1.4\nnothing of the kind".to_vec()).contains("broken"));
        let mut bomb = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n".to_vec();
        let mut zlib = flate2::write::ZlibEncoder::new(&mut bomb, flate2::Compression::best());
        std::io::Write::write_all(&mut zlib, &vec![0; 100 << 20]).expect("memory");
        zlib.finish().expect("memory");
        assert!(told(bomb).contains("bomb"));
    }
}

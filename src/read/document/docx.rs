//! Word (.docx): the paragraphs of `word/document.xml`, by zip and quick-xml. Larger crates build a
//! model of the whole document, of which only paragraphs are asked here.

use super::super::source::too_long;
use super::super::xml::{Step, walk};
use super::super::{Format, Options, Row, Rows, Source, one};
use super::zip::Archive;
use super::{Paragraphs, epub, rows};
use std::io::BufReader;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".docx", ".docm", ".dotx"];

/// Word.
pub(in crate::read) const FORMAT: Format = Format {
    name: "docx",
    doc: "a Word document: an article, or a database's export with many",
    endings: ENDINGS,
    matches: |_, head| head.starts_with(b"PK\x03\x04"),
    read,
};

const BODY: &str = "word/document.xml";

/// Markup is many times as long as its text: bytes of it that are read.
const MARKUP: u64 = 512 << 20;

fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let place = source.place(None, None);
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, place)),
    };
    let mut archive = match Archive::open(bytes) {
        Ok(archive) => archive,
        Err(reason) => return one(Row::rejected(place, reason)),
    };
    if archive.has("META-INF/container.xml") {
        return epub::chapters(archive, source, options);
    }
    match paragraphs(&mut archive, options.longest()) {
        Ok(text) if text.is_empty() => one(Row::rejected(place, "a Word document without text")),
        Ok(text) => rows(text, &source, &options),
        Err(reason) => one(Row::rejected(place, reason)),
    }
}

fn paragraphs(archive: &mut Archive, most: usize) -> Result<String, String> {
    let kind = other_kind(archive);
    let Some(part) = archive.part(BODY, MARKUP)? else { return Err(kind.to_owned()) };
    let mut out = Paragraphs::default();
    // Paragraphs of a text box stand within the one to which the box is tied.
    let mut around: Vec<String> = Vec::new();
    let mut open = 0_usize;
    let mut texts = 0_usize;
    let mut fallback = 0_usize;
    let mut hidden = false;
    walk(BufReader::new(part), |step| {
        match step {
            Step::Open(element) if element.name == "Fallback" => fallback += 1,
            Step::Close("Fallback") => fallback = fallback.saturating_sub(1),
            _ if fallback > 0 => {}
            Step::Open(element) if !matches!(element.prefix, "a" | "m") => match element.name {
                "p" => {
                    if open > 0 {
                        around.push(std::mem::take(&mut out.now));
                    }
                    open += 1;
                }
                "r" => hidden = false,
                "vanish" if texts == 0 => {
                    let off = element.attribute("val");
                    hidden = !matches!(off.as_deref(), Some("0" | "false" | "off"));
                }
                "t" => texts += 1,
                "tab" if open > 0 && around.len() < open => out.push("\t"),
                "br" | "cr" if open > 0 => out.push("\n"),
                "noBreakHyphen" => out.push("-"),
                _ => {}
            },
            Step::Close("t") => texts = texts.saturating_sub(1),
            Step::Close("p") if open > 0 => {
                open -= 1;
                out.end();
                out.now = if open > 0 { around.pop().unwrap_or_default() } else { String::new() };
            }
            Step::Text(text) if texts > 0 && !hidden => out.push(text),
            Step::Open(_) | Step::Close(_) | Step::Text(_) => {}
        }
        if out.len() > most { Err(too_long(most)) } else { Ok(()) }
    })
    .map_err(|reason| format!("a broken Word document: {reason}"))?;
    Ok(out.finish())
}

/// What an archive is that holds no Word document, and what to do.
fn other_kind(archive: &Archive) -> &'static str {
    if archive.has("xl/") {
        "an Excel workbook: save the sheet as CSV"
    } else if archive.has("ppt/") {
        "a PowerPoint file: save its text as .docx or .txt"
    } else if archive.has("content.xml") {
        "an OpenDocument file: save it as .docx or .txt"
    } else {
        "a ZIP archive that holds no Word document: unpack it"
    }
}

/// A ZIP archive of these parts.
#[cfg(test)]
pub(in crate::read) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = ::zip::write::SimpleFileOptions::default();
        let method = ::zip::CompressionMethod::Deflated;
        writer.start_file(*name, options.compression_method(method)).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// A Word document of these paragraphs.
#[cfg(test)]
pub(in crate::read) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .map(|text| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
        .map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
        .collect();
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", xml.as_bytes())])
}

#[cfg(test)]
mod tests;

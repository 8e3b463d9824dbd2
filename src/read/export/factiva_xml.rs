//! Factiva as XML: `<article>` elements of its interface for programs.

use super::super::xml::{Step, walk};
use super::super::{Format, Options, Row, Rows, Source, one};
use super::{Cut, Record, lines::Field, numbered};
use std::sync::Arc;

/// Factiva XML.
pub(in crate::read) const FORMAT: Format = Format {
    name: "factiva-xml",
    doc: "a Factiva export as XML, with many articles",
    endings: &[".xml"],
    matches: |_, head| {
        let has = |sign: &[u8]| head.windows(sign.len()).any(|w| w == sign);
        head.trim_ascii_start().starts_with(b"<")
            && (has(b"<ppsArticleResponse") || has(b"<ppsarticle>") || has(b"global.factiva.com"))
    },
    read,
};

fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let place = source.place(None, None);
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, place)),
    };
    match cut(&bytes) {
        Ok(cut) if cut.records.is_empty() => {
            one(Row::rejected(place, "a Factiva export as XML that holds no article"))
        }
        Ok(cut) => numbered(cut, "Factiva", &source, &options),
        Err(reason) => one(Row::rejected(place, reason)),
    }
}

/// Elements of an article, and what they tell.
const FIELDS: &[(&str, Field)] = &[
    ("headline", Field::Title),
    ("byline", Field::Byline),
    ("sourceName", Field::Outlet),
    ("publicationDate", Field::Date),
    ("sectionName", Field::Section),
    ("accessionNo", Field::Id),
    ("baseLanguage", Field::Language),
    ("wordCount", Field::Length),
    ("leadParagraph", Field::Text),
    ("tailParagraphs", Field::Text),
];

fn cut(bytes: &[u8]) -> Result<Cut, String> {
    let mut out = Cut::default();
    let mut record: Option<Record> = None;
    // The element of a field that stands open, and what it holds.
    let mut open: Option<(&'static str, Field)> = None;
    let mut held = String::new();
    walk(bytes, |step| {
        match step {
            Step::Open(element) if element.name == "ppsarticleResultSet" => {
                out.declared = element.attribute("count").and_then(|count| count.parse().ok());
            }
            Step::Open(element) if element.name == "article" && record.is_none() => {
                record = Some(Record::default());
            }
            Step::Open(element) if record.is_some() => match open {
                None => open = FIELDS.iter().find(|(name, _)| *name == element.name).copied(),
                Some((_, Field::Text)) if element.name == "paragraph" => held.push_str("\n\n"),
                Some(_) => held.push(' '),
            },
            Step::Text(text) if open.is_some() => held.push_str(text),
            Step::Close(name) => {
                if let Some((_, field)) = open.filter(|(element, _)| *element == name) {
                    if let Some(record) = &mut record {
                        close(record, field, &held);
                    }
                    held.clear();
                    open = None;
                } else if name == "article" {
                    out.records.extend(record.take());
                }
            }
            Step::Open(_) | Step::Text(_) => {}
        }
        Ok(())
    })
    .map_err(|reason| format!("a broken Factiva export: {reason}"))?;
    Ok(out)
}

fn close(record: &mut Record, field: Field, held: &str) {
    if field == Field::Text {
        if !record.text.is_empty() {
            record.text.push_str("\n\n");
        }
        // A new line that is indented begins a paragraph.
        for (at, line) in held.trim().lines().enumerate() {
            if at > 0 {
                record.text.push_str(if line.starts_with("   ") { "\n\n" } else { "\n" });
            }
            record.text.push_str(line.trim());
        }
    } else {
        record.set(field, held.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

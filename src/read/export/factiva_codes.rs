//! Factiva with its codes: each field below or beside two letters (HD headline, BY byline, WC words,
//! PD date, SN source, LP lead, TD text, AN number), as plain text, RTF or HTML.

use super::lines::{Field, Labels};
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export =
    Export { name: "Factiva", signs: &[">HD<", ">HD&nbsp;", "<b>HD"], cut };

/// A code alone in its line, or with a value set apart from it.
fn code<'t>(line: &'t str, labels: &Labels) -> Option<(Field, &'t str)> {
    let line = line.trim();
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (name, value) = line.split_at(end);
    let field = labels.get(name)?;
    let apart = value.is_empty() || value.starts_with(['\t', '\u{a0}']) || value.starts_with("  ");
    apart.then(|| (field, value.trim()))
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let labels = Labels::of("factiva");
    let mut records: Vec<Fields<'_>> = Vec::new();
    let (mut ended, mut told) = (true, false);
    for line in shown.text.lines() {
        match code(line, labels) {
            Some((field, value)) => {
                let heads = matches!(field, Field::Title | Field::Section);
                if ended || heads && told {
                    records.push(Fields(Vec::new()));
                    told = false;
                }
                told |= field == Field::Text;
                // The number ends an article; what follows it is the page's.
                ended = field == Field::Id && !value.is_empty();
                if let Some(record) = records.last_mut() {
                    record.0.push((field, vec![value]));
                }
            }
            None => {
                if let Some((field, lines)) = records.last_mut().and_then(|r| r.0.last_mut()) {
                    ended |= *field == Field::Id && !line.trim().is_empty();
                    lines.push(line.trim());
                }
            }
        }
    }
    let has = |fields: &Fields<'_>, all: &[Field]| all.iter().all(|field| fields.has(*field));
    let is_sure = |fields: &Fields<'_>| {
        has(fields, &[Field::Title, Field::Text])
            && [Field::Date, Field::Outlet, Field::Length].iter().any(|field| fields.has(*field))
    };
    if !records.iter().any(is_sure) {
        return None;
    }
    let is_article = |fields: &&Fields<'_>| fields.has(Field::Title) || fields.has(Field::Text);
    let records: Vec<Record> = records.iter().filter(is_article).map(Fields::record).collect();
    Some(Cut { records, declared: None })
}

/// The fields of one article with their lines, in order.
struct Fields<'t>(Vec<(Field, Vec<&'t str>)>);

impl Fields<'_> {
    fn has(&self, wanted: Field) -> bool {
        self.0.iter().any(|(field, _)| *field == wanted)
    }

    fn record(&self) -> Record {
        let mut record = Record::default();
        for (field, lines) in &self.0 {
            match field {
                Field::Text => {
                    if !record.text.is_empty() {
                        record.text.push_str("\n\n");
                    }
                    record.text.push_str(paragraphs(lines).trim());
                }
                Field::Id => {
                    let line = lines.iter().find(|line| !line.is_empty()).unwrap_or(&"");
                    let number = line.split_whitespace().last().unwrap_or_default();
                    record.set(Field::Id, number.to_owned());
                }
                field => record.set(*field, lines.join(" ").trim().to_owned()),
            }
        }
        record
    }
}

/// Lines as they stand, with one blank line at most between them.
fn paragraphs(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut apart = false;
    for line in lines {
        if line.is_empty() {
            apart = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if apart { "\n\n" } else { "\n" });
        }
        apart = false;
        out.push_str(line);
    }
    out
}

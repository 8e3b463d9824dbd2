//! Exports of news databases: many articles in one file, whatever carries it.
//!
//! Plain text, RTF, Word and HTML are read to what they show ([`Shown`]); then every reader of
//! [`EXPORTS`] is asked whether that is its database's form, and cuts it into [`Record`]s. To add
//! one: a file, and a line in [`EXPORTS`].

mod europresse;
mod factiva_codes;
mod factiva_display;
mod factiva_html;
pub(super) mod factiva_xml;
mod lexis;
mod lines;
mod newsbank;
mod nexis;
mod proquest;
mod record;
mod several;

pub(super) use record::Record;

use super::html::Sheet;
use super::row::Raw;
use super::{Options, Row, Rows, Source, one};
use crate::article::Article;
use aho_corasick::AhoCorasick;
use std::sync::{Arc, LazyLock};

/// A form in which a database gives its articles.
struct Export {
    /// What it is, for messages.
    name: &'static str,
    /// What a page in this form holds somewhere. Other pages are not cut into pieces to find out.
    signs: &'static [&'static str],
    /// Its articles; `None` when it has another form.
    cut: fn(&Shown<'_>) -> Option<Cut>,
}

/// Every form, the ones that can be told most surely first.
static EXPORTS: &[Export] = &[
    factiva_html::EXPORT,
    europresse::EXPORT,
    nexis::EXPORT,
    lexis::EXPORT,
    proquest::EXPORT,
    factiva_codes::EXPORT,
    factiva_display::EXPORT,
    newsbank::EXPORT,
];

/// What a file shows to a reader: lines, paragraphs with a blank line between them.
pub(super) struct Shown<'a> {
    text: &'a str,
    /// The page that it comes from.
    sheet: Option<&'a Sheet>,
}

/// What a reader cut out of a file.
#[derive(Default)]
struct Cut {
    records: Vec<Record>,
    /// How many articles the file says that it holds.
    declared: Option<usize>,
}

/// What became of a file.
pub(super) enum Found {
    /// Articles of an export.
    Articles(Rows),
    /// Several articles in no form that is known: the reason to reject the file.
    Several(String),
    /// Nothing of the kind.
    Other,
}

/// Looks for an export in a plain text.
pub(super) fn in_text(text: &str, source: &Source, options: &Arc<Options>) -> Found {
    let shown = Shown { text, sheet: None };
    if let Some(rows) = rows(&shown, source, options) {
        return Found::Articles(rows);
    }
    several::reason(text).map_or(Found::Other, Found::Several)
}

/// Looks for an export in a web page.
pub(super) fn in_page(bytes: &[u8], source: &Source, options: &Arc<Options>) -> Found {
    static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let signs = EXPORTS.iter().flat_map(|export| export.signs);
        AhoCorasick::builder().ascii_case_insensitive(true).build(signs).ok()
    });
    if !SIGNS.as_ref().is_some_and(|signs| signs.is_match(bytes)) {
        return Found::Other;
    }
    let sheet = Sheet::parse(bytes);
    let text = sheet.text();
    let shown = Shown { text: &text, sheet: Some(&sheet) };
    if let Some(rows) = rows(&shown, source, options) {
        return Found::Articles(rows);
    }
    several::reason(&text).map_or(Found::Other, Found::Several)
}

/// The articles of a text that a document holds, or the one that it is.
pub(super) fn articles(article: Article, source: &Source, options: &Arc<Options>) -> Rows {
    let place = source.place(None, None);
    match in_text(&article.text, source, options) {
        Found::Articles(rows) => rows,
        Found::Several(reason) => one(Row::rejected(place, reason)),
        Found::Other => {
            let raw = Raw::of(article.text.as_bytes());
            one(Row::new(place, raw, move || Ok(article)))
        }
    }
}

fn rows(shown: &Shown<'_>, source: &Source, options: &Arc<Options>) -> Option<Rows> {
    let (export, cut) = EXPORTS.iter().find_map(|e| Some((e, (e.cut)(shown)?)))?;
    if cut.records.is_empty() {
        return None;
    }
    Some(numbered(cut, export.name, source, options))
}

/// The rows of the articles, numbered from 1.
fn numbered(cut: Cut, name: &'static str, source: &Source, options: &Arc<Options>) -> Rows {
    let found = cut.records.len();
    let odd = cut.declared.filter(|declared| *declared != found);
    let odd = odd.map(|declared| {
        format!("this {name} export declares {declared} articles, and {found} were found in it")
    });
    let rows: Vec<Row> = (1..)
        .zip(cut.records)
        .map(|(number, record)| {
            // What concerns the whole file is told once, with its first article.
            let warning = odd.clone().filter(|_| number == 1).or_else(|| source.warning.clone());
            record.row(source.place(Some(number), None), warning, options)
        })
        .collect();
    Box::new(rows.into_iter())
}

#[cfg(test)]
mod tests;

//! Europresse (Eureka, Factiva's French-speaking sister) as a web page: an element for each article.

use super::super::date::{is_weekday, iso};
use super::super::html::{Element, Line, Tag};
use super::lines::Field;
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export =
    Export { name: "Europresse", signs: &["DocPublicationName", "titreArticleVisu"], cut };

const OUTLET: u8 = 1;
const HEADER: u8 = 2;
const TITLE: u8 = 4;
const BEHIND: u8 = 8;
const AUTHOR: u8 = 16;
const TEXT: u8 = 32;
const ABOVE: u8 = 64;
/// Beside the title: what stands above it.
const TITLES: u8 = 128;

fn mark(element: Element<'_>) -> u8 {
    let named = |name: &str| element.has_class(|class| class.contains(name));
    let by_tag = match element.tag {
        Tag::Aside | Tag::Footer => BEHIND,
        Tag::Header => ABOVE,
        Tag::Section => TEXT,
        _ => 0,
    };
    let by_class = if named("DocPublicationName") {
        OUTLET
    } else if named("DocHeader") {
        HEADER
    } else if named("titreArticleVisu") || named("articletitle") {
        TITLE
    } else if named("titreArticle") {
        TITLES
    } else if named("docAuthors") || named("docOcurrAuthor") {
        AUTHOR
    } else if named("DocText") {
        TEXT
    } else {
        0
    };
    by_tag | by_class
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let sheet = shown.sheet?;
    let groups = sheet.groups(|element| element.tag == Tag::Article);
    let records: Vec<Record> =
        groups.into_iter().filter_map(|group| record(&sheet.lines(group, mark))).collect();
    (!records.is_empty()).then_some(Cut { records, declared: None })
}

/// The article of an element, when it is one of this database.
fn record(lines: &[Line<'_>]) -> Option<Record> {
    let known = lines.iter().any(|line| line.marks & (OUTLET | HEADER | TITLE) != 0);
    let mut record = Record::default();
    for Line { text, marks } in lines.iter().filter(|_| known) {
        let is = |mark: u8| marks & mark != 0;
        if is(OUTLET) {
            record.set(Field::Outlet, (*text).to_owned());
        } else if is(HEADER) {
            header(text, &mut record);
        } else if is(TITLE) {
            record.set(Field::Title, (*text).to_owned());
        } else if is(BEHIND) {
            let number = text.rsplit_once(':').map_or("", |(_, number)| number.trim());
            if number.contains('·') && !number.contains(' ') {
                record.set(Field::Id, number.to_owned());
            }
        } else if is(AUTHOR) || is(ABOVE) && !is(TITLES) && record.title.is_some() {
            record.set(Field::Byline, (*text).to_owned());
        } else if is(TEXT) {
            if !record.text.is_empty() {
                record.text.push_str("\n\n");
            }
            record.text.push_str(text);
        }
    }
    known.then_some(record)
}

/// "Communication, mardi 14 mars 2006, p. 16": the section, the date, the page.
fn header(line: &str, record: &mut Record) {
    if iso(line).is_some() {
        let date = line.split(", p.").next().unwrap_or(line);
        record.set(Field::Date, date.trim().to_owned());
    }
    let first = line.split(',').next().unwrap_or_default().trim();
    if !first.is_empty() && !first.contains(|c: char| c.is_ascii_digit()) && !is_weekday(first) {
        record.set(Field::Section, first.to_owned());
    }
}

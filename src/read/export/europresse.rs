//! Europresse (Eureka, Factiva's French-speaking sister) as a web page: an element for each article.

use super::super::date::{is_weekday, iso};
use super::super::html::{Element, Line, Tag};
use super::lines::Field;
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export =
    Export { name: "Europresse", signs: &["DocPublicationName", "titreArticleVisu"], cut };

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let sheet = shown.sheet?;
    let groups = sheet.groups(|element| element.tag == Tag::Article);
    let records: Vec<Record> =
        groups.into_iter().filter_map(|group| record(sheet.lines(group))).collect();
    (!records.is_empty()).then_some(Cut { records, declared: None })
}

fn record<'s>(lines: impl Iterator<Item = Line<'s>>) -> Option<Record> {
    let mut record = Record::default();
    let mut known = false;
    let mut titled = false;
    for line in lines {
        let named = |name: &'static str| {
            line.lies_in(|element: Element<'_>| element.has_class(|class| class.contains(name)))
        };
        let within = |tag: Tag| line.lies_in(|element| element.tag == tag);
        if named("DocPublicationName") {
            known = true;
            record.set(Field::Outlet, line.text().to_owned());
        } else if named("DocHeader") {
            known = true;
            header(line.text(), &mut record);
        } else if named("titreArticleVisu") || named("articletitle") {
            known = true;
            titled = true;
            record.set(Field::Title, line.text().to_owned());
        } else if within(Tag::Aside) || within(Tag::Footer) {
            let number = line.text().rsplit_once(':').map_or("", |(_, number)| number.trim());
            let is_number = number.contains('·') && !number.contains(' ');
            record.set(Field::Id, if is_number { number.to_owned() } else { String::new() });
        } else if named("docAuthors")
            || named("docOcurrAuthor")
            || titled && within(Tag::Header) && !named("titreArticle")
        {
            record.set(Field::Byline, line.text().to_owned());
        } else if within(Tag::Section) || named("DocText") {
            if !record.text.is_empty() {
                record.text.push_str("\n\n");
            }
            record.text.push_str(line.text());
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

//! Factiva as a web page, in any language of its interface: elements tell headline, author and
//! paragraphs, and the lines between headline and text stand in a fixed order.

use super::super::date::iso;
use super::super::html::{Element, Line};
use super::factiva_display::number;
use super::lines::Field;
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export =
    Export { name: "Factiva", signs: &["articleParagraph", "Article\"><p"], cut };

/// An article is of class "article" and of another one that begins with its language: "enArticle".
fn is_article(element: Element<'_>) -> bool {
    element.has_class(|class| class == "article")
        && element.has_class(|class| class != "article" && class.ends_with("Article"))
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let sheet = shown.sheet?;
    let groups = sheet.groups(is_article);
    let records: Vec<Record> =
        groups.into_iter().filter_map(|group| record(sheet.lines(group))).collect();
    (!records.is_empty()).then_some(Cut { records, declared: None })
}

fn record<'s>(lines: impl Iterator<Item = Line<'s>>) -> Option<Record> {
    let mut record = Record::default();
    let mut head: Vec<&str> = Vec::new();
    let mut title: Vec<&str> = Vec::new();
    for line in lines {
        let is = |is: fn(&str) -> bool| line.lies_in(|element| element.has_class(is));
        if line.lies_in(|e| e.has_id("hd")) || is(|class| class.ends_with("Headline")) {
            title.push(line.text());
        } else if is(|class| class == "author") {
            record.set(Field::Byline, line.text().to_owned());
        } else if is(|class| class == "articleParagraph") {
            if !record.text.is_empty() {
                record.text.push_str("\n\n");
            }
            record.text.push_str(line.text());
        } else if let Some(number) = number(line.text()) {
            record.set(Field::Id, number.to_owned());
        } else if record.text.is_empty() {
            if title.is_empty() {
                record.set(Field::Section, line.text().to_owned());
            } else {
                head.push(line.text());
            }
        }
    }
    record.set(Field::Title, title.join(" "));
    if record.text.is_empty() {
        // Another display, which the readers of text may know.
        return None;
    }
    let dated = head.iter().position(|line| iso(line).is_some());
    if let Some(at) = dated {
        record.set(Field::Date, head[at].to_owned());
        let words = at.checked_sub(1).map_or("", |before| head[before]);
        record.set(Field::Length, words.to_owned());
        // A time may stand between date and source.
        let source = at + 1 + usize::from(head.get(at + 1).is_some_and(|line| line.contains(':')));
        record.set(Field::Outlet, head.get(source).map_or("", |line| line).to_owned());
    }
    Some(record)
}

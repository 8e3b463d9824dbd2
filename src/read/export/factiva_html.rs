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

const TITLE: u8 = 1;
const AUTHOR: u8 = 2;
const PARAGRAPH: u8 = 4;

fn mark(element: Element<'_>) -> u8 {
    if element.has_id("hd") || element.has_class(|class| class.ends_with("Headline")) {
        TITLE
    } else if element.has_class(|class| class == "author") {
        AUTHOR
    } else if element.has_class(|class| class == "articleParagraph") {
        PARAGRAPH
    } else {
        0
    }
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let sheet = shown.sheet?;
    let groups = sheet.groups(is_article);
    let records: Vec<Record> =
        groups.into_iter().map(|group| record(&sheet.lines(group, mark))).collect();
    // Without paragraphs it is another display, which the readers of text may know.
    let known = records.iter().any(|record| !record.text.is_empty());
    known.then_some(Cut { records, declared: None })
}

fn record(lines: &[Line<'_>]) -> Record {
    let mut record = Record::default();
    let mut head: Vec<&str> = Vec::new();
    let mut title: Vec<&str> = Vec::new();
    for Line { text, marks } in lines {
        if marks & TITLE != 0 {
            title.push(text);
        } else if marks & AUTHOR != 0 {
            record.set(Field::Byline, (*text).to_owned());
        } else if marks & PARAGRAPH != 0 {
            if !record.text.is_empty() {
                record.text.push_str("\n\n");
            }
            record.text.push_str(text);
        } else if let Some(number) = number(text) {
            record.set(Field::Id, number.to_owned());
        } else if record.text.is_empty() {
            if title.is_empty() {
                record.set(Field::Section, (*text).to_owned());
            } else {
                head.push(text);
            }
        }
    }
    record.set(Field::Title, title.join(" "));
    let dated = head.iter().position(|line| iso(line).is_some());
    if let Some(at) = dated {
        record.set(Field::Date, head[at].to_owned());
        let words = at.checked_sub(1).map_or("", |before| head[before]);
        record.set(Field::Length, words.to_owned());
        // A time may stand between date and source.
        let source = at + 1 + usize::from(head.get(at + 1).is_some_and(|line| line.contains(':')));
        record.set(Field::Outlet, head.get(source).map_or("", |line| line).to_owned());
    }
    record
}

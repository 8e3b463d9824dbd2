//! Factiva without codes, as RTF or text: the headline, words, date, source, then the article, then
//! "Document" and its number.

use super::super::date::iso;
use super::lines::{Field, Labels, Piece, is_copyright, pieces, text};
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export = Export { name: "Factiva", signs: &["Factiva"], cut };

/// Lines in which the head of an article has its date.
const HEAD: usize = 12;

/// The number of an article at the end of its last line: a code of the source, the day, and nine
/// characters ("Document NRDTIM0020310305ef3500001").
pub(super) fn number(line: &str) -> Option<&str> {
    let (word, number) = line.trim().rsplit_once(char::is_whitespace)?;
    let bytes = number.as_bytes();
    let day = bytes.len().checked_sub(17)?;
    let (source, rest) = bytes.split_at(day);
    let (day, own) = rest.split_at(8);
    let upper = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let lower = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let is_one = (4..=12).contains(&source.len())
        && source[0].is_ascii_uppercase()
        && source.iter().all(upper)
        && day.iter().all(u8::is_ascii_digit)
        && own.iter().all(lower)
        && word.chars().all(char::is_alphabetic);
    is_one.then_some(number)
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let lines: Vec<&str> = shown.text.lines().map(str::trim).collect();
    let mut records = Vec::new();
    let mut from = 0;
    for (at, number) in lines.iter().enumerate().filter_map(|(at, l)| Some((at, number(l)?))) {
        records.extend(record(&lines[from..at], number));
        from = at + 1;
    }
    (!records.is_empty()).then_some(Cut { records, declared: None })
}

fn record(lines: &[&str], number: &str) -> Option<Record> {
    let none = Labels::of("");
    let shown: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].is_empty()).collect();
    let line = |place: usize| shown.get(place).map_or("", |at| lines[*at]);
    let dated = (1..shown.len().min(HEAD)).find(|place| iso(line(*place)).is_some())?;
    let mut record = Record { id: Some(number.to_owned()), ..Record::default() };
    record.set(Field::Date, line(dated).to_owned());
    let counted = line(dated - 1).starts_with(|c: char| c.is_ascii_digit());
    if counted {
        record.set(Field::Length, line(dated - 1).to_owned());
    }
    names(&(0..dated - usize::from(counted)).map(line).collect::<Vec<_>>(), &mut record);
    let source = dated + 1 + usize::from(line(dated + 1).contains(':'));
    record.set(Field::Outlet, line(source).to_owned());
    // Codes, editions, pages and the language lead on to the copyright.
    let last = (source..shown.len().min(source + HEAD)).find(|place| is_copyright(line(*place)));
    let body = shown.get(last.unwrap_or(source) + 1).copied().unwrap_or(lines.len());
    let mut prose = pieces(&lines[body..], none);
    if prose.len() > 1 && prose.last().is_some_and(is_publisher) {
        prose.pop();
    }
    record.text = text(&prose);
    Some(record)
}

/// Section, headline and byline, of which only the headline is always there.
fn names(lines: &[&str], record: &mut Record) {
    let words = |line: &str| line.split_whitespace().count();
    let by = |line: &str| line.to_lowercase().starts_with("by ");
    let (section, rest) = match lines {
        [section, title, ..]
            if words(section) <= 2 && words(title) > words(section) && !by(title) =>
        {
            (Some(*section), &lines[1..])
        }
        _ => (None, lines),
    };
    record.set(Field::Section, section.unwrap_or_default().to_owned());
    record.set(Field::Title, rest.first().map_or("", |title| title).to_owned());
    record.set(Field::Byline, rest.get(1).map_or("", |byline| byline).to_owned());
}

/// The name of the publishing company, below the article.
fn is_publisher(piece: &Piece<'_>) -> bool {
    let line = piece.folded();
    line.split_whitespace().count() <= 8 && !line.ends_with(['.', '?', '!', '”', '"', '’', '\''])
}

//! NewsBank as text: labelled fields, then the article, then its record number.

use super::lines::{Field, Labels, Piece, pieces, tail, text};
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export =
    Export { name: "NewsBank", signs: &["Record Number:", "NewsBank"], cut };

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    if !shown.text.contains("Record Number:") && !shown.text.contains("NewsBank") {
        return None;
    }
    let lines: Vec<&str> = shown.text.lines().collect();
    let pieces = pieces(&lines, Labels::of("newsbank"));
    let ends = |piece: &Piece<'_>| piece.first_line().starts_with("Record Number:");
    let begins = |piece: &Piece<'_>| matches!(piece.field, Some(Field::Title | Field::Outlet));
    let mut records = Vec::new();
    let mut from = 0;
    let (mut titled, mut told) = (false, false);
    for (at, piece) in pieces.iter().enumerate() {
        // Some exports have no numbers: the next title begins the next article.
        if titled && told && begins(piece) {
            records.extend(record(&pieces[from..at]));
            (from, titled, told) = (at, false, false);
        }
        titled |= piece.field == Some(Field::Title);
        told |= piece.field.is_none();
        if ends(piece) {
            records.extend(record(&pieces[from..=at]));
            (from, titled, told) = (at + 1, false, false);
        }
    }
    records.extend(record(&pieces[from..]));
    (!records.is_empty()).then_some(Cut { records, declared: None })
}

fn record(pieces: &[Piece<'_>]) -> Option<Record> {
    let has = |field: Field| pieces.iter().any(|piece| piece.field == Some(field));
    if !has(Field::Title) || !has(Field::Date) && !has(Field::Outlet) {
        return None;
    }
    let first = pieces.iter().position(|piece| piece.field.is_some())?;
    let labelled = pieces[first..].iter().take_while(|piece| {
        !matches!(piece.field, None | Some(Field::Text | Field::Tail | Field::Picture))
    });
    let body = first + labelled.count();
    let tail = tail(pieces, body).max(body);
    let mut record = Record { text: text(&pieces[body..tail]), ..Record::default() };
    record.set_all(&pieces[first..body]);
    record.set_all(&pieces[tail..]);
    Some(record)
}

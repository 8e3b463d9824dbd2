//! ProQuest as text or as a web page: labelled fields, the text behind "Full text:", articles apart
//! by rules of underscores.

use super::super::date::iso;
use super::lines::{Field, Labels, Piece, numbered, pieces, tail, text};
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export = Export { name: "ProQuest", signs: &["ProQuest"], cut };

/// Labels of the last fields of an article.
const LAST: &[&str] =
    &["Database:", "Last updated:", "Base de datos:", "Base de données:", "Datenbank:"];

/// The line that parts articles: underscores, or a number where a page has no rules.
fn parts(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 20 && line.bytes().all(|byte| byte == b'_')
        || numbered(line, "Document # of #").is_some()
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let labels = Labels::of("proquest");
    let lines: Vec<&str> = shown.text.lines().collect();
    let begins_text = |line: &&&str| matches!(labels.begins(line), Some((Field::Text, _)));
    lines.iter().find(begins_text)?;
    let mut records = Vec::new();
    for part in lines.split(|line| parts(line)) {
        let pieces = pieces(part, labels);
        // Without a rule, an article ends where the database's own fields end.
        let last =
            |piece: &Piece<'_>| LAST.iter().any(|label| piece.first_line().starts_with(label));
        let runs = pieces.chunk_by(|a, b| !last(a) || last(b));
        records.extend(runs.filter_map(record));
    }
    (!records.is_empty()).then_some(Cut { records, declared: None })
}

fn record(pieces: &[Piece<'_>]) -> Option<Record> {
    // One without its text is told of, and not left out.
    let body = pieces.iter().position(|piece| piece.field == Some(Field::Text));
    let tail = body.map_or(pieces.len(), |body| tail(pieces, body + 1));
    let body = body.unwrap_or(pieces.len());
    let mut record = Record { text: text(&pieces[body..tail]), ..Record::default() };
    record.set_all(&pieces[..body]);
    record.set_all(&pieces[tail..]);
    let named = |name: &str| {
        let piece = pieces.iter().find(|piece| piece.first_line().starts_with(name))?;
        Some(piece.folded())
    };
    if record.outlet.is_none() && record.date.is_none() && named("Publication").is_none() {
        return None;
    }
    // "Velsund Courier ; Velsund [Velsund]05 Mar 2031: A.4."
    let info = named("Publication info:").unwrap_or_default();
    let info = info.as_str();
    record.outlet = record.outlet.or_else(|| (!info.is_empty()).then(|| info.to_owned()));
    record.outlet = record
        .outlet
        .map(|outlet| outlet.split([';', '[']).next().unwrap_or_default().trim().to_owned());
    let day = info.rsplit(']').next().and_then(|day| day.rsplit_once(':')).map(|(day, _)| day);
    record.date = record.date.or_else(|| day.filter(|day| iso(day).is_some()).map(str::to_owned));
    if record.title.is_none() {
        let first = pieces[..body].iter().find(|piece| piece.field.is_none());
        record.title = first.map(Piece::folded);
    }
    Some(record)
}

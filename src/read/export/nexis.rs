//! Nexis and LexisNexis: plain text, HTML, and Word and RTF of the old form, in which every article
//! stands below a line like "1 of 10 DOCUMENTS".

use super::super::date::iso;
use super::lines::{Field, Labels, Piece, is_copyright, numbered, pieces, tail, text};
use super::{Cut, Export, Record, Shown};

pub(super) const EXPORT: Export = Export {
    name: "Nexis",
    signs: &["DOCUMENTS</", "1 of 1 DOCUMENT<", "Dokument 1 von", "Document 1 de "],
    cut,
};

/// The line above an article, in the languages of the interface.
const MARKERS: &[&str] = &[
    "# of # DOCUMENTS",
    "# of # DOCUMENT",
    "Dokument # von #",
    "Document # de #",
    "Documento # de #",
];

/// Pieces among which the last label of the head must stand.
const HEAD: usize = 15;

fn marker(line: &str) -> Option<usize> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    MARKERS.iter().find_map(|form| numbered(line, form))?.first().copied()
}

fn cut(shown: &Shown<'_>) -> Option<Cut> {
    let lines: Vec<&str> = shown.text.lines().collect();
    let marks: Vec<(usize, usize)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, marker(line)?))).collect();
    let ((_, first), (_, last)) = (*marks.first()?, *marks.last()?);
    let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]);
    let records = marks.iter().zip(ends).map(|((at, _), end)| record(&lines[at + 1..end]));
    let records: Vec<Record> = records.collect();
    // A line like the marker, and no labels, is no export.
    let labelled = |r: &Record| r.length.is_some() || r.byline.is_some() || r.language.is_some();
    if !records.iter().any(labelled) {
        return None;
    }
    let declared = (last.max(first) - first).checked_add(1);
    Some(Cut { records, declared })
}

fn record(lines: &[&str]) -> Record {
    let pieces = pieces(lines, Labels::of("nexis"));
    let is_head = |piece: &Piece<'_>| {
        !matches!(piece.field, None | Some(Field::Tail | Field::Picture | Field::Language))
    };
    let labelled = pieces.iter().position(is_head);
    let body = pieces.iter().take(HEAD).rposition(is_head);
    let body = match body {
        // The label of the text begins it.
        Some(at) if pieces[at].field == Some(Field::Text) => at,
        Some(at) => at + 1,
        None => 0,
    };
    let tail = tail(&pieces, body).max(body);
    let mut record = Record { text: text(&pieces[body..tail]), ..Record::default() };
    record.set_all(&pieces[..body]);
    record.set_all(pieces[tail..].iter().filter(|p| p.field == Some(Field::Language)));
    top(&pieces[..labelled.unwrap_or(body)], &mut record);
    record
}

/// What stands above the labels: outlet, date and title, each a paragraph of one line or more.
fn top(pieces: &[Piece<'_>], record: &mut Record) {
    let known = |line: &&str| !is_copyright(line);
    let shown: Vec<Vec<&str>> = pieces
        .iter()
        .map(|piece| piece.lines.iter().copied().filter(known).collect::<Vec<_>>())
        .filter(|lines| !lines.is_empty())
        .collect();
    let is_date = |line: &&str| iso(line).is_some();
    let Some(at) = shown.iter().position(|lines| lines.iter().any(is_date)) else {
        record.set(Field::Outlet, shown.first().map_or_else(String::new, |lines| lines.join(" ")));
        record.set(Field::Title, joined(shown.get(1..).unwrap_or_default()));
        return;
    };
    let line = shown[at].iter().position(is_date).unwrap_or(0);
    record.set(Field::Date, shown[at][line].to_owned());
    // The outlet stands right above the date, in the same paragraph or the one before.
    let above = line.checked_sub(1).map(|before| shown[at][before].to_owned());
    let before = at.checked_sub(1).map(|before| shown[before].join(" "));
    record.set(Field::Outlet, above.or(before).unwrap_or_default());
    record.set(Field::Title, joined(&shown[at + 1..]));
}

fn joined(paragraphs: &[Vec<&str>]) -> String {
    paragraphs.concat().join(" ")
}

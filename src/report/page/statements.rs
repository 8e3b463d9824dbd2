//! Who said what, statement by statement.

use super::{Cell, Part, Place, Row, Section, Table, pieces, shown, who};
use crate::mark::SHOWN_FROM;
use crate::report::table::Side;
use crate::score::Scored;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let all = &scored.marks.attributions;
    if all.is_empty() {
        return Vec::new();
    }
    let text = scored.document.text;
    let rows: Vec<Row<'a>> = shown(scored)
        .map(|(number, a)| Row {
            statement: Some(number),
            cells: vec![
                Cell::number(number),
                Cell::words(who(a, text)),
                Cell::label(a.source_class.name()),
                Cell::label(a.kind.name()),
                Cell::label(a.act.name()),
                Cell::words(pieces(&a.cue, text)),
                Cell::label(format!("{:.2}", a.confidence)),
                Cell::Places(pieces(&a.content, text).into(), a.content.clone()),
            ],
        })
        .collect();
    let left_out = all.len() - rows.len();
    let columns = vec![
        ("no.", Side::Right),
        ("who", Side::Left),
        ("class", Side::Left),
        ("kind", Side::Left),
        ("act", Side::Left),
        ("cue", Side::Left),
        ("sure", Side::Left),
        ("what", Side::Left),
    ];
    let mut parts = Vec::new();
    if !rows.is_empty() {
        parts.push(Part::Table(Table::new(columns, rows)));
    }
    if left_out > 0 {
        parts.push(Part::Note(format!(
            "{left_out} below {SHOWN_FROM} left out: more often wrong than right. They stand in --format json."
        )));
    }
    vec![Section::new("statements", "Who said what", Place::Below, parts)]
}

//! Loaded words.

use super::{Cell, Part, Place, Section, Table};
use crate::mark::{Layer, Mark};
use crate::report::table::Side;
use crate::score::Scored;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let parts = counted(scored, Layer::Loaded).map(|table| vec![Part::Table(table)]);
    parts
        .map(|parts| Section::new("loaded", "Loaded words", Place::Below, parts))
        .into_iter()
        .collect()
}

/// Rows that a terminal shows.
const MOST: usize = 12;

/// The different words of a layer, with how often they stand in the article's own voice and in that of others; the most frequent
/// first. None where there are none.
pub(super) fn counted<'a>(scored: &'a Scored<'a>, layer: Layer) -> Option<Table<'a>> {
    let text = scored.document.text;
    let mut words: BTreeMap<(String, &str), Vec<&Mark>> = BTreeMap::new();
    for mark in scored.marks.layer(layer) {
        let form = mark.span.slice(text).to_lowercase();
        words.entry((form, mark.class)).or_default().push(mark);
    }
    let mut rows: Vec<_> = words.into_iter().collect();
    rows.sort_by_key(|(_, marks)| Reverse(marks.len()));
    let rows: Vec<_> = rows
        .into_iter()
        .map(|((form, class), marks)| {
            let own = marks.iter().filter(|m| m.own_voice).count();
            vec![
                Cell::Places(form.into(), marks.iter().map(|m| m.span).collect()),
                Cell::label(class),
                Cell::number(own),
                Cell::number(marks.len() - own),
            ]
            .into()
        })
        .collect();
    let columns = vec![
        ("word", Side::Left),
        ("class", Side::Left),
        ("own voice", Side::Right),
        ("others", Side::Right),
    ];
    (!rows.is_empty()).then_some(Table { columns, rows, most: MOST })
}

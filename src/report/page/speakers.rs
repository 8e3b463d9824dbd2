//! Who speaks, and how much.

use super::{Cell, Part, Place, Section, Table, ranks};
use crate::report::table::Side;
use crate::score::Scored;
use crate::text::Span;
use std::collections::BTreeMap;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let speakers = &scored.marks.speakers;
    if speakers.is_empty() {
        let note = Part::Note("Nobody is quoted or reported.".to_owned());
        return vec![Section::new("speakers", "Speakers", Place::Beside, vec![note])];
    }
    let mut said: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for attribution in &scored.marks.attributions {
        for name in &attribution.speakers {
            said.entry(name).or_default().extend(&attribution.content);
        }
    }
    let words = scored.document.words.max(1) as f64;
    let mut rows: Vec<_> = speakers.iter().zip(ranks(scored)).collect();
    rows.sort_by_key(|(_, rank)| *rank);
    let rows = rows.into_iter().map(|(speaker, rank)| {
        let places = said.get(speaker.name.as_str()).cloned().unwrap_or_default();
        vec![
            Cell::Speaker(rank, (&speaker.name).into(), places),
            Cell::label(speaker.class.name()),
            Cell::words(speaker.role.as_deref().unwrap_or_default()),
            Cell::number(speaker.attributions),
            Cell::number(speaker.words),
            Cell::Share((speaker.words as f64 / words).min(1.0)),
        ]
        .into()
    });
    let columns = vec![
        ("speaker", Side::Left),
        ("class", Side::Left),
        ("role", Side::Left),
        ("statements", Side::Right),
        ("words", Side::Right),
        ("of prose", Side::Right),
    ];
    let table = Table::new(columns, rows.collect());
    vec![Section::new("speakers", "Speakers", Place::Beside, vec![Part::Table(table)])]
}

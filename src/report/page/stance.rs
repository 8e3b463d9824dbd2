//! Toward whom the article takes a stance, and what it makes of them.

use super::{Cell, Part, Place, Section, Table};
use crate::mark::STANCES;
use crate::report::table::Side;
use crate::score::Scored;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let targets = &scored.marks.targets;
    if targets.is_empty() {
        return Vec::new();
    }
    let rows = targets.iter().map(|target| {
        let mentions = target.mentions.iter().map(|m| m.span).collect();
        vec![
            Cell::Places((&target.name).into(), mentions),
            Cell::label(target.polarity.class()),
            Cell::label(format!("{:+.2}", target.polarity.value())),
            Cell::Classes(STANCES.into_iter().zip(target.polarity.probabilities).collect()),
            Cell::label(target.role.class()),
            Cell::number(target.mentions.len()),
        ]
        .into()
    });
    let columns = vec![
        ("toward", Side::Left),
        ("class", Side::Left),
        ("value", Side::Right),
        ("probabilities", Side::Left),
        ("role", Side::Left),
        ("mentions", Side::Right),
    ];
    let table = Table::new(columns, rows.collect());
    vec![Section::new("stance", "Stance", Place::Beside, vec![Part::Table(table)])]
}

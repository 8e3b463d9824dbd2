//! Classes, values and probabilities of all axes.

use super::{Cell, Part, Place, Section, Table};
use crate::report::table::Side;
use crate::score::Scored;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let mut parts = Vec::new();
    if let Some(unscored) = &scored.unscored {
        parts.push(Part::Note(format!("Unscored: {}.", unscored.reason)));
    } else if scored.scores.is_empty() {
        parts.push(Part::Note("No models, so no scores; the marks are shown.".to_owned()));
    }
    let rows = scored.scores.iter().map(|score| {
        vec![
            Cell::Axis(score.axis),
            Cell::label(score.class),
            Cell::label(score.value.map_or_else(String::new, |v| format!("{v:.2}"))),
            Cell::Classes(score.probabilities.clone()),
            Cell::words(&score.model),
        ]
        .into()
    });
    if !scored.scores.is_empty() {
        let columns = vec![
            ("axis", Side::Left),
            ("class", Side::Left),
            ("value", Side::Right),
            ("probabilities", Side::Left),
            ("model", Side::Left),
        ];
        parts.push(Part::Table(Table::new(columns, rows.collect())));
    }
    vec![Section::new("scores", "Scores", Place::Beside, parts)]
}

//! What is not scored, and why.

use super::{Cell, Part, Place, Section, Table};
use crate::report::table::Side;
use crate::score::Scored;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let document = &scored.document;
    let aside = document.blocks.iter().filter(|b| !b.is_prose());
    let rows: Vec<_> = aside
        .map(|b| {
            let words = b.span.slice(document.text).into();
            vec![Cell::label(b.reason), Cell::Places(words, vec![b.span])].into()
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![("reason", Side::Left), ("text", Side::Left)];
    let table = Table::new(columns, rows);
    vec![Section::new("skipped", "Not scored", Place::Below, vec![Part::Table(table)])]
}

//! How sure the article is: words that limit commitment, and words that strengthen it.

use super::loaded::counted;
use super::{Part, Place, Section};
use crate::mark::Layer;
use crate::score::Scored;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let sections = [
        ("hedges", "Hedges", counted(scored, Layer::Hedge)),
        ("boosters", "Boosters", counted(scored, Layer::Booster)),
    ];
    let made = sections.into_iter().filter_map(|(id, title, table)| {
        Some(Section::new(id, title, Place::Below, vec![Part::Table(table?)]))
    });
    made.collect()
}

//! What may be wrong with the article or its reading.

use super::{Part, Place, Section};
use crate::score::Scored;

pub(super) fn section<'a>(scored: &'a Scored<'a>) -> Vec<Section<'a>> {
    let all = scored.article.warnings.iter().chain(&scored.marks.warnings);
    let parts: Vec<Part<'a>> = all.map(|warning| Part::Note(warning.clone())).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    vec![Section::new("warnings", "Warnings", Place::Beside, parts)]
}

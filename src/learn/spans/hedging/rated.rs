//! Ratings of how sure findings sound, as soft labels of the sentence decision.

use super::super::examples::{RATED, judged};
use super::super::szeged::Rated;
use super::{Rows, Settings, sentence_row};
use crate::entity::covered;
use crate::family::hedging::candidates;
use crate::family::hedging::sentence::Judged;
use crate::lexicon::Lexicon;
use crate::linear::Linear;
use crate::text::Document;

/// A rated sentence made ready.
pub(super) struct RatedExample {
    pub(super) judged: Vec<Judged>,
    pub(super) tokens: usize,
    pub(super) certainty: f64,
}

pub(super) fn put_rated(
    rows: &mut Rows,
    lexicon: &Lexicon,
    one: &RatedExample,
    settings: &Settings,
) {
    let (low, high) = settings.rated_range;
    let share = (((high - one.certainty) / (high - low)).clamp(0.0, 1.0)) as f32;
    for (label, part) in [(1, share), (0, 1.0 - share)] {
        sentence_row(rows, lexicon, &one.judged, one.tokens, RATED);
        rows.labels.push(label);
        rows.weights.push(part * settings.rated_weight);
    }
}

pub(super) fn rated_example(lexicon: &Lexicon, decision: &Linear, row: &Rated) -> RatedExample {
    let document = Document::new(&row.text);
    let hits = candidates(&document, &covered(&document), lexicon);
    RatedExample {
        judged: judged(&document, lexicon, &hits, decision),
        tokens: document.tokens.len(),
        certainty: row.certainty,
    }
}

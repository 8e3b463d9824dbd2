//! Certainty of findings in science news and abstracts, rated 1 (unsure) to 6 (sure).

use super::sentences::scores;
use super::{Bench, SetResult, pick};
use crate::learn::dataset::jsonl;
use crate::learn::error::LearnError;
use crate::learn::metrics::pearson;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    text: String,
    certainty: f64,
}

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Row> = jsonl(path)?;
    let mut result = SetResult::new("Certainty of findings: rating against 1 - hedged", rows.len());
    let truth: Vec<f64> = rows.iter().map(|r| r.certainty).collect();
    let hedged =
        scores(bench, &rows.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), |s| s.hedged);
    let groups: Vec<usize> = (0..rows.len()).collect();
    let peers = &[("tf-idf ridge, 5-fold on the set", 0.55)];
    result.figure_within("Pearson", &groups, peers, |rows| {
        -pearson(&pick(&truth, rows), &pick(&hedged, rows))
    });
    Ok(result)
}

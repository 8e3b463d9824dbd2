//! FactBank's newswire in the Szeged Uncertainty Corpus: is the sentence uncertain?

use super::sentences::{figures, scores};
use super::{Bench, SetResult, grouped};
use crate::learn::dataset::jsonl;
use crate::learn::error::LearnError;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    doc: String,
    text: String,
    uncertain: bool,
}

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Row> = jsonl(path)?;
    let mut result = SetResult::new("FactBank news: uncertain sentences", rows.len());
    let truth: Vec<bool> = rows.iter().map(|r| r.uncertain).collect();
    let p = scores(bench, &rows.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), |s| s.hedged);
    let groups = grouped(rows.iter().map(|r| r.doc.as_str()));
    figures(
        &mut result,
        "hedged",
        &truth,
        &p,
        &groups,
        (&[("plain list", 0.787), ("learned list", 0.762), ("tf-idf", 0.638)], &[], &[]),
    );
    Ok(result)
}

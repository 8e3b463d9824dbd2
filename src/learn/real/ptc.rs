//! Propaganda Techniques Corpus: does a sentence hold loaded language or name-calling?

use super::chars::Chars;
use super::{Bench, SetResult, pick};
use crate::article::Article;
use crate::learn::dataset::jsonl;
use crate::learn::error::LearnError;
use crate::learn::metrics::auc;
use crate::learn::parallel;
use crate::text::Span;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    spans: Vec<Technique>,
}

#[derive(Deserialize)]
struct Technique {
    start: usize,
    end: usize,
    technique: String,
}

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Row> = jsonl(path)?;
    let judged = parallel::map(&rows, |row| article(bench, row));
    let (mut truth, mut p, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for (article, sentences) in judged.into_iter().enumerate() {
        for (loaded, value) in sentences {
            truth.push(loaded);
            p.push(value);
            groups.push(article);
        }
    }
    let mut result =
        SetResult::new("PTC: sentences with loaded language or name-calling", truth.len());
    result.figure_within("AUC", &groups, &[], |rows| auc(&pick(&truth, rows), &pick(&p, rows)));
    let pairs: Vec<(f64, bool)> = p.iter().copied().zip(truth.iter().copied()).collect();
    result.calibration("loaded", &pairs);
    let share = truth.iter().filter(|t| **t).count() as f64 / truth.len().max(1) as f64;
    result.notes.push(format!(
        "{} articles; a sentence counts as loaded when such a span overlaps it ({:.0} %)",
        rows.len(),
        100.0 * share
    ));
    Ok(result)
}

/// Every sentence that the cutting gives, set-aside ones with their zero: true and said.
fn article(bench: &Bench<'_>, row: &Row) -> Vec<(bool, f64)> {
    let chars = Chars::of(&row.text);
    let wanted = |t: &&Technique| {
        t.technique.starts_with("Loaded_Language") || t.technique.starts_with("Name_Calling")
    };
    let spans: Vec<Span> = row
        .spans
        .iter()
        .filter(wanted)
        .map(|t| Span::new(chars.byte(t.start), chars.byte(t.end)))
        .collect();
    let article = Article::from_text(&row.id, &row.text);
    let scored = bench.scorer.score(&article);
    let sentences = scored.document.sentences.iter().zip(&scored.marks.sentences);
    sentences.map(|(s, score)| (spans.iter().any(|t| t.overlaps(s.span)), score.loaded)).collect()
}

//! Sentences with judged mentions, as the data set has them.

use super::FOLDS;
use crate::learn::spans::error::SpanError;
use crate::mark::STANCES;
use crate::text::{Span, Word};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    text: String,
    article: String,
    targets: Vec<RowTarget>,
}

/// Offsets count characters, as Python does.
#[derive(Deserialize)]
struct RowTarget {
    start: usize,
    end: usize,
    stance: String,
}

/// A sentence with its judged mentions, in bytes.
pub(super) struct Example {
    pub(super) text: String,
    pub(super) fold: usize,
    pub(super) article: String,
    pub(super) mentions: Vec<(Span, usize)>,
}

pub(super) fn read(path: &Path) -> Result<(Vec<Example>, String), SpanError> {
    let content = std::fs::read_to_string(path).map_err(SpanError::io(path))?;
    let mut out = Vec::new();
    for (number, line) in content.lines().enumerate() {
        let wrong = |message: String| SpanError::line(path, number + 1, message);
        let row: Row = serde_json::from_str(line).map_err(|e| wrong(e.to_string()))?;
        let byte = |characters: usize| {
            row.text.char_indices().nth(characters).map_or(row.text.len(), |(at, _)| at)
        };
        let mut mentions = Vec::new();
        for target in &row.targets {
            let class = STANCES.iter().position(|s| *s == target.stance);
            let class = class.ok_or_else(|| {
                wrong(format!("stance {:?} is none of {}", target.stance, STANCES.join(", ")))
            })?;
            mentions.push((Span::new(byte(target.start), byte(target.end)), class));
        }
        let fold = (Word::of(&row.article).0 % FOLDS as u64) as usize;
        out.push(Example { text: row.text, fold, article: row.article, mentions });
    }
    Ok((out, content))
}

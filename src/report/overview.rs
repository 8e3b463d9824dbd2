//! `score` on a terminal: a line for each article.

use super::table::{Column, head, row};
use crate::axis::AXES;
use crate::score::{Score, Scored};

/// The columns for a terminal of `width` cells: of each axis the class with its value, or, where classes stand in no order, its
/// probability.
#[must_use]
pub fn columns(width: usize) -> Vec<Column> {
    let mut out = vec![Column::text("article", 20), Column::number("words", 6)];
    out.extend(AXES.iter().map(|axis| Column::text(axis.name, CLASS)));
    let used: usize = out.iter().map(|c| c.width + 2).sum();
    out.push(Column::text("stance toward", width.saturating_sub(used).clamp(20, 60)));
    out
}

/// Cells of a class with its number.
const CLASS: usize = 13;

fn class(score: &Score) -> String {
    let of_class = score.probabilities.iter().find(|(class, _)| *class == score.class);
    let sure = of_class.map_or(0.0, |(_, p)| *p);
    match score.value {
        Some(value) => format!("{:<8} {value:.2}", score.class),
        None => format!("{:<8} {:>2.0} %", score.class, 100.0 * sure),
    }
}

/// The headings.
#[must_use]
pub fn heading(columns: &[Column]) -> String {
    head(columns)
}

/// The line of an article.
#[must_use]
pub fn article(columns: &[Column], scored: &Scored<'_>) -> String {
    let words = scored.document.words.to_string();
    let stance = stance(scored);
    if let Some(unscored) = &scored.unscored {
        let start = [&columns[0], &columns[1]].map(Clone::clone);
        return format!(
            "{}  unscored: {}",
            row(&start, &[&scored.article.id, &words]),
            super::line(&unscored.reason)
        );
    }
    let mut cells = vec![scored.article.id.clone(), words];
    for axis in AXES {
        let score = scored.scores.iter().find(|s| s.axis == axis.name);
        cells.push(score.map_or_else(|| "-".to_owned(), class));
    }
    cells.push(stance);
    row(columns, &cells)
}

/// Targets shown in a line.
const TARGETS: usize = 3;

fn stance(scored: &Scored<'_>) -> String {
    let targets = scored.marks.targets.iter().take(TARGETS);
    let all: Vec<String> =
        targets.map(|t| format!("{} {:+.2}", t.name, t.polarity.value())).collect();
    all.join(", ")
}

//! NewsMTSC: the sentiment toward a given mention in a news sentence.

use super::chars::Chars;
use super::{Bench, SetResult, grouped, pick};
use crate::article::{Article, TargetRequest};
use crate::learn::dataset::jsonl;
use crate::learn::error::LearnError;
use crate::learn::metrics::{accuracy, macro_f1};
use crate::learn::parallel;
use crate::mark::{Marks, Polarity, STANCES};
use crate::text::Span;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    article: String,
    text: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    start: usize,
    end: usize,
    stance: String,
}

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Row> = jsonl(path)?;
    let judged = parallel::map(&rows, |row| sentence(bench, row));
    let (mut truth, mut said, mut pairs, mut names) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (row, polarities) in rows.iter().zip(judged) {
        for (target, polarity) in row.targets.iter().zip(polarities) {
            // A class that is not known can never be right.
            let gold = STANCES.iter().position(|s| *s == target.stance).unwrap_or(STANCES.len());
            let class = STANCES.iter().position(|s| *s == polarity.class()).unwrap_or(1);
            truth.push(gold);
            said.push(class);
            pairs.push((polarity.probabilities[class], class == gold));
            names.push(row.article.as_str());
        }
    }
    let mt = path.file_name().is_some_and(|n| n.to_string_lossy().contains("_mt"));
    let mut result = SetResult::new(
        if mt { "NewsMTSC, several targets: stance" } else { "NewsMTSC, real world: stance" },
        truth.len(),
    );
    let groups = grouped(names.iter().copied());
    let f1: &[_] = if mt {
        &[
            ("VADER", 0.501),
            ("tf-idf with windows", 0.606),
            ("GRU-TSC, neural", 0.83),
            ("majority", 0.224),
        ]
    } else {
        &[
            ("VADER", 0.514),
            ("tf-idf with windows", 0.635),
            ("GRU-TSC, neural", 0.83),
            ("majority", 0.189),
        ]
    };
    result.figure_within("macro-F1", &groups, f1, |rows| {
        macro_f1(&pick(&truth, rows), &pick(&said, rows), STANCES.len() + 1)
    });
    result.figure_within("accuracy", &groups, &[], |rows| {
        accuracy(&pick(&truth, rows), &pick(&said, rows))
    });
    result.calibration("stance that is said", &pairs);
    Ok(result)
}

/// The polarity at each requested mention; neutral where none is given.
fn sentence(bench: &Bench<'_>, row: &Row) -> Vec<Polarity> {
    let chars = Chars::of(&row.text);
    let spans: Vec<Span> =
        row.targets.iter().map(|t| Span::new(chars.byte(t.start), chars.byte(t.end))).collect();
    let targets =
        spans.iter().map(|s| TargetRequest::Mention { start: s.from(), end: s.to() }).collect();
    let article = Article { targets, ..Article::from_text("", &row.text) };
    let scored = bench.scorer.score(&article);
    spans.iter().map(|span| polarity(&scored.marks, *span)).collect()
}

fn polarity(marks: &Marks, span: Span) -> Polarity {
    let mentions = marks.targets.iter().flat_map(|t| &t.mentions);
    mentions.clone().find(|m| m.span == span).map(|m| m.polarity).unwrap_or_default()
}

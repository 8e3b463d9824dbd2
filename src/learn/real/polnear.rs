//! PolNeAR: who said what in whole political news articles.

use super::causes::{self, Causes, Cued};
use super::chars::Chars;
use super::{Bench, SetResult, grouped, pick};
use crate::article::Article;
use crate::learn::dataset::jsonl;
use crate::learn::error::LearnError;
use crate::learn::matching::{Counts, Pieces, Said, compare};
use crate::learn::metrics::{calibration_error, mean, pearson, spearman};
use crate::learn::parallel;
use crate::learn::reliability::Reliability;
use crate::learn::spans::attribution::cues;
use crate::table::{Table, number};
use crate::text::Span;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    id: String,
    #[serde(default)]
    outlet: String,
    text: String,
    attributions: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    source: Vec<(usize, usize)>,
    #[serde(default)]
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// An article measured: counts, and attributions for each 100 words, found and true.
struct Measured {
    counts: Counts,
    causes: Causes,
    /// Confidence of each found one, and whether it is matched.
    confidences: Vec<(f64, bool)>,
    found: f64,
    gold: f64,
}

/// Articles whose errors are told apart.
const WORST: usize = 50;

const PEERS: &[(&str, &[(&str, f64)])] = &[
    (
        "attribution F1",
        &[("Citron re-trained", 0.580), ("Gender Gap Tracker", 0.474), ("textacy", 0.202)],
    ),
    ("precision", &[("Citron re-trained", 0.752), ("Gender Gap Tracker", 0.684)]),
    ("recall", &[("Citron re-trained", 0.471), ("Gender Gap Tracker", 0.363)]),
    ("recall of direct", &[("Citron re-trained", 0.643), ("Gender Gap Tracker", 0.714)]),
    ("recall of indirect", &[("Citron re-trained", 0.436), ("Gender Gap Tracker", 0.292)]),
    ("content character F1", &[("Citron re-trained", 0.702), ("Gender Gap Tracker", 0.665)]),
    ("source right", &[("Citron re-trained", 0.923), ("Gender Gap Tracker", 0.770)]),
];

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Row> = jsonl(path)?;
    let all = parallel::map(&rows, |row| article(bench, row));
    let mut result =
        SetResult::new("PolNeAR: attributions, contents paired at half overlap", rows.len());
    let each: Vec<usize> = (0..rows.len()).collect();
    for (place, (name, _)) in Counts::default().figures().into_iter().enumerate() {
        let peers = PEERS.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, p)| p);
        result.figure_within(name, &each, peers, |rows| {
            Counts::sum(rows.iter().map(|&r| &all[r].counts)).figures()[place].1
        });
    }
    let (found, gold): (Vec<f64>, Vec<f64>) = all.iter().map(|m| (m.found, m.gold)).unzip();
    let citron = &[("Citron re-trained", 0.692), ("Gender Gap Tracker", 0.442)];
    result.figure_within("density, Pearson", &each, citron, |rows| {
        pearson(&pick(&found, rows), &pick(&gold, rows))
    });
    let citron = &[("Citron re-trained", 0.664), ("Gender Gap Tracker", 0.476)];
    result.figure_within("density, Spearman", &each, citron, |rows| {
        spearman(&pick(&found, rows), &pick(&gold, rows))
    });
    let sure = |rows: &[usize]| {
        calibration_error(
            &rows.iter().flat_map(|&r| all[r].confidences.iter().copied()).collect::<Vec<_>>(),
        )
    };
    result.figure_within("confidence, calibration error", &each, &[], sure);
    let confidences: Vec<(f64, bool)> =
        all.iter().flat_map(|m| m.confidences.iter().copied()).collect();
    result.reliability.push(Reliability::new(
        &result.what,
        "confidence of an attribution",
        &confidences,
    ));
    result.notes.push(format!(
        "attributions for each 100 words: {:.2} found, {:.2} true",
        mean(&found),
        mean(&gold)
    ));
    result.by_outlet = Some(by_outlet(&rows, &all));
    let errors: Vec<(f64, Causes)> = all.iter().map(|m| (m.counts.f1(), m.causes)).collect();
    result.causes = Some(causes::table(&errors, WORST));
    Ok(result)
}

fn article(bench: &Bench<'_>, row: &Row) -> Measured {
    let chars = Chars::of(&row.text);
    let article = Article::from_text(&row.id, &row.text);
    let scored = bench.scorer.score(&article);
    let points = |spans: &[Span]| {
        Pieces::new(spans.iter().map(|s| (chars.point(s.start), chars.point(s.end))))
    };
    let found = scored.marks.attributions.iter();
    let found: Vec<Cued> =
        found.map(|a| cued(points(&a.source), points(&a.cue), points(&a.content), false)).collect();
    let pieces = |ranges: &[(usize, usize)]| Pieces::new(ranges.iter().copied());
    let direct =
        |g: &Gold| g.content.first().is_some_and(|c| opens_with_mark(&row.text[chars.byte(c.0)..]));
    let gold: Vec<Cued> = row
        .attributions
        .iter()
        .map(|g| cued(pieces(&g.source), pieces(&g.cue), pieces(&g.content), direct(g)))
        .collect();
    let words = row.text.split_whitespace().count().max(1) as f64;
    let said = |all: &[Cued]| all.iter().map(|c| c.said.clone()).collect::<Vec<_>>();
    let (counts, pairs) = compare(&said(&gold), &said(&found));
    let candidates = bench
        .scorer
        .models
        .spans
        .tagger()
        .map(|tagger| cues(tagger, &scored.document, &scored.marks))
        .unwrap_or_default();
    let candidates: Vec<Pieces> = candidates.iter().map(|span| points(&[*span])).collect();
    let causes = causes::count(&gold, &found, &pairs, &candidates);
    let matched = |j: usize| pairs.iter().any(|p| p.1 == j);
    let confidences = scored
        .marks
        .attributions
        .iter()
        .enumerate()
        .map(|(j, a)| (a.confidence, matched(j)))
        .collect();
    Measured {
        counts,
        causes,
        confidences,
        found: 100.0 * found.len() as f64 / words,
        gold: 100.0 * gold.len() as f64 / words,
    }
}

fn cued(source: Pieces, cue: Pieces, content: Pieces, direct: bool) -> Cued {
    Cued { said: Said { source, content, direct }, cue }
}

fn opens_with_mark(text: &str) -> bool {
    text.trim_start().starts_with(['"', '“'])
}

fn by_outlet(rows: &[Row], all: &[Measured]) -> Table {
    let mut table = Table::new(
        "PolNeAR by outlet",
        &[
            "outlet",
            "articles",
            "F1",
            "precision",
            "recall",
            "of direct",
            "of indirect",
            "source right",
        ],
    );
    let groups = grouped(rows.iter().map(|r| r.outlet.as_str()));
    for group in 0..crate::learn::folds::count(&groups) {
        let places: Vec<usize> = (0..rows.len()).filter(|&i| groups[i] == group).collect();
        let f = Counts::sum(places.iter().map(|&p| &all[p].counts)).figures();
        let mut cells = vec![rows[places[0]].outlet.clone(), places.len().to_string()];
        cells.extend([0, 1, 2, 3, 4, 7].map(|i| number(f[i].1)));
        table.row(cells);
    }
    table.rows.sort();
    table
}

//! Outlets: does the mean over an outlet's articles rank outlets as expert ratings do?

use super::{Bench, SEED, SetResult, held_out, pick};
use crate::axis::{AXES, Judges};
use crate::learn::dataset::{csv_rows, find, jsonl};
use crate::learn::error::{LearnError, Problem};
use crate::learn::metrics::{mean, spearman};
use crate::learn::others::Others;
use crate::learn::parallel;
use crate::learn::reference::{OUTLETS, Rating, RealArticle};
use crate::score::Options;
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<RealArticle> = jsonl(path)?;
    let ratings = path.parent().and_then(|dir| find(dir, "ratings", "csv")).ok_or_else(|| {
        let message = "has no ratings_dev.csv (columns outlet, quality) beside it".to_owned();
        LearnError::Labels(vec![Problem { file: path.display().to_string(), line: 0, message }])
    })?;
    let quality: BTreeMap<String, f64> =
        csv_rows::<Rating>(&ratings)?.into_iter().map(|r| (r.outlet, r.quality)).collect();
    let mut scored = parallel::map(&rows, |row| article(bench, row));
    let mut result =
        SetResult::new("Outlets: mean over articles against rated quality, Spearman", rows.len());
    honest(bench, path, &rows, &mut scored, &mut result)?;
    // A genre is no matter of quality.
    for (place, axis) in AXES.iter().enumerate().filter(|(_, axis)| axis.is_ordered()) {
        let mut by_outlet: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (row, values) in rows.iter().zip(&scored) {
            if let (Some(value), true) = (values[place], quality.contains_key(&row.outlet)) {
                by_outlet.entry(&row.outlet).or_default().push(value);
            }
        }
        // Loaded and partisan language speak against an outlet.
        let sign = if ["tone", "partisanship"].contains(&axis.name) { -1.0 } else { 1.0 };
        let means: Vec<f64> = by_outlet.values().map(|v| sign * mean(v)).collect();
        let rated: Vec<f64> = by_outlet.keys().map(|outlet| quality[*outlet]).collect();
        if means.len() < 3 {
            result
                .notes
                .push(format!("{}: no model in use, or fewer than three outlets", axis.name));
            continue;
        }
        let name =
            if sign < 0.0 { format!("{}, turned round", axis.name) } else { axis.name.to_owned() };
        let each: Vec<usize> = (0..means.len()).collect();
        let peers: &[_] = if axis.judges == Judges::Outlets {
            &[("tf-idf ridge fitted on outlets", 0.445)]
        } else {
            &[]
        };
        result.figure_within(&name, &each, peers, |rows| {
            spearman(&pick(&means, rows), &pick(&rated, rows))
        });
    }
    Ok(result)
}

/// Puts values in the place of those of the model of reliability in use, where it was fitted on these very articles: each from a
/// fit without the outlet's. Tells how the values were come by, and adds the figure over ten ways of cutting the folds.
fn honest(
    bench: &Bench<'_>,
    path: &Path,
    rows: &[RealArticle],
    scored: &mut [Vec<Option<f64>>],
    result: &mut SetResult,
) -> Result<(), LearnError> {
    let of = AXES.iter().enumerate().find(|(_, a)| a.judges == Judges::Outlets);
    let (Some((place, axis)), Some(dir)) = (of, path.parent().and_then(Path::parent)) else {
        return Ok(());
    };
    if !held_out::was_fitted(bench, axis.name, OUTLETS, path) {
        result
            .notes
            .push("by the models in use, which were not fitted on these articles".to_owned());
        return Ok(());
    }
    let Some(others) = Others::read(axis, dir, bench.scorer)? else { return Ok(()) };
    let cuttings = others.spearman_of_outlets(SEED);
    let values = held_out::values(axis, &others)?;
    for (row, scored) in rows.iter().zip(scored) {
        scored[place] = scored[place].and_then(|_| values.get(&row.id).copied());
    }
    result.figure("reliability, mean of ten ways of cutting the folds", mean(&cuttings), &[]);
    let least = cuttings.iter().copied().fold(f64::INFINITY, f64::min);
    let most = cuttings.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    result.notes.push(format!("reliability fitted anew ten times, each time without the outlets measured; ten ways of cutting the folds give {least:.3} to {most:.3}"));
    Ok(())
}

/// The value on each axis; none for an article that scoring leaves out by default.
fn article(bench: &Bench<'_>, row: &RealArticle) -> Vec<Option<f64>> {
    let article = row.article();
    let scored = bench.scorer.score(&article);
    let fit =
        scored.document.words >= Options::default().min_words && scored.language.may_be_english();
    let value = |name: &str| {
        scored.scores.iter().find(|s| s.axis == name).filter(|_| fit).and_then(|s| s.value)
    };
    AXES.iter().map(|axis| value(axis.name)).collect()
}

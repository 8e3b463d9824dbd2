//! SemEval-2019 task 4, by-article: is the article hyperpartisan? Measured by the article's partisanship.

use super::{Bench, SEED, SetResult, by_outlet_alone, grouped, held_out, pick};
use crate::axis::{AXES, Judges};
use crate::learn::cross::{OUTER, bag_of_words_scores};
use crate::learn::dataset::jsonl;
use crate::learn::design::{Design, measure as measure_article};
use crate::learn::error::LearnError;
use crate::learn::folds;
use crate::learn::metrics::{accuracy, auc};
use crate::learn::others::Others;
use crate::learn::parallel;
use crate::learn::reference::{HYPERPARTISAN, Hyperpartisan};
use std::path::Path;

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Hyperpartisan> = jsonl(path)?;
    let truth: Vec<bool> = rows.iter().map(|r| r.hyperpartisan).collect();
    let outlets: Vec<&str> = rows.iter().map(|r| r.of.outlet.as_str()).collect();
    let groups = grouped(outlets.iter().copied());
    let mut result = SetResult::new("Hyperpartisan articles by partisanship", rows.len());
    let (values, note) = values(bench, path, &rows)?;
    result.notes.push(note);
    let said: Vec<bool> = values.iter().map(|v| *v >= 0.5).collect();
    let right = |said: &[bool]| said.iter().map(|y| usize::from(*y)).collect::<Vec<_>>();
    let exact = |rows: &[usize]| accuracy(&right(&pick(&truth, rows)), &right(&pick(&said, rows)));
    result.figure_within("accuracy at 0.5", &groups, &[("tf-idf, outlets held out", 0.781)], exact);
    let own = accuracy_of_fitted_threshold(&truth, &values, &folds::folds(&groups, OUTER, SEED));
    result.figure(
        "accuracy, threshold from the other outlets",
        own,
        &[("tf-idf, outlets held out", 0.781)],
    );
    result.figure_within("AUC", &groups, &[("tf-idf, random folds", 0.866)], |rows| {
        auc(&pick(&truth, rows), &pick(&values, rows))
    });
    let pairs: Vec<(f64, bool)> = values.iter().copied().zip(truth.iter().copied()).collect();
    result.calibration("value of partisanship: hyperpartisan", &pairs);
    let words = words_alone(bench, &rows, &groups)?;
    let at_half: Vec<bool> = words.iter().map(|s| *s >= 0.0).collect();
    result.figure(
        "accuracy of a bag of words, outlets held out",
        accuracy(&right(&truth), &right(&at_half)),
        &[],
    );
    result.figure("AUC of a bag of words, outlets held out", auc(&truth, &words), &[]);
    result.figure(
        "accuracy of the outlet alone",
        accuracy(&right(&truth), &right(&by_outlet_alone(&outlets, &truth))),
        &[],
    );
    let yes = truth.iter().filter(|t| **t).count();
    result.figure(
        "accuracy of the majority class",
        yes.max(truth.len() - yes) as f64 / truth.len().max(1) as f64,
        &[],
    );
    Ok(result)
}

/// The value of each row, and how it was come by.
fn values(
    bench: &Bench<'_>,
    path: &Path,
    rows: &[Hyperpartisan],
) -> Result<(Vec<f64>, String), LearnError> {
    let axis = AXES.iter().find(|a| a.judges == Judges::Hyperpartisan);
    let name = axis.map_or("", |a| a.name);
    let mut values = parallel::map(rows, |row| {
        let article = row.of.article();
        let scored = bench.scorer.score(&article);
        scored.scores.iter().find(|s| s.axis == name).and_then(|s| s.value).unwrap_or(0.0)
    });
    let (Some(axis), Some(dir)) = (axis, path.parent().and_then(Path::parent)) else {
        return Ok((values, String::new()));
    };
    if !held_out::was_fitted(bench, name, HYPERPARTISAN, path) {
        let note = format!("by the model of {name} in use, which was not fitted on these articles");
        return Ok((values, note));
    }
    if let Some(others) = Others::read(axis, dir, bench.scorer)? {
        let held = held_out::values(axis, &others)?;
        for (value, row) in values.iter_mut().zip(rows) {
            *value = held.get(&row.of.id).copied().unwrap_or(*value);
        }
    }
    Ok((values, "fitted anew ten times, each time without the outlets measured; articles of frozen outlets by the model in use, which was not fitted on them".to_owned()))
}

/// Scores of a bag of words fitted on the other outlets; above 0 says hyperpartisan.
fn words_alone(
    bench: &Bench<'_>,
    rows: &[Hyperpartisan],
    groups: &[usize],
) -> Result<Vec<f64>, LearnError> {
    let terms = parallel::map(rows, |row| measure_article(bench.scorer, &row.of.article()).terms);
    let design = Design { terms, classes: 2, ..Design::default() };
    let fold_of = folds::folds(groups, OUTER, SEED);
    let mut scores = vec![0.0; rows.len()];
    for fold in 0..folds::count(&fold_of) {
        let (fit, held) = folds::split(&fold_of, fold);
        let labels: Vec<usize> = fit.iter().map(|&p| usize::from(rows[p].hyperpartisan)).collect();
        for (place, s) in held.iter().zip(bag_of_words_scores(&design, &fit, &labels, &held)?) {
            scores[*place] = s[1] - s[0];
        }
    }
    Ok(scores)
}

/// Share that is right when each fold's threshold is the best one of the other folds: the set asks another question than
/// the axis, and where its yes begins is for it to say.
pub(crate) fn accuracy_of_fitted_threshold(
    truth: &[bool],
    values: &[f64],
    fold_of: &[usize],
) -> f64 {
    let mut right = 0;
    for fold in 0..folds::count(fold_of) {
        let (fit, held) = folds::split(fold_of, fold);
        let hits = |threshold: f64, places: &[usize]| {
            places.iter().filter(|&&p| (values[p] >= threshold) == truth[p]).count()
        };
        let best = (0..=100).map(|k| f64::from(k) / 100.0).fold((0, 0.5), |best, t| {
            let n = hits(t, &fit);
            if n > best.0 { (n, t) } else { best }
        });
        right += hits(best.1, &held);
    }
    right as f64 / truth.len().max(1) as f64
}

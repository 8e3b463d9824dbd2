//! BABE SG2: is the sentence biased by its choice of words?

use super::sentences::{figures, scores};
use super::{Bench, SetResult, by_outlet_alone, grouped, refit};
use crate::learn::dataset::jsonl;
use crate::learn::error::LearnError;
use crate::learn::metrics::{auc, macro_f1};
use crate::table::{Table, number};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    text: String,
    loaded: bool,
    #[serde(default)]
    outlet: String,
}

pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let rows: Vec<Row> = jsonl(path)?;
    let mut result = SetResult::new("BABE: sentences biased by word choice", rows.len());
    let truth: Vec<bool> = rows.iter().map(|r| r.loaded).collect();
    let p = scores(bench, &rows.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), |s| s.loaded);
    let outlets: Vec<&str> = rows.iter().map(|r| r.outlet.as_str()).collect();
    let peers: (_, &[_], &[_]) =
        (&[][..], &[("tf-idf from NPOV", 0.587)], &[("tf-idf from NPOV", 0.623)]);
    // Eleven outlets are too few to resample: the interval is over sentences.
    figures(&mut result, "loaded", &truth, &p, &(0..rows.len()).collect::<Vec<_>>(), peers);
    let groups = grouped(outlets.iter().copied());
    let texts: Vec<&str> = rows.iter().map(|r| r.text.as_str()).collect();
    let (f1, area) = refit::refitted(bench, &texts, &truth, &groups)?;
    result.figure(
        "macro-F1, fitted on it with outlets held out (never shipped)",
        f1,
        &[("tf-idf", 0.624)],
    );
    result.figure("AUC, the same", area, &[]);
    let index = |ys: &[bool]| ys.iter().map(|y| usize::from(*y)).collect::<Vec<_>>();
    result.figure(
        "macro-F1 of the outlet alone",
        macro_f1(&index(&truth), &index(&by_outlet_alone(&outlets, &truth)), 2),
        &[],
    );
    let mut table = Table::new("BABE by outlet", &["outlet", "sentences", "share loaded", "AUC"]);
    for group in 0..crate::learn::folds::count(&groups) {
        let places: Vec<usize> = (0..rows.len()).filter(|&i| groups[i] == group).collect();
        let (t, s) = (super::pick(&truth, &places), super::pick(&p, &places));
        let share = t.iter().filter(|y| **y).count() as f64 / t.len() as f64;
        table.row(vec![
            outlets[places[0]].to_owned(),
            places.len().to_string(),
            number(share),
            number(auc(&t, &s)),
        ]);
    }
    table.rows.sort();
    result.by_outlet = Some(table);
    Ok(result)
}

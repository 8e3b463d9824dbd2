//! What axes are fitted on that others judged, not the readers of this project.

use super::cross::{HeldOut, OUTER};
use super::design::{Design, columns, measure, row};
use super::error::LearnError;
use super::folds;
use super::material::empty;
use super::metrics::{auc, mean, spearman};
use super::parallel;
use super::reference::{Reference, judged_by};
use super::words::{Vocabulary, WordRows};
use crate::axis::{Axis, Judges};
use crate::score::Scorer;
use std::collections::BTreeMap;
use std::path::Path;

/// What an axis is fitted on that others judged.
pub(crate) struct Others {
    pub(crate) design: Design,
    pub(crate) reference: Reference,
    pub(crate) vocabulary: Vocabulary,
}

impl Others {
    /// Reads and measures the articles, grouped by outlet; none when they are not there.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub(crate) fn read(
        axis: &Axis,
        dir: &Path,
        scorer: &Scorer,
    ) -> Result<Option<Self>, LearnError> {
        let Some(reference) = judged_by(axis.judges, dir)? else { return Ok(None) };
        let columns = columns(axis);
        let vocabulary = Vocabulary::of(&reference.common);
        // Words alone need no marks.
        let marked = columns.iter().any(|(_, place, _)| place.is_some());
        let measured = parallel::map(&reference.articles, |article| {
            let words = vocabulary.row(&article.document());
            (words, marked.then(|| measure(scorer, article)))
        });
        let mut design = empty(axis, &columns);
        let mut words = WordRows {
            targets: reference.targets.clone(),
            counts: reference.counts.clone(),
            width: vocabulary.width(),
            alpha: reference.alpha,
            ..WordRows::default()
        };
        for (of_article, measured) in measured {
            words.rows.push(of_article);
            let x = measured.as_ref().map(|m| row(&columns, &m.vector));
            design.x.push(x.unwrap_or_else(|| vec![0.0; columns.len()]));
            design.terms.push(measured.map(|m| m.terms).unwrap_or_default());
        }
        design.labels = reference.classes.clone();
        design.weights = reference.counts.iter().map(|c| *c as f32).collect();
        design.real = vec![true; design.x.len()];
        design.words = Some(words);
        let outlets: Vec<Vec<String>> = reference
            .articles
            .iter()
            .map(|a| vec![a.outlet.clone().unwrap_or_else(|| a.id.clone())])
            .collect();
        design.groups = folds::groups(&outlets);
        Ok(Some(Others { design, reference, vocabulary }))
    }

    /// Figures beside those of classes, for the model file.
    pub(crate) fn figures(
        &self,
        judges: Judges,
        held: &HeldOut,
        seed: u64,
    ) -> BTreeMap<String, f64> {
        if judges == Judges::Outlets {
            let all = self.spearman_of_outlets(seed);
            let least = all.iter().copied().fold(f64::INFINITY, f64::min);
            let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let told = [("mean", mean(&all)), ("least", least), ("most", most)];
            let name = |what| format!("spearman_outlets_ten_cuttings_{what}");
            return told.map(|(what, value)| (name(what), value)).into();
        }
        let truth: Vec<bool> = self.design.labels.iter().map(|l| *l > 0).collect();
        let yes: Vec<f64> = held.probabilities.iter().map(|p| 1.0 - p[0]).collect();
        BTreeMap::from([("auc".to_owned(), auc(&truth, &yes))])
    }

    /// Correlation of outlets' means with their ratings, each outlet by words fitted without it: for ten ways of cutting the folds.
    pub(crate) fn spearman_of_outlets(&self, seed: u64) -> Vec<f64> {
        let (Some(words), groups) = (&self.design.words, &self.design.groups) else {
            return Vec::new();
        };
        let of_group = |values: &[f64]| {
            let mut sums = vec![Vec::new(); folds::count(groups)];
            groups.iter().zip(values).for_each(|(g, v)| sums[*g].push(*v));
            sums.iter().map(|v| mean(v)).collect::<Vec<f64>>()
        };
        let rated = of_group(&self.reference.targets);
        (0..CUTTINGS)
            .map(|cutting| {
                let sums = words.held_out(&folds::folds(groups, OUTER, seed + cutting));
                spearman(&of_group(&sums), &rated)
            })
            .collect()
    }
}

/// Ways of cutting folds that a figure is the mean of.
const CUTTINGS: u64 = 10;

//! The value of an axis on real articles: words and features together, fitted on real articles that others judged and,
//! beside them, on the project's own labels.
//!
//! Words and features are fitted as one: ridge regression on a text's common words (each text of length one) and on scaled
//! features. The words' weights go to the model of the wording family; what is left, with a calibration on held-out
//! scores, is the value's own decision. Articles of the own corpus have no words here: their texts are invented, and what
//! they should teach is what the features mean. Judgements are taken from their mean, real and own ones each from their own, and
//! own features from the own corpus's: no intercept is fitted, so that folds do not differ by it.

mod calibration;
mod plan;
pub(crate) mod reference;
mod ridge;
pub(crate) mod vocabulary;

use super::error::LearnError;
use super::folds;
use super::metrics::{auc, spearman};
use super::parallel;
use crate::article::Article;
use crate::family::wording::WORDS;
use crate::feature::FeatureVector;
use crate::model::{ModelSet, ValueFile, WIDEST, root};
use crate::score::Scorer;
use calibration::{Curve, calibrate};
pub(crate) use plan::{PLANS, Plan};
use reference::Reference;
use ridge::{Line, ridge};
use std::collections::BTreeMap;
use vocabulary::Vocabulary;

/// An article to fit on.
pub(crate) struct Row {
    /// Its common words; none for the own corpus.
    words: Vec<(u32, f32)>,
    /// The roots of the plan's features.
    roots: Vec<f64>,
    /// 0 (first class) to 1 (last class).
    pub(crate) target: f64,
    weight: f64,
    pub(crate) own: bool,
}

/// All that an axis's value is fitted on.
pub(crate) struct Material {
    pub(crate) plan: &'static Plan,
    /// Real articles first.
    pub(crate) rows: Vec<Row>,
    /// Rows of one group stay in one fold: an outlet, a story.
    pub(crate) groups: Vec<usize>,
    words: usize,
}

impl Material {
    /// Measures the real articles of a plan, in the way scoring does.
    pub(crate) fn of(
        plan: &'static Plan,
        reference: &Reference,
        scorer: &Scorer,
        vocabulary: &Vocabulary,
    ) -> Self {
        let outlets: Vec<Vec<String>> = reference
            .articles
            .iter()
            .map(|a| vec![a.outlet.clone().unwrap_or_else(|| a.id.clone())])
            .collect();
        let groups = folds::groups(&outlets);
        let measured = parallel::map(&reference.articles, |article| {
            let document = article.document();
            let vector = FeatureVector::measure(&document, &scorer.mark(article, &document));
            (vocabulary.row(&document), roots(plan, &vector))
        });
        let judged = measured.into_iter().zip(&reference.targets);
        let rows = judged
            .map(|((words, roots), target)| Row {
                words,
                roots,
                target: *target,
                weight: 1.0,
                own: false,
            })
            .collect();
        Material { plan, rows, groups, words: vocabulary.names.len() }
    }

    /// Adds an article of the own corpus.
    pub(crate) fn add_own(&mut self, vector: &FeatureVector, target: f64, group: usize) {
        let row = Row {
            words: Vec::new(),
            roots: roots(self.plan, vector),
            target,
            weight: self.plan.own,
            own: true,
        };
        self.rows.push(row);
        self.groups.push(group);
    }

    /// Adds articles of the own corpus, with the numbers of their groups among themselves.
    pub(crate) fn add_all<'a>(
        &mut self,
        own: impl Iterator<Item = (&'a FeatureVector, f64, usize)>,
    ) {
        let first = folds::count(&self.groups);
        for (vector, target, group) in own {
            self.add_own(vector, target, first + group);
        }
    }

    /// Mean over the real rows, or the own ones.
    fn mean(&self, own: bool, of: impl Fn(&Row) -> f64) -> f64 {
        let rows = || self.rows.iter().filter(|r| r.own == own);
        rows().map(of).sum::<f64>() / rows().count().max(1) as f64
    }

    /// The distance from the mean that [`USUAL`] of the real articles keep within.
    fn usual(&self, file: &ValueFile) -> f64 {
        let each = self.rows.iter().filter(|r| !r.own).map(|r| file.distance(&r.roots));
        let mut distances: Vec<f64> = each.collect();
        distances.sort_by(f64::total_cmp);
        let place = (USUAL * distances.len() as f64) as usize;
        distances.get(place).copied().unwrap_or(f64::MAX)
    }

    /// Folds that spread real articles by outlet and the own ones by story.
    pub(crate) fn folds(&self, k: usize, seed: u64) -> Vec<usize> {
        let real = self.rows.iter().filter(|r| !r.own).count();
        let renumber = |part: &[usize]| {
            folds::groups(&part.iter().map(|g| vec![g.to_string()]).collect::<Vec<_>>())
        };
        let (of_real, of_own) = self.groups.split_at(real);
        let mut all = folds::folds(&renumber(of_real), k, seed);
        if !of_own.is_empty() {
            all.extend(folds::folds(&renumber(of_own), k, seed));
        }
        all
    }
}

/// Share of the real articles that are told from no others by their distance.
const USUAL: f64 = 0.98;

fn roots(plan: &Plan, vector: &FeatureVector) -> Vec<f64> {
    plan.columns().iter().map(|(index, _, _)| root(vector.values()[*index])).collect()
}

/// A fit before calibration.
pub(crate) struct Fit {
    mean: Vec<f64>,
    own_mean: Vec<f64>,
    scale: Vec<f64>,
    /// On a text's words, brought to length one.
    pub(crate) words: Vec<f64>,
    /// On scaled features.
    weights: Vec<f64>,
}

impl Fit {
    /// Fits some rows. Words' weights rest on real articles alone.
    pub(crate) fn of(material: &Material, places: &[usize]) -> Fit {
        let real: Vec<usize> = places.iter().copied().filter(|&p| !material.rows[p].own).collect();
        let columns = material.plan.columns();
        let n = real.len().max(1) as f64;
        let roots = |p: &usize, j: usize| material.rows[*p].roots[j];
        let mean: Vec<f64> =
            (0..columns.len()).map(|j| real.iter().map(|p| roots(p, j)).sum::<f64>() / n).collect();
        let spread = |j: usize| {
            (real.iter().map(|p| (roots(p, j) - mean[j]).powi(2)).sum::<f64>() / n).sqrt()
        };
        let scale: Vec<f64> =
            (0..columns.len()).map(spread).map(|s| if s > 1e-9 { s } else { 1.0 }).collect();
        let own_mean: Vec<f64> =
            (0..columns.len()).map(|j| material.mean(true, |row| row.roots[j])).collect();
        let judged = [false, true].map(|own| material.mean(own, |row| row.target));
        let line = |&place: &usize| {
            let row = &material.rows[place];
            let z = scaled(&row.roots, if row.own { &own_mean } else { &mean }, &scale);
            let full = z.zip(&columns).map(|(z, (_, _, factor))| z * factor).collect();
            Line {
                words: &row.words,
                full,
                target: row.target - judged[usize::from(row.own)],
                weight: row.weight,
            }
        };
        let lines = |places: &[usize]| places.iter().map(line).collect::<Vec<_>>();
        let alpha = material.plan.alpha;
        let of_words = ridge(&lines(&real), material.words, alpha);
        let all = if real.len() == places.len() {
            None
        } else {
            Some(ridge(&lines(places), material.words, alpha))
        };
        let full = all.map_or(of_words.full, |all| all.full);
        let weights = columns.iter().zip(&full).map(|((_, _, factor), b)| factor * b).collect();
        Fit { mean, own_mean, scale, words: of_words.words, weights }
    }

    /// The score of a row.
    fn score(&self, row: &Row) -> f64 {
        let words: f64 =
            row.words.iter().map(|(c, a)| self.words[*c as usize] * f64::from(*a)).sum();
        let mean = if row.own { &self.own_mean } else { &self.mean };
        let features: f64 =
            scaled(&row.roots, mean, &self.scale).zip(&self.weights).map(|(z, w)| z * w).sum();
        words + features
    }
}

fn scaled<'a>(
    roots: &'a [f64],
    mean: &'a [f64],
    scale: &'a [f64],
) -> impl Iterator<Item = f64> + 'a {
    roots.iter().zip(mean).zip(scale).map(|((r, m), s)| ((r - m) / s).clamp(-WIDEST, WIDEST))
}

/// What held-out rows come to.
pub(crate) struct HeldOut {
    /// Before calibration.
    scores: Vec<f64>,
}

/// Folds of the cross-validation.
const FOLDS: usize = 10;

impl HeldOut {
    /// Scores of every row by a fit on the other folds.
    pub(crate) fn of(material: &Material, seed: u64) -> Self {
        let fold_of = material.folds(FOLDS, seed);
        let folds: Vec<usize> = (0..folds::count(&fold_of)).collect();
        let parts = parallel::map(&folds, |&fold| {
            let (fit, held) = folds::split(&fold_of, fold);
            let fitted = Fit::of(material, &fit);
            held.into_iter()
                .map(|place| (place, fitted.score(&material.rows[place])))
                .collect::<Vec<_>>()
        });
        let mut scores = vec![0.0; material.rows.len()];
        for (place, score) in parts.into_iter().flatten() {
            scores[place] = score;
        }
        HeldOut { scores }
    }

    /// The curve over all held-out scores of real articles.
    fn curve(&self, material: &Material) -> Curve {
        let rows = material.rows.iter().zip(&self.scores).filter(|(row, _)| !row.own);
        calibrate(&rows.map(|(row, score)| (*score, row.target, row.weight)).collect::<Vec<_>>())
    }

    /// Values of every row by one curve. A curve for each fold, fitted on the others, would shift each fold against its own
    /// judgements, as means of what is left do; the curve's two numbers can learn next to nothing of a row.
    pub(crate) fn values(&self, material: &Material) -> Vec<f64> {
        let curve = self.curve(material);
        self.scores.iter().map(|score| curve.at(*score)).collect()
    }
}

/// The value's decision, fitted on all rows and calibrated on held-out scores.
pub(crate) fn decide(material: &Material, held: &HeldOut) -> (ValueFile, Vec<f64>) {
    let all: Vec<usize> = (0..material.rows.len()).collect();
    let fit = Fit::of(material, &all);
    let curve = held.curve(material);
    let file = ValueFile {
        wording: material.plan.wording.to_owned(),
        wording_weight: curve.slope,
        features: material.plan.columns().iter().map(|(_, name, _)| (*name).to_owned()).collect(),
        mean: fit.mean,
        scale: fit.scale,
        weights: fit.weights.iter().map(|w| w * curve.slope).collect(),
        bias: curve.shift,
        usual: f64::MAX,
    };
    let usual = material.usual(&file);
    let file = ValueFile { usual, ..file };
    (file, fit.words)
}

/// The vocabulary of the articles of rated outlets.
pub(crate) fn vocabulary(articles: &[Article]) -> Vocabulary {
    let groups = folds::groups(
        &articles
            .iter()
            .map(|a| vec![a.outlet.clone().unwrap_or_else(|| a.id.clone())])
            .collect::<Vec<_>>(),
    );
    Vocabulary::of(articles.iter().map(|a| a.text.as_str()).zip(groups.iter().copied()))
}

/// Held-out figures of a value, for the model file: real articles with outlets held out, own labels with stories held out.
pub(crate) fn figures(material: &Material, held: &HeldOut) -> BTreeMap<String, f64> {
    let values = held.values(material);
    let of = |own: bool| {
        let rows = material.rows.iter().zip(&values).filter(move |(r, _)| r.own == own);
        rows.map(|(r, v)| (r.target, *v)).unzip::<f64, f64, Vec<f64>, Vec<f64>>()
    };
    let (targets, said) = of(false);
    let mut out =
        BTreeMap::from([("value_spearman_real_articles".to_owned(), spearman(&targets, &said))]);
    let truth: Vec<bool> = targets.iter().map(|t| *t >= 0.5).collect();
    if targets.iter().all(|t| *t == 0.0 || *t == 1.0) {
        let right = truth.iter().zip(&said).filter(|(t, v)| (**v >= 0.5) == **t).count();
        out.insert(
            "value_accuracy_real_articles".to_owned(),
            right as f64 / truth.len().max(1) as f64,
        );
        out.insert("value_auc_real_articles".to_owned(), auc(&truth, &said));
    } else {
        let (means, rated) = by_group(material, &values);
        out.insert("value_spearman_outlets".to_owned(), spearman(&means, &rated));
    }
    let (targets, said) = of(true);
    if !targets.is_empty() {
        out.insert("value_spearman_own_labels".to_owned(), spearman(&targets, &said));
    }
    out
}

/// Means of values and of judgements over each group of real articles.
fn by_group(material: &Material, values: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut sums: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
    for ((row, value), group) in
        material.rows.iter().zip(values).zip(&material.groups).filter(|((r, _), _)| !r.own)
    {
        let sum = sums.entry(*group).or_default();
        *sum = (sum.0 + value, sum.1 + row.target, sum.2 + 1.0);
    }
    sums.values().map(|(v, t, n)| (v / n, t / n)).unzip()
}

/// The words' weights that a value was fitted with must be those that the program scores with.
pub(crate) fn same_words(
    plan: &Plan,
    words: &[f64],
    vocabulary: &Vocabulary,
    models: &ModelSet,
) -> Result<(), LearnError> {
    let table = models.spans.get(WORDS);
    let same = |(column, weight): (usize, &f64)| {
        let row = table.and_then(|t| t.weight(vocabulary.key(column)));
        row.and_then(|row| row.get(plan.column))
            .is_some_and(|known| (f64::from(*known) - weight).abs() < CLOSE)
    };
    if words.iter().enumerate().all(same) {
        return Ok(());
    }
    let message = "the words' weights in the program are not those that these data give; run `newsgauge train wording-spans --data DIR` and build again";
    Err(LearnError::Axis { axis: plan.axis.to_owned(), message: message.to_owned() })
}

/// Weights this close are the same: the model file rounds them.
const CLOSE: f64 = 1e-4;

#[cfg(test)]
mod tests;

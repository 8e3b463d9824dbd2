//! One way of fitting: shape and strength of the penalty; the fit itself; and the choice among ways by cross-validation.

use super::design::Design;
use super::folds;
use super::multinomial::{FitError, Multinomial};
use super::ordinal::{OrdinalLogistic, Shape};
use super::parallel;
use crate::axis::Axis;
use crate::model::{WIDEST, softmax};
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};

/// A way of fitting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Recipe {
    pub(crate) shape: Shape,
    pub(crate) alpha: f64,
}

/// Ways that are tried for an axis, simplest first: a later one must be better to be taken.
pub(crate) fn candidates(axis: &Axis) -> Vec<Recipe> {
    let (shape, alphas): (_, &[f64]) = if axis.is_ordered() {
        (Shape::Ordinal, &[100.0, 30.0, 10.0, 3.0, 1.0])
    } else {
        (Shape::Free, &[100.0, 30.0, 10.0])
    };
    alphas.iter().map(|&alpha| Recipe { shape, alpha }).collect()
}

/// Features that fewer rows than this differ in are left out: they would be a row's name.
const LEAST_ROWS: usize = 4;

/// A fit with its scaling.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fit1 {
    /// Columns that are used.
    pub(crate) kept: Vec<usize>,
    pub(crate) mean: Vec<f64>,
    pub(crate) scale: Vec<f64>,
    pub(crate) weights: Vec<Vec<f64>>,
    pub(crate) bias: Vec<f64>,
    /// Weights of common words, where their sum is the first column.
    pub(crate) words: Option<Vec<f64>>,
    bounded: bool,
}

/// Seed of the folds within which rows get their sums over words.
const SEED: u64 = 1;

impl Design {
    /// The same rows with their sums over words put in, by weights without their group; and the weights by all rows.
    fn settled(&self) -> (Design, Option<Vec<f64>>) {
        let Some(words) = &self.words else { return (self.clone(), None) };
        let (sums, weights) = words.settle(&self.groups, SEED);
        let mut design = Design { words: None, ..self.clone() };
        design.x.iter_mut().zip(sums).for_each(|(row, sum)| row[0] = sum);
        (design, Some(weights))
    }
}

impl Recipe {
    /// Fits the rows of a design, words first.
    pub(crate) fn fit(self, design: &Design) -> Result<Fit1, FitError> {
        let (settled, words) = design.settled();
        Ok(Fit1 { words, ..self.fit_settled(&settled)? })
    }

    fn fit_settled(self, design: &Design) -> Result<Fit1, FitError> {
        let width = design.x.first().map_or(0, Vec::len);
        let kept: Vec<usize> = (0..width).filter(|&j| varies(&design.x, j)).collect();
        if kept.is_empty() {
            return Err(FitError::Data(format!(
                "none of the {width} features varies over the {} rows",
                design.x.len()
            )));
        }
        let counts = || design.weights.iter().map(|w| f64::from(*w));
        let all = counts().sum::<f64>().max(f64::MIN_POSITIVE);
        let over_rows = |value: &dyn Fn(&[f64]) -> f64| {
            design.x.iter().zip(counts()).map(|(row, n)| n * value(row)).sum::<f64>() / all
        };
        let mean: Vec<f64> = kept.iter().map(|&j| over_rows(&|row| row[j])).collect();
        let spread = |(&j, m): (&usize, &f64)| over_rows(&|row| (row[j] - m).powi(2)).sqrt();
        let scale: Vec<f64> =
            kept.iter().zip(&mean).map(spread).map(|s| if s > 1e-12 { s } else { 1.0 }).collect();
        let mut fit = Fit1 { kept, mean, scale, bounded: design.bounded, ..Fit1::default() };
        let rows: Vec<Vec<f64>> = design.x.iter().map(|row| fit.scaled(row)).collect();
        let x = Array2::from_shape_fn((rows.len(), fit.kept.len()), |(i, j)| rows[i][j]);
        let data = DatasetBase::new(x, Array1::from(design.labels.clone()))
            .with_weights(Array1::from(design.weights.clone()));
        let fitted = match self.shape {
            Shape::Free => {
                let way = Multinomial {
                    classes: design.classes,
                    alpha: self.alpha,
                    ..Multinomial::default()
                };
                way.fit(&data)?
            }
            Shape::Ordinal => {
                let directions = fit.kept.iter().map(|&j| design.directions[j]).collect();
                let way = OrdinalLogistic::params(design.classes, self.alpha, directions);
                way.fit(&data)?.by_class()
            }
        };
        (fit.weights, fit.bias) = (fitted.weights, fitted.bias);
        Ok(fit)
    }
}

fn varies(rows: &[Vec<f64>], column: usize) -> bool {
    let mut values: Vec<f64> = rows.iter().map(|r| r[column]).collect();
    values.sort_by(f64::total_cmp);
    let middle = values[values.len() / 2];
    values.iter().filter(|v| (**v - middle).abs() > 1e-12).count() >= LEAST_ROWS
}

impl Fit1 {
    fn scaled(&self, row: &[f64]) -> Vec<f64> {
        let scaled = |((&j, m), s): ((&usize, &f64), &f64)| {
            let z = (row[j] - m) / s;
            if self.bounded { z.clamp(-WIDEST, WIDEST) } else { z }
        };
        self.kept.iter().zip(&self.mean).zip(&self.scale).map(scaled).collect()
    }

    /// Logits of a row of a design, one for each class.
    pub(crate) fn logits(&self, design: &Design, place: usize) -> Vec<f64> {
        let mut row = design.x[place].clone();
        if let (Some(words), Some(weights)) = (&design.words, &self.words) {
            row[0] = words.sum(place, weights);
        }
        let z = self.scaled(&row);
        self.weights
            .iter()
            .zip(&self.bias)
            .map(|(w, b)| b + w.iter().zip(&z).map(|(w, z)| w * z).sum::<f64>())
            .collect()
    }
}

/// The way that was chosen, with its temperature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(crate) recipe: Recipe,
    pub(crate) temperature: f64,
}

/// Folds of the inner cross-validation.
pub(crate) const INNER: usize = 5;

/// Chooses among ways by the log-loss of rows held out in groups, and fits the temperature on the same held-out logits.
///
/// Sums over words are put in once for all folds.
pub(crate) fn choose(design: &Design, ways: &[Recipe], seed: u64) -> Result<Choice, FitError> {
    let (settled, _) = design.settled();
    let design = &settled;
    let folds = folds::folds(&design.groups, INNER, seed);
    let mut best: Option<(f64, Choice)> = None;
    let mut refused = FitError::Data("no rows".to_owned());
    let tried = parallel::map(ways, |&recipe| {
        held_out(design, recipe, &folds).map(|logits| (recipe, logits))
    });
    for outcome in tried {
        match outcome {
            Ok((recipe, logits)) => {
                // A way is judged as rows count in fitting; probabilities are for any article, so that for them every row counts alike.
                let counts = |row: usize| f64::from(design.weights[row]);
                let loss = loss(design, &logits, temperature(design, &logits, counts), counts);
                if best.as_ref().is_none_or(|(least, _)| loss < *least - 1e-9) {
                    best = Some((
                        loss,
                        Choice { recipe, temperature: temperature(design, &logits, |_| 1.0) },
                    ));
                }
            }
            Err(e) => refused = e,
        }
    }
    best.map(|(_, choice)| choice).ok_or(refused)
}

/// Logits of every row by a fit on the other folds.
pub(crate) fn held_out(
    design: &Design,
    recipe: Recipe,
    fold_of: &[usize],
) -> Result<Vec<Vec<f64>>, FitError> {
    let mut logits = vec![Vec::new(); design.x.len()];
    for fold in 0..folds::count(fold_of) {
        let (fit, held) = folds::split(fold_of, fold);
        let fitted = recipe.fit(&design.select(&fit))?;
        for place in held {
            logits[place] = fitted.logits(design, place);
        }
    }
    Ok(logits)
}

/// Log-loss, each row by what it counts.
fn loss(
    design: &Design,
    logits: &[Vec<f64>],
    temperature: f64,
    counts: impl Fn(usize) -> f64,
) -> f64 {
    let row = |(index, l): (usize, &Vec<f64>)| {
        -counts(index) * softmax(l, temperature)[design.labels[index]].max(1e-12).ln()
    };
    logits.iter().enumerate().map(row).sum()
}

/// The factor on logits with the least loss on held-out rows: golden section over its logarithm, 1/8 to 8.
fn temperature(design: &Design, logits: &[Vec<f64>], counts: impl Fn(usize) -> f64 + Copy) -> f64 {
    let at = |log: f64| loss(design, logits, log.exp(), counts);
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (-(8.0_f64.ln()), 8.0_f64.ln());
    for _ in 0..40 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if at(a) <= at(b) { high = b } else { low = a }
    }
    ((low + high) / 2.0).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Direction;

    fn design(x: Vec<Vec<f64>>, labels: &[usize]) -> Design {
        let n = x.len();
        let (weights, real) = (vec![1.0; n], vec![false; n]);
        Design {
            x,
            labels: labels.to_vec(),
            groups: (0..n).collect(),
            weights,
            real,
            directions: vec![Direction::Up; 3],
            classes: 3,
            ..Design::default()
        }
    }

    #[test]
    fn temperature_mends_overconfident_logits() {
        // Logits say odds of e^4, the truth is 3 to 1: the best factor is ln(3)/4.
        let labels: Vec<usize> = (0..400).map(|i| usize::from(i % 4 == 0)).collect();
        let design = design(vec![vec![0.0]; 400], &labels);
        let logits = vec![vec![4.0, 0.0, -60.0]; 400];
        let t = temperature(&design, &logits, |_| 1.0);
        assert!((t - 3.0_f64.ln() / 4.0).abs() < 1e-3, "{t}");
    }

    #[test]
    fn a_column_that_hardly_varies_is_left_out() {
        let x: Vec<Vec<f64>> =
            (0..40).map(|i| vec![f64::from(i), if i < 3 { 1.0 } else { 0.0 }, 7.0]).collect();
        let labels: Vec<usize> = (0..40).map(|i| i / 14).collect();
        let fit = Recipe { shape: Shape::Ordinal, alpha: 1.0 }.fit(&design(x, &labels)).unwrap();
        assert_eq!(fit.kept, [0]);
    }
}

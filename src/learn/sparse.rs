//! L2-regularised logistic regression over sparse named inputs, for the span-level decisions.
//!
//! linfa-logistic takes neither sparse rows nor weights for rows, and a bag of words has both; so this implements
//! linfa's `Fit` for [`SparseRows`], with the same loss (sum of log-losses + alpha/2 |w|^2, biases free) and the same
//! solver (L-BFGS of argmin). A test holds it against linfa's own on dense data.

mod rows;

pub use rows::SparseRows;

use super::minimise::{Loss, minimise};
use crate::linear::Weights;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;
use std::collections::BTreeMap;

/// How to fit.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `classes` | 2 | number of classes; 2 fits one weight a column | 2 to 8 |
/// | `alpha` | 1 | L2 strength, 1/C of scikit-learn | above 0 |
/// | `iterations` | 200 | most L-BFGS steps | above 0 |
#[derive(Clone, Debug)]
pub struct SparseLogistic {
    /// Number of classes.
    pub classes: usize,
    /// L2 strength.
    pub alpha: f64,
    /// Most L-BFGS steps.
    pub iterations: u64,
}

impl Default for SparseLogistic {
    fn default() -> Self {
        SparseLogistic { classes: 2, alpha: 1.0, iterations: 200 }
    }
}

/// A fit: `outputs` weights for each column (1 for two classes).
#[derive(Clone, Debug)]
pub struct SparseFit {
    outputs: usize,
    parameters: Vec<f64>,
    /// Largest part of the gradient at the end, over the number of rows: how far from the optimum.
    pub gradient: f64,
}

/// What goes wrong in a fit.
#[derive(Debug, thiserror::Error)]
pub enum SparseError {
    /// linfa's own error, as its trait wants it.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
    /// The solver's.
    #[error("the solver stopped: {0}")]
    Solver(String),
    /// The data do not hold two classes, or a label is out of range.
    #[error("{0}")]
    Data(String),
}

struct Problem<'a> {
    rows: &'a [Vec<(u32, f32)>],
    labels: &'a [usize],
    weights: Option<&'a [f32]>,
    outputs: usize,
    columns: usize,
    alpha: f64,
}

impl Problem<'_> {
    fn scores(&self, p: &[f64], row: &[(u32, f32)], out: &mut [f64]) {
        let k = self.outputs;
        out.copy_from_slice(&p[self.columns * k..]);
        for &(column, amount) in row {
            let at = column as usize * k;
            for (sum, w) in out.iter_mut().zip(&p[at..at + k]) {
                *sum += w * f64::from(amount);
            }
        }
    }

    /// Loss of a row; `residual` gets the derivative by each score.
    fn row(&self, label: usize, scores: &[f64], residual: &mut [f64]) -> f64 {
        if self.outputs == 1 {
            let s = scores[0];
            let y = label as f64;
            residual[0] = 1.0 / (1.0 + (-s).exp()) - y;
            return s.max(0.0) + (-s.abs()).exp().ln_1p() - y * s;
        }
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = scores.iter().map(|s| (s - best).exp()).sum();
        for (index, (r, s)) in residual.iter_mut().zip(scores).enumerate() {
            *r = (s - best).exp() / total - f64::from(u8::from(index == label));
        }
        best + total.ln() - scores[label]
    }
}

impl Loss for Problem<'_> {
    fn walk(&self, p: &[f64], gradient: Option<&mut Vec<f64>>) -> f64 {
        let k = self.outputs;
        let (mut scores, mut residual) = (vec![0.0; k], vec![0.0; k]);
        let penalised = self.columns * k;
        let mut loss = 0.5 * self.alpha * p[..penalised].iter().map(|w| w * w).sum::<f64>();
        let mut slot = gradient;
        if let Some(g) = slot.as_deref_mut() {
            for (g, w) in g[..penalised].iter_mut().zip(p) {
                *g = self.alpha * w;
            }
        }
        for (index, row) in self.rows.iter().enumerate() {
            let weight = self.weights.map_or(1.0, |w| f64::from(w[index]));
            self.scores(p, row, &mut scores);
            loss += weight * self.row(self.labels[index], &scores, &mut residual);
            if let Some(g) = slot.as_deref_mut() {
                for &(column, amount) in row {
                    let at = column as usize * k;
                    for (g, r) in g[at..at + k].iter_mut().zip(&residual) {
                        *g += weight * r * f64::from(amount);
                    }
                }
                for (g, r) in g[penalised..].iter_mut().zip(&residual) {
                    *g += weight * r;
                }
            }
        }
        loss
    }
}

/// Length of the gradient at which a fit ends.
const TOLERANCE: f64 = 1e-4;

impl Fit<SparseRows, Array1<usize>, SparseError> for SparseLogistic {
    type Object = SparseFit;

    fn fit(
        &self,
        dataset: &DatasetBase<SparseRows, Array1<usize>>,
    ) -> Result<SparseFit, SparseError> {
        let labels = dataset.targets().to_vec();
        let weights = dataset.weights().map(<[f32]>::to_vec);
        self.fit_rows(dataset.records(), &labels, weights.as_deref())
    }
}

impl SparseLogistic {
    /// Fits rows with labels `0..classes` and, where given, a weight for each row.
    ///
    /// # Errors
    /// When a label is out of range, only one class occurs, or the solver fails.
    pub fn fit_rows(
        &self,
        rows: &SparseRows,
        labels: &[usize],
        weights: Option<&[f32]>,
    ) -> Result<SparseFit, SparseError> {
        let first = labels.first().copied().unwrap_or(0);
        if labels.len() != rows.rows().len() || labels.iter().any(|l| *l >= self.classes) {
            return Err(SparseError::Data("labels do not fit the rows and classes".to_owned()));
        }
        if labels.iter().all(|l| *l == first) {
            return Err(SparseError::Data(
                "only one class occurs; nothing can be learned".to_owned(),
            ));
        }
        let outputs = if self.classes == 2 { 1 } else { self.classes };
        let columns = rows.columns();
        let problem =
            Problem { rows: rows.rows(), labels, weights, outputs, columns, alpha: self.alpha };
        let parameters = minimise(&problem, (columns + 1) * outputs, TOLERANCE, self.iterations)
            .map_err(SparseError::Solver)?;
        let gradient = problem.slope(&parameters).iter().fold(0.0_f64, |m, g| m.max(g.abs()))
            / labels.len() as f64;
        Ok(SparseFit { outputs, parameters, gradient })
    }
}

impl SparseFit {
    /// Scores of a row, one for each output.
    #[must_use]
    pub fn scores(&self, row: &[(u32, f32)]) -> Vec<f64> {
        let k = self.outputs;
        let mut out = self.parameters[self.parameters.len() - k..].to_vec();
        for &(column, amount) in row {
            let at = column as usize * k;
            for (sum, w) in out.iter_mut().zip(&self.parameters[at..at + k]) {
                *sum += w * f64::from(amount);
            }
        }
        out
    }

    /// Largest weight of a column over the outputs, by size.
    #[must_use]
    pub fn strength(&self, column: usize) -> f64 {
        let at = column * self.outputs;
        self.parameters[at..at + self.outputs].iter().fold(0.0, |m, w| m.max(w.abs()))
    }

    /// The fit as a model file holds it: rounded to four decimals, weights that round to nothing left out.
    #[must_use]
    pub fn weights(&self, rows: &SparseRows, calibration: (f64, f64)) -> Weights {
        let k = self.outputs;
        let round = |w: &f64| (w * 1e4).round() / 1e4;
        let mut weights: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
        for (column, (template, value)) in rows.names().iter().enumerate() {
            let row: Vec<f64> =
                self.parameters[column * k..(column + 1) * k].iter().map(round).collect();
            if row.iter().any(|w| *w != 0.0) {
                weights.entry((*template).to_owned()).or_default().insert(value.clone(), row);
            }
        }
        let bias = self.parameters[rows.columns() * k..].iter().map(round).collect();
        Weights { bias, weights, calibration }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear::{Linear, Sink, Template};
    use crate::text::Word;
    use linfa::prelude::*;
    use linfa_logistic::{LogisticRegression, MultiLogisticRegression};
    use ndarray::Array2;

    const COLUMN: Template = Template::new("column");

    fn data(classes: usize) -> (Array2<f64>, Vec<usize>) {
        let mut state = 7_u64;
        let mut next = || {
            state = crate::text::mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        let x = Array2::from_shape_simple_fn((120, 4), &mut next);
        let y = x
            .rows()
            .into_iter()
            .map(|r| ((r[0] - r[1] + 0.7 * next() + 1.0) / 2.0 * classes as f64) as usize)
            .map(|c| c.min(classes - 1))
            .collect();
        (x, y)
    }

    fn sparse(x: &Array2<f64>) -> SparseRows {
        let mut rows = SparseRows::default();
        for row in x.rows() {
            rows.begin();
            for (j, v) in row.iter().enumerate() {
                rows.put(COLUMN, Word::of(&j.to_string()), *v, || j.to_string());
            }
        }
        rows
    }

    #[test]
    fn agrees_with_linfa_on_dense_binary_data() {
        let (x, y) = data(2);
        let fit = SparseLogistic::default().fit_rows(&sparse(&x), &y, None).unwrap();
        let theirs = LogisticRegression::default()
            .max_iterations(500)
            .gradient_tolerance(1e-6)
            .fit(&Dataset::new(x.clone(), Array1::from(y.clone())))
            .unwrap();
        let sign = if theirs.labels().pos.class == 1 { 1.0 } else { -1.0 };
        for j in 0..4 {
            assert!(
                (fit.parameters[j] - sign * theirs.params()[j]).abs() < 1e-3,
                "{j}: {} {}",
                fit.parameters[j],
                theirs.params()[j]
            );
        }
    }

    #[test]
    fn agrees_with_linfa_on_three_classes() {
        let (x, y) = data(3);
        let rows = sparse(&x);
        let fit = SparseLogistic { classes: 3, ..SparseLogistic::default() }
            .fit_rows(&rows, &y, None)
            .unwrap();
        let theirs = MultiLogisticRegression::default()
            .max_iterations(500)
            .gradient_tolerance(1e-6)
            .fit(&Dataset::new(x.clone(), Array1::from(y)))
            .unwrap();
        let scores = x.dot(theirs.params()) + theirs.intercept();
        for (row, s) in rows.rows().iter().zip(scores.rows()) {
            let ours = fit.scores(row);
            for c in 0..3 {
                let at = theirs.classes().iter().position(|k| *k == c).unwrap();
                let first = theirs.classes().iter().position(|k| *k == 0).unwrap();
                assert!(((ours[c] - ours[0]) - (s[at] - s[first])).abs() < 1e-2);
            }
        }
    }

    #[test]
    fn weights_of_rows_count_as_repeats() {
        let (x, y) = data(2);
        let rows = sparse(&x);
        let twice: Vec<usize> = (0..120).chain(0..60).collect();
        let labels: Vec<usize> = twice.iter().map(|&i| y[i]).collect();
        let repeated =
            SparseLogistic::default().fit_rows(&rows.select(&twice), &labels, None).unwrap();
        let weights: Vec<f32> = (0..120).map(|i| if i < 60 { 2.0 } else { 1.0 }).collect();
        let weighted = SparseLogistic::default().fit_rows(&rows, &y, Some(&weights)).unwrap();
        for (a, b) in repeated.parameters.iter().zip(&weighted.parameters) {
            assert!((a - b).abs() < 1e-3);
        }
    }

    #[test]
    fn a_written_model_scores_as_the_fit() {
        let (x, y) = data(2);
        let rows = sparse(&x);
        let fit = SparseLogistic::default().fit_rows(&rows, &y, None).unwrap();
        let linear = Linear::compile(&fit.weights(&rows, (-1.0, 0.0))).unwrap();
        let mut score = linear.start();
        for (j, v) in x.row(5).iter().enumerate() {
            score.put(COLUMN, Word::of(&j.to_string()), *v, || j.to_string());
        }
        assert!((score.sums()[0] - fit.scores(&rows.rows()[5])[0]).abs() < 1e-3);
    }

    #[test]
    fn one_class_is_an_error() {
        let (x, _) = data(2);
        assert!(SparseLogistic::default().fit_rows(&sparse(&x), &[1; 120], None).is_err());
    }
}

//! Multinomial logistic regression over dense rows that count differently, which linfa's own does not cover.
//!
//! Implements linfa's `Fit`. The loss is linfa's (sum of log-losses + alpha/2 |w|^2, biases free) and the solver the same
//! (L-BFGS of argmin), with the maximum subtracted row by row, so that it also holds where linfa 0.8's goes wrong.

use super::minimise::{Loss, minimise};
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut1};

/// Weights and biases of a fit, on scaled columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// One row a class.
    pub weights: Vec<Vec<f64>>,
    /// One for each class.
    pub bias: Vec<f64>,
}

/// What goes wrong in a fit.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// The solver's or linfa's own error.
    #[error("the model could not be fitted: {0}")]
    Linfa(String),
    /// The rows and labels do not fit together.
    #[error("the model could not be fitted: {0}")]
    Data(String),
}

impl From<linfa::Error> for FitError {
    fn from(error: linfa::Error) -> Self {
        FitError::Linfa(error.to_string())
    }
}

/// How to fit.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `classes` | 3 | number of classes | 2 or more |
/// | `alpha` | 1 | L2 strength, 1/C of scikit-learn | above 0 |
/// | `iterations` | 300 | most L-BFGS steps | above 0 |
#[derive(Clone, Copy, Debug)]
pub struct Multinomial {
    /// Number of classes.
    pub classes: usize,
    /// L2 strength.
    pub alpha: f64,
    /// Most L-BFGS steps.
    pub iterations: u64,
}

impl Default for Multinomial {
    fn default() -> Self {
        Multinomial { classes: 3, alpha: 1.0, iterations: 300 }
    }
}

struct Problem<'a> {
    x: &'a Array2<f64>,
    labels: &'a Array1<usize>,
    /// What each row counts.
    counts: &'a [f64],
    classes: usize,
    alpha: f64,
}

/// Parameters: for each class the weights of the columns, then a bias for each class.
impl Loss for Problem<'_> {
    fn walk(&self, p: &[f64], mut gradient: Option<&mut Vec<f64>>) -> f64 {
        let (d, k) = (self.x.ncols(), self.classes);
        let (weights, biases) = p.split_at(k * d);
        let mut loss = 0.5 * self.alpha * weights.iter().map(|w| w * w).sum::<f64>();
        if let Some(g) = gradient.as_deref_mut() {
            g.iter_mut().zip(weights).for_each(|(g, w)| *g = self.alpha * w);
        }
        let mut logits = vec![0.0; k];
        for ((row, &label), count) in self.x.rows().into_iter().zip(self.labels).zip(self.counts) {
            for ((logit, bias), w) in logits.iter_mut().zip(biases).zip(weights.chunks_exact(d)) {
                // Sums in several lanes, in an order that never changes, on any processor: a product of matrices has none such.
                *logit = bias + row.dot(&ArrayView1::from(w));
            }
            let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = logits.iter().map(|l| (l - best).exp()).sum();
            loss += count * (best + total.ln() - logits[label]);
            let Some(g) = gradient.as_deref_mut() else { continue };
            let (of_weights, of_biases) = g.split_at_mut(k * d);
            let each = of_weights.chunks_exact_mut(d).zip(of_biases).zip(&logits).enumerate();
            for (class, ((of_weights, of_bias), l)) in each {
                let off = count * ((l - best).exp() / total - f64::from(u8::from(class == label)));
                ArrayViewMut1::from(of_weights).scaled_add(off, &row);
                *of_bias += off;
            }
        }
        loss
    }
}

/// Length of the gradient at which a fit ends: of a sum over some hundred rows.
const TOLERANCE: f64 = 1e-3;

/// Records: scaled rows. Targets: the class of each. Weights: what each row counts, 1 where none are given.
impl Fit<Array2<f64>, Array1<usize>, FitError> for Multinomial {
    type Object = Fitted;

    fn fit(&self, dataset: &DatasetBase<Array2<f64>, Array1<usize>>) -> Result<Fitted, FitError> {
        let (x, labels) = (dataset.records(), dataset.targets());
        let (d, k) = (x.ncols(), self.classes);
        if d == 0
            || x.nrows() != labels.len()
            || x.iter().any(|v| !v.is_finite())
            || labels.iter().any(|l| *l >= k)
        {
            return Err(FitError::Data(
                "rows, classes and finite numbers do not fit together".to_owned(),
            ));
        }
        let counts: Vec<f64> =
            (0..x.nrows()).map(|row| f64::from(dataset.weight_for(row))).collect();
        let problem = Problem { x, labels, counts: &counts, classes: k, alpha: self.alpha };
        let p =
            minimise(&problem, k * d + k, TOLERANCE, self.iterations).map_err(FitError::Linfa)?;
        let (weights, bias) = p.split_at(k * d);
        Ok(Fitted {
            weights: weights.chunks_exact(d).map(<[f64]>::to_vec).collect(),
            bias: bias.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::interval::Draws;
    use linfa_logistic::MultiLogisticRegression;

    #[test]
    fn agrees_with_linfa_where_linfa_holds() {
        let mut draws = Draws::new(5);
        let mut draw = || draws.below(2001) as f64 / 1000.0 - 1.0;
        let x = Array2::from_shape_fn((150, 4), |_| draw());
        let class = |r: ArrayView1<'_, f64>, noise: f64| {
            (((r[0] - r[1] + noise + 2.0) * 0.75) as usize).min(2)
        };
        let y: Array1<usize> = x.rows().into_iter().map(|r| class(r, 0.5 * draw())).collect();
        let data = DatasetBase::new(x.clone(), y);
        let ours = Multinomial::default().fit(&data).unwrap();
        let theirs = MultiLogisticRegression::default()
            .alpha(1.0)
            .max_iterations(1000)
            .gradient_tolerance(1e-5)
            .fit(&data)
            .unwrap();
        let scores = x.dot(theirs.params()) + theirs.intercept();
        let column = |class: usize| theirs.classes().iter().position(|c| *c == class).unwrap();
        for (row, scores) in x.rows().into_iter().zip(scores.rows()) {
            let logit = |k: usize| ours.bias[k] + row.dot(&ArrayView1::from(&ours.weights[k][..]));
            for k in 1..3 {
                let (a, b) = (logit(k) - logit(0), scores[column(k)] - scores[column(0)]);
                assert!((a - b).abs() < 1e-3, "{a} {b}");
            }
        }
    }

    #[test]
    fn rows_without_columns_or_with_other_classes_are_an_error() {
        let fit = |columns: usize, label: usize| {
            Multinomial::default()
                .fit(&DatasetBase::new(Array2::zeros((9, columns)), Array1::from(vec![label; 9])))
        };
        assert!(fit(0, 0).is_err());
        assert!(fit(2, 3).is_err());
    }
}

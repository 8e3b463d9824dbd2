//! Multinomial logistic regression over dense rows whose ordered classes share one direction, which linfa's own does not cover.
//!
//! Implements linfa's `Fit`. The loss is linfa's (sum of log-losses + alpha/2 |w|^2, biases free) and the solver the same
//! (L-BFGS of argmin), with the maximum subtracted row by row, so that it also holds where linfa 0.8's goes wrong.

use super::minimise::{Loss, minimise};
use crate::model::{FitError, Fitted};
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, ArrayView1};

/// How the classes' weights hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each class has weights of its own.
    Free,
    /// One direction for all: class k has k times its weights (the adjacent-category model of ordered classes).
    Ordinal,
}

impl Shape {
    /// The name in model files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shape::Free => "free",
            Shape::Ordinal => "ordinal",
        }
    }

    /// Directions over the classes.
    fn directions(self, classes: usize) -> Vec<Vec<f64>> {
        let middle = (classes as f64 - 1.0) / 2.0;
        match self {
            Shape::Free => (0..classes)
                .map(|c| (0..classes).map(|k| f64::from(u8::from(k == c))).collect())
                .collect(),
            Shape::Ordinal => vec![(0..classes).map(|k| k as f64 - middle).collect()],
        }
    }
}

/// How to fit.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `classes` | 3 | number of classes | 2 or more |
/// | `shape` | `Free` | how the classes' weights hang together | |
/// | `alpha` | 1 | L2 strength, 1/C of scikit-learn | above 0 |
/// | `iterations` | 300 | most L-BFGS steps | above 0 |
#[derive(Clone, Copy, Debug)]
pub struct OrdinalLogistic {
    /// Number of classes.
    pub classes: usize,
    /// How the classes' weights hang together.
    pub shape: Shape,
    /// L2 strength.
    pub alpha: f64,
    /// Most L-BFGS steps.
    pub iterations: u64,
}

impl Default for OrdinalLogistic {
    fn default() -> Self {
        OrdinalLogistic { classes: 3, shape: Shape::Free, alpha: 1.0, iterations: 300 }
    }
}

struct Problem<'a> {
    x: &'a Array2<f64>,
    labels: &'a Array1<usize>,
    /// What each row counts.
    counts: &'a [f64],
    classes: usize,
    directions: Vec<Vec<f64>>,
    alpha: f64,
}

impl Problem<'_> {
    /// Parameters: for each direction the weights of the columns, then a bias for each class.
    fn width(&self) -> usize {
        self.directions.len() * self.x.ncols() + self.classes
    }

    fn logits(&self, p: &[f64], row: ArrayView1<'_, f64>, out: &mut [f64]) {
        let d = self.x.ncols();
        out.copy_from_slice(&p[self.directions.len() * d..]);
        for (direction, weights) in self.directions.iter().zip(p.chunks_exact(d)) {
            // Sums in several lanes, in an order that never changes.
            let along = row.dot(&ArrayView1::from(weights));
            for (logit, share) in out.iter_mut().zip(direction) {
                *logit += share * along;
            }
        }
    }
}

impl Loss for Problem<'_> {
    fn walk(&self, p: &[f64], mut gradient: Option<&mut Vec<f64>>) -> f64 {
        let (d, k) = (self.x.ncols(), self.classes);
        let mut loss = 0.0;
        let weights = &p[..self.directions.len() * d];
        loss += 0.5 * self.alpha * weights.iter().map(|w| w * w).sum::<f64>();
        if let Some(g) = gradient.as_deref_mut() {
            g.iter_mut().zip(weights).for_each(|(g, w)| *g = self.alpha * w);
        }
        let (mut logits, mut residual) = (vec![0.0; k], vec![0.0; k]);
        for ((row, &label), count) in self.x.rows().into_iter().zip(self.labels).zip(self.counts) {
            self.logits(p, row, &mut logits);
            let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = logits.iter().map(|l| (l - best).exp()).sum();
            loss += count * (best + total.ln() - logits[label]);
            let Some(g) = gradient.as_deref_mut() else { continue };
            for (class, (r, l)) in residual.iter_mut().zip(&logits).enumerate() {
                *r = count * ((l - best).exp() / total - f64::from(u8::from(class == label)));
            }
            for (place, direction) in self.directions.iter().enumerate() {
                let along: f64 = direction.iter().zip(&residual).map(|(s, r)| s * r).sum();
                for (g, x) in g[place * d..(place + 1) * d].iter_mut().zip(row) {
                    *g += along * x;
                }
            }
            let biases = self.directions.len() * d;
            for (g, r) in g[biases..].iter_mut().zip(&residual) {
                *g += r;
            }
        }
        loss
    }
}

/// Length of the gradient at which a fit ends: of a sum over some hundred rows.
const TOLERANCE: f64 = 1e-3;

/// Records: scaled rows. Targets: the class of each. Weights: what each row counts, 1 where none are given.
impl Fit<Array2<f64>, Array1<usize>, FitError> for OrdinalLogistic {
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
        let problem = Problem {
            x,
            labels,
            counts: &counts,
            classes: k,
            directions: self.shape.directions(k),
            alpha: self.alpha,
        };
        let p = minimise(&problem, problem.width(), TOLERANCE, self.iterations)
            .map_err(FitError::Linfa)?;
        let mut fitted = Fitted { weights: vec![vec![0.0; d]; k], bias: p[p.len() - k..].to_vec() };
        for (direction, along) in problem.directions.iter().zip(p.chunks_exact(d)) {
            for (weights, share) in fitted.weights.iter_mut().zip(direction) {
                for (w, a) in weights.iter_mut().zip(along) {
                    *w += share * a;
                }
            }
        }
        Ok(fitted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::interval::Draws;

    fn rows() -> (Vec<Vec<f64>>, Vec<usize>) {
        let mut draws = Draws::new(5);
        let mut draw = || draws.below(2001) as f64 / 1000.0 - 1.0;
        let x: Vec<Vec<f64>> = (0..150).map(|_| (0..4).map(|_| draw()).collect()).collect();
        let y = x
            .iter()
            .map(|r| (((r[0] - r[1] + 0.5 * draw() + 2.0) * 0.75) as usize).min(2))
            .collect();
        (x, y)
    }

    fn fit(way: OrdinalLogistic, x: &[Vec<f64>], labels: &[usize]) -> Fitted {
        let flat = Array2::from_shape_fn((x.len(), x[0].len()), |(i, j)| x[i][j]);
        way.fit(&DatasetBase::new(flat, Array1::from(labels.to_vec()))).unwrap()
    }

    fn logits(f: &Fitted, row: &[f64]) -> Vec<f64> {
        f.weights
            .iter()
            .zip(&f.bias)
            .map(|(w, b)| b + w.iter().zip(row).map(|(w, x)| w * x).sum::<f64>())
            .collect()
    }

    #[test]
    fn agrees_with_linfa_where_linfa_holds() {
        let (x, y) = rows();
        let ours = fit(OrdinalLogistic::default(), &x, &y);
        let theirs = Fitted::fit(&x, &y, 3, 1.0).unwrap();
        for row in &x {
            let (a, b) = (logits(&ours, row), logits(&theirs, row));
            assert!((1..3).all(|k| ((a[k] - a[0]) - (b[k] - b[0])).abs() < 1e-3), "{a:?} {b:?}");
        }
    }

    #[test]
    fn ordered_classes_share_a_direction() {
        let (x, y) = rows();
        let f =
            fit(OrdinalLogistic { shape: Shape::Ordinal, ..OrdinalLogistic::default() }, &x, &y);
        for j in 0..4 {
            assert!(
                (f.weights[2][j] + f.weights[0][j]).abs() < 1e-9 && f.weights[1][j].abs() < 1e-9
            );
        }
        assert!(f.weights[2][0] > 0.5 && f.weights[2][1] < -0.5, "{:?}", f.weights);
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let (x, y) = rows();
        let way = OrdinalLogistic { shape: Shape::Ordinal, ..OrdinalLogistic::default() };
        let twice: Vec<usize> = (0..x.len()).chain(0..40).collect();
        let doubled = fit(
            way,
            &twice.iter().map(|&i| x[i].clone()).collect::<Vec<_>>(),
            &twice.iter().map(|&i| y[i]).collect::<Vec<_>>(),
        );
        let flat = Array2::from_shape_fn((x.len(), x[0].len()), |(i, j)| x[i][j]);
        let counts = Array1::from_shape_fn(x.len(), |i| if i < 40 { 2.0 } else { 1.0 });
        let weighted =
            way.fit(&DatasetBase::new(flat, Array1::from(y)).with_weights(counts)).unwrap();
        for (a, b) in doubled.weights.iter().flatten().zip(weighted.weights.iter().flatten()) {
            assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
    }

    #[test]
    fn rows_without_columns_or_with_other_classes_are_an_error() {
        let fit = |columns: usize, label: usize| {
            OrdinalLogistic::default()
                .fit(&DatasetBase::new(Array2::zeros((9, columns)), Array1::from(vec![label; 9])))
        };
        assert!(fit(0, 0).is_err());
        assert!(fit(2, 3).is_err());
    }
}

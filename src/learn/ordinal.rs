//! Ordinal logistic regression with declared directions, which linfa's own does not cover.
//!
//! One latent score for all classes: class k has the logit `k * score + bias[k]` (the adjacent-category model; Agresti, Analysis
//! of Ordinal Categorical Data, 2010, chapter 4). With two classes it is linfa's binary logistic regression. The loss is linfa's (sum of
//! log-losses + alpha/2 |w|^2, biases free) and convex; the solver is Newton's method with the weights held on their side of
//! zero (Bertsekas, Projected Newton Methods, 1982), which needs some ten steps for the few inputs of an axis.

use super::multinomial::{FitError, Fitted};
use crate::axis::Direction;
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayView1};

/// How the classes' weights hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each class has weights of its own.
    Free,
    /// One score for all, by classes in order.
    Ordinal,
}

/// How to fit, checked: see [`OrdinalParams`].
#[derive(Clone, Debug)]
pub struct OrdinalLogistic {
    classes: usize,
    alpha: f64,
    directions: Vec<Direction>,
}

/// How to fit.
///
/// | name | purpose | range |
/// |---|---|---|
/// | `classes` | number of classes, low to high | 2 or more |
/// | `alpha` | L2 strength, 1/C of scikit-learn | above 0 |
/// | `directions` | which way each column may push | one for each column |
#[derive(Clone, Debug)]
pub struct OrdinalParams(OrdinalLogistic);

impl OrdinalLogistic {
    /// Hyperparameters, not yet checked.
    #[must_use]
    pub fn params(classes: usize, alpha: f64, directions: Vec<Direction>) -> OrdinalParams {
        OrdinalParams(OrdinalLogistic { classes, alpha, directions })
    }
}

impl ParamGuard for OrdinalParams {
    type Checked = OrdinalLogistic;
    type Error = FitError;

    fn check_ref(&self) -> Result<&OrdinalLogistic, FitError> {
        if self.0.classes < 2 || !self.0.alpha.is_finite() || self.0.alpha <= 0.0 {
            return Err(FitError::Data(format!(
                "{} classes and an alpha of {}: at least two classes and an alpha above 0 are wanted",
                self.0.classes, self.0.alpha
            )));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<OrdinalLogistic, FitError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// A fitted score with its biases.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedOrdinal {
    /// One weight a column: what a step to the next class adds to the logit.
    pub weights: Vec<f64>,
    /// One for each class; the first is 0.
    pub bias: Vec<f64>,
}

impl FittedOrdinal {
    fn logits(&self, row: ArrayView1<'_, f64>) -> Vec<f64> {
        let score = row.dot(&ArrayView1::from(&self.weights[..]));
        self.bias.iter().enumerate().map(|(k, b)| k as f64 * score + b).collect()
    }

    /// The same as weights of every class.
    #[must_use]
    pub fn by_class(&self) -> Fitted {
        let row = |k: usize| self.weights.iter().map(|w| k as f64 * w).collect();
        Fitted { weights: (0..self.bias.len()).map(row).collect(), bias: self.bias.clone() }
    }
}

impl PredictInplace<Array2<f64>, Array1<usize>> for FittedOrdinal {
    fn predict_inplace(&self, x: &Array2<f64>, y: &mut Array1<usize>) {
        for (row, class) in x.rows().into_iter().zip(y.iter_mut()) {
            *class = super::cross::most_probable(&self.logits(row));
        }
    }

    fn default_target(&self, x: &Array2<f64>) -> Array1<usize> {
        Array1::zeros(x.nrows())
    }
}

/// Records: scaled rows. Targets: the class of each. Weights: what each row counts, 1 where none are given.
impl Fit<Array2<f64>, Array1<usize>, FitError> for OrdinalLogistic {
    type Object = FittedOrdinal;

    fn fit(
        &self,
        dataset: &DatasetBase<Array2<f64>, Array1<usize>>,
    ) -> Result<FittedOrdinal, FitError> {
        let (x, labels) = (dataset.records(), dataset.targets());
        if x.ncols() == 0
            || x.ncols() != self.directions.len()
            || x.nrows() != labels.len()
            || x.iter().any(|v| !v.is_finite())
            || labels.iter().any(|l| *l >= self.classes)
        {
            return Err(FitError::Data(
                "rows, classes, directions and finite numbers do not fit together".to_owned(),
            ));
        }
        let counts = (0..x.nrows()).map(|row| f64::from(dataset.weight_for(row))).collect();
        let p = Problem { x, labels, counts, of: self }.solve();
        let (weights, bias) = p.split_at(x.ncols());
        let bias = std::iter::once(0.0).chain(bias.iter().copied()).collect();
        Ok(FittedOrdinal { weights: weights.to_vec(), bias })
    }
}

/// A pull of the biases toward 0, so that a class without rows leaves them finite.
const PULL: f64 = 1e-6;
/// Most steps.
const STEPS: usize = 100;
/// Length of the gradient, where it may be followed, at which the fit ends.
const TOLERANCE: f64 = 1e-8;
/// Share of the promised decrease that a step must bring.
const DECREASE: f64 = 1e-4;

/// Parameters: a weight for each column, then a bias for each class but the first.
struct Problem<'a> {
    x: &'a Array2<f64>,
    labels: &'a Array1<usize>,
    counts: Vec<f64>,
    of: &'a OrdinalLogistic,
}

/// Loss, gradient and the matrix of second derivatives, row by row.
struct Walk {
    loss: f64,
    gradient: Vec<f64>,
    curvature: Vec<f64>,
}

impl Problem<'_> {
    fn walk(&self, p: &[f64]) -> Walk {
        let (d, k, n) = (self.x.ncols(), self.of.classes, p.len());
        let penalty = |j: usize| if j < d { self.of.alpha } else { PULL };
        let mut walk = Walk {
            loss: (0..n).map(|j| 0.5 * penalty(j) * p[j] * p[j]).sum(),
            gradient: (0..n).map(|j| penalty(j) * p[j]).collect(),
            curvature: vec![0.0; n * n],
        };
        (0..n).for_each(|j| walk.curvature[j * n + j] = penalty(j));
        let (mut logits, mut off) = (vec![0.0; k], vec![0.0; k]);
        for ((row, &label), &count) in self.x.rows().into_iter().zip(self.labels).zip(&self.counts)
        {
            let score = row.dot(&ArrayView1::from(&p[..d]));
            for (class, logit) in logits.iter_mut().enumerate() {
                *logit = class as f64 * score + if class > 0 { p[d + class - 1] } else { 0.0 };
            }
            let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = logits.iter().map(|l| (l - best).exp()).sum();
            walk.loss += count * (best + total.ln() - logits[label]);
            let shares = || logits.iter().map(|l| (l - best).exp() / total).enumerate();
            let mean: f64 = shares().map(|(class, s)| class as f64 * s).sum();
            let spread: f64 = shares().map(|(class, s)| (class as f64 - mean).powi(2) * s).sum();
            shares().for_each(|(class, s)| off[class] = s);
            let along = count * (mean - label as f64);
            for i in 0..d {
                walk.gradient[i] += along * row[i];
                let steep = count * spread * row[i];
                for j in 0..=i {
                    walk.curvature[i * n + j] += steep * row[j];
                }
            }
            for class in 1..k {
                let (at, share) = (d + class - 1, off[class]);
                walk.gradient[at] += count * (share - f64::from(u8::from(class == label)));
                let across = count * share * (class as f64 - mean);
                for j in 0..d {
                    walk.curvature[at * n + j] += across * row[j];
                }
                for (place, other) in off[1..=class].iter().enumerate() {
                    let both = if place + 1 == class { share } else { 0.0 } - share * other;
                    walk.curvature[at * n + d + place] += count * both;
                }
            }
        }
        walk
    }

    /// The number, brought back to its side of zero.
    fn held(&self, j: usize, value: f64) -> f64 {
        match self.of.directions.get(j) {
            Some(Direction::Up) => value.max(0.0),
            Some(Direction::Down) => value.min(0.0),
            Some(Direction::Free(_)) | None => value,
        }
    }

    fn solve(&self) -> Vec<f64> {
        let mut p = vec![0.0; self.x.ncols() + self.of.classes - 1];
        let mut walk = self.walk(&p);
        for _ in 0..STEPS {
            // Free to move: not at zero with a gradient that leads over it.
            let free: Vec<usize> = (0..p.len())
                .filter(|&j| p[j] != 0.0 || self.held(j, -walk.gradient[j]) != 0.0)
                .collect();
            let length = free.iter().map(|&j| walk.gradient[j].powi(2)).sum::<f64>().sqrt();
            if length <= TOLERANCE {
                break;
            }
            let step = newton(&walk, &free, p.len());
            let mut size = 1.0;
            let next = loop {
                let mut q = p.clone();
                free.iter().zip(&step).for_each(|(&j, s)| q[j] = self.held(j, p[j] - size * s));
                let next = self.walk(&q);
                let promised: f64 = (0..p.len()).map(|j| walk.gradient[j] * (p[j] - q[j])).sum();
                if next.loss <= walk.loss - DECREASE * promised {
                    break Some((q, next));
                }
                size /= 2.0;
                // Rounding stands in the way of any better.
                if size < 1e-12 {
                    break None;
                }
            };
            let Some((q, after)) = next else { break };
            (p, walk) = (q, after);
        }
        p
    }
}

/// Solves curvature * step = gradient over the free places, by Cholesky's decomposition: the penalties make the matrix positive definite.
fn newton(walk: &Walk, free: &[usize], n: usize) -> Vec<f64> {
    let m = free.len();
    let mut l = vec![0.0; m * m];
    for i in 0..m {
        for j in 0..=i {
            let (a, b) = (free[i].max(free[j]), free[i].min(free[j]));
            let done: f64 = (0..j).map(|k| l[i * m + k] * l[j * m + k]).sum();
            let left = walk.curvature[a * n + b] - done;
            l[i * m + j] =
                if i == j { left.max(f64::MIN_POSITIVE).sqrt() } else { left / l[j * m + j] };
        }
    }
    let mut step: Vec<f64> = free.iter().map(|&j| walk.gradient[j]).collect();
    for i in 0..m {
        let done: f64 = (0..i).map(|k| l[i * m + k] * step[k]).sum();
        step[i] = (step[i] - done) / l[i * m + i];
    }
    for i in (0..m).rev() {
        let done: f64 = (i + 1..m).map(|k| l[k * m + i] * step[k]).sum();
        step[i] = (step[i] - done) / l[i * m + i];
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::interval::Draws;
    use linfa::traits::Predict;
    use linfa_logistic::LogisticRegression;

    const FREE: Direction = Direction::Free("a test");

    fn rows(classes: usize) -> (Array2<f64>, Array1<usize>) {
        let mut draws = Draws::new(5);
        let mut draw = || draws.below(2001) as f64 / 1000.0 - 1.0;
        let x = Array2::from_shape_fn((240, 4), |_| draw());
        let place = |r: ArrayView1<'_, f64>, noise: f64| {
            (((r[0] - r[1] + noise + 2.0) / 4.0 * classes as f64) as usize).min(classes - 1)
        };
        let y = x.rows().into_iter().map(|r| place(r, 0.8 * draw())).collect();
        (x, y)
    }

    fn fit(classes: usize, directions: [Direction; 4], alpha: f64) -> FittedOrdinal {
        let (x, y) = rows(classes);
        let params = OrdinalLogistic::params(classes, alpha, directions.to_vec());
        params.fit(&DatasetBase::new(x, y)).unwrap()
    }

    #[test]
    fn agrees_with_linfa_where_nothing_is_bounded() {
        let (x, y) = rows(2);
        let ours = fit(2, [FREE; 4], 1.0);
        let theirs = LogisticRegression::default()
            .alpha(1.0)
            .max_iterations(2000)
            .gradient_tolerance(1e-7)
            .fit(&DatasetBase::new(x.clone(), y))
            .unwrap();
        // linfa takes the more frequent class as the positive one.
        let sign = if theirs.labels().pos.class == 1 { 1.0 } else { -1.0 };
        for (a, b) in ours.weights.iter().zip(theirs.params()) {
            assert!((a - sign * b).abs() < 1e-4, "{a} {b}");
        }
        assert!((ours.bias[1] - sign * theirs.intercept()).abs() < 1e-4);
        assert_eq!(ours.predict(&x), theirs.predict(&x));
    }

    #[test]
    fn agrees_with_the_free_fit_of_both_ends() {
        // With one column and two classes the multinomial fit has half the weight for each class and twice the penalty.
        let (x, y) = rows(2);
        let way =
            super::super::multinomial::Multinomial { classes: 2, alpha: 2.0, iterations: 300 };
        let free = way.fit(&DatasetBase::new(x, y)).unwrap();
        let ours = fit(2, [FREE; 4], 1.0);
        for (j, w) in ours.weights.iter().enumerate() {
            assert!((w - (free.weights[1][j] - free.weights[0][j])).abs() < 1e-3);
        }
    }

    #[test]
    fn directions_hold_and_the_rest_is_the_least_under_them() {
        let free = fit(3, [FREE; 4], 1.0);
        assert!(free.weights[0] > 0.5 && free.weights[1] < -0.5, "{free:?}");
        let held = fit(3, [Direction::Down, Direction::Down, FREE, FREE], 1.0);
        assert_eq!(held.weights[0], 0.0);
        assert!(held.weights[1] < -0.5);
        // What a bound does not touch is left as it is.
        let same = fit(3, [Direction::Up, Direction::Down, FREE, FREE], 1.0);
        assert!(same.weights.iter().zip(&free.weights).all(|(a, b)| (a - b).abs() < 1e-6));
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let (x, y) = rows(3);
        let params = OrdinalLogistic::params(3, 1.0, vec![FREE; 4]);
        let twice: Vec<usize> = (0..x.nrows()).chain(0..40).collect();
        let doubled = DatasetBase::new(
            Array2::from_shape_fn((twice.len(), 4), |(i, j)| x[(twice[i], j)]),
            twice.iter().map(|&i| y[i]).collect::<Array1<usize>>(),
        );
        let counts = Array1::from_shape_fn(x.nrows(), |i| if i < 40 { 2.0 } else { 1.0 });
        let weighted = params.fit(&DatasetBase::new(x, y).with_weights(counts)).unwrap();
        let doubled = params.fit(&doubled).unwrap();
        for (a, b) in doubled.weights.iter().zip(&weighted.weights) {
            assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
    }

    #[test]
    fn a_class_without_rows_is_never_said() {
        let (x, y) = rows(2);
        let params = OrdinalLogistic::params(3, 1.0, vec![FREE; 4]);
        let fitted = params.fit(&DatasetBase::new(x.clone(), y)).unwrap();
        assert!(fitted.bias.iter().all(|b| b.is_finite()));
        assert!(fitted.predict(&x).iter().all(|class| *class < 2));
    }

    #[test]
    fn what_does_not_fit_together_is_an_error() {
        let fit = |classes: usize, alpha: f64, columns: usize, label: usize| {
            OrdinalLogistic::params(classes, alpha, vec![FREE; 2])
                .fit(&DatasetBase::new(Array2::zeros((9, columns)), Array1::from(vec![label; 9])))
        };
        assert!(fit(1, 1.0, 2, 0).is_err());
        assert!(fit(2, 0.0, 2, 0).is_err());
        assert!(fit(2, 1.0, 3, 0).is_err());
        assert!(fit(2, 1.0, 2, 2).is_err());
    }
}

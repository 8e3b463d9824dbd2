//! The least of a smooth loss: argmin's L-BFGS with the line search of Moré and Thuente, as linfa sets them up.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

/// A smooth loss over some numbers.
pub(super) trait Loss {
    /// The loss at `p`; `gradient`, where given, holds as many zeros and gets the derivative by each number.
    fn walk(&self, p: &[f64], gradient: Option<&mut Vec<f64>>) -> f64;

    /// The derivative by each number.
    fn slope(&self, p: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; p.len()];
        self.walk(p, Some(&mut gradient));
        gradient
    }
}

/// Steps that L-BFGS remembers.
const MEMORY: usize = 10;

struct Problem<'a, L>(&'a L);

impl<L: Loss> CostFunction for Problem<'_, L> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, p: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.0.walk(p, None))
    }
}

impl<L: Loss> Gradient for Problem<'_, L> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, p: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.0.slope(p))
    }
}

/// The numbers, `width` of them, at which the loss is least, sought from zero until the gradient is no longer than `tolerance` or
/// `iterations` steps are made.
///
/// # Errors
/// In words, when the solver fails.
pub(super) fn minimise(
    loss: &impl Loss,
    width: usize,
    tolerance: f64,
    iterations: u64,
) -> Result<Vec<f64>, String> {
    let failed = |e: Error| e.to_string();
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
        .with_tolerance_grad(tolerance)
        .map_err(failed)?;
    let start = vec![0.0; width];
    let result = Executor::new(Problem(loss), solver)
        .configure(|state| state.param(start).max_iters(iterations))
        .run()
        .map_err(failed)?;
    result.state().get_best_param().cloned().ok_or_else(|| "no parameters came out".to_owned())
}

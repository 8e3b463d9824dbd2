//! Bootstrap intervals: how far a figure may move with other articles of the same kind.

use crate::text::mix;

/// Resamples of an interval.
pub const RESAMPLES: usize = 1000;

/// Numbers that look random and are the same everywhere.
pub struct Draws(u64);

impl Draws {
    /// A sequence of its own for each seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Draws(seed)
    }

    /// A number below `bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        ((u128::from(mix(self.0)) * bound as u128) >> 64) as usize
    }

    /// An order of `0..n`.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

/// 90 % percentile interval of a figure over resampled groups: whole stories or outlets are drawn, as rows of one are
/// alike. `figure` gets places of rows.
pub fn interval(
    groups: &[usize],
    seed: u64,
    mut figure: impl FnMut(&[usize]) -> f64,
) -> (f64, f64) {
    let many = super::folds::count(groups);
    let mut members = vec![Vec::new(); many];
    for (row, &group) in groups.iter().enumerate() {
        members[group].push(row);
    }
    let mut draws = Draws::new(seed);
    let mut figures: Vec<f64> = Vec::with_capacity(RESAMPLES);
    let mut rows = Vec::new();
    for _ in 0..RESAMPLES {
        rows.clear();
        for _ in 0..many {
            rows.extend_from_slice(&members[draws.below(many)]);
        }
        figures.push(figure(&rows));
    }
    figures.sort_by(f64::total_cmp);
    (figures[RESAMPLES * 50 / 1000], figures[RESAMPLES * 950 / 1000 - 1])
}

/// The same with each row by itself.
pub fn interval_of_rows(rows: usize, seed: u64, figure: impl FnMut(&[usize]) -> f64) -> (f64, f64) {
    interval(&(0..rows).collect::<Vec<_>>(), seed, figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_mean_of_a_coin() {
        let heads: Vec<f64> = (0..400).map(|i| f64::from(i % 2)).collect();
        let mean = |rows: &[usize]| rows.iter().map(|&r| heads[r]).sum::<f64>() / rows.len() as f64;
        let (low, high) = interval_of_rows(400, 1, mean);
        // Normal theory: .5 -+ 1.645 * .5 / 20 = .459, .541
        assert!((low - 0.459).abs() < 0.012 && (high - 0.541).abs() < 0.012, "{low} {high}");
        assert_eq!((low, high), interval_of_rows(400, 1, mean));
    }

    #[test]
    fn groups_widen_it() {
        let heads: Vec<f64> = (0..400).map(|i| f64::from(i / 40 % 2)).collect();
        let groups: Vec<usize> = (0..400).map(|i| i / 40).collect();
        let mean = |rows: &[usize]| rows.iter().map(|&r| heads[r]).sum::<f64>() / rows.len() as f64;
        let (low, high) = interval(&groups, 1, mean);
        assert!(high - low > 0.4, "{low} {high}");
    }

    #[test]
    fn draws_stay_in_bounds_and_orders_hold_all() {
        let mut draws = Draws::new(9);
        assert!((0..1000).all(|_| draws.below(7) < 7));
        let mut order = draws.order(50);
        assert_ne!(order, (0..50).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }
}

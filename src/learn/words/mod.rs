//! Weights of common words: ridge regression of a judgement on a text's words (each text of length one).
//!
//! In fitting an axis the sum over words is one input among others. Of the rows that are fitted on it comes from a ridge without
//! their group (an outlet), so that it is as sure there as on an article that nobody has seen.

mod ridge;
mod vocabulary;

use super::folds;
use super::parallel;
use ridge::{Line, ridge};

pub(crate) use vocabulary::Vocabulary;

/// Words of articles with what they should come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordRows {
    /// (column, amount) of each article, in order of column.
    pub(crate) rows: Vec<Vec<(u32, f32)>>,
    /// The judgement of each: 0 (first class) to 1 (last class).
    pub(crate) targets: Vec<f64>,
    /// What each counts.
    pub(crate) counts: Vec<f64>,
    /// Number of columns.
    pub(crate) width: usize,
    /// L2 strength.
    pub(crate) alpha: f64,
}

/// Folds within which rows get their sums.
const FOLDS: usize = 5;

impl WordRows {
    pub(crate) fn select(&self, places: &[usize]) -> WordRows {
        WordRows {
            rows: places.iter().map(|&p| self.rows[p].clone()).collect(),
            targets: places.iter().map(|&p| self.targets[p]).collect(),
            counts: places.iter().map(|&p| self.counts[p]).collect(),
            width: self.width,
            alpha: self.alpha,
        }
    }

    /// Weights of the words by some of the rows. Judgements are taken from the mean of these rows, and no mean is added again: a sum tells
    /// of the words alone.
    pub(crate) fn weights(&self, places: &[usize]) -> Vec<f64> {
        let all: f64 = places.iter().map(|&p| self.counts[p]).sum();
        let mean = places.iter().map(|&p| self.counts[p] * self.targets[p]).sum::<f64>()
            / all.max(f64::MIN_POSITIVE);
        let line = |&place: &usize| Line {
            words: &self.rows[place],
            target: self.targets[place] - mean,
            weight: self.counts[place],
        };
        ridge(&places.iter().map(line).collect::<Vec<_>>(), self.width, self.alpha)
    }

    /// The sum of a row.
    pub(crate) fn sum(&self, place: usize, weights: &[f64]) -> f64 {
        self.rows[place].iter().map(|(c, a)| weights[*c as usize] * f64::from(*a)).sum()
    }

    /// The sum of every row by weights without its fold.
    pub(crate) fn held_out(&self, fold_of: &[usize]) -> Vec<f64> {
        let all: Vec<usize> = (0..folds::count(fold_of)).collect();
        let parts = parallel::map(&all, |&fold| {
            let (fit, held) = folds::split(fold_of, fold);
            let weights = self.weights(&fit);
            held.into_iter().map(|p| (p, self.sum(p, &weights))).collect::<Vec<_>>()
        });
        let mut sums = vec![0.0; self.rows.len()];
        for (place, sum) in parts.into_iter().flatten() {
            sums[place] = sum;
        }
        sums
    }

    /// The sums to fit the other inputs with, and the weights by all rows.
    pub(crate) fn settle(&self, groups: &[usize], seed: u64) -> (Vec<f64>, Vec<f64>) {
        let sums = self.held_out(&folds::folds(groups, FOLDS, seed));
        (sums, self.weights(&(0..self.rows.len()).collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::interval::Draws;
    use crate::learn::metrics::auc;

    /// 120 rows of 30 outlets with ten words each out of 40; word 0 tells when `planted`.
    fn rows(planted: bool) -> WordRows {
        let mut draws = Draws::new(7);
        let row = |index: usize| {
            let mut words: Vec<u32> = (0..9).map(|_| 1 + draws.below(39) as u32).collect();
            words.extend((planted && index % 2 == 1).then_some(0));
            words.sort_unstable();
            words.dedup();
            words.iter().map(|w| (*w, 0.3)).collect()
        };
        WordRows {
            rows: (0..120).map(row).collect(),
            targets: (0..120).map(|i| f64::from(i % 2)).collect(),
            counts: vec![1.0; 120],
            width: 40,
            alpha: 1.0,
        }
    }

    #[test]
    fn a_planted_word_is_found_and_noise_is_not() {
        let groups: Vec<usize> = (0..120).map(|i| i / 4).collect();
        let truth: Vec<bool> = (0..120).map(|i| i % 2 == 1).collect();
        let judged = |planted| auc(&truth, &rows(planted).settle(&groups, 1).0);
        assert!(judged(true) > 0.95, "{}", judged(true));
        assert!((0.3..0.65).contains(&judged(false)), "{}", judged(false));
    }
}

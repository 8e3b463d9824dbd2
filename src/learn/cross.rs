//! Honest figures: rows held out by whole groups, with the way of fitting chosen anew inside each fold.

use super::design::{Design, bag_of_words};
use super::folds;
use super::interval::interval;
use super::metrics::{accuracy, calibration_error, confusion, macro_f1};
use super::multinomial::FitError;
use super::parallel;
use super::recipe::{Recipe, choose};
use super::sparse::{SparseError, SparseLogistic};
use crate::model::{Metrics, softmax};

/// Outer folds.
pub(crate) const OUTER: usize = 10;

/// What held-out rows were said to be.
pub(crate) struct HeldOut {
    /// Calibrated, one row for each of the design's.
    pub(crate) probabilities: Vec<Vec<f64>>,
    /// Most probable class.
    pub(crate) said: Vec<usize>,
    /// Fold of each row.
    pub(crate) folds: Vec<usize>,
}

impl HeldOut {
    /// Some of the rows.
    pub(crate) fn part(&self, places: &[usize]) -> HeldOut {
        HeldOut {
            probabilities: places.iter().map(|&p| self.probabilities[p].clone()).collect(),
            said: places.iter().map(|&p| self.said[p]).collect(),
            folds: places.iter().map(|&p| self.folds[p]).collect(),
        }
    }

    /// The probability of what was said of each row, and whether it was right.
    pub(crate) fn pairs(&self, truth: &[usize]) -> Vec<(f64, bool)> {
        (0..truth.len())
            .map(|i| (self.probabilities[i][self.said[i]], self.said[i] == truth[i]))
            .collect()
    }
}

/// Nested cross-validation: in each outer fold the way and the temperature are chosen on the other folds only.
pub(crate) fn cross_validate(
    design: &Design,
    ways: &[Recipe],
    seed: u64,
) -> Result<HeldOut, FitError> {
    let fold_of = folds::folds(&design.groups, OUTER, seed);
    let mut probabilities = vec![Vec::new(); design.x.len()];
    for fold in 0..folds::count(&fold_of) {
        let (fit, held) = folds::split(&fold_of, fold);
        let part = design.select(&fit);
        let choice = choose(&part, ways, seed)?;
        let fitted = choice.recipe.fit(&part)?;
        for place in held {
            probabilities[place] = softmax(&fitted.logits(design, place), choice.temperature);
        }
    }
    let said = probabilities.iter().map(|p| most_probable(p)).collect();
    Ok(HeldOut { probabilities, said, folds: fold_of })
}

/// Index of the highest; the lower one in a tie.
pub(crate) fn most_probable(values: &[f64]) -> usize {
    (1..values.len()).fold(0, |best, k| if values[k] > values[best] { k } else { best })
}

/// Figures of the own corpus, or of the real articles, out of rows that were held out together; none when there are none.
pub(crate) fn figures_of(
    design: &Design,
    held: &HeldOut,
    real: bool,
    seed: u64,
) -> Result<Option<Metrics>, SparseError> {
    let places = design.places(real);
    if places.is_empty() {
        return Ok(None);
    }
    figures(&design.part(&places), &held.part(&places), seed).map(Some)
}

/// Figures of held-out rows, with both baselines on the same folds.
pub(crate) fn figures(design: &Design, held: &HeldOut, seed: u64) -> Result<Metrics, SparseError> {
    let (truth, said, classes) = (&design.labels, &held.said, design.classes);
    let f1 = |rows: &[usize]| {
        let pick = |v: &[usize]| rows.iter().map(|&r| v[r]).collect::<Vec<_>>();
        macro_f1(&pick(truth), &pick(said), classes)
    };
    let (majority, words) = baselines(design, &held.folds)?;
    Ok(Metrics {
        macro_f1: macro_f1(truth, said, classes),
        macro_f1_interval: interval(&design.groups, seed, f1),
        accuracy: accuracy(truth, said),
        calibration_error: calibration_error(&held.pairs(truth)),
        confusion: confusion(truth, said, classes),
        majority_macro_f1: macro_f1(truth, &majority, classes),
        bag_of_words_macro_f1: words.map_or(0.0, |words| macro_f1(truth, &words, classes)),
        ..Metrics::default()
    })
}

/// L2 strength of the bag of words: scikit-learn's C of 10, near the best for rows of length one.
const WORDS_ALPHA: f64 = 0.1;

/// What the two baselines say of the rows: always the most frequent class of the other folds, and a bag of words where the rows have
/// words.
fn baselines(
    design: &Design,
    fold_of: &[usize],
) -> Result<(Vec<usize>, Option<Vec<usize>>), SparseError> {
    let truth = &design.labels;
    let worded = design.terms.iter().any(|t| !t.is_empty());
    let (mut majority, mut words) = (vec![0; truth.len()], vec![0; truth.len()]);
    for fold in 0..folds::count(fold_of) {
        let (fit, held) = folds::split(fold_of, fold);
        let labels: Vec<usize> = fit.iter().map(|&p| truth[p]).collect();
        let counts: Vec<f64> = (0..design.classes)
            .map(|c| labels.iter().filter(|l| **l == c).count() as f64)
            .collect();
        for &place in &held {
            majority[place] = most_probable(&counts);
        }
        if !worded {
            continue;
        }
        for (place, scores) in held.iter().zip(bag_of_words_scores(design, &fit, &labels, &held)?) {
            words[*place] = most_probable(&scores);
        }
    }
    Ok((majority, worded.then_some(words)))
}

/// Scores of held rows, one for each class, by a bag of words fitted on other rows.
pub(crate) fn bag_of_words_scores(
    design: &Design,
    fit: &[usize],
    labels: &[usize],
    held: &[usize],
) -> Result<Vec<Vec<f64>>, SparseError> {
    let (rows, others) = bag_of_words(&design.terms, fit, held);
    if labels.iter().all(|l| *l == labels[0]) {
        let only =
            (0..design.classes).map(|c| f64::from(u8::from(c == labels[0]))).collect::<Vec<_>>();
        return Ok(vec![only; held.len()]);
    }
    let fitted = SparseLogistic { classes: design.classes, alpha: WORDS_ALPHA, iterations: 100 }
        .fit_rows(&rows, labels, None)?;
    Ok(parallel::map(others.rows(), |row| match fitted.scores(row).as_slice() {
        [one] => vec![0.0, *one],
        many => many.to_vec(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::{Axis, Direction};
    use crate::learn::interval::Draws;
    use crate::learn::recipe::candidates;

    /// 90 rows of 30 groups; column 0 tells the class when `planted`, the others are noise.
    fn design(planted: bool, seed: u64) -> Design {
        let mut draws = Draws::new(seed);
        let mut noise = || draws.below(2001) as f64 / 1000.0 - 1.0;
        let labels: Vec<usize> = (0..90).map(|i| i % 3).collect();
        let row = |class: &usize| {
            let signal = if planted { *class as f64 + 0.3 * noise() } else { noise() };
            std::iter::once(signal).chain((0..20).map(|_| noise())).collect()
        };
        let (weights, real) = (vec![1.0; 90], vec![false; 90]);
        let groups = (0..90).map(|i| i / 3).collect();
        Design {
            x: labels.iter().map(row).collect(),
            labels,
            groups,
            weights,
            real,
            terms: vec![Vec::new(); 90],
            directions: vec![Direction::Free("a test"); 21],
            classes: 3,
            ..Design::default()
        }
    }

    fn ways() -> Vec<Recipe> {
        candidates(Axis::named("tone").unwrap())
    }

    #[test]
    fn a_planted_signal_is_found() {
        let design = design(true, 1);
        let m = figures(&design, &cross_validate(&design, &ways(), 1).unwrap(), 1).unwrap();
        assert!(m.macro_f1 > 0.95, "{}", m.macro_f1);
        assert!(m.macro_f1_interval.0 > 0.8 && m.calibration_error < 0.15, "{m:?}");
        assert!(m.majority_macro_f1 < 0.34);
    }

    #[test]
    fn noise_gives_chance() {
        let f1 = |seed| {
            let design = design(false, seed);
            let ways: Vec<Recipe> = ways().into_iter().step_by(4).collect();
            figures(&design, &cross_validate(&design, &ways, seed).unwrap(), seed).unwrap().macro_f1
        };
        let mean = (1..=4).map(f1).sum::<f64>() / 4.0;
        assert!(mean < 0.42, "{mean}");
    }

    #[test]
    fn words_alone_find_a_telling_word() {
        use crate::text::Word;
        let mut design = design(false, 3);
        for (i, terms) in design.terms.iter_mut().enumerate() {
            *terms = vec![(Word(i as u64 % 3), 1.0), (Word(9), 2.0)];
        }
        let held = cross_validate(&design, &ways()[..2], 1).unwrap();
        let (_, words) = baselines(&design, &held.folds).unwrap();
        assert_eq!(words, Some(design.labels));
    }
}

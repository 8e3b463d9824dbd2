//! Measures of a decision against labels. Our own: linfa's swap precision and recall and give NaN for a class that is
//! never predicted.

/// Share that is right; 0 for no rows.
#[must_use]
pub fn accuracy(truth: &[usize], predicted: &[usize]) -> f64 {
    let right = truth.iter().zip(predicted).filter(|(t, p)| t == p).count();
    ratio(right as f64, truth.len() as f64)
}

/// Rows: true class; columns: predicted class.
#[must_use]
pub fn confusion(truth: &[usize], predicted: &[usize], classes: usize) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; classes]; classes];
    for (&t, &p) in truth.iter().zip(predicted) {
        table[t][p] += 1;
    }
    table
}

/// F1 of each class; `None` for a class that neither occurs nor is predicted.
#[must_use]
pub fn f1_by_class(truth: &[usize], predicted: &[usize], classes: usize) -> Vec<Option<f64>> {
    let table = confusion(truth, predicted, classes);
    (0..classes)
        .map(|c| {
            let gold: usize = table[c].iter().sum();
            let said: usize = table.iter().map(|row| row[c]).sum();
            (gold + said > 0).then(|| 2.0 * table[c][c] as f64 / (gold + said) as f64)
        })
        .collect()
}

/// Mean F1 over the classes that occur or are predicted.
#[must_use]
pub fn macro_f1(truth: &[usize], predicted: &[usize], classes: usize) -> f64 {
    let f1: Vec<f64> = f1_by_class(truth, predicted, classes).into_iter().flatten().collect();
    ratio(f1.iter().sum(), f1.len() as f64)
}

/// F1 of "yes".
#[must_use]
pub fn f1(truth: &[bool], predicted: &[bool]) -> f64 {
    let both = truth.iter().zip(predicted).filter(|(t, p)| **t && **p).count();
    let either = truth.iter().chain(predicted).filter(|y| **y).count();
    ratio(2.0 * both as f64, either as f64)
}

/// Precision and recall of "yes"; 0 where nothing was said or nothing is true.
#[must_use]
pub fn precision_recall(truth: &[bool], predicted: &[bool]) -> (f64, f64) {
    let both = truth.iter().zip(predicted).filter(|(t, p)| **t && **p).count() as f64;
    let count = |ys: &[bool]| ys.iter().filter(|y| **y).count() as f64;
    (ratio(both, count(predicted)), ratio(both, count(truth)))
}

/// Bins of [`calibration_error`].
pub const BINS: usize = 10;

/// Expected calibration error: the gap between the probability given and the share that is right, over ten bins of
/// equal width, weighted by rows. `pairs` are (probability of what was said, it was right).
#[must_use]
pub fn calibration_error(pairs: &[(f64, bool)]) -> f64 {
    let mut bins = [(0.0, 0.0); BINS];
    for &(probability, right) in pairs {
        let bin = ((probability * BINS as f64) as usize).min(BINS - 1);
        bins[bin].0 += probability;
        bins[bin].1 += f64::from(u8::from(right));
    }
    ratio(bins.iter().map(|(said, right)| (said - right).abs()).sum(), pairs.len() as f64)
}

/// Ranks from 0, ties at their mean rank.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let mut last = first;
        while last + 1 < order.len() && values[order[last + 1]] == values[order[first]] {
            last += 1;
        }
        for &place in &order[first..=last] {
            ranks[place] = (first + last) as f64 / 2.0;
        }
        first = last + 1;
    }
    ranks
}

/// Pearson's correlation; 0 where one side does not vary.
#[must_use]
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (ratio(a.iter().sum(), n), ratio(b.iter().sum(), n));
    let sd = |v: &[f64], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>().sqrt();
    let both: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    ratio(both, sd(a, ma) * sd(b, mb))
}

/// Spearman's correlation of ranks, ties at their mean rank.
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    pearson(&ranks(a), &ranks(b))
}

/// Area under the ROC curve: how often a true row is ranked above a false one. 0 when one side is empty.
#[must_use]
pub fn auc(truth: &[bool], scores: &[f64]) -> f64 {
    let ranks = ranks(scores);
    let yes = truth.iter().filter(|t| **t).count() as f64;
    let no = truth.len() as f64 - yes;
    let sum: f64 = ranks.iter().zip(truth).filter(|(_, t)| **t).map(|(r, _)| r + 1.0).sum();
    ratio(sum - yes * (yes + 1.0) / 2.0, yes * no)
}

pub(crate) fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    ratio(values.iter().sum(), values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    const TRUTH: [usize; 8] = [0, 0, 0, 1, 1, 2, 2, 2];
    const SAID: [usize; 8] = [0, 0, 1, 1, 1, 2, 0, 1];

    #[test]
    fn counts_by_hand() {
        assert_eq!(confusion(&TRUTH, &SAID, 3), [[2, 1, 0], [0, 2, 0], [1, 1, 1]]);
        close(accuracy(&TRUTH, &SAID), 5.0 / 8.0);
        // class 0: 2*2/(3+3), class 1: 2*2/(2+4), class 2: 2*1/(3+1)
        close(macro_f1(&TRUTH, &SAID, 3), (4.0 / 6.0 + 4.0 / 6.0 + 0.5) / 3.0);
    }

    #[test]
    fn a_class_that_never_occurs_does_not_count() {
        close(macro_f1(&[0, 1], &[0, 1], 3), 1.0);
        assert_eq!(f1_by_class(&[0, 0], &[0, 0], 2), [Some(1.0), None]);
    }

    #[test]
    fn yes_or_no_by_hand() {
        let (t, p) = ([true, true, false, false], [true, false, true, false]);
        close(f1(&t, &p), 0.5);
        let (precision, recall) = precision_recall(&t, &[true, true, true, false]);
        close(precision, 2.0 / 3.0);
        close(recall, 1.0);
    }

    #[test]
    fn auc_by_hand() {
        // pairs true over false: (.9>.4) (.9>.3) (.35<.4) (.35>.3) = 3 of 4
        close(auc(&[true, true, false, false], &[0.9, 0.35, 0.4, 0.3]), 0.75);
        close(auc(&[true, false], &[0.5, 0.5]), 0.5);
    }

    #[test]
    fn correlations_by_hand() {
        close(pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]), 1.0);
        // ranks 0 1 2 3 against 1 0 3 2: 1 - 6*4/(4*15)
        close(spearman(&[1.0, 5.0, 7.0, 9.0], &[20.0, 10.0, 40.0, 30.0]), 0.6);
        assert_eq!(ranks(&[3.0, 1.0, 3.0]), [1.5, 0.0, 1.5]);
        close(pearson(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
    }

    #[test]
    fn calibration_by_hand() {
        // bin .9: said 1.8, right 1; bin .6: said 1.2, right 2
        let pairs = [(0.9, true), (0.9, false), (0.6, true), (0.6, true)];
        close(calibration_error(&pairs), (0.8 + 0.8) / 4.0);
        close(calibration_error(&[(1.0, true)]), 0.0);
    }
}

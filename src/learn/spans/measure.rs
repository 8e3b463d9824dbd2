//! The few figures that the training of spans reports.

/// F1 from counts of what is right, what was predicted, and what is there.
pub(super) fn f1(right: usize, predicted: usize, there: usize) -> f64 {
    if predicted + there == 0 { 0.0 } else { 2.0 * right as f64 / (predicted + there) as f64 }
}

/// F1 of probabilities at one half.
pub(super) fn f1_at_half(pairs: &[(f64, bool)]) -> f64 {
    let count = |test: fn(&(f64, bool)) -> bool| pairs.iter().filter(|p| test(p)).count();
    f1(count(|(p, y)| *p >= 0.5 && *y), count(|(p, _)| *p >= 0.5), count(|(_, y)| *y))
}

/// Expected calibration error in ten bins of equal width.
pub(super) fn calibration_error(pairs: &[(f64, bool)]) -> f64 {
    let mut bins = [(0.0, 0.0); 10];
    for (p, y) in pairs {
        let bin = &mut bins[((p * 10.0) as usize).min(9)];
        bin.0 += p;
        bin.1 += f64::from(u8::from(*y));
    }
    let gap: f64 = bins.iter().map(|(p, y)| (p - y).abs()).sum();
    gap / pairs.len().max(1) as f64
}

/// Area under the ROC curve; ties count half.
pub(super) fn auc(pairs: &[(f64, bool)]) -> f64 {
    let mut sorted: Vec<(f64, bool)> = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins, mut positive) = (0.0, 0.0, 0.0);
    for tie in sorted.chunk_by(|a, b| a.0 == b.0) {
        let yes = tie.iter().filter(|p| p.1).count() as f64;
        let no = tie.len() as f64 - yes;
        wins += yes * (below + no / 2.0);
        below += no;
        positive += yes;
    }
    if positive == 0.0 || below == 0.0 { 0.5 } else { wins / (positive * below) }
}

/// Pearson's correlation; 0 when one side does not vary.
pub(super) fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len().max(1) as f64;
    let (mx, my) =
        (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    let spread = (sum(&|p| (p.0 - mx).powi(2)) * sum(&|p| (p.1 - my).powi(2))).sqrt();
    if spread > 0.0 { sum(&|p| (p.0 - mx) * (p.1 - my)) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_tables_by_hand() {
        let pairs = [(0.9, true), (0.6, false), (0.4, true), (0.1, false)];
        assert!((f1_at_half(&pairs) - 0.5).abs() < 1e-12);
        assert!((auc(&pairs) - 0.75).abs() < 1e-12);
        assert!((calibration_error(&pairs) - (0.1 + 0.6 + 0.6 + 0.1) / 4.0).abs() < 1e-12);
        assert!((pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]) - 1.0).abs() < 1e-12);
    }
}

//! Agreement of annotators: Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").

/// How far apart two values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Equal or not.
    Nominal,
    /// By rank, as often as the ranks between are used.
    Ordinal,
    /// By the difference of the values.
    Interval,
}

/// Alpha over units, each with the values that its annotators gave (class indices; missing ones left out). 1 is full
/// agreement, 0 what chance gives. `None` when no unit has two values, or all values are the same.
#[must_use]
pub fn alpha(units: &[Vec<usize>], level: Level) -> Option<f64> {
    let classes = units.iter().flatten().max()? + 1;
    // Coincidences: each pair of values within a unit, weighted so that a unit counts once for each value.
    let mut together = vec![vec![0.0; classes]; classes];
    for unit in units.iter().filter(|u| u.len() >= 2) {
        let weight = 1.0 / (unit.len() - 1) as f64;
        for (i, &a) in unit.iter().enumerate() {
            for (j, &b) in unit.iter().enumerate() {
                if i != j {
                    together[a][b] += weight;
                }
            }
        }
    }
    let totals: Vec<f64> = together.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
    let distance = |a: usize, b: usize| -> f64 {
        let (low, high) = (a.min(b), a.max(b));
        match level {
            Level::Nominal => f64::from(u8::from(a != b)),
            Level::Ordinal => (totals[low..=high].iter().sum::<f64>()
                - (totals[low] + totals[high]) / 2.0)
                .powi(2),
            Level::Interval => ((high - low) as f64).powi(2),
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..classes {
        for b in 0..classes {
            observed += together[a][b] * distance(a, b);
            expected += totals[a] * totals[b] * distance(a, b);
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Krippendorff's paper: four observers, twelve units, 41 values, values 1 to 5.
    fn example() -> Vec<Vec<usize>> {
        let rows = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        (0..12)
            .map(|unit| rows.iter().map(|r| r[unit]).filter(|v| *v > 0).map(|v| v - 1).collect())
            .collect()
    }

    #[test]
    fn agrees_with_the_published_example() {
        for (level, expected) in
            [(Level::Nominal, 0.743), (Level::Ordinal, 0.815), (Level::Interval, 0.849)]
        {
            let got = alpha(&example(), level).expect("the example has a value");
            assert!((got - expected).abs() < 0.001, "{level:?}: {got}");
        }
    }

    #[test]
    fn full_agreement_is_one_and_no_spread_is_nothing() {
        assert_eq!(alpha(&[vec![0, 0], vec![1, 1]], Level::Nominal), Some(1.0));
        assert_eq!(alpha(&[vec![1, 1], vec![1, 1]], Level::Ordinal), None);
        assert_eq!(alpha(&[vec![1], vec![0]], Level::Ordinal), None);
        assert_eq!(alpha(&[], Level::Nominal), None);
    }

    #[test]
    fn a_far_miss_weighs_more_on_an_ordered_scale() {
        let near = [vec![0, 0], vec![1, 1], vec![2, 2], vec![0, 1]];
        let far = [vec![0, 0], vec![1, 1], vec![2, 2], vec![0, 2]];
        assert!(alpha(&near, Level::Ordinal) > alpha(&far, Level::Ordinal));
    }
}

//! From a score to a value between 0 and 1: a logistic curve with two numbers.

/// 1 / (1 + exp(-(slope * score + shift))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    pub(super) slope: f64,
    pub(super) shift: f64,
}

impl Curve {
    /// The value of a score.
    pub(super) fn at(&self, score: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * score + self.shift)).exp())
    }
}

/// A pull of the slope toward one, so that scores that tell nothing leave it finite.
const PULL: f64 = 1e-3;

/// The curve with the least cross-entropy on (score, target, weight), by Newton's method.
pub(super) fn calibrate(rows: &[(f64, f64, f64)]) -> Curve {
    let mut curve = Curve { slope: 1.0, shift: 0.0 };
    for _ in 0..50 {
        let (mut g, mut h) = ([PULL * (curve.slope - 1.0), 0.0], [PULL, 0.0, 1e-9]);
        for (score, target, weight) in rows {
            let p = curve.at(*score);
            let (off, steep) = (weight * (p - target), weight * p * (1.0 - p));
            g[0] += off * score;
            g[1] += off;
            h[0] += steep * score * score;
            h[1] += steep * score;
            h[2] += steep;
        }
        let whole = h[0] * h[2] - h[1] * h[1];
        if whole <= 0.0 {
            break;
        }
        // Held to a short step: far from the end Newton's may overshoot.
        let step = [(h[2] * g[0] - h[1] * g[1]) / whole, (h[0] * g[1] - h[1] * g[0]) / whole]
            .map(|s| s.clamp(-5.0, 5.0));
        curve.slope -= step[0];
        curve.shift -= step[1];
        if step[0].abs() + step[1].abs() < 1e-10 {
            break;
        }
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_curve_comes_out() {
        let truth = Curve { slope: 3.0, shift: -0.7 };
        let rows: Vec<(f64, f64, f64)> =
            (-20..20).map(|i| f64::from(i) / 10.0).map(|s| (s, truth.at(s), 1.0)).collect();
        let found = calibrate(&rows);
        assert!((found.slope - 3.0).abs() < 0.01 && (found.shift + 0.7).abs() < 0.01, "{found:?}");
    }

    #[test]
    fn scores_that_tell_nothing_are_finite() {
        assert!(calibrate(&[(0.0, 0.0, 1.0), (0.0, 1.0, 1.0)]).slope.is_finite());
        assert!(calibrate(&[]).shift.is_finite());
        assert!(calibrate(&[(-1.0, 0.0, 1.0), (1.0, 1.0, 1.0)]).slope.is_finite());
    }
}

//! Least squares with an L2 penalty over sparse rows, by conjugate gradients: linfa's own takes full matrices only. The same rows
//! give the same bits.

/// A row: some words, what it should come to, and what it counts.
pub(super) struct Line<'a> {
    /// (column, amount).
    pub(super) words: &'a [(u32, f32)],
    pub(super) target: f64,
    pub(super) weight: f64,
}

/// The residual's share at which the iteration ends.
const TOLERANCE: f64 = 1e-7;
/// Most iterations; far fewer are needed.
const MOST: usize = 2000;

/// The weights of `width` columns that minimise sum of weight * (row . b - target)^2 + alpha * |b|^2.
pub(super) fn ridge(lines: &[Line<'_>], width: usize, alpha: f64) -> Vec<f64> {
    let mut b = vec![0.0; width];
    let mut residual = vec![0.0; width];
    for line in lines {
        add(&mut residual, line, line.weight * line.target);
    }
    let mut direction = residual.clone();
    let mut size = dot(&residual, &residual);
    let enough = size * TOLERANCE * TOLERANCE;
    for _ in 0..MOST {
        if size <= enough {
            break;
        }
        let mut image: Vec<f64> = direction.iter().map(|d| alpha * d).collect();
        for line in lines {
            let along = product(&direction, line);
            add(&mut image, line, line.weight * along);
        }
        let step = size / dot(&direction, &image);
        for (at, (b, r)) in b.iter_mut().zip(&mut residual).enumerate() {
            *b += step * direction[at];
            *r -= step * image[at];
        }
        let next = dot(&residual, &residual);
        let turn = next / size;
        size = next;
        for (d, r) in direction.iter_mut().zip(&residual) {
            *d = r + turn * *d;
        }
    }
    b
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn product(b: &[f64], line: &Line<'_>) -> f64 {
    line.words.iter().map(|(c, a)| b[*c as usize] * f64::from(*a)).sum()
}

fn add(to: &mut [f64], line: &Line<'_>, factor: f64) {
    for (column, amount) in line.words {
        to[*column as usize] += factor * f64::from(*amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand_for_two_words() {
        // Rows (1, 0) -> 2, (0, 1) -> 3 counting twice; alpha 1: b = 2 / (1 + 1), 2 * 3 / (2 + 1).
        let lines = [
            Line { words: &[(0, 1.0)], target: 2.0, weight: 1.0 },
            Line { words: &[(1, 1.0)], target: 3.0, weight: 2.0 },
        ];
        let b = ridge(&lines, 2, 1.0);
        assert!((b[0] - 1.0).abs() < 1e-9 && (b[1] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_gradient_is_zero_at_the_end() {
        let words: Vec<Vec<(u32, f32)>> =
            (0..40_u32).map(|i| vec![(i % 5, 1.0), (5 + i % 3, 0.5)]).collect();
        let lines: Vec<Line<'_>> = words
            .iter()
            .enumerate()
            .map(|(i, w)| Line { words: w, target: (i % 4) as f64, weight: 1.0 + (i % 2) as f64 })
            .collect();
        let b = ridge(&lines, 8, 0.3);
        let mut gradient: Vec<f64> = b.iter().map(|b| 0.3 * b).collect();
        for line in &lines {
            let off = product(&b, line) - line.target;
            add(&mut gradient, line, line.weight * off);
        }
        assert!(gradient.iter().all(|g| g.abs() < 1e-4), "{gradient:?}");
    }

    #[test]
    fn no_rows_give_no_weights() {
        assert_eq!(ridge(&[], 2, 1.0), [0.0, 0.0]);
    }
}

//! Which article a model learns most from: one that it is unsure of, and that is unlike those that are labelled (Settles 2009, "Active
//! Learning Literature Survey", sections 2.1 and 3.5; margin sampling and farthest-first).

/// How unsure a model is of an article, 0 to 1: one less the margin between the two most probable classes.
#[must_use]
pub fn unsure(probabilities: &[f64]) -> f64 {
    let (mut first, mut second) = (0.0_f64, 0.0_f64);
    for &p in probabilities {
        (first, second) = if p > first { (p, first) } else { (first, second.max(p)) };
    }
    1.0 - (first - second)
}

/// Rows at the same scale, and how far they lie apart.
#[derive(Clone, Debug, Default)]
pub struct Space {
    rows: Vec<Vec<f64>>,
    /// Mean distance of two rows.
    mean: f64,
}

/// Scaled columns are held this near their mean, as in models.
const WIDEST: f64 = 3.0;
/// Pairs of rows that the mean distance is taken over.
const PAIRS: usize = 2000;

impl Space {
    /// Scales the columns of some rows, all of one width.
    #[must_use]
    pub fn new(mut rows: Vec<Vec<f64>>) -> Self {
        let n = rows.len().max(1) as f64;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let mean = rows.iter().map(|r| r[column]).sum::<f64>() / n;
            let spread = (rows.iter().map(|r| (r[column] - mean).powi(2)).sum::<f64>() / n).sqrt();
            for row in &mut rows {
                let z = if spread > 1e-12 { (row[column] - mean) / spread } else { 0.0 };
                row[column] = z.clamp(-WIDEST, WIDEST);
            }
        }
        let mut draws = super::interval::Draws::new(1);
        let pair = |_| (draws.below(rows.len()), draws.below(rows.len()));
        let pairs: Vec<(usize, usize)> = (0..PAIRS).map(pair).filter(|(a, b)| a != b).collect();
        let sum: f64 = pairs.iter().map(|(a, b)| apart(&rows[*a], &rows[*b])).sum();
        let mean = if sum > 0.0 { sum / pairs.len() as f64 } else { 1.0 };
        Space { rows, mean }
    }

    /// How far two rows lie apart; the mean of two rows is 1.
    #[must_use]
    pub fn distance(&self, a: usize, b: usize) -> f64 {
        apart(&self.rows[a], &self.rows[b]) / self.mean
    }

    /// How far a row lies from the nearest of some others; 1 where there are none.
    #[must_use]
    pub fn to_nearest(&self, row: usize, others: &[usize]) -> f64 {
        let all = others.iter().map(|other| self.distance(row, *other));
        all.reduce(f64::min).unwrap_or(1.0)
    }
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// In which order articles are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By chance.
    Random,
    /// Most unsure first.
    Unsure,
    /// Farthest from all labelled ones first.
    Diverse,
    /// By the product of both.
    Both,
    /// Most likely of a class that few labelled ones are of first, and most unsure among these.
    Rare,
}

/// Every way, with its name in tables.
pub const WAYS: &[(Way, &str)] = &[
    (Way::Random, "random"),
    (Way::Unsure, "unsure"),
    (Way::Diverse, "diverse"),
    (Way::Both, "unsure x diverse"),
    (Way::Rare, "unsure x rare"),
];

/// How likely an article is of a class that few are of: its probabilities over the number of labelled articles of each class.
#[must_use]
pub fn rarity(probabilities: &[f64], labelled: &[usize]) -> f64 {
    probabilities.iter().zip(labelled).map(|(p, n)| p / (*n as f64 + 1.0)).sum()
}

/// Chooses some of a pool, one after the other; each that is chosen counts as labelled for the next. `look` tells how unsure the
/// model is of a row ([`unsure`]), and how likely the row is of a rare class ([`rarity`]). Of equals the earlier one of the pool.
#[must_use]
pub fn choose(
    space: &Space,
    way: Way,
    pool: &[usize],
    known: &[usize],
    look: impl Fn(usize) -> (f64, f64),
    many: usize,
) -> Vec<usize> {
    let mut left: Vec<(usize, f64)> =
        pool.iter().map(|&row| (row, space.to_nearest(row, known))).collect();
    let mut chosen = Vec::new();
    while chosen.len() < many && !left.is_empty() {
        let worth = |(row, far): (usize, f64)| match way {
            Way::Random => 0.0,
            Way::Unsure => look(row).0,
            Way::Diverse => far,
            Way::Both => look(row).0 * far,
            Way::Rare => look(row).0 * look(row).1,
        };
        let best = (1..left.len())
            .fold(0, |best, at| if worth(left[at]) > worth(left[best]) { at } else { best });
        let (row, _) = left.remove(best);
        chosen.push(row);
        for (other, far) in &mut left {
            *far = far.min(space.distance(*other, row));
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_is_the_lack_of_a_margin() {
        assert!((unsure(&[0.4, 0.35, 0.25]) - 0.95).abs() < 1e-12);
        assert!((unsure(&[0.1, 0.9]) - 0.2).abs() < 1e-12);
        assert!(unsure(&[1.0, 0.0, 0.0]).abs() < 1e-12);
    }

    #[test]
    fn each_way_takes_what_it_is_named_after() {
        // Two heaps, and one row apart.
        let rows = [0.0, 0.1, 0.2, 5.0, 5.1, 20.0].map(|x| vec![x, 1.0]).to_vec();
        let space = Space::new(rows);
        let doubt = |row: usize| [0.1, 0.9, 0.1, 0.8, 0.1, 0.3][row];
        let look = |row: usize| (doubt(row), rarity(&[1.0 / row as f64, 0.0], &[9, 0]));
        let pool = [1, 2, 3, 4, 5];
        let take = |way| choose(&space, way, &pool, &[0], look, 2);
        assert_eq!(take(Way::Random), [1, 2]);
        assert_eq!(take(Way::Unsure), [1, 3]);
        assert_eq!(take(Way::Diverse)[0], 5);
        assert_eq!(take(Way::Both), [5, 3]);
        assert_eq!(take(Way::Rare), [1, 3]);
    }
}

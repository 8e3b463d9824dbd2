//! A linear-chain conditional random field as it stands in memory: keys to rows of weights, and its best path.

use super::run::{Run, exp, highest, sums, transposed};

/// Places of a row behind the weights that hold the key.
const KEY: usize = 3;

/// Weights of a key, one a tag, and in the last three places the key's lowest bits: one look at memory fetches both.
#[derive(Clone, Copy, Debug)]
#[repr(align(8))]
struct Row<const W: usize>([u8; W]);

impl<const W: usize> Row<W> {
    /// The key's lowest 24 bits.
    fn key(&self) -> u32 {
        u32::from_le_bytes([self.0[W - 4], self.0[W - 3], self.0[W - 2], self.0[W - 1]]) >> 8
    }
}

/// 32 ranges of keys.
#[derive(Clone, Copy, Debug, Default)]
struct Ranges {
    /// A bit for each range that has a key.
    known: u32,
    /// The number of keys below them all, times 2; plus 1 when one of them has two keys.
    below: u32,
}

/// A fitted field over `K` tags, with rows of `W` places: a power of two, so that rows are added as vectors, and at least
/// `K + 3`.
///
/// Rows stand in rising order of their keys. Most keys of a text are not known, and which are cannot be foretold: a bit
/// for each range of keys tells most of those apart without a branch, and leads the others to their row, so that the
/// rows of a token are fetched side by side. Weights are added up as the whole numbers that the file holds.
pub struct Crf<const K: usize, const W: usize> {
    rows: Vec<Row<W>>,
    /// The key of each row.
    keys: Vec<u32>,
    /// Keys are cut into ranges by their highest bits; what is left when this many are shifted out is the range.
    shift: u32,
    /// All ranges, and one more entry with the number of all keys.
    ranges: Vec<Ranges>,
    /// A weight is its number times this.
    scale: f32,
    /// Score of a tag (second index) after another (first); places past the last tag are out of reach.
    transitions: [[f32; W]; W],
    /// Their exponentials.
    powers: [[f32; W]; W],
    /// The same, column by column.
    columns: [[f32; W]; W],
    /// Added to scores: keeps the places past the last tag out of reach.
    floor: [f32; W],
}

/// Score of what cannot be.
pub(crate) const NEVER: f32 = -1e9;

impl<const K: usize, const W: usize> Default for Crf<K, W> {
    fn default() -> Self {
        Crf::new(&[], &[], 1.0, [[0.0; K]; K])
    }
}

/// Weights of a token's inputs, added up.
pub type Sums<const W: usize> = [i16; W];

impl<const K: usize, const W: usize> Crf<K, W> {
    /// A field from keys in rising order, each with its row (as many), and the transitions.
    #[must_use]
    pub fn new(keys: &[u32], weights: &[[i8; K]], scale: f32, transitions: [[f32; K]; K]) -> Self {
        const { assert!(K + KEY <= W && W.is_power_of_two()) };
        // Eight ranges a key; at least so many that 32 ranges differ in their lowest 24 bits.
        let bits = (keys.len() * 8).next_power_of_two().trailing_zeros().clamp(14, 24);
        let shift = 32 - bits;
        let mut ranges = vec![Ranges::default(); (1 << (bits - 5)) + 1];
        let mut rows = Vec::with_capacity(keys.len());
        for (&key, weights) in keys.iter().zip(weights) {
            let range = key >> shift;
            let entry = &mut ranges[range as usize / 32];
            let bit = 1 << (range % 32);
            entry.below = (entry.below + 2) | u32::from(entry.known & bit != 0);
            entry.known |= bit;
            let mut row = [0; W];
            for (r, w) in row.iter_mut().zip(weights) {
                *r = *w as u8;
            }
            row[W - KEY..].copy_from_slice(&key.to_le_bytes()[..KEY]);
            rows.push(Row(row));
        }
        let mut sum = 0;
        for entry in &mut ranges {
            let own = entry.below;
            entry.below = sum * 2 + (own & 1);
            sum += own / 2;
        }
        // No key has it, and it keeps every place that the ranges lead to inside.
        rows.push(Row([0; W]));
        let cell = |a: usize, b: usize| (a < K && b < K).then(|| transitions[a][b]);
        let powers = std::array::from_fn(|a| std::array::from_fn(|b| cell(a, b).map_or(0.0, exp)));
        Crf {
            rows,
            keys: keys.to_vec(),
            shift,
            ranges,
            scale,
            transitions: std::array::from_fn(|a| {
                std::array::from_fn(|b| cell(a, b).unwrap_or(NEVER))
            }),
            powers,
            columns: transposed(&powers),
            floor: std::array::from_fn(|tag| if tag < K { 0.0 } else { NEVER }),
        }
    }

    /// A field with the keys of some templates alone: what is looked up for each token stays in a near cache.
    pub(crate) fn only(&self, templates: &[u64]) -> Self {
        let (mut keys, mut weights) = (Vec::new(), Vec::new());
        let rows = &self.rows[..self.rows.len() - 1];
        for (row, &key) in rows
            .iter()
            .zip(&self.keys)
            .filter(|(_, key)| templates.contains(&u64::from(**key & super::TEMPLATE)))
        {
            keys.push(key);
            weights.push(std::array::from_fn(|tag| row.0[tag] as i8));
        }
        let transitions = std::array::from_fn(|a| std::array::from_fn(|b| self.transitions[a][b]));
        Crf::new(&keys, &weights, self.scale, transitions)
    }

    /// Adds the weights of inputs to the sums of their tokens: (place among the sums, key). At most 256 inputs a token, so
    /// that sums cannot run over.
    ///
    /// No branch hangs on what is known, and no look at memory on the one before, so that many are under way at once: the
    /// time goes into waiting for them.
    pub(crate) fn add_all(&self, inputs: &[(u32, u32)], sums: &mut [Sums<W>]) {
        const AT_ONCE: usize = 128;
        for inputs in inputs.chunks(AT_ONCE) {
            let mut maybe = [(0_u32, 0_u32); AT_ONCE];
            let mut count = 0;
            for &(token, key) in inputs {
                let range = key >> self.shift;
                maybe[count % AT_ONCE] = (token, key);
                count += (self.ranges[range as usize / 32].known >> (range % 32)) as usize & 1;
            }
            let maybe = &maybe[..count];
            let mut places = [0_u32; AT_ONCE];
            for (place, &(_, key)) in places.iter_mut().zip(maybe) {
                *place = self.place(key);
            }
            for (&place, &(token, key)) in places.iter().zip(maybe) {
                let row = &self.rows[place as usize];
                // All bits where the row is the key's own.
                let own = u8::from(row.key() == key & 0x00ff_ffff).wrapping_neg();
                let Some(sums) = sums.get_mut(token as usize) else { continue };
                // Cannot run over, see above; said so that eight are added at a time in every build.
                *sums = std::array::from_fn(|tag| {
                    sums[tag].wrapping_add(i16::from((row.0[tag] & own) as i8))
                });
            }
        }
    }

    /// Adds the weights of one token's inputs.
    #[inline]
    pub fn add(&self, keys: &[u32], sums: &mut Sums<W>) {
        for &key in keys {
            let range = key >> self.shift;
            if self.ranges[range as usize / 32].known >> (range % 32) & 1 == 1 {
                let row = &self.rows[self.place(key) as usize];
                if row.key() == key & 0x00ff_ffff {
                    *sums = std::array::from_fn(|tag| {
                        sums[tag].wrapping_add(i16::from(row.0[tag] as i8))
                    });
                }
            }
        }
    }

    /// Where the row of a key stands, if its range has its bit and it is known at all.
    #[inline]
    fn place(&self, key: u32) -> u32 {
        let range = key >> self.shift;
        let word = range as usize / 32;
        let entry = self.ranges[word];
        let before = entry.known & ((1 << (range % 32)) - 1);
        let mut at = entry.below / 2 + before.count_ones();
        if entry.below & 1 == 1 {
            let end = self.ranges[word + 1].below / 2;
            while at + 1 < end && self.rows[at as usize].key() < key & 0x00ff_ffff {
                at += 1;
            }
        }
        at
    }

    /// The row of a key alone; zeros for one that is not known.
    #[must_use]
    pub fn row(&self, key: u32) -> Sums<W> {
        let mut sums = [0; W];
        self.add(&[key], &mut sums);
        // The last places hold bits of keys.
        sums[K..].fill(0);
        sums
    }

    /// The scores of a token's tags from its sums.
    #[must_use]
    #[inline]
    pub fn scores(&self, sums: &Sums<W>) -> [f32; W] {
        std::array::from_fn(|tag| f32::from(sums[tag]) * self.scale + self.floor[tag])
    }

    /// Fills marginals and the total of a run whose scores are set.
    pub fn infer(&self, run: &mut Run<W>) {
        sums::<K, W, true, false>(&self.powers, &self.columns, run);
    }

    /// Fills marginals alone.
    pub fn marginals(&self, run: &mut Run<W>) {
        sums::<K, W, false, false>(&self.powers, &self.columns, run);
    }

    /// The best path of a run whose scores are set, and its score.
    pub fn best(&self, run: &mut Run<W>, path: &mut Vec<u8>) -> f64 {
        path.clear();
        let n = run.scores.len();
        run.reached.resize(n, [0.0; W]);
        let Some(&first) = run.scores.first() else { return 0.0 };
        let mut now = first;
        let mut kept = 0.0;
        run.reached[0] = now;
        for (scores, reached) in run.scores.iter().zip(run.reached.iter_mut()).skip(1) {
            let mut next = [f32::NEG_INFINITY; W];
            for (sum, steps) in now.iter().zip(&self.transitions).take(K) {
                for (n, step) in next.iter_mut().zip(steps) {
                    let score = sum + step;
                    *n = if score > *n { score } else { *n };
                }
            }
            for (n, s) in next.iter_mut().zip(scores) {
                *n += s;
            }
            // Long sums lose small differences: take the highest out.
            let top = highest(&next);
            kept += f64::from(top);
            now = next.map(|n| n - top);
            *reached = now;
        }
        let mut tag = 0;
        for other in 1..K {
            if now[other] > now[tag] {
                tag = other;
            }
        }
        let score = kept + f64::from(now[tag]);
        path.resize(n, 0);
        // Where each step came from is asked along the best path alone.
        for at in (0..n).rev() {
            path[at] = tag as u8;
            let Some(before) = at.checked_sub(1).map(|before| &run.reached[before]) else { break };
            let (mut best, mut from) = (f32::NEG_INFINITY, 0);
            for (other, (sum, steps)) in before.iter().zip(&self.transitions).enumerate().take(K) {
                let score = sum + steps[tag];
                if score > best {
                    (best, from) = (score, other);
                }
            }
            tag = from;
        }
        score
    }

    /// Log of a path's weight before normalisation.
    #[must_use]
    pub fn path_score(&self, run: &Run<W>, path: impl Iterator<Item = u8> + Clone) -> f64 {
        let states: f64 =
            run.scores.iter().zip(path.clone()).map(|(s, t)| f64::from(s[t as usize])).sum();
        let pairs = path.clone().zip(path.skip(1)).take(run.scores.len().saturating_sub(1));
        let steps: f64 =
            pairs.map(|(a, b)| f64::from(self.transitions[a as usize][b as usize])).sum();
        states + steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field() -> (Crf<3, 8>, Run<8>) {
        let crf = Crf::new(
            &[7, 9],
            &[[2, -4, 1], [0, 8, -2]],
            0.25,
            [[0.1, 0.7, -0.4], [-0.2, 0.3, 0.9], [0.0, -1.1, 0.6]],
        );
        let mut run = Run::default();
        for keys in [&[7][..], &[9, 7], &[], &[9]] {
            let mut sums = [0; 8];
            crf.add(keys, &mut sums);
            run.scores.push(crf.scores(&sums));
        }
        (crf, run)
    }

    fn every_path() -> Vec<[u8; 4]> {
        (0..81).map(|n| [n / 27, n / 9 % 3, n / 3 % 3, n % 3]).collect()
    }

    #[test]
    fn marginals_and_best_path_agree_with_counting_every_path() {
        let (crf, mut run) = field();
        crf.infer(&mut run);
        let weights: Vec<f64> =
            every_path().iter().map(|p| crf.path_score(&run, p.iter().copied()).exp()).collect();
        let total: f64 = weights.iter().sum();
        assert!((run.log_total - total.ln()).abs() < 1e-4);
        for at in 0..4 {
            for tag in 0..3 {
                let sum: f64 = every_path()
                    .iter()
                    .zip(&weights)
                    .filter(|(p, _)| p[at] == tag)
                    .map(|(_, w)| w)
                    .sum();
                assert!((sum / total - f64::from(run.marginals[at][tag as usize])).abs() < 1e-5);
            }
        }
        let mut path = Vec::new();
        let score = crf.best(&mut run, &mut path);
        let best = weights.iter().copied().fold(0.0, f64::max);
        assert!((score - best.ln()).abs() < 1e-4);
        assert!((crf.path_score(&run, path.iter().copied()) - best.ln()).abs() < 1e-4);
    }

    #[test]
    fn every_known_key_and_no_other_has_its_row() {
        // Crowded at the ends of the range, and spread over it.
        let mut keys: Vec<u32> = (0..300)
            .chain((0..2000).map(|n| n * 2_000_003))
            .chain(u32::MAX - 40..=u32::MAX)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let rows = (0..keys.len())
            .map(|n| std::array::from_fn(|k| ((n * 7 + k) % 251) as i8))
            .collect::<Vec<_>>();
        let crf: Crf<3, 8> = Crf::new(&keys, &rows, 1.0, [[0.0; 3]; 3]);
        let sums = |key: u32| {
            let mut sums = [0; 8];
            crf.add(&[key], &mut sums);
            [sums[0], sums[1], sums[2]]
        };
        for (at, &key) in keys.iter().enumerate() {
            assert_eq!(sums(key), rows[at].map(i16::from), "{key}");
            for other in [key.wrapping_add(1), key.wrapping_sub(1), key ^ 1 << 24] {
                assert!(keys.binary_search(&other).is_ok() || sums(other) == [0; 3], "{other}");
            }
        }
        let mut sums = [0; 8];
        Crf::<3, 8>::default().add(&[0, 1, u32::MAX], &mut sums);
        assert_eq!(sums, [0; 8]);
    }
}

//! A linear-chain conditional random field: marginals and the best path.

/// `e^x` for a difference of scores: within 3e-7 of the true value, by sums and products alone, so that it is the same
/// on every platform and the compiler can take eight at a time.
#[must_use]
#[inline]
pub fn exp(x: f32) -> f32 {
    let scaled = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    // Rounds to the nearest whole number, ties to even, without a call where the processor has no instruction for it.
    let whole = (scaled + ROUND) - ROUND;
    let f = (scaled - whole) * std::f32::consts::LN_2;
    let power = 1.0 + f * (1.0 + f * (0.5 + f * (0.166_666_67 + f * (0.041_666_67 + f * (0.008_333_333 + f * 0.001_388_889)))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * power
}

/// 1.5 times 2 to the 23rd: added to a small number, it leaves no bits for a fraction.
const ROUND: f32 = 12_582_912.0;

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
    /// Keys are cut into ranges by their highest bits; what is left when this many are shifted out is the range.
    shift: u32,
    /// All ranges, and one more entry with the number of all keys.
    ranges: Vec<Ranges>,
    /// A weight is its number times this.
    scale: f32,
    /// Score of a tag (second index) after another (first).
    transitions: [[f32; K]; K],
    /// Their exponentials.
    powers: [[f32; K]; K],
}

impl<const K: usize, const W: usize> Default for Crf<K, W> {
    fn default() -> Self {
        Crf::new(&[], &[], 1.0, [[0.0; K]; K])
    }
}

/// Weights of a token's inputs, added up.
pub type Sums<const W: usize> = [i16; W];

/// What a field says of one sequence; kept to be used again, so that running allocates nothing.
#[derive(Clone, Debug)]
pub struct Run<const K: usize> {
    /// Scores of each token's tags.
    pub scores: Vec<[f32; K]>,
    /// Probability of each tag at each token.
    pub marginals: Vec<[f32; K]>,
    /// Log of the sum over all paths.
    pub log_total: f64,
    /// Exponentials of the scores, each token's highest being 1.
    pub(crate) states: Vec<[f32; K]>,
    /// Forward sums, each token's adding up to 1.
    pub(crate) forward: Vec<[f32; K]>,
    /// What the forward sums were multiplied by.
    pub(crate) scale: Vec<f32>,
    /// Backward sums.
    pub(crate) backward: Vec<[f32; K]>,
    from: Vec<[u8; K]>,
}

impl<const K: usize> Default for Run<K> {
    fn default() -> Self {
        Run {
            scores: Vec::new(),
            marginals: Vec::new(),
            log_total: 0.0,
            states: Vec::new(),
            forward: Vec::new(),
            scale: Vec::new(),
            backward: Vec::new(),
            from: Vec::new(),
        }
    }
}

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
        Crf { rows, shift, ranges, scale, transitions, powers: transitions.map(|row| row.map(exp)) }
    }

    /// Adds the weights of a token's inputs to its sums; at most 256 inputs a token, so that they cannot run over.
    #[inline]
    pub fn add(&self, keys: &[u32], sums: &mut Sums<W>) {
        const AT_ONCE: usize = 32;
        for keys in keys.chunks(AT_ONCE) {
            let mut maybe = [0_u32; AT_ONCE];
            let mut count = 0;
            for &key in keys {
                let range = key >> self.shift;
                maybe[count % AT_ONCE] = key;
                count += (self.ranges[range as usize / 32].known >> (range % 32)) as usize & 1;
            }
            let mut places = [0_u32; AT_ONCE];
            for (place, &key) in places.iter_mut().zip(&maybe[..count]) {
                *place = self.place(key);
            }
            for (&place, &key) in places.iter().zip(&maybe[..count]) {
                let row = &self.rows[place as usize];
                // All bits where the row is the key's own.
                let own = u8::from(row.key() == key & 0x00ff_ffff).wrapping_neg();
                for (sum, weight) in sums.iter_mut().zip(&row.0) {
                    // Cannot run over, see above; said so that eight are added at a time in every build.
                    *sum = sum.wrapping_add(i16::from((weight & own) as i8));
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

    /// The scores of a token's tags from its sums.
    #[must_use]
    pub fn scores(&self, sums: &Sums<W>) -> [f32; K] {
        std::array::from_fn(|tag| f32::from(sums[tag]) * self.scale)
    }

    /// Fills marginals and the total of a run whose scores are set.
    pub fn infer(&self, run: &mut Run<K>) {
        sums::<K, true>(&self.powers, run);
    }

    /// Fills marginals alone.
    pub fn marginals(&self, run: &mut Run<K>) {
        sums::<K, false>(&self.powers, run);
    }

    /// The best path of a run whose scores are set, and its score.
    pub fn best(&self, run: &mut Run<K>, path: &mut Vec<u8>) -> f64 {
        path.clear();
        run.from.clear();
        let Some(&first) = run.scores.first() else { return 0.0 };
        let mut now = first;
        run.from.push([0; K]);
        let mut kept = 0.0;
        for scores in &run.scores[1..] {
            let mut next = [f32::NEG_INFINITY; K];
            let mut from = [0_u8; K];
            for (before, (sum, steps)) in now.iter().zip(&self.transitions).enumerate() {
                for tag in 0..K {
                    let score = sum + steps[tag];
                    if score > next[tag] {
                        next[tag] = score;
                        from[tag] = before as u8;
                    }
                }
            }
            for (n, s) in next.iter_mut().zip(scores) {
                *n += s;
            }
            // Long sums lose small differences: take the highest out.
            let top = next.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            kept += f64::from(top);
            now = next.map(|n| n - top);
            run.from.push(from);
        }
        let mut tag = 0;
        for other in 1..K {
            if now[other] > now[tag] {
                tag = other;
            }
        }
        let score = kept + f64::from(now[tag]);
        path.resize(run.scores.len(), 0);
        for at in (0..run.scores.len()).rev() {
            path[at] = tag as u8;
            tag = run.from[at][tag] as usize;
        }
        score
    }

    /// Log of a path's weight before normalisation.
    #[must_use]
    pub fn path_score(&self, run: &Run<K>, path: &[u8]) -> f64 {
        let states: f64 = run.scores.iter().zip(path).map(|(s, &t)| f64::from(s[t as usize])).sum();
        let steps: f64 = path.windows(2).map(|p| f64::from(self.transitions[p[0] as usize][p[1] as usize])).sum();
        states + steps
    }
}

/// The forward-backward sums in probabilities, scaled token by token. `powers`: exponentials of the transitions.
pub(crate) fn forward_backward<const K: usize>(powers: &[[f32; K]; K], run: &mut Run<K>) {
    sums::<K, true>(powers, run);
}

/// `TOTAL`: whether the total is wanted, too; its logarithms cost time.
fn sums<const K: usize, const TOTAL: bool>(powers: &[[f32; K]; K], run: &mut Run<K>) {
    // Column by column, so that the backward sums of all tags are added up side by side.
    let columns: [[f32; K]; K] = std::array::from_fn(|b| std::array::from_fn(|a| powers[a][b]));
    let n = run.scores.len();
    run.log_total = 0.0;
    run.states.clear();
    run.forward.clear();
    run.scale.clear();
    run.backward.clear();
    run.backward.resize(n, [1.0; K]);
    run.marginals.clear();
    run.marginals.resize(n, [0.0; K]);
    for (at, scores) in run.scores.iter().enumerate() {
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut state = [0.0; K];
        for (s, score) in state.iter_mut().zip(scores) {
            *s = exp(score - top);
        }
        let mut sums = [1.0; K];
        if at > 0 {
            sums = [0.0; K];
            for (weight, row) in run.forward[at - 1].iter().zip(powers) {
                for (sum, power) in sums.iter_mut().zip(row) {
                    *sum += weight * power;
                }
            }
        }
        for (sum, s) in sums.iter_mut().zip(&state) {
            *sum *= s;
        }
        let total: f32 = sums.iter().sum();
        let scale = 1.0 / total.max(f32::MIN_POSITIVE);
        if TOTAL {
            run.log_total += f64::from(top) + f64::from(total.max(f32::MIN_POSITIVE)).ln();
        }
        run.states.push(state);
        run.forward.push(sums.map(|s| s * scale));
        run.scale.push(scale);
    }
    for at in (0..n).rev() {
        if at + 1 < n {
            let mut ahead = [0.0; K];
            for (a, (b, s)) in ahead.iter_mut().zip(run.backward[at + 1].iter().zip(&run.states[at + 1])) {
                *a = b * s * run.scale[at + 1];
            }
            let mut back = [0.0; K];
            for (column, a) in columns.iter().zip(&ahead) {
                for (b, p) in back.iter_mut().zip(column) {
                    *b += p * a;
                }
            }
            run.backward[at] = back;
        }
        for (m, (f, b)) in run.marginals[at].iter_mut().zip(run.forward[at].iter().zip(&run.backward[at])) {
            *m = f * b;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field() -> (Crf<3, 8>, Run<3>) {
        let crf = Crf::new(&[7, 9], &[[2, -4, 1], [0, 8, -2]], 0.25, [[0.1, 0.7, -0.4], [-0.2, 0.3, 0.9], [0.0, -1.1, 0.6]]);
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
        let weights: Vec<f64> = every_path().iter().map(|p| crf.path_score(&run, p).exp()).collect();
        let total: f64 = weights.iter().sum();
        assert!((run.log_total - total.ln()).abs() < 1e-4);
        for at in 0..4 {
            for tag in 0..3 {
                let sum: f64 = every_path().iter().zip(&weights).filter(|(p, _)| p[at] == tag).map(|(_, w)| w).sum();
                assert!((sum / total - f64::from(run.marginals[at][tag as usize])).abs() < 1e-5);
            }
        }
        let mut path = Vec::new();
        let score = crf.best(&mut run, &mut path);
        let best = weights.iter().copied().fold(0.0, f64::max);
        assert!((score - best.ln()).abs() < 1e-4);
        assert!((crf.path_score(&run, &path) - best.ln()).abs() < 1e-4);
    }

    #[test]
    fn every_known_key_and_no_other_has_its_row() {
        // Crowded at the ends of the range, and spread over it.
        let mut keys: Vec<u32> = (0..300).chain((0..2000).map(|n| n * 2_000_003)).chain(u32::MAX - 40..=u32::MAX).collect();
        keys.sort_unstable();
        keys.dedup();
        let rows = (0..keys.len()).map(|n| std::array::from_fn(|k| ((n * 7 + k) % 251) as i8)).collect::<Vec<_>>();
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

    #[test]
    fn own_exponential_is_close() {
        for n in -800..=100 {
            let x = n as f32 / 10.0;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }
}

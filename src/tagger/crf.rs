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

/// Weights in a row; tags past the field's own have none. A power of two, so that rows are added as vectors.
pub const WIDTH: usize = 16;

/// A fitted field over `K` tags, [`WIDTH`] at most.
///
/// Keys and rows stand as the file has them, in rising order of the keys. Most keys of a text are not known: a bit for
/// each range of keys tells most of those apart without a branch, and leads the others to their row. Weights are added
/// up as the whole numbers that the file holds.
pub struct Crf<const K: usize> {
    /// Rising.
    keys: Vec<u32>,
    rows: Vec<[i8; WIDTH]>,
    /// Keys are cut into ranges by their highest bits; what is left when this many are shifted out is the range.
    shift: u32,
    /// A bit for each range that has a key.
    known: Vec<u64>,
    /// For each 64 ranges, the number of keys below them.
    below: Vec<u32>,
    /// A weight is its number times this.
    scale: f32,
    /// Score of a tag (second index) after another (first).
    transitions: [[f32; K]; K],
    /// Their exponentials.
    powers: [[f32; K]; K],
}

impl<const K: usize> Default for Crf<K> {
    fn default() -> Self {
        Crf::new(Vec::new(), Vec::new(), 1.0, [[0.0; K]; K])
    }
}

/// Weights of a token's inputs, added up.
pub type Sums = [i16; WIDTH];

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

impl<const K: usize> Crf<K> {
    /// A field from keys in rising order, each with its row (as many), and the transitions.
    #[must_use]
    pub fn new(keys: Vec<u32>, rows: Vec<[i8; WIDTH]>, scale: f32, transitions: [[f32; K]; K]) -> Self {
        const { assert!(K <= WIDTH) };
        let bits = (keys.len() * 8).next_power_of_two().trailing_zeros().clamp(6, 24);
        let shift = 32 - bits;
        let mut known = vec![0_u64; 1 << (bits - 6)];
        let mut below = vec![0_u32; known.len()];
        for &key in &keys {
            let range = key >> shift;
            known[range as usize / 64] |= 1 << (range % 64);
            below[range as usize / 64] += 1;
        }
        let mut sum = 0;
        for count in &mut below {
            sum += std::mem::replace(count, sum);
        }
        Crf { keys, rows, shift, known, below, scale, transitions, powers: transitions.map(|row| row.map(exp)) }
    }

    /// Adds the weights of a token's inputs to its sums; at most 256 inputs a token, so that they cannot run over.
    #[inline]
    pub fn add(&self, keys: &[u32], sums: &mut Sums) {
        const AT_ONCE: usize = 32;
        for keys in keys.chunks(AT_ONCE) {
            // Which inputs are known cannot be foretold: sort them out without a branch.
            let mut maybe = [0_u32; AT_ONCE + 1];
            let mut count = 0;
            for &key in keys {
                let range = key >> self.shift;
                maybe[count] = key;
                count += (self.known[range as usize / 64] >> (range % 64)) as usize & 1;
            }
            for &key in &maybe[..count] {
                self.add_row(key, sums);
            }
        }
    }

    /// Adds the weights of a key whose range has its bit.
    #[inline]
    fn add_row(&self, key: u32, sums: &mut Sums) {
        let range = key >> self.shift;
        let word = range as usize / 64;
        let before = self.known[word] & ((1 << (range % 64)) - 1);
        // Ranges below that have two keys put it further on.
        let mut at = self.below[word] as usize + before.count_ones() as usize;
        while self.keys.get(at).is_some_and(|k| *k < key) {
            at += 1;
        }
        if self.keys.get(at) == Some(&key) {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[at]) {
                // Cannot run over, see above; said so that eight are added at a time in every build.
                *sum = sum.wrapping_add(i16::from(*weight));
            }
        }
    }

    /// The scores of a token's tags from its sums.
    #[must_use]
    pub fn scores(&self, sums: &Sums) -> [f32; K] {
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

    fn field() -> (Crf<3>, Run<3>) {
        let row = |weights: [i8; 3]| std::array::from_fn(|k| weights.get(k).copied().unwrap_or(0));
        let crf = Crf::new(vec![7, 9], vec![row([2, -4, 1]), row([0, 8, -2])], 0.25, [[0.1, 0.7, -0.4], [-0.2, 0.3, 0.9], [0.0, -1.1, 0.6]]);
        let mut run = Run::default();
        for keys in [&[7][..], &[9, 7], &[], &[9]] {
            let mut sums = [0; WIDTH];
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
        let crf: Crf<3> = Crf::new(keys.clone(), rows.clone(), 1.0, [[0.0; 3]; 3]);
        for (at, &key) in keys.iter().enumerate() {
            let mut sums = [0; WIDTH];
            crf.add(&[key], &mut sums);
            assert_eq!(sums, rows[at].map(i16::from));
            for other in [key.wrapping_add(1), key.wrapping_sub(1)] {
                let mut sums = [0; WIDTH];
                crf.add(&[other], &mut sums);
                assert!(keys.contains(&other) || sums == [0; WIDTH]);
            }
        }
        let mut sums = [0; WIDTH];
        Crf::<3>::default().add(&[0, 1, u32::MAX], &mut sums);
        assert_eq!(sums, [0; WIDTH]);
    }

    #[test]
    fn own_exponential_is_close() {
        for n in -800..=100 {
            let x = n as f32 / 10.0;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }
}

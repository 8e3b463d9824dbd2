//! A linear-chain conditional random field: marginals and the best path.

/// `e^x` for a difference of scores: within 3e-7 of the true value, by sums and products alone, so that it is the same
/// on every platform and the compiler can take eight at a time.
#[must_use]
#[inline]
pub fn exp(x: f32) -> f32 {
    let scaled = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let whole = scaled.round_ties_even();
    let f = (scaled - whole) * std::f32::consts::LN_2;
    let power = 1.0 + f * (1.0 + f * (0.5 + f * (0.166_666_67 + f * (0.041_666_67 + f * (0.008_333_333 + f * 0.001_388_889)))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * power
}

/// A fitted field over `K` tags.
///
/// Keys and rows stand in two tables with the same slots: most keys of a text are not known, and asking for those
/// touches the small table alone. Weights are added up as the whole numbers that the file holds.
pub struct Crf<const K: usize> {
    /// Slots of an open-addressed table, a power of two; 0: empty.
    keys: Vec<u32>,
    rows: Vec<[i8; K]>,
    /// A weight is its number times this.
    scale: f32,
    /// Score of a tag (second index) after another (first).
    transitions: [[f32; K]; K],
    /// Their exponentials.
    powers: [[f32; K]; K],
}

impl<const K: usize> Default for Crf<K> {
    fn default() -> Self {
        Crf { keys: vec![0; 2], rows: vec![[0; K]; 2], scale: 1.0, transitions: [[0.0; K]; K], powers: [[1.0; K]; K] }
    }
}

/// Weights of a token's inputs, added up.
pub type Sums<const K: usize> = [i16; K];

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
    /// A field from keys, each with its row (as many), and the transitions. Of two rows with one key the first counts.
    #[must_use]
    pub fn new(keys: &[u32], rows: &[[i8; K]], scale: f32, transitions: [[f32; K]; K]) -> Self {
        let size = (keys.len() * 2 + 2).next_power_of_two();
        let mut crf = Crf { keys: vec![0; size], rows: vec![[0; K]; size], scale, transitions, powers: transitions.map(|row| row.map(exp)) };
        for (&key, row) in keys.iter().zip(rows) {
            let key = key.max(1);
            let mut at = key as usize & (size - 1);
            while crf.keys[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            crf.keys[at] = key;
            crf.rows[at] = *row;
        }
        crf
    }

    /// Adds the weights of an input to a token's sums; at most 256 inputs a token, so that they cannot run over.
    #[inline]
    pub fn add(&self, key: u32, sums: &mut Sums<K>) {
        let key = key.max(1);
        let mask = self.keys.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let found = self.keys[at];
            if found == key {
                for (sum, weight) in sums.iter_mut().zip(&self.rows[at]) {
                    // Cannot run over, see above; said so that eight are added at a time in every build.
                    *sum = sum.wrapping_add(i16::from(*weight));
                }
                return;
            }
            if found == 0 {
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The scores of a token's tags from its sums.
    #[must_use]
    pub fn scores(&self, sums: &Sums<K>) -> [f32; K] {
        sums.map(|sum| f32::from(sum) * self.scale)
    }

    /// Fills marginals and the total of a run whose scores are set.
    pub fn infer(&self, run: &mut Run<K>) {
        forward_backward(&self.powers, run);
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
        run.log_total += f64::from(top) + f64::from(total.max(f32::MIN_POSITIVE)).ln();
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
            for (back, row) in run.backward[at].iter_mut().zip(powers) {
                *back = row.iter().zip(&ahead).map(|(p, a)| p * a).sum();
            }
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
        let crf = Crf::new(&[7, 9], &[[2, -4, 1], [0, 8, -2]], 0.25, [[0.1, 0.7, -0.4], [-0.2, 0.3, 0.9], [0.0, -1.1, 0.6]]);
        let mut run = Run::default();
        for keys in [&[7][..], &[9, 7], &[], &[9]] {
            let mut sums = [0; 3];
            for &key in keys {
                crf.add(key, &mut sums);
            }
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
    fn own_exponential_is_close() {
        for n in -800..=100 {
            let x = n as f32 / 10.0;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }
}

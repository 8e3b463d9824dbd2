//! One run of a field over a sequence: marginals by forward and backward sums.

/// `e^x` for a difference of scores: within 3e-7 of the true value, by sums and products alone, so that it is the same
/// on every platform and the compiler can take eight at a time.
#[must_use]
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    let scaled = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    // Rounds to the nearest whole number, ties to even, without a call where the processor has no instruction for it.
    let rounded = scaled + ROUND;
    let whole = rounded - ROUND;
    let f = (scaled - whole) * std::f32::consts::LN_2;
    let power = 1.0
        + f * (1.0
            + f * (0.5
                + f * (0.166_666_67
                    + f * (0.041_666_67 + f * (0.008_333_333 + f * 0.001_388_889)))));
    // The whole number stands in the lowest bits of what was rounded; shifting leaves it alone in the exponent's place.
    let value = f32::from_bits(rounded.to_bits().wrapping_add(127) << 23) * power;
    // What cannot be is nothing, not a number so small that reckoning with it takes a processor many times as long.
    if x < LEAST { 0.0 } else { value }
}

/// Below this, `e^x` is nothing.
const LEAST: f32 = -80.0;

/// 1.5 times 2 to the 23rd: added to a small number, it leaves no bits for a fraction.
const ROUND: f32 = 12_582_912.0;

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
    /// Scores of the best paths to each tag of each token, less the highest of them.
    pub(super) reached: Vec<[f32; K]>,
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
            reached: Vec::new(),
        }
    }
}

pub(super) fn transposed<const N: usize>(powers: &[[f32; N]; N]) -> [[f32; N]; N] {
    std::array::from_fn(|b| std::array::from_fn(|a| powers[a][b]))
}

/// Numbers that are added or compared side by side.
const LANES: usize = 4;

#[inline]
fn larger(a: f32, b: f32) -> f32 {
    // Not `max`, which takes several steps to be right for what is no number.
    if b > a { b } else { a }
}

/// The highest of some numbers, four side by side.
#[inline]
pub(super) fn highest<const N: usize>(values: &[f32; N]) -> f32 {
    let (parts, rest) = values.as_chunks::<LANES>();
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for part in parts {
        lanes = std::array::from_fn(|lane| larger(lanes[lane], part[lane]));
    }
    let top = larger(larger(lanes[0], lanes[1]), larger(lanes[2], lanes[3]));
    rest.iter().fold(top, |top, value| larger(top, *value))
}

/// The sum of some numbers, four side by side.
#[inline]
fn total<const N: usize>(values: &[f32; N]) -> f32 {
    let mut lanes = [0.0; LANES];
    for part in values.chunks(LANES) {
        for (lane, value) in lanes.iter_mut().zip(part) {
            *lane += value;
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// The forward-backward sums in probabilities, scaled token by token. `powers`: exponentials of the transitions.
pub(crate) fn forward_backward<const N: usize>(powers: &[[f32; N]; N], run: &mut Run<N>) {
    sums::<N, N, true, true>(powers, &transposed(powers), run);
}

/// `K`: number of tags; the places behind them hold powers of zero, and are left out where they would only be added.
/// `TOTAL`: whether the total is wanted, too; `BACKWARD`: the backward sums. `columns`: the powers column by column, so that
/// the backward sums of all tags are added up side by side.
pub(super) fn sums<const K: usize, const N: usize, const TOTAL: bool, const BACKWARD: bool>(
    powers: &[[f32; N]; N],
    columns: &[[f32; N]; N],
    run: &mut Run<N>,
) {
    let n = run.scores.len();
    let Run { scores, marginals, states, forward, scale: scales, backward, .. } = run;
    // What these hold is written over.
    marginals.resize(n, [0.0; N]);
    states.resize(n, [0.0; N]);
    forward.resize(n, [0.0; N]);
    scales.resize(n, 0.0);
    backward.resize(if BACKWARD { n } else { 0 }, [1.0; N]);
    for (scores, (state, top)) in scores.iter().zip(states.iter_mut().zip(scales.iter_mut())) {
        *top = highest(scores);
        *state = scores.map(|score| score - *top);
    }
    // One long loop, of which the compiler makes steps of several numbers.
    for state in states.as_flattened_mut() {
        *state = exp(*state);
    }
    let (mut log, mut product) = (0.0, 1.0_f64);
    let mut before: Option<[f32; N]> = None;
    for ((state, forward), scale) in states.iter().zip(forward.iter_mut()).zip(scales.iter_mut()) {
        let top = *scale;
        let mut sums = *state;
        if let Some(before) = &before {
            for (sum, a) in sums.iter_mut().zip(&product_of::<K, N>(before, powers)) {
                *sum *= a;
            }
        }
        let total = total(&sums).max(f32::MIN_POSITIVE);
        *scale = 1.0 / total;
        if TOTAL {
            log += f64::from(top);
            product *= f64::from(total);
            // One logarithm for many tokens; the product stays within a 64-bit number's range.
            if !(1e-200..1e200).contains(&product) {
                log += product.ln();
                product = 1.0;
            }
        }
        *forward = sums.map(|s| s * *scale);
        before = Some(*forward);
    }
    run.log_total = if TOTAL { log + product.ln() } else { 0.0 };
    let mut back = [1.0; N];
    let seen = states.iter().zip(forward.iter()).zip(scales.iter());
    for (at, (marginals, ((state, forward), scale))) in
        marginals.iter_mut().zip(seen).enumerate().rev()
    {
        *marginals = std::array::from_fn(|tag| forward[tag] * back[tag]);
        if BACKWARD {
            backward[at] = back;
        }
        if at > 0 {
            let ahead = std::array::from_fn(|tag| back[tag] * state[tag] * scale);
            back = product_of::<K, N>(&ahead, columns);
        }
    }
}

/// The first `K` of some weights, each times its row, added up in order.
#[inline(always)] // One of two uses was left a call, which took more than its work.
fn product_of<const K: usize, const N: usize>(
    weights: &[f32; N],
    rows: &[[f32; N]; N],
) -> [f32; N] {
    let mut sums = [0.0; N];
    for (weight, row) in weights.iter().zip(rows).take(K) {
        for (sum, power) in sums.iter_mut().zip(row) {
            *sum += weight * power;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_exponential_is_close() {
        for n in -790..=100 {
            let x = n as f32 / 10.0;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }
}

//! Fitting a linear-chain conditional random field: AdaGrad on one sequence after another, with L1 and L2, and the mean
//! of the weights after each of the later rounds.
//!
//! Neither of the crates for such fields serves: `crfs` 0.4.1 had not finished in ten times the C library's time, and
//! `crfsuite` wraps that library, so that a build would need a C compiler. Against its L-BFGS (OWL-QN), which walks all
//! data for each step and wandered when it was stopped early, steps after each sequence come to rest in a dozen rounds,
//! take one thread, and give the same weights for the same data: folds and full model end at the same working point.

use super::run::{Run, exp, forward_backward};
use super::{CrfFile, follows};
use crate::text::mix;
use std::collections::HashMap;

/// Sequences of tokens with their inputs and tags.
#[derive(Default)]
pub(crate) struct Sequences {
    /// Inputs of all tokens: keys, and after [`Sequences::index`] columns.
    inputs: Vec<u32>,
    /// Where each token's inputs begin.
    starts: Vec<usize>,
    tags: Vec<u8>,
    /// First token of each sequence, its article's fold, and how often it counts.
    sequences: Vec<(usize, usize, usize)>,
    /// Key of each column.
    keys: Vec<u32>,
    /// How many tokens have it.
    counts: Vec<u32>,
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) rounds: usize,
    pub(crate) rate: f32,
    pub(crate) l1: f32,
    pub(crate) l2: f32,
    /// Inputs that fewer tokens have are left out.
    pub(crate) least: u32,
    /// Rows that hold no weight above this, as the file rounds them, are left out.
    pub(crate) small: u8,
}

impl Sequences {
    /// Begins a sequence, which counts `weight` times.
    pub(crate) fn begin(&mut self, fold: usize, weight: usize) {
        self.sequences.push((self.tags.len(), fold, weight));
    }

    /// Adds a token to the last sequence.
    pub(crate) fn push(&mut self, keys: &[u32], tag: u8) {
        self.starts.push(self.inputs.len());
        self.inputs.extend_from_slice(keys);
        self.tags.push(tag);
    }

    /// Numbers the keys that at least `least` tokens have, and drops the others.
    pub(crate) fn index(&mut self, least: u32) {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in &self.inputs {
            *counts.entry(*key).or_default() += 1;
        }
        let mut kept: Vec<(u32, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
        kept.sort_unstable();
        self.keys = kept.iter().map(|(key, _)| *key).collect();
        self.counts = kept.iter().map(|(_, n)| *n).collect();
        let columns: HashMap<u32, u32> =
            self.keys.iter().enumerate().map(|(column, key)| (*key, column as u32)).collect();
        let mut out = Vec::with_capacity(self.inputs.len());
        for token in 0..self.starts.len() {
            let end = self.starts.get(token + 1).copied().unwrap_or(self.inputs.len());
            let begin = std::mem::replace(&mut self.starts[token], out.len());
            out.extend(self.inputs[begin..end].iter().filter_map(|key| columns.get(key)));
        }
        self.inputs = out;
    }

    pub(crate) fn tokens(&self) -> usize {
        self.tags.len()
    }

    pub(crate) fn columns(&self) -> usize {
        self.keys.len()
    }

    fn of(&self, token: usize) -> &[u32] {
        let end = self.starts.get(token + 1).copied().unwrap_or(self.inputs.len());
        &self.inputs[self.starts[token]..end]
    }

    /// Fits a field to the sequences outside `fold` (all for `None`).
    pub(crate) fn fit<const K: usize>(
        &self,
        tags: &[&str],
        fold: Option<usize>,
        settings: Settings,
    ) -> CrfFile {
        let mut fit = Fit::<K>::new(self, tags, settings);
        let end = |s: usize| self.sequences.get(s + 1).map_or(self.tags.len(), |s| s.0);
        let mut order: Vec<(usize, usize)> = (0..self.sequences.len())
            .filter(|&s| fold != Some(self.sequences[s].1))
            .flat_map(|s| (0..self.sequences[s].2).map(move |time| (s, time)))
            .collect();
        let averaged = settings.rounds / 2;
        for round in 0..settings.rounds {
            order.sort_by_key(|&(s, time)| mix((round as u64 + 97 * time as u64) << 32 | s as u64));
            for &(s, _) in &order {
                fit.step(self.sequences[s].0..end(s));
            }
            if round >= averaged {
                fit.keep();
            }
        }
        let share = 1.0 / (settings.rounds - averaged) as f32;
        let rows = self
            .keys
            .iter()
            .zip(&fit.sum)
            .map(|(key, row)| (*key, row.map(|w| w * share)))
            .collect();
        CrfFile::pack(
            tags,
            rows,
            settings.small,
            &fit.transitions_sum.map(|row| row.map(|w| w * share)),
        )
    }
}

/// Score of a step that cannot be.
const UNHEARD_OF: f32 = -30.0;

struct Fit<'s, const K: usize> {
    data: &'s Sequences,
    settings: Settings,
    weights: Vec<[f32; K]>,
    squares: Vec<[f32; K]>,
    sum: Vec<[f32; K]>,
    transitions: [[f32; K]; K],
    transition_squares: [[f32; K]; K],
    transitions_sum: [[f32; K]; K],
    run: Run<K>,
}

impl<'s, const K: usize> Fit<'s, K> {
    fn new(data: &'s Sequences, tags: &[&str], settings: Settings) -> Self {
        let n = data.keys.len();
        Fit {
            data,
            settings,
            weights: vec![[0.0; K]; n],
            squares: vec![[1e-2; K]; n],
            sum: vec![[0.0; K]; n],
            transitions: std::array::from_fn(|a| {
                std::array::from_fn(|b| if follows(tags[a], tags[b]) { 0.0 } else { UNHEARD_OF })
            }),
            transition_squares: [[1.0; K]; K],
            transitions_sum: [[0.0; K]; K],
            run: Run::default(),
        }
    }

    fn keep(&mut self) {
        for (sum, row) in self.sum.iter_mut().zip(&self.weights) {
            for (s, w) in sum.iter_mut().zip(row) {
                *s += w;
            }
        }
        for (sum, row) in
            self.transitions_sum.iter_mut().flatten().zip(self.transitions.iter().flatten())
        {
            *sum += row;
        }
    }

    /// One sequence: its gradient, and a step against it.
    fn step(&mut self, tokens: std::ops::Range<usize>) {
        let data = self.data;
        self.run.scores.clear();
        for token in tokens.clone() {
            let mut scores = [0.0; K];
            for &column in data.of(token) {
                for (s, w) in scores.iter_mut().zip(&self.weights[column as usize]) {
                    *s += w;
                }
            }
            self.run.scores.push(scores);
        }
        let powers = self.transitions.map(|row| row.map(exp));
        forward_backward(&powers, &mut self.run);
        self.step_transitions(&tokens, &powers);
        let Settings { rate, l1, l2, .. } = self.settings;
        for (at, token) in tokens.enumerate() {
            let mut error = self.run.marginals[at];
            error[data.tags[token] as usize] -= 1.0;
            for &column in data.of(token) {
                let column = column as usize;
                let share = 1.0 / data.counts[column] as f32;
                let (lasso, ridge) = (l1 * share, l2 * share);
                let rows =
                    self.weights[column].iter_mut().zip(&mut self.squares[column]).zip(&error);
                for ((weight, square), e) in rows {
                    let gradient = e + ridge * *weight;
                    *square += gradient * gradient;
                    let pace = rate / square.sqrt();
                    let moved = *weight - pace * gradient;
                    *weight = moved - moved.clamp(-pace * lasso, pace * lasso);
                }
            }
        }
    }

    fn step_transitions(&mut self, tokens: &std::ops::Range<usize>, powers: &[[f32; K]; K]) {
        let mut gradient = [[0.0_f32; K]; K];
        let run = &self.run;
        for at in 1..run.scores.len() {
            let mut ahead = [0.0; K];
            for (a, (b, s)) in ahead.iter_mut().zip(run.backward[at].iter().zip(&run.states[at])) {
                *a = b * s * run.scale[at];
            }
            for ((row, power), from) in gradient.iter_mut().zip(powers).zip(&run.forward[at - 1]) {
                for ((g, p), a) in row.iter_mut().zip(power).zip(&ahead) {
                    *g += from * p * a;
                }
            }
        }
        let tags = &self.data.tags[tokens.clone()];
        for pair in tags.windows(2) {
            gradient[usize::from(pair[0])][usize::from(pair[1])] -= 1.0;
        }
        let cells = self
            .transitions
            .iter_mut()
            .flatten()
            .zip(self.transition_squares.iter_mut().flatten())
            .zip(gradient.iter().flatten());
        for ((weight, square), g) in cells.filter(|((weight, _), _)| **weight > UNHEARD_OF) {
            *square += g * g;
            *weight = (*weight - self.settings.rate * g / square.sqrt()).clamp(-12.0, 12.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags follow the key, but key 3 takes the tag of the token before it.
    fn data() -> Sequences {
        let mut data = Sequences::default();
        for n in 0..200_u64 {
            data.begin(n as usize % 3, 1);
            let mut last = 0;
            for step in 0..6 {
                let key = (mix(n * 7 + step) % 3 + 1) as u32;
                last = if key == 3 { last } else { key as u8 - 1 };
                data.push(&[key, 9], last);
            }
        }
        data.index(2);
        data
    }

    const SETTINGS: Settings =
        Settings { rounds: 12, rate: 0.2, l1: 0.01, l2: 0.1, least: 2, small: 0 };

    #[test]
    fn a_field_learns_from_its_neighbours_and_twice_the_same() {
        let data = data();
        let file = data.fit::<2>(&["a", "b"], None, SETTINGS);
        assert_eq!(file, data.fit::<2>(&["a", "b"], None, SETTINGS));
        let change = file.transitions[1] + file.transitions[2];
        let stay = file.transitions[0] + file.transitions[3];
        assert!(stay > change + 1.0, "{:?}", file.transitions);
    }

    /// Key 1 begins a piece, key 2 goes on with one and is nothing elsewhere, key 3 is nothing.
    fn pieces(n: u64) -> Vec<(u32, u8)> {
        let mut last = 0;
        let mut next = |step: u64| {
            let key = (mix(n * 31 + step) % 3 + 1) as u32;
            let key = if step == 0 { key | 1 } else { key };
            last = [1, if last > 0 { 2 } else { 0 }, 0][key as usize - 1];
            (key, last)
        };
        (0..8).map(&mut next).collect()
    }

    #[test]
    fn what_was_fitted_is_tagged_and_no_piece_goes_on_from_nothing() {
        const NAMES: [&str; 3] = ["O", "B", "I"];
        let mut data = Sequences::default();
        for n in 0..300 {
            data.begin(0, 1);
            pieces(n).into_iter().for_each(|(key, tag)| data.push(&[key], tag));
        }
        data.index(2);
        let file = data.fit::<3>(&NAMES, None, SETTINGS);
        let field = file.unpack::<3, 8>("toy").unwrap();
        let (mut run, mut path) = (Run::default(), Vec::new());
        let mut tag = |keys: &[u32]| -> Vec<u8> {
            run.scores.clear();
            run.scores.extend(keys.iter().map(|key| field.scores(&field.row(*key))));
            field.best(&mut run, &mut path);
            path.clone()
        };
        let mut right = |n: &u64| {
            let (keys, tags): (Vec<u32>, Vec<u8>) = pieces(*n).into_iter().unzip();
            tag(&keys) == tags
        };
        let right = (1000..1050).filter(&mut right).count();
        assert!(right >= 48, "{right} of 50");
        assert!(!tag(&[3, 2, 2, 3, 2]).windows(2).any(|pair| pair == [0, 2]));
    }
}

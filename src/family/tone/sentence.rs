//! How loaded a sentence is: its words' weights pooled in three ways, and a decision over them.

use super::load::Loads;
use crate::linear::{Linear, Sink, Template};
use crate::text::{Document, Kind, Sentence, Word};

/// The pools' slot in the sentence decision.
pub(crate) const POOL: Template = Template::new("pool");

/// Three sums over the weights of a sentence's words. One alone fails: the largest does not see a pile of small ones,
/// the mean does not see one slur in a long sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pools {
    /// Root of the sum of squares.
    pub(crate) norm: f64,
    /// Sum over the number of words, at least [`SHORT_MEAN`].
    pub(crate) mean: f64,
    /// Sum of squares over the root of the number of words, at least [`SHORT_DENSITY`].
    pub(crate) density: f64,
}

/// Fewest words a mean is taken over, so that "Shameful!" is not all.
const SHORT_MEAN: f64 = 8.0;
/// The same for the density.
const SHORT_DENSITY: f64 = 6.0;

/// The decision where no model is loaded: weights of the pools, slope and shift of the probability.
const UNFITTED: [f64; 3] = [1.0, 3.0, 0.5];
const UNFITTED_CALIBRATION: (f64, f64) = (-2.0, 2.5);

impl Pools {
    /// Pools a sentence. `share` is what a token's weight counts, 1 in the article's own voice.
    pub(crate) fn of(
        document: &Document<'_>,
        loads: &Loads,
        sentence: &Sentence,
        share: impl Fn(usize) -> f64,
    ) -> Self {
        let (mut words, mut sum, mut squares) = (0.0_f64, 0.0_f64, 0.0_f64);
        for token in sentence.tokens() {
            if document.tokens[token].kind == Kind::Word {
                words += 1.0;
                let value = f64::from(loads.values[token]) * share(token);
                sum += value;
                squares += value * value;
            }
        }
        Pools {
            norm: squares.sqrt(),
            mean: sum / words.max(SHORT_MEAN),
            density: squares / words.max(SHORT_DENSITY).sqrt(),
        }
    }

    /// The pools by name.
    pub(crate) fn named(&self) -> [(&'static str, f64); 3] {
        [("norm", self.norm), ("mean", self.mean), ("density", self.density)]
    }

    /// Gives the pools to a decision, or to what fits one.
    pub(crate) fn put(&self, sink: &mut impl Sink) {
        for (name, value) in self.named() {
            sink.put(POOL, Word::of(name), value, || name.to_owned());
        }
    }

    /// Probability that the sentence is loaded.
    pub(crate) fn probability(&self, decision: Option<&Linear>) -> f64 {
        if let Some(decision) = decision {
            let mut score = decision.start();
            self.put(&mut score);
            return score.probability();
        }
        let sum = UNFITTED[0] * self.norm + UNFITTED[1] * self.mean + UNFITTED[2] * self.density;
        let (a, b) = UNFITTED_CALIBRATION;
        1.0 / (1.0 + (a * sum + b).exp())
    }
}

//! Sequence taggers as they stand in a model file and as they run: linear-chain conditional random fields over hashed
//! inputs, with the word table and the dense decision that go with them.
//!
//! An input is a 32-bit key (template and value, hashed by [`key`]). A fitted field holds a row of weights, one for each
//! tag, for every key that it knows; a key that it does not know adds nothing. With some ten thousand keys an unknown
//! value meets a known key about once in a hundred thousand.

mod crf;
mod file;

pub(crate) use crf::forward_backward;
pub use crf::{Crf, Run, Sums, exp};
pub use file::{CrfFile, DenseFile, TaggerFile, WordsFile};

use crate::lexicon::WordMap;
use crate::text::{Word, mix};

/// Tags of the first stage: none, and begin and inside of source, cue and content on either side.
pub const FIRST: usize = 13;
/// Tags of the second stage: none, and begin and inside of source and content.
pub const SECOND: usize = 5;
/// Places of a row of the first stage's field.
pub const FIRST_WIDTH: usize = 16;
/// Places of a row of the second stage's.
pub const SECOND_WIDTH: usize = 8;

/// The key of a template's value.
#[must_use]
pub fn key(template: u64, value: u64) -> u32 {
    (mix(value.wrapping_add(template.wrapping_mul(0x9e37_79b9_7f4a_7c15))) >> 32) as u32
}

/// What the training texts say of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordRates {
    /// How often it stands in a cue, in steps.
    pub cue: u8,
    /// How often it stands in a source, in steps.
    pub source: u8,
}

/// A yes/no decision over a few dense inputs.
#[derive(Clone, Debug, Default)]
pub struct Dense {
    /// Added to the sum.
    pub bias: f64,
    /// Mean of each input and its weight over its scale.
    pub terms: Vec<(f64, f64)>,
}

impl Dense {
    /// Probability of yes; inputs past the known ones count nothing.
    #[must_use]
    pub fn probability(&self, inputs: &[f64]) -> f64 {
        let sum: f64 = self.terms.iter().zip(inputs).map(|((mean, weight), x)| (x - mean) * weight).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

/// The extractor's fitted parts, checked and ready.
#[derive(Default)]
pub struct Tagger {
    /// Finds cues.
    pub first: Crf<FIRST, FIRST_WIDTH>,
    /// Finds a cue's source and content.
    pub second: Crf<SECOND, SECOND_WIDTH>,
    /// Rates of the words by their folded form.
    pub words: WordMap<WordRates>,
    /// Tells how sure an attribution is.
    pub accept: Dense,
    /// An article keeps this many times its expected number of attributions …
    pub alpha: f64,
    /// … of at least this confidence.
    pub floor: f64,
}

impl Tagger {
    /// Rates of a word; zero when it is not known.
    #[must_use]
    pub fn rates(&self, word: Word) -> WordRates {
        self.words.get(&word).copied().unwrap_or_default()
    }
}

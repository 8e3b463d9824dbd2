//! Sequence taggers as they stand in a model file and as they run: linear-chain conditional random fields over hashed
//! inputs, with the word table and the dense decision that go with them.
//!
//! An input is a 32-bit key (template and value, hashed by [`key`]). A fitted field holds a row of weights, one for each
//! tag, for every key that it knows; a key that it does not know adds nothing. With some ten thousand keys of a template an
//! unknown value meets a known key about once in ten thousand.

mod crf;
mod cues;
mod file;
pub(crate) mod first;
pub(crate) mod form;
mod pool;
mod run;
pub(crate) mod second;
pub(crate) mod sides;
mod table;

pub use crf::{Crf, Sums};
pub(crate) use cues::Cues;
pub use file::{CrfFile, DenseFile, TaggerFile, WordsFile};
pub use run::Run;
pub(crate) use run::{exp, forward_backward};

use crate::lexicon::WordMap;
use crate::text::mix;
use first::First;
use form::{Fields, Forms};
use pool::Pool;
use second::Second;

/// Tags of the first stage: none, and begin and inside of source, cue and content on either side.
pub const FIRST: usize = 13;
/// Tags of the second stage: none, and begin and inside of source and content.
pub const SECOND: usize = 5;
/// Places of a row of the first stage's field.
pub const FIRST_WIDTH: usize = 16;
/// Places of a row of the second stage's.
pub const SECOND_WIDTH: usize = 8;

/// The key of a template's value: the template's number, below 32, in the lowest bits, so that the keys of some templates
/// can be told from others.
#[must_use]
pub fn key(template: u64, value: u64) -> u32 {
    let hash = (mix(value.wrapping_add(template.wrapping_mul(0x9e37_79b9_7f4a_7c15))) >> 32) as u32;
    hash & !TEMPLATE | template as u32 & TEMPLATE
}

/// Bits of a key that tell its template.
const TEMPLATE: u32 = 31;

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
        let sum: f64 =
            self.terms.iter().zip(inputs).map(|((mean, weight), x)| (x - mean) * weight).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

/// The extractor's fitted parts, checked and ready.
pub struct Tagger {
    /// Finds cues.
    pub(crate) first: First,
    /// Finds a cue's source and content.
    pub(crate) second: Second,
    /// Rates of the words by their folded form.
    rates: WordMap<WordRates>,
    /// Tells how sure an attribution is.
    pub accept: Dense,
    /// An article keeps this many times its expected number of attributions …
    pub alpha: f64,
    /// … of at least this confidence.
    pub floor: f64,
    /// What workers keep from one article to the next.
    kept: Pool<Kept>,
}

/// What a worker keeps from one article to the next. Nothing depends on what it holds but the time that is taken.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) forms: Forms,
    pub(crate) cues: Cues,
    pub(crate) first: first::Work,
    pub(crate) second: Run<SECOND_WIDTH>,
    pub(crate) path: Vec<u8>,
    pub(crate) sides: sides::Sides,
}

impl Tagger {
    pub(crate) fn new(
        first: Crf<FIRST, FIRST_WIDTH>,
        second: Crf<SECOND, SECOND_WIDTH>,
        rates: WordMap<WordRates>,
    ) -> Self {
        Tagger {
            first: First::new(first),
            second: Second::new(second),
            rates,
            accept: Dense::default(),
            alpha: 1.0,
            floor: 0.0,
            kept: Pool::default(),
        }
    }

    /// Lends what a worker keeps.
    pub(crate) fn keep<R>(&self, work: impl FnOnce(&mut Kept) -> R) -> R {
        self.kept.lend(work)
    }

    /// What forms are looked up in.
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields { first: &self.first.crf, second: &self.second.crf, rates: &self.rates }
    }
}

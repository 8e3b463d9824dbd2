//! What the extractor of attributions is fitted to be: its templates, each one line of a table from which the keys to fit and the
//! tables to tag with are both made; words as the templates see them; and the fitted parts as they run and stand in a file.

mod cues;
mod file;
pub(crate) mod first;
pub(crate) mod form;
pub(crate) mod forms;
mod pool;
pub(crate) mod second;
pub(crate) mod sides;

pub(crate) use cues::Cues;
pub use file::{DenseFile, TaggerFile, WordsFile};

use crate::lexicon::WordMap;
use crate::tagger::{Crf, Run};
use first::First;
use forms::{Fields, Forms};
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

//! Linear decisions over named inputs: how fitted weights are used at span level.
//!
//! A decision is a bias and a weight for each (template, value) pair, one of each per class. Inputs are given to a
//! [`Sink`], so that fitting and deciding walk the very same code: deciding adds weights, fitting collects names.

use crate::extract::Tagger;
use crate::text::Word;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A named slot for inputs: "the word before", "the cluster of the verb".
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Name in model files.
    pub name: &'static str,
    key: u64,
}

impl Template {
    /// A template; the name's hash is computed at compile time.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Template { name, key: template_key(name) }
    }

    /// The key of an input.
    #[must_use]
    pub fn with(self, value: Word) -> Word {
        Word(self.key).then(value)
    }
}

/// Where inputs go.
pub trait Sink {
    /// Takes an input. `form` gives the value in letters, and must hash to `value` by [`Word::of`] when it is one
    /// word, or word by word by [`join`] when it is several split by spaces; it is called only when fitting.
    fn put(&mut self, template: Template, value: Word, amount: f64, form: impl FnOnce() -> String);
}

/// The value that several words make in order.
#[must_use]
pub fn join(words: &[Word]) -> Word {
    words
        .iter()
        .skip(1)
        .fold(words.first().copied().unwrap_or_default(), |all, word| all.then(*word))
}

/// A fitted decision as it stands in a model file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// One for each class; a single one for a yes/no decision.
    pub bias: Vec<f64>,
    /// Template, then value, then a weight for each class.
    pub weights: BTreeMap<String, BTreeMap<String, Vec<f64>>>,
    /// Probability = 1 / (1 + exp(a * score + b)) for yes/no; scores are multiplied by `a` for several classes.
    pub calibration: (f64, f64),
}

/// Weights under a part of their key; 0 where there are none.
#[derive(Clone, Copy)]
struct Slot<const N: usize> {
    tag: u32,
    weights: [f32; N],
}

/// Rows by key: one stretch of memory with keys and weights side by side, half of it free or more, so that most look-ups touch it
/// once. A key is told by its place and 31 more of its bits.
struct Slots<const N: usize>(Vec<Slot<N>>);

impl<const N: usize> Slots<N> {
    fn with_room(rows: usize) -> Self {
        Slots(vec![Slot { tag: 0, weights: [0.0; N] }; (rows * 2).next_power_of_two().max(2)])
    }

    /// The slot of a key, or the free one where it belongs.
    #[inline]
    fn slot(&self, key: Word) -> (usize, u32) {
        let tag = (key.0 >> 32) as u32 | 1;
        let mask = self.0.len() - 1;
        let mut at = key.0 as usize & mask;
        while self.0[at].tag != 0 && self.0[at].tag != tag {
            at = (at + 1) & mask;
        }
        (at, tag)
    }

    fn insert(&mut self, key: Word, row: &[f64]) {
        let (at, tag) = self.slot(key);
        let slot = &mut self.0[at];
        slot.tag = tag;
        slot.weights.iter_mut().zip(row).for_each(|(to, from)| *to = *from as f32);
    }

    #[inline]
    fn get(&self, key: Word) -> Option<&[f32; N]> {
        self.place(key).map(|at| &self.0[at].weights)
    }

    /// The row of a key; zeros where there is none, so that adding it takes no decision.
    #[inline]
    fn row(&self, key: Word) -> &[f32; N] {
        &self.0[self.slot(key).0].weights
    }

    #[inline]
    fn place(&self, key: Word) -> Option<usize> {
        let (at, _) = self.slot(key);
        (self.0[at].tag != 0).then_some(at)
    }
}

/// Rows of as many weights as there are classes.
enum Rows {
    One(Slots<1>),
    Three(Slots<3>),
    Many(Slots<MOST_CLASSES>),
}

impl Rows {
    fn with_room(rows: usize, classes: usize) -> Self {
        match classes {
            1 => Rows::One(Slots::with_room(rows)),
            3 => Rows::Three(Slots::with_room(rows)),
            _ => Rows::Many(Slots::with_room(rows)),
        }
    }

    fn insert(&mut self, key: Word, row: &[f64]) {
        match self {
            Rows::One(slots) => slots.insert(key, row),
            Rows::Three(slots) => slots.insert(key, row),
            Rows::Many(slots) => slots.insert(key, row),
        }
    }

    #[inline]
    fn get(&self, key: Word) -> Option<&[f32]> {
        match self {
            Rows::One(slots) => slots.get(key).map(|row| &row[..]),
            Rows::Three(slots) => slots.get(key).map(|row| &row[..]),
            Rows::Many(slots) => slots.get(key).map(|row| &row[..]),
        }
    }
}

impl Default for Rows {
    fn default() -> Self {
        Rows::with_room(0, 1)
    }
}

/// A decision ready for use.
#[derive(Default)]
pub struct Linear {
    bias: Vec<f64>,
    rows: Rows,
    calibration: (f64, f64),
}

impl Linear {
    /// Compiles the weights of a model file.
    ///
    /// # Errors
    /// Tells which entry has not one finite weight for each class.
    pub fn compile(weights: &Weights) -> Result<Self, String> {
        let classes = weights.bias.len();
        if classes == 0
            || classes > MOST_CLASSES
            || weights.bias.iter().any(|b| !b.is_finite())
            || !weights.calibration.0.is_finite()
            || !weights.calibration.1.is_finite()
        {
            return Err("bias and calibration must be finite, with one bias for each class, and no more than eight".to_owned());
        }
        let mut linear = Linear {
            bias: weights.bias.clone(),
            calibration: weights.calibration,
            ..Linear::default()
        };
        linear.rows = Rows::with_room(weights.weights.values().map(BTreeMap::len).sum(), classes);
        for (template, entries) in &weights.weights {
            let base = Word(template_key(template));
            for (value, row) in entries {
                // They are kept in 32 bits, and must be finite there.
                if row.len() != classes || row.iter().any(|w| !(*w as f32).is_finite()) {
                    return Err(format!("{template} {value:?}: wants {classes} finite weights"));
                }
                let words: Vec<Word> = value.split(' ').map(Word::of).collect();
                linear.rows.insert(base.then(join(&words)), row);
            }
        }
        Ok(linear)
    }

    /// A new sum, from the biases.
    #[must_use]
    pub fn start(&self) -> Score<'_> {
        let mut sums = [0.0; MOST_CLASSES];
        sums[..self.bias.len()].copy_from_slice(&self.bias);
        Score { linear: self, sums }
    }

    /// The two numbers that make probabilities of sums.
    #[must_use]
    pub fn calibration(&self) -> (f64, f64) {
        self.calibration
    }

    /// The weights of one input, class by class; 0 behind the last one where rows have more places than there are classes.
    #[must_use]
    #[inline]
    pub fn weight(&self, key: Word) -> Option<&[f32]> {
        self.rows.get(key)
    }

    /// Every [`Self::place`] is below this.
    #[must_use]
    pub fn places(&self) -> usize {
        match &self.rows {
            Rows::One(slots) => slots.0.len(),
            Rows::Three(slots) => slots.0.len(),
            Rows::Many(slots) => slots.0.len(),
        }
    }

    /// The number of an input, its own among the places.
    #[must_use]
    pub fn place(&self, key: Word) -> Option<usize> {
        match &self.rows {
            Rows::One(slots) => slots.place(key),
            Rows::Three(slots) => slots.place(key),
            Rows::Many(slots) => slots.place(key),
        }
    }

    /// The weights of the input at a place, class by class; 0 behind the last one, so that a model with fewer classes than a
    /// family asks for cannot stop it.
    #[must_use]
    pub fn row(&self, place: usize) -> [f32; MOST_CLASSES] {
        let row: &[f32] = match &self.rows {
            Rows::One(slots) => &slots.0[place].weights,
            Rows::Three(slots) => &slots.0[place].weights,
            Rows::Many(slots) => &slots.0[place].weights,
        };
        std::array::from_fn(|class| row.get(class).copied().unwrap_or(0.0))
    }
}

/// FNV-1a of a template's name.
const fn template_key(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut key = 0xcbf2_9ce4_8422_2325_u64;
    let mut index = 0;
    while index < bytes.len() {
        key = (key ^ bytes[index] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        index += 1;
    }
    key
}

/// Most classes that a decision can have.
pub const MOST_CLASSES: usize = 8;

/// A sum being made.
pub struct Score<'a> {
    linear: &'a Linear,
    sums: [f64; MOST_CLASSES],
}

impl Sink for Score<'_> {
    #[inline]
    fn put(
        &mut self,
        template: Template,
        value: Word,
        amount: f64,
        _form: impl FnOnce() -> String,
    ) {
        let key = template.with(value);
        match &self.linear.rows {
            Rows::One(slots) => add(&mut self.sums, slots.row(key), amount),
            Rows::Three(slots) => add(&mut self.sums, slots.row(key), amount),
            Rows::Many(slots) => add(&mut self.sums, slots.row(key), amount),
        }
    }
}

#[inline]
fn add<const N: usize>(sums: &mut [f64; MOST_CLASSES], row: &[f32; N], amount: f64) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += amount * f64::from(*weight);
    }
}

impl Score<'_> {
    /// The raw sums, one for each class.
    #[must_use]
    pub fn sums(&self) -> &[f64] {
        &self.sums[..self.linear.bias.len()]
    }

    /// Calibrated probability of a yes/no decision.
    #[must_use]
    pub fn probability(&self) -> f64 {
        let (a, b) = self.linear.calibration;
        1.0 / (1.0 + (a * self.sums[0] + b).exp())
    }

    /// Calibrated probabilities of a decision among three.
    #[must_use]
    pub fn probabilities(&self) -> [f64; 3] {
        let scaled = [0, 1, 2].map(|c| self.sums[c] * self.linear.calibration.0);
        softmax(scaled)
    }
}

/// Probabilities from scores.
#[must_use]
pub fn softmax<const N: usize>(scores: [f64; N]) -> [f64; N] {
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|s| (s - best).exp());
    let total: f64 = powers.iter().sum();
    powers.map(|p| p / total)
}

/// The span-level decisions that the families use; an absent one leaves a family to its lexicon.
#[derive(Default)]
pub struct SpanModels {
    by_name: BTreeMap<String, Linear>,
    tagger: Option<Tagger>,
}

impl SpanModels {
    /// Adds a decision under its task's name.
    pub fn insert(&mut self, task: &str, linear: Linear) {
        self.by_name.insert(task.to_owned(), linear);
    }

    /// Sets the attribution extractor.
    pub fn set_tagger(&mut self, tagger: Tagger) {
        self.tagger = Some(tagger);
    }

    /// The attribution extractor.
    #[must_use]
    pub fn tagger(&self) -> Option<&Tagger> {
        self.tagger.as_ref()
    }

    /// The decision for a task.
    #[must_use]
    pub fn get(&self, task: &str) -> Option<&Linear> {
        self.by_name.get(task)
    }
}

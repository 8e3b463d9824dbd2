//! Does a sentence limit commitment to a claim? What the fitted decision sees of its cues.

use crate::lexicon::Lexicon;
use crate::linear::{Sink, Template};
use crate::text::Word;
use std::sync::LazyLock;

/// Name of the decision in a model file.
pub(crate) const TASK: &str = "hedged-sentence";

/// Name of the decision by the labelling guide, over the same inputs.
pub(crate) const GUIDE: &str = "hedged-by-guide";

const WHOLE: Template = Template::new("sentence");
const CLASS: Template = Template::new("class");
const ENTRY: Template = Template::new("entry");
const PRESENT: Template = Template::new("entry, however probable");

/// Probabilities are kept this far from 0 and 1 before their odds are taken.
const LEAST: f64 = 0.002;

/// A lexicon hit in a sentence, judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged {
    /// Index of the lexicon entry.
    pub(crate) entry: usize,
    /// Probability that it hedges; 1 for what is not judged (boosters, approximators, vague words).
    pub(crate) probability: f64,
}

const ODDS: usize = 0;
const STRONGEST: usize = 1;
const LENGTH: usize = 2;
const NAMES: [&str; 3] = ["odds", "strongest", "length"];
static VALUES: LazyLock<[Word; NAMES.len()]> = LazyLock::new(|| NAMES.map(Word::of));

/// Probability that at least one of the cues hedges, were they independent.
pub(crate) fn any(lexicon: &Lexicon, judged: &[Judged]) -> f64 {
    let hedges = judged.iter().filter(|j| super::is_hedge(lexicon.class(j.entry)));
    1.0 - hedges.map(|j| 1.0 - j.probability).product::<f64>()
}

/// Puts all that the decision sees of a sentence of `tokens` tokens.
pub(crate) fn inputs(lexicon: &Lexicon, judged: &[Judged], tokens: usize, sink: &mut impl Sink) {
    let or = any(lexicon, judged).clamp(LEAST, 1.0 - LEAST);
    let hedges = judged.iter().filter(|j| super::is_hedge(lexicon.class(j.entry)));
    let strongest = hedges.map(|j| j.probability).fold(0.0, f64::max);
    let mut whole =
        |name: usize, amount: f64| sink.put(WHOLE, VALUES[name], amount, || NAMES[name].to_owned());
    whole(ODDS, (or / (1.0 - or)).ln());
    whole(STRONGEST, strongest);
    whole(LENGTH, (tokens as f64 / 25.0).min(3.0));
    for one in judged {
        let class = lexicon.class(one.entry);
        let entry = lexicon.name(one.entry);
        let form = || lexicon.entries[one.entry].name().into_owned();
        sink.put(CLASS, Word::of(class), one.probability, || class.to_owned());
        sink.put(PRESENT, entry, 1.0, form);
        if super::is_hedge(class) {
            sink.put(ENTRY, entry, one.probability, form);
        }
    }
}

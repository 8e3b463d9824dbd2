//! Polarity of single words, and of a target over all its mentions.

use crate::linear::{Linear, Template, softmax};
use crate::mark::{Mention, Polarity};
use crate::text::Word;

/// Name of the table in model files: one number a word.
pub(crate) const WORDS: &str = "stance-words";
/// The only template of the table.
pub(crate) const WORD: Template = Template::new("word");

/// Good or bad: what a class of the list says of the one it is said of.
pub(crate) fn sign(class: &str) -> f64 {
    match class {
        "praise" | "positive" => 1.0,
        _ => -1.0,
    }
}

/// Learned polarity of words, -1 to 1; ordinary words only, so that what is absent is a name or rare.
#[derive(Clone, Copy, Default)]
pub(crate) struct WordPolarity<'m> {
    table: Option<&'m Linear>,
}

impl<'m> WordPolarity<'m> {
    /// From the model's table; without one, no word is known.
    pub(crate) fn new(table: Option<&'m Linear>) -> Self {
        WordPolarity { table }
    }

    /// The word's polarity, if it is an ordinary word.
    pub(crate) fn of(&self, word: Word) -> Option<f64> {
        let row = self.table?.weight(WORD.with(word))?;
        row.first().map(|w| f64::from(*w))
    }
}

/// Weight of a mention in the article's own voice, and in a source's: what the article says itself counts first, and
/// whom it lets speak counts too.
const OWN_VOICE: f64 = 1.0;
const SOURCE_VOICE: f64 = 0.5;
/// Share of the most outspoken mention in the stance over all, beside the mean: one verdict tells more than three plain
/// mentions take back. Chosen on the project's labelled articles, as is the next.
const STRONGEST: f64 = 0.5;
/// Most mentions of anybody are neutral, most targets are not: what neutral keeps of its probability.
const NEUTRAL: f64 = 0.7;

/// The stance over all mentions, from the mean and the strongest of their probabilities. Neutral when there is none.
pub(crate) fn overall(mentions: &[Mention]) -> Polarity {
    let (mut sums, mut strongest, mut total) = ([0.0; 3], [0.0_f64; 3], 0.0);
    for mention in mentions {
        let weight = if mention.own_voice { OWN_VOICE } else { SOURCE_VOICE };
        total += weight;
        for class in 0..3 {
            let p = mention.polarity.probabilities[class];
            sums[class] += weight * p;
            strongest[class] = strongest[class].max(weight * p);
        }
    }
    if total <= 0.0 {
        return Polarity::default();
    }
    let keep = [1.0, NEUTRAL, 1.0];
    let mixed = [0, 1, 2].map(|c| keep[c] * ((1.0 - STRONGEST) * sums[c] / total + STRONGEST * strongest[c]));
    let all: f64 = mixed.iter().sum();
    Polarity { probabilities: mixed.map(|p| p / all) }
}

/// Without a fitted decision: by the listed words around the mention alone.
pub(crate) fn by_list(sum: f64) -> Polarity {
    Polarity { probabilities: softmax([-2.0 * sum, 0.5, 2.0 * sum]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn mention(probabilities: [f64; 3], own_voice: bool) -> Mention {
        Mention { span: Span::new(0, 1), polarity: Polarity { probabilities }, own_voice, speaker: None }
    }

    #[test]
    fn own_voice_outweighs_a_source() {
        let (against, favour) = ([0.9, 0.05, 0.05], [0.05, 0.05, 0.9]);
        assert_eq!(overall(&[mention(against, true), mention(favour, false)]).class(), "against");
        assert_eq!(overall(&[mention(against, false), mention(favour, true)]).class(), "for");
        assert_eq!(overall(&[]).class(), "neutral");
    }

    #[test]
    fn the_list_alone_decides_without_a_model() {
        assert_eq!(by_list(0.0).class(), "neutral");
        assert_eq!(by_list(-1.0).class(), "against");
    }
}

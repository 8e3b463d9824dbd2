//! Polarity of single words.

use crate::linear::{Linear, Template, softmax};
use crate::mark::Polarity;
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

/// Without a fitted decision: by the listed words around the mention alone.
pub(crate) fn by_list(sum: f64) -> Polarity {
    Polarity { probabilities: softmax([-2.0 * sum, 0.5, 2.0 * sum]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_alone_decides_without_a_model() {
        assert_eq!(by_list(0.0).class(), "neutral");
        assert_eq!(by_list(-1.0).class(), "against");
    }
}

//! Common words of an article, each with a fitted weight. Names are no words here: only what stands in lower case is looked up,
//! so that neither outlets nor people nor places count.

use crate::linear::{Linear, Template, Weights};
use crate::text::{Case, Document, Kind, Word};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Weights as they stand in a model file: for each word its weight, and its rarity, ln((1 + articles) / (1 + articles with it)) + 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WordsFile(pub BTreeMap<String, (f64, f64)>);

const WORD: Template = Template::new("word");

/// The key of a word.
pub(crate) fn key(word: Word) -> Word {
    WORD.with(word)
}

/// Walks the lower-case words of the prose in order: the word and its token.
pub(crate) fn each_word(document: &Document<'_>, mut take: impl FnMut(Word, usize)) {
    for sentence in document.prose_sentences() {
        for at in sentence.tokens() {
            let token = &document.tokens[at];
            if token.kind == Kind::Word && token.case == Case::Lower {
                take(token.word, at);
            }
        }
    }
}

/// What a word that stands `times` times counts, before a text is brought to length one.
pub(crate) fn amount(times: u32, rarity: f64) -> f64 {
    (1.0 + f64::from(times).ln()) * rarity
}

/// A weighed word of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordPart {
    /// Token of its first place.
    pub token: usize,
    /// How often it stands.
    pub times: u32,
    /// What it adds: its weight by its share of the text, or what that makes of a score.
    pub part: f64,
}

/// Words with weights, ready for use.
pub(super) struct Words(Linear);

impl Words {
    /// Compiles the weights of a model file.
    ///
    /// # Errors
    /// Tells which word has no finite weight.
    pub(super) fn compile(file: &WordsFile) -> Result<Self, String> {
        let rows = file
            .0
            .iter()
            .map(|(word, (weight, rarity))| (word.clone(), vec![*weight, *rarity, 0.0]));
        let weights = BTreeMap::from([(WORD.name.to_owned(), rows.collect())]);
        Linear::compile(&Weights { bias: vec![0.0; 3], weights, calibration: (1.0, 0.0) })
            .map(Words)
    }

    /// The different words of an article that have weights, in order of first place; together they make its sum.
    pub(super) fn parts(&self, document: &Document<'_>) -> Vec<WordPart> {
        let mut known = KNOWN.take();
        known.resize(known.len().max(self.0.places()), 0);
        // Place in the table, then the part being made.
        let mut seen: Vec<(usize, WordPart)> = Vec::with_capacity(document.tokens.len() / 3);
        each_word(document, |word, token| {
            let Some(place) = self.0.place(key(word)) else { return };
            match known[place] {
                0 => {
                    seen.push((place, WordPart { token, times: 1, part: 0.0 }));
                    known[place] = seen.len() as u32;
                }
                at => seen[at as usize - 1].1.times += 1,
            }
        });
        let mut squares = 0.0;
        for (place, word) in &mut seen {
            known[*place] = 0;
            let row = self.0.row(*place);
            let counts = amount(word.times, f64::from(row[1]));
            squares += counts * counts;
            word.part = counts * f64::from(row[0]);
        }
        KNOWN.set(known);
        let length = squares.sqrt().max(f64::MIN_POSITIVE);
        seen.into_iter().map(|(_, w)| WordPart { part: w.part / length, ..w }).collect()
    }
}

thread_local! {
    /// A number for each row of a table: 0, or one more than the word's place in the list; zeros between articles.
    static KNOWN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(String, u32, f64)> {
        let file = WordsFile(
            [("said", (-1.0, 1.0)), ("the", (0.5, 1.0)), ("shameful", (3.0, 2.0))]
                .map(|(word, row)| (word.to_owned(), row))
                .into(),
        );
        let document = Document::new(text);
        let parts = Words::compile(&file).unwrap().parts(&document);
        parts.iter().map(|p| (document.form(p.token).to_owned(), p.times, p.part)).collect()
    }

    #[test]
    fn a_text_is_of_length_one_and_words_are_told_at_their_first_place() {
        let all = parts("The plan, Norwire said, was the shameful end of the deal.");
        let told: Vec<(&str, u32)> = all.iter().map(|(w, n, _)| (w.as_str(), *n)).collect();
        assert_eq!(told, [("said", 1), ("the", 2), ("shameful", 1)]);
        let the = 1.0 + 2.0_f64.ln();
        let length = (1.0 + the * the + 4.0).sqrt();
        for (got, want) in all.iter().map(|p| p.2).zip([-1.0, 0.5 * the, 6.0]) {
            assert!((got - want / length).abs() < 1e-6, "{got} {want}");
        }
    }

    #[test]
    fn names_change_nothing() {
        let with = |name: &str| {
            parts(&format!(
                "The plan, {name} said, is the shameful end of the deal that {name} wrote about."
            ))
            .iter()
            .map(|p| p.2)
            .sum::<f64>()
        };
        assert_eq!(with("Fox News"), with("Norwire Press"));
        assert_eq!(with("Fox News"), with("Said The"));
        assert!(parts("").is_empty());
    }
}

//! Which words may have weights: those that many articles use. House phrases and rare words drop out by that alone; names do not stand in
//! lower case.

use crate::article::Article;
use crate::learn::parallel;
use crate::model::WordsFile;
use crate::model::words::{amount, each_word, key};
use crate::text::{Document, Word};
use std::collections::{BTreeMap, HashMap};

/// Articles that must use a word.
pub(crate) const LEAST_ARTICLES: u32 = 60;

/// The words that may have weights, with what they count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// In the order of the alphabet.
    names: Vec<String>,
    /// ln((1 + articles) / (1 + articles with it)) + 1.
    rarity: Vec<f64>,
    columns: HashMap<Word, u32>,
}

impl Vocabulary {
    /// Gathers words from articles.
    pub(crate) fn of(articles: &[Article]) -> Self {
        let used = parallel::map(articles, |article| {
            let document = article.document();
            let mut words: BTreeMap<Word, String> = BTreeMap::new();
            each_word(&document, |word, token| {
                let form = || document.form(token).replace(['’', 'ʼ'], "'").to_lowercase();
                words.entry(word).or_insert_with(form);
            });
            words
        });
        // Articles that use a word, and its form.
        let mut seen: BTreeMap<Word, (u32, String)> = BTreeMap::new();
        for (word, form) in used.into_iter().flatten() {
            seen.entry(word).or_insert((0, form)).0 += 1;
        }
        let all = articles.len() as f64;
        let kept: BTreeMap<String, (Word, u32)> = seen
            .into_iter()
            .filter(|(_, (articles, _))| *articles >= LEAST_ARTICLES)
            .map(|(word, (articles, form))| (form, (word, articles)))
            .collect();
        let mut vocabulary = Vocabulary::default();
        for (form, (word, articles)) in kept {
            vocabulary.columns.insert(key(word), vocabulary.names.len() as u32);
            vocabulary.names.push(form);
            vocabulary.rarity.push(((1.0 + all) / (1.0 + f64::from(articles))).ln() + 1.0);
        }
        vocabulary
    }

    /// Number of words.
    pub(crate) fn width(&self) -> usize {
        self.names.len()
    }

    /// An article's known words, brought to length one: (column, amount) in order of column. Scoring does the same with the weights of
    /// the model.
    pub(crate) fn row(&self, document: &Document<'_>) -> Vec<(u32, f32)> {
        let mut times: BTreeMap<u32, u32> = BTreeMap::new();
        each_word(document, |word, _| {
            if let Some(column) = self.columns.get(&key(word)) {
                *times.entry(*column).or_default() += 1;
            }
        });
        let amounts: Vec<(u32, f64)> =
            times.iter().map(|(c, n)| (*c, amount(*n, self.rarity[*c as usize]))).collect();
        let length = amounts.iter().map(|(_, a)| a * a).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        amounts.iter().map(|(c, a)| (*c, (a / length) as f32)).collect()
    }

    /// Weights as they stand in a model file.
    pub(crate) fn file(&self, weights: &[f64]) -> WordsFile {
        let rows = self.names.iter().zip(weights).zip(&self.rarity);
        WordsFile(rows.map(|((name, w), r)| (name.clone(), (rounded(*w), rounded(*r)))).collect())
    }
}

/// So many digits after the point are a hundredth of a hundredth of the widest weight.
fn rounded(value: f64) -> f64 {
    const DIGITS: f64 = 1e5;
    (value * DIGITS).round() / DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_too_few_articles_are_left_out() {
        let texts: Vec<String> = (0..LEAST_ARTICLES + 4)
            .map(|article| {
                let more = if article < 20 { "Our readers know the truth." } else { "It was so." };
                format!("The plan was late, Norwire said. {more}")
            })
            .collect();
        let articles: Vec<Article> = texts.iter().map(|t| Article::from_text("a", t)).collect();
        let vocabulary = Vocabulary::of(&articles);
        assert_eq!(vocabulary.names, ["late", "plan", "said", "was"]);
        let row = vocabulary.row(&Document::new("A plan was, was, late."));
        let length: f32 = row.iter().map(|(_, a)| a * a).sum();
        assert!(row.len() == 3 && (length - 1.0).abs() < 1e-6, "{row:?}");
    }
}

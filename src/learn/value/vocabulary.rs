//! Which words may have weights: those that many outlets use. House phrases, names and places drop out by that alone.

use crate::family::wording::{PAIR, WORD, amount, terms};
use crate::linear::join;
use crate::text::{Document, Word};
use std::collections::{BTreeMap, HashMap};

/// Outlets that must use a word, of about a hundred.
pub(crate) const LEAST_OUTLETS: usize = 35;

/// The words that may have weights, with what they count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// Template and form, words before pairs, each in the order of the alphabet.
    pub(crate) names: Vec<(&'static str, String)>,
    /// ln((1 + articles) / (1 + articles with it)) + 1.
    pub(crate) rarity: Vec<f64>,
    columns: HashMap<Word, u32>,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    articles: u32,
    outlets: u32,
    /// Number of the last article and outlet, plus one.
    last: (u32, u32),
}

impl Vocabulary {
    /// Gathers words from texts with the number of their outlet; texts of one outlet stand together.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = (&'a str, usize)> + Clone) -> Self {
        let mut seen: HashMap<Word, Seen> = HashMap::new();
        let mut articles = 0_u32;
        for (text, outlet) in texts.clone() {
            articles += 1;
            terms(&Document::new(text), |template, value, _, _| {
                let s = seen.entry(template.with(value)).or_default();
                s.articles += u32::from(s.last.0 != articles);
                s.outlets += u32::from(s.last.1 != outlet as u32 + 1);
                s.last = (articles, outlet as u32 + 1);
            });
        }
        seen.retain(|_, s| s.outlets as usize >= LEAST_OUTLETS);
        let mut forms: BTreeMap<(bool, String), (Word, f64)> = BTreeMap::new();
        for (text, _) in texts {
            let document = Document::new(text);
            terms(&document, |template, value, first, last| {
                let key = template.with(value);
                let Some(s) = seen.remove(&key) else { return };
                let words: Vec<String> = (first..=last)
                    .map(|t| document.form(t).replace(['’', 'ʼ'], "'").to_lowercase())
                    .collect();
                let rarity =
                    ((1.0 + f64::from(articles)) / (1.0 + f64::from(s.articles))).ln() + 1.0;
                forms.insert((first != last, words.join(" ")), (key, rarity));
            });
        }
        let mut vocabulary = Vocabulary::default();
        for ((pair, form), (key, rarity)) in forms {
            vocabulary.columns.insert(key, vocabulary.names.len() as u32);
            vocabulary.names.push((if pair { PAIR.name } else { WORD.name }, form));
            vocabulary.rarity.push(rarity);
        }
        vocabulary
    }

    /// The key of a column's name.
    pub(crate) fn key(&self, column: usize) -> Word {
        let (template, form) = &self.names[column];
        let words: Vec<Word> = form.split(' ').map(Word::of).collect();
        if *template == PAIR.name { PAIR.with(join(&words)) } else { WORD.with(join(&words)) }
    }

    /// An article's known words, brought to length one: (column, amount) in order of column. The family does the same
    /// with the weights of the model.
    pub(crate) fn row(&self, document: &Document<'_>) -> Vec<(u32, f32)> {
        let mut times: BTreeMap<u32, u32> = BTreeMap::new();
        terms(document, |template, value, _, _| {
            if let Some(column) = self.columns.get(&template.with(value)) {
                *times.entry(*column).or_default() += 1;
            }
        });
        let amounts: Vec<(u32, f64)> =
            times.iter().map(|(c, n)| (*c, amount(*n, self.rarity[*c as usize]))).collect();
        let length = amounts.iter().map(|(_, a)| a * a).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        amounts.iter().map(|(c, a)| (*c, (a / length) as f32)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_too_few_outlets_are_left_out() {
        let texts: Vec<(String, usize)> = (0..LEAST_OUTLETS + 4)
            .map(|o| {
                (
                    format!(
                        "The plan was late, Norwire said. {}",
                        if o < 20 { "Our readers know the truth." } else { "It was so." }
                    ),
                    o,
                )
            })
            .collect();
        let vocabulary = Vocabulary::of(texts.iter().map(|(t, o)| (t.as_str(), *o)));
        let names: Vec<&str> = vocabulary.names.iter().map(|(_, n)| n.as_str()).collect();
        assert_eq!(names, ["late", "plan", "said", "was", "plan was", "was late"]);
        let row = vocabulary.row(&Document::new("A plan was, was, late."));
        let length: f32 = row.iter().map(|(_, a)| a * a).sum();
        assert!(row.len() == 4 && (length - 1.0).abs() < 1e-6, "{row:?}");
    }
}

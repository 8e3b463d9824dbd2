//! What a classifier is fitted on: rows of features with the class of each, and how rows hang together.

use super::sparse::SparseRows;
use super::words::WordRows;
use crate::article::Article;
use crate::axis::{Axis, Direction};
use crate::feature::{FeatureVector, features};
use crate::model::root;
use crate::score::Scorer;
use crate::text::{Document, Word};
use std::collections::BTreeMap;

/// An article as training sees it.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// The whole vector.
    pub(crate) vector: FeatureVector,
    /// Words and pairs of words of its prose, for the baseline: hash and count, in order of hash.
    pub(crate) terms: Vec<(Word, f32)>,
}

/// Walks the same way as scoring does, up to the vector.
pub(crate) fn measure(scorer: &Scorer, article: &Article) -> Measured {
    let document = article.document();
    let marks = scorer.mark(article, &document);
    let vector = FeatureVector::measure(&document, &marks);
    Measured { vector, terms: terms(&document) }
}

fn terms(document: &Document<'_>) -> Vec<(Word, f32)> {
    let mut counts: BTreeMap<Word, f32> = BTreeMap::new();
    for sentence in document.prose_sentences() {
        let mut last: Option<Word> = None;
        for token in document.tokens[sentence.tokens()].iter().filter(|t| t.is_word()) {
            *counts.entry(token.word).or_default() += 1.0;
            if let Some(last) = last {
                *counts.entry(last.then(token.word)).or_default() += 1.0;
            }
            last = Some(token.word);
        }
    }
    counts.into_iter().collect()
}

/// Inputs of an axis: name, schema index (none: the sum over common words), direction.
pub(crate) type Column = (&'static str, Option<usize>, Direction);

/// What an axis's model sees, in the order of its declaration or of the schema.
pub(crate) fn columns(axis: &Axis) -> Vec<Column> {
    let place = |name: &str| features().position(|(_, f)| f.name == name);
    if axis.is_ordered() {
        return axis.inputs().iter().map(|i| (i.feature, place(i.feature), i.direction)).collect();
    }
    let free = Direction::Free("classes in no order have no direction in common");
    features()
        .enumerate()
        .filter(|(_, (family, feature))| axis.sees(family.name, feature.name))
        .map(|(index, (_, feature))| (feature.name, Some(index), free))
        .collect()
}

/// The numbers of an article in some columns; 0 where the sum over words will stand.
pub(crate) fn row(columns: &[Column], vector: &FeatureVector) -> Vec<f64> {
    columns.iter().map(|(_, place, _)| place.map_or(0.0, |at| root(vector.values()[at]))).collect()
}

/// Rows to fit and measure on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Design {
    /// Feature values of each row, in the axis's columns.
    pub(crate) x: Vec<Vec<f64>>,
    /// The class of each row.
    pub(crate) labels: Vec<usize>,
    /// Group of each row: rows of one group stay in one fold.
    pub(crate) groups: Vec<usize>,
    /// What each row counts in fitting.
    pub(crate) weights: Vec<f32>,
    /// The row is a real article, not one of the own corpus.
    pub(crate) real: Vec<bool>,
    /// Words of each row, for the baseline.
    pub(crate) terms: Vec<Vec<(Word, f32)>>,
    /// Number of classes.
    pub(crate) classes: usize,
    /// Which way each column may push; none where classes stand in no order.
    pub(crate) directions: Vec<Direction>,
    /// Scaled columns are held near their mean.
    pub(crate) bounded: bool,
    /// Common words, where their sum is the first column.
    pub(crate) words: Option<WordRows>,
}

impl Design {
    /// Some of the rows, in order of place.
    pub(crate) fn select(&self, places: &[usize]) -> Design {
        let mut ordered = places.to_vec();
        ordered.sort_unstable();
        let names: BTreeMap<usize, usize> = ordered
            .iter()
            .map(|&p| self.groups[p])
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .enumerate()
            .map(|(n, g)| (g, n))
            .collect();
        Design {
            x: ordered.iter().map(|&p| self.x[p].clone()).collect(),
            labels: ordered.iter().map(|&p| self.labels[p]).collect(),
            groups: ordered.iter().map(|&p| names[&self.groups[p]]).collect(),
            weights: ordered.iter().map(|&p| self.weights[p]).collect(),
            real: ordered.iter().map(|&p| self.real[p]).collect(),
            terms: Vec::new(),
            classes: self.classes,
            directions: self.directions.clone(),
            bounded: self.bounded,
            words: self.words.as_ref().map(|w| w.select(&ordered)),
        }
    }
}

impl Design {
    /// Places of the real articles, or of the own ones.
    pub(crate) fn places(&self, real: bool) -> Vec<usize> {
        (0..self.real.len()).filter(|&p| self.real[p] == real).collect()
    }

    /// Some of the rows with their words, as [`Design::select`] does for fitting without.
    pub(crate) fn part(&self, places: &[usize]) -> Design {
        Design {
            terms: places.iter().map(|&p| self.terms[p].clone()).collect(),
            ..self.select(places)
        }
    }
}

/// Bag of words: tf-idf of words and pairs, rows of length one, idf and vocabulary from the rows to fit on (those in at
/// least two of them). Gives the rows to fit on and the rows to measure on.
pub(crate) fn bag_of_words(
    terms: &[Vec<(Word, f32)>],
    fit: &[usize],
    held: &[usize],
) -> (SparseRows, SparseRows) {
    let mut seen: BTreeMap<Word, u32> = BTreeMap::new();
    for &place in fit {
        for (word, _) in &terms[place] {
            *seen.entry(*word).or_default() += 1;
        }
    }
    seen.retain(|_, n| *n >= 2);
    let rows = fit.len() as f32;
    let table: std::collections::HashMap<Word, (u32, f32)> = seen
        .iter()
        .enumerate()
        .map(|(column, (word, n))| {
            (*word, (column as u32, ((1.0 + rows) / (1.0 + *n as f32)).ln() + 1.0))
        })
        .collect();
    let names: Vec<(&'static str, String)> =
        seen.keys().map(|word| ("word", word.0.to_string())).collect();
    let row = |place: &usize| -> Vec<(u32, f32)> {
        let known = terms[*place].iter().filter_map(|(word, n)| {
            table.get(word).map(|(column, idf)| (*column, (1.0 + n.ln()) * idf))
        });
        let mut row: Vec<(u32, f32)> = known.collect();
        let length = row.iter().map(|(_, v)| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        row.iter_mut().for_each(|(_, v)| *v /= length);
        row
    };
    let all = |places: &[usize]| SparseRows::of(places.iter().map(row).collect(), names.clone());
    (all(fit), all(held))
}

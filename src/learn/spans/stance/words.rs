//! The polarity of ordinary words, by the list and by their vectors.

use super::data::Example;
use crate::family::stance::polarity::{WORD, sign};
use crate::learn::spans::error::SpanError;
use crate::learn::spans::vectors::Vectors;
use crate::learn::sparse::{SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Sink, Template, Weights};
use crate::text::{Case, Document, Kind, Word};
use std::collections::{BTreeMap, BTreeSet};

/// L2 strength of the fit of word polarity over vectors.
const WORD_ALPHA: f64 = 0.1;
/// Words that the training texts hold fewer times are left out of the model: they would double its size.
const LEAST_SEEN: usize = 2;

const DIMENSION: Template = Template::new("dimension");

/// Words that the training texts write without a capital, away from the start of a sentence, more often than with one.
pub(super) fn ordinary_words(examples: &[Example]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for example in examples {
        let document = Document::new(&example.text);
        for sentence in &document.sentences {
            for token in sentence.tokens().filter(|&t| document.tokens[t].kind == Kind::Word) {
                let form = document.form(token).replace('’', "'").to_lowercase();
                let count = counts.entry(form).or_default();
                match document.tokens[token].case {
                    Case::Lower => count.0 += 1,
                    _ if token > sentence.tokens().start => count.1 += 1,
                    _ => {}
                }
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, (lower, capital))| *lower >= LEAST_SEEN && lower > capital)
        .map(|(word, _)| word)
        .collect()
}

/// The listed words that are one word each, with their sign.
pub(super) fn seeds(lexicon: &Lexicon) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        for form in entry.form.split('|').filter(|f| f.bytes().all(|b| b.is_ascii_lowercase())) {
            out.insert(form.to_owned(), sign(lexicon.class(index)));
        }
    }
    out
}

/// The table of word polarity: what tells the listed good words from the bad ones in their vectors, said of all ordinary words.
pub(super) fn word_table(
    ordinary: &BTreeSet<String>,
    seeds: &BTreeMap<String, f64>,
    vectors: Option<&Vectors>,
) -> Result<Weights, SpanError> {
    let mut values: BTreeMap<String, f64> =
        ordinary.iter().map(|w| (w.clone(), seeds.get(w).copied().unwrap_or(0.0))).collect();
    if let Some(vectors) = vectors {
        let mut rows = SparseRows::default();
        let put = |rows: &mut SparseRows, row: &[f32]| {
            rows.begin();
            for (dimension, value) in row.iter().enumerate() {
                let name = dimension.to_string();
                rows.put(DIMENSION, Word::of(&name), f64::from(*value), || name.clone());
            }
        };
        let listed: Vec<(f64, &Vec<f32>)> = vectors
            .words
            .iter()
            .zip(&vectors.rows)
            .filter_map(|(w, row)| seeds.get(w).map(|sign| (*sign, row)))
            .collect();
        let labels: Vec<usize> = listed.iter().map(|(sign, _)| usize::from(*sign > 0.0)).collect();
        listed.iter().for_each(|(_, row)| put(&mut rows, row));
        let good = labels.iter().sum::<usize>() as f32;
        let all = labels.len() as f32;
        let weights: Vec<f32> = labels
            .iter()
            .map(|l| if *l == 1 { all / (2.0 * good) } else { all / (2.0 * (all - good)) })
            .collect();
        let fit = SparseLogistic { alpha: WORD_ALPHA, ..SparseLogistic::default() }.fit_rows(
            &rows,
            &labels,
            Some(&weights),
        )?;
        for (word, row) in vectors.words.iter().zip(&vectors.rows) {
            if let Some(value) = values.get_mut(word) {
                let row: Vec<(u32, f32)> =
                    row.iter().enumerate().map(|(d, v)| (d as u32, *v)).collect();
                *value = (fit.scores(&row)[0] / 2.0).tanh();
            }
        }
    }
    let table = values
        .into_iter()
        .map(|(word, value)| (word, vec![(value * 100.0).round() / 100.0]))
        .collect();
    Ok(Weights {
        bias: vec![0.0],
        weights: BTreeMap::from([(WORD.name.to_owned(), table)]),
        calibration: (1.0, 0.0),
    })
}

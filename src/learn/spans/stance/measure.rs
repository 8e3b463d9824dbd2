//! How good the decision on a mention is, and the baseline that knows of no target.

use super::data::Example;
use super::{ALPHA, FOLDS, LEAST_ROWS, window};
use crate::family::stance::polarity::{WORD, WordPolarity};
use crate::learn::spans::error::SpanError;
use crate::learn::spans::targets::{calibration_error, interval, macro_f1};
use crate::learn::sparse::{SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Sink, softmax};
use crate::text::{Document, Kind, Word};
use std::collections::BTreeMap;

/// Macro-F1, out of fold, of a bag of the sentence's words: the baseline that knows of no target.
pub(super) fn bag_of_words(examples: &[Example]) -> Result<f64, SpanError> {
    let mut rows = SparseRows::default();
    let (mut labels, mut folds) = (Vec::new(), Vec::new());
    for example in examples {
        let document = Document::new(&example.text);
        for (_, class) in &example.mentions {
            rows.begin();
            for token in document.tokens.iter().filter(|t| t.kind == Kind::Word) {
                rows.put(WORD, token.word, 1.0, || token.span.slice(document.text).to_lowercase());
            }
            labels.push(*class);
            folds.push(example.fold);
        }
    }
    rows.prune(LEAST_ROWS);
    let mut confusion = [[0; 3]; 3];
    for fold in 0..FOLDS {
        let places: Vec<usize> = (0..labels.len()).filter(|&p| folds[p] != fold).collect();
        let known: Vec<usize> = places.iter().map(|&p| labels[p]).collect();
        let fit = SparseLogistic { classes: 3, alpha: ALPHA, iterations: 100 }.fit_rows(
            &rows.select(&places),
            &known,
            None,
        )?;
        for place in (0..labels.len()).filter(|&p| folds[p] == fold) {
            let scores = fit.scores(&rows.rows()[place]);
            confusion[labels[place]][best(&[scores[0], scores[1], scores[2]])] += 1;
        }
    }
    Ok(macro_f1(&confusion))
}

/// A judged mention: raw sums, and the class that is right.
pub(super) struct Judged {
    sums: [f64; 3],
    class: usize,
    article: u64,
}

impl Judged {
    fn probabilities(&self, factor: f64) -> [f64; 3] {
        softmax(self.sums.map(|s| s * factor))
    }
}

pub(super) fn judge<'e>(
    examples: impl IntoIterator<Item = &'e Example>,
    lexicon: &Lexicon,
    polarity: &WordPolarity<'_>,
    linear: &Linear,
) -> Vec<Judged> {
    let mut out = Vec::new();
    for example in examples {
        let document = Document::new(&example.text);
        for (span, class) in &example.mentions {
            let mut score = linear.start();
            if let Some(window) = window(&document, *span, lexicon, polarity) {
                window.inputs(*span, &mut score);
            }
            let sums = score.sums();
            out.push(Judged {
                sums: [sums[0], sums[1], sums[2]],
                class: *class,
                article: Word::of(&example.article).0,
            });
        }
    }
    out
}

/// The factor on the sums under which the right classes are most probable, by golden section.
pub(super) fn temperature(judged: &[Judged]) -> f64 {
    let loss = |factor: f64| -> f64 {
        judged.iter().map(|j| -j.probabilities(factor)[j.class].max(1e-12).ln()).sum()
    };
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.1, 4.0);
    for _ in 0..40 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if loss(a) < loss(b) { high = b } else { low = a }
    }
    (((low + high) / 2.0) * 1e3).round() / 1e3
}

/// Figures over judged mentions.
pub(super) struct Figures {
    pub(super) macro_f1: f64,
    /// Articles drawn with replacement.
    pub(super) interval: (f64, f64),
    pub(super) accuracy: f64,
    pub(super) calibration_error: f64,
    pub(super) confusion: Vec<Vec<usize>>,
}

fn best(probabilities: &[f64; 3]) -> usize {
    (1..3).fold(0, |best, c| if probabilities[c] > probabilities[best] { c } else { best })
}

pub(super) fn figures(judged: &[Judged], factor: f64) -> Figures {
    let mut articles: BTreeMap<u64, [[usize; 3]; 3]> = BTreeMap::new();
    for one in judged {
        articles.entry(one.article).or_default()[one.class][best(&one.probabilities(factor))] += 1;
    }
    let tables: Vec<[[usize; 3]; 3]> = articles.into_values().collect();
    let mut confusion = [[0; 3]; 3];
    tables.iter().for_each(|t| (0..9).for_each(|k| confusion[k / 3][k % 3] += t[k / 3][k % 3]));
    let right: usize = (0..3).map(|c| confusion[c][c]).sum();
    Figures {
        macro_f1: macro_f1(&confusion),
        interval: interval(&tables),
        accuracy: right as f64 / judged.len().max(1) as f64,
        calibration_error: calibration_error(
            judged.iter().map(|j| (j.probabilities(factor), j.class)),
        ),
        confusion: confusion.iter().map(|row| row.to_vec()).collect(),
    }
}

//! The sentence decision: fitted on sentences of real articles that readers ticked as loaded, and on sentences that stand alone.

use super::super::error::SpanError;
use super::super::measure::{auc, calibration_error, f1_at_half};
use crate::entity::covered;
use crate::family::tone::{Loads, Sentences};
use crate::learn::dataset::{find_to_fit, jsonl};
use crate::learn::error::LearnError;
use crate::learn::labelled::{Part, labelled_articles};
use crate::learn::parallel;
use crate::learn::sparse::{SparseLogistic, SparseRows};
use crate::learn::ticked::Ticks;
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Weights};
use crate::model::ModelSet;
use crate::score::{Options, Scorer};
use crate::text::{Document, Span, Word};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const FOLDS: usize = 5;
/// L2 strength; chosen among 3 to 30 with outlets held out.
const ALPHA: f64 = 20.0;
/// Inputs that fewer sentences hold are left out, and weights below this.
const LEAST_ROWS: usize = 4;
const LEAST_WEIGHT: f64 = 0.01;
/// A loaded sentence counts as two: one in nine is loaded, and at one half most of them would be missed.
const LOADED: f32 = 2.0;

/// The fitted decision, and what is told of it.
pub(super) struct Fitted {
    pub(super) weights: Weights,
    pub(super) figures: BTreeMap<String, f64>,
    pub(super) ticked: usize,
    pub(super) alone: usize,
    /// What it was fitted on, for the model's hash.
    pub(super) bytes: String,
}

#[derive(Deserialize)]
struct Alone {
    text: String,
    #[serde(alias = "subjective")]
    loaded: bool,
}

/// Rows with labels and folds.
#[derive(Default)]
struct Rows {
    inputs: SparseRows,
    loaded: Vec<bool>,
    folds: Vec<usize>,
}

/// The sentence that shares most with a span.
fn nearest(document: &Document<'_>, span: Span) -> Option<usize> {
    let shared = |s: Span| s.end.min(span.end).saturating_sub(s.start.max(span.start));
    (0..document.sentences.len())
        .filter(|&at| document.sentences[at].span.overlaps(span))
        .max_by_key(|&at| (shared(document.sentences[at].span), std::cmp::Reverse(at)))
}

fn ticked(
    scorer: &Scorer,
    lexicon: &Lexicon,
    words: &Linear,
    labels: &Path,
    data: &Path,
    bytes: &mut String,
) -> Result<Rows, SpanError> {
    let told = |e: LearnError| SpanError::Data(e.to_string());
    let corpus = labelled_articles(labels, data, &[Part::Fit]).map_err(told)?;
    let ticks = Ticks::read(labels, &corpus).map_err(told)?;
    let places: Vec<usize> = (0..corpus.articles.len()).collect();
    let measured = parallel::map(&places, |&place| {
        let article = corpus.articles[place].article();
        let document = article.document();
        let marks = scorer.mark(&article, &document);
        let names = covered(&document);
        let loads = Loads::measure(&document, &names, lexicon, Some(words));
        let sentences = Sentences::of(&document, &names, lexicon, &loads, &marks);
        let mut rows = SparseRows::default();
        let mut loaded = Vec::new();
        for tick in ticks.sentences.iter().filter(|t| t.article == place) {
            let Some(at) = nearest(&document, tick.span) else { continue };
            rows.begin();
            sentences.inputs(at, &mut rows);
            loaded.push(tick.loaded.yes());
        }
        (rows, loaded)
    });
    let mut all = Rows::default();
    for (article, (rows, loaded)) in corpus.articles.iter().zip(measured) {
        let fold = (Word::of(&article.outlet).0 % FOLDS as u64) as usize;
        all.folds.extend(std::iter::repeat_n(fold, loaded.len()));
        bytes.push_str(&article.id);
        bytes.extend(loaded.iter().map(|l| if *l { '+' } else { '-' }));
        bytes.push_str(&article.text);
        all.inputs.append(&rows);
        all.loaded.extend(loaded);
    }
    Ok(all)
}

/// Sentences of a set that stand alone.
fn alone(
    scorer: &Scorer,
    lexicon: &Lexicon,
    words: &Linear,
    path: &Path,
) -> Result<Rows, SpanError> {
    let read: Vec<Alone> = jsonl(path).map_err(|e: LearnError| SpanError::Data(e.to_string()))?;
    let measured = parallel::map(&read, |row| {
        let article = crate::article::Article::from_text("sentence", &row.text);
        let document = article.document();
        let marks = scorer.mark(&article, &document);
        let names = covered(&document);
        let loads = Loads::measure(&document, &names, lexicon, Some(words));
        let mut rows = SparseRows::default();
        rows.begin();
        if !document.sentences.is_empty() {
            Sentences::of(&document, &names, lexicon, &loads, &marks).inputs(0, &mut rows);
        }
        rows
    });
    let mut all = Rows::default();
    for (row, rows) in read.iter().zip(measured) {
        all.inputs.append(&rows);
        all.loaded.push(row.loaded);
        all.folds.push((Word::of(&row.text).0 % FOLDS as u64) as usize);
    }
    Ok(all)
}

/// Fits the decision; figures are with folds held out, those of BABE on sentences that no fit has seen.
pub(super) fn fit(
    lexicon: &Lexicon,
    words: &Weights,
    labels: &Path,
    data: &Path,
) -> Result<Fitted, SpanError> {
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let words = Linear::compile(words).map_err(SpanError::Data)?;
    let mut bytes = String::new();
    let mut rows = ticked(&scorer, lexicon, &words, labels, data, &mut bytes)?;
    let ticked = rows.loaded.len();
    if ticked == 0 {
        return Err(SpanError::Data(
            "no article of labels/real_sentences.csv is in the data folder".to_owned(),
        ));
    }
    if let Some(path) = find_to_fit(data, "tone/newssd", "jsonl") {
        let more = alone(&scorer, lexicon, &words, &path)?;
        bytes.extend(more.loaded.iter().map(|l| if *l { '+' } else { '-' }));
        rows.inputs.append(&more.inputs);
        rows.loaded.extend(more.loaded);
        rows.folds.extend(more.folds);
    }
    rows.inputs.prune(LEAST_ROWS);
    let decision = |places: &[usize]| -> Result<Weights, SpanError> {
        let labels: Vec<usize> = places.iter().map(|&p| usize::from(rows.loaded[p])).collect();
        let weights: Vec<f32> =
            places.iter().map(|&p| if rows.loaded[p] { LOADED } else { 1.0 }).collect();
        let solver = SparseLogistic { alpha: ALPHA, ..SparseLogistic::default() };
        let inputs = rows.inputs.select(places);
        let mut fit =
            solver.fit_rows(&inputs, &labels, Some(&weights))?.weights(&inputs, (-1.0, 0.0));
        for table in fit.weights.values_mut() {
            table.retain(|_, row| row[0].abs() >= LEAST_WEIGHT);
        }
        Ok(fit)
    };
    let score = |fit: &Weights, inputs: &SparseRows, place: usize| {
        let weight = |(column, amount): &(u32, f32)| {
            let (template, value) = &inputs.names()[*column as usize];
            let table = fit.weights.get(*template);
            table.and_then(|t| t.get(value)).map_or(0.0, |w| w[0]) * f64::from(*amount)
        };
        let sum = fit.bias[0] + inputs.rows()[place].iter().map(weight).sum::<f64>();
        1.0 / (1.0 + (-sum).exp())
    };
    let mut pairs = vec![(0.0, false); rows.loaded.len()];
    for fold in 0..FOLDS {
        let places: Vec<usize> = (0..pairs.len()).filter(|&p| rows.folds[p] != fold).collect();
        let fit = decision(&places)?;
        for place in (0..pairs.len()).filter(|&p| rows.folds[p] == fold) {
            pairs[place] = (score(&fit, &rows.inputs, place), rows.loaded[place]);
        }
    }
    let mut figures = BTreeMap::new();
    let mut put = |set: &str, pairs: &[(f64, bool)]| {
        let turned: Vec<(f64, bool)> = pairs.iter().map(|(p, y)| (1.0 - p, !y)).collect();
        let f1 = f1_at_half(pairs);
        for (name, value) in [
            ("auc", auc(pairs)),
            ("f1", f1),
            ("macro_f1", f64::midpoint(f1, f1_at_half(&turned))),
            ("calibration_error", calibration_error(pairs)),
        ] {
            figures.insert(format!("{set}: {name}"), (value * 1e4).round() / 1e4);
        }
    };
    put("ticked sentences, outlets held out", &pairs[..ticked]);
    put("newssd_dev, held out", &pairs[ticked..]);
    let all: Vec<usize> = (0..pairs.len()).collect();
    let weights = decision(&all)?;
    let babe = data.join("tone/babe_dev.jsonl");
    if babe.is_file() {
        let rows = alone(&scorer, lexicon, &words, &babe)?;
        let of = |p: usize| (score(&weights, &rows.inputs, p), rows.loaded[p]);
        put("babe_dev, never fitted on", &(0..rows.loaded.len()).map(of).collect::<Vec<_>>());
    }
    Ok(Fitted { weights, figures, ticked, alone: pairs.len() - ticked, bytes })
}

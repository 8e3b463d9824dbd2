//! Fits the stance at a mention on NewsMTSC (Hamborg & Donnay 2021, MIT), and the polarity of words that it looks at.
//!
//! Word vectors carry what is learned of one word over to its like. They are needed in fitting only: a word's weights are
//! linear in its vector, so they are worked out once for each word and the vectors stay at home.

mod data;
mod measure;
mod sharing;
mod words;

use super::error::SpanError;
use super::targets::majority;
use super::vectors::Vectors;
use crate::family::stance::FAMILY;
use crate::family::stance::inputs::{POLAR, TASK, Window};
use crate::family::stance::polarity::{WORDS, WordPolarity};
use crate::family::stance::stem::stem;
use crate::learn::dataset::sha256;
use crate::learn::sparse::{SparseFit, SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Weights};
use crate::mark::STANCES;
use crate::model::{
    FORMAT, Metrics, ModelFile, Payload, Provenance, VERSION, tokenizer_fingerprint,
};
use crate::text::{Document, Span, Word};
use data::{Example, read};
use measure::{bag_of_words, figures, judge, temperature};
use sharing::{SHARED, Sharing, Stems};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use words::{ordinary_words, seeds, word_table};

/// Vectors that are read: the most frequent words.
const VOCABULARY: usize = 60_000;
/// Inputs that fewer rows hold are left out.
const LEAST_ROWS: usize = 3;
/// L2 strength of the decision on a mention.
const ALPHA: f64 = 20.0;
/// Parts of the training set, by article, for out-of-fold figures and the temperature.
const FOLDS: usize = 4;
/// Weights of a word below this in all classes are left out.
const LEAST_WEIGHT: f64 = 0.01;

/// One row for each judged mention.
struct Set {
    rows: SparseRows,
    labels: Vec<usize>,
    folds: Vec<usize>,
}

fn rows(
    examples: &[Example],
    lexicon: &Lexicon,
    polarity: &WordPolarity<'_>,
    stems: &Stems,
) -> Set {
    let mut set = Set { rows: SparseRows::default(), labels: Vec::new(), folds: Vec::new() };
    for example in examples {
        let document = Document::new(&example.text);
        for (span, class) in &example.mentions {
            let Some(window) = window(&document, *span, lexicon, polarity) else { continue };
            let mut sink = Sharing::begin(&mut set.rows, stems);
            window.inputs(*span, &mut sink);
            sink.end();
            set.labels.push(*class);
            set.folds.push(example.fold);
        }
    }
    set
}

pub(super) fn window<'d, 'a>(
    document: &'d Document<'a>,
    span: Span,
    lexicon: &Lexicon,
    polarity: &WordPolarity<'_>,
) -> Option<Window<'d, 'a>> {
    let sentence = document.sentence_at(span.start)?;
    Some(Window::new(document, document.sentences[sentence].tokens(), lexicon, polarity))
}

/// How much each column tells the classes apart: the largest log ratio of its shares inside and outside a class.
/// Sums of vectors and of polarity stay as they are.
fn factors(rows: &SparseRows, labels: &[usize]) -> Vec<f32> {
    let columns = rows.columns();
    let mut sums = vec![[1.0_f64; 3]; columns];
    for (row, label) in rows.rows().iter().zip(labels) {
        for (column, amount) in row {
            sums[*column as usize][*label] += f64::from(*amount);
        }
    }
    let plain = |name: &str| name == POLAR.name || SHARED.iter().any(|(_, t)| t.name == name);
    let totals: [f64; 3] = [0, 1, 2]
        .map(|c| (0..columns).filter(|&k| !plain(rows.names()[k].0)).map(|k| sums[k][c]).sum());
    let all: f64 = totals.iter().sum();
    let ratio = |k: usize, c: usize| {
        let rest: f64 = sums[k].iter().sum::<f64>() - sums[k][c];
        ((sums[k][c] / totals[c]) / (rest / (all - totals[c]))).ln().abs()
    };
    (0..columns)
        .map(|k| {
            if plain(rows.names()[k].0) {
                1.0
            } else {
                (0..3).map(|c| ratio(k, c)).fold(0.0, f64::max) as f32
            }
        })
        .collect()
}

/// Fits the rows at `places` and works the vectors out into weights for each stem of `known`.
fn fit(
    set: &Set,
    places: &[usize],
    stems: &Stems,
    known: &BTreeSet<String>,
) -> Result<Weights, SpanError> {
    let mut rows = set.rows.select(places);
    let labels: Vec<usize> = places.iter().map(|&p| set.labels[p]).collect();
    let factors = factors(&rows, &labels);
    rows.scale(&factors);
    let fitted: SparseFit = SparseLogistic { classes: 3, alpha: ALPHA, iterations: 200 }
        .fit_rows(&rows, &labels, None)?;
    let mut weights = fitted.weights(&rows, (1.0, 0.0));
    for ((template, value), factor) in rows.names().iter().zip(&factors) {
        if let Some(row) =
            weights.weights.get_mut(*template).and_then(|entries| entries.get_mut(value))
        {
            row.iter_mut().for_each(|w| *w *= f64::from(*factor));
        }
    }
    for (template, dimensions) in SHARED {
        let Some(by_dimension) = weights.weights.remove(dimensions.name) else { continue };
        let of_class = |class: usize| -> Vec<f64> {
            (0..stems.dimensions)
                .map(|d| by_dimension.get(&d.to_string()).map_or(0.0, |row| row[class]))
                .collect()
        };
        let by_class = [of_class(0), of_class(1), of_class(2)];
        let entries = weights.weights.entry(template.name.to_owned()).or_default();
        for stem in known {
            let row = entries.entry(stem.clone()).or_insert_with(|| vec![0.0; 3]);
            for (weight, dimensions) in row.iter_mut().zip(&by_class) {
                *weight += stems.product(Word::of(stem), dimensions).unwrap_or(0.0);
            }
        }
    }
    for entries in weights.weights.values_mut() {
        // A softmax sees differences only, so the mean over the classes is noise.
        for row in entries.values_mut() {
            let mean = row.iter().sum::<f64>() / 3.0;
            row.iter_mut().for_each(|w| *w = ((*w - mean) * 1e3).round() / 1e3 + 0.0);
        }
        entries.retain(|_, row| row.iter().any(|w| w.abs() >= LEAST_WEIGHT));
    }
    Ok(weights)
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Fits both on `stance/` of the data folder, with the vectors at `vectors` where given, and says how good they are.
///
/// # Errors
/// When a file cannot be read or does not hold what it should, or a fit fails.
pub fn train(
    data: &Path,
    vectors: Option<&Path>,
    progress: &mut dyn FnMut(&str),
) -> Result<ModelFile, SpanError> {
    let (examples, content) = read(&data.join("stance/newsmtsc_train.jsonl"))?;
    let vectors = vectors.map(|path| Vectors::read(path, VOCABULARY)).transpose()?;
    let lexicon = Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes)?;
    let ordinary = ordinary_words(&examples);
    let words = word_table(&ordinary, &seeds(&lexicon), vectors.as_ref())?;
    let table = Linear::compile(&words).map_err(SpanError::Data)?;
    let polarity = WordPolarity::new(Some(&table));
    let stems = Stems::new(vectors.as_ref());
    let mut buffer = String::new();
    let known: BTreeSet<String> =
        ordinary.iter().map(|w| stem(w, &mut buffer).to_owned()).collect();

    let mut set = rows(&examples, &lexicon, &polarity, &stems);
    set.rows.prune(LEAST_ROWS);
    progress(&format!(
        "{} mentions, {} columns, {} words",
        set.labels.len(),
        set.rows.columns(),
        ordinary.len()
    ));

    let mut apart = Vec::new();
    for fold in 0..FOLDS {
        let places: Vec<usize> = (0..set.labels.len()).filter(|&p| set.folds[p] != fold).collect();
        let linear =
            Linear::compile(&fit(&set, &places, &stems, &known)?).map_err(SpanError::Data)?;
        let held = examples.iter().filter(|e| e.fold == fold);
        apart.extend(judge(held, &lexicon, &polarity, &linear));
        progress(&format!("fold {} of {FOLDS}", fold + 1));
    }
    let factor = temperature(&apart);
    let out_of_fold = figures(&apart, factor);

    let all: Vec<usize> = (0..set.labels.len()).collect();
    let mut weights = fit(&set, &all, &stems, &known)?;
    weights.calibration = (factor, 0.0);
    let mut other = BTreeMap::new();
    if let Ok((dev, _)) = read(&data.join("stance/newsmtsc_mt_dev.jsonl")) {
        let linear = Linear::compile(&weights).map_err(SpanError::Data)?;
        let judged = judge(&dev, &lexicon, &polarity, &linear);
        let figures = figures(&judged, factor);
        other.insert("newsmtsc_mt_dev_macro_f1".to_owned(), round(figures.macro_f1));
        other.insert("newsmtsc_mt_dev_accuracy".to_owned(), round(figures.accuracy));
        other.insert(
            "newsmtsc_mt_dev_calibration_error".to_owned(),
            round(figures.calibration_error),
        );
        other.insert("newsmtsc_mt_dev_mentions".to_owned(), judged.len() as f64);
    }
    for (name, value) in &other {
        progress(&format!("{name} {value}"));
    }
    let counts: Vec<usize> =
        (0..3).map(|c| set.labels.iter().filter(|l| **l == c).count()).collect();
    let mut data = vec!["NewsMTSC, training part (MIT): stance/newsmtsc_train.jsonl".to_owned()];
    if vectors.is_some() {
        data.push(
            "word vectors GloVe 6B, 50 numbers (PDDL), for sharing weights between like words"
                .to_owned(),
        );
    }
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "stance-spans-1".to_owned(),
        axis: "stance-spans".to_owned(),
        classes: STANCES.iter().map(|s| (*s).to_owned()).collect(),
        schema: String::new(),
        lexicons: String::new(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data,
            data_sha256: sha256([content.as_bytes()]),
            rows: STANCES.iter().zip(&counts).map(|(s, n)| ((*s).to_owned(), *n)).collect(),
            split: format!("{FOLDS} folds by article"),
            seed: 0,
            command: "newsgauge train stance-spans --data DIR --vectors FILE".to_owned(),
        },
        metrics: Metrics {
            macro_f1: round(out_of_fold.macro_f1),
            macro_f1_interval: (round(out_of_fold.interval.0), round(out_of_fold.interval.1)),
            accuracy: round(out_of_fold.accuracy),
            calibration_error: round(out_of_fold.calibration_error),
            confusion: out_of_fold.confusion,
            majority_macro_f1: round(majority([counts[0], counts[1], counts[2]])),
            bag_of_words_macro_f1: round(bag_of_words(&examples)?),
            other,
        },
        payload: Payload::Linear(BTreeMap::from([
            (TASK.to_owned(), weights),
            (WORDS.to_owned(), words),
        ])),
    })
}

#[cfg(test)]
mod tests;

//! Fits the loaded-language decisions: a weight for each word, and a probability for each sentence.
//!
//! No text with labels says which *words* are loaded, so the words' weights start from the hand-made list alone: a
//! logistic regression on word vectors tells the listed words from the plain ones and from words at large, and its
//! probability is the weight of every word that the vectors know. Only the sentence decision is fitted on labelled
//! sentences. BABE and PTC, which judge the result, are not read here.

use super::vectors::{VectorError, Vectors};
use crate::family::FAMILIES;
use crate::family::tone::{LEARNED, Loads, OWN, Pools, SENTENCE, WORDS, class};
use crate::learn::sparse::{SparseError, SparseFit, SparseLogistic, SparseRows};
use crate::lexicon::{Lexicon, LexiconError};
use crate::linear::{Linear, Sink, Template, Weights};
use crate::model::{BUILTIN, FORMAT, Metrics, ModelError, ModelFile, Payload, Provenance, VERSION, lexicon_fingerprint, tokenizer_fingerprint};
use crate::text::{Document, Kind, Word};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Name and axis of the model.
const ID: &str = "loaded-spans-1";
const AXIS: &str = "loaded-spans";

/// Vectors that are read: the most frequent words.
const VOCABULARY: usize = 60_000;
/// Words at large are drawn from these, the most frequent.
const FREQUENT: usize = 30_000;
/// How many of them.
const AT_LARGE: usize = 4_000;
/// Weight of a row: words at large hold loaded words too, so they count little; plain ones are sure.
const ROW_WEIGHTS: (f32, f32, f32) = (1.0, 3.0, 0.3);
/// L2 strength of the fit over vectors.
const WORD_ALPHA: f64 = 1.0 / 3.0;
/// Learned weights below this are left out.
const LEAST: f64 = 0.25;
/// Least weight that a listed word has in the model.
const DIMENSION: Template = Template::new("dimension");

/// What keeps the model from being fitted.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The data cannot be read.
    #[error("{path}: {message}")]
    Data {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// The vectors cannot be read.
    #[error(transparent)]
    Vectors(#[from] VectorError),
    /// The tone family's list does not hold.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The program's own model, from which words are taken when no vectors are given.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A fit failed.
    #[error(transparent)]
    Fit(#[from] SparseError),
    /// There is nothing to take the words' weights from, or a fit gave no usable weights.
    #[error("{0}")]
    Words(String),
}

#[derive(Deserialize)]
struct Row {
    text: String,
    loaded: bool,
}

/// Fits the model on `tone/wikipedia_npov_train.jsonl` of the data folder. Without `vectors` (a text file of word
/// vectors) the words keep the weights that the program has, and only the sentence decision is fitted.
///
/// # Errors
/// When a file cannot be read or does not hold what it should, or a fit fails.
pub fn train(data: &Path, vectors: Option<&Path>, progress: &mut dyn FnMut(&str)) -> Result<ModelFile, TrainError> {
    let family = FAMILIES.iter().find(|f| f.name == "tone").ok_or_else(|| TrainError::Words("no tone family".to_owned()))?;
    let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes)?;
    let words = match vectors {
        Some(path) => {
            progress("fitting the words' weights on vectors");
            spread(&lexicon, &Vectors::read(path, VOCABULARY)?)?
        }
        None => builtin_words()?,
    };
    let counts: BTreeMap<String, usize> = words.weights.iter().map(|(template, entries)| (format!("words: {template}"), entries.len())).collect();
    for (name, count) in &counts {
        progress(&format!("{name} {count}"));
    }
    let linear = Linear::compile(&words).map_err(TrainError::Words)?;

    let path = data.join("tone/wikipedia_npov_train.jsonl");
    let (examples, bytes) = examples(&path)?;
    let mut rows = SparseRows::default();
    for example in &examples {
        rows.begin();
        whole(&lexicon, &linear, &example.text).put(&mut rows);
    }
    let labels: Vec<usize> = examples.iter().map(|e| usize::from(e.loaded)).collect();
    let fit = SparseLogistic { alpha: 1.0, ..SparseLogistic::default() }.fit_rows(&rows, &labels, None)?;
    progress(&format!("sentence decision: {} rows, gradient {:.1e}", labels.len(), fit.gradient));
    let sentence = fit.weights(&rows, (-1.0, 0.0));

    let mut rows_by_class = counts;
    rows_by_class.insert("sentences: loaded".to_owned(), labels.iter().sum());
    rows_by_class.insert("sentences: plain".to_owned(), labels.len() - labels.iter().sum::<usize>());
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: ID.to_owned(),
        axis: AXIS.to_owned(),
        classes: vec!["plain".to_owned(), "loaded".to_owned()],
        schema: String::new(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: vec!["src/family/tone/lexicon.toml".to_owned()],
            data_sha256: hex(&bytes),
            rows: rows_by_class,
            split: String::new(),
            seed: 0,
            command: String::new(),
        },
        metrics: Metrics::default(),
        payload: Payload::Linear(BTreeMap::from([(WORDS.to_owned(), words), (SENTENCE.to_owned(), sentence)])),
    })
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn examples(path: &Path) -> Result<(Vec<Row>, Vec<u8>), TrainError> {
    let wrong = |message: String| TrainError::Data { path: path.display().to_string(), message };
    let bytes = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let lines = bytes.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()).enumerate();
    let rows = lines.map(|(index, line)| serde_json::from_slice(line).map_err(|e| wrong(format!("line {}: {e}", index + 1)))).collect::<Result<_, _>>()?;
    Ok((rows, bytes))
}

/// The heaviest pools among the sentences of a text that is meant as one.
fn whole(lexicon: &Lexicon, words: &Linear, text: &str) -> Pools {
    let document = Document::new(text);
    let loads = Loads::measure(&document, lexicon, Some(words));
    let pools = document.sentences.iter().map(|s| Pools::of(&document, &loads, s));
    pools.max_by(|a, b| a.norm.total_cmp(&b.norm)).unwrap_or_default()
}

/// Words of the hand-made list: loaded ones with their weights, plain ones.
fn listed(lexicon: &Lexicon) -> (BTreeMap<String, f64>, BTreeSet<String>) {
    let (mut loaded, mut plain) = (BTreeMap::new(), BTreeSet::new());
    for (index, entry) in lexicon.entries.iter().enumerate() {
        for form in entry.form.split('|').filter(|form| is_word(form)) {
            match lexicon.class(index) {
                class::NAMING => {}
                class::PLAIN => drop(plain.insert(form.to_owned())),
                _ => drop(loaded.insert(form.to_owned(), entry.weight)),
            }
        }
    }
    (loaded, plain)
}

/// One token of letters, as the tokenizer sees it.
fn is_word(form: &str) -> bool {
    let document = Document::new(form);
    document.tokens.len() == 1 && document.tokens[0].kind == Kind::Word && document.tokens[0].span.len() == form.len() && form.len() > 1
}

/// Weights of words: a logistic regression on their vectors, listed ones against plain ones and words at large.
fn spread(lexicon: &Lexicon, vectors: &Vectors) -> Result<Weights, TrainError> {
    let (loaded, plain) = listed(lexicon);
    let usable: Vec<usize> = (0..vectors.words.len()).filter(|&i| is_word(&vectors.words[i])).collect();
    let mut large: Vec<usize> = usable
        .iter()
        .copied()
        .filter(|&i| i < FREQUENT && !loaded.contains_key(&vectors.words[i]) && !plain.contains(&vectors.words[i]))
        .collect();
    // The order of hashes is as good as chance, and the same on every machine.
    large.sort_by_key(|&i| Word::of(&vectors.words[i]).0);
    large.truncate(AT_LARGE);
    let (mut rows, mut labels, mut weights) = (SparseRows::default(), Vec::new(), Vec::new());
    let mut put = |row: &[f32], label: usize, weight: f32| {
        dimensions(&mut rows, row);
        labels.push(label);
        weights.push(weight);
    };
    for (word, row) in vectors.words.iter().zip(&vectors.rows) {
        if loaded.contains_key(word) {
            put(row, 1, ROW_WEIGHTS.0);
        } else if plain.contains(word) {
            put(row, 0, ROW_WEIGHTS.1);
        }
    }
    for index in large {
        put(&vectors.rows[index], 0, ROW_WEIGHTS.2);
    }
    let fit = SparseLogistic { alpha: WORD_ALPHA, ..SparseLogistic::default() }.fit_rows(&rows, &labels, Some(&weights))?;
    let (mut own, mut learned) = (BTreeMap::new(), BTreeMap::new());
    for index in usable {
        let word = &vectors.words[index];
        let weight = (probability(&fit, &vectors.rows[index]) * 100.0).round() / 100.0;
        if loaded.contains_key(word) {
            own.insert(word.clone(), vec![weight]);
        } else if weight >= LEAST && !plain.contains(word) {
            learned.insert(word.clone(), vec![weight]);
        }
    }
    Ok(Weights { bias: vec![0.0], weights: BTreeMap::from([(OWN.name.to_owned(), own), (LEARNED.name.to_owned(), learned)]), calibration: (-1.0, 0.0) })
}

fn dimensions(rows: &mut SparseRows, vector: &[f32]) {
    rows.begin();
    for (index, value) in vector.iter().enumerate() {
        let name = index.to_string();
        rows.put(DIMENSION, Word::of(&name), f64::from(*value), || name.clone());
    }
}

fn probability(fit: &SparseFit, vector: &[f32]) -> f64 {
    // Columns stand in the order of dimensions: the first row met them so.
    let row: Vec<(u32, f32)> = vector.iter().enumerate().map(|(index, value)| (index as u32, *value)).collect();
    1.0 / (1.0 + (-fit.scores(&row)[0]).exp())
}

/// The words' weights as the program has them.
fn builtin_words() -> Result<Weights, TrainError> {
    for (name, bytes) in BUILTIN {
        if let Payload::Linear(mut tasks) = ModelFile::parse(name, bytes.as_bytes())?.payload
            && let Some(words) = tasks.remove(WORDS)
        {
            return Ok(words);
        }
    }
    Err(TrainError::Words("the program holds no weights of words; give a file of word vectors".to_owned()))
}

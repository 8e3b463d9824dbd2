//! Fits the stance at a mention on NewsMTSC (Hamborg & Donnay 2021, MIT), and the polarity of words that it looks at.
//!
//! Word vectors carry what is learned of one word over to its like. They are needed in fitting only: a word's weights are
//! linear in its vector, so they are worked out once for each word and the vectors stay at home.

use super::error::SpanError;
use super::targets::{calibration_error, interval, macro_f1, majority};
use super::vectors::Vectors;
use crate::family::stance::FAMILY;
use crate::family::stance::inputs::{LEFT, NEAR, POLAR, RIGHT, TASK, Window};
use crate::family::stance::polarity::{WORD, WORDS, WordPolarity, sign};
use crate::family::stance::stem::stem;
use crate::learn::sparse::{SparseFit, SparseLogistic, SparseRows};
use crate::lexicon::{Lexicon, WordMap};
use crate::linear::{Linear, Sink, Template, Weights, softmax};
use crate::mark::STANCES;
use crate::model::{FORMAT, Metrics, ModelFile, Payload, Provenance, VERSION, tokenizer_fingerprint};
use crate::text::{Case, Document, Kind, Span, Word};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Vectors that are read: the most frequent words.
const VOCABULARY: usize = 60_000;
/// Inputs that fewer rows hold are left out.
const LEAST_ROWS: usize = 3;
/// L2 strength of the decision on a mention.
const ALPHA: f64 = 20.0;
/// L2 strength of the fit of word polarity over vectors.
const WORD_ALPHA: f64 = 0.1;
/// Parts of the training set, by article, for out-of-fold figures and the temperature.
const FOLDS: usize = 4;
/// Weights of a word below this in all classes are left out.
const LEAST_WEIGHT: f64 = 0.01;
/// Words that the training texts hold fewer times are left out of the model: they would double its size.
const LEAST_SEEN: usize = 2;
/// Words without a meaning of their own; no vector is shared for them.
const FUNCTION_WORDS: &str = "the a an of to in and or on at for by with from is was were are be as that it he she they his her this i you we not but had has have who which t n o s";

const DIMENSION: Template = Template::new("dimension");
/// Columns of the summed vectors, one template a side.
const SHARED: [(Template, Template); 3] =
    [(LEFT, Template::new("left-dimension")), (RIGHT, Template::new("right-dimension")), (NEAR, Template::new("near-dimension"))];

#[derive(Deserialize)]
struct Row {
    text: String,
    article: String,
    targets: Vec<RowTarget>,
}

/// Offsets count characters, as Python does.
#[derive(Deserialize)]
struct RowTarget {
    start: usize,
    end: usize,
    stance: String,
}

/// A sentence with its judged mentions, in bytes.
struct Example {
    text: String,
    fold: usize,
    article: String,
    mentions: Vec<(Span, usize)>,
}

fn read(path: &Path) -> Result<(Vec<Example>, String), SpanError> {
    let content = std::fs::read_to_string(path).map_err(SpanError::io(path))?;
    let mut out = Vec::new();
    for (number, line) in content.lines().enumerate() {
        let wrong = |message: String| SpanError::line(path, number + 1, message);
        let row: Row = serde_json::from_str(line).map_err(|e| wrong(e.to_string()))?;
        let byte = |characters: usize| row.text.char_indices().nth(characters).map_or(row.text.len(), |(at, _)| at);
        let mut mentions = Vec::new();
        for target in &row.targets {
            let class = STANCES.iter().position(|s| *s == target.stance);
            let class = class.ok_or_else(|| wrong(format!("stance {:?} is none of {}", target.stance, STANCES.join(", "))))?;
            mentions.push((Span::new(byte(target.start), byte(target.end)), class));
        }
        let fold = (Word::of(&row.article).0 % FOLDS as u64) as usize;
        out.push(Example { text: row.text, fold, article: row.article, mentions });
    }
    Ok((out, content))
}

/// Vectors by stem, each the mean over its words, the frequent ones first.
struct Stems {
    rows: WordMap<Vec<f32>>,
    dimensions: usize,
}

impl Stems {
    fn new(vectors: Option<&Vectors>) -> Self {
        let mut sums: BTreeMap<String, Vec<f32>> = BTreeMap::new();
        let skipped: BTreeSet<&str> = FUNCTION_WORDS.split_whitespace().collect();
        let mut buffer = String::new();
        let dimensions = vectors.and_then(|v| v.rows.first()).map_or(0, Vec::len);
        for (rank, (word, row)) in vectors.iter().flat_map(|v| v.words.iter().zip(&v.rows)).enumerate() {
            if word.bytes().all(|b| b.is_ascii_lowercase()) && !skipped.contains(word.as_str()) {
                let sum = sums.entry(stem(word, &mut buffer).to_owned()).or_insert_with(|| vec![0.0; dimensions]);
                let share = 1.0 / (rank as f32 + 50.0);
                sum.iter_mut().zip(row).for_each(|(s, v)| *s += share * v);
            }
        }
        let mut rows = WordMap::default();
        for (stem, mut sum) in sums {
            let length = sum.iter().map(|v| v * v).sum::<f32>().sqrt();
            sum.iter_mut().for_each(|v| *v /= length);
            rows.insert(Word::of(&stem), sum);
        }
        Stems { rows, dimensions }
    }

    fn product(&self, stem: Word, weights: &[f64]) -> Option<f64> {
        self.rows.get(&stem).map(|row| row.iter().zip(weights).map(|(v, w)| f64::from(*v) * w).sum())
    }
}

/// Takes the inputs of a row, and sums the vectors of the words that come with a distance.
struct Sharing<'s> {
    rows: &'s mut SparseRows,
    stems: &'s Stems,
    sums: [Vec<f64>; 3],
}

impl<'s> Sharing<'s> {
    fn begin(rows: &'s mut SparseRows, stems: &'s Stems) -> Self {
        rows.begin();
        let empty = || vec![0.0; stems.dimensions];
        Sharing { rows, stems, sums: [empty(), empty(), empty()] }
    }

    fn end(self) {
        for ((_, template), sums) in SHARED.iter().zip(&self.sums) {
            for (dimension, sum) in sums.iter().enumerate().filter(|(_, s)| **s != 0.0) {
                let name = dimension.to_string();
                self.rows.put(*template, Word::of(&name), *sum, || name.clone());
            }
        }
    }
}

impl Sink for Sharing<'_> {
    fn put(&mut self, template: Template, value: Word, amount: f64, form: impl FnOnce() -> String) {
        self.rows.put(template, value, amount, form);
        if let Some(side) = SHARED.iter().position(|(t, _)| t.name == template.name)
            && let Some(vector) = self.stems.rows.get(&value)
        {
            self.sums[side].iter_mut().zip(vector).for_each(|(s, v)| *s += amount * f64::from(*v));
        }
    }
}

/// Words that the training texts write without a capital, away from the start of a sentence, more often than with one.
fn ordinary_words(examples: &[Example]) -> BTreeSet<String> {
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
    counts.into_iter().filter(|(_, (lower, capital))| *lower >= LEAST_SEEN && lower > capital).map(|(word, _)| word).collect()
}

/// The listed words that are one word each, with their sign.
fn seeds(lexicon: &Lexicon) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        for form in entry.form.split('|').filter(|f| f.bytes().all(|b| b.is_ascii_lowercase())) {
            out.insert(form.to_owned(), sign(lexicon.class(index)));
        }
    }
    out
}

/// The table of word polarity: what tells the listed good words from the bad ones in their vectors, said of all ordinary words.
fn word_table(ordinary: &BTreeSet<String>, seeds: &BTreeMap<String, f64>, vectors: Option<&Vectors>) -> Result<Weights, SpanError> {
    let mut values: BTreeMap<String, f64> = ordinary.iter().map(|w| (w.clone(), seeds.get(w).copied().unwrap_or(0.0))).collect();
    if let Some(vectors) = vectors {
        let mut rows = SparseRows::default();
        let put = |rows: &mut SparseRows, row: &[f32]| {
            rows.begin();
            for (dimension, value) in row.iter().enumerate() {
                let name = dimension.to_string();
                rows.put(DIMENSION, Word::of(&name), f64::from(*value), || name.clone());
            }
        };
        let listed: Vec<(f64, &Vec<f32>)> =
            vectors.words.iter().zip(&vectors.rows).filter_map(|(w, row)| seeds.get(w).map(|sign| (*sign, row))).collect();
        let labels: Vec<usize> = listed.iter().map(|(sign, _)| usize::from(*sign > 0.0)).collect();
        listed.iter().for_each(|(_, row)| put(&mut rows, row));
        let good = labels.iter().sum::<usize>() as f32;
        let all = labels.len() as f32;
        let weights: Vec<f32> = labels.iter().map(|l| if *l == 1 { all / (2.0 * good) } else { all / (2.0 * (all - good)) }).collect();
        let fit = SparseLogistic { alpha: WORD_ALPHA, ..SparseLogistic::default() }.fit_rows(&rows, &labels, Some(&weights))?;
        for (word, row) in vectors.words.iter().zip(&vectors.rows) {
            if let Some(value) = values.get_mut(word) {
                let row: Vec<(u32, f32)> = row.iter().enumerate().map(|(d, v)| (d as u32, *v)).collect();
                *value = (fit.scores(&row)[0] / 2.0).tanh();
            }
        }
    }
    let table = values.into_iter().map(|(word, value)| (word, vec![(value * 100.0).round() / 100.0])).collect();
    Ok(Weights { bias: vec![0.0], weights: BTreeMap::from([(WORD.name.to_owned(), table)]), calibration: (1.0, 0.0) })
}

/// One row for each judged mention.
struct Set {
    rows: SparseRows,
    labels: Vec<usize>,
    folds: Vec<usize>,
}

fn rows(examples: &[Example], lexicon: &Lexicon, polarity: &WordPolarity<'_>, stems: &Stems) -> Set {
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

fn window<'d, 'a>(document: &'d Document<'a>, span: Span, lexicon: &Lexicon, polarity: &WordPolarity<'_>) -> Option<Window<'d, 'a>> {
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
    let totals: [f64; 3] = [0, 1, 2].map(|c| (0..columns).filter(|&k| !plain(rows.names()[k].0)).map(|k| sums[k][c]).sum());
    let all: f64 = totals.iter().sum();
    let ratio = |k: usize, c: usize| {
        let rest: f64 = sums[k].iter().sum::<f64>() - sums[k][c];
        ((sums[k][c] / totals[c]) / (rest / (all - totals[c]))).ln().abs()
    };
    (0..columns).map(|k| if plain(rows.names()[k].0) { 1.0 } else { (0..3).map(|c| ratio(k, c)).fold(0.0, f64::max) as f32 }).collect()
}

/// Fits the rows at `places` and works the vectors out into weights for each stem of `known`.
fn fit(set: &Set, places: &[usize], stems: &Stems, known: &BTreeSet<String>) -> Result<Weights, SpanError> {
    let mut rows = set.rows.select(places);
    let labels: Vec<usize> = places.iter().map(|&p| set.labels[p]).collect();
    let factors = factors(&rows, &labels);
    rows.scale(&factors);
    let fitted: SparseFit = SparseLogistic { classes: 3, alpha: ALPHA, iterations: 200 }.fit_rows(&rows, &labels, None)?;
    let mut weights = fitted.weights(&rows, (1.0, 0.0));
    for ((template, value), factor) in rows.names().iter().zip(&factors) {
        if let Some(row) = weights.weights.get_mut(*template).and_then(|entries| entries.get_mut(value)) {
            row.iter_mut().for_each(|w| *w *= f64::from(*factor));
        }
    }
    for (template, dimensions) in SHARED {
        let Some(by_dimension) = weights.weights.remove(dimensions.name) else { continue };
        let of_class =
            |class: usize| -> Vec<f64> { (0..stems.dimensions).map(|d| by_dimension.get(&d.to_string()).map_or(0.0, |row| row[class])).collect() };
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

/// Macro-F1, out of fold, of a bag of the sentence's words: the baseline that knows of no target.
fn bag_of_words(examples: &[Example]) -> Result<f64, SpanError> {
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
        let fit = SparseLogistic { classes: 3, alpha: ALPHA, iterations: 100 }.fit_rows(&rows.select(&places), &known, None)?;
        for place in (0..labels.len()).filter(|&p| folds[p] == fold) {
            let scores = fit.scores(&rows.rows()[place]);
            confusion[labels[place]][best(&[scores[0], scores[1], scores[2]])] += 1;
        }
    }
    Ok(macro_f1(&confusion))
}

/// A judged mention: raw sums, and the class that is right.
struct Judged {
    sums: [f64; 3],
    class: usize,
    article: u64,
}

impl Judged {
    fn probabilities(&self, factor: f64) -> [f64; 3] {
        softmax(self.sums.map(|s| s * factor))
    }
}

fn judge<'e>(examples: impl IntoIterator<Item = &'e Example>, lexicon: &Lexicon, polarity: &WordPolarity<'_>, linear: &Linear) -> Vec<Judged> {
    let mut out = Vec::new();
    for example in examples {
        let document = Document::new(&example.text);
        for (span, class) in &example.mentions {
            let mut score = linear.start();
            if let Some(window) = window(&document, *span, lexicon, polarity) {
                window.inputs(*span, &mut score);
            }
            let sums = score.sums();
            out.push(Judged { sums: [sums[0], sums[1], sums[2]], class: *class, article: Word::of(&example.article).0 });
        }
    }
    out
}

/// The factor on the sums under which the right classes are most probable, by golden section.
fn temperature(judged: &[Judged]) -> f64 {
    let loss = |factor: f64| -> f64 { judged.iter().map(|j| -j.probabilities(factor)[j.class].max(1e-12).ln()).sum() };
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.1, 4.0);
    for _ in 0..40 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if loss(a) < loss(b) { high = b } else { low = a }
    }
    (((low + high) / 2.0) * 1e3).round() / 1e3
}

/// Figures over judged mentions.
struct Figures {
    macro_f1: f64,
    /// Articles drawn with replacement.
    interval: (f64, f64),
    accuracy: f64,
    calibration_error: f64,
    confusion: Vec<Vec<usize>>,
}

fn best(probabilities: &[f64; 3]) -> usize {
    (1..3).fold(0, |best, c| if probabilities[c] > probabilities[best] { c } else { best })
}

fn figures(judged: &[Judged], factor: f64) -> Figures {
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
        calibration_error: calibration_error(judged.iter().map(|j| (j.probabilities(factor), j.class))),
        confusion: confusion.iter().map(|row| row.to_vec()).collect(),
    }
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Fits both on `stance/` of the data folder, with the vectors at `vectors` where given, and says how good they are.
///
/// # Errors
/// When a file cannot be read or does not hold what it should, or a fit fails.
pub fn train(data: &Path, vectors: Option<&Path>, progress: &mut dyn FnMut(&str)) -> Result<ModelFile, SpanError> {
    let (examples, content) = read(&data.join("stance/newsmtsc_train.jsonl"))?;
    let vectors = vectors.map(|path| Vectors::read(path, VOCABULARY)).transpose()?;
    let lexicon = Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes)?;
    let ordinary = ordinary_words(&examples);
    let words = word_table(&ordinary, &seeds(&lexicon), vectors.as_ref())?;
    let table = Linear::compile(&words).map_err(SpanError::Data)?;
    let polarity = WordPolarity::new(Some(&table));
    let stems = Stems::new(vectors.as_ref());
    let mut buffer = String::new();
    let known: BTreeSet<String> = ordinary.iter().map(|w| stem(w, &mut buffer).to_owned()).collect();

    let mut set = rows(&examples, &lexicon, &polarity, &stems);
    set.rows.prune(LEAST_ROWS);
    progress(&format!("{} mentions, {} columns, {} words", set.labels.len(), set.rows.columns(), ordinary.len()));

    let mut apart = Vec::new();
    for fold in 0..FOLDS {
        let places: Vec<usize> = (0..set.labels.len()).filter(|&p| set.folds[p] != fold).collect();
        let linear = Linear::compile(&fit(&set, &places, &stems, &known)?).map_err(SpanError::Data)?;
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
        other.insert("newsmtsc_mt_dev_calibration_error".to_owned(), round(figures.calibration_error));
        other.insert("newsmtsc_mt_dev_mentions".to_owned(), judged.len() as f64);
    }
    for (name, value) in &other {
        progress(&format!("{name} {value}"));
    }
    let counts: Vec<usize> = (0..3).map(|c| set.labels.iter().filter(|l| **l == c).count()).collect();
    let mut data = vec!["NewsMTSC, training part (MIT): stance/newsmtsc_train.jsonl".to_owned()];
    if vectors.is_some() {
        data.push("word vectors GloVe 6B, 50 numbers (PDDL), for sharing weights between like words".to_owned());
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
            data_sha256: Sha256::digest(content.as_bytes()).iter().map(|b| format!("{b:02x}")).collect(),
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
        payload: Payload::Linear(BTreeMap::from([(TASK.to_owned(), weights), (WORDS.to_owned(), words)])),
    })
}

#[cfg(test)]
mod tests;

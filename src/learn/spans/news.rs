//! How good the hedging decisions are on newswire that no fit has seen.

use super::examples::Example;
use super::measure::{auc, calibration_error, f1, f1_at_half};
use super::szeged::Sentence;
use crate::family::hedging::{MARKED, by_sentence, hedged, is_hedge};
use crate::lexicon::Lexicon;
use crate::linear::Linear;
use std::collections::BTreeMap;

/// Figures by name. A sentence is as hedged as its most hedged part, and cues are compared exactly.
pub(super) fn measure_news(
    lexicon: &Lexicon,
    news: &[Sentence],
    cues: &Linear,
    sentences: &Linear,
) -> BTreeMap<String, f64> {
    let (mut right, mut predicted, mut there) = (0, 0, 0);
    let (mut pairs, mut probabilities) = (Vec::new(), Vec::new());
    for row in news {
        let example = Example::new(lexicon, 0, row);
        let judged = example.judged(lexicon, cues);
        there += example.cues;
        let mut strongest = hedged(lexicon, Some(sentences), &[], example.document.tokens.len());
        let mut at = 0;
        for (index, chunk) in by_sentence(&example.document, &example.hits) {
            let part = &judged[at..at + chunk.len()];
            at += chunk.len();
            strongest = strongest.max(hedged(
                lexicon,
                Some(sentences),
                part,
                example.document.sentences[index].tokens().len(),
            ));
        }
        for ((one, hit), is_right) in judged.iter().zip(&example.hits).zip(&example.right) {
            if is_hedge(lexicon.class(hit.entry)) {
                probabilities.push((one.probability, *is_right));
                predicted += usize::from(one.probability >= MARKED);
                right += usize::from(one.probability >= MARKED && *is_right);
            }
        }
        pairs.push((strongest, row.uncertain));
    }
    BTreeMap::from([
        ("factbank_dev_sentence_f1".to_owned(), f1_at_half(&pairs)),
        ("factbank_dev_sentence_auc".to_owned(), auc(&pairs)),
        ("factbank_dev_sentence_calibration_error".to_owned(), calibration_error(&pairs)),
        ("factbank_dev_cue_f1".to_owned(), f1(right, predicted, there)),
        ("factbank_dev_cue_calibration_error".to_owned(), calibration_error(&probabilities)),
    ])
}

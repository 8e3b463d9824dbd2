//! How probable "loaded" is at a sentence's pooled weight: a logistic curve over the project's own labelled sentences.
//!
//! Only sentences in the article's own voice are taken: the labels judge the own voice, the weights all words, so that a
//! loaded quotation would be a row with the wrong label.

use super::super::error::SpanError;
use super::{Row, heaviest};
use crate::family::tone::{POOL, Pools};
use crate::learn::dataset::Corpus;
use crate::learn::error::LearnError;
use crate::learn::labels::Labels;
use crate::learn::parallel;
use crate::learn::sparse::{SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Sink, Weights};
use crate::model::ModelSet;
use crate::score::{Options, Scorer};
use crate::text::{Span, Word};
use std::path::Path;

/// L2 strength of two numbers on hundreds of rows: as good as none.
const ALPHA: f64 = 0.001;
/// Slope and shift are rounded to a twentieth, so that a sentence more or less in the own voice changes little.
const STEPS: f64 = 20.0;

/// Labelled sentences of the corpus that the extractor in use finds to be the article's own.
///
/// # Errors
/// Faults of the labels or the corpus.
pub(super) fn sentences(labels: &Path, corpus: &Path) -> Result<Vec<Row>, SpanError> {
    let told = |e: LearnError| SpanError::Data(e.to_string());
    let corpus = Corpus::read(corpus).map_err(told)?;
    let labels = Labels::read(labels, &corpus).map_err(told)?;
    let models = ModelSet::builtin_spans().map_err(|e| SpanError::Data(e.to_string()))?;
    let scorer =
        Scorer::new(models, Options::default()).map_err(|e| SpanError::Data(e.to_string()))?;
    let attributed: Vec<Vec<(Span, bool)>> = parallel::map(&corpus.articles, |a| {
        let article = a.article();
        let scored = scorer.score(&article);
        scored
            .document
            .sentences
            .iter()
            .zip(&scored.marks.sentences)
            .map(|(s, score)| (s.span, score.attributed))
            .collect()
    });
    let own = labels.sentences.iter().filter(|l| {
        !attributed[l.article].iter().any(|(span, attributed)| *attributed && span.overlaps(l.span))
    });
    Ok(own
        .map(|l| Row {
            text: l.span.slice(&corpus.articles[l.article].text).to_owned(),
            loaded: l.loaded.label,
        })
        .collect())
}

/// Slope and shift in the form of a model file: `p = 1 / (1 + exp(slope * score + shift))`.
///
/// # Errors
/// When the fit fails, or loaded sentences do not score higher.
pub(super) fn fit(
    rows: &[Row],
    lexicon: &Lexicon,
    words: &Weights,
    pooling: &Weights,
) -> Result<(f64, f64), SpanError> {
    let words = Linear::compile(words).map_err(SpanError::Data)?;
    let pooling = &pooling.weights[POOL.name];
    let score = |pools: &Pools| {
        pools
            .named()
            .iter()
            .map(|(name, value)| pooling.get(*name).map_or(0.0, |w| w[0]) * value)
            .sum::<f64>()
    };
    let mut sparse = SparseRows::default();
    for row in rows {
        sparse.begin();
        sparse.put(POOL, Word::of("score"), score(&heaviest(lexicon, &words, &row.text)), || {
            "score".to_owned()
        });
    }
    let labels: Vec<usize> = rows.iter().map(|row| usize::from(row.loaded)).collect();
    let fit = SparseLogistic { alpha: ALPHA, ..SparseLogistic::default() }
        .fit_rows(&sparse, &labels, None)?;
    let bias = fit.scores(&[])[0];
    let slope = fit.scores(&[(0, 1.0)])[0] - bias;
    if slope <= 0.0 {
        return Err(SpanError::Data(
            "own sentences that are loaded score no higher than the others".to_owned(),
        ));
    }
    let round = |v: f64| (v * STEPS).round() / STEPS;
    Ok((round(-slope), round(-bias)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::FAMILIES;
    use crate::learn::spans::loaded::{builtin_words, by_hand};

    #[test]
    fn the_curve_lies_where_the_labels_turn() {
        let family = FAMILIES.iter().find(|f| f.name == "tone").unwrap();
        let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes).unwrap();
        let words = builtin_words().unwrap();
        let row = |text: &str, loaded| Row { text: text.to_owned(), loaded };
        let plain = "The council met on Monday and went through the list.";
        let loaded = "The disgraceful thugs brazenly lied about their shameful and vile scheme.";
        // Plain sentences are never loaded, the others nine times in ten.
        let rows: Vec<Row> = (0..40)
            .map(|i| if i % 2 == 0 { row(plain, i == 0) } else { row(loaded, i != 1 && i != 3) })
            .collect();
        let calibration = fit(&rows, &lexicon, &words, &by_hand((-1.0, 0.0))).unwrap();
        let weights = by_hand(calibration);
        let linear = Linear::compile(&weights).unwrap();
        let p = |text: &str| {
            heaviest(&lexicon, &Linear::compile(&words).unwrap(), text).probability(Some(&linear))
        };
        assert!(
            (p(plain) - 0.05).abs() < 0.03 && (p(loaded) - 0.9).abs() < 0.05,
            "{} {} {calibration:?}",
            p(plain),
            p(loaded)
        );
        let turned: Vec<Row> = rows.iter().map(|r| row(&r.text, !r.loaded)).collect();
        assert!(fit(&turned, &lexicon, &words, &by_hand((-1.0, 0.0))).is_err());
    }
}

//! BABE judged by its own labels, outlets held out: what the words' weights and plain words reach when they may learn from it.
//! A measurement only; its licence lets nothing fitted on it be shipped.

use super::{Bench, SEED};
use crate::entity::covered;
use crate::family::FAMILIES;
use crate::family::tone::{Loads, Pools, WORDS};
use crate::learn::error::LearnError;
use crate::learn::folds;
use crate::learn::metrics::{auc, macro_f1};
use crate::learn::parallel;
use crate::learn::sparse::{SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Sink, Template};
use crate::score::ScorerError;
use crate::text::{Case, Document, Kind, Word};

const LOWER: Template = Template::new("lower");
const POOLS: Template = Template::new("pools");

/// L2 strength: scikit-learn's C of .02, as the trial in Python had it.
const ALPHA: f64 = 50.0;
/// Pools are multiplied by this, so that the penalty hardly holds them back.
const FREE: f64 = 4.0;

/// Macro-F1 at one half and AUC of a decision over pools and plain words, each outlet judged by a fit on the others.
pub(super) fn refitted(
    bench: &Bench<'_>,
    texts: &[&str],
    truth: &[bool],
    groups: &[usize],
) -> Result<(f64, f64), LearnError> {
    let Some(tone) = FAMILIES.iter().find(|f| f.name == "tone") else { return Ok((0.0, 0.0)) };
    let lexicon =
        Lexicon::parse(tone.name, tone.lexicon, tone.classes).map_err(ScorerError::from)?;
    let words = bench.scorer.models.spans.get(WORDS);
    let mut rows = SparseRows::default();
    for text in texts {
        let document = Document::new(text);
        let loads = Loads::measure(&document, &covered(&document), &lexicon, words);
        rows.begin();
        for sentence in &document.sentences {
            for (name, value) in Pools::of(&document, &loads, sentence, |_| 1.0).named() {
                rows.put(POOLS, Word::of(name), FREE * value, || name.to_owned());
            }
        }
        let mut seen: Vec<Word> = Vec::new();
        for (at, token) in document.tokens.iter().enumerate() {
            if token.kind == Kind::Word && token.case == Case::Lower && !seen.contains(&token.word)
            {
                seen.push(token.word);
                rows.put(LOWER, token.word, 1.0, || document.form(at).replace('’', "'"));
            }
        }
    }
    let fold_of = folds::folds(groups, folds::count(groups), SEED);
    let mut scores = vec![0.0; texts.len()];
    for fold in 0..folds::count(&fold_of) {
        let (fit, held) = folds::split(&fold_of, fold);
        let labels: Vec<usize> = fit.iter().map(|&p| usize::from(truth[p])).collect();
        let fitted = SparseLogistic { alpha: ALPHA, ..SparseLogistic::default() }.fit_rows(
            &rows.select(&fit),
            &labels,
            None,
        )?;
        let said = parallel::map(&held, |&place| fitted.scores(&rows.rows()[place])[0]);
        held.iter().zip(said).for_each(|(&place, score)| scores[place] = score);
    }
    let said: Vec<usize> = scores.iter().map(|s| usize::from(*s >= 0.0)).collect();
    let right: Vec<usize> = truth.iter().map(|y| usize::from(*y)).collect();
    Ok((macro_f1(&right, &said, 2), auc(truth, &scores)))
}

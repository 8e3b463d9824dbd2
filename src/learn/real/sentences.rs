//! What the sets of single sentences share: the largest probability that scoring gives to a row's text.

use super::{Bench, SetResult, pick};
use crate::article::Article;
use crate::learn::metrics::{auc, f1, macro_f1};
use crate::learn::parallel;
use crate::mark::SentenceScore;

/// For each text, the largest value over its sentences.
pub(super) fn scores(
    bench: &Bench<'_>,
    texts: &[&str],
    value: fn(&SentenceScore) -> f64,
) -> Vec<f64> {
    parallel::map(texts, |text| {
        let article = Article::from_text("", *text);
        bench.scorer.score(&article).marks.sentences.iter().map(value).fold(0.0, f64::max)
    })
}

pub(super) type Peers = &'static [(&'static str, f64)];

/// Figures of a probability (named by `of`) against yes or no: F1 of yes at one half, macro-F1, AUC, calibration error.
pub(super) fn figures(
    result: &mut SetResult,
    of: &str,
    truth: &[bool],
    p: &[f64],
    groups: &[usize],
    peers: (Peers, Peers, Peers),
) {
    let said: Vec<bool> = p.iter().map(|p| *p >= 0.5).collect();
    let index = |ys: &[bool]| ys.iter().map(|y| usize::from(*y)).collect::<Vec<_>>();
    result.figure_within("F1 of yes at 0.5", groups, peers.0, |rows| {
        f1(&pick(truth, rows), &pick(&said, rows))
    });
    result.figure_within("macro-F1 at 0.5", groups, peers.1, |rows| {
        macro_f1(&index(&pick(truth, rows)), &index(&pick(&said, rows)), 2)
    });
    result.figure_within("AUC", groups, peers.2, |rows| auc(&pick(truth, rows), &pick(p, rows)));
    let pairs: Vec<(f64, bool)> = p.iter().copied().zip(truth.iter().copied()).collect();
    result.calibration(of, &pairs);
}

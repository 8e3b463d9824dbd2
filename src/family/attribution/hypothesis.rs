//! What the second stage says of a cue, and the contents that may be its own.

use super::candidates::Candidate;
use super::columns::Columns;
use super::second::Scene;
use crate::extract::sides::Sides;
use crate::extract::{Kept, Tagger};
use crate::tagger::NEVER;
use crate::text::{Document, Kind};
use std::ops::Range;

/// The second stage's view of a cue.
pub(crate) struct Found {
    pub(crate) candidate: Candidate,
    /// Probability of content at each token of the window.
    pub(super) content: Vec<f32>,
    /// Part of it for the first token of a piece.
    pub(super) content_begins: Vec<f32>,
    /// Probability of source.
    pub(super) source: Vec<f32>,
    /// Log probability of the best path, and of no source and no content at all.
    pub(super) best: f64,
    pub(super) nothing: f64,
    pub(crate) hypotheses: Vec<Hypothesis>,
    /// Index of the one with the highest expected overlap.
    pub(super) top: usize,
    /// Tokens of its source.
    pub(crate) source_tokens: Vec<usize>,
}

/// A content that may be a cue's.
pub(crate) struct Hypothesis {
    /// Its tokens, rising.
    pub(crate) tokens: Vec<usize>,
    /// The best path has it.
    pub(super) is_best: bool,
    /// The best path has no content.
    pub(super) none_best: bool,
    /// Overlap in characters (intersection over union) with the true content that the probabilities expect.
    pub(super) expected: f64,
}

/// Place of the tag that begins a content.
const CONTENT_BEGINS: usize = 3;
const LEVELS: [f32; 4] = [0.15, 0.3, 0.5, 0.7];
/// Least probability of a source that the best path leaves out.
const DOUBTFUL_SOURCE: f32 = 0.08;
/// Highest content probability below which half of it makes a hypothesis.
const WEAK: f32 = 0.3;

/// Runs the second stage for a candidate.
pub(crate) fn find(
    tagger: &Tagger,
    scene: &Scene<'_, '_>,
    sides: &Sides,
    candidate: Candidate,
    kept: &mut Kept,
) -> Found {
    let Kept { cues, second: run, path, .. } = kept;
    scene.score(tagger, &candidate, sides, cues, run);
    for (i, scores) in candidate.window.clone().zip(&mut run.scores) {
        if !scene.columns.can_begin(i) {
            scores[CONTENT_BEGINS] = NEVER;
        }
    }
    let field = &tagger.second.crf;
    field.infer(run);
    let score = field.best(run, path);
    let nothing = field.path_score(run, std::iter::repeat(0));
    let mut found = Found {
        content: run.marginals.iter().map(|m| m[3] + m[4]).collect(),
        content_begins: run.marginals.iter().map(|m| m[3]).collect(),
        source: run.marginals.iter().map(|m| m[1] + m[2]).collect(),
        best: score - run.log_total,
        nothing: nothing - run.log_total,
        hypotheses: Vec::new(),
        top: 0,
        source_tokens: Vec::new(),
        candidate,
    };
    found.sources(path);
    found.contents(path, scene.columns, scene.document);
    found
}

impl Found {
    fn sources(&mut self, path: &[u8]) {
        let start = self.candidate.window.start;
        self.source_tokens =
            (0..path.len()).filter(|&j| matches!(path[j], 1 | 2)).map(|j| start + j).collect();
        if !self.source_tokens.is_empty() {
            return;
        }
        let Some(top) = highest(&self.source).filter(|&j| self.source[j] >= DOUBTFUL_SOURCE) else {
            return;
        };
        let half = self.source[top] * 0.5;
        let (mut a, mut b) = (top, top);
        while a > 0 && self.source[a - 1] >= half {
            a -= 1;
        }
        while b + 1 < self.source.len() && self.source[b + 1] >= half {
            b += 1;
        }
        self.source_tokens = (start + a..=start + b).collect();
    }

    fn contents(&mut self, path: &[u8], columns: &Columns, document: &Document<'_>) {
        let start = self.candidate.window.start;
        let n = self.content.len();
        let width = |i: usize| (document.tokens[i].span.len() + 1) as f64;
        let all: f64 = (0..n).map(|j| f64::from(self.content[j]) * width(start + j)).sum();
        let top = highest(&self.content).map_or(0.0, |j| self.content[j]);
        let none_best = !path.iter().any(|tag| *tag >= 3);
        let weak = if top < WEAK { top * 0.5 } else { f32::INFINITY };
        let mut tokens = Vec::new();
        for (index, level) in [0.0].into_iter().chain(LEVELS).chain([weak]).enumerate() {
            if index > 0 && level > top {
                continue;
            }
            tokens.clear();
            let piece = |run: Range<usize>| {
                tokens.extend(trimmed(start + run.start..start + run.end, columns, document))
            };
            if index == 0 {
                each_run(path, |tag| *tag >= 3, piece);
            } else {
                each_run(&self.content, |p| *p >= level && *p > 0.0, piece);
            }
            if tokens.is_empty() || self.hypotheses.iter().any(|h| h.tokens == tokens) {
                continue;
            }
            let inside: f64 =
                tokens.iter().map(|&i| f64::from(self.content[i - start]) * width(i)).sum();
            let size: f64 = tokens.iter().map(|&i| width(i)).sum();
            let expected = inside / (all + size - inside).max(1e-6);
            if self.hypotheses.get(self.top).is_none_or(|h| expected > h.expected) {
                self.top = self.hypotheses.len();
            }
            self.hypotheses.push(Hypothesis {
                tokens: tokens.clone(),
                is_best: index == 0,
                none_best,
                expected,
            });
        }
    }
}

/// Gives each run of neighbours that hold.
fn each_run<T>(values: &[T], holds: impl Fn(&T) -> bool, mut take: impl FnMut(Range<usize>)) {
    let mut next = 0;
    while let Some(first) = values[next..].iter().position(&holds).map(|at| next + at) {
        next = values[first..]
            .iter()
            .position(|value| !holds(value))
            .map_or(values.len(), |at| first + at);
        take(first..next);
    }
}

fn highest(values: &[f32]) -> Option<usize> {
    (0..values.len()).reduce(|a, b| if values[b] > values[a] { b } else { a })
}

/// Runs of neighbours in a rising list: (first, last) token of each.
pub(crate) fn runs(tokens: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &i in tokens {
        match out.last_mut() {
            Some(last) if last.1 + 1 == i => last.1 = i,
            _ => out.push((i, i)),
        }
    }
    out
}

/// A run without the punctuation at its ends, beginning where a content can.
pub(super) fn trimmed(
    run: Range<usize>,
    columns: &Columns,
    document: &Document<'_>,
) -> Range<usize> {
    let Range { start: mut a, end: mut b } = run;
    let punctuation = |i: usize| document.tokens[i].kind == Kind::Punctuation;
    while a < b
        && (!columns.can_begin(a)
            || punctuation(a) && matches!(document.form(a), "." | ")" | "”" | "’"))
    {
        a += 1;
    }
    while b > a
        && punctuation(b - 1)
        && (matches!(document.form(b - 1), "“" | "‘")
            || (columns.forms[b - 1].separator && !matches!(document.form(b - 1), "," | ")")))
    {
        b -= 1;
    }
    a..b
}

//! The confidence: a logistic regression over dense inputs of each hypothesis.

use super::data::{Gold, overlap};
use crate::extract::DenseFile;
use crate::family::attribution::accept::{INPUTS, inputs};
use crate::family::attribution::hypothesis::{Found, runs};
use crate::family::attribution::second::Scene;
use crate::learn::spans::SpanError;
use crate::text::Span;
use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ShapeBuilder};

/// Least overlap with a labelled content that makes a hypothesis right.
const RIGHT: f64 = 0.5;
/// L2 strength, linfa's alpha.
const ALPHA: f64 = 10.0;

/// Inputs of every hypothesis of an article, and whether it is right.
pub(super) fn rows(scene: &Scene<'_, '_>, all: &[Found], gold: &[Gold]) -> Vec<(Vec<f64>, bool)> {
    let mut out = Vec::new();
    for (own, found) in all.iter().enumerate() {
        for hypothesis in &found.hypotheses {
            let tokens = &scene.document.tokens;
            let spans: Vec<Span> = runs(&hypothesis.tokens)
                .into_iter()
                .map(|(a, b)| tokens[a].span.cover(tokens[b].span))
                .collect();
            let right = gold.iter().any(|g| overlap(&g.content_spans, &spans) >= RIGHT);
            out.push((inputs(scene, all, own, hypothesis), right));
        }
    }
    out
}

/// Fits the decision.
pub(super) fn fit(rows: &[(Vec<f64>, bool)]) -> Result<DenseFile, SpanError> {
    let (n, d) = (rows.len(), INPUTS.len());
    if rows.iter().all(|r| r.1) || rows.iter().all(|r| !r.1) {
        return Err(SpanError::Data(
            "the articles are too few or too alike to fit a confidence: what is found in them is all right, or all wrong".to_owned(),
        ));
    }
    let mut mean = vec![0.0; d];
    for (row, _) in rows {
        mean.iter_mut().zip(row).for_each(|(m, x)| *m += x / n as f64);
    }
    let mut scale = vec![0.0; d];
    for (row, _) in rows {
        scale
            .iter_mut()
            .zip(row.iter().zip(&mean))
            .for_each(|(s, (x, m))| *s += (x - m).powi(2) / n as f64);
    }
    let round = |v: f64| (v * 1e6).round() / 1e6;
    let mean: Vec<f64> = mean.into_iter().map(round).collect();
    let scale: Vec<f64> = scale
        .into_iter()
        .map(|s| if s > 1e-12 { round(s.sqrt()).max(1e-6) } else { 1.0 })
        .collect();
    let mut x = Array2::<f64>::zeros((n, d).f());
    for (i, (row, _)) in rows.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            x[(i, j)] = (value - mean[j]) / scale[j];
        }
    }
    let y: Array1<bool> = rows.iter().map(|r| r.1).collect();
    let model =
        LogisticRegression::default().alpha(ALPHA).max_iterations(300).gradient_tolerance(1e-4);
    let fitted = model
        .fit(&Dataset::new(x, y))
        .map_err(|e| SpanError::Data(format!("the confidence could not be fitted: {e}")))?;
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let weights = fitted.params().iter().map(|w| round(sign * w)).collect();
    let bias = round(sign * fitted.intercept());
    Ok(DenseFile {
        inputs: INPUTS.iter().map(|s| (*s).to_owned()).collect(),
        mean,
        scale,
        weights,
        bias,
    })
}

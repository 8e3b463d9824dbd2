//! Values of real articles that a model in use was fitted on: each from a fit without its outlet.

use super::{Bench, SEED};
use crate::axis::Axis;
use crate::learn::error::LearnError;
use crate::learn::others::Others;
use crate::learn::train;
use std::collections::BTreeMap;
use std::path::Path;

/// The model of an axis was fitted on the articles of a file: on the set that its provenance calls `set`, of which the test part is
/// never fitted on.
pub(super) fn was_fitted(bench: &Bench<'_>, axis: &str, set: &str, path: &Path) -> bool {
    let test = path.file_name().is_some_and(|name| name.to_string_lossy().contains("_test"));
    let model = bench.scorer.models.files.iter().find(|f| f.axis == axis);
    !test && model.is_some_and(|f| f.provenance.data.iter().any(|line| line.contains(set)))
}

/// Values of the articles that an axis is fitted on, by id.
pub(super) fn values(axis: &Axis, others: &Others) -> Result<BTreeMap<String, f64>, LearnError> {
    let held = train::held_out(axis, others, SEED)?;
    let of = |p: &Vec<f64>| axis.value(p).unwrap_or_default();
    let ids = others.reference.articles.iter().map(|a| a.id.clone());
    Ok(ids.zip(held.probabilities.iter().map(of)).collect())
}

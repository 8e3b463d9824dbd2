//! Values of real articles that a model in use was fitted on: each from a fit without its outlet.

use super::{Bench, SEED};
use crate::axis::Axis;
use crate::learn::dataset::Corpus;
use crate::learn::error::LearnError;
use crate::learn::labels::Labels;
use crate::learn::material::{Material, measure_corpus};
use crate::learn::train::{check, value_material};
use crate::learn::value::{HeldOut, Plan};
use crate::model::ModelSet;
use crate::score::{Options, Scorer};
use std::path::Path;

/// The model of an axis was fitted on the articles of a file: on the set that its provenance calls `set`, of which the test part is
/// never fitted on.
pub(super) fn was_fitted(bench: &Bench<'_>, axis: &str, set: &str, path: &Path) -> bool {
    let test = path.file_name().is_some_and(|name| name.to_string_lossy().contains("_test"));
    let model = bench.scorer.models.files.iter().find(|f| f.axis == axis);
    !test && model.is_some_and(|f| f.provenance.data.iter().any(|line| line.contains(set)))
}

/// Values of an axis's real articles, in the order in which they are read for fitting.
pub(super) fn values(
    axis: &'static Axis,
    dir: &Path,
    (corpus, labels): (&Corpus, &Labels),
) -> Result<Vec<f64>, LearnError> {
    check(axis, labels)?;
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let measured = measure_corpus(&scorer, corpus);
    let material = Material { corpus, labels, measured: &measured, real: None, scorer: &scorer };
    let told =
        |what: &str| LearnError::Axis { axis: axis.name.to_owned(), message: what.to_owned() };
    let plan =
        Plan::of(axis.name).ok_or_else(|| told("its value is not fitted on real articles"))?;
    let (values, ..) = value_material(plan, &material, dir)?
        .ok_or_else(|| told("the real articles are not there"))?;
    let held = HeldOut::of(&values, SEED).values(&values);
    Ok(values.rows.iter().zip(held).filter(|(row, _)| !row.own).map(|(_, value)| value).collect())
}

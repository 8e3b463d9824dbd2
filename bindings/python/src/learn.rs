//! Fitting and measuring.

use crate::{LearnError, ModelError};
use newsgauge::axis::Axis;
use newsgauge::learn::evaluate::{EvaluateOptions, evaluate as measure};
use newsgauge::learn::train::{TrainOptions, train as fit};
use newsgauge::{ModelSet, Options, Scorer};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Tells Python what is being done; what it raises ends up in `failed`, and the work goes on to its end.
fn teller<'a>(
    progress: Option<&'a Py<PyAny>>,
    failed: &'a mut Option<PyErr>,
) -> impl FnMut(&str) + Send + 'a {
    move |what| {
        let Some(progress) = progress else { return };
        let told = Python::attach(|py| progress.call1(py, (what,)).map(drop));
        if let Err(error) = told {
            failed.get_or_insert(error);
        }
    }
}

fn raised(error: impl std::fmt::Display) -> PyErr {
    LearnError::new_err(error.to_string())
}

/// Figures of an axis by name.
type Figures = BTreeMap<String, f64>;

/// Fits axes on labels; gives the report, and the figures of each axis.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "the flags of the command, called by keyword")]
pub fn train(
    py: Python<'_>,
    axes: Vec<String>,
    labels: PathBuf,
    corpus: PathBuf,
    data: Option<PathBuf>,
    output: PathBuf,
    seed: u64,
    command: String,
    progress: Option<Py<PyAny>>,
) -> PyResult<(String, BTreeMap<String, Figures>)> {
    let named = |name: &String| {
        Axis::named(name).ok_or_else(|| {
            let all: Vec<&str> = newsgauge::axis::AXES.iter().map(|a| a.name).collect();
            PyValueError::new_err(format!(
                "no axis is called {name:?}; there are {}",
                all.join(", ")
            ))
        })
    };
    let axes = axes.iter().map(named).collect::<PyResult<Vec<_>>>()?;
    let options = TrainOptions { axes, labels, corpus, output, data, seed, command };
    let mut failed = None;
    let report =
        py.detach(|| fit(&options, &mut teller(progress.as_ref(), &mut failed))).map_err(raised)?;
    if let Some(error) = failed {
        return Err(error);
    }
    let figures = report.axes.iter().map(|axis| {
        let m = &axis.model.metrics;
        let mut all = m.other.clone();
        for (name, value) in [
            ("macro_f1", m.macro_f1),
            ("accuracy", m.accuracy),
            ("calibration_error", m.calibration_error),
            ("majority_macro_f1", m.majority_macro_f1),
            ("bag_of_words_macro_f1", m.bag_of_words_macro_f1),
        ] {
            all.insert(name.to_owned(), value);
        }
        (axis.axis.name.to_owned(), all)
    });
    Ok((report.to_string(), figures.collect()))
}

/// Measures models; gives the account as text and as Markdown.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "the flags of the command, called by keyword")]
pub fn evaluate(
    py: Python<'_>,
    labels: PathBuf,
    corpus: PathBuf,
    data: Option<PathBuf>,
    sets: Vec<String>,
    real_only: bool,
    seed: u64,
    model: Option<PathBuf>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(String, String)> {
    let models = model.as_deref().map_or_else(ModelSet::builtin, ModelSet::from_dir);
    let models = models.map_err(|e| ModelError::new_err(e.to_string()))?;
    let scorer = Scorer::new(models, Options::default()).map_err(crate::raised)?;
    let options = EvaluateOptions { labels, corpus, data, sets, real_only, ablation: false, seed };
    let mut failed = None;
    let account = py
        .detach(|| measure(scorer, &options, &mut teller(progress.as_ref(), &mut failed)))
        .map_err(raised)?;
    failed.map_or_else(|| Ok((account.to_string(), account.markdown())), Err)
}

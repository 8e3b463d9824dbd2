//! Results made as they are read: memory does not grow with the rows.

use crate::rows::{Rejected, batch, capsule, group, rejected};
use crate::schema::Kind;
use crate::source::{Broken, reason};
use crate::work;
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, SchemaRef};
use newsgauge::Scorer;
use newsgauge::read::Inputs;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::ArrayIterator;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts of a stream so far.
#[derive(Default)]
struct Told {
    read: usize,
    rejected: Vec<Rejected>,
}

/// A run that has not begun.
struct Run {
    scorer: Arc<Scorer>,
    kind: Kind,
    columns: SchemaRef,
    rows: Inputs,
    broken: Broken,
    jobs: usize,
    told: Arc<Mutex<Told>>,
}

impl Run {
    /// The results of the next rows; none at the end.
    fn more(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let rows = work::piece(&mut self.rows, self.jobs);
        if rows.is_empty() {
            let broken = reason(&self.broken);
            return broken.map_or(Ok(None), |told| Err(ArrowError::ExternalError(told.into())));
        }
        let items = |article: &newsgauge::Article| self.kind.items(&self.scorer.score(article));
        let made = work::each(rows, self.jobs, items);
        let mut lines = Vec::new();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for result in made {
            match result {
                Ok(items) => {
                    lines.extend(items.map_err(|e| ArrowError::ExternalError(Box::new(e)))?);
                }
                Err(reject) if reject.left_out => {}
                Err(reject) => {
                    let number = told.read;
                    told.rejected.push(rejected(number, reject));
                }
            }
            told.read += 1;
        }
        drop(told);
        batch(&self.columns, &lines).map(Some)
    }
}

/// Results that are made while somebody takes them, once.
#[pyclass(frozen, module = "newsgauge._newsgauge")]
pub struct Stream {
    run: Mutex<Option<Run>>,
    told: Arc<Mutex<Told>>,
}

impl Stream {
    pub fn new(
        scorer: Arc<Scorer>,
        kind: Kind,
        (rows, broken): (Inputs, Broken),
        jobs: usize,
    ) -> Self {
        let told = Arc::default();
        let columns = kind.columns();
        let run = Run { scorer, kind, columns, rows, broken, jobs, told: Arc::clone(&told) };
        Stream { run: Mutex::new(Some(run)), told }
    }
}

#[pymethods]
impl Stream {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let run = self.run.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut run = run.ok_or_else(|| crate::raised("this stream was taken already"))?;
        let columns = group(&run.columns);
        let batches = std::iter::from_fn(move || run.more().transpose());
        let arrays = batches.map(|b| b.map(|batch| Arc::new(StructArray::from(batch)) as ArrayRef));
        capsule(py, Box::new(ArrayIterator::new(arrays, columns)), requested_schema)
    }

    #[getter]
    fn rejected(&self) -> Vec<Rejected> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).rejected.clone()
    }

    #[getter]
    fn read(&self) -> usize {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).read
    }
}

//! Results held in memory: JSON objects, and Arrow columns made of them when somebody asks.

use crate::raised;
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, SchemaRef};
use newsgauge::read::Reject;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use pyo3_arrow::ffi::{ArrayIterator, ArrayReader, to_stream_pycapsule};
use std::sync::Arc;

/// Rows of a batch that results are handed out in.
const BATCH: usize = 4096;

/// A rejected row: its number, id, place and reason.
pub type Rejected = (usize, Option<String>, String, String);

/// Results of a run, in the order of its rows.
#[pyclass(frozen, module = "newsgauge._newsgauge")]
pub struct Rows {
    pub lines: Arc<Vec<Box<[u8]>>>,
    pub columns: SchemaRef,
    /// Number of the input row that each result is of.
    pub numbers: Vec<usize>,
    pub rejected: Vec<Rejected>,
    /// Input rows that were not asked for, or are no articles.
    pub left_out: usize,
    /// Input rows.
    pub read: usize,
}

/// What became of a rejected row.
pub fn rejected(number: usize, reject: Reject) -> Rejected {
    let place = match reject.line {
        Some(line) => format!("{}:{line}", reject.source),
        None => reject.source,
    };
    (number, reject.id.map(String::from), place, reject.reason)
}

#[pymethods]
impl Rows {
    fn __len__(&self) -> usize {
        self.lines.len()
    }

    /// The JSON object of a result.
    fn line<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyBytes>> {
        let line = self.lines.get(at).ok_or_else(|| raised(format!("no row {at}")))?;
        Ok(PyBytes::new(py, line))
    }

    /// All of them, a line each.
    fn jsonl<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let whole = py.detach(|| {
            let size = self.lines.iter().map(|line| line.len() + 1).sum();
            let mut whole = Vec::with_capacity(size);
            for line in self.lines.iter() {
                whole.extend_from_slice(line);
                whole.push(b'\n');
            }
            whole
        });
        PyBytes::new(py, &whole)
    }

    #[getter]
    fn numbers(&self) -> Vec<usize> {
        self.numbers.clone()
    }

    #[getter]
    fn rejected(&self) -> Vec<Rejected> {
        self.rejected.clone()
    }

    #[getter]
    fn left_out(&self) -> usize {
        self.left_out
    }

    #[getter]
    fn read(&self) -> usize {
        self.read
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let (lines, columns) = (Arc::clone(&self.lines), Arc::clone(&self.columns));
        let starts = (0..lines.len()).step_by(BATCH);
        let batches = starts.map(move |start| {
            let end = lines.len().min(start + BATCH);
            let batch = batch(&columns, &lines[start..end])?;
            Ok(Arc::new(StructArray::from(batch)) as ArrayRef)
        });
        capsule(py, Box::new(ArrayIterator::new(batches, group(&self.columns))), requested_schema)
    }
}

/// The columns as one field, which a stream of tables is told by.
pub fn group(columns: &SchemaRef) -> FieldRef {
    let fields = DataType::Struct(columns.fields().clone());
    Arc::new(Field::new("", fields, false).with_metadata(columns.metadata().clone()))
}

/// Arrays as a capsule of the Arrow C stream.
pub fn capsule<'py>(
    py: Python<'py>,
    arrays: Box<dyn ArrayReader + Send>,
    requested: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    to_stream_pycapsule(py, arrays, requested).map_err(PyErr::from)
}

/// JSON objects as a batch of columns.
pub fn batch(columns: &SchemaRef, lines: &[impl AsRef<[u8]>]) -> Result<RecordBatch, ArrowError> {
    let rows = lines.len().max(1);
    let mut decoder =
        ReaderBuilder::new(Arc::clone(columns)).with_batch_size(rows).build_decoder()?;
    for line in lines {
        let mut rest = line.as_ref();
        while !rest.is_empty() {
            rest = &rest[decoder.decode(rest)?..];
        }
    }
    Ok(decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(Arc::clone(columns))))
}

//! What Python hands over, as rows: strings, JSON objects, Arrow data, paths.

use crate::raised;
use crate::work::options;
use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_json::LineDelimitedWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use newsgauge::OffsetUnit;
use newsgauge::read::{Columns, Format, Inputs, Options, Place, objects, read};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use pyo3_arrow::ffi::ArrayReader;
use pyo3_arrow::input::AnyArray;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Why a stream of data broke off, where it did.
pub type Broken = Arc<Mutex<Option<String>>>;

/// Rows that wait to be scored, once.
#[pyclass(frozen, module = "newsgauge._newsgauge")]
pub struct Source {
    rows: Mutex<Option<Inputs>>,
    broken: Broken,
}

/// How to read, as Python tells it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Reading {
    columns: BTreeMap<String, String>,
    targets: Vec<String>,
    offsets: String,
    input_format: Option<String>,
    max_bytes: Option<usize>,
    repair: bool,
}

/// The unit of a name.
pub fn unit(name: &str) -> PyResult<OffsetUnit> {
    match name {
        "chars" => Ok(OffsetUnit::Chars),
        "bytes" => Ok(OffsetUnit::Bytes),
        _ => Err(PyValueError::new_err(format!("offsets={name:?}: \"chars\" or \"bytes\""))),
    }
}

impl Reading {
    fn options(self) -> PyResult<Options> {
        let mut columns = Columns::default();
        for (name, given) in self.columns {
            let column = match name.as_str() {
                "id" => &mut columns.id,
                "text" => &mut columns.text,
                "title" => &mut columns.title,
                "outlet" => &mut columns.outlet,
                "url" => &mut columns.url,
                "date" => &mut columns.date,
                "byline" => &mut columns.byline,
                "section" => &mut columns.section,
                "targets" => &mut columns.targets,
                _ => {
                    let known = Columns::default().names().join(", ");
                    return Err(PyValueError::new_err(format!(
                        "columns: no column is called {name:?}; there are {known}"
                    )));
                }
            };
            *column = given;
        }
        let format = match self.input_format.as_deref() {
            None => None,
            Some(name) => Some(Format::named(name).ok_or_else(|| {
                PyValueError::new_err(format!("input_format: no format is called {name:?}"))
            })?),
        };
        let base = options();
        Ok(Options {
            format,
            columns,
            unit: unit(&self.offsets)?,
            targets: self.targets,
            max_bytes: self.max_bytes.unwrap_or(base.max_bytes),
            repair: self.repair,
            ..base
        })
    }
}

/// The place of a row that has none in a file; its number names it.
fn place(number: usize) -> Place {
    Place {
        source: format!("row {number}").into(),
        stem: number.to_string().into(),
        line: None,
        offset: None,
    }
}

/// A Python string as UTF-8: each lone surrogate as one U+FFFD, so that places stay right.
fn utf8(text: &Bound<'_, PyString>) -> PyResult<String> {
    if let Ok(text) = text.extract::<String>() {
        return Ok(text);
    }
    let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    let mut bytes = encoded.cast_into::<PyBytes>()?.as_bytes().to_vec();
    for at in 0..bytes.len().saturating_sub(2) {
        if bytes[at] == 0xed && bytes[at + 1] >= 0xa0 {
            bytes[at..at + 3].copy_from_slice("\u{fffd}".as_bytes());
        }
    }
    String::from_utf8(bytes).map_err(raised)
}

#[pymethods]
impl Source {
    /// Rows of strings, of `None` (rejected), or, where `json`, of JSON objects.
    #[staticmethod]
    fn texts(
        texts: Vec<Option<Bound<'_, PyString>>>,
        json: bool,
        reading: Reading,
    ) -> PyResult<Self> {
        let options = reading.options()?;
        let key = options.columns.text.clone();
        let object =
            |text: Option<Bound<'_, PyString>>| match text.as_ref().map(utf8).transpose()? {
                Some(text) if json => Ok(text),
                text => Ok::<_, PyErr>(serde_json::json!({key.as_str(): text}).to_string()),
            };
        let rows = texts.into_iter().map(object).collect::<PyResult<Vec<_>>>()?;
        let rows = rows.into_iter().enumerate().map(|(number, row)| (place(number), row));
        Ok(Source::of(objects(rows, options)))
    }

    /// Rows of anything that hands out Arrow data: a table's, or an array's as texts.
    #[staticmethod]
    fn arrow(data: AnyArray, reading: Reading) -> PyResult<Self> {
        let options = reading.options()?;
        let reader = data.into_reader()?;
        let broken = Broken::default();
        let rows = Batches::new(reader, options.columns.clone(), Arc::clone(&broken));
        Ok(Source { broken, ..Source::of(objects(rows, options)) })
    }

    /// Rows of files and folders.
    #[staticmethod]
    fn paths(paths: Vec<PathBuf>, reading: Reading) -> PyResult<Self> {
        Ok(Source::of(read(paths, reading.options()?)))
    }
}

impl Source {
    fn of(rows: Inputs) -> Self {
        Source { rows: Mutex::new(Some(rows)), broken: Broken::default() }
    }

    /// The rows, and where it is told that they broke off; they can be taken once.
    pub fn take(&self) -> PyResult<(Inputs, Broken)> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner).take();
        let rows = rows.ok_or_else(|| raised("these rows were read already"))?;
        Ok((rows, Arc::clone(&self.broken)))
    }
}

/// The reason of a stream that broke off, once.
pub fn reason(broken: &Broken) -> Option<String> {
    broken.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Rows of Arrow data that are written as JSON at once.
const SLICE: usize = 256;

/// Rows of an Arrow stream as JSON objects. A stream that breaks ends, and tells why.
struct Batches {
    reader: Box<dyn ArrayReader + Send>,
    columns: Columns,
    /// The batch at hand, and how many of its rows are written.
    batch: Option<(RecordBatch, usize)>,
    ready: std::vec::IntoIter<String>,
    given: usize,
    broken: Broken,
    ended: bool,
}

impl Batches {
    fn new(reader: Box<dyn ArrayReader + Send>, columns: Columns, broken: Broken) -> Self {
        let ready = Vec::new().into_iter();
        Batches { reader, columns, batch: None, ready, given: 0, broken, ended: false }
    }

    /// Makes some rows ready; false at the end.
    fn more(&mut self) -> Result<bool, ArrowError> {
        let (batch, at) = match self.batch.take() {
            Some(batch) => batch,
            None => match self.reader.next() {
                None => return Ok(false),
                Some(array) => (table(&array?, &self.columns)?, 0),
            },
        };
        let count = SLICE.min(batch.num_rows() - at);
        let mut lines = Vec::new();
        let mut writer = LineDelimitedWriter::new(&mut lines);
        writer.write(&batch.slice(at, count))?;
        writer.finish()?;
        let lines = String::from_utf8_lossy(&lines);
        let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        // A table whose columns are all left out still has rows.
        lines.resize(count, "{}".to_owned());
        self.ready = lines.into_iter();
        if at + count < batch.num_rows() {
            self.batch = Some((batch, at + count));
        }
        Ok(true)
    }
}

impl Iterator for Batches {
    type Item = (Place, String);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.ready.next() {
                self.given += 1;
                return Some((place(self.given - 1), row));
            }
            if self.ended {
                return None;
            }
            match self.more() {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    let told = format!("the data broke off behind row {}: {error}", self.given);
                    *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
                }
            }
        }
    }
}

/// An array as a table: columns that can be of an article, under the names asked for; bytes as text.
fn table(array: &ArrayRef, columns: &Columns) -> Result<RecordBatch, ArrowError> {
    let wanted = columns.names();
    let given: Vec<(String, ArrayRef)> = match array.as_struct_opt() {
        Some(group) => {
            let names = group.column_names().into_iter().map(str::to_owned);
            names.zip(group.columns().iter().cloned()).collect()
        }
        None => vec![(columns.text.clone(), Arc::clone(array))],
    };
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for (name, array) in given {
        let array = match array.data_type() {
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
                cast(&array, &DataType::Utf8)?
            }
            kind if is_told(kind) => array,
            _ => continue,
        };
        let name = name.as_str();
        let near = || wanted.into_iter().find(|w| w.eq_ignore_ascii_case(name));
        let name = if wanted.contains(&name) { name } else { near().unwrap_or(name) };
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(array.len()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &rows)
}

/// A kind of column that an article's field may be made of. Numbers of an embedding, say, are left out.
fn is_told(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Boolean => true,
        DataType::Null | DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => true,
        DataType::Dictionary(_, of) => is_told(of),
        DataType::List(of) | DataType::LargeList(of) => {
            !of.data_type().is_numeric() && is_told(of.data_type())
        }
        DataType::Struct(fields) => fields.iter().all(|f| is_told(f.data_type())),
        kind => kind.is_numeric() && !matches!(kind, DataType::Float16),
    }
}

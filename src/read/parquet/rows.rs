//! Row groups one after the other, some rows at a time. Each row is written as a JSON object and read as JSONL is: one
//! reading of columns, targets and kinds of values for both.

use super::super::columns::find;
use super::super::jsonl;
use super::super::{Options, Row, Rows, Source};
use super::footer;
use arrow_array::RecordBatch;
use arrow_cast::cast;
use arrow_json::LineDelimitedWriter;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Bytes of rows that are decoded at once, by what the file says of itself.
const PIECE: u64 = 2 << 20;
/// Most rows that are decoded at once.
const MOST: u64 = 256;

struct Groups {
    source: Source,
    options: Arc<Options>,
    file: File,
    metadata: ArrowReaderMetadata,
    columns: Vec<usize>,
    /// Row group that is opened next.
    group: usize,
    reader: Option<ParquetRecordBatchReader>,
    /// Rows given.
    given: u64,
    ready: VecDeque<Row>,
    ended: bool,
}

pub(super) fn read(mut source: Source, options: Arc<Options>) -> Rows {
    match guarded(|| open(&mut source, &options)) {
        Ok((file, metadata, columns)) => {
            let groups = Groups {
                source,
                options,
                file,
                metadata,
                columns,
                group: 0,
                reader: None,
                given: 0,
                ready: VecDeque::new(),
                ended: false,
            };
            Box::new(groups)
        }
        Err(reason) => {
            Box::new(std::iter::once_with(move || Row::rejected(source.place(None, None), reason)))
        }
    }
}

/// The parquet crate checks lengths mostly by panicking where a file lies.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("broken Parquet: its lengths do not hold".to_owned()))
}

type Opened = (File, ArrowReaderMetadata, Vec<usize>);

fn open(source: &mut Source, options: &Options) -> Result<Opened, String> {
    let file = match &source.file {
        Some(path) => File::open(path),
        // Parquet is read from its end: a stream must be laid down first.
        None => spool(source),
    };
    let mut file = file.map_err(|e| e.to_string())?;
    footer::check(&mut file)?;
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(broken)?;
    let header: Vec<String> = metadata.schema().fields().iter().map(|f| f.name().clone()).collect();
    options.columns.find_text(&header)?;
    let columns =
        options.columns.names().into_iter().filter_map(|name| find(&header, name)).collect();
    Ok((file, metadata, columns))
}

fn spool(source: &mut Source) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut source.bytes, &mut file)?;
    file.rewind()?;
    Ok(file)
}

fn broken(error: impl std::fmt::Display) -> String {
    format!("broken Parquet: {error}")
}

impl Groups {
    /// Decodes on; `false` at the end.
    fn more(&mut self) -> Result<bool, String> {
        loop {
            if let Some(batch) = self.reader.as_mut().and_then(Iterator::next) {
                self.rows(&batch.map_err(broken)?)?;
                return Ok(true);
            }
            let Some(group) = self.metadata.metadata().row_groups().get(self.group) else {
                return Ok(false);
            };
            let in_group = u64::try_from(group.num_rows()).unwrap_or(0).max(1);
            let bytes = u64::try_from(group.total_byte_size()).unwrap_or(0);
            let batch = (PIECE * in_group / bytes.max(1)).clamp(1, MOST.min(in_group));
            let file = self.file.try_clone().map_err(|e| e.to_string())?;
            let builder =
                ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            let mask =
                ProjectionMask::roots(builder.parquet_schema(), self.columns.iter().copied());
            let builder = builder
                .with_row_groups(vec![self.group])
                .with_projection(mask)
                .with_batch_size(batch as usize);
            self.group += 1;
            self.reader = Some(builder.build().map_err(broken)?);
        }
    }

    fn rows(&mut self, batch: &RecordBatch) -> Result<(), String> {
        let batch = readable(batch, &self.options).map_err(broken)?;
        let mut lines = Vec::new();
        let mut writer = LineDelimitedWriter::new(&mut lines);
        writer.write(&batch).and_then(|()| writer.finish()).map_err(broken)?;
        let lines = String::from_utf8(lines).map_err(broken)?;
        let mut count = 0;
        for line in lines.lines() {
            count += 1;
            self.given += 1;
            let place = self.source.place(Some(self.given), None);
            self.ready.push_back(jsonl::row(place, line.to_owned(), Vec::new(), &self.options));
        }
        if count == batch.num_rows() { Ok(()) } else { Err(broken("rows are missing")) }
    }
}

/// Columns under the names that were asked for, bytes as text.
fn readable(
    batch: &RecordBatch,
    options: &Options,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let wanted = options.columns.names();
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let is_bytes = matches!(
            field.data_type(),
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView
        );
        let array = if is_bytes { cast(array, &DataType::Utf8)? } else { Arc::clone(array) };
        let given = field.name().as_str();
        let name = if wanted.contains(&given) {
            None
        } else {
            wanted.into_iter().find(|name| name.eq_ignore_ascii_case(given))
        };
        fields.push(Field::new(name.unwrap_or(given), array.data_type().clone(), true));
        arrays.push(array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

impl Iterator for Groups {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while self.ready.is_empty() && !self.ended {
            // A row group that cannot be read ends the file: what follows it has no certain number.
            let reason = match guarded(|| self.more()) {
                Ok(more) => {
                    self.ended = !more;
                    continue;
                }
                Err(reason) => reason,
            };
            self.ended = true;
            self.reader = None;
            return Some(Row::rejected(self.source.place(Some(self.given + 1), None), reason));
        }
        self.ready.pop_front()
    }
}

//! Scores as Parquet: the JSON object of an article as nested columns. Behind the feature `parquet`.
//!
//! A file is made of parts, each a file of one row group that can be read by itself: a run that was killed keeps those that
//! are whole. In the end their columns are put one behind the other without being written anew.

use super::Show;
use crate::axis::{AXES, Axis};
use crate::feature::features;
use crate::mark::{ROLES, STANCES};
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter};
use parquet::basic::Compression;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::ChunkReader;
use parquet::file::writer::SerializedFileWriter;
use std::io::Write;
use std::sync::Arc;

/// What keeps a part from being written.
#[derive(Debug, thiserror::Error)]
pub enum ParquetFailure {
    /// A row is not what the columns are.
    #[error("a row does not fit the columns: {0}")]
    Row(#[from] ArrowError),
    /// The file cannot be written, or a part cannot be read.
    #[error(transparent)]
    File(#[from] ParquetError),
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn truth(name: &str) -> Field {
    Field::new(name, DataType::Boolean, true)
}

fn group(name: &str, fields: impl Into<Fields>) -> Field {
    Field::new(name, DataType::Struct(fields.into()), true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new_list(name, Field::new_list_field(of, true), true)
}

fn groups(name: &str, fields: Vec<Field>) -> Field {
    list(name, DataType::Struct(fields.into()))
}

fn numbers<'a>(name: &str, of: impl IntoIterator<Item = &'a str>) -> Field {
    group(name, of.into_iter().map(number).collect::<Vec<_>>())
}

/// A span with its words, and what else is known of it.
fn spans(name: &str, more: Vec<Field>) -> Field {
    groups(name, [whole("start"), whole("end"), text("text")].into_iter().chain(more).collect())
}

/// The columns; the names of OUTPUT's JSON object.
#[must_use]
pub fn columns(show: Show) -> SchemaRef {
    let given = [
        "id",
        "source",
        "title",
        "outlet",
        "url",
        "date",
        "byline",
        "section",
        "language",
        "form",
        "declared_language",
    ]
    .map(text);
    let mut all = vec![whole("schema")];
    all.extend(given);
    let left_out = groups("left_out", vec![text("reason"), whole("blocks"), whole("words")]);
    all.extend([
        whole("declared_words"),
        whole("words"),
        whole("skipped_words"),
        left_out,
        text("unscored"),
        list("warnings", DataType::Utf8),
    ]);
    let evidence = show.marks || show.features;
    let axis = |axis: &Axis| {
        let mut fields = vec![
            text("class"),
            number("value"),
            numbers("probabilities", axis.classes.iter().copied()),
        ];
        fields.extend(axis.measure.map(|_| number("measure")));
        fields.push(text("model"));
        if evidence {
            fields.extend([text("low"), text("high"), number("base")]);
        }
        group(axis.name, fields)
    };
    all.push(group("axes", AXES.iter().map(axis).collect::<Vec<_>>()));
    let stance = vec![
        text("target"),
        text("code"),
        whole("mentions"),
        text("class"),
        number("value"),
        numbers("probabilities", STANCES),
        text("role"),
        numbers("roles", ROLES),
    ];
    all.push(groups("stance", stance));
    all.push(groups(
        "speakers",
        vec![
            text("name"),
            text("code"),
            text("class"),
            text("role"),
            whole("attributions"),
            whole("words"),
        ],
    ));
    all.push(group("counts", vec![whole("attributions"), number("attributions_expected")]));
    if evidence {
        let each = |name: &str| {
            groups(name, vec![text("feature"), number("value"), number("contribution")])
        };
        all.push(group("contributions", AXES.iter().map(|a| each(a.name)).collect::<Vec<_>>()));
    }
    if show.features {
        all.push(numbers("features", features().map(|(_, f)| f.name)));
    }
    if show.text {
        all.push(text("text"));
    }
    if show.marks {
        all.push(group("marks", marks()));
    }
    Arc::new(Schema::new(all))
}

fn marks() -> Vec<Field> {
    let attribution = [
        text("kind"),
        text("act"),
        text("source_class"),
        list("speakers", DataType::Utf8),
        text("reporter"),
    ]
    .into_iter();
    let pieces = ["source", "cue", "content"].map(|name| spans(name, Vec::new()));
    let sentence = vec![
        whole("start"),
        whole("end"),
        text("block"),
        number("loaded"),
        number("hedged"),
        number("hedged_by_guide"),
        truth("attributed"),
    ];
    let mark = |name: &str| spans(name, vec![text("class"), truth("own_voice")]);
    let target = vec![
        text("target"),
        text("stance"),
        text("role"),
        numbers("probabilities", STANCES),
        truth("own_voice"),
        text("speaker"),
    ];
    vec![
        groups("sentences", sentence),
        groups("attributions", attribution.chain([number("confidence")]).chain(pieces).collect()),
        mark("quotes"),
        mark("hedges"),
        mark("boosters"),
        spans("loaded", vec![text("class"), number("weight"), truth("own_voice")]),
        spans("targets", target),
        spans("words", vec![text("axis"), whole("times"), number("contribution")]),
        spans("provenance", Vec::new()),
        spans("skipped", vec![text("block"), text("reason")]),
    ]
}

/// Rows that are turned into columns at once.
const BATCH: usize = 256;

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(None)
        .build()
}

/// A part that is being made, in memory.
pub struct Part {
    decoder: Decoder,
    writer: ArrowWriter<Vec<u8>>,
    /// Rows taken.
    pub rows: usize,
}

impl Part {
    /// An empty part.
    ///
    /// # Errors
    /// None that is known.
    pub fn new(columns: &SchemaRef) -> Result<Self, ParquetFailure> {
        // A field without a column is a defect that a test finds, no reason to lose a run.
        let decoder = ReaderBuilder::new(Arc::clone(columns))
            .with_batch_size(BATCH)
            .with_strict_mode(cfg!(test))
            .build_decoder()?;
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(columns), Some(properties()))?;
        Ok(Part { decoder, writer, rows: 0 })
    }

    /// Takes the JSON object of an article.
    ///
    /// # Errors
    /// When it does not fit the columns.
    pub fn push(&mut self, mut object: &[u8]) -> Result<(), ParquetFailure> {
        while !object.is_empty() {
            let taken = self.decoder.decode(object)?;
            object = &object[taken..];
            if taken == 0 || self.decoder.len() >= BATCH {
                self.flush()?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ParquetFailure> {
        if let Some(batch) = self.decoder.flush()? {
            self.writer.write(&batch)?;
        }
        Ok(())
    }

    /// The bytes of the part: a Parquet file of one row group.
    ///
    /// # Errors
    /// None that is known: writing into memory.
    pub fn finish(mut self) -> Result<Vec<u8>, ParquetFailure> {
        self.flush()?;
        Ok(self.writer.into_inner()?)
    }
}

/// Puts parts one behind the other.
///
/// # Errors
/// When a part cannot be read, or the file cannot be written.
pub fn join<W: Write + Send, R: ChunkReader + 'static>(
    columns: &SchemaRef,
    parts: impl IntoIterator<Item = std::io::Result<R>>,
    out: W,
) -> Result<(), ParquetFailure> {
    let schema = ArrowSchemaConverter::new().convert(columns)?.root_schema_ptr();
    let mut properties = properties();
    parquet::arrow::add_encoded_arrow_schema_to_metadata(columns, &mut properties);
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    for part in parts {
        let part = part.map_err(|error| ParquetError::External(Box::new(error)))?;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .parse_and_finish(&part)?;
        for (index, rows) in metadata.row_groups().iter().enumerate() {
            let mut group = writer.next_row_group()?;
            for (at, column) in rows.columns().iter().enumerate() {
                let column_index = metadata
                    .column_index()
                    .and_then(|i| i.get(index))
                    .and_then(|i| i.get(at))
                    .cloned();
                let offset_index = metadata
                    .offset_index()
                    .and_then(|i| i.get(index))
                    .and_then(|i| i.get(at))
                    .cloned();
                let closed = ColumnCloseResult {
                    bytes_written: column.compressed_size() as u64,
                    rows_written: rows.num_rows() as u64,
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index,
                    offset_index,
                };
                group.append_column(&part, closed)?;
            }
            group.close()?;
        }
    }
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests;

//! A model as a JSON document: what may be loaded, and what is refused.

use super::words::WordsFile;
use crate::axis::{Axis, WORDS};
use crate::extract::TaggerFile;
use crate::linear::Weights;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Value of every model file's `format`.
pub const FORMAT: &str = "newsgauge-model";
/// Version of the layout that this code writes and reads.
pub const VERSION: u32 = 1;

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not a model of this version.
    #[error("{path}: {message}")]
    Form {
        /// The file.
        path: String,
        /// What is wrong, and where.
        message: String,
    },
    /// It was fitted on other features.
    #[error(
        "{path}: fitted on feature schema {found}, this program has {expected}; retrain with `newsgauge train {axis}`"
    )]
    Schema {
        /// The file.
        path: String,
        /// Schema in the file.
        found: String,
        /// Schema of the program.
        expected: String,
        /// What to retrain.
        axis: String,
    },
}

/// Where a model comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// What it was fitted on, with licence: one line a set.
    pub data: Vec<String>,
    /// SHA-256 over the labels and texts that were used.
    pub data_sha256: String,
    /// Rows for each class.
    pub rows: BTreeMap<String, usize>,
    /// How folds were cut.
    pub split: String,
    /// Seed of everything random.
    pub seed: u64,
    /// Command that makes the file again.
    pub command: String,
}

/// How good it is, on articles that it was not fitted on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Macro-F1, out of fold.
    pub macro_f1: f64,
    /// 90 % bootstrap interval of it.
    pub macro_f1_interval: (f64, f64),
    /// Share that is right.
    pub accuracy: f64,
    /// Expected calibration error, ten bins, out of fold.
    pub calibration_error: f64,
    /// Rows: true class; columns: predicted class.
    pub confusion: Vec<Vec<usize>>,
    /// Macro-F1 of always saying the most frequent class.
    pub majority_macro_f1: f64,
    /// Macro-F1 of a bag of words on the same folds; 0 where it was not measured.
    pub bag_of_words_macro_f1: f64,
    /// Other figures, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, f64>,
}

/// The model of an axis, over features and, on some axes, common words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassifierFile {
    /// Names of the inputs.
    pub features: Vec<String>,
    /// Mean of the square root of each (of the amount, with its sign; of the sum over words as it is) over the fitted rows.
    pub mean: Vec<f64>,
    /// Standard deviation of the same (1 where it does not vary).
    pub scale: Vec<f64>,
    /// On (root - mean) / scale, held within -3 and 3: a row a class; of an ordered axis one row, what a step to the next class adds.
    pub weights: Vec<Vec<f64>>,
    /// One for each class.
    pub bias: Vec<f64>,
    /// Logits are multiplied by this before the softmax; fitted on held-out folds.
    pub temperature: f64,
    /// L2 strength chosen by cross-validation (linfa's alpha).
    pub alpha: f64,
    /// Mean square of the scaled inputs that 98 of 100 fitted real articles keep within, where unlike articles are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<f64>,
    /// Weights of common words, where they are an input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<WordsFile>,
}

impl ClassifierFile {
    /// Checks widths, numbers and declared directions.
    pub(super) fn check(&self, axis: &Axis) -> Result<(), String> {
        let (width, classes) = (self.features.len(), axis.classes.len());
        let rows = if axis.is_ordered() { 1 } else { classes };
        if self.weights.len() != rows
            || self.weights.iter().any(|w| w.len() != width)
            || self.bias.len() != classes
            || self.mean.len() != width
            || self.scale.len() != width
        {
            return Err(
                "widths of weights, bias, mean and scale do not fit the inputs and classes"
                    .to_owned(),
            );
        }
        let numbers =
            self.weights.iter().flatten().chain(&self.bias).chain(&self.mean).chain(&self.scale);
        if numbers.chain([&self.temperature]).chain(&self.usual).any(|v| !v.is_finite())
            || self.scale.iter().chain([&self.temperature]).chain(&self.usual).any(|s| *s <= 0.0)
        {
            return Err(
                "holds a number that is not finite, or a scale that is not positive".to_owned()
            );
        }
        if self.words.is_some() != self.features.iter().any(|f| f == WORDS) {
            return Err(
                "has words without weights, or weights of words that are no input".to_owned()
            );
        }
        if !axis.is_ordered() {
            return Ok(());
        }
        for (name, weight) in self.features.iter().zip(&self.weights[0]) {
            match axis.direction(name) {
                None => return Err(format!("{name} is no input of {}", axis.name)),
                Some(direction) if !direction.allows(*weight) => {
                    return Err(format!("{name} pushes against its declared direction"));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// What a model file holds besides its head.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payload {
    /// Article level: a classifier over features.
    Classifier(ClassifierFile),
    /// Span level: linear decisions by name.
    Linear(BTreeMap<String, Weights>),
    /// Span level: the attribution extractor.
    Tagger(Box<TaggerFile>),
}

/// A model file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Always [`FORMAT`].
    pub format: String,
    /// [`VERSION`] of the layout.
    pub version: u32,
    /// `axis-N`, named in every score.
    pub id: String,
    /// The axis, or the span-level task.
    pub axis: String,
    /// Class names, low to high.
    pub classes: Vec<String>,
    /// Hash of the feature schema; empty for span-level models.
    pub schema: String,
    /// Hash over the lexicons it was fitted with; empty for span-level models.
    pub lexicons: String,
    /// Hash over the output of the tokenizer on a fixed text.
    pub tokenizer: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// How good it is.
    pub metrics: Metrics,
    /// The fitted numbers.
    pub payload: Payload,
}

/// Pretty JSON with lists on one line: a row of weights is a line of a diff.
#[derive(Default)]
struct RowsInline<'a> {
    pretty: serde_json::ser::PrettyFormatter<'a>,
}

impl serde_json::ser::Formatter for RowsInline<'_> {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.pretty.begin_object(writer)
    }

    fn end_object<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.pretty.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        self.pretty.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
    ) -> std::io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
    ) -> std::io::Result<()> {
        self.pretty.end_object_value(writer)
    }
}

/// Largest model file that is read, bytes.
const LARGEST: u64 = 64 << 20;

impl ModelFile {
    /// Reads a model file.
    ///
    /// # Errors
    /// When it cannot be read, is larger than 64 MiB, or is not a model of this version.
    pub fn read(path: &Path) -> Result<Self, ModelError> {
        let shown = path.display().to_string();
        let io = |source| ModelError::Io { path: shown.clone(), source };
        if std::fs::metadata(path).map_err(io)?.len() > LARGEST {
            return Err(ModelError::Form {
                path: shown,
                message: format!("larger than {} MiB", LARGEST >> 20),
            });
        }
        let io = |source| ModelError::Io { path: shown.clone(), source };
        let bytes = std::fs::read(path).map_err(io)?;
        Self::parse(&shown, &bytes)
    }

    /// Reads a model from bytes; `path` is for messages.
    ///
    /// # Errors
    /// When the bytes are not a model of this version.
    pub fn parse(path: &str, bytes: &[u8]) -> Result<Self, ModelError> {
        let form = |message: String| ModelError::Form { path: path.to_owned(), message };
        let model: ModelFile =
            serde_json::from_slice(bytes).map_err(|e| form(format!("not a model file: {e}")))?;
        if model.format != FORMAT || model.version != VERSION {
            return Err(form(format!(
                "format {:?} version {}, this program reads {FORMAT:?} version {VERSION}",
                model.format, model.version
            )));
        }
        Ok(model)
    }

    /// The file's bytes: the same for the same model.
    ///
    /// # Errors
    /// When the numbers cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut bytes = Vec::new();
        let mut serializer =
            serde_json::Serializer::with_formatter(&mut bytes, RowsInline::default());
        self.serialize(&mut serializer)?;
        bytes.push(b'\n');
        // serde_json writes nothing but UTF-8.
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Writes several files so that a failure leaves all of them as they were: each beside its place first, then renamed.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written; what was written beside is taken away again.
pub fn replace(files: &[(PathBuf, String)]) -> Result<(), ModelError> {
    let beside = |path: &Path| {
        path.with_extension(format!(
            "{}.new",
            path.extension().unwrap_or_default().to_string_lossy()
        ))
    };
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| ModelError::Io { path, source }
    };
    let written = files.iter().try_for_each(|(path, contents)| {
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).map_err(io(dir))?;
        }
        std::fs::write(beside(path), contents).map_err(io(path))
    });
    let moved = written.and_then(|()| {
        files.iter().try_for_each(|(path, _)| std::fs::rename(beside(path), path).map_err(io(path)))
    });
    if moved.is_err() {
        for (path, _) in files {
            // What is not there need not be taken away; the first error is the one to tell.
            let _gone = std::fs::remove_file(beside(path));
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_every_file_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let (kept, blocked) = (dir.path().join("a.json"), dir.path().join("a.json").join("b.json"));
        std::fs::write(&kept, "old").unwrap();
        assert!(replace(&[(kept.clone(), "new".to_owned()), (blocked, "new".to_owned())]).is_err());
        assert_eq!(std::fs::read_to_string(&kept).unwrap(), "old");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn folders_are_made_and_contents_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("models").join("a.json");
        for contents in ["one", "two"] {
            replace(&[(path.clone(), contents.to_owned())]).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), contents);
        }
    }
}

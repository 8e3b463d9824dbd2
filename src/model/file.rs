//! A model as a JSON document: what may be loaded, and what is refused.

use crate::linear::Weights;
use crate::tagger::TaggerFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

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
    #[error("{path}: fitted on feature schema {found}, this program has {expected}; retrain with `newsgauge train {axis}`")]
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
    /// 95 % bootstrap interval of it.
    pub macro_f1_interval: (f64, f64),
    /// Share that is right.
    pub accuracy: f64,
    /// Expected calibration error, ten bins, out of fold.
    pub calibration_error: f64,
    /// Rows: true class; columns: predicted class.
    pub confusion: Vec<Vec<usize>>,
    /// Macro-F1 of always saying the most frequent class.
    pub majority_macro_f1: f64,
    /// Macro-F1 of a bag of words on the same folds.
    pub bag_of_words_macro_f1: f64,
    /// Other figures, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, f64>,
}

/// A classifier over the feature vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassifierFile {
    /// Names of the features used, in schema order.
    pub features: Vec<String>,
    /// Mean of each over the fitted rows.
    pub mean: Vec<f64>,
    /// Standard deviation of each (1 where it does not vary).
    pub scale: Vec<f64>,
    /// One row a class, one weight a feature, on scaled features.
    pub weights: Vec<Vec<f64>>,
    /// One for each class.
    pub bias: Vec<f64>,
    /// Logits are multiplied by this before the softmax; fitted on held-out folds.
    pub temperature: f64,
    /// L2 strength chosen by cross-validation (linfa's alpha).
    pub alpha: f64,
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
            return Err(ModelError::Form { path: shown, message: format!("larger than {} MiB", LARGEST >> 20) });
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
        let model: ModelFile = serde_json::from_slice(bytes).map_err(|e| form(format!("not a model file: {e}")))?;
        if model.format != FORMAT || model.version != VERSION {
            return Err(form(format!("format {:?} version {}, this program reads {FORMAT:?} version {VERSION}", model.format, model.version)));
        }
        Ok(model)
    }

    /// The file's bytes: the same for the same model.
    ///
    /// # Errors
    /// When the numbers cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        Ok(json)
    }
}

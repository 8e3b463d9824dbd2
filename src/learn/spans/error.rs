//! What goes wrong when span-level decisions are fitted, told so that a person can mend it.

use crate::learn::sparse::SparseError;
use crate::lexicon::LexiconError;
use crate::model::ModelError;
use crate::score::ScorerError;
use std::path::Path;

/// What keeps a span-level model from being fitted.
#[derive(Debug, thiserror::Error)]
pub enum SpanError {
    /// A file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line does not hold what it should.
    #[error("{path}:{line}: {message}")]
    Line {
        /// The file.
        path: String,
        /// Counted from one.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// There is too little to learn from, or what was fitted is of no use.
    #[error("{0}")]
    Data(String),
    /// A word list does not hold.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The scorer that cuts and marks the texts cannot be made.
    #[error(transparent)]
    Scorer(#[from] ScorerError),
    /// A model cannot be read or written.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A fit failed.
    #[error(transparent)]
    Fit(#[from] SparseError),
}

impl SpanError {
    /// What the system said of a file.
    pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> SpanError {
        let path = path.display().to_string();
        move |source| SpanError::Io { path: path.clone(), source }
    }

    /// What is wrong with a line, counted from one.
    pub(super) fn line(path: &Path, line: usize, message: impl Into<String>) -> SpanError {
        SpanError::Line { path: path.display().to_string(), line, message: message.into() }
    }
}

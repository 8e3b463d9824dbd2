//! What goes wrong in training and measuring, told so that a person can mend it.

use super::multinomial::FitError;
use crate::model::ModelError;
use crate::score::ScorerError;

/// A fault in a labels or corpus file: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// Line in it, from 1; 0 where the fault is the file's as a whole.
    pub line: u64,
    /// What is wrong, and what to do.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// What keeps a model from being trained or measured.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// A file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The labels or the corpus hold faults: all of them, in order of place.
    #[error("{}", listed(.0))]
    Labels(Vec<Problem>),
    /// An axis cannot be trained.
    #[error("{axis}: {message}")]
    Axis {
        /// Its name.
        axis: String,
        /// Why, and what to do.
        message: String,
    },
    /// The lexicons or span-level models do not hold.
    #[error(transparent)]
    Scorer(#[from] ScorerError),
    /// A model cannot be read or written.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A fit failed.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// A baseline's fit failed.
    #[error(transparent)]
    Baseline(#[from] super::sparse::SparseError),
}

/// More faults than this are counted, not shown.
const SHOWN: usize = 20;

fn listed(problems: &[Problem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    if problems.len() > SHOWN {
        lines.push(format!("… and {} more", problems.len() - SHOWN));
    }
    lines.join("\n")
}

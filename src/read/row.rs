//! One row as it was cut from its source, and what became of it.

use crate::article::Article;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// Raw rows up to this many bytes stand in the list of rejects; of longer ones only the place.
const KEPT: usize = 64 << 10;

/// Longest reason, bytes: it may name what stands in the input, of any length.
const LONGEST_REASON: usize = 500;

/// Where a row stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// File, or `-`.
    pub source: Arc<str>,
    /// Name of the file without folder and endings.
    pub stem: Arc<str>,
    /// Line, row or record, from 1; `None` for a whole file.
    pub line: Option<u64>,
    /// Byte at which it begins, counted after decompression.
    pub offset: Option<u64>,
}

impl Place {
    /// The row is rejected.
    #[must_use]
    pub fn reject(&self, id: Option<String>, reason: impl Into<String>) -> Reject {
        Reject { source: self.source.to_string(), line: self.line, offset: self.offset, id, reason: cut(reason.into()), raw: None }
    }

    /// An article that still lacks its text; the place makes an id where the row has none.
    pub(super) fn article(&self, id: Option<String>) -> Article {
        let named = || self.line.map_or_else(|| self.stem.to_string(), |line| format!("{}:{line}", self.stem));
        Article { id: id.unwrap_or_else(named), source: self.to_string(), ..Article::default() }
    }
}

fn cut(mut reason: String) -> String {
    if reason.len() > LONGEST_REASON {
        let end = (0..=LONGEST_REASON).rev().find(|at| reason.is_char_boundary(*at)).unwrap_or(0);
        reason.truncate(end);
        reason.push('…');
    }
    reason
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.source),
            None => write!(f, "{}", self.source),
        }
    }
}

/// What is still to be done with a row.
type Reading = Box<dyn FnOnce() -> Result<Article, Reject> + Send>;

/// A line, a record or a whole file, not yet read: cutting a source into rows goes in order, reading them may go on on many
/// threads.
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// Bytes that it holds while it waits.
    pub bytes: usize,
    reading: Reading,
}

impl Row {
    pub(super) fn new(place: Place, bytes: usize, reading: impl FnOnce() -> Result<Article, Reject> + Send + 'static) -> Self {
        Row { place, bytes, reading: Box::new(reading) }
    }

    /// A row that was read while it was cut.
    pub(super) fn done(place: Place, read: Result<Article, Reject>) -> Self {
        let bytes = read.as_ref().map_or_else(|reject| reject.raw.as_ref().map_or(0, |raw| raw.len()), |article| article.text.len());
        Row::new(place, bytes, move || read)
    }

    pub(super) fn rejected(place: Place, reason: impl Into<String>) -> Self {
        let reject = place.reject(None, reason);
        Row::done(place, Err(reject))
    }

    /// Reads the row.
    ///
    /// # Errors
    /// When it holds no article.
    pub fn read(self) -> Result<Article, Reject> {
        (self.reading)()
    }
}

/// A row or file that could not be read or scored, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// File, or `-`.
    pub source: String,
    /// Line on which the row begins, or the number of the row or record, from 1; `None` when the whole source is meant.
    pub line: Option<u64>,
    /// Byte at which the row begins, counted after decompression.
    pub offset: Option<u64>,
    /// The row's id where it has one.
    pub id: Option<String>,
    /// What is wrong, and what to do.
    pub reason: String,
    /// The row as it stood, when it is of text and not long: what is needed to mend it and try again.
    pub raw: Option<Box<str>>,
}

impl Reject {
    /// Keeps the row as it stood, when it is not long.
    #[must_use]
    pub fn with_raw(mut self, raw: &str) -> Self {
        self.raw = (raw.len() <= KEPT).then(|| raw.into());
        self
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.reason),
            None => write!(f, "{}: {}", self.source, self.reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_not_as_long_as_what_it_names() {
        let place = Place { source: "a".into(), stem: "a".into(), line: None, offset: None };
        assert_eq!(place.reject(None, "short").reason, "short");
        let long = place.reject(None, format!("x{}", "é".repeat(1 << 20))).reason;
        assert!(long.len() <= LONGEST_REASON + '…'.len_utf8() && long.ends_with("é…"), "{long}");
    }
}

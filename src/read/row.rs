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
        Reject {
            source: self.source.to_string(),
            line: self.line,
            offset: self.offset,
            id: id.map(String::into_boxed_str),
            reason: cut(reason.into()),
            raw: None,
            left_out: false,
        }
    }

    /// The row is no article that was asked for, and nothing is wrong with it.
    #[must_use]
    pub fn left_out(&self, id: Option<String>, reason: impl Into<String>) -> Reject {
        Reject { left_out: true, ..self.reject(id, reason) }
    }

    /// An article that still lacks its text; the place makes an id where the row has none.
    pub(super) fn article(&self, id: Option<String>) -> Article {
        let named = || {
            self.line.map_or_else(|| self.stem.to_string(), |line| format!("{}:{line}", self.stem))
        };
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
    /// Tells its content from any other: the same bytes, the same number.
    pub digest: u64,
    reading: Reading,
}

impl Row {
    pub(super) fn new(
        place: Place,
        raw: Raw,
        reading: impl FnOnce() -> Result<Article, Reject> + Send + 'static,
    ) -> Self {
        Row { place, bytes: raw.bytes, digest: raw.digest, reading: Box::new(reading) }
    }

    /// A row that turned out to be none while it was cut.
    pub(super) fn none(reject: Reject, place: Place) -> Self {
        let told = reject.raw.as_deref().unwrap_or(&reject.reason).to_owned();
        Row::new(place, Raw::of(told.as_bytes()), move || Err(reject))
    }

    pub(super) fn rejected(place: Place, reason: impl Into<String>) -> Self {
        Row::none(place.reject(None, reason), place)
    }

    /// The same row, with something to be done after its reading.
    pub(super) fn then(
        self,
        next: impl FnOnce(Article) -> Result<Article, Reject> + Send + 'static,
    ) -> Self {
        let reading = self.reading;
        Row { reading: Box::new(move || reading().and_then(next)), ..self }
    }

    /// Reads the row.
    ///
    /// # Errors
    /// When it holds no article.
    pub fn read(self) -> Result<Article, Reject> {
        (self.reading)()
    }
}

/// What is known of a row before it is read.
pub(super) struct Raw {
    bytes: usize,
    digest: u64,
}

impl Raw {
    /// The row as it stands in its source.
    pub(super) fn of(raw: &[u8]) -> Self {
        Raw { bytes: raw.len(), digest: digest(raw) }
    }
}

/// A number that tells bytes apart, the same on every machine: eight bytes at a time, by multiplication and rotation. No guard
/// against somebody who wants two contents to have one number.
#[must_use]
pub fn digest(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash =
        words.iter().fold(bytes.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let last = rest.iter().fold(1, |last, byte| (last << 8) | u64::from(*byte));
    let hash = mix(hash, last);
    hash ^ (hash >> 32)
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
    pub id: Option<Box<str>>,
    /// What is wrong, and what to do.
    pub reason: String,
    /// The row as it stood, when it is of text and not long: what is needed to mend it and try again.
    pub raw: Option<Box<str>>,
    /// Nothing is wrong: the row was not asked for (a date out of the range) or is none (a picture in a feed). It is counted
    /// and not listed.
    #[serde(skip)]
    pub left_out: bool,
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

    #[test]
    fn one_byte_changes_the_digest() {
        let row = b"{\"id\": 1, \"text\": \"Marr said yes.\"}".to_vec();
        let mut seen = std::collections::BTreeSet::from([digest(&row)]);
        for at in 0..row.len() {
            let mut other = row.clone();
            other[at] ^= 1;
            assert!(seen.insert(digest(&other)) && seen.insert(digest(&row[..at])), "{at}");
        }
    }
}

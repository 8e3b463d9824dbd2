//! From bytes to articles: one file for each format.

mod columns;
mod csv;
mod decode;
mod html;
mod inputs;
mod jsonl;
mod source;
mod text;

pub use columns::Columns;
pub use html::read_page;
pub use inputs::{Articles, read};
pub use source::Source;

use crate::article::Article;
use crate::text::OffsetUnit;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// A way in which articles are stored. To add one: a file, and a line in [`FORMATS`].
pub struct Format {
    /// Name for `--input-format`.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Endings of file names; in a folder only files with the ending of some format are read.
    pub endings: &'static [&'static str],
    /// Does a source, by its name and its first bytes, look like it?
    pub matches: fn(name: &str, head: &[u8]) -> bool,
    /// Its articles, one by one.
    pub read: fn(Source, Arc<Options>) -> Rows,
}

/// Every format, in the order in which they are asked whether a source is theirs.
pub static FORMATS: &[Format] = &[jsonl::FORMAT, html::FORMAT, csv::FORMAT, text::FORMAT];

impl Format {
    /// The format of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| {
        let split = name.len().saturating_sub(ending.len());
        name.get(split..).is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    })
}

/// The articles of one source, bad rows among them.
pub type Rows = Box<dyn Iterator<Item = Result<Article, Reject>> + Send>;

/// Longest row, line or text file that is read, bytes. A longer one is rejected, so that memory has a bound.
pub const LONGEST: usize = 64 << 20;

/// How to read.
#[derive(Clone, Default)]
pub struct Options {
    /// Read everything as this; found from name and bytes when `None`.
    pub format: Option<&'static Format>,
    /// Names of the columns.
    pub columns: Columns,
    /// Unit of the spans in `targets`.
    pub unit: OffsetUnit,
    /// Targets asked for in every article, after its own.
    pub targets: Vec<String>,
}

/// A row or file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// File, or `-`.
    pub source: String,
    /// Line on which the row begins, from 1; `None` when the whole source is meant.
    pub line: Option<u64>,
    /// The row's id where it has one.
    pub id: Option<String>,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.reason),
            None => write!(f, "{}: {}", self.source, self.reason),
        }
    }
}

//! From bytes to articles: one file for each format.

mod columns;
mod csv;
mod date;
mod decode;
mod document;
mod export;
mod feed;
mod field;
mod foreign;
mod html;
mod inputs;
mod iptc7901;
mod json;
mod jsonl;
mod markdown;
mod members;
mod mojibake;
mod newsml;
mod nitf;
mod only;
mod parquet;
mod peek;
mod row;
mod source;
mod text;
mod usual;
mod warc;
mod wrapped;
mod wxr;
mod xml;

pub use columns::Columns;
pub(crate) use csv::{Sheet, sheet};
pub use html::read_page;
pub use inputs::{Inputs, objects, read, read_source, size};
pub use only::Only;
pub use row::{Place, Reject, Row, digest};
pub use source::Source;

use crate::text::OffsetUnit;
use std::path::PathBuf;
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
pub static FORMATS: &[Format] = &[
    parquet::FORMAT,
    warc::FORMAT,
    document::epub::FORMAT,
    document::docx::FORMAT,
    document::pdf::FORMAT,
    document::rtf::FORMAT,
    document::mbox::FORMAT,
    document::mail::FORMAT,
    export::factiva_xml::FORMAT,
    wxr::FORMAT,
    feed::FORMAT,
    nitf::FORMAT,
    newsml::FORMAT,
    iptc7901::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    html::FORMAT,
    csv::FORMAT,
    text::FORMAT,
];

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

/// The rows of one source, in order.
pub type Rows = Box<dyn Iterator<Item = Row> + Send>;

/// A source of one row.
fn one(row: Row) -> Rows {
    Box::new(std::iter::once(row))
}

/// Longest row, line, page or record that is read, bytes. A longer one is rejected, so that memory has a bound.
pub const LONGEST: usize = 16 << 20;

/// Longest text that is scored, bytes, when nobody tells: 80,000 words, a novel. Marks of hostile text take 200 times its size.
pub const MAX_BYTES: usize = 512 << 10;

/// How to read.
#[derive(Clone)]
pub struct Options {
    /// Read everything as this; found from name and bytes when `None`.
    pub format: Option<&'static Format>,
    /// Names of the columns.
    pub columns: Columns,
    /// Unit of the spans in `targets`.
    pub unit: OffsetUnit,
    /// Targets asked for in every article, after its own.
    pub targets: Vec<String>,
    /// Which articles are asked for.
    pub only: Only,
    /// Longest text, bytes; a row or page may be some times as long.
    pub max_bytes: usize,
    /// Mend UTF-8 that was read in a wrong encoding; places then count in the mended text.
    pub repair: bool,
    /// Files and folders that are not read when a folder is walked: what the run itself writes.
    pub leave_out: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            format: None,
            columns: Columns::default(),
            unit: OffsetUnit::default(),
            targets: Vec::new(),
            only: Only::default(),
            max_bytes: MAX_BYTES,
            repair: false,
            leave_out: Vec::new(),
        }
    }
}

impl Options {
    /// Longest row: escapes make a text of JSON six times as long.
    fn longest(&self) -> usize {
        LONGEST.max(self.max_bytes.saturating_mul(6))
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

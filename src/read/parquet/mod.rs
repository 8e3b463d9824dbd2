//! Parquet: a row for each article. Behind the feature `parquet`, which release builds turn on: the crates are large.

#[cfg(not(feature = "parquet"))]
use super::Row;
use super::{Format, Options, Rows, Source, has_ending};
use std::sync::Arc;

#[cfg(feature = "parquet")]
mod footer;
#[cfg(feature = "parquet")]
mod rows;

const ENDINGS: &[&str] = &[".parquet"];

/// Parquet.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    doc: "Parquet with the columns of JSONL",
    endings: ENDINGS,
    matches: |name, head| head.starts_with(b"PAR1") || has_ending(name, ENDINGS),
    read,
};

#[cfg(feature = "parquet")]
fn read(source: Source, options: Arc<Options>) -> Rows {
    rows::read(source, options)
}

#[cfg(not(feature = "parquet"))]
fn read(source: Source, _options: Arc<Options>) -> Rows {
    let reason =
        "Parquet, which this build does not read: build with --features parquet, or take a release";
    Box::new(std::iter::once_with(move || Row::rejected(source.place(None, None), reason)))
}

#[cfg(all(test, feature = "parquet"))]
mod tests;

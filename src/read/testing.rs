//! Bytes through one reader, for the tests of the readers.

use super::{Format, Options, Reject, Row, Source};
use crate::article::Article;
use std::io::Cursor;
use std::sync::Arc;

/// All rows of bytes that lie in a file "t".
pub(super) fn read(format: Format, bytes: &[u8]) -> Vec<Result<Article, Reject>> {
    read_with(format, bytes, Options::default())
}

pub(super) fn read_with(
    format: Format,
    bytes: &[u8],
    options: Options,
) -> Vec<Result<Article, Reject>> {
    let source = Source::new("t".to_owned(), "t".to_owned(), Cursor::new(bytes.to_vec()));
    (format.read)(source.expect("opens"), Arc::new(options)).map(Row::read).collect()
}

/// The only row.
pub(super) fn read_one(format: Format, bytes: &[u8]) -> Result<Article, Reject> {
    let mut rows = read(format, bytes);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// Name of the format that bytes are taken for.
pub(super) fn known_as(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let mut source =
        Source::new(name.to_owned(), "t".to_owned(), Cursor::new(bytes.to_vec())).expect("opens");
    source.format().ok().map(|format| format.name)
}

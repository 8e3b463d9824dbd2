//! Bytes through a reader, as the program sends them.

use newsgauge::read::{Format, Options, Source};
use std::io::Cursor;
use std::sync::Arc;

/// Reads all rows; `None` takes the format that the bytes tell.
pub fn all(format: Option<&str>, bytes: &[u8]) {
    let Ok(mut source) = Source::new("fuzz".to_owned(), "fuzz".to_owned(), Cursor::new(bytes.to_vec())) else { return };
    let found = format.map_or_else(|| source.format().ok(), Format::named);
    let Some(format) = found else { return };
    let rows = (format.read)(source, Arc::new(Options::default()));
    for (count, row) in rows.enumerate() {
        assert!(count <= bytes.len() * 300 + 2, "rows without end");
        let _read_or_told = row.read();
    }
}

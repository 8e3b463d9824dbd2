//! Plain text: a file is an article, and the file's name is its id.

use super::columns::add_targets;
use super::decode::Decoder;
use super::row::Raw;
use super::{Format, Options, Reject, Row, Source, field, mojibake};
use crate::article::Article;
use std::sync::Arc;

/// Plain text.
pub(super) const FORMAT: Format = Format {
    name: "text",
    doc: "plain text: a file is an article, named by the file",
    endings: &[".txt", ".text"],
    matches,
    read: |source, options| Box::new(std::iter::once_with(move || row(source, options))),
};

/// What is surely not plain text: compressed files, PDF, Parquet, web pages.
const OTHERS: &[&[u8]] = &[
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"BZh",
    b"\xfd7zXZ",
    b"PK\x03\x04",
    b"%PDF",
    b"PAR1",
    b"WARC/",
    b"<!doctype html",
    b"<html",
];

fn matches(_name: &str, head: &[u8]) -> bool {
    let body = head.trim_ascii_start();
    let starts =
        |magic: &&[u8]| body.get(..magic.len()).is_some_and(|b| b.eq_ignore_ascii_case(magic));
    !head.contains(&0) && !OTHERS.iter().any(starts)
}

fn row(mut source: Source, options: Arc<Options>) -> Row {
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return Row::none(reject, source.place(None, None)),
    };
    Row::new(source.place(None, None), Raw::of(&bytes), move || read(bytes, &source, &options))
}

fn read(bytes: Vec<u8>, source: &Source, options: &Options) -> Result<Article, Reject> {
    if bytes.trim_ascii().is_empty() {
        return Err(source.reject("holds no text"));
    }
    let (text, warning) = Decoder::new().decode_owned(bytes);
    let warnings = source.warning.iter().cloned().chain(warning).collect();
    let mut article = Article { text, warnings, ..source.place(None, None).article(None) };
    // Whoever says that it is plain text means what stands there.
    if options.format.is_some() {
        mojibake::mend_or_tell(&mut article, options.repair);
    } else {
        field::read(&mut article, options, false);
    }
    add_targets(&mut article, options);
    Ok(article)
}

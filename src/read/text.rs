//! Plain text: a file is an article, and the file's name is its id.

use super::columns::add_targets;
use super::decode::Decoder;
use super::source::too_long;
use super::{Format, LONGEST, Options, Reject, Source};
use crate::article::Article;
use std::io::Read;
use std::sync::Arc;

/// Plain text.
pub(super) const FORMAT: Format = Format {
    name: "text",
    doc: "plain text: a file is an article, named by the file",
    endings: &[".txt", ".text"],
    matches,
    read: |source, options| Box::new(std::iter::once_with(move || read(source, &options))),
};

/// What is surely not plain text: compressed files, PDF, Parquet, web pages.
const OTHERS: &[&[u8]] = &[b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"%PDF", b"PAR1", b"WARC/", b"<!doctype html", b"<html"];

fn matches(_name: &str, head: &[u8]) -> bool {
    let body = head.trim_ascii_start();
    let starts = |magic: &&[u8]| body.get(..magic.len()).is_some_and(|b| b.eq_ignore_ascii_case(magic));
    !head.contains(&0) && !OTHERS.iter().any(starts)
}

fn read(mut source: Source, options: &Arc<Options>) -> Result<Article, Reject> {
    let mut bytes = Vec::new();
    let count = match source.bytes.by_ref().take(LONGEST as u64 + 1).read_to_end(&mut bytes) {
        Ok(count) => count,
        Err(error) => return Err(source.reject(None, error.to_string())),
    };
    if count > LONGEST {
        return Err(source.reject(None, too_long()));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(source.reject(None, "holds no text".to_owned()));
    }
    let (text, warning) = Decoder::new().decode(&bytes);
    let warnings = source.warning.into_iter().chain(warning).collect();
    let mut article = Article { id: source.stem, source: source.name, text, warnings, ..Article::default() };
    add_targets(&mut article, options);
    Ok(article)
}

//! Plain text: a file is an article, and the file's name is its id, unless it is an export of a
//! database with many.

use super::columns::add_targets;
use super::decode::Decoder;
use super::export::{self, Found};
use super::row::Raw;
use super::{Format, Options, Row, Rows, Source, field, mojibake, one};
use crate::article::Article;
use std::sync::Arc;

/// Plain text.
pub(super) const FORMAT: Format = Format {
    name: "text",
    doc: "plain text: a file is an article, named by the file",
    endings: &[".txt", ".text", ".md", ".markdown"],
    matches,
    read: |source, options| Box::new(std::iter::once_with(move || rows(source, options)).flatten()),
};

/// What is surely not plain text: compressed files, PDF, Parquet, web pages.
const OTHERS: &[&[u8]] =
    &[b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"WARC/", b"<!doctype html", b"<html", b"<?xml"];

fn matches(_name: &str, head: &[u8]) -> bool {
    let body = head.trim_ascii_start();
    let starts =
        |magic: &&[u8]| body.get(..magic.len()).is_some_and(|b| b.eq_ignore_ascii_case(magic));
    !head.contains(&0) && !OTHERS.iter().any(starts)
}

fn rows(mut source: Source, options: Arc<Options>) -> Rows {
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, source.place(None, None))),
    };
    let raw = Raw::of(&bytes);
    let place = source.place(None, None);
    if bytes.trim_ascii().is_empty() {
        return one(Row::rejected(place, "holds no text"));
    }
    let (text, warning) = Decoder::new().decode_owned(bytes);
    source.warning = source.warning.or(warning);
    match export::in_text(&text, &source, &options) {
        Found::Articles(rows) => rows,
        Found::Several(reason) => one(Row::rejected(place, reason)),
        Found::Other => one(Row::new(place.clone(), raw, move || {
            let warnings = source.warning.into_iter().collect();
            let mut article = Article { text, warnings, ..place.article(None) };
            // Whoever says that it is plain text means what stands there.
            if options.format.is_some() {
                mojibake::mend_or_tell(&mut article, options.repair);
            } else {
                field::read(&mut article, &options, false);
            }
            add_targets(&mut article, &options);
            Ok(article)
        })),
    }
}

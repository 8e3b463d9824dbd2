//! The text layer of a PDF, by pdf-extract, with what it lacks of bounds.

use super::super::super::{Options, Row, Rows, Source, one};
use super::super::rows;
use flate2::bufread::ZlibDecoder;
use pdf_extract::{ConvertToFmt, Document, PlainTextOutput, output_doc};
use std::fmt;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What one stream of a file may unpack to, and all of them, bytes: a large picture, and many.
const STREAM: u64 = 64 << 20;
const STREAMS: u64 = 1 << 30;

pub(super) fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let place = source.place(None, None);
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, place)),
    };
    // The crate panics on some files; the panic is no defect of the run.
    let read = catch_unwind(AssertUnwindSafe(|| text(&bytes, options.longest())));
    match read.unwrap_or_else(|_| Err("a broken PDF: print it to a new PDF".to_owned())) {
        Ok(text) => rows(text, &source, &options),
        Err(reason) => one(Row::rejected(place, reason)),
    }
}

fn text(bytes: &[u8], most: usize) -> Result<String, String> {
    if expands(bytes) {
        return Err("a PDF whose streams expand too far: a decompression bomb?".to_owned());
    }
    let broken = |error: &dyn fmt::Display| format!("a broken PDF: {error}");
    let mut document = Document::load_mem(bytes).map_err(|error| broken(&error))?;
    // Many files are encrypted with no password, to forbid printing.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err("a locked (encrypted) PDF: save it without a password".to_owned());
    }
    let mut out = String::new();
    let written = output_doc(&document, &mut PlainTextOutput::new(Bounded { out: &mut out, most }));
    written.map_err(|error| broken(&error))?;
    let text = paragraphs(&out);
    if text.is_empty() {
        return Err("a scanned PDF (it has no text layer): run OCR on it".to_owned());
    }
    Ok(text)
}

/// Lines with the spaces between their words folded, which set them flush right.
fn paragraphs(out: &str) -> String {
    let mut text = String::new();
    let mut apart = false;
    for line in out.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            apart = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if apart { "\n\n" } else { "\n" });
        }
        apart = false;
        for (at, word) in words.enumerate() {
            text.push_str(if at > 0 { " " } else { "" });
            text.push_str(word);
        }
    }
    text
}

/// Do the streams of a file unpack to more than a document's? They are only counted here.
fn expands(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"stream";
    let twice = |w: &[u8]| w == b"FlateDecode/FlateDecode" || w == b"FlateDecode /FlateDecode";
    if bytes.windows(23).any(twice) || bytes.windows(24).any(twice) {
        return true;
    }
    let mut left = STREAMS;
    let mut rest = bytes;
    while let Some(at) = rest.windows(BEGIN.len()).position(|window| window == BEGIN) {
        rest = &rest[at + BEGIN.len()..];
        let data = rest.trim_ascii_start();
        // Every stream of zlib begins so.
        if data.first().is_some_and(|byte| byte & 0x0f == 8) {
            let mut stream = ZlibDecoder::new(data);
            // What is damaged gives what comes before the damage.
            let mut piece = [0; 8192];
            let mut own = STREAM.min(left);
            while let Ok(count @ 1..) = stream.read(&mut piece) {
                own = match own.checked_sub(count as u64) {
                    Some(own) => own,
                    None => return true,
                };
            }
            left = left.saturating_sub(stream.total_out());
        }
    }
    false
}

/// Ends a text that grows too long.
struct Bounded<'t> {
    out: &'t mut String,
    most: usize,
}

impl fmt::Write for Bounded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.out.len() + text.len() > self.most {
            return Err(fmt::Error);
        }
        self.out.push_str(text);
        Ok(())
    }
}

impl ConvertToFmt for Bounded<'_> {
    type Writer = Self;

    fn convert(self) -> Self {
        self
    }
}

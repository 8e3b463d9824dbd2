//! An HTTP response as it was stored: head and body, the body without its transfer and content encodings.

use super::super::members::{bounded, unpack};
use httparse::{ParserConfig, Response, Status};
use std::io;

/// Most header lines.
const LINES: usize = 256;

/// What a server sent.
pub(super) struct Message {
    /// `Content-Type`, with its charset.
    pub(super) kind: Option<String>,
    /// The body as the page's author wrote it.
    pub(super) body: Vec<u8>,
}

/// Version of a status line that the parser knows.
const KNOWN: &[u8] = b"HTTP/1.1";

/// A status line of HTTP/2 or HTTP/3, which crawlers write as of old ("HTTP/2 200", "HTTP/3.0 200 OK"), with a version that
/// the parser knows.
fn as_known_version(block: &mut Vec<u8>) {
    let is_newer = block.get(..6).is_some_and(|start| {
        start.eq_ignore_ascii_case(b"HTTP/2") || start.eq_ignore_ascii_case(b"HTTP/3")
    });
    let end = block.iter().take(KNOWN.len() + 1).position(|b| b.is_ascii_whitespace());
    if let (true, Some(end)) = (is_newer, end) {
        block.splice(..end, KNOWN.iter().copied());
    }
}

/// Reads a stored response; the reason when it holds no page.
pub(super) fn read(mut block: Vec<u8>, most: usize) -> Result<Message, String> {
    as_known_version(&mut block);
    let (length, encodings, chunked, kind) = {
        let mut lines = [httparse::EMPTY_HEADER; LINES];
        let mut response = Response::new(&mut lines);
        let mut config = ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        let length = match config.parse_response(&mut response, &block) {
            Ok(Status::Complete(length)) => length,
            Ok(Status::Partial) => return Err("the HTTP head has no end".to_owned()),
            Err(error) => return Err(format!("not an HTTP response: {error}")),
        };
        let code = response.code.unwrap_or(0);
        if !(200..300).contains(&code) {
            return Err(format!("HTTP status {code}: no page"));
        }
        let field = |name: &str| {
            let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
            found
                .map(|h| String::from_utf8_lossy(h.value).trim().to_ascii_lowercase())
                .unwrap_or_default()
        };
        let encodings: Vec<String> =
            field("Content-Encoding").split(',').map(|e| e.trim().to_owned()).collect();
        let kind = Some(field("Content-Type")).filter(|k| !k.is_empty());
        (length, encodings, field("Transfer-Encoding").contains("chunked"), kind)
    };
    let mut body = block.split_off(length);
    if chunked {
        // Crawlers often join the chunks and leave the header.
        body = joined(&body).unwrap_or(body);
    }
    for encoding in encodings.iter().rev() {
        body = decode(encoding, body, most).map_err(|e| format!("the body's {encoding}: {e}"))?;
    }
    Ok(Message { kind, body })
}

/// The body of a chunked message; `None` when it is not one. The last chunk may be cut off.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(64).position(|b| *b == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        let taken = size.min(rest.len());
        out.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

/// Takes off one encoding. Gzip and zstd are known by their bytes: crawlers often unpack a body and leave the header.
fn decode(encoding: &str, body: Vec<u8>, most: usize) -> io::Result<Vec<u8>> {
    match encoding {
        "gzip" | "x-gzip" | "zstd" => unpack(body, most),
        "br" if !looks_like_text(&body) => {
            bounded(brotli_decompressor::Decompressor::new(body.as_slice(), 4096), most)
        }
        // Servers mean either of two forms.
        "deflate" if !looks_like_text(&body) => {
            let with_head = bounded(flate2::read::ZlibDecoder::new(body.as_slice()), most);
            with_head.or_else(|_| bounded(flate2::read::DeflateDecoder::new(body.as_slice()), most))
        }
        _ => Ok(body),
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    start.first() == Some(&b'<')
        || std::str::from_utf8(&body[..body.len().min(200)])
            .is_ok_and(|s| !s.chars().any(|c| c.is_control() && !c.is_whitespace()))
}

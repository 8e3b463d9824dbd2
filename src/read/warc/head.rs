//! The head of a record: its version line and its named fields.

use super::super::Source;
use std::io::{self, BufRead, Read};

/// Longest head, bytes.
const LONGEST: u64 = 64 << 10;

/// What the head of a record tells.
pub(super) struct Head {
    fields: Vec<(String, String)>,
    /// Bytes of its block.
    pub(super) length: u64,
}

impl Head {
    /// Reads the head up to its blank line; the reason when there is none that can be understood.
    pub(super) fn read(source: &mut Source) -> io::Result<Result<Self, String>> {
        let mut bytes = Vec::new();
        let mut head = source.bytes.by_ref().take(LONGEST);
        let ended = loop {
            let before = bytes.len();
            let count = head.read_until(b'\n', &mut bytes)?;
            if bytes[before..].trim_ascii().is_empty() {
                break count > 0;
            }
        };
        source.offset += bytes.len() as u64;
        if !ended {
            return Ok(Err("the head of the record has no end".to_owned()));
        }
        let text = String::from_utf8_lossy(&bytes);
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines().skip(1) {
            if let (true, Some((_, last))) = (line.starts_with([' ', '\t']), fields.last_mut()) {
                last.push(' ');
                last.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        let mut head = Head { fields, length: 0 };
        let Some(length) = head.field("Content-Length") else {
            return Ok(Err("the record has no Content-Length".to_owned()));
        };
        match length.parse() {
            Ok(length) => head.length = length,
            Err(_) => return Ok(Err(format!("the record's Content-Length is {length:?}"))),
        }
        Ok(Ok(head))
    }

    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Is there an article to be looked for? Requests, metadata and revisits have none.
    pub(super) fn holds_page(&self) -> bool {
        self.field("WARC-Type").is_some_and(|t| {
            ["response", "resource", "conversion"].iter().any(|k| t.eq_ignore_ascii_case(k))
        })
    }

    pub(super) fn id(&self) -> Option<String> {
        let id = self.field("WARC-Record-ID")?.trim_matches(['<', '>']);
        Some(id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned())
    }

    pub(super) fn address(&self) -> Option<String> {
        self.field("WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']).to_owned())
    }
}

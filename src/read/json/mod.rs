//! JSON that is not one object a line: an array, an object that holds one, objects written over several lines.

mod cut;
mod document;
mod object;

pub(super) use document::{is_document, read};
pub(super) use object::{Object, kind, one_line};

use super::Format;

/// JSON documents.
pub(super) const FORMAT: Format = Format {
    name: "json",
    doc: "JSON over several lines: an array, an object that holds one (answers of news interfaces, JSON Feed, ninjs)",
    endings: &[".json"],
    matches: |_, head| opens_array(head),
    read: |source, options| {
        let offset = source.offset;
        read(source, Vec::new(), offset, options)
    },
};

/// Opens with an array of objects: `[{`.
fn opens_array(head: &[u8]) -> bool {
    let mut rest = head.trim_ascii_start();
    let mut any = false;
    while let Some(inner) = rest.strip_prefix(b"[") {
        (rest, any) = (inner.trim_ascii_start(), true);
    }
    any && rest.starts_with(b"{")
}

#[cfg(test)]
mod tests;

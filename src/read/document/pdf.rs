//! PDF with a text layer (feature `documents`).

use super::super::{Format, Row, has_ending, one};

const ENDINGS: &[&str] = &[".pdf"];
const MAGIC: &[u8] = b"%PDF-";

/// PDF.
pub(in crate::read) const FORMAT: Format = Format {
    name: "pdf",
    doc: "a PDF that holds its text, not a scan",
    endings: ENDINGS,
    matches: |name, head| head.starts_with(MAGIC) || head.is_empty() && has_ending(name, ENDINGS),
    #[cfg(not(feature = "documents"))]
    read: |source, _| {
        one(Row::rejected(
            source.place(None, None),
            "a PDF, which this build of newsgauge does not read (it lacks the feature \
             `documents`): save its text as .txt or .docx",
        ))
    },
    #[cfg(feature = "documents")]
    read: layer::read,
};

//! What the extractor finds: who said what, before speakers and classes are known.

pub(super) use crate::text::is_one_of;
use crate::text::{Document, Span};
use std::ops::Range;

/// An attribution as it is cut out of the text. Spans are in order of place and none is empty.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Raw {
    /// Words that name the source, in pieces; empty when there is none.
    pub(crate) source: Vec<Span>,
    /// Words that attribute, in pieces; empty for a quotation that follows on.
    pub(crate) cue: Vec<Span>,
    /// What is attributed, in pieces; at least one.
    pub(crate) content: Vec<Span>,
    /// Probability that this is an attribution and rightly cut.
    pub(crate) confidence: f64,
}

impl Raw {
    /// Byte at which the first of its pieces begins.
    pub(crate) fn start(&self) -> u32 {
        [&self.source, &self.cue, &self.content]
            .iter()
            .flat_map(|s| s.iter())
            .map(|s| s.start)
            .min()
            .unwrap_or(0)
    }
}

/// Tokens that a span touches: a span may begin inside a token that scraping ran together.
pub(super) fn touched(document: &Document<'_>, span: Span) -> Range<usize> {
    let first = document.token_behind(span.start);
    first..document.token_from(span.end).max(first)
}

/// The span of tokens; `None` for no tokens.
pub(super) fn span_of(document: &Document<'_>, tokens: Range<usize>) -> Option<Span> {
    let (first, last) =
        (document.tokens.get(tokens.start)?, document.tokens.get(tokens.end.checked_sub(1)?)?);
    (tokens.start < tokens.end).then(|| first.span.cover(last.span))
}

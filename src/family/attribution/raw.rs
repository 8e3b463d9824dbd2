//! What the extractor finds: who said what, before speakers and classes are known.

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

/// The form of a token is one of `list`, whatever its case.
pub(super) fn is_one_of(document: &Document<'_>, token: usize, list: &[&str]) -> bool {
    let form = document.form(token);
    let Some(first) = form.bytes().next() else { return false };
    // Length and first letter are asked in one: what is so seldom true is foretold.
    let alike = |word: &str| {
        (word.len() == form.len())
            & word.bytes().next().is_some_and(|other| (first ^ other) & !0x20 == 0)
    };
    list.iter().any(|word| alike(word) && form.eq_ignore_ascii_case(word))
}

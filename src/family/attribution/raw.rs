//! What the extractor finds: who said what, before speakers and classes are known.

use crate::text::Span;

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

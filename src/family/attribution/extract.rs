//! The extractor: from a document's tokens to raw attributions.

use super::raw::Raw;
use crate::family::def::Context;
use crate::mark::Marks;

/// The attributions of a document, in order of their content's place.
pub(super) fn extract(_context: &Context<'_>, _marks: &Marks) -> Vec<Raw> {
    Vec::new()
}

//! Stretches of the text whose kind the format tells.

use super::{BlockKind, Span};

/// What a format knows of a stretch of the text, such as a page of its block quotations. A document
/// takes it over where the words themselves do not speak against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands: whole lines of the text.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The words that name whose words these are.
    pub by: Option<Span>,
}

impl Passage {
    /// The passage that holds an offset, of passages in order of place; `next` is the first that may,
    /// and goes on with the offsets asked for, which must rise.
    pub(super) fn at<'p>(
        passages: &'p [Passage],
        next: &mut usize,
        offset: u32,
    ) -> Option<&'p Passage> {
        while passages.get(*next).is_some_and(|p| p.span.end <= offset) {
            *next += 1;
        }
        passages.get(*next).filter(|p| p.span.start <= offset)
    }
}

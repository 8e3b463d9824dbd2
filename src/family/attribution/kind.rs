//! How much of a content is quoted.

use crate::mark::{Kind, Layer, Marks};
use crate::text::{Document, Span};

/// For each token: it stands between quotation marks that quote somebody's words.
pub(super) fn quoted(document: &Document<'_>, marks: &Marks) -> Vec<bool> {
    let mut out = vec![false; document.tokens.len()];
    for quote in marks.layer(Layer::Quote).iter().filter(|q| q.class != "title" && q.class != "nested") {
        for token in document.tokens_within(quote.span) {
            out[token] = true;
        }
    }
    out
}

/// Direct when all words are quoted but for a joining "that" or "and", mixed when some are.
pub(super) fn of(document: &Document<'_>, quoted: &[bool], content: &[Span]) -> Kind {
    let (mut inside, mut outside) = (0, 0);
    for span in content {
        for token in document.tokens_within(*span).filter(|&t| document.tokens[t].is_word()) {
            if quoted[token] {
                inside += 1;
            } else if !matches!(document.form(token), "that" | "and" | "but") {
                outside += 1;
            }
        }
    }
    match (inside, outside) {
        (0, _) => Kind::Indirect,
        (_, 0) => Kind::Direct,
        _ => Kind::Mixed,
    }
}

//! How much of a content is quoted.

use crate::mark::{Kind, Layer, Marks};
use crate::text::{Document, Span};

/// For each token: it stands between quotation marks that quote somebody's words, or in a block that does.
pub(crate) fn quoted(document: &Document<'_>, marks: &Marks) -> Vec<bool> {
    let mut out = vec![false; document.tokens.len()];
    for block in document.blocks.iter().filter(|b| b.is_spoken()) {
        document.tokens_within(block.span).for_each(|token| out[token] = true);
    }
    for quote in
        marks.layer(Layer::Quote).iter().filter(|q| q.class != "title" && q.class != "nested")
    {
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
    if inside == 0 {
        return by_surface(document, content);
    }
    if outside == 0 { Kind::Direct } else { Kind::Mixed }
}

/// Marks that open and close a quotation.
const PAIRS: &[(char, char)] = &[('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('«', '»')];

/// For contents where no quotation was found, in headings or behind "the film shows": by their own marks.
fn by_surface(document: &Document<'_>, content: &[Span]) -> Kind {
    let whole = |text: &str| {
        let body = text.trim_end_matches(['.', ',', '!', '?', ';', ':']);
        PAIRS.iter().any(|(open, _)| body.starts_with(*open))
            && PAIRS.iter().any(|(_, close)| body.ends_with(*close))
    };
    if content.iter().all(|s| whole(s.slice(document.text).trim())) {
        return Kind::Direct;
    }
    if content.iter().any(|s| holds_a_pair(s.slice(document.text))) {
        Kind::Mixed
    } else {
        Kind::Indirect
    }
}

/// A stretch between marks that begins with a small letter: a name or a title begins with a capital.
fn holds_a_pair(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |n| n.1);
        if let Some((_, close)) = PAIRS.iter().find(|p| p.0 == c)
            && (before.is_whitespace() || before == '(')
            && next.is_lowercase()
        {
            let rest = &text[at + c.len_utf8()..];
            return rest.contains(*close);
        }
        before = c;
    }
    false
}

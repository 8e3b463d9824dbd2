//! From what was cut out of the text to attributions: kind, class and speaker.

use super::raw::Raw;
use crate::family::def::Context;
use crate::mark::{Attribution, Kind, Layer, Marks, SourceClass};

/// Pushes one attribution for each `raw`, in order, into `marks.attributions`.
pub(super) fn resolve(context: &Context<'_>, raws: Vec<Raw>, marks: &mut Marks) {
    for raw in raws {
        let quoted = raw.content.iter().map(|s| quoted_words(context, marks, *s)).sum::<usize>();
        let words = raw.content.iter().map(|s| context.document.words_within(*s)).sum::<usize>();
        let kind = match quoted {
            0 => Kind::Indirect,
            n if n == words => Kind::Direct,
            _ => Kind::Mixed,
        };
        let source_class = if raw.source.is_empty() { SourceClass::None } else { SourceClass::Person };
        marks.attributions.push(Attribution {
            kind,
            source_class,
            speaker: None,
            reporter: None,
            confidence: raw.confidence,
            source: raw.source,
            cue: raw.cue,
            content: raw.content,
        });
    }
}

fn quoted_words(context: &Context<'_>, marks: &Marks, span: crate::text::Span) -> usize {
    let quotes = marks.layer(Layer::Quote);
    let inside = |t: &usize| quotes.iter().any(|q| q.span.contains(context.document.tokens[*t].span));
    context.document.tokens_within(span).filter(|&t| context.document.tokens[t].is_word()).filter(inside).count()
}

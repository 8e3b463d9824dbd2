//! Quotations of whom the reader is not told.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::mark::Layer;
use crate::text::Span;
use std::ops::Range;

pub(super) static KIND: Kind = Kind {
    name: "quote-without-speaker",
    summary: "A quotation, and nobody near it who is said to have said it.",
    why: "Words between marks are somebody's. A reader who is not told whose cannot weigh them, and an editor cannot check them.",
    help: "tell who said it, in the same sentence or the next one",
    severity: Severity::Warning,
    words: None,
    yes: &[
        text(
            "The port will close its north gate in May.\n\n“We were never asked about any of this.”\n\nThe gate was built in 1931, and six thousand cars pass it each day.",
        ),
        text(
            "The tram stops at noon on Sundays. It is “a slap in the face of every nurse in this town” and it will not be the last.",
        ),
    ],
    no: &[
        text(
            "The port will close its north gate in May. “We were never asked about any of this,” said Ida Orr, a docker.",
        ),
        text(
            "“We were never asked about any of this.”\n\nIda Orr, a docker, said it twice at the meeting on Monday.",
        ),
        text(
            "The song “All the Boats of Norby Bay” was written in 1931. It is sung each spring at the port.",
        ),
    ],
    find,
};

/// Fewest words: shorter ones are terms, titles and mottos.
const WORDS: f64 = 5.0;
/// Paragraphs before it in which a speaker may have been named.
const BACK: usize = 3;

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let attributed: Vec<Span> = {
        let sourced = draft
            .marks
            .attributions
            .iter()
            .filter(|a| !a.speakers.is_empty() || !a.source.is_empty());
        let mut spans: Vec<Span> = sourced.flat_map(|a| a.content.iter().copied()).collect();
        spans.sort_unstable();
        spans
    };
    let quotes = draft.marks.layer(Layer::Quote);
    for quote in
        quotes.iter().filter(|q| matches!(q.class, "full" | "fragment") && q.value >= WORDS)
    {
        let Some(at) = draft.document.sentence_at(quote.span.start) else { continue };
        let sentence = &draft.document.sentences[at];
        let from = attributed.partition_point(|s| s.start < quote.span.start.saturating_sub(4000));
        let theirs = attributed[from..]
            .iter()
            .take_while(|s| s.start < quote.span.end)
            .any(|s| s.overlaps(quote.span));
        if !draft.is_prose(sentence)
            || theirs
            || draft.has_source(at)
            || names_speaker(draft, at, quote.span)
        {
            continue;
        }
        let words = draft.quoted(quote.span);
        out.push(Found::at(quote.span, format!("nobody is said to have said {words}")));
    }
}

/// Outside the quotation, words of speech or somebody's name stand in its paragraph, or in those around a paragraph that is
/// nothing but the quotation; or the quotation goes on from the paragraph before.
fn names_speaker(draft: &Draft<'_, '_>, sentence: usize, quote: Span) -> bool {
    let here = draft.paragraph(sentence);
    if tells(draft, here.clone(), quote) {
        return true;
    }
    let near = |p: Range<usize>| {
        tells(draft, p.clone(), quote) || p.into_iter().any(|t| !draft.is_written(t))
    };
    let mut first = here.start;
    for _ in 0..BACK {
        let Some(before) = first.checked_sub(1) else { break };
        let paragraph = draft.paragraph(draft.sentence_of(before).0);
        first = paragraph.start;
        if near(paragraph) {
            return true;
        }
    }
    here.end < draft.document.tokens.len()
        && tells(draft, draft.paragraph(draft.sentence_of(here.end).0), quote)
}

/// Words of speech outside quotation marks, or a colon that opens the quotation.
fn tells(draft: &Draft<'_, '_>, tokens: Range<usize>, quote: Span) -> bool {
    let speaks = draft
        .lists
        .find(List::Speech, draft.document, tokens.clone())
        .iter()
        .any(|hit| draft.is_written(hit.first));
    let before = draft.document.token_from(quote.start);
    let opened =
        before > tokens.start && matches!(draft.document.form(before - 1), ":" | "—" | "–");
    let closed = tokens.clone().any(|t| {
        draft.document.tokens[t].span.start >= quote.end
            && matches!(draft.document.form(t), "—" | "–" | "-" | "~")
    });
    speaks || opened || closed
}

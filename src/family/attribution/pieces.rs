//! What stands in the midst of a statement and is none of it: a dateline before it, a gesture between its quotations.

use super::raw::{Raw, span_of, touched};
use crate::text::{Document, Span, behind_dateline};
use std::ops::Range;

/// Takes datelines off the beginnings of contents and sources.
pub(super) fn cut_datelines(document: &Document<'_>, raws: &mut [Raw]) {
    for span in raws.iter_mut().flat_map(|r| r.content.iter_mut().chain(&mut r.source)) {
        let tokens = touched(document, *span);
        let Some(&sentence) = document.sentence_of.get(tokens.start) else { continue };
        let block = document.sentences[sentence as usize].block;
        let first = document.token_from(document.blocks[block as usize].span.start);
        if tokens.start != first {
            continue;
        }
        let end = document.token_behind(document.blocks[block as usize].span.end);
        let behind = behind_dateline(document, first..end);
        if behind > first && behind < tokens.end {
            *span = span_of(document, behind..tokens.end).unwrap_or(*span);
        }
    }
}

/// Most tokens of a gesture: "she leaned to the microphone".
const GESTURE: usize = 24;

/// “It will be our”—she leaned to the microphone—“shared burden,” is two pieces; so are those that brackets part. `quoted`: for
/// each token, whether it stands between quotation marks.
pub(super) fn part_gestures(document: &Document<'_>, quoted: &[bool], raws: &mut [Raw]) {
    for raw in raws {
        raw.content = raw.content.iter().flat_map(|span| parted(document, quoted, *span)).collect();
    }
}

fn parted(document: &Document<'_>, quoted: &[bool], span: Span) -> Vec<Span> {
    let tokens = touched(document, span);
    let mut out = Vec::new();
    let mut start = tokens.start;
    let mut at = tokens.start;
    while at < tokens.end {
        let plain = (at..tokens.end).take_while(|&t| !quoted[t]).count();
        let stretch = at..at + plain;
        let inside = at > tokens.start && stretch.end < tokens.end;
        if inside && plain > 2 && is_gesture(document, &stretch) {
            out.extend(span_of(document, start..at));
            start = stretch.end;
        }
        at = stretch.end.max(at + 1);
    }
    if start == tokens.start {
        return vec![span];
    }
    out.extend(span_of(document, start..tokens.end));
    out
}

/// Between two dashes, or in brackets.
fn is_gesture(document: &Document<'_>, stretch: &Range<usize>) -> bool {
    let (first, last) = (document.form(stretch.start), document.form(stretch.end - 1));
    let dash = |form: &str| matches!(form, "—" | "–" | "―" | "-" | "--");
    stretch.len() <= GESTURE
        && ((dash(first) && dash(last)) || matches!((first, last), ("(", ")") | ("[", "]")))
}

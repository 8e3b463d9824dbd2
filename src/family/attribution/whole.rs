//! Contents that were found in part: the rest of their quotation, and what stands on the other side of "according to X".

use super::raw::{Raw, is_one_of, span_of, touched};
use crate::mark::{Layer, Marks};
use crate::text::{Document, Span};
use std::ops::Range;

/// Makes contents whole where nothing else lies in the way. Linear in the text.
pub(super) fn make_whole(document: &Document<'_>, marks: &Marks, raws: &mut [Raw]) {
    let mut taken: Vec<(Span, usize)> = raws
        .iter()
        .enumerate()
        .flat_map(|(at, r)| r.content.iter().chain(&r.cue).map(move |s| (*s, at)))
        .collect();
    taken.sort_unstable();
    let free = |span: Span, own: usize| {
        let from = taken.partition_point(|(s, _)| s.end <= span.start);
        taken[from..].iter().take_while(|(s, _)| s.start < span.end).all(|(_, at)| *at == own)
    };
    for (own, raw) in raws.iter_mut().enumerate() {
        quotation(marks, raw, |span| free(span, own));
        other_side(document, raw, |span| free(span, own));
        main_clause(document, raw);
        second_clause(document, raw, |span| free(span, own));
    }
}

/// "said that the mill was old, | but that it would stand": what a second "that" opens is said, too.
fn second_clause(document: &Document<'_>, raw: &mut Raw, free: impl Fn(Span) -> bool) {
    let Some(opens) = raw.content.first().map(|first| touched(document, *first).start) else {
        return;
    };
    let Some(last) = raw.content.last_mut() else { return };
    let tokens = touched(document, *last);
    if tokens.is_empty() || !is_one_of(document, opens, &["that"]) {
        return;
    }
    let comma = tokens.end - usize::from(document.form(tokens.end - 1) == ",");
    let sentence = document.sentences[document.sentence_of[tokens.start] as usize].tokens();
    let joined = document.form(comma) == ","
        && comma + 2 < sentence.end
        && is_one_of(document, comma + 1, &["and", "but", "or"])
        && is_one_of(document, comma + 2, &["that"]);
    let end = (comma..sentence.end).rev().find(|&t| document.tokens[t].is_word());
    if let Some(rest) = end.and_then(|end| span_of(document, comma..end + 1))
        && joined
        && free(Span { start: rest.start.max(last.end), end: rest.end })
    {
        last.end = rest.end;
    }
}

/// Half of a quotation of whole sentences, its cue outside: all of it.
fn quotation(marks: &Marks, raw: &mut Raw, free: impl Fn(Span) -> bool) {
    let quotes = marks.layer(Layer::Quote);
    for piece in &mut raw.content {
        let at = quotes.partition_point(|q| q.span.start <= piece.start).saturating_sub(1);
        let Some(quote) = quotes
            .get(at)
            .filter(|q| q.class == "full" && q.span.contains(*piece) && q.span != *piece)
        else {
            continue;
        };
        let outside = !raw.cue.iter().chain(&raw.source).any(|s| s.overlaps(quote.span));
        if outside && piece.len() * 2 >= quote.span.len() && free(quote.span) {
            *piece = quote.span;
        }
    }
}

const SUBORDINATE: &[&str] =
    &["although", "though", "even", "because", "since", "while", "but", "if", "unless"];
const SAYS: &[&str] = &[
    "said",
    "says",
    "commented",
    "added",
    "explained",
    "noted",
    "argued",
    "stated",
    "wrote",
    "remarked",
    "warned",
    "declared",
    "according",
];

/// Most tokens of a main clause that is looked for.
const MAIN: usize = 80;

/// "Marr pressed him, | although he would not go, | Dorn said": the clause before belongs to what she said.
fn main_clause(document: &Document<'_>, raw: &mut Raw) {
    let ([source], [cue], [content]) = (&raw.source[..], &raw.cue[..], &mut raw.content[..]) else {
        return;
    };
    let (source, cue, said) =
        (touched(document, *source), touched(document, *cue), touched(document, *content));
    let sentence = document.sentences[document.sentence_of[cue.start] as usize].tokens();
    let closes = said.end <= source.start.min(cue.start)
        && is_one_of(document, cue.start, SAYS)
        && document.form(said.end) == ",";
    let near = said.start > sentence.start + 2 && said.start - sentence.start <= MAIN;
    let joins = near
        && is_one_of(document, said.start, SUBORDINATE)
        && document.form(said.start - 1) == ",";
    // Marks of quotation part what the article says from what is said.
    let quoted = || {
        (sentence.start..said.start)
            .any(|t| matches!(document.form(t), "“" | "”" | "\"" | ":" | ";"))
    };
    if closes && joins && !quoted() {
        content.start = document.tokens[sentence.start].span.start;
    }
}

/// "The queue is long and, according to the clerks, is meant to keep people away": both sides, when one was found.
fn other_side(document: &Document<'_>, raw: &mut Raw, free: impl Fn(Span) -> bool) {
    let ([source], [cue], [content]) = (&raw.source[..], &raw.cue[..], &raw.content[..]) else {
        return;
    };
    let (source, cue, content) =
        (touched(document, *source), touched(document, *cue), touched(document, *content));
    let sentence = document.sentences[document.sentence_of[cue.start] as usize].tokens();
    let comma = |t: usize| t < sentence.end && document.form(t) == ",";
    let inserted = is_one_of(document, cue.start, &["according"])
        && cue.start > sentence.start
        && comma(cue.start - 1)
        && comma(source.end);
    if !inserted || content.start < sentence.start || content.end > sentence.end {
        return;
    }
    let words = |range: Range<usize>| {
        let first = range.clone().find(|&t| document.tokens[t].is_word())?;
        let last = range.rev().find(|&t| document.tokens[t].is_word())?;
        span_of(document, first..last + 1).filter(|_| last > first + 1)
    };
    let rest = if content.end <= cue.start {
        words(source.end + 1..sentence.end)
    } else {
        words(sentence.start..cue.start - 1)
    };
    if let Some(rest) = rest.filter(|span| free(*span)) {
        raw.content.push(rest);
        raw.content.sort_unstable();
    }
}

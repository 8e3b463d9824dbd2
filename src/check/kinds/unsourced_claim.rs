//! Figures and appeals to proof that the article gives no origin for.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::text::{Kind as TokenKind, Span};
use std::ops::Range;

pub(super) static KIND: Kind = Kind {
    name: "unsourced-claim",
    summary: "A figure, or an appeal to proof or to what all know, without a source.",
    why: "A share of people or a rise by half was counted by somebody. “Studies show” names no study. Without the origin the reader \
          cannot tell a count from a guess.",
    help: "tell where it comes from: who counted, which study, who agrees",
    severity: Severity::Warning,
    words: Some("appeals to proof or to what all know"),
    yes: &[
        text(
            "Studies show that ferries are safer than bridges. The port of Norby has three of them.",
        ),
        text(
            "Some 62 percent of the people of the old town want the tram back. It last ran in 1974.",
        ),
        text("Everyone knows that the port is run by two families. Its gates open at six."),
    ],
    no: &[
        text(
            "Ferries are safer than bridges, a study by the university of Norby found. The port has three of them.",
        ),
        text(
            "Some 62 percent of the people of the old town want the tram back, according to a poll of 900 of them. It last ran in 1974.",
        ),
        text("The shares of the port fell by 4 percent on Monday. They had risen for nine weeks."),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    appeals(draft, out);
    figures(draft, out);
    for span in draft.settings.added(&KIND, draft.document) {
        if draft.is_written(draft.document.token_from(span.start)) {
            let words = draft.quoted(span);
            out.push(Found::at(span, format!("{words} names nobody who could be asked")));
        }
    }
}

/// "Studies show", "experts agree", "everyone knows".
fn appeals(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let document = draft.document;
    let list = draft.lists.lexicon(List::Authority);
    for hit in list.find(document, 0..document.tokens.len()) {
        let (at, sentence) = draft.sentence_of(hit.first);
        let span = draft.span(hit.first..hit.last);
        if !draft.is_written(hit.first) || is_told(draft, at, span) {
            continue;
        }
        // The sentence or the next one names the study.
        let kind = list.entries[hit.entry].note.as_str();
        let around = sentence.tokens().start..draft.around(at, 1).end;
        let named = matches!(kind, "proof" | "agreement")
            && (is_named(draft, around, hit.first..hit.last) || is_told_of(draft, hit.first));
        if !named {
            let words = draft.quoted(span);
            let what = match kind {
                "proof" => "names no proof that could be looked up",
                "agreement" => "names nobody who agrees",
                _ => "stands in for a source",
            };
            out.push(Found::at(span, format!("{words} {what}")));
        }
    }
}

/// Somebody in particular is reported to say so.
fn is_told(draft: &Draft<'_, '_>, sentence: usize, span: Span) -> bool {
    draft.attributions(sentence).any(|a| {
        a.content.iter().any(|c| c.contains(span))
            && (!a.source.is_empty() || !a.speakers.is_empty())
    })
}

/// The study has a name, an owner or a year: capitals, figures, or words for who made it, beside the appeal's own.
fn is_named(draft: &Draft<'_, '_>, tokens: Range<usize>, appeal: Range<usize>) -> bool {
    const MADE: &[&str] = &[
        "university",
        "institute",
        "journal",
        "professor",
        "author",
        "authors",
        "published",
        "by",
        "per",
        "survey",
        "poll",
        "example",
        "instance",
        "according",
        "researchers",
        "study",
        "found",
    ];
    tokens.filter(|t| !appeal.contains(t)).any(|t| {
        draft.document.tokens[t].kind == TokenKind::Number || MADE.contains(&draft.form(t).as_str())
    })
}

/// "The June jobs | data show": a word before it tells which.
fn is_told_of(draft: &Draft<'_, '_>, first: usize) -> bool {
    const OPENERS: &[&str] = &[
        "and",
        "but",
        "that",
        "as",
        "because",
        "now",
        "so",
        "yet",
        "while",
        "however",
        "since",
        "all",
        "many",
        "some",
        "several",
        "most",
        "recent",
        "countless",
        "numerous",
        "other",
        "the",
        "also",
        "scientific",
        "medical",
        "new",
        "though",
        "although",
        "where",
        "which",
    ];
    let (_, sentence) = draft.sentence_of(first);
    first > sentence.tokens().start
        && (draft.document.tokens[first - 1].is_word()
            || draft.document.form(first - 1).contains('’'))
        && !OPENERS.contains(&draft.form(first - 1).as_str())
}

/// Shares and rates.
fn figures(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let document = draft.document;
    let mut paragraph = u32::MAX;
    for (at, sentence) in document.sentences.iter().enumerate() {
        let tokens = sentence.tokens();
        if !draft.is_prose(sentence) || sentence.block == paragraph {
            continue;
        }
        let Some(figure) = figure(draft, tokens.clone()) else { continue };
        let reach = figure.start..(figure.end + 4).min(tokens.end);
        if !draft.holds(List::People, reach) && !rises(draft, tokens.clone()) {
            continue;
        }
        let around = neighbours(draft, at);
        let sourced = draft.holds(List::Origin, around.clone())
            || draft.marks.sentences[at].attributed
            || draft.has_source(at);
        if sourced
            || draft.holds(List::Routine, tokens)
            || !figure.clone().all(|t| draft.is_written(t))
        {
            continue;
        }
        // One for a paragraph: they have one origin.
        paragraph = sentence.block;
        let span = draft.span(figure);
        let words = draft.quoted(span);
        out.push(Found::at(span, format!("{words}: a figure, and nobody who counted")));
    }
}

/// The first share or rate of a sentence, with its number.
fn figure(draft: &Draft<'_, '_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let document = draft.document;
    let is_number = |t: usize| document.tokens[t].kind == TokenKind::Number;
    let sign = tokens.clone().skip(1).find(|&t| document.form(t) == "%" && is_number(t - 1));
    let hit = draft.lists.find(List::Figure, document, tokens.clone()).into_iter().next();
    let word = hit.map(|hit| {
        let number = hit.first > tokens.start && is_number(hit.first - 1);
        hit.first - usize::from(number)..hit.last
    });
    let sign = sign.map(|t| t - 1..t + 1);
    match (sign, word) {
        (Some(a), Some(b)) => Some(if a.start <= b.start { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// "Crime has doubled", "rents rose by 30 percent": the condition stands before the figure.
fn rises(draft: &Draft<'_, '_>, tokens: Range<usize>) -> bool {
    const VERBS: &[&str] = &[
        "rose",
        "risen",
        "fell",
        "fallen",
        "doubled",
        "tripled",
        "trebled",
        "halved",
        "grew",
        "grown",
        "increased",
        "dropped",
        "climbed",
        "jumped",
        "soared",
        "quadrupled",
        "declined",
    ];
    draft.holds(List::People, tokens.clone())
        && tokens.into_iter().any(|t| VERBS.contains(&draft.form(t).as_str()))
}

/// The paragraph of a sentence and those beside it.
fn neighbours(draft: &Draft<'_, '_>, sentence: usize) -> Range<usize> {
    let here = draft.paragraph(sentence);
    let of = |token: usize| draft.paragraph(draft.sentence_of(token).0);
    let start = here.start.checked_sub(1).map_or(here.start, |t| of(t).start);
    let end = if here.end < draft.document.tokens.len() { of(here.end).end } else { here.end };
    start..end
}

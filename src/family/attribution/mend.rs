//! What the fitted stages cut out, put right where its shape tells how: ends are trimmed, a quotation that runs on is one
//! attribution, words put in somebody's mouth are none.

use super::introduced::give_idea_to_its_voice;
use super::join::{join_continued, join_interrupted, one_of_each_cue};
use super::raw::{Raw, is_one_of, span_of, touched};
use super::subject::{BEHIND, NO_SUBJECT, find_subjects};
use super::unsourced;
use super::verbs::{DAYS, is_adverb};
use super::whole::make_whole;
use crate::mark::{Layer, Marks};
use crate::text::{Document, Kind, Span};
use std::ops::Range;

/// Mends what was extracted. The order of place is kept.
pub(super) fn mend(document: &Document<'_>, marks: &Marks, mut raws: Vec<Raw>) -> Vec<Raw> {
    raws.retain(|raw| !is_put_in_a_mouth(marks, raw));
    for raw in &mut raws {
        trim(document, raw);
        whole_quotation(document, marks, raw);
        begin_at_clause(document, raw);
        begin_behind_colon(document, marks, raw);
        last_subject(document, raw);
        subject_before_apposition(document, raw);
        whole_subject(document, raw);
        give_idea_to_its_voice(document, raw);
    }
    raws.retain(|raw| !unsourced::opens_adjunct(document, raw));
    find_subjects(document, &mut raws);
    raws.iter_mut().for_each(|raw| unsourced::drop_subject(document, raw));
    raws.retain(|raw| !raw.content.is_empty());
    one_of_each_cue(&mut raws);
    join_interrupted(document, &mut raws);
    make_whole(document, marks, &mut raws);
    join_continued(marks, &mut raws);
    raws.iter_mut().for_each(merge_pieces);
    raws
}

/// Pieces that overlap become one.
fn merge_pieces(raw: &mut Raw) {
    raw.content.sort_unstable();
    raw.content.dedup_by(|next, before| {
        let overlap = next.overlaps(*before);
        if overlap {
            *before = before.cover(*next);
        }
        overlap
    });
}

/// “That can only mean: “We are afraid””: nobody said so.
fn is_put_in_a_mouth(marks: &Marks, raw: &Raw) -> bool {
    let quotes = marks.layer(Layer::Quote);
    let mock = |span: &Span| {
        let at = quotes.partition_point(|q| q.span.end <= span.start);
        quotes[at..].iter().take_while(|q| q.span.start < span.end).any(|q| q.class == "mock")
    };
    raw.content.iter().any(mock)
}

/// Marks that are no part of a source or of a cue at its ends.
const ENDS: &[&str] = &[",", ";", ":", "“", "\"", "”", "—", "–", "-"];
/// Those of a cue: a dash can be one.
const CUE_ENDS: &[&str] = ENDS.split_at(6).0;

fn trim(document: &Document<'_>, raw: &mut Raw) {
    let ends = |spans: &[Span], list: &[&str]| -> Vec<Span> {
        let bare = |span: &Span| {
            let Range { mut start, mut end } = touched(document, *span);
            let mark = |t: usize| {
                document.tokens[t].kind == Kind::Punctuation && is_one_of(document, t, list)
            };
            let all = start..end;
            while start < end && mark(start) {
                start += 1;
            }
            while end > start && mark(end - 1) {
                end -= 1;
            }
            // A span that begins inside a token stays as it was cut.
            if (start..end) == all { Some(*span) } else { span_of(document, start..end) }
        };
        spans.iter().filter_map(bare).collect()
    };
    raw.cue = ends(&raw.cue, CUE_ENDS);
    raw.source = ends(&raw.source, ENDS)
        .into_iter()
        .filter_map(|span| without_time(document, without_opener(document, span)))
        .collect();
    let content =
        raw.content.iter().flat_map(|span| without(document, *span, &raw.cue)).collect::<Vec<_>>();
    if !content.is_empty() {
        raw.content = content;
    }
}

/// What is left of a span when `cut` is taken out: nothing in, nothing out; pieces that hold no word are dropped.
fn without(document: &Document<'_>, span: Span, cut: &[Span]) -> Vec<Span> {
    if !cut.iter().any(|c| c.overlaps(span)) {
        return vec![span];
    }
    let mut out = Vec::new();
    let tokens = touched(document, span);
    let mut start = tokens.start;
    for token in tokens.start..=tokens.end {
        let stops =
            token == tokens.end || cut.iter().any(|c| c.overlaps(document.tokens[token].span));
        if stops {
            if (start..token).any(|t| document.tokens[t].is_word()) {
                out.extend(span_of(document, start..token));
            }
            start = token + 1;
        }
    }
    out
}

/// "But Marr" without the word that ties his sentence to the one before.
fn without_opener(document: &Document<'_>, span: Span) -> Span {
    let tokens = touched(document, span);
    let tied = tokens.len() > 1 && is_one_of(document, tokens.start, &["but", "and", "yet"]);
    span_of(document, tokens.start + 1..tokens.end).filter(|_| tied).unwrap_or(span)
}

const PERIODS: &[&str] = &[
    "week",
    "month",
    "year",
    "night",
    "morning",
    "evening",
    "afternoon",
    "weekend",
    "summer",
    "autumn",
    "winter",
    "spring",
];

/// "Ana Dorn late last week", "Ivo Marr on Monday" without the time.
fn without_time(document: &Document<'_>, span: Span) -> Option<Span> {
    let Range { start, mut end } = touched(document, span);
    let whole = end;
    let is = |t: usize, list: &[&str]| t > start && is_one_of(document, t, list);
    if end > start + 1 && is(end - 1, DAYS) {
        end -= 1;
    } else if end > start + 2 && is(end - 1, PERIODS) && is(end - 2, &["this", "last", "next"]) {
        end -= 2;
    }
    if end < whole {
        while end > start + 1 && is(end - 1, &["on", "earlier", "later", "late", "early", ","]) {
            end -= 1;
        }
        return span_of(document, start..end);
    }
    Some(span)
}

/// Most bytes of a quotation mark, with a space.
const MARK: u32 = 4;

/// A content that holds all of a quotation but one of its marks gets the mark.
fn whole_quotation(document: &Document<'_>, marks: &Marks, raw: &mut Raw) {
    let quotes = marks.layer(Layer::Quote);
    for piece in &mut raw.content {
        let at = quotes.partition_point(|q| q.span.start + MARK < piece.start);
        let end = piece.end;
        for quote in quotes[at..].iter().take_while(|q| q.span.start < end) {
            let missing = |from: u32, to: u32| {
                to > from
                    && to - from <= MARK
                    && document.words_within(Span { start: from, end: to }) == 0
            };
            if missing(quote.span.start, piece.start) && quote.span.end <= piece.end {
                piece.start = quote.span.start;
            } else if missing(piece.end, quote.span.end) && quote.span.start >= piece.start {
                piece.end = quote.span.end;
            }
        }
    }
}

/// Words that open a clause.
const CLAUSE: &[&str] = &["that", "if", "whether", "how", "why"];
/// Tokens of a content that are looked through for one.
const LEAD: usize = 6;

/// "dismissed the move: ‘Nobody was asked’": behind a colon that stands so near its beginning, the content is the quotation.
fn begin_behind_colon(document: &Document<'_>, marks: &Marks, raw: &mut Raw) {
    let Some(content) = raw.content.first_mut() else { return };
    let tokens = touched(document, *content);
    let colon =
        (tokens.start..tokens.end.min(tokens.start + LEAD)).find(|&t| document.form(t) == ":");
    let Some(next) = colon.map(|t| t + 1).filter(|&t| t < tokens.end) else { return };
    let start = document.tokens[next].span.start;
    let quotes = marks.layer(Layer::Quote);
    let quote = quotes
        .get(quotes.partition_point(|q| q.span.start < start))
        .filter(|q| q.span.start == start);
    if quote.is_some_and(|q| {
        document.words_within(Span { start: q.span.end, end: content.end.max(q.span.end) }) == 0
    }) {
        content.start = start;
    }
}

/// "told the state's | news agencies that …", "stated in | two letters that …": the content begins with the clause, where
/// words that are no part of it stand before it anyway.
fn begin_at_clause(document: &Document<'_>, raw: &mut Raw) {
    let Some((cue, content)) = raw.cue.last().zip(raw.content.first_mut()) else { return };
    let (cue, tokens) = (touched(document, *cue), touched(document, *content));
    let gap = cue.end..tokens.start;
    let words = |mut range: Range<usize>| {
        range.all(|t| document.tokens[t].is_word() && !is_one_of(document, t, CLAUSE))
    };
    if gap.is_empty() || gap.len() > 4 || !words(gap) || is_one_of(document, tokens.start, CLAUSE) {
        return;
    }
    let clause = (tokens.start + 1..tokens.end.min(tokens.start + LEAD))
        .find(|&t| is_one_of(document, t, CLAUSE));
    if let Some(clause) = clause.filter(|&c| words(tokens.start..c)) {
        content.start = document.tokens[clause].span.start;
    }
}

/// Words that open a clause with a subject of its own.
const SUBORDINATES: &[&str] =
    &["after", "before", "when", "while", "as", "because", "since", "although", "though", "where"];

/// "Marr's tour of the yards … ended before | the owner of the mill | named": of two pieces, the one in the cue's clause.
fn last_subject(document: &Document<'_>, raw: &mut Raw) {
    let ([.., before, last], Some(cue)) = (&raw.source[..], raw.cue.first()) else { return };
    let (before, last, cue) =
        (touched(document, *before), touched(document, *last), touched(document, *cue));
    let beside = last.end <= cue.start && cue.start - last.end <= 2;
    if beside
        && (before.end..last.start).rev().take(LONGER).any(|t| is_one_of(document, t, SUBORDINATES))
    {
        raw.source.drain(..raw.source.len() - 1);
    }
}

/// Prepositions whose noun is no subject.
const PREPOSITIONS: &[&str] =
    &["from", "of", "in", "to", "with", "by", "for", "on", "at", "against"];
/// What opens an apposition or a clause about the words before.
const APPOSED: &[&str] = &["a", "an", "the", "who", "whose", "his", "her", "its", "their", "one"];

/// Most tokens of a subject with its apposition.
const BEFORE: usize = 40;

/// "But Marr, a painter who lives on loans from Tarn, has said": not Tarn has said so, but the words before the first comma.
fn subject_before_apposition(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = raw.cue.first().map(|cue| touched(document, *cue)) else { return };
    let tokens = match &raw.source[..] {
        [source] => touched(document, *source),
        [] => cue.start.saturating_sub(1)..cue.start.saturating_sub(1),
        _ => return,
    };
    let missing = raw.source.is_empty();
    let Some(before) = tokens.start.checked_sub(1).filter(|_| !cue.is_empty()) else { return };
    let sentence = document.sentences[document.sentence_of[cue.start] as usize].tokens();
    let closed = tokens.start >= sentence.start
        && document.form(tokens.end) == ","
        && cue.start == tokens.end + 1;
    if !closed || tokens.len() > 3 || !(missing || is_one_of(document, before, PREPOSITIONS)) {
        return;
    }
    let begin = sentence.start.max(tokens.start.saturating_sub(BEFORE));
    let Some(comma) = (begin..tokens.start).find(|&t| document.form(t) == ",") else { return };
    let start = sentence.start
        + usize::from(is_one_of(
            document,
            sentence.start,
            &["but", "and", "yet", "so", "meanwhile"],
        ));
    let short = begin == sentence.start
        && start < comma
        && comma - start <= 6
        && (start..comma).all(|t| document.tokens[t].is_word());
    let subject = !missing
        || !(is_one_of(document, start, NO_SUBJECT)
            || is_one_of(document, start, BEHIND)
            || is_one_of(document, start, DAYS)
            || is_adverb(document, start));
    if short && subject && is_one_of(document, comma + 1, APPOSED) {
        raw.source = span_of(document, start..comma).into_iter().collect();
    }
}

/// Marks that part a clause from its noun.
const PARTING: &[&str] = &[",", "—", "–", "―", "--", "-"];
/// Words that no source ends with.
const OPENERS: &[&str] =
    &["a", "an", "the", "this", "that", "these", "those", "its", "his", "her", "their"];
/// Most tokens by which a source is made longer.
const LONGER: usize = 12;

/// "A | stamp on the first page | says" is a source as far as the cue; "A third, | who saw the film, | says" begins where the
/// clause's noun does.
fn whole_subject(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue)) = (&raw.source[..], raw.cue.first()) else { return };
    let (mut tokens, cue) = (touched(document, *source), touched(document, *cue));
    let word = |t: usize| document.tokens[t].is_word();
    let sentence = document.sentences[document.sentence_of[tokens.start] as usize].tokens();
    let near = cue.start > tokens.end && cue.start - tokens.end <= LONGER;
    if tokens.len() == 1 && near && is_one_of(document, tokens.start, OPENERS) {
        if (tokens.end..cue.start).all(word) {
            tokens.end = cue.start;
        }
    } else if tokens.len() > 1
        && is_one_of(document, tokens.start, &["who", "whose", "which"])
        && tokens.start > sentence.start + 1
    {
        let comma = tokens.start - 1;
        let start = (sentence.start..comma)
            .rev()
            .take(LONGER)
            .take_while(|&t| word(t))
            .last()
            .unwrap_or(comma);
        if is_one_of(document, comma, PARTING) && start < comma {
            tokens.start = start;
        }
    }
    if tokens != touched(document, *source) {
        raw.source = span_of(document, tokens).into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::super::introduced::{add_agents, add_signed};
    use super::*;
    use crate::article::Article;
    use crate::family::cases;
    use crate::model::ModelSet;
    use crate::score::{Options, Scorer};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        cut: Vec<String>,
        mended: Vec<String>,
    }

    /// Pieces of `words` in order of place, each the first behind `from`, or else the first.
    fn place(text: &str, words: &str, from: usize) -> Vec<Span> {
        let pieces = words.split('¦').map(str::trim).filter(|p| !p.is_empty());
        let at = |p: &str| {
            text[from..]
                .find(p)
                .map(|at| from + at)
                .or_else(|| text.find(p))
                .unwrap_or_else(|| panic!("{p:?} is not in the text"))
        };
        pieces.map(|p| Span::new(at(p), at(p) + p.len())).collect()
    }

    fn raw(text: &str, line: &str) -> Raw {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let content = place(text, parts[2], 0);
        let sentence = text[..content[0].from()].rfind(". ").map_or(0, |at| at + 2);
        Raw {
            source: place(text, parts[0], sentence),
            cue: place(text, parts[1], sentence),
            content,
            confidence: 0.4,
        }
    }

    #[test]
    fn cases_are_mended() {
        let scorer = Scorer::new(ModelSet::default(), Options::default()).unwrap();
        let mut wrong = Vec::new();
        for case in cases::read::<Case>(include_str!("mends.toml")) {
            let document = Document::new(&case.text);
            let marks = scorer.mark(&Article::from_text("case", case.text.clone()), &document);
            let mut raws: Vec<Raw> = case.cut.iter().map(|line| raw(&case.text, line)).collect();
            add_agents(&document, &mut raws);
            add_signed(&document, &marks, &mut raws);
            unsourced::add_feared(&document, &mut raws);
            let join = |spans: &[Span]| {
                spans.iter().map(|s| s.slice(&case.text)).collect::<Vec<_>>().join(" ¦ ")
            };
            let told = |r: &Raw| {
                format!("{} | {} | {}", join(&r.source), join(&r.cue), join(&r.content))
                    .replace("|  |", "| |")
            };
            let found: Vec<String> = mend(&document, &marks, raws).iter().map(told).collect();
            if found != case.mended {
                wrong.push(format!("{}\n   found: {found:?}", case.text));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

//! Whose words they are, where the shape beside the verb tells it and the fitted stages passed over it or took another name.

use super::clause::{
    PARTS, antecedent, around_a_clause, around_an_apposition, behind_a_participle, is_parted,
    shared_subjects,
};
use super::raw::{Raw, is_one_of, span_of, touched};
use super::unsourced::{is_fear, raises_fears};
use super::verbs::{BE, DAYS, is_adverb, is_auxiliary};
use crate::text::{Case, Document, Kind, Span};
use std::ops::Range;

/// Puts sources right, or finds the missing ones. Linear in the text.
pub(super) fn find_subjects(document: &Document<'_>, raws: &mut [Raw]) {
    for raw in &mut *raws {
        verb_in_source(document, raw);
        drop_hollow(document, raw);
        article_and_noun(document, raw);
        pronoun_at_head(document, raw);
        pronoun_before(document, raw);
        owner_before(document, raw);
        said_by_whom(document, raw);
        whole_noun(document, raw);
        whole_chain(document, raw);
        by_whom(document, raw);
        according_to(document, raw);
        name_at_head(document, raw);
        adjacent(document, raw);
        around_a_clause(document, raw);
        around_an_apposition(document, raw);
        behind_a_participle(document, raw);
        verb_in_source(document, raw);
    }
    shared_subjects(document, raws);
    raws.iter_mut().for_each(|raw| antecedent(document, raw));
}

/// The tokens of the first piece of a cue.
pub(super) fn cue_of(document: &Document<'_>, raw: &Raw) -> Option<Range<usize>> {
    raw.cue.first().map(|cue| touched(document, *cue)).filter(|cue| !cue.is_empty())
}

pub(super) fn word(document: &Document<'_>, token: usize) -> bool {
    document.tokens.get(token).is_some_and(|t| t.is_word())
}

/// The tokens of the sentence that a token stands in.
pub(super) fn sentence_of(document: &Document<'_>, token: usize) -> Range<usize> {
    document.sentences[document.sentence_of[token] as usize].tokens()
}

/// Makes a span the source, out of the content, when something of that is left.
pub(super) fn take(raw: &mut Raw, source: Span) -> bool {
    let left: Vec<Span> = raw.content.iter().copied().filter(|s| !source.contains(*s)).collect();
    let free = !left.is_empty() && !left.iter().any(|s| s.overlaps(source));
    if free {
        raw.content = left;
        raw.source = vec![source];
    }
    free
}

/// A lone "who", "which" or "that".
pub(super) fn is_relative(document: &Document<'_>, source: &[Span]) -> bool {
    matches!(source, [source] if matches!(source.slice(document.text), "who" | "which" | "that"))
}

pub(super) const ARTICLES: &[&str] = &["a", "an", "the"];
/// Pronouns that are subjects whatever stands around them.
pub(super) const SUBJECTS: &[&str] = &["he", "she", "they", "we", "i"];
/// Words that no subject begins with.
pub(super) const NO_SUBJECT: &[&str] = &[
    "in",
    "on",
    "at",
    "of",
    "for",
    "from",
    "with",
    "by",
    "to",
    "out",
    "under",
    "after",
    "before",
    "during",
    "there",
    "what",
    "who",
    "which",
    "how",
    "why",
    "not",
    "according",
    "based",
    "than",
    "about",
    "like",
    "or",
    "it",
];
/// Words that end the noun behind a verb of saying.
pub(super) const BEHIND: &[&str] = &[
    "in",
    "on",
    "at",
    "as",
    "during",
    "after",
    "when",
    "while",
    "who",
    "before",
    "about",
    "via",
    "through",
    "with",
    "by",
    "to",
    "that",
    "which",
    "and",
    "but",
    "last",
    "this",
    "next",
    "late",
    "early",
    "earlier",
    "yesterday",
    "today",
    "if",
    "it",
    "there",
    "then",
];
/// Most tokens of a source that is found by its place.
pub(super) const LONGEST: usize = 8;
/// Most tokens of a noun with what belongs to it.
pub(super) const FARTHEST: usize = 12;
/// Verbs of saying and holding that part a speaker from what he says.
const HOLDS: &[&str] = &[
    "say", "says", "said", "believe", "believes", "believed", "think", "thinks", "thought", "warn",
    "warned", "argue", "argued", "claim", "claimed",
];

/// "sailors say Marr, who has the keys, | would find it | hard": the sailors say so, all of it; "sailors say Marr | claimed":
/// Marr claimed.
fn verb_in_source(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue), Some(content)) =
        (&raw.source[..], cue_of(document, raw), raw.content.last())
    else {
        return;
    };
    let source = touched(document, *source);
    let Some(verb) =
        (source.start + 1..source.end.saturating_sub(1)).find(|&t| is_one_of(document, t, HOLDS))
    else {
        return;
    };
    let bare = |t: usize| {
        word(document, t)
            && !is_one_of(document, t, &["who", "which", "that"])
            && !is_auxiliary(document, t)
    };
    let adjunct = is_one_of(document, verb + 1, DAYS)
        || is_one_of(document, verb + 1, &["in", "on", "to", "during", "after", "last", "this"]);
    if !bare(verb - 1)
        || !word(document, verb + 1)
        || adjunct
        || cue.start < source.end
        || touched(document, *content).start < cue.start
    {
        return;
    }
    if cue.clone().any(|t| is_one_of(document, t, HOLDS) || is_one_of(document, t, SAYS)) {
        raw.source = span_of(document, verb + 1..source.end).into_iter().collect();
        return;
    }
    let said = document.tokens[verb + 1].span.cover(*content);
    if let (Some(source), Some(cue)) =
        (span_of(document, source.start..verb), span_of(document, verb..verb + 1))
    {
        *raw = Raw {
            source: vec![source],
            cue: vec![cue],
            content: vec![said],
            confidence: raw.confidence,
        };
    }
}

/// "The latest report of the Harbour | Guard | claims": the noun that the name belongs to.
fn whole_chain(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue)) = (&raw.source[..], cue_of(document, raw)) else { return };
    let source = touched(document, *source);
    let sentence = sentence_of(document, source.start);
    let skips = |t: usize| is_adverb(document, t) || is_auxiliary(document, t);
    let adjacent = cue.start >= source.end && (source.end..cue.start).all(skips);
    let capital = |t: usize| document.tokens[t].case != Case::Lower;
    if !adjacent
        || !capital(source.start)
        || source.start == sentence.start
        || is_one_of(document, source.start, ARTICLES)
    {
        return;
    }
    let head = (sentence.start..source.start)
        .rev()
        .take(4)
        .find(|&t| !capital(t) && !is_one_of(document, t, ARTICLES));
    if !head.is_some_and(|t| is_one_of(document, t, &["of", "from", "for"])) {
        return;
    }
    let inside = |t: &usize| {
        word(document, *t)
            && !is_one_of(document, *t, PARTS)
            && !skips(*t)
            && !is_one_of(document, *t, HOLDS)
    };
    let Some(first) =
        (sentence.start..source.start).rev().take(FARTHEST + 2).take_while(inside).last()
    else {
        return;
    };
    let opens = is_one_of(document, first, ARTICLES)
        || is_one_of(document, first, &["its", "his", "her", "their", "this", "another"]);
    if (first == sentence.start || is_parted(document, first)) && opens {
        let free = |span: &Span| !raw.content.iter().any(|s| s.overlaps(*span));
        raw.source = span_of(document, first..source.end)
            .filter(free)
            .map_or_else(|| raw.source.clone(), |whole| vec![whole]);
    }
}

/// "also", "overnight": an adverb is nobody.
fn drop_hollow(document: &Document<'_>, raw: &mut Raw) {
    let says = |t: usize| document.tokens[t].kind != Kind::Punctuation && !is_adverb(document, t);
    raw.source.retain(|span| touched(document, *span).any(says));
}

/// "A | stamp on the first page reads": the cue took the noun of the article.
fn article_and_noun(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue)) = (&raw.source[..], cue_of(document, raw)) else { return };
    let source = touched(document, *source);
    if source.len() != 1
        || !is_one_of(document, source.start, ARTICLES)
        || source.end != cue.start
        || cue.len() < 2
    {
        return;
    }
    let Some(verb) = cue.clone().rev().find(|&t| word(document, t)).filter(|&t| t > cue.start)
    else {
        return;
    };
    if (cue.start..verb).all(|t| word(document, t)) && document.form(verb).ends_with('s') {
        raw.source = span_of(document, source.start..verb).into_iter().collect();
        raw.cue[0] = span_of(document, verb..verb + 1).unwrap_or(raw.cue[0]);
    }
}

/// "| he was wary of": the cue took its own subject.
fn pronoun_at_head(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| raw.source.is_empty() && cue.len() > 1)
    else {
        return;
    };
    let verb = cue.start + 1;
    let it = is_one_of(document, cue.start, &["it"])
        && (document.form(verb + 1).ends_with("ing") || !is_auxiliary(document, verb))
        && !["seem", "appear", "look", "turn", "emerge"]
            .iter()
            .any(|v| document.form(verb).starts_with(v));
    if it || is_one_of(document, cue.start, SUBJECTS) {
        let (Some(source), Some(rest)) =
            (span_of(document, cue.start..verb), span_of(document, verb..cue.end))
        else {
            return;
        };
        raw.source = vec![source];
        raw.cue[0] = rest;
    }
}

/// "coined the word when | he | blamed": the pronoun right before the verb, and not a name farther off.
fn pronoun_before(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw) else { return };
    let start = sentence_of(document, cue.start).start;
    let skips = |t: &usize| is_adverb(document, *t) || is_auxiliary(document, *t);
    let Some(at) = (start..cue.start).rev().take(4).find(|t| !skips(t)) else { return };
    let Some(pronoun) = span_of(document, at..at + 1).filter(|_| is_one_of(document, at, SUBJECTS))
    else {
        return;
    };
    let inside = |spans: &[Span]| spans.iter().any(|s| s.overlaps(pronoun));
    if !inside(&raw.source) && !inside(&raw.content) {
        raw.source = vec![pronoun];
    }
}

/// "Marr called Dorn | ’s claim": hers whose name stands before the cue.
fn owner_before(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw)
        .filter(|cue| is_one_of(document, cue.start, &["’s", "'s"]) && cue.len() > 1)
    else {
        return;
    };
    let start = sentence_of(document, cue.start).start;
    let name = |t: &usize| {
        word(document, *t) && !matches!(document.tokens[*t].case, Case::Lower | Case::None)
    };
    let Some(first) = (start..cue.start).rev().take_while(name).last() else { return };
    let Some(owner) = span_of(document, first..cue.start) else { return };
    if !raw.source.iter().any(|s| s.end >= owner.start && s.start < owner.end)
        && !raw.content.iter().any(|s| s.overlaps(owner))
    {
        raw.source = vec![owner];
    }
}

/// "According | to the clerks": the noun behind "to".
fn according_to(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw)
        .filter(|cue| raw.source.is_empty() && is_one_of(document, cue.start, &["according"]))
    else {
        return;
    };
    let sentence = sentence_of(document, cue.start);
    let start = cue.start + 2;
    let end = (start..sentence.end.min(start + FARTHEST))
        .find(|&t| matches!(document.form(t), "," | "." | ";" | ":" | "”" | "\""))
        .unwrap_or(start);
    let source = span_of(document, start..end).filter(|_| document.form(cue.start + 1) == "to");
    if let (Some(source), Some(cue)) = (source, span_of(document, cue.start..start))
        && take(raw, source)
    {
        raw.cue = vec![cue];
    }
}

/// "which | Marr claims", "| Marr describes": the cue took the name before its verb.
fn name_at_head(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| cue.len() > 1) else { return };
    let opens = sentence_of(document, cue.start).start == cue.start;
    let name = |t: &usize| {
        word(document, *t)
            && !matches!(document.tokens[*t].case, Case::Lower | Case::None)
            && !is_one_of(document, *t, SUBJECTS)
    };
    let Some(last) = cue.clone().take_while(name).last() else { return };
    let verb = last + 1;
    let lower = verb < cue.end
        && document.tokens[verb].case == Case::Lower
        && document.tokens[verb].is_word()
        && !is_one_of(document, verb, BEHIND);
    let open = raw.source.is_empty() || is_relative(document, &raw.source);
    let day = is_one_of(document, cue.start, DAYS);
    if !lower
        || !open
        || day
        || is_fear(document, cue.start)
        || (opens && is_one_of(document, cue.start, BEHIND))
    {
        return;
    }
    if let (Some(source), Some(rest)) =
        (span_of(document, cue.start..verb), span_of(document, verb..cue.end))
    {
        raw.source = vec![source];
        raw.cue[0] = rest;
    }
}

/// "The clerk of the mill | claimed": the noun right before the verb, when nothing was found.
fn adjacent(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|_| raw.source.is_empty()) else { return };
    let verb = document.form(cue.start);
    let seems =
        |t: usize| ["seem", "appear", "known"].iter().any(|v| document.form(t).starts_with(v));
    let finite = document.tokens[cue.start].case == Case::Lower
        && !verb.ends_with("ing")
        && !is_one_of(document, cue.start, NO_SUBJECT);
    let finite = finite && !cue.clone().any(seems) && !cue.clone().all(|t| is_adverb(document, t));
    let sentence = sentence_of(document, cue.start);
    let skips = |t: &usize| is_adverb(document, *t) || is_auxiliary(document, *t);
    let Some(last) = (sentence.start..cue.start).rev().take(4).find(|t| !skips(t)) else { return };
    let passive = (last + 1..cue.end).any(|t| is_one_of(document, t, BE));
    if !finite || passive || raises_fears(document, &cue) {
        return;
    }
    let inside = |t: &usize| {
        word(document, *t) && !is_one_of(document, *t, PARTS) && !is_auxiliary(document, *t)
    };
    let Some(first) = (sentence.start..=last).rev().take(FARTHEST).take_while(inside).last() else {
        return;
    };
    let parted = first == sentence.start || is_parted(document, first);
    let infinitive = (first..=last).any(|t| is_one_of(document, t, &["to"]));
    let article = first == last && is_one_of(document, first, ARTICLES);
    let Some(source) = span_of(document, first..last + 1)
        .filter(|_| parted && !infinitive && !article && !is_one_of(document, first, NO_SUBJECT))
    else {
        return;
    };
    take(raw, source);
}

const SAYS: &[&str] = &[
    "said",
    "says",
    "wrote",
    "writes",
    "added",
    "adds",
    "declared",
    "replied",
    "explained",
    "argued",
    "insisted",
    "warned",
    "asked",
];
/// "“…,” said | the ruling.": the noun behind the verb, when nobody stands before it.
fn said_by_whom(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| {
        raw.source.is_empty() && cue.len() == 1 && is_one_of(document, cue.start, SAYS)
    }) else {
        return;
    };
    let close = cue.start.checked_sub(1).map_or("", |t| document.form(t));
    if !matches!(close, "”" | "\"" | "’" | "'" | "''" | ",")
        || raw.content.first().is_none_or(|s| touched(document, *s).start >= cue.start)
    {
        return;
    }
    let end = sentence_of(document, cue.start).end.min(cue.end + LONGEST);
    let noun = |t: &usize| {
        word(document, *t)
            && !is_one_of(document, *t, BEHIND)
            && !is_one_of(document, *t, DAYS)
            && !is_adverb(document, *t)
    };
    let last = (cue.end..end).take_while(noun).last();
    if let Some(source) = last.and_then(|last| span_of(document, cue.end..last + 1)) {
        raw.source = vec![source];
    }
}

/// "was told by | the Courier": the noun behind "by", when nobody else is its source.
fn by_whom(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|_| raw.source.is_empty()) else { return };
    let by = if document.form(cue.end - 1) == "by" { cue.end - 1 } else { cue.end };
    let passive = by > cue.start
        && (document.form(by - 1).ends_with("ed")
            || is_one_of(document, by - 1, &["told", "said", "made", "given", "put"]));
    if document.form(by) != "by" || !passive {
        return;
    }
    let end = sentence_of(document, cue.start).end.min(by + 1 + LONGEST);
    let noun = |t: &usize| {
        word(document, *t)
            && !is_one_of(document, *t, BEHIND)
            && !document.form(*t).ends_with("ing")
    };
    let Some(agent) =
        (by + 1..end).take_while(noun).last().and_then(|last| span_of(document, by + 1..last + 1))
    else {
        return;
    };
    let rest: Vec<Span> = raw.content.iter().copied().filter(|s| !s.overlaps(agent)).collect();
    if !rest.is_empty() {
        raw.content = rest;
        raw.source = vec![agent];
    }
}

/// "A lesson | from Ana Dorn: “…”", "a spokesman | for the mill said": the noun goes on as far as the cue or the colon.
fn whole_noun(document: &Document<'_>, raw: &mut Raw) {
    let [source] = raw.source[..] else { return };
    let source = touched(document, source);
    let cue = cue_of(document, raw).map(|cue| cue.start).filter(|&cue| cue >= source.end);
    let colon = || {
        raw.content
            .first()
            .map(|s| touched(document, *s).start)
            .filter(|&t| t > source.end && document.form(t - 1) == ":")
            .map(|t| t - 1)
    };
    let end = if raw.cue.is_empty() { colon() } else { cue };
    let Some(mut end) = end.filter(|&end| end > source.end + 1 && end - source.end <= LONGEST)
    else {
        return;
    };
    while end > source.end && (is_adverb(document, end - 1) || is_auxiliary(document, end - 1)) {
        end -= 1;
    }
    let bound = is_one_of(document, source.end, &["of", "for", "from"]);
    if bound
        && end > source.end + 1
        && (source.end..end).all(|t| word(document, t) && !is_auxiliary(document, t))
    {
        raw.source = span_of(document, source.start..end).into_iter().collect();
    }
}

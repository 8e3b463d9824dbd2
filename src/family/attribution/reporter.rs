//! Two-step attributions: the medium between the article and the speaker.

use super::raw::{Raw, is_one_of, span_of, touched};
use crate::entity::cast::Nature;
use crate::entity::thread::{Form, Reference, Thread};
use crate::text::Span;

/// Verbs with which a medium passes on what somebody said.
const PASSES_ON: &[&str] = &[
    "reports",
    "reported",
    "report",
    "quotes",
    "quoted",
    "quote",
    "cites",
    "cited",
    "cite",
    "writes",
    "wrote",
    "says",
    "said",
    "adds",
    "added",
    "notes",
    "noted",
    "tells",
    "reporting",
    "quoting",
    "citing",
    "claims",
    "claimed",
    "reveals",
    "revealed",
    "carried",
];
/// Verbs with which somebody speaks inside what a medium reports.
const SPEAKS: &[&str] = &[
    "said",
    "says",
    "told",
    "tells",
    "warned",
    "warns",
    "claimed",
    "claims",
    "argued",
    "argues",
    "wrote",
    "writes",
    "stated",
    "states",
    "announced",
    "insisted",
    "insists",
    "denied",
    "denies",
    "promised",
    "demanded",
    "ordered",
    "added",
    "believes",
    "believed",
    "admitted",
    "spoken",
    "spoke",
    "vowed",
    "declared",
    "called",
    "accused",
    "asked",
    "acknowledged",
    "threatened",
    "pledged",
    "hinted",
    "suggested",
    "complained",
    "conceded",
    "stressed",
    "commented",
];
/// Words that may stand between a name and its verb.
const BETWEEN: &[&str] = &[
    ",",
    "who",
    "has",
    "had",
    "have",
    "also",
    "then",
    "once",
    "later",
    "reportedly",
    "again",
    "repeatedly",
    "that",
];

/// Takes the medium out of what was cut as the source, or the speaker out of what was cut as the medium's content: "The
/// Courier reports that | Dorn said", "It is late, Dorn commented, according to | the Courier". Gives the medium.
pub(super) fn split(thread: &Thread<'_, '_>, raw: &mut Raw) -> Option<String> {
    split_source(thread, raw).or_else(|| split_content(thread, raw))
}

fn split_source(thread: &Thread<'_, '_>, raw: &mut Raw) -> Option<String> {
    let [source] = raw.source[..] else { return None };
    let (first, last) = bounds(thread, &[source])?;
    let medium = thread
        .within(first, last)
        .iter()
        .find(|r| is_medium(thread, r) && r.first as usize <= first + 1)?;
    let end = medium.last as usize;
    let verb = (end..last.min(end + 2)).find(|&t| is_one_of(thread.document, t, PASSES_ON))?;
    let rest = verb + 1 + usize::from(thread.document.form(verb + 1) == "that");
    raw.source = vec![span_of(thread.document, rest..last)?];
    Some(name(thread, medium))
}

/// Most tokens of the words behind a speaker that end a content: "acknowledged on the quay".
const TAIL: usize = 8;

fn split_content(thread: &Thread<'_, '_>, raw: &mut Raw) -> Option<String> {
    let document = thread.document;
    let (from, to) = bounds(thread, &raw.source)?;
    let medium = thread.within(from, to).iter().find(|r| is_medium(thread, r))?;
    let according =
        bounds(thread, &raw.cue).is_some_and(|(at, _)| is_one_of(document, at, &["according"]));
    let ([content], true) = (&raw.content[..], according) else { return None };
    let (first, last) = bounds(thread, &[*content])?;
    let form = |t: usize| document.form(t);
    // From the end: the verb, the speaker with what is said of him, and the comma before them.
    let verb = (first + 1..last).rev().take(TAIL).find(|&t| is_one_of(document, t, SPEAKS))?;
    let (comma, speaker) =
        (first + 1..verb).rev().filter(|&t| form(t) == ",").find_map(|comma| {
            let names = thread.within(comma + 1, verb);
            let speaker = names
                .first()
                .filter(|r| r.form != Form::Pronoun || r.first as usize == comma + 1)?;
            let begins = speaker.first as usize <= comma + 5 && !speaker.possessive;
            let closes = speaker.last as usize == verb || form(speaker.last as usize) == ",";
            let person = thread.cast.members[speaker.member as usize].nature != Nature::Document
                && !is_medium(thread, speaker);
            (begins && closes && person).then_some((comma, speaker))
        })?;
    let end = if speaker.last as usize == verb {
        verb
    } else {
        verb - usize::from(form(verb - 1) == ",")
    };
    let (said, source, cue) = (
        span_of(document, first..comma)?,
        span_of(document, comma + 1..end)?,
        span_of(document, verb..verb + 1)?,
    );
    *raw = Raw {
        source: vec![source],
        cue: vec![cue],
        content: vec![said],
        confidence: raw.confidence,
    };
    Some(name(thread, medium))
}

fn is_medium(thread: &Thread<'_, '_>, reference: &Reference) -> bool {
    thread.cast.members[reference.member as usize].nature == Nature::Media && !reference.possessive
}

fn name(thread: &Thread<'_, '_>, reference: &Reference) -> String {
    thread.cast.members[reference.member as usize].name.clone()
}

/// Whoever speaks at the head of a content: "that Dorn said …", "a former employee, Piet Lammers, who said …".
pub(super) fn inner_speaker<'r>(
    thread: &'r Thread<'_, '_>,
    content: &[Span],
) -> Option<&'r Reference> {
    let (first, last) = bounds(thread, content)?;
    let reach = last.min(first + 24);
    thread
        .within(first, reach)
        .iter()
        .filter(|r| !r.possessive && !thread.places[r.first as usize].quoted)
        .find(|r| {
            let mut at = r.last as usize;
            while at < reach && at < r.last as usize + 5 && is_one_of(thread.document, at, BETWEEN)
            {
                at += 1;
            }
            is_one_of(thread.document, at, SPEAKS)
                && thread.cast.members[r.member as usize].nature != Nature::Document
        })
}

/// "The Courier quoted Dorn as saying": the name between the pieces of a cue.
pub(super) fn quoted_speaker<'r>(
    thread: &'r Thread<'_, '_>,
    cue: &[Span],
) -> Option<&'r Reference> {
    let (first, last) = bounds(thread, cue)?;
    let quotes = (first..last).any(|t| {
        matches!(
            thread.document.form(t),
            "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing"
        )
    });
    let reach = (last + 10).min(thread.document.tokens.len());
    let saying =
        |from: usize| (from..from + 3).any(|t| matches!(thread.document.form(t), "as" | "saying"));
    thread.within(first, reach).iter().find(|r| quotes && !r.possessive && saying(r.last as usize))
}

/// The medium that passes on what a source said: before the source, or behind the content.
pub(super) fn between(
    thread: &Thread<'_, '_>,
    source: &[Span],
    cue: &[Span],
    content: &[Span],
) -> Option<String> {
    let (first, _) = bounds(thread, source)?;
    before(thread, first).or_else(|| behind(thread, source, cue, content))
}

/// "The Courier reports that | Dorn", "the Courier quoted | Dorn".
fn before(thread: &Thread<'_, '_>, first: usize) -> Option<String> {
    let sentence = *thread.document.sentence_of.get(first)? as usize;
    let start = thread.document.sentences[sentence].tokens().start.max(first.saturating_sub(14));
    let medium = thread.within(start, first).iter().rev().find(|r| is_medium(thread, r))?;
    let verb = (medium.last as usize..first).find(|&t| is_one_of(thread.document, t, PASSES_ON))?;
    let near = verb <= medium.last as usize + 3 && first - verb <= 9;
    let linked = (verb + 1..first).all(|t| {
        !matches!(thread.document.form(t), "." | ";" | "“" | "\"" | "and" | "but" | "while")
    });
    (near && linked).then(|| name(thread, medium))
}

/// "…, Dorn said, | Norwire reported", "…, according to | Norwire".
fn behind(
    thread: &Thread<'_, '_>,
    source: &[Span],
    cue: &[Span],
    content: &[Span],
) -> Option<String> {
    let pieces: Vec<Span> = [source, cue, content].concat();
    let (_, last) = bounds(thread, &pieces)?;
    let sentence = *thread.document.sentence_of.get(last.checked_sub(1)?)? as usize;
    let end = thread.document.sentences[sentence].tokens().end.min(last + 8);
    let medium = thread.within(last, end).iter().find(|r| is_medium(thread, r))?;
    let form = |t: usize| thread.document.form(t);
    let (from, to) = (medium.first as usize, medium.last as usize);
    let skip = usize::from(form(from.wrapping_sub(1)).eq_ignore_ascii_case("the"));
    let back = from.checked_sub(1 + skip)?;
    let according =
        back >= 1 && form(back) == "to" && form(back - 1).eq_ignore_ascii_case("according");
    let verb_behind = is_one_of(thread.document, to, PASSES_ON);
    let verb_before = back >= last
        && is_one_of(thread.document, back, PASSES_ON)
        && !matches!(form(back), "said" | "says");
    (according || verb_behind || verb_before).then(|| name(thread, medium))
}

/// Tokens from the first span's first to the last span's last, exclusive.
fn bounds(thread: &Thread<'_, '_>, spans: &[Span]) -> Option<(usize, usize)> {
    let tokens = touched(thread.document, spans.iter().copied().reduce(Span::cover)?);
    (!tokens.is_empty()).then_some((tokens.start, tokens.end))
}

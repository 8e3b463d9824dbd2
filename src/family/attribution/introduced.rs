//! Shapes that name their source away from where the fitted stages look: a quotation behind a colon, one with a signature,
//! and the agent of a passive.

use super::first::{Tagged, kind};
use super::raw::{Raw, is_one_of, span_of, touched};
use super::rules::{CUE, STANDS};
use super::unsaid;
use super::verbs::{BE, is_adverb, is_auxiliary};
use crate::mark::{Layer, Marks};
use crate::text::{Case, Document, Span};
use std::ops::Range;

/// Confidence of a quotation that a sentence with a colon introduces.
const INTRODUCED: f64 = 0.6;
/// Least confidence at which another reading of it stands.
const INTRODUCED_STANDS: f64 = 0.75;
/// Most tokens before the colon that are read: a sentence of a million words may hold a quotation behind every tenth.
const INTRODUCTION: usize = 200;

/// Adds "Like doubts were raised by the owner, Ivo Marr: “The mill …”", quotation or sentence of introduction perhaps
/// a paragraph of its own, where the fitted stages found nothing that they are sure of.
pub(super) fn add_introduced(
    document: &Document<'_>,
    marks: &Marks,
    tagged: &[Tagged],
    raws: &mut Vec<Raw>,
) {
    let mut added = Vec::new();
    for quote in marks.layer(Layer::Quote).iter().filter(|m| m.class == "full" && m.value >= 4.0) {
        let first = document.token_from(quote.span.start);
        let Some(colon) = first.checked_sub(1).filter(|&t| document.form(t) == ":") else {
            continue;
        };
        let sentence = &document.sentences[document.sentence_of[colon] as usize];
        if !document.is_prose(sentence) {
            continue;
        }
        let lead = sentence.tokens().start.max(colon.saturating_sub(INTRODUCTION))..colon;
        let Some((source, cue)) = introduction(document, tagged, lead) else { continue };
        added.push(Raw {
            source: vec![source],
            cue: cue.into_iter().collect(),
            content: vec![quote.span],
            confidence: INTRODUCED,
        });
    }
    replace(raws, added, INTRODUCED_STANDS);
}

/// Who speaks behind a sentence of introduction, and by what word.
pub(super) fn introduction(
    document: &Document<'_>,
    tagged: &[Tagged],
    lead: Range<usize>,
) -> Option<(Span, Option<Span>)> {
    let source = introducer(document, tagged, lead.clone())?;
    let source = span_of(document, source)?;
    let cue = lead
        .filter(|&t| kind(tagged[t].tag) == CUE)
        .max_by(|&a, &b| tagged[a].cue.total_cmp(&tagged[b].cue));
    let cue = cue.and_then(|t| span_of(document, t..t + 1)).filter(|c| !c.overlaps(source));
    Some((source, cue))
}

/// Most tokens of an agent before the colon, its apposition included.
const AGENT: usize = 30;

/// Who speaks behind a colon: the agent of a passive, "raised on Monday by X:", or else the source that the first stage is
/// surest of.
fn introducer(
    document: &Document<'_>,
    tagged: &[Tagged],
    sentence: Range<usize>,
) -> Option<Range<usize>> {
    let passive = passives(document, sentence.clone()).next();
    let agent = passive.map(|p| (p + 1).max(sentence.end.saturating_sub(AGENT))..sentence.end);
    let by = agent.and_then(|mut tokens| {
        tokens.rfind(|&t| document.form(t) == "by").filter(|t| t + 1 < sentence.end)
    });
    if let Some(by) = by {
        return Some(by + 1..sentence.end);
    }
    let surest = sentence
        .clone()
        .filter(|&t| tagged[t].source >= 0.3)
        .max_by(|&a, &b| tagged[a].source.total_cmp(&tagged[b].source))?;
    let is = |t: usize| tagged[t].source >= 0.15;
    let start = (sentence.start..surest).rev().take_while(|&t| is(t)).last().unwrap_or(surest);
    let end = (surest..sentence.end).take_while(|&t| is(t)).last().unwrap_or(surest) + 1;
    Some(start..end)
}

/// The participles of passives: "was raised", "has been widely seen".
fn passives<'a>(
    document: &'a Document<'a>,
    sentence: Range<usize>,
) -> impl Iterator<Item = usize> + 'a {
    let participle = |t: usize| {
        document.form(t).ends_with("ed")
            || is_one_of(document, t, &["seen", "held", "put", "made", "given", "said"])
    };
    let end = sentence.end;
    sentence.filter(|&t| is_one_of(document, t, BE)).filter_map(move |be| {
        let at = be + 1 + usize::from(document.form(be + 1).ends_with("ly"));
        (at < end && participle(at)).then_some(at)
    })
}

/// Most tokens between a participle and its "by".
const TO_AGENT: usize = 20;

/// "A similar view was voiced on Monday by the owner, Ivo Marr: “The mill …”": the owner's, and only what stands behind him;
/// the view itself is nobody.
pub(super) fn give_idea_to_its_voice(document: &Document<'_>, raw: &mut Raw) {
    let cue = raw.cue.first().map(|cue| touched(document, *cue));
    let source = raw.source.first().map(|source| touched(document, *source));
    let Some(anchor) = source.as_ref().or(cue.as_ref()).map(|tokens| tokens.start) else { return };
    let sentence = document.sentences[document.sentence_of[anchor] as usize].tokens();
    let Some(participle) = passives(document, sentence.clone()).next() else { return };
    let verb = |t: &usize| is_auxiliary(document, *t) || is_adverb(document, *t);
    let first = (sentence.start..participle).rev().take_while(verb).last().unwrap_or(participle);
    let voiced = cue.is_none_or(|cue| cue.contains(&participle))
        && source.is_none_or(|source| source.end <= first);
    if !voiced || !unsaid::is_idea(document, &(sentence.start..first)) {
        return;
    }
    raw.source.clear();
    let Some(by) = (participle + 1..sentence.end.min(participle + TO_AGENT))
        .find(|&t| document.form(t) == "by")
    else {
        return;
    };
    let colon = (by + 1..sentence.end.min(by + 1 + AGENT)).find(|&t| document.form(t) == ":");
    let word = |t: &usize| document.tokens[*t].is_word();
    let end = colon.unwrap_or_else(|| (by + 1..sentence.end).take_while(word).count() + by + 1);
    if let Some(agent) = span_of(document, by + 1..end.min(by + 1 + AGENT)) {
        raw.source = vec![agent];
        raw.cue = span_of(document, first..participle + 1).into_iter().collect();
        let said = |piece: &Span| {
            piece.start >= agent.end
                && (colon.is_some() || document.token_from(piece.start) >= sentence.end)
        };
        raw.content.retain(said);
    }
}

/// Participles of holding or calling something so.
const HELD: &[&str] = &[
    "considered",
    "seen",
    "regarded",
    "viewed",
    "described",
    "perceived",
    "portrayed",
    "denounced",
    "hailed",
    "dismissed",
    "condemned",
    "interpreted",
    "branded",
    "characterised",
    "characterized",
    "criticised",
    "criticized",
    "praised",
    "derided",
    "decried",
    "read",
    "understood",
    "depicted",
];
/// Confidence of "X is seen by Y as Z": right in six of seven in PolNeAR's train part.
const HELD_BY: f64 = 0.75;
/// Most tokens of Y.
const LONGEST_AGENT: usize = 10;

/// Adds "The bridge is regarded by most sailors as Marr’s toy": held by the sailors, whoever is named in it. `raws` stay
/// in order of their content's place.
pub(super) fn add_agents(document: &Document<'_>, raws: &mut Vec<Raw>) {
    let mut added: Vec<Raw> = Vec::new();
    for sentence in document.prose_sentences() {
        let tokens = sentence.tokens();
        let held = |t: usize| is_one_of(document, t, HELD) && document.form(t + 1) == "by";
        let Some(at) = passives(document, tokens.clone()).find(|&t| held(t)) else { continue };
        let reach = tokens.end.min(at + 2 + LONGEST_AGENT);
        let word = |t: &usize| document.tokens[*t].is_word();
        let Some(link) = (at + 3..reach).take_while(word).find(|&t| document.form(t) == "as")
        else {
            continue;
        };
        let Some(be) = (tokens.start..at).rev().find(|&t| is_one_of(document, t, BE)) else {
            continue;
        };
        let opens = |t: &usize| {
            is_one_of(
                document,
                *t,
                &["that", "who", "which", "but", "because", ";", "—", "“", "\""],
            )
        };
        let subject = (tokens.start..be).rev().find(opens).map_or(tokens.start, |t| t + 1);
        let Some(last) = (link + 1..tokens.end).rev().find(word) else { continue };
        let (source, cue) = (span_of(document, at + 2..link), span_of(document, be..at + 1));
        let content: Vec<Span> = [subject..be, link..last + 1]
            .into_iter()
            .filter_map(|piece| span_of(document, piece))
            .collect();
        added.push(Raw {
            source: source.into_iter().collect(),
            cue: cue.into_iter().collect(),
            content,
            confidence: HELD_BY,
        });
    }
    replace(raws, added, STANDS);
}

/// Confidence of a signed quotation, and least confidence at which another reading of it stands.
const SIGNED: f64 = 0.85;
const DASHES: &[&str] = &["―", "—", "–", "-", "--"];
/// Most tokens of a signature.
const LONGEST_SIGNATURE: usize = 6;

/// Adds "“We will not go.” ― Ana Dorn", the name being all that follows. `raws` stay in order of their content's place.
pub(super) fn add_signed(document: &Document<'_>, marks: &Marks, raws: &mut Vec<Raw>) {
    let mut added: Vec<Raw> = Vec::new();
    for quote in marks.layer(Layer::Quote).iter().filter(|m| m.class == "full" && m.value >= 4.0) {
        let dash = document.token_from(quote.span.end);
        if !is_one_of(document, dash, DASHES) || document.tokens.get(dash + 1).is_none() {
            continue;
        }
        let sentence = &document.sentences[document.sentence_of[dash + 1] as usize];
        // The signature may be a line that is no prose; the quotation may not.
        if !document
            .sentence_at(quote.span.start)
            .is_some_and(|s| document.is_prose(&document.sentences[s]))
        {
            continue;
        }
        let stop = |t: &usize| matches!(document.form(*t), "." | ",");
        // Nothing but stops behind the longest signature: looked at from the front, where most sentences go on with a word.
        let end = sentence.tokens().end;
        let near = end.min(dash + 1 + LONGEST_SIGNATURE);
        if !(near..end).all(|t| stop(&t)) {
            continue;
        }
        let last = (dash + 1..near).rev().find(|t| !stop(t)).map_or(dash + 1, |t| t + 1);
        let name = |t: usize| {
            document.tokens[t].is_word() && document.tokens[t].case != Case::Lower
                || document.form(t) == "."
        };
        if last > dash + 1 && (dash + 1..last).all(name) {
            let (source, cue) =
                (span_of(document, dash + 1..last), span_of(document, dash..dash + 1));
            added.push(Raw {
                source: source.into_iter().collect(),
                cue: cue.into_iter().collect(),
                content: vec![quote.span],
                confidence: SIGNED,
            });
        }
    }
    replace(raws, added, SIGNED);
}

/// Adds what a rule reads, in place of what the fitted stages are less sure of; what they are sure of stands. Both are in
/// order of their content's place.
fn replace(raws: &mut Vec<Raw>, mut added: Vec<Raw>, stands: f64) {
    let extent = |r: &Raw| r.content.iter().chain(&r.cue).copied().reduce(Span::cover);
    let sure: Vec<Span> = raws
        .iter()
        .filter(|r| r.confidence >= stands)
        .flat_map(|r| r.content.iter().chain(&r.cue).copied())
        .collect();
    let meets = |list: &[Span], span: Span| {
        list.get(list.partition_point(|s| s.end <= span.start)).is_some_and(|s| s.start < span.end)
    };
    let sorted = |mut list: Vec<Span>| {
        list.sort_unstable();
        list
    };
    let sure = sorted(sure);
    added.retain(|a| extent(a).is_some_and(|e| !meets(&sure, e)));
    let new = sorted(added.iter().filter_map(extent).collect());
    raws.retain(|r| {
        r.confidence >= stands || !r.content.iter().chain(&r.cue).any(|s| meets(&new, *s))
    });
    raws.append(&mut added);
    raws.sort_by_key(|r| r.content.first().copied());
}

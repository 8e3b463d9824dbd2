//! Joint statements: "Ana Dorn and Ivo Marr said", "Russia, China and Iran said", "Neither the mayor nor the union said".

use super::raw::{Raw, is_one_of, span_of, touched};
use crate::entity::cast::Nature;
use crate::entity::thread::{Determiner, Form, Reference, Thread};
use crate::text::Span;
use std::ops::Range;

/// Most words of a joint source.
const LONGEST: usize = 60;
/// What may stand before the first of them.
const OPENERS: &[&str] = &["both", "neither", "either"];
/// Pairs of words that join as "and" does.
const JOINERS: &[(&str, &str)] = &[("along", "with"), ("together", "with"), ("well", "as")];

/// Those who speak together: their places in the cast and their names, in order of place.
pub(super) type Speakers = Vec<(u32, String)>;

/// Makes a source whole that was cut out of a list: "France, | Germany and Italy".
pub(super) fn widen(thread: &Thread<'_, '_>, raw: &mut Raw) {
    let [source] = &raw.source[..] else { return };
    let mut tokens = touched(thread.document, *source);
    let Some(&sentence) = thread.document.sentence_of.get(tokens.start) else { return };
    let sentence = thread.document.sentences[sentence as usize].tokens();
    if parts(thread, tokens.clone()).is_none() || thread.name_at(tokens.start).is_none() {
        return;
    }
    let mut start = tokens.start;
    while start > sentence.start + 1 && thread.document.form(start - 1) == "," {
        let before = thread.within(sentence.start, start - 1).last();
        match before.filter(|r| r.form == Form::Name && r.last as usize == start - 1) {
            Some(name) => start = name.first as usize,
            None => break,
        }
    }
    let free = start == sentence.start
        || is_one_of(thread.document, start - 1, &["that", "and", "but", "—", "–", ";", ":"]);
    if start < tokens.start && free {
        tokens.start = start;
        raw.source = span_of(thread.document, tokens).into_iter().collect();
    }
}

/// Those who speak together; `None` where the source is one.
pub(super) fn speakers(thread: &Thread<'_, '_>, source: &[Span]) -> Option<Speakers> {
    let [source] = source else { return None };
    let mut tokens = touched(thread.document, *source);
    if tokens.len() < 3 || tokens.len() > LONGEST {
        return None;
    }
    tokens.start += usize::from(is_one_of(thread.document, tokens.start, OPENERS));
    let parts = parts(thread, tokens)?;
    let mut members: Vec<u32> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for part in &parts {
        match head(thread, part) {
            Some(reference) if !members.contains(&reference.member) => {
                members.push(reference.member);
                names.push(thread.cast.members[reference.member as usize].name.clone());
            }
            Some(_) => {}
            // "Ana Dorn, the mayor, and Ivo Marr": what stands between commas tells of the one before.
            None if part.comma && !members.is_empty() => {}
            None => return None,
        }
    }
    share_surname(thread, &members, &mut names);
    (members.len() > 1).then(|| members.into_iter().zip(names).collect())
}

/// A part of a joint source: its tokens, and whether only a comma parts it from the one before.
struct Part {
    tokens: Range<usize>,
    comma: bool,
}

/// The source cut at "and", "nor", commas; `None` where nothing joins.
fn parts(thread: &Thread<'_, '_>, tokens: Range<usize>) -> Option<Vec<Part>> {
    let document = thread.document;
    let mut out: Vec<Part> = Vec::new();
    let mut joined = false;
    let (mut start, mut comma) = (tokens.start, false);
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some(name) = thread.name_at(at) {
            at = (name.last as usize).max(at + 1);
            continue;
        }
        let pair = JOINERS
            .iter()
            .any(|(a, b)| is_one_of(document, at, &[a]) && is_one_of(document, at + 1, &[b]));
        let and = pair || is_one_of(document, at, &["and", "nor", "&"]);
        if and || document.form(at) == "," {
            // "as well as"
            let end = at - usize::from(pair && at > start && is_one_of(document, at - 1, &["as"]));
            if end > start {
                out.push(Part { tokens: start..end, comma });
                comma = true;
            }
            comma &= !and;
            joined |= and;
            at += 1 + usize::from(pair);
            start = at;
        } else {
            at += 1;
        }
    }
    if start < tokens.end {
        out.push(Part { tokens: start..tokens.end, comma });
    }
    (joined && out.len() > 1).then_some(out)
}

/// Words behind the head of a part.
const BEHIND: &[&str] = &["of", "from", "at", "for", "in", "who", "with", "to", "on"];

/// Whom a part names as its head: a name, or "the mayor" where no comma alone parts it.
fn head<'r>(thread: &'r Thread<'_, '_>, part: &Part) -> Option<&'r Reference> {
    let tokens = &part.tokens;
    let end = tokens
        .clone()
        .skip(1)
        .find(|&t| thread.name_at(t).is_none() && is_one_of(thread.document, t, BEHIND))
        .unwrap_or(tokens.end);
    let reference =
        thread.within(tokens.start, end).iter().rev().find(|r| r.last as usize == end)?;
    let member = &thread.cast.members[reference.member as usize];
    let nobody = matches!(member.nature, Nature::Document | Nature::Nameless);
    if nobody || reference.possessive {
        return None;
    }
    match reference.form {
        Form::Name => Some(reference),
        Form::Noun if part.comma => None,
        Form::Noun => {
            let determiner = thread.determiner(reference.first as usize, tokens.start).1;
            let told = matches!(determiner, Determiner::Definite | Determiner::Possessive);
            (told && member.nature != Nature::Unknown).then_some(reference)
        }
        Form::Pronoun => None,
    }
}

/// "Piet and Ana Dorn": the surname is of both.
fn share_surname(thread: &Thread<'_, '_>, members: &[u32], names: &mut [String]) {
    let piece = |m: u32| thread.cast.members[m as usize].pieces.len();
    for at in 0..names.len().saturating_sub(1) {
        let alone = piece(members[at]) == 1 && is_given(&names[at]);
        if let Some((_, surname)) = names[at + 1].rsplit_once(' ')
            && alone
            && piece(members[at + 1]) == 2
        {
            names[at] = format!("{} {surname}", names[at]);
        }
    }
}

fn is_given(name: &str) -> bool {
    crate::entity::words::look_up(name).0.is_given()
}

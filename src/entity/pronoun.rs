//! Whom a pronoun stands for.

use super::cast::{Gender, Nature};
use super::thread::{Form, Thread};
use crate::text::Document;

/// A pronoun that may be a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    She,
    It,
    They,
    Who,
    /// "I", "we": outside quotations the article itself.
    Speaker,
}

/// The pronoun at a token.
pub(crate) fn of(document: &Document<'_>, token: usize) -> Option<Pronoun> {
    let form = document.form(token);
    if form.len() > 10 {
        return None;
    }
    let is = |list: &[&str]| list.iter().any(|p| form.eq_ignore_ascii_case(p));
    match form.as_bytes().first()?.to_ascii_lowercase() {
        b'h' if is(&["he", "him", "his", "himself"]) => Some(Pronoun::He),
        b's' | b'h' if is(&["she", "her", "hers", "herself"]) => Some(Pronoun::She),
        b'i' if is(&["it", "its", "itself"]) => Some(Pronoun::It),
        b't' if is(&["they", "them", "their", "themselves"]) => Some(Pronoun::They),
        b'w' if form == "who" => Some(Pronoun::Who),
        b'w' | b'u' | b'o' | b'm' | b'i' if is(&["we", "our", "my", "i"]) => Some(Pronoun::Speaker),
        _ => None,
    }
}

/// "his", "its", "their", and "her" before a word that it may belong to.
pub(crate) fn is_possessive(document: &Document<'_>, token: usize) -> bool {
    let form = document.form(token);
    let next = document.tokens.get(token + 1);
    ["his", "its", "their"].iter().any(|p| form.eq_ignore_ascii_case(p))
        || (form.eq_ignore_ascii_case("her")
            && next.is_some_and(|t| {
                t.is_word() && t.span.start == document.tokens[token].span.end + 1
            }))
}

/// Most references that are weighed for a pronoun.
const WEIGHED: usize = 24;
/// Sentences back that a pronoun reaches.
const REACH: u32 = 6;

/// The member that fits best among those mentioned before; `None` when none does. The weights were chosen on half of the
/// articles of `labels/attributions.csv`; the other half gained, too.
pub(crate) fn antecedent(
    thread: &Thread<'_, '_>,
    at: usize,
    pronoun: Pronoun,
    sentence: usize,
) -> Option<u32> {
    let mut best: Option<(f64, u32)> = None;
    let block = thread.document.sentences[sentence].block;
    for reference in thread.references.iter().rev().take(WEIGHED) {
        let distance = (sentence as u32).saturating_sub(reference.sentence);
        if distance > REACH {
            break;
        }
        let member = &thread.cast.members[reference.member as usize];
        if member.weak && !thread.places[reference.first as usize].source {
            continue;
        }
        // One of several is not several.
        if member.plural && matches!(pronoun, Pronoun::He | Pronoun::She) {
            continue;
        }
        // "The storm reached Tarn. He said": a bare word that nowhere acts or speaks is nobody's name.
        let bare = member.nature == Nature::Unknown
            && member.pieces.len() == 1
            && !reference.subject
            && !thread.places[reference.first as usize].source;
        if bare && matches!(pronoun, Pronoun::He | Pronoun::She) {
            continue;
        }
        if member.is_place() && matches!(pronoun, Pronoun::He | Pronoun::She | Pronoun::Who) {
            continue;
        }
        let Some(fit) = fit(member.nature, member.gender, pronoun) else { continue };
        let place = thread.places[reference.first as usize];
        if place.quoted || (pronoun == Pronoun::Who && (reference.last as usize) + 2 < at) {
            continue;
        }
        let mut score = fit - 1.3 * f64::from(distance);
        let blocks = block.abs_diff(thread.document.sentences[reference.sentence as usize].block);
        score -= 0.6 * f64::from(blocks.min(5));
        score += if reference.subject { 0.3 } else { 0.0 };
        score += if place.source { 0.7 } else { 0.0 };
        score -= if place.content { 0.2 } else { 0.0 };
        score -= if reference.possessive { 0.3 } else { 0.0 };
        score += if reference.form == Form::Pronoun && distance <= 1 { 0.3 } else { 0.0 };
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, reference.member));
        }
    }
    best.map(|b| b.1)
}

/// How well a member's nature and gender suit a pronoun; `None` when they do not.
fn fit(nature: Nature, gender: Gender, pronoun: Pronoun) -> Option<f64> {
    let person = |wanted: Gender, other: Gender| match (nature, gender) {
        (Nature::Person | Nature::Role | Nature::Nameless | Nature::Unknown, g) if g == other => {
            None
        }
        (Nature::Person, g) if g == wanted => Some(0.8),
        (Nature::Person, _) => Some(0.3),
        (Nature::Role | Nature::Nameless, g) if g == wanted => Some(0.5),
        (Nature::Role | Nature::Nameless, _) => Some(0.0),
        (Nature::Unknown, _) => Some(-0.6),
        _ => None,
    };
    match pronoun {
        Pronoun::He => person(Gender::Male, Gender::Female),
        Pronoun::She => person(Gender::Female, Gender::Male),
        Pronoun::It => match nature {
            Nature::Organisation | Nature::Media => Some(0.6),
            Nature::Document => Some(0.3),
            Nature::State => Some(0.1),
            Nature::Unknown => Some(0.0),
            Nature::Person | Nature::Role | Nature::Nameless => None,
        },
        Pronoun::They => match nature {
            Nature::Nameless => Some(0.6),
            Nature::Organisation => Some(0.3),
            Nature::Role | Nature::Media => Some(0.0),
            Nature::State => Some(-0.4),
            Nature::Person | Nature::Unknown => Some(-0.5),
            Nature::Document => None,
        },
        Pronoun::Who => Some(0.0),
        Pronoun::Speaker => None,
    }
}

//! From the words of a source to its class and its name.

use super::raw::touched;
use crate::entity::cast::Nature;
use crate::entity::kin::LISTS;
use crate::entity::pronoun;
use crate::entity::spelling::name_in_lower_case;
use crate::entity::thread::{Determiner, Form, Reference, Thread};
use crate::entity::words::Sort;
use crate::mark::SourceClass;
use crate::text::{Case, Span};

/// What a source turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) class: SourceClass,
    pub(super) speaker: Option<String>,
    /// The member of the cast, when it is one.
    pub(super) member: Option<u32>,
}

impl Resolved {
    /// Nobody.
    pub(super) fn nobody() -> Self {
        Resolved { class: SourceClass::None, speaker: None, member: None }
    }
}

/// Class and name of a source.
pub(super) fn resolve(thread: &Thread<'_, '_>, source: &[Span]) -> Resolved {
    let tokens: Vec<usize> = source.iter().flat_map(|s| touched(thread.document, *s)).collect();
    let Some((&first, &last)) = tokens.first().zip(tokens.last()) else {
        return Resolved::nobody();
    };
    let words: Vec<usize> =
        tokens.iter().copied().filter(|&t| thread.document.tokens[t].is_word()).collect();
    if let Some(at) = lone_pronoun(thread, &words) {
        return by_pronoun(thread, at);
    }
    // "who watched the film": the clause alone.
    if let Some(&at) = words.first().filter(|&&t| thread.document.form(t) == "who") {
        return by_pronoun(thread, at);
    }
    // "a", "may": cut too short to name anybody.
    if words.iter().all(|&t| {
        thread.words.sort(t) == Sort::Function
            && !matches!(thread.document.form(t), "which" | "that")
    }) {
        return Resolved::nobody();
    }
    if let [at] = words[..]
        && matches!(thread.document.form(at), "which" | "that")
    {
        return by_relative(thread, at);
    }
    let end = core_end(thread, first, last + 1);
    let text = phrase(thread, first, end, last + 1);
    if let Some(reference) = named_person(thread, first, end, last + 1) {
        return by_member(thread, reference.member, &text);
    }
    if let Some(member) = name_in_lower_case(thread, &words) {
        return by_member(thread, member, "");
    }
    by_head(thread, first, end, last + 1, &text)
}

/// The pronoun that a source is, "him" in "according to him" included.
fn lone_pronoun(thread: &Thread<'_, '_>, words: &[usize]) -> Option<usize> {
    let own = |t: usize| pronoun::of(thread.document, t).is_some();
    let bare = |t: usize| {
        matches!(
            thread.document.form(t).to_ascii_lowercase().as_str(),
            "also" | "both" | "all" | "but" | "and" | "himself" | "herself" | "itself"
        )
    };
    let &first = words.iter().find(|&&t| own(t))?;
    words.iter().all(|&t| t == first || bare(t)).then_some(first)
}

/// Most tokens between a relative and its noun.
const REACH: usize = 40;

/// "which" and "that" stand for the paper that the sentence names last, or for the body right before them, if that is
/// somebody at all.
fn by_relative(thread: &Thread<'_, '_>, at: usize) -> Resolved {
    let start = thread.document.sentences[thread.document.sentence_of[at] as usize].tokens().start;
    let nature = |r: &Reference| thread.cast.members[r.member as usize].nature;
    let paper = thread
        .within(start.max(at.saturating_sub(REACH)), at)
        .iter()
        .rev()
        .find(|r| nature(r) == Nature::Document);
    let near = thread.within(at.saturating_sub(3), at).last();
    let body =
        near.filter(|r| !matches!(nature(r), Nature::State | Nature::Unknown | Nature::Person));
    paper.or(body).map_or_else(Resolved::nobody, |r| by_member(thread, r.member, ""))
}

fn by_pronoun(thread: &Thread<'_, '_>, at: usize) -> Resolved {
    let found = thread.within(at, at + 1).last().map(|r| r.member);
    match (found, pronoun::of(thread.document, at)) {
        (Some(member), _) => by_member(thread, member, ""),
        (None, Some(pronoun::Pronoun::He | pronoun::Pronoun::She)) => {
            Resolved { class: SourceClass::Person, speaker: None, member: None }
        }
        (None, Some(pronoun::Pronoun::Speaker)) if thread.places[at].quoted => {
            Resolved { class: SourceClass::Person, speaker: None, member: None }
        }
        (None, Some(pronoun::Pronoun::Speaker)) => Resolved {
            class: SourceClass::Role,
            speaker: Some("the author".to_owned()),
            member: None,
        },
        (None, Some(pronoun::Pronoun::It)) => {
            Resolved { class: SourceClass::Organisation, speaker: None, member: None }
        }
        (None, _) => Resolved { class: SourceClass::Anonymous, speaker: None, member: None },
    }
}

/// One past the last token of the head: up to a comma, a preposition, a relative.
fn core_end(thread: &Thread<'_, '_>, first: usize, last: usize) -> usize {
    let mut at = first;
    while at < last {
        if let Some(name) = thread.name_at(at) {
            at = (name.last as usize).max(at + 1);
            // "Marr visited the new hall": a verb ends the source.
            let person = matches!(thread.cast.members[name.member as usize].nature, Nature::Person);
            if person
                && at < last
                && thread.document.tokens[at].case == Case::Lower
                && thread.document.form(at).ends_with("ed")
            {
                return at;
            }
            continue;
        }
        let form = thread.document.form(at);
        let ends = at > first
            && (matches!(form, "," | "(" | "—" | "–" | ":" | ";")
                || LISTS.head_ends.contains(&form.to_ascii_lowercase()));
        if ends {
            return at;
        }
        at += 1;
    }
    last
}

/// The person named in a source: as its head, or in apposition ("Its leader, Ines Quadros-Palle").
fn named_person<'r>(
    thread: &'r Thread<'_, '_>,
    first: usize,
    end: usize,
    last: usize,
) -> Option<&'r Reference> {
    let person = |r: &&Reference| {
        let member = &thread.cast.members[r.member as usize];
        let crowd = member.weak
            && member.name.ends_with('s')
            && !member.name.ends_with("ss")
            && member.nature == Nature::Unknown;
        r.form == Form::Name
            && !r.possessive
            && !crowd
            && matches!(member.nature, Nature::Person | Nature::Unknown)
    };
    // Only a part of a name: the last word of it, say.
    let around = thread.references.partition_point(|r| (r.first as usize) < first);
    let partial =
        around.checked_sub(1).map(|at| &thread.references[at]).filter(|r| r.last as usize >= last);
    if let Some(reference) = partial.filter(person) {
        return Some(reference);
    }
    let head = thread.within(first, end).iter().rev().find(|r| person(r) && r.last as usize == end);
    if head.is_some() {
        return head;
    }
    // ", Lt. Gen. Ivo Marr": the titles stand between.
    let title = |t: usize| {
        thread.document.form(t) == "."
            || thread.words.sort(t).is_honorific()
            || thread.words.sort(t).is_office()
    };
    let comma = |r: &&Reference| {
        let begins = (end..r.first as usize)
            .rev()
            .take_while(|&t| title(t))
            .last()
            .unwrap_or(r.first as usize);
        begins > 0 && thread.document.form(begins - 1) == ","
    };
    let human = (first..end)
        .rev()
        .map(|t| thread.words.sort(t))
        .find(|s| *s != Sort::Plain && !s.is_function());
    let apposed = human.is_none_or(|s| s.is_office() || matches!(s, Sort::Insider | Sort::Group));
    // "the president of their union Ana Dorn", as bad translations have it.
    let closes = |r: &&Reference| {
        r.last as usize == last
            && (is_glued(thread, r)
                || (r.last - r.first >= 2 && thread.words.sort(r.first as usize - 1) == Sort::Body))
    };
    thread
        .within(end, last)
        .iter()
        .rev()
        .find(|r| apposed && person(r) && r.first > 0 && (comma(r) || closes(r)))
}

/// The name begins inside a word that scraping ran together.
fn is_glued(thread: &Thread<'_, '_>, reference: &Reference) -> bool {
    let name = &thread.cast.members[reference.member as usize].name;
    let form = thread.document.form(reference.first as usize);
    thread.document.tokens[reference.first as usize].case == Case::Mixed
        && name.split(' ').next().is_some_and(|n| form.ends_with(n) && form != n)
}

/// Class and name by the member that a source stands for.
pub(super) fn by_member(thread: &Thread<'_, '_>, member: u32, text: &str) -> Resolved {
    let known = &thread.cast.members[member as usize];
    let class = match known.nature {
        Nature::Person | Nature::Unknown => SourceClass::Person,
        Nature::Organisation | Nature::State => SourceClass::Organisation,
        Nature::Media => SourceClass::Media,
        Nature::Document => SourceClass::Document,
        Nature::Role => SourceClass::Role,
        Nature::Nameless => SourceClass::Anonymous,
    };
    // "the survey" is "a members’ survey carried out by the Guild": the fuller phrase names it.
    let name = if known.pieces.is_empty() && text.len() > known.name.len() {
        text.to_owned()
    } else {
        known.name.clone()
    };
    Resolved { class, speaker: Some(name), member: Some(member) }
}

/// Class and name by the last noun of the head.
fn by_head(thread: &Thread<'_, '_>, first: usize, end: usize, last: usize, text: &str) -> Resolved {
    let sort = |t: usize| thread.words.sort(t);
    let telling = |t: &usize| {
        let known = !matches!(sort(*t), Sort::Plain | Sort::Function | Sort::Calendar);
        let quantifier = sort(*t) == Sort::Quantifier && first + 1 < end;
        known && !quantifier && !sort(*t).is_given()
    };
    // "Cheap coal": a capital that only opens the sentence.
    let crowd = |r: &Reference| {
        let member = &thread.cast.members[r.member as usize];
        let inner = r.last as usize != end;
        (member.weak && (member.nature == Nature::Unknown || inner))
            || (inner && member.nature == Nature::State)
    };
    let reference = thread
        .within(first, end)
        .iter()
        .rev()
        .find(|r| (!r.possessive || r.last as usize == end) && !crowd(r));
    let head = (first..end).rev().find(telling);
    let anonymous = |member: Option<u32>| Resolved {
        class: SourceClass::Anonymous,
        speaker: Some(text.to_owned()),
        member,
    };
    if let Some(head) = head.filter(|&h| sort(h) == Sort::Group) {
        return by_group(thread, head, first, text);
    }
    if let Some(owned) =
        head.filter(|&h| sort(h) == Sort::Document).and_then(|h| owner(thread, first, h, last))
    {
        return Resolved {
            class: if WORDS.contains(&thread.document.form(owned.1)) {
                by_member(thread, owned.0, "").class
            } else {
                SourceClass::Document
            },
            ..by_member(thread, owned.0, "")
        };
    }
    // "The insurer named in the papers, Fenwick Mutual".
    if let Some(named) = thread
        .within(end, last)
        .last()
        .filter(|r| r.form == Form::Name && r.last as usize == last && is_apposed(thread, r))
    {
        return by_member(thread, named.member, text);
    }
    if let Some(reference) = reference.filter(|r| head.is_none_or(|h| r.last as usize > h)) {
        return by_member(thread, reference.member, text);
    }
    let Some(head) = head else { return by_shape(thread, first, end, text) };
    let (_, determiner) = thread.determiner(head, first);
    let form = thread.document.form(head);
    match sort(head) {
        Sort::Insider | Sort::Quantifier => anonymous(None),
        Sort::Document => Resolved { class: SourceClass::Document, ..anonymous(None) },
        Sort::Media | Sort::MediaKnown => Resolved { class: SourceClass::Media, ..anonymous(None) },
        Sort::MediaName => {
            let class = if thread.document.tokens[head].case == Case::Lower {
                SourceClass::Document
            } else {
                SourceClass::Media
            };
            Resolved { class, ..anonymous(None) }
        }
        Sort::State
            if form.ends_with('s')
                && head + 1 == end
                && first < end
                && determiner != Determiner::Definite
                && is_people(form) =>
        {
            anonymous(None)
        }
        s if s.is_body() || s == Sort::State => {
            Resolved { class: SourceClass::Organisation, ..anonymous(None) }
        }
        s if s.is_office() && !crate::entity::holder::is_nameless(s, determiner, form) => {
            Resolved { class: SourceClass::Role, ..anonymous(None) }
        }
        s if s.is_office() => anonymous(None),
        _ => by_shape(thread, first, end, text),
    }
}

/// Several people: anonymous, unless a determiner tells which ("the organisers").
fn by_group(thread: &Thread<'_, '_>, head: usize, first: usize, text: &str) -> Resolved {
    let (_, determiner) = thread.determiner(head, first);
    let form = thread.document.form(head).to_lowercase();
    let definite = matches!(determiner, Determiner::Definite | Determiner::Possessive)
        || form.starts_with("organi");
    let class = if definite && LISTS.identified.contains(&form) {
        SourceClass::Role
    } else {
        SourceClass::Anonymous
    };
    Resolved { class, speaker: Some(text.to_owned()), member: None }
}

/// Stands behind a comma that closes the head.
fn is_apposed(thread: &Thread<'_, '_>, reference: &Reference) -> bool {
    reference.first > 0 && thread.document.form(reference.first as usize - 1) == ","
}

/// Papers that are nothing but their owner's speech.
const WORDS: &[&str] =
    &["words", "statement", "tweet", "post", "tweets", "posts", "testimony", "announcement"];

/// Whose paper it is, "Its report", "the laboratory’s note", with the paper's token.
fn owner(thread: &Thread<'_, '_>, first: usize, head: usize, last: usize) -> Option<(u32, usize)> {
    if matches!(thread.document.form(head), "letter" | "statement" | "note" | "memo" | "email")
        && matches!(thread.document.form(head + 1), "from" | "by")
    {
        return thread.within(head + 1, last).first().map(|r| (r.member, head));
    }
    let own = (first..head).any(|t| thread.document.form(t) == "own");
    thread.within(first, head).iter().rev().find(|r| r.possessive && !own).map(|r| (r.member, head))
}

/// "Russians", "Germans", and not "Brussels" or "Athens".
fn is_people(form: &str) -> bool {
    form.ends_with("ans")
        || form.ends_with("ons")
        || matches!(
            form,
            "Poles" | "Scots" | "Serbs" | "Turks" | "Iraqis" | "Israelis" | "Pakistanis" | "Saudis"
        )
}

/// A head that no list knows: by its ending.
fn by_shape(thread: &Thread<'_, '_>, first: usize, end: usize, text: &str) -> Resolved {
    let words: Vec<usize> = (first..end).filter(|&t| thread.document.tokens[t].is_word()).collect();
    let Some(&head) = words.last() else { return Resolved::nobody() };
    let form = thread.document.form(head);
    // "marr", as some scrapes write it.
    if let [word] = words[..]
        && thread.document.tokens[word].case == Case::Lower
        && let Some(&member) = thread.cast.with_word(thread.document.tokens[word].word).last()
    {
        return by_member(thread, member, text);
    }
    let (_, determiner) = thread.determiner(head, first);
    let opens =
        thread.document.sentences[thread.document.sentence_of[head] as usize].tokens().start
            == head;
    let capital = thread.document.tokens[head].case != Case::Lower && (head != first || !opens);
    let lower = form.to_lowercase();
    let trade = ["er", "or", "ist", "man", "woman", "ian", "ee", "ant", "eer"]
        .iter()
        .any(|e| lower.ends_with(e) && lower.len() > 4);
    let class = if lower.ends_with('s')
        && !lower.ends_with("ss")
        && !capital
        && determiner != Determiner::Possessive
    {
        SourceClass::Anonymous
    } else if trade || (capital && words.len() <= 3) {
        if capital { SourceClass::Person } else { SourceClass::Role }
    } else if words.iter().any(|&t| thread.words.sort(t) == Sort::Quantifier) {
        SourceClass::Anonymous
    } else {
        SourceClass::Organisation
    };
    Resolved { class, speaker: Some(text.to_owned()), member: None }
}

/// The words of a source that has no name, without what follows a comma, with "its" filled in.
fn phrase(thread: &Thread<'_, '_>, first: usize, end: usize, last: usize) -> String {
    let crowd =
        (first..end).any(|t| matches!(thread.words.sort(t), Sort::Group | Sort::Quantifier));
    let stops = |t: usize| {
        let form = thread.document.form(t);
        matches!(form, "," | "(" | "—" | ":")
            || (!crowd && matches!(form, "who" | "whom" | "which" | "I" | "we"))
    };
    let comma = (end..last).find(|&t| stops(t)).unwrap_or(last);
    let span = thread.document.tokens[first]
        .span
        .cover(thread.document.tokens[comma.max(first + 1) - 1].span);
    let text = span.slice(thread.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let owner = pronoun::is_possessive(thread.document, first)
        .then(|| thread.within(first, first + 1).last())
        .flatten();
    match owner.map(|r| thread.cast.members[r.member as usize].name.as_str()) {
        Some(name) => {
            text.split_once(' ').map_or(text.clone(), |(_, rest)| format!("{name}’s {rest}"))
        }
        None => text,
    }
}

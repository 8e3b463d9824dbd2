//! Who speaks in a transcript: labels tied to the fullest name that the labels and the text give.

use super::classes;
use super::spoken::role;
use crate::entity::cast::{Gender, Member, Nature};
use crate::entity::thread::Thread;
use crate::entity::words::{Sort, look_up};
use crate::mark::SourceClass;
use crate::text::{BlockKind, Document, Span, Word, visible};
use std::collections::BTreeMap;

/// Who a label stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Voice {
    /// `None` where it could be either of two.
    pub(super) name: Option<String>,
    pub(super) class: SourceClass,
    pub(super) role: Option<String>,
}

/// A label taken apart.
#[derive(Clone, Debug)]
struct Label {
    /// The words of the name, folded.
    words: Vec<Word>,
    /// The same as written.
    name: String,
    /// Titles before it: "MS.", "SEN.".
    titles: Vec<Word>,
    gender: Gender,
    /// "THE PRESIDENT", "Moderator": an office and no name.
    office: bool,
    role: Option<String>,
}

/// All labels of a document, each resolved once.
pub(super) struct Directory {
    voices: BTreeMap<String, Voice>,
    interviewee: Voice,
}

/// Most labels that are compared with each other: transcripts have some dozens. Later ones stand for themselves.
const LABELS: usize = 256;
/// Most members of the cast that are compared with a label.
const MEMBERS: usize = 64;

/// First words of labels of people whom nobody knows.
const UNKNOWN: &[&str] =
    &["unidentified", "unknown", "audience", "voice", "voices", "speaker", "crowd", "members"];

impl Directory {
    pub(super) fn read(document: &Document<'_>, thread: &Thread<'_, '_>) -> Directory {
        let mut labels: BTreeMap<String, Label> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for by in document.blocks.iter().filter(|b| b.kind == BlockKind::Turn).filter_map(|b| b.by)
        {
            let text = by.slice(document.text);
            let role = role(document, by);
            match labels.get_mut(text) {
                Some(known) => known.role = known.role.take().or(role),
                None if order.len() >= LABELS => {}
                None => {
                    labels.insert(text.to_owned(), Label::new(text, role));
                    order.push(text.to_owned());
                }
            }
        }
        let full: Vec<&Label> =
            order.iter().map(|t| &labels[t]).filter(|l| l.words.len() >= 2 && !l.office).collect();
        let voices =
            labels.iter().map(|(text, l)| (text.clone(), voice(l, &full, thread))).collect();
        Directory { voices, interviewee: interviewee(document, thread) }
    }

    pub(super) fn voice(&self, document: &Document<'_>, by: Span) -> Voice {
        let text = by.slice(document.text);
        let own = || Voice { name: Some(visible(text).into_owned()), ..nobody() };
        self.voices.get(text).cloned().unwrap_or_else(own)
    }

    pub(super) fn interviewee(&self) -> Voice {
        self.interviewee.clone()
    }
}

fn nobody() -> Voice {
    Voice { name: None, class: SourceClass::Person, role: None }
}

impl Label {
    fn new(text: &str, role: Option<String>) -> Label {
        let text = visible(text);
        let all: Vec<&str> = text.split_whitespace().collect();
        let bare =
            |w: &&str| !matches!(w.trim_end_matches('.'), "Jr" | "Sr" | "JR" | "SR" | "II" | "III");
        let all: Vec<&str> =
            all.into_iter().filter(bare).map(|w| w.trim_end_matches(',')).collect();
        let title = |w: &str| {
            let sort = look_up(w.trim_end_matches('.')).0;
            sort.is_honorific()
                || sort.is_office()
                || w.ends_with('.') && w.len() > 2 && !w[..w.len() - 1].contains('.')
        };
        let last = all.len().saturating_sub(1);
        let cut = all[..last].iter().rposition(|w| title(w)).map_or(0, |at| at + 1);
        let (titles, name) = all.split_at(cut);
        let the = all.first().is_some_and(|w| w.eq_ignore_ascii_case("the"));
        let alone = all.len() == 1 && look_up(all[0]).0.is_office();
        let gender = titles.iter().map(|w| look_up(w.trim_end_matches('.')).0).fold(
            Gender::Unknown,
            |g, s| match s {
                Sort::HonorificM => Gender::Male,
                Sort::HonorificF => Gender::Female,
                _ => g,
            },
        );
        let office = the || alone;
        let held: Vec<&str> = titles
            .iter()
            .copied()
            .filter(|w| look_up(w.trim_end_matches('.')).0.is_office())
            .collect();
        let role = role.or_else(|| (!held.is_empty() && !office).then(|| title_case(&held)));
        Label {
            words: name.iter().map(|w| Word::of(w)).collect(),
            name: if office { title_case(&all) } else { title_case(name) },
            titles: titles.iter().map(|w| Word::of(w.trim_end_matches('.'))).collect(),
            gender,
            office,
            role,
        }
    }

    /// Of one surname, and nothing in titles or given names speaks against it.
    fn may_be(&self, other: &Label) -> bool {
        let given = match look_up(other.name.split(' ').next().unwrap_or("")).0 {
            Sort::GivenM => Gender::Male,
            Sort::GivenF => Gender::Female,
            _ => other.gender,
        };
        let gender =
            self.gender == Gender::Unknown || given == Gender::Unknown || self.gender == given;
        let last = self.words.last();
        let initial = self.words.len() < 2 || {
            let first = |l: &Label| l.name.chars().next();
            first(self) == first(other)
        };
        gender
            && if self.words.len() == 1 {
                other.words.iter().any(|w| Some(w) == last)
            } else {
                other.words.last() == last && initial
            }
    }

    /// "ML" for Marta Lindqvist.
    fn initials(&self) -> Option<String> {
        let one = self.words.len() == 1 && (2..=4).contains(&self.name.chars().count());
        (one && self.name.chars().all(char::is_uppercase)).then(|| self.name.clone())
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

fn voice(label: &Label, full: &[&Label], thread: &Thread<'_, '_>) -> Voice {
    let role = label.role.clone();
    let first = label.name.split(' ').next().unwrap_or("").to_lowercase();
    if UNKNOWN.contains(&first.as_str()) {
        return Voice { name: Some(label.name.clone()), class: SourceClass::Anonymous, role };
    }
    if label.office {
        return Voice { name: Some(label.name.clone()), class: SourceClass::Role, role };
    }
    let short =
        label.words.len() == 1 || label.name.split(' ').next().is_some_and(|w| w.ends_with('.'));
    if short {
        let mut fits: Vec<&&Label> =
            full.iter().filter(|f| label.may_be(f) && f.words != label.words).collect();
        let titled = |f: &&&Label| f.titles.iter().any(|t| label.titles.contains(t));
        if fits.iter().filter(|f| titled(f)).count() == 1 {
            fits.retain(|f| titled(f));
        }
        fits.dedup_by(|a, b| a.words == b.words);
        match fits[..] {
            [one] => {
                return Voice { role: role.or_else(|| one.role.clone()), ..known(one, thread) };
            }
            [_, _, ..] => return Voice { role, ..nobody() },
            [] => {}
        }
        if let Some(letters) = label.initials() {
            let mut fits = full.iter().filter(|f| initials(&f.name) == letters);
            if let (Some(one), None) = (fits.next(), fits.next()) {
                return Voice { role: one.role.clone(), ..known(one, thread) };
            }
            let people = thread
                .cast
                .members
                .iter()
                .filter(|m| m.pieces.len() >= 2 && initials(&m.name) == letters);
            return Voice { role, ..only(people, label) };
        }
        let last = label.words.last().copied().unwrap_or_default();
        let paper = |m: &&u32| {
            let member = &thread.cast.members[**m as usize];
            matches!(member.nature, Nature::Media | Nature::Organisation)
                && member.pieces.last() == Some(&last)
        };
        if let Some(&member) = thread.cast.with_word(last).iter().take(MEMBERS).find(paper) {
            let class = classes::by_member(thread, member, "").class;
            return Voice {
                name: Some(thread.cast.members[member as usize].name.clone()),
                class,
                role,
            };
        }
        let people = thread
            .cast
            .with_word(last)
            .iter()
            .take(MEMBERS)
            .map(|&m| &thread.cast.members[m as usize]);
        let fits = |m: &&Member| {
            let gender = label.gender == Gender::Unknown
                || m.gender == Gender::Unknown
                || m.gender == label.gender;
            m.pieces.len() >= 2 && gender && is_person(m)
        };
        return Voice { role, ..only(people.filter(fits), label) };
    }
    Voice { role, ..known(label, thread) }
}

fn is_person(member: &Member) -> bool {
    matches!(member.nature, Nature::Person | Nature::Unknown)
}

/// The only one who fits; the label itself when nobody does, nobody when several do.
fn only<'m>(mut fits: impl Iterator<Item = &'m Member>, label: &Label) -> Voice {
    let name = match (fits.next(), fits.next()) {
        (Some(one), None) => Some(one.name.clone()),
        (None, _) => Some(label.name.clone()),
        _ => None,
    };
    Voice { name, class: SourceClass::Person, role: None }
}

/// A label with a full name, as the text writes it where it does.
fn known(label: &Label, thread: &Thread<'_, '_>) -> Voice {
    let same = |m: &&u32| thread.cast.members[**m as usize].pieces == label.words;
    let last = label.words.last().copied().unwrap_or_default();
    let member = thread.cast.with_word(last).iter().take(MEMBERS).find(same);
    let class = member.map(|&m| (m, thread.cast.members[m as usize].nature)).map_or(
        SourceClass::Person,
        |(m, nature)| match nature {
            Nature::Media | Nature::Organisation => classes::by_member(thread, m, "").class,
            _ => SourceClass::Person,
        },
    );
    Voice { name: Some(label.name.clone()), class, role: label.role.clone() }
}

/// Words before the person who is interviewed.
const ASKED: &[&str] = &["with", "to", "interviewed", "asked", "interviews", "meets", "met"];

/// Whom the prose around an interview names most, and whom it says was asked where two are named as often.
fn interviewee(document: &Document<'_>, thread: &Thread<'_, '_>) -> Voice {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for reference in &thread.references {
        let token = reference.first as usize;
        let member = &thread.cast.members[reference.member as usize];
        if document.is_spoken(token) || member.nature != Nature::Person || member.pieces.is_empty()
        {
            continue;
        }
        let count = counts.entry(reference.member).or_default();
        let asked = token > 0 && ASKED.contains(&document.form(token - 1));
        *count = (count.0 + usize::from(asked), count.1 + 1);
    }
    let mut order: Vec<((usize, usize), u32)> = counts.into_iter().map(|(m, c)| (c, m)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    match order[..] {
        [(best, member), ..] if order.get(1).is_none_or(|second| second.0 < best) => {
            let name = Some(thread.cast.members[member as usize].name.clone());
            Voice { name, class: SourceClass::Person, role: None }
        }
        _ => nobody(),
    }
}

/// "ML", "CNN": letters that stand for words.
fn is_short_form(word: &str) -> bool {
    let vowel = |c: char| "AEIOUY".contains(c);
    let count = word.chars().count();
    count <= 2 || count <= 4 && !word.chars().any(vowel) || look_up(word).0.is_media()
}

/// A name in capitals as running text would have it; any other as it stands.
fn title_case(words: &[&str]) -> String {
    let all = words.concat();
    if all.chars().any(char::is_lowercase) && !all.starts_with("Mc")
        || words.len() == 1 && is_short_form(&all)
    {
        return words.join(" ");
    }
    let word = |w: &&str| {
        let kept = w.contains('.') && w.chars().filter(|c| c.is_alphabetic()).count() <= 2
            || matches!(*w, "II" | "III" | "IV");
        if kept {
            return (*w).to_owned();
        }
        let mut out = String::new();
        let mut fresh = true;
        for c in w.chars() {
            if fresh {
                out.push(c)
            } else {
                out.extend(c.to_lowercase())
            }
            let short = out.chars().count() == 2;
            fresh = c == '-' || short && (matches!(c, '\'' | '’') || out == "Mc" && w.len() > 4);
        }
        out
    };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

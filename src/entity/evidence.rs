//! What a name's own words and the words around it tell of it: a title, an apposition, a pronoun.

use super::cast::{Gender, Nature, Office};
use super::kin::kin_gender;
use super::names::{Piece, Run};
use super::words::{Sort, Words};
use crate::text::{Case, Document, Word};

/// Longest apposition that is read, in tokens.
const APPOSITION: usize = 14;

/// A run taken apart: what stands before the name, and the name.
pub(crate) struct Named<'n> {
    pub(crate) prefix: &'n [Piece],
    pub(crate) name: &'n [Piece],
    pub(crate) nature: Nature,
    pub(crate) balance: i32,
    pub(crate) gender: Gender,
    pub(crate) place: bool,
}

/// Cuts title and name apart and tells what the name is by its own words.
pub(crate) fn take_apart<'n>(document: &Document<'_>, run: &'n Run) -> Option<Named<'n>> {
    let pieces = &run.pieces;
    let titled = |p: &Piece| {
        p.sort.is_office() || p.sort.is_honorific() || matches!(p.sort, Sort::Group | Sort::Insider)
    };
    let mut cut = pieces.iter().rposition(titled).map_or(0, |at| at + 1);
    // "Milo Baker": a trade for a family name.
    if cut == pieces.len() && pieces.len() >= 2 && pieces[0].sort.is_given() {
        cut = 0;
    }
    while cut + 1 < pieces.len()
        && (pieces[cut].glued
            || (pieces[cut].sort == Sort::State && pieces[cut + 1].sort.is_given()))
    {
        cut += 1;
    }
    let (prefix, name) = pieces.split_at(cut);
    // "Robert Dorn CEO"
    let name = match name {
        [given, _, .., office] if given.sort.is_given() && office.sort.is_office() => {
            &name[..name.len() - 1]
        }
        _ => name,
    };
    let (head, tail) = (name.first()?, name.last()?);
    let gender = gender(prefix, head, name.len());
    let upper = name.len() == 1
        && document.tokens.get(run.last - 1).is_some_and(|t| t.case == Case::Upper)
        && tail.span.len() >= 2;
    let office = prefix.iter().any(|p| p.sort.is_office() || p.sort.is_honorific());
    let whole = head.span.cover(tail.span).slice(document.text);
    let (nature, balance) = if whole.contains('&') {
        (Nature::Organisation, -3)
    } else if office {
        (Nature::Person, 3)
    } else if (tail.sort.is_media() && name.len() > 1 && !head.sort.is_body())
        || tail.sort == Sort::MediaKnown
        || (tail.sort == Sort::MediaName && !head.sort.is_body() && the_before(document, run))
    {
        (Nature::Media, -3)
    } else if name.iter().any(|p| matches!(p.sort, Sort::StateBody | Sort::Organisation))
        || tail.sort.is_body()
        || head.sort.is_body()
    {
        (Nature::Organisation, -3)
    } else if head.sort == Sort::Thing || tail.sort == Sort::Thing {
        (Nature::Unknown, -3)
    } else if tail.sort == Sort::Document && name.len() > 1 {
        (Nature::Document, -3)
    } else if name.iter().all(|p| p.sort == Sort::State) {
        (Nature::State, 0)
    } else if upper {
        (Nature::Unknown, -2)
    } else if head.sort.is_given() && name.len() <= 4 {
        (Nature::Unknown, if name.len() >= 2 { 2 } else { 1 })
    } else {
        (Nature::Unknown, 0)
    };
    Some(Named { prefix, name, nature, balance, gender, place: false })
}

pub(crate) fn the_before(document: &Document<'_>, run: &Run) -> bool {
    run.first > 0 && document.form(run.first - 1).eq_ignore_ascii_case("the")
}

fn gender(prefix: &[Piece], head: &Piece, pieces: usize) -> Gender {
    for piece in prefix.iter().rev() {
        match piece.sort {
            Sort::HonorificM => return Gender::Male,
            Sort::HonorificF => return Gender::Female,
            _ => {}
        }
    }
    match head.sort {
        Sort::GivenM if pieces >= 2 => Gender::Male,
        Sort::GivenF if pieces >= 2 => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// What stands before the name: "Palace spokesman Ivo Marr", "Its leader, Ines Quadros", "the firm Quillon".
pub(crate) fn before(
    document: &Document<'_>,
    words: &Words,
    run: &Run,
    named: &mut Named<'_>,
    offices: &mut Vec<Office>,
    nouns: &mut Vec<Word>,
    start: usize,
) {
    let titled = named.prefix.iter().rposition(|p| p.sort.is_office());
    if let Some(at) = titled {
        let piece = named.prefix[at];
        let mut office = Office {
            head: piece.word,
            leader: piece.sort == Sort::Leader,
            states: Vec::new(),
            names: Vec::new(),
            bound: false,
        };
        for other in &named.prefix[..at] {
            if other.sort == Sort::State {
                office.states.push(other.entry)
            } else {
                office.names.push(other.word)
            }
        }
        office_words(document, words, run.first, start, &mut office);
        offices.push(office);
        return;
    }
    let Some(mut at) = run.first.checked_sub(1).filter(|&t| t >= start) else { return };
    let comma = document.form(at) == ",";
    if comma {
        let Some(back) = at.checked_sub(1).filter(|&t| t >= start) else { return };
        at = back;
    }
    if comma && !words.sort(at).is_office() {
        at = office_before_of(document, words, at, start).unwrap_or(at);
    }
    let sort = words.sort(at);
    let lower = !comma || opens_phrase(document, words, at, start);
    if sort.is_office() && lower && named.nature != Nature::State {
        let mut office = Office {
            head: document.tokens[at].word,
            leader: sort == Sort::Leader,
            states: Vec::new(),
            names: Vec::new(),
            bound: false,
        };
        office_words(document, words, at, start, &mut office);
        headed_words(document, words, at, run.first, &mut office);
        named.gender = if named.gender == Gender::Unknown {
            kin_gender(document.form(at))
        } else {
            named.gender
        };
        offices.push(office);
        named.balance += 3;
    } else if !comma
        && matches!(sort, Sort::Body | Sort::StateBody | Sort::Media)
        && document.tokens[at].case == Case::Lower
    {
        named.balance -= 3;
        nouns.push(document.tokens[at].word);
    } else if !comma && sort == Sort::Thing && document.tokens[at].case == Case::Lower {
        named.balance -= 3;
    } else if !comma && document.form(at) == "the" && named.name.len() == 1 {
        named.balance -= 1;
    } else if !comma
        && (matches!(document.form(at), "in" | "at" | "near" | "outside" | "on" | "from")
            || (document.form(at) == "of"
                && at > start
                && (words.sort(at - 1).is_body() || words.sort(at - 1) == Sort::Thing)))
        && named.nature == Nature::Unknown
        && !named.name[0].sort.is_given()
    {
        named.balance -= 1;
        named.place = true;
    }
}

/// "The lawyer of the family, Ana Dorn": the office a few words before the comma.
fn office_before_of(
    document: &Document<'_>,
    words: &Words,
    at: usize,
    start: usize,
) -> Option<usize> {
    let from = at.saturating_sub(7).max(start);
    let of = (from + 1..at)
        .rev()
        .take_while(|&t| document.form(t) != ",")
        .find(|&t| matches!(document.form(t), "of" | "for" | "at"))?;
    words.sort(of - 1).is_office().then_some(of - 1)
}

/// "Its leader, …": a determiner or a possessive within a few words before the noun.
fn opens_phrase(document: &Document<'_>, words: &Words, at: usize, start: usize) -> bool {
    let from = at.saturating_sub(4).max(start);
    at == start
        || (from..at).any(|t| {
            matches!(words.sort(t), Sort::Function) || matches!(document.form(t), "’s" | "'s" | "’")
        })
        || (at == start + 1)
        || document.tokens[from].case != Case::Lower
}

/// States and names in the words before an office: "Polish leader", "the Growers’ League president".
pub(crate) fn office_words(
    document: &Document<'_>,
    words: &Words,
    head: usize,
    start: usize,
    office: &mut Office,
) {
    for token in (head.saturating_sub(5).max(start)..head).rev() {
        let sort = words.sort(token);
        if sort == Sort::State {
            office.states.push(words.entry(token));
        } else if sort == Sort::Function || document.form(token) == "," {
            break;
        } else if document.tokens[token].is_word()
            && (document.tokens[token].case != Case::Lower || sort.is_body() || sort.is_office())
        {
            office.names.push(document.tokens[token].word);
        }
    }
}

/// Words for a state, of which the head is the state's.
const COUNTRIES: &[&str] =
    &["country", "nation", "state", "republic", "kingdom", "government", "world", "day"];
/// Verbs that end the words behind an office, besides those in -ed.
const VERBS: &[&str] = &[
    "said", "says", "told", "tells", "wrote", "writes", "thinks", "thought", "saw", "met", "left",
    "took", "made", "gave", "spoke", "came", "went",
];
/// Most tokens of what an office is the head of.
const HEADED: usize = 8;

/// What an office is the head of: "the chief of the island’s coastguard", "director of the night boats of Tarn".
pub(crate) fn headed_words(
    document: &Document<'_>,
    words: &Words,
    head: usize,
    end: usize,
    office: &mut Office,
) {
    if !matches!(document.form(head + 1), "of" | "for") {
        return;
    }
    let mut last = None;
    for token in head + 2..end.min(head + 2 + HEADED) {
        let form = document.form(token);
        if matches!(
            form,
            "the" | "its" | "their" | "his" | "her" | "a" | "an" | "’s" | "'s" | "’" | "'"
        ) {
            last = None;
        } else if !document.tokens[token].is_word()
            || words.sort(token) == Sort::Function
            || form.ends_with("ed")
            || VERBS.contains(&form)
        {
            break;
        } else if words.sort(token) == Sort::State {
            office.states.push(words.entry(token));
            last = None;
        } else {
            last = Some(token);
        }
    }
    if let Some(last) = last.filter(|&t| {
        !COUNTRIES.contains(&document.form(t)) && document.tokens[t].case == Case::Lower
    }) {
        office.names.push(document.tokens[last].word);
        office.bound = words.sort(last) != Sort::Body;
    }
}

/// What stands behind the name: ", a retired labour judge", ", 71,", ", the drug company".
pub(crate) fn behind(
    document: &Document<'_>,
    words: &Words,
    at: usize,
    end: usize,
    named: &mut Named<'_>,
    offices: &mut Vec<Office>,
    nouns: &mut Vec<Word>,
) {
    if named.name.len() == 1 && named.nature == Nature::Unknown {
        named.balance += owner(document, at, end);
    }
    if at >= end || document.form(at) != "," || named.nature == Nature::State {
        return;
    }
    let first = document.form(at + 1);
    if named.name.len() >= 2
        && first.len() == 2
        && first.bytes().all(|b| b.is_ascii_digit())
        && matches!(document.form(at + 2), "," | ".")
    {
        named.balance += 3;
    }
    let mut noun = None;
    for token in at + 1..end.min(at + APPOSITION) {
        let form = document.form(token);
        let sort = words.sort(token);
        let stops = matches!(
            form,
            "," | "."
                | ";"
                | ":"
                | "“"
                | "\""
                | "who"
                | "which"
                | "where"
                | "of"
                | "at"
                | "in"
                | "for"
                | "to"
                | "said"
                | "told"
                | "has"
                | "was"
                | "is"
                | "had"
        );
        if stops {
            break;
        }
        if sort.is_office()
            || matches!(
                sort,
                Sort::Body | Sort::StateBody | Sort::Media | Sort::MediaName | Sort::Insider
            )
        {
            noun = Some(token);
        } else if token == at + 1 && document.tokens[token].case != Case::Lower {
            break;
        }
    }
    if document.form(at + 1) == "who" {
        named.balance += 2;
    }
    let Some(noun) = noun else { return };
    // "X, Dorn and the minister said": a list, when no second comma or end closes the apposition.
    let sort = words.sort(noun);
    if sort.is_office() || sort == Sort::Insider {
        named.balance += 2;
        let mut office = Office {
            head: document.tokens[noun].word,
            leader: sort == Sort::Leader,
            states: Vec::new(),
            names: Vec::new(),
            bound: false,
        };
        office_words(document, words, noun, at + 1, &mut office);
        headed_words(document, words, noun, end, &mut office);
        if matches!(document.form(noun + 1), "of" | "at" | "in" | "for") {
            for token in noun + 2..end.min(noun + 7) {
                if words.sort(token) == Sort::State {
                    office.states.push(words.entry(token));
                } else if document.tokens[token].case != Case::Lower
                    && document.tokens[token].is_word()
                {
                    office.names.push(document.tokens[token].word);
                } else if document.form(token) == "," {
                    break;
                }
            }
        }
        named.gender = if named.gender == Gender::Unknown {
            kin_gender(document.form(noun))
        } else {
            named.gender
        };
        offices.push(office);
    } else {
        named.balance -= 2;
        nouns.push(document.tokens[noun].word);
    }
}

/// Tokens behind a name in which its pronoun is looked for.
const PRONOUN: usize = 12;

/// What the first pronoun behind a name tells: 1 a person, -1 an organisation.
fn owner(document: &Document<'_>, at: usize, end: usize) -> i32 {
    for token in at..end.min(at + PRONOUN) {
        match document.form(token) {
            "its" | "it" | "itself" => return -1,
            "his" | "her" | "he" | "she" | "himself" | "herself" => return 1,
            _ if token > at && document.tokens[token].case == Case::Capital => return 0,
            _ => {}
        }
    }
    0
}

//! The article's cast: who and what is named in its prose, with names joined.

use super::names::{Piece, Reader, Run};
use super::words::{Sort, Words};
use crate::lexicon::WordMap;
use crate::text::{Case, Document, Span, Word};

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Named, and nothing tells yet what it is.
    Unknown,
    Person,
    Organisation,
    Media,
    /// A state, or its capital standing for it.
    State,
    /// A paper: a report, a letter.
    Document,
    /// An office without a name: "the ministry's spokesman".
    Role,
    /// Somebody whom no reader could find: "a crane driver", "an official".
    Nameless,
}

/// As pronouns tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Unknown,
    Male,
    Female,
}

/// An office that the text ties to a member.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Office {
    pub(super) head: Word,
    pub(super) leader: bool,
    /// Words around the head that tell it from others of its kind: states by their entry, names by their word.
    pub(super) states: Vec<u16>,
    pub(super) names: Vec<Word>,
}

/// Somebody or something of the article.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) pieces: Vec<Word>,
    pub(super) nature: Nature,
    pub(super) gender: Gender,
    pub(super) offices: Vec<Office>,
    /// Nouns that an apposition gives an organisation: "Corvessa, the drug company".
    pub(super) nouns: Vec<Word>,
    /// Evidence for a person less evidence for an organisation.
    balance: i32,
    /// Seen only where any word has a capital.
    pub(super) weak: bool,
    /// Named behind "in" or "at".
    place: bool,
    /// Times named in full, and by the last word alone.
    full: u32,
    short: u32,
}

/// One place where a member is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mention {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) member: u32,
}

/// All members and their mentions by name, in order of place.
#[derive(Default)]
pub(super) struct Cast {
    pub(super) members: Vec<Member>,
    pub(super) mentions: Vec<Mention>,
    by_word: WordMap<Vec<u32>>,
    by_start: WordMap<Vec<u32>>,
}

/// Most members that are compared with a new mention.
const COMPARED: usize = 16;
/// Longest apposition that is read, in tokens.
const APPOSITION: usize = 14;

/// A run taken apart: what stands before the name, and the name.
struct Named<'n> {
    prefix: &'n [Piece],
    name: &'n [Piece],
    nature: Nature,
    balance: i32,
    gender: Gender,
    place: bool,
}

impl Cast {
    /// Reads the prose once.
    pub(super) fn read(document: &Document<'_>, words: &Words) -> Self {
        let reader = Reader::new(document, words);
        let mut cast = Cast::default();
        for sentence in document.prose_sentences() {
            let tokens = sentence.tokens();
            let mut at = tokens.start;
            let mut opens = true;
            while at < tokens.end {
                match reader.run(at, tokens.end, opens) {
                    Some(run) => {
                        at = run.last;
                        cast.take(document, words, &run, tokens.clone());
                        opens = false;
                    }
                    None => {
                        opens = matches!(document.form(at), "“" | "\"" | "‘" | "«" | ":" | "—" | "–" | "(" | "[") || (opens && !document.tokens[at].is_word());
                        at += 1;
                    }
                }
            }
        }
        for member in cast.members.iter_mut().filter(|m| m.nature == Nature::Unknown) {
            let several = member.pieces.len() >= 2;
            let kept_whole = several && member.full >= 2 && member.short == 0;
            if member.balance > 0 || (member.balance == 0 && several && !kept_whole) {
                member.nature = Nature::Person;
            } else if member.place {
                member.nature = Nature::State;
            } else if member.balance < 0 || kept_whole {
                member.nature = Nature::Organisation;
            }
        }
        cast
    }

    fn take(&mut self, document: &Document<'_>, words: &Words, run: &Run, sentence: std::ops::Range<usize>) {
        let Some(mut named) = take_apart(document, run) else { return };
        let first = document.tokens_within(Span { start: named.name[0].span.start, end: u32::MAX }).next().unwrap_or(run.last);
        let first = if first > run.first && document.tokens[first - 1].span.end > named.name[0].span.start { first - 1 } else { first };
        let first = first.min(run.last - 1);
        let mut offices = Vec::new();
        let mut nouns = Vec::new();
        before(document, words, run, &mut named, &mut offices, &mut nouns, sentence.start);
        behind(document, words, run.last, sentence.end, &mut named, &mut offices, &mut nouns);
        let alone = named.name.len() == 1;
        if alone {
            let piece = named.name[0];
            let common = !(piece.sort == Sort::Plain || piece.sort.is_given() || piece.sort == Sort::State || piece.sort == Sort::MediaKnown || piece.sort == Sort::Organisation);
            let common = common && named.nature != Nature::Media;
            let known = self.by_word.contains_key(&piece.word);
            if common && !known {
                return;
            }
        }
        let weak = alone && run.opens && named.prefix.is_empty() && named.balance <= 0 && matches!(named.nature, Nature::Unknown);
        let member = self.join(document, &named, weak);
        if alone && named.nature == Nature::Media && the_before(document, run) {
            self.members[member as usize].name = format!("The {}", named.name[0].span.slice(document.text));
        }
        let target = &mut self.members[member as usize];
        target.balance += named.balance;
        let shortened = alone && target.pieces.len() > 1;
        target.short += u32::from(shortened);
        target.full += u32::from(!shortened);
        target.weak &= weak;
        target.place |= named.place;
        if target.nature == Nature::Unknown {
            target.nature = named.nature;
        }
        if target.gender == Gender::Unknown {
            target.gender = named.gender;
        }
        if target.offices.len() < 16 {
            target.offices.extend(offices);
        }
        if target.nouns.len() < 16 {
            target.nouns.extend(nouns);
        }
        self.mentions.push(Mention { first: first as u32, last: run.last as u32, member });
    }

    /// The member that a name belongs to; a new one where none fits.
    fn join(&mut self, document: &Document<'_>, named: &Named<'_>, weak: bool) -> u32 {
        let pieces: Vec<Word> = named.name.iter().map(|p| p.word).collect();
        let text = Span { start: named.name[0].span.start, end: named.name[named.name.len() - 1].span.end }.slice(document.text);
        let last = pieces[pieces.len() - 1];
        let fits = |m: &Member| {
            let shorter = pieces.len().min(m.pieces.len());
            let gender = named.gender == Gender::Unknown || m.gender == Gender::Unknown || named.gender == m.gender;
            let subset = if pieces.len() <= m.pieces.len() { pieces.iter().all(|p| m.pieces.contains(p)) } else { m.pieces.iter().all(|p| pieces.contains(p)) };
            let family = shorter >= 2 && m.pieces.last() == Some(&last) && near(&m.name, text);
            let apart = matches!((m.nature, named.nature), (Nature::State, Nature::Person | Nature::Organisation) | (Nature::Person | Nature::Organisation, Nature::State));
            gender && (subset || family) && !(apart && shorter == 1 && pieces.len() != m.pieces.len())
        };
        let keys = [last, pieces[0]];
        let found = keys.iter().find_map(|key| {
            let list = self.by_word.get(key)?;
            list.iter().rev().take(COMPARED).copied().find(|&m| fits(&self.members[m as usize]))
        });
        let start = start_key(text.rsplit(char::is_whitespace).next().unwrap_or(text));
        let found = found.or_else(|| {
            let list = self.by_start.get(&start)?;
            list.iter().rev().take(COMPARED).copied().find(|&m| {
                let member = &self.members[m as usize];
                let person = !matches!(member.nature, Nature::State | Nature::Media);
                let gender = named.gender == Gender::Unknown || member.gender == Gender::Unknown || named.gender == member.gender;
                person && gender && (!weak || member.pieces.len() >= 2) && (pieces.len() == 1 || member.pieces.len() == 1 || member.pieces[0] == pieces[0]) && near(&member.name, text)
            })
        });
        if let Some(member) = found {
            let target = &mut self.members[member as usize];
            if pieces.len() > target.pieces.len() {
                target.name = clean(text);
                target.pieces.clone_from(&pieces);
                for piece in pieces {
                    index(&mut self.by_word, piece, member);
                }
            }
            return member;
        }
        let member = self.members.len() as u32;
        for &piece in &pieces {
            index(&mut self.by_word, piece, member);
        }
        index(&mut self.by_start, start, member);
        self.members.push(Member {
            name: clean(text),
            pieces,
            nature: Nature::Unknown,
            gender: named.gender,
            offices: Vec::new(),
            nouns: Vec::new(),
            balance: 0,
            weak: true,
            place: false,
            full: 0,
            short: 0,
        });
        member
    }

    /// A new member that has no name.
    pub(super) fn add_role(&mut self, name: String, gender: Gender, nature: Nature) -> u32 {
        self.members.push(Member { name, pieces: Vec::new(), nature, gender, offices: Vec::new(), nouns: Vec::new(), balance: 0, weak: false, place: false, full: 0, short: 0 });
        self.members.len() as u32 - 1
    }

    /// Members that hold a word in their name, oldest first.
    pub(super) fn with_word(&self, word: Word) -> &[u32] {
        self.by_word.get(&word).map_or(&[], Vec::as_slice)
    }
}

fn index(map: &mut WordMap<Vec<u32>>, key: Word, member: u32) {
    let list = map.entry(key).or_default();
    if list.last() != Some(&member) {
        list.push(member);
    }
}

/// White space of broken lines made plain.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn start_key(last: &str) -> Word {
    let end = last.char_indices().nth(2).map_or(last.len(), |(at, _)| at);
    Word::of(&last[..end])
}

/// Spellings of one name: "Zaluzhny" and "Zaluzhniy", "Aleksandr" and "Alexander".
fn near(a: &str, b: &str) -> bool {
    let (mut a, mut b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    if a.len() == 1 || b.len() == 1 {
        a.drain(..a.len() - 1);
        b.drain(..b.len() - 1);
    }
    a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x == y || (x.len().min(y.len()) >= 5 && distance(x, y) <= 1 + usize::from(x.len().min(y.len()) >= 8)) || initial(x, y) || initial(y, x))
}

/// "J." and "John".
fn initial(short: &str, long: &str) -> bool {
    let letter = short.trim_end_matches('.');
    letter.chars().count() == 1 && long.starts_with(letter)
}

/// Edits between two words, of which the first letters must agree; large for long words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > 2 || a.len() > 24 || b.len() > 24 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// Cuts title and name apart and tells what the name is by its own words.
fn take_apart<'n>(document: &Document<'_>, run: &'n Run) -> Option<Named<'n>> {
    let pieces = &run.pieces;
    let titled = |p: &Piece| p.sort.is_office() || p.sort.is_honorific() || matches!(p.sort, Sort::Group | Sort::Insider);
    let mut cut = pieces.iter().rposition(titled).map_or(0, |at| at + 1);
    if cut == pieces.len() && pieces.len() >= 2 && pieces[0].sort.is_given() {
        // "Milo Baker": a trade for a family name.
        cut = 0;
    }
    while cut + 1 < pieces.len() && (pieces[cut].glued || (pieces[cut].sort == Sort::State && pieces[cut + 1].sort.is_given())) {
        cut += 1;
    }
    let (prefix, name) = pieces.split_at(cut);
    let (head, tail) = (name.first()?, name.last()?);
    let gender = gender(prefix, head, name.len());
    let upper = name.len() == 1 && document.tokens.get(run.last - 1).is_some_and(|t| t.case == Case::Upper) && tail.span.len() >= 2;
    let office = prefix.iter().any(|p| p.sort.is_office() || p.sort.is_honorific());
    let (nature, balance) = if office {
        (Nature::Person, 3)
    } else if (tail.sort.is_media() && name.len() > 1 && !head.sort.is_body()) || tail.sort == Sort::MediaKnown || (tail.sort == Sort::MediaName && !head.sort.is_body() && the_before(document, run)) {
        (Nature::Media, -3)
    } else if name.iter().any(|p| matches!(p.sort, Sort::StateBody | Sort::Organisation)) || tail.sort.is_body() || head.sort.is_body() {
        (Nature::Organisation, -3)
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

fn the_before(document: &Document<'_>, run: &Run) -> bool {
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

/// What stands before the name: "Kremlin spokesman Dmitry Peskov", "Its leader, Ines Quadros", "the firm Quillon".
fn before(document: &Document<'_>, words: &Words, run: &Run, named: &mut Named<'_>, offices: &mut Vec<Office>, nouns: &mut Vec<Word>, start: usize) {
    let titled = named.prefix.iter().rposition(|p| p.sort.is_office());
    if let Some(at) = titled {
        let piece = named.prefix[at];
        let mut office = Office { head: piece.word, leader: piece.sort == Sort::Leader, states: Vec::new(), names: Vec::new() };
        for other in &named.prefix[..at] {
            if other.sort == Sort::State { office.states.push(other.entry) } else { office.names.push(other.word) }
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
        let mut office = Office { head: document.tokens[at].word, leader: sort == Sort::Leader, states: Vec::new(), names: Vec::new() };
        office_words(document, words, at, start, &mut office);
        named.gender = if named.gender == Gender::Unknown { kin_gender(document.form(at)) } else { named.gender };
        offices.push(office);
        named.balance += 3;
    } else if !comma && matches!(sort, Sort::Body | Sort::StateBody | Sort::Media) && document.tokens[at].case == Case::Lower {
        named.balance -= 3;
        nouns.push(document.tokens[at].word);
    } else if !comma && document.form(at) == "the" && named.name.len() == 1 {
        named.balance -= 1;
    } else if !comma && matches!(document.form(at), "in" | "at" | "near" | "outside" | "on") && named.nature == Nature::Unknown && !named.name[0].sort.is_given() {
        named.balance -= 1;
        named.place = true;
    }
}

/// "The lawyer of the family, Ana Dorn": the office a few words before the comma.
fn office_before_of(document: &Document<'_>, words: &Words, at: usize, start: usize) -> Option<usize> {
    let from = at.saturating_sub(7).max(start);
    let of = (from + 1..at).rev().take_while(|&t| document.form(t) != ",").find(|&t| matches!(document.form(t), "of" | "for" | "at"))?;
    words.sort(of - 1).is_office().then_some(of - 1)
}

/// "Its leader, …": a determiner or a possessive within a few words before the noun.
fn opens_phrase(document: &Document<'_>, words: &Words, at: usize, start: usize) -> bool {
    let from = at.saturating_sub(4).max(start);
    at == start
        || (from..at).any(|t| matches!(words.sort(t), Sort::Function) || matches!(document.form(t), "’s" | "'s" | "’"))
        || (at == start + 1)
        || document.tokens[from].case != Case::Lower
}

/// States and names in the words before an office: "Belarusian leader", "the Growers’ League president".
pub(super) fn office_words(document: &Document<'_>, words: &Words, head: usize, start: usize, office: &mut Office) {
    for token in (head.saturating_sub(5).max(start)..head).rev() {
        let sort = words.sort(token);
        if sort == Sort::State {
            office.states.push(words.entry(token));
        } else if sort == Sort::Function || document.form(token) == "," {
            break;
        } else if document.tokens[token].is_word() && (document.tokens[token].case != Case::Lower || sort.is_body() || sort.is_office()) {
            office.names.push(document.tokens[token].word);
        }
    }
}

/// What stands behind the name: ", a retired labour judge", ", 71,", ", the drug company".
fn behind(document: &Document<'_>, words: &Words, at: usize, end: usize, named: &mut Named<'_>, offices: &mut Vec<Office>, nouns: &mut Vec<Word>) {
    if named.name.len() == 1 && named.nature == Nature::Unknown {
        named.balance += owner(document, at, end);
    }
    if at >= end || document.form(at) != "," || named.nature == Nature::State {
        return;
    }
    let first = document.form(at + 1);
    if named.name.len() >= 2 && first.len() == 2 && first.bytes().all(|b| b.is_ascii_digit()) && matches!(document.form(at + 2), "," | ".") {
        named.balance += 3;
    }
    let mut noun = None;
    for token in at + 1..end.min(at + APPOSITION) {
        let form = document.form(token);
        let sort = words.sort(token);
        let stops = matches!(form, "," | "." | ";" | ":" | "“" | "\"" | "who" | "which" | "where" | "of" | "at" | "in" | "for" | "to" | "said" | "told" | "has" | "was" | "is" | "had");
        if stops {
            break;
        }
        if sort.is_office() || matches!(sort, Sort::Body | Sort::StateBody | Sort::Media | Sort::MediaName | Sort::Insider) {
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
        let mut office = Office { head: document.tokens[noun].word, leader: sort == Sort::Leader, states: Vec::new(), names: Vec::new() };
        office_words(document, words, noun, at + 1, &mut office);
        if matches!(document.form(noun + 1), "of" | "at" | "in" | "for") {
            for token in noun + 2..end.min(noun + 7) {
                if words.sort(token) == Sort::State {
                    office.states.push(words.entry(token));
                } else if document.tokens[token].case != Case::Lower && document.tokens[token].is_word() {
                    office.names.push(document.tokens[token].word);
                } else if document.form(token) == "," {
                    break;
                }
            }
        }
        named.gender = if named.gender == Gender::Unknown { kin_gender(document.form(noun)) } else { named.gender };
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

/// What a noun tells: "mother", "spokeswoman".
pub(super) fn kin_gender(form: &str) -> Gender {
    let lower = form.to_lowercase();
    let female = ["mother", "wife", "widow", "daughter", "sister", "aunt", "niece", "girl", "lady", "actress", "waitress", "nun", "queen", "landlady", "housewife", "headmistress", "fiancée", "midwife"];
    let male = ["father", "husband", "widower", "son", "brother", "uncle", "nephew", "boy", "gentleman", "king", "landlord", "headmaster", "monk", "priest"];
    if lower.ends_with("woman") || female.iter().any(|f| lower == *f || (lower.len() > f.len() && f.len() > 5 && lower.ends_with(f))) {
        Gender::Female
    } else if lower.ends_with("man") || male.iter().any(|m| lower == *m || (lower.len() > m.len() && m.len() > 5 && lower.ends_with(m))) {
        Gender::Male
    } else {
        Gender::Unknown
    }
}

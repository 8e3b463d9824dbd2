//! The article's cast: who and what is named in its prose, with names joined.

use super::evidence::{Named, before, behind, take_apart, the_before};
use super::names::{Reader, Run};
use super::spelling::near;
use super::words::{Sort, Words};
use crate::lexicon::WordMap;
use crate::text::{Document, Kind, Span, Word, visible};

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
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
pub(crate) enum Gender {
    Unknown,
    Male,
    Female,
}

/// An office that the text ties to a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Office {
    pub(crate) head: Word,
    pub(crate) leader: bool,
    /// Words around the head that tell it from others of its kind: states by their entry, names by their word.
    pub(crate) states: Vec<u16>,
    pub(crate) names: Vec<Word>,
    /// It is the head "of" something that is no state and named by the text: only who heads just that holds it.
    pub(crate) bound: bool,
}

/// Somebody or something of the article.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) pieces: Vec<Word>,
    pub(crate) nature: Nature,
    pub(crate) gender: Gender,
    pub(crate) offices: Vec<Office>,
    /// Nouns that an apposition gives an organisation: "Corvessa, the drug company".
    pub(crate) nouns: Vec<Word>,
    /// Evidence for a person less evidence for an organisation.
    balance: i32,
    /// Several people: "the men in the yard".
    pub(crate) plural: bool,
    /// Seen only where any word has a capital.
    pub(crate) weak: bool,
    /// Named behind "in", "at", or a body's "of".
    place: bool,
    /// Times named in full, and by the last word alone.
    full: u32,
    short: u32,
}

impl Member {
    /// Named as places are, with nothing that tells of a person.
    pub(crate) fn is_place(&self) -> bool {
        self.place && self.balance <= 0 && self.pieces.len() == 1
    }
}

/// One place where a member is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mention {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) member: u32,
}

/// All members and their mentions by name, in order of place.
#[derive(Default)]
pub(crate) struct Cast {
    pub(crate) members: Vec<Member>,
    pub(crate) mentions: Vec<Mention>,
    by_word: WordMap<Vec<u32>>,
    by_start: WordMap<Vec<u32>>,
}

/// Most members that are compared with a new mention.
const COMPARED: usize = 16;

impl Cast {
    /// Reads the prose once.
    pub(crate) fn read(document: &Document<'_>, words: &Words) -> Self {
        let reader = Reader::new(document, words);
        let mut cast = Cast::default();
        for sentence in document.sentences.iter().filter(|s| document.names_people(s)) {
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
                        if document.tokens[at].kind == Kind::Punctuation {
                            opens |= matches!(
                                document.form(at),
                                "“" | "\"" | "‘" | "«" | ":" | "—" | "–" | "(" | "["
                            );
                        } else {
                            opens = false;
                        }
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

    fn take(
        &mut self,
        document: &Document<'_>,
        words: &Words,
        run: &Run,
        sentence: std::ops::Range<usize>,
    ) {
        let Some(mut named) = take_apart(document, run) else { return };
        let first = document
            .tokens_within(Span { start: named.name[0].span.start, end: u32::MAX })
            .next()
            .unwrap_or(run.last);
        let first = if first > run.first
            && document.tokens[first - 1].span.end > named.name[0].span.start
        {
            first - 1
        } else {
            first
        };
        let first = first.min(run.last - 1);
        let mut offices = Vec::new();
        let mut nouns = Vec::new();
        before(document, words, run, &mut named, &mut offices, &mut nouns, sentence.start);
        behind(document, words, run.last, sentence.end, &mut named, &mut offices, &mut nouns);
        let alone = named.name.len() == 1;
        if alone {
            let piece = named.name[0];
            let common = !(piece.sort == Sort::Plain
                || piece.sort.is_given()
                || piece.sort == Sort::State
                || piece.sort == Sort::MediaKnown
                || piece.sort == Sort::Organisation);
            let common = common && named.nature != Nature::Media;
            let known = self.by_word.contains_key(&piece.word);
            if common && !known {
                return;
            }
        }
        let weak = alone
            && run.opens
            && named.prefix.is_empty()
            && named.balance <= 0
            && matches!(named.nature, Nature::Unknown);
        let member = self.join(document, &named, weak);
        if alone && named.nature == Nature::Media && the_before(document, run) {
            self.members[member as usize].name =
                format!("The {}", named.name[0].span.slice(document.text));
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
        let text = Span {
            start: named.name[0].span.start,
            end: named.name[named.name.len() - 1].span.end,
        }
        .slice(document.text);
        let last = pieces[pieces.len() - 1];
        let fits = |m: &Member| {
            let shorter = pieces.len().min(m.pieces.len());
            let gender = named.gender == Gender::Unknown
                || m.gender == Gender::Unknown
                || named.gender == m.gender;
            let subset = if pieces.len() <= m.pieces.len() {
                pieces.iter().all(|p| m.pieces.contains(p))
            } else {
                m.pieces.iter().all(|p| pieces.contains(p))
            };
            let family = shorter >= 2 && m.pieces.last() == Some(&last) && near(&m.name, text);
            let apart = matches!(
                (m.nature, named.nature),
                (Nature::State, Nature::Person | Nature::Organisation)
                    | (Nature::Person | Nature::Organisation, Nature::State)
            );
            gender
                && (subset || family)
                && !(apart && shorter == 1 && pieces.len() != m.pieces.len())
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
                let gender = named.gender == Gender::Unknown
                    || member.gender == Gender::Unknown
                    || named.gender == member.gender;
                person
                    && gender
                    && (!weak || member.pieces.len() >= 2)
                    && (pieces.len() == 1
                        || member.pieces.len() == 1
                        || member.pieces[0] == pieces[0])
                    && near(&member.name, text)
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
            plural: false,
            weak: true,
            place: false,
            full: 0,
            short: 0,
        });
        member
    }

    /// A new member that has no name.
    pub(crate) fn add_role(&mut self, name: String, gender: Gender, nature: Nature) -> u32 {
        self.members.push(Member {
            name,
            pieces: Vec::new(),
            nature,
            gender,
            offices: Vec::new(),
            nouns: Vec::new(),
            balance: 0,
            plural: false,
            weak: false,
            place: false,
            full: 0,
            short: 0,
        });
        self.members.len() as u32 - 1
    }

    /// Members that hold a word in their name, oldest first.
    pub(crate) fn with_word(&self, word: Word) -> &[u32] {
        self.by_word.get(&word).map_or(&[], Vec::as_slice)
    }
}

fn index(map: &mut WordMap<Vec<u32>>, key: Word, member: u32) {
    let list = map.entry(key).or_default();
    if list.last() != Some(&member) {
        list.push(member);
    }
}

/// White space of broken lines made plain, invisible characters left out.
fn clean(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn start_key(last: &str) -> Word {
    let end = last.char_indices().nth(2).map_or(last.len(), |(at, _)| at);
    Word::of(&last[..end])
}

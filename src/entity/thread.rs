//! The thread of reference: the prose read once from left to right, each pronoun and each "the minister" tied to a
//! member of the cast.

use super::cast::{Cast, Gender, Member, Nature, Office};
use super::evidence::{headed_words, office_words};
use super::holder::{fit, is_nameless};
use super::kin::{LISTS, kin_gender};
use super::pronoun::{self, Pronoun};
use super::words::{Sort, Words};
use crate::lexicon::WordMap;
use crate::text::{Case, Document, Span, Word};

/// How a reference is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Name,
    Noun,
    Pronoun,
}

/// Tokens that stand for a member.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) member: u32,
    pub(crate) form: Form,
    /// Index of the sentence.
    pub(crate) sentence: u32,
    /// First reference of its sentence outside quotations.
    pub(crate) subject: bool,
    /// Followed by a possessive.
    pub(crate) possessive: bool,
}

/// For each token, where it stands.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place {
    pub(crate) quoted: bool,
    pub(crate) source: bool,
    pub(crate) content: bool,
}

/// What stands before a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Determiner {
    Bare,
    Indefinite,
    Definite,
    Possessive,
}

/// The cast with every reference to it, in order of place.
pub(crate) struct Thread<'t, 'a> {
    pub(crate) document: &'t Document<'a>,
    pub(crate) words: &'t Words,
    pub(crate) cast: Cast,
    pub(crate) places: Vec<Place>,
    pub(crate) references: Vec<Reference>,
    phrases: WordMap<u32>,
}

impl<'t, 'a> Thread<'t, 'a> {
    /// Reads the prose.
    pub(crate) fn read(
        document: &'t Document<'a>,
        words: &'t Words,
        cast: Cast,
        places: Vec<Place>,
    ) -> Self {
        let mut thread = Thread {
            document,
            words,
            cast,
            places,
            references: Vec::new(),
            phrases: WordMap::default(),
        };
        let mut next = 0;
        for (index, sentence) in
            document.sentences.iter().enumerate().filter(|(_, s)| document.names_people(s))
        {
            let tokens = sentence.tokens();
            let mut subject = false;
            let mut at = tokens.start;
            while at < tokens.end {
                let before = thread.references.len();
                let named = thread.cast.mentions.get(next).copied();
                let mut step = 1;
                if let Some(mention) = named.filter(|m| m.first as usize <= at) {
                    next += 1;
                    step = (mention.last as usize).saturating_sub(at).max(1);
                    if mention.last as usize > at {
                        thread.push(mention.first, mention.last, mention.member, Form::Name, index);
                    }
                } else if let Some(pronoun) = pronoun::of(document, at) {
                    thread.pronoun(at, pronoun, index);
                } else if document.tokens[at].is_word() {
                    thread.noun(
                        at,
                        tokens.start,
                        tokens.end,
                        index,
                        named.map(|m| m.first as usize),
                    );
                }
                let quoted = thread.places[at].quoted;
                if thread.references.len() > before && !subject && !quoted {
                    subject = true;
                    if let Some(last) = thread.references.last_mut() {
                        last.subject = true;
                    }
                }
                at += step;
            }
        }
        thread
    }

    fn push(&mut self, first: u32, last: u32, member: u32, form: Form, sentence: usize) {
        let possessive = matches!(self.document.form(last as usize), "’s" | "'s" | "’" | "'");
        self.references.push(Reference {
            first,
            last,
            member,
            form,
            sentence: sentence as u32,
            subject: false,
            possessive,
        });
    }

    fn pronoun(&mut self, at: usize, pronoun: Pronoun, sentence: usize) {
        let place = self.places[at];
        if place.quoted
            || !(place.source || matches!(pronoun, Pronoun::He | Pronoun::She))
            || pronoun == Pronoun::Speaker
        {
            return;
        }
        let Some(member) = pronoun::antecedent(self, at, pronoun, sentence) else { return };
        let target = &mut self.cast.members[member as usize];
        let gender = match pronoun {
            Pronoun::He => Gender::Male,
            Pronoun::She => Gender::Female,
            _ => target.gender,
        };
        if target.gender == Gender::Unknown {
            target.gender = gender;
        }
        if target.nature == Nature::Unknown {
            target.nature = match pronoun {
                Pronoun::He | Pronoun::She => Nature::Person,
                Pronoun::It => Nature::Organisation,
                _ => Nature::Unknown,
            };
        }
        self.push(at as u32, at as u32 + 1, member, Form::Pronoun, sentence);
        let possessive = pronoun::is_possessive(self.document, at);
        if let Some(last) = self.references.last_mut() {
            last.possessive |= possessive;
        }
    }

    /// A noun for an office or a body: "the minister", "the company", "a crane driver".
    fn noun(&mut self, at: usize, start: usize, end: usize, sentence: usize, name: Option<usize>) {
        let sort = self.words.sort(at);
        let office = sort.is_office() && sort != Sort::Title;
        let body = matches!(sort, Sort::Body | Sort::StateBody | Sort::Media);
        let paper = sort == Sort::Document;
        let nameless = matches!(sort, Sort::Insider | Sort::Group) && self.places[at].source;
        if !(office || body || paper || nameless) {
            return;
        }
        let follows = self.words.sort(at + 1);
        let compound = at + 1 < end
            && (follows.is_office()
                || follows.is_body()
                || matches!(follows, Sort::Media | Sort::Group | Sort::Insider | Sort::Document));
        let words = |n: usize| {
            (at + 1..n)
                .all(|t| self.document.tokens[t].is_word() && !self.words.sort(t).is_function())
        };
        let title = name.is_some_and(|n| n > at && n <= at + 3 && words(n))
            || (name == Some(at + 2) && self.document.form(at + 1) == ",");
        let capital = self.document.tokens[at].case != Case::Lower && at != start;
        if compound || (title && (office || nameless)) || (capital && !office) {
            return;
        }
        let (from, determiner) = self.determiner(at, start);
        if office && determiner == Determiner::Indefinite && self.in_apposition(from) {
            return;
        }
        if paper
            && !(self.places[at].source
                || (determiner == Determiner::Indefinite && !self.places[at].content))
        {
            return;
        }
        let member = if office || nameless {
            self.holder(at, from, start, determiner)
        } else {
            self.body(at, from, determiner, sort)
        };
        if let Some(member) = member {
            self.push(at as u32, at as u32 + 1, member, Form::Noun, sentence);
        }
    }

    /// The person who holds an office, or a new member for the office alone.
    fn holder(
        &mut self,
        at: usize,
        from: usize,
        start: usize,
        determiner: Determiner,
    ) -> Option<u32> {
        let form = self.document.form(at);
        let head = self.document.tokens[at].word;
        let sort = self.words.sort(at);
        let mut office = Office {
            head,
            leader: sort == Sort::Leader,
            states: Vec::new(),
            names: Vec::new(),
            bound: false,
        };
        office_words(self.document, self.words, at, start, &mut office);
        let end = self.document.sentences[self.document.sentence_of[at] as usize].tokens().end;
        headed_words(self.document, self.words, at, end, &mut office);
        if determiner == Determiner::Bare && !self.places[at].source {
            return None;
        }
        let known = determiner != Determiner::Indefinite
            && sort != Sort::Group
            && !(sort == Sort::Kin && determiner == Determiner::Possessive);
        if known && let Some(member) = self.best_holder(at, &office) {
            return Some(member);
        }
        let key = Word::of(form);
        if determiner == Determiner::Definite
            && let Some(&member) = self.phrases.get(&key)
        {
            return Some(member);
        }
        let name = Span { start: self.document.tokens[from].span.start, end: self.phrase_end(at) }
            .slice(self.document.text);
        let counted = from > start && self.words.sort(from - 1) == Sort::Quantifier;
        let nature = if is_nameless(sort, determiner, form) || counted {
            Nature::Nameless
        } else {
            Nature::Role
        };
        let member = self.cast.add_role(
            name.split_whitespace().collect::<Vec<_>>().join(" "),
            kin_gender(form),
            nature,
        );
        self.cast.members[member as usize].plural = sort == Sort::Group;
        self.phrases.insert(key, member);
        Some(member)
    }

    /// The member whose office fits best: named before, or the only one named behind.
    fn best_holder(&self, at: usize, office: &Office) -> Option<u32> {
        let back = self.references.iter().rev().take(HOLDERS).enumerate();
        let mut best: Option<(i32, u32)> = None;
        for (steps, reference) in back {
            let score =
                fit(&self.cast.members[reference.member as usize], office) * 100 - steps as i32;
            if score > 0 && best.is_none_or(|b| score > b.0) {
                best = Some((score, reference.member));
            }
        }
        if let Some((_, member)) = best {
            return Some(member);
        }
        if !self.places[at].source {
            return None;
        }
        let later = self.cast.mentions.partition_point(|m| (m.first as usize) < at);
        let mut found = None;
        for mention in self.cast.mentions[later..].iter().take(HOLDERS) {
            if fit(&self.cast.members[mention.member as usize], office) > 0
                && found != Some(mention.member)
            {
                if found.is_some() {
                    return None;
                }
                found = Some(mention.member);
            }
        }
        found
    }

    /// The organisation, medium or paper that a noun stands for.
    fn body(&mut self, at: usize, from: usize, determiner: Determiner, sort: Sort) -> Option<u32> {
        let word = self.document.tokens[at].word;
        let form = self.document.form(at);
        let modifier = (from..at).rev().find(|&t| {
            self.document.tokens[t].is_word()
                && !self.words.sort(t).is_function()
                && !self.document.form(t).starts_with(['’', '\''])
        });
        let key = modifier.map_or(word, |m| self.document.tokens[m].word.then(word));
        if determiner == Determiner::Definite
            || (determiner == Determiner::Bare && self.places[at].source)
        {
            let seen = |m: &u32| self.references.iter().rev().take(HOLDERS).any(|r| r.member == *m);
            let named = self.cast.with_word(word).iter().rev().take(8).copied().find(|m| {
                let member = &self.cast.members[*m as usize];
                let fits =
                    modifier.is_none_or(|t| member.pieces.contains(&self.document.tokens[t].word));
                fits && matches!(member.nature, Nature::Organisation | Nature::Media) && seen(m)
            });
            if let Some(member) = named.or_else(|| self.phrases.get(&key).copied()) {
                return Some(member);
            }
            let recent = |fits: &dyn Fn(&Member) -> bool| {
                let near = self.references.iter().rev().take(HOLDERS);
                near.map(|r| r.member).find(|&m| fits(&self.cast.members[m as usize]))
            };
            let owned = (from..at).any(|t| self.document.form(t).starts_with(['’', '\'']));
            let noun = |m: &Member| m.nouns.contains(&word);
            let found = recent(&noun).or_else(|| {
                if sort == Sort::Media
                    && !matches!(form, "media" | "press" | "television" | "radio")
                {
                    recent(&|m| m.nature == Nature::Media && !m.pieces.is_empty())
                } else if LISTS.generic.iter().any(|g| g == form)
                    && determiner == Determiner::Definite
                    && !owned
                {
                    recent(&|m| {
                        matches!(m.nature, Nature::Organisation)
                            && !m.pieces.is_empty()
                            && m.nouns.is_empty()
                    })
                } else {
                    None
                }
            });
            if found.is_some() {
                return found;
            }
        }
        if determiner == Determiner::Bare && !self.places[at].source {
            return None;
        }
        let nature = match sort {
            Sort::Media => Nature::Media,
            Sort::Document => Nature::Document,
            _ => Nature::Organisation,
        };
        let begin = if determiner == Determiner::Bare {
            modifier.filter(|&m| m + 1 == at && self.places[m].source).unwrap_or(at)
        } else {
            from
        };
        let name = Span {
            start: self.document.tokens[begin].span.start,
            end: self.document.tokens[at].span.end,
        }
        .slice(self.document.text);
        let member = self.cast.add_role(
            name.split_whitespace().collect::<Vec<_>>().join(" "),
            Gender::Unknown,
            nature,
        );
        self.phrases.insert(key, member);
        if modifier.is_some() {
            self.phrases.insert(word, member);
        }
        Some(member)
    }

    /// The name that begins at a token.
    pub(crate) fn name_at(&self, at: usize) -> Option<&Reference> {
        let from = self.references.partition_point(|r| (r.first as usize) < at);
        self.references.get(from).filter(|r| r.first as usize == at && r.form == Form::Name)
    }

    /// References that lie within tokens `first..last`.
    pub(crate) fn within(&self, first: usize, last: usize) -> &[Reference] {
        let from = self.references.partition_point(|r| (r.first as usize) < first);
        let to = from + self.references[from..].partition_point(|r| (r.last as usize) <= last);
        &self.references[from..to]
    }
}

/// Most references that are looked through for a holder.
const HOLDERS: usize = 60;

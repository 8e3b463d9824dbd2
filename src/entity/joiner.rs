//! Which runs name the same one.

use super::mentions::{Entity, How, Named, Names, joins};
use super::run::{LISTS, Run, holds, in_title_case, is_demonym};
use crate::text::{BlockKind, Case, Document, Kind, Span, Word};
use std::collections::BTreeMap;

/// In capitals throughout, first in its sentence, with a comma, a bracket, a colon or a dash behind it.
fn is_dateline(document: &Document<'_>, run: &Run) -> bool {
    let capitals = run.tokens.clone().all(|t| document.tokens[t].case == Case::Upper);
    let first = document.sentences[run.sentence].tokens().start == run.tokens.start;
    capitals
        && first
        && matches!(document.form(run.tokens.end), "," | "(" | ":" | "-" | "–" | "—" | "/")
}

/// Names with one last word that a further one is held against, the newest: a list of a clan's members, however long, costs
/// time linear in its size.
const PEERS: usize = 64;
/// Entities, the first of the text, that an acronym may be short for; a bound for the same reason.
const SPELT: usize = 1 << 12;

/// Joins runs to entities, one after the other.
pub(super) struct Joiner<'d, 'a> {
    document: &'d Document<'a>,
    pub(super) names: Names,
    /// Entities by the last word of their name, newest last, [`PEERS`] at most.
    by_last: BTreeMap<Word, Vec<usize>>,
    /// Demonym and title to the entity; `None` when two share it.
    roles: BTreeMap<(Option<Word>, Word), Option<usize>>,
}

impl<'d, 'a> Joiner<'d, 'a> {
    pub(super) fn new(document: &'d Document<'a>) -> Self {
        Joiner {
            document,
            names: Names::default(),
            by_last: BTreeMap::new(),
            roles: BTreeMap::new(),
        }
    }
}

impl Joiner<'_, '_> {
    pub(super) fn add(&mut self, run: &Run) {
        let mut words: Vec<Word> =
            run.tokens.clone().map(|t| self.document.tokens[t].word).collect();
        if self.document.tokens[run.tokens.start].span.start < run.span.start {
            // The head of a word run together with another.
            let end = self.document.tokens[run.tokens.start].span.end;
            words[0] = Word::of(Span { start: run.span.start, end }.slice(self.document.text));
        }
        let Some(&last) = words.last() else { return };
        let acronym =
            words.len() == 1 && self.document.tokens[run.tokens.start].case == Case::Upper;
        let peers = self.by_last.get(&last).map_or(&[][..], Vec::as_slice);
        let entities = &self.names.entities;
        let same = peers.iter().rev().find(|&&e| entities[e].words == words);
        let joined = same.or_else(|| {
            peers
                .iter()
                .rev()
                .find(|&&e| joins(&entities[e].words, &words) || joins(&words, &entities[e].words))
        });
        let spelt =
            || acronym.then(|| self.spelt_out(run.span.slice(self.document.text))).flatten();
        let found = joined.copied().or_else(spelt);
        let form = run.span.slice(self.document.text);
        let plain =
            !words.iter().any(|w| holds(&LISTS.organisations, *w) || holds(&LISTS.inner, *w));
        let person = run.titled || (!run.article && plain && (2..=4).contains(&words.len()));
        let entity = found.unwrap_or(self.names.entities.len());
        if found.is_none() {
            self.names.entities.push(Entity {
                name: form.to_owned(),
                words: words.clone(),
                person,
                masculine: None,
            });
        } else if words.len() > self.names.entities[entity].words.len() {
            form.clone_into(&mut self.names.entities[entity].name);
            self.names.entities[entity].words = words;
        }
        self.names.entities[entity].person |= person;
        let peers = self.by_last.entry(last).or_default();
        peers.retain(|e| *e != entity);
        peers.push(entity);
        if peers.len() > PEERS {
            peers.remove(0);
        }
        if let Some(role) = run.role {
            let places = [Some(role), role.0.map(|_| (None, role.1))];
            for key in places.into_iter().flatten() {
                let holder = self.roles.entry(key).or_insert(Some(entity));
                if *holder != Some(entity) {
                    *holder = None;
                }
            }
        }
        let dateline = is_dateline(self.document, run);
        self.names.mentions.push(Named {
            span: run.span,
            entity,
            how: How::Name,
            prose: run.prose,
            dateline,
        });
    }

    /// "LANS" for "Lusaran Academy of Natural Science".
    fn spelt_out(&self, acronym: &str) -> Option<usize> {
        let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
        let fits = |e: &Entity| {
            e.name
                .split([' ', '-'])
                .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
                .eq(letters.iter().copied())
        };
        (letters.len() >= 3)
            .then(|| {
                self.names.entities.iter().take(SPELT).position(|e| e.words.len() > 1 && fits(e))
            })
            .flatten()
    }

    /// Names known from elsewhere, in headlines whose capitals say nothing.
    pub(super) fn names_in_title_case(&self) -> Vec<Named> {
        let document = self.document;
        let mut out: Vec<Named> = Vec::new();
        for sentence in &document.sentences {
            let block = &document.blocks[sentence.block as usize];
            let headline = block.kind == BlockKind::Headline;
            if !(block.is_prose() || headline) || !in_title_case(document, sentence) {
                continue;
            }
            for token in sentence.tokens() {
                let this = &document.tokens[token];
                if this.kind != Kind::Word || this.case == Case::Lower {
                    continue;
                }
                let Some(&entity) = self.by_last.get(&this.word).and_then(|peers| peers.last())
                else {
                    continue;
                };
                let words = &self.names.entities[entity].words;
                let whole = words.len() <= token + 1 - sentence.tokens().start
                    && words
                        .iter()
                        .zip(token + 1 - words.len()..)
                        .all(|(w, t)| document.tokens[t].word == *w);
                // A name of several words by its last alone: only a person's.
                if words.len() > 1 && !whole && !self.names.entities[entity].person {
                    continue;
                }
                let first = if whole { token + 1 - words.len() } else { token };
                out.push(Named {
                    span: document.tokens[first].span.cover(this.span),
                    entity,
                    how: How::Name,
                    prose: block.is_prose(),
                    dateline: false,
                });
            }
        }
        out
    }

    /// "the Russian president", "the president": where the text has tied the title to one name.
    pub(super) fn role_mentions(&self) -> Vec<Named> {
        let document = self.document;
        let mut out = Vec::new();
        if self.roles.is_empty() {
            return out;
        }
        for sentence in document.prose_sentences() {
            for token in sentence.tokens().filter(|&t| document.tokens[t].word == LISTS.the) {
                let people =
                    (token + 1 < sentence.tokens().end).then(|| &document.tokens[token + 1]);
                let Some(next) = people else { continue };
                let demonym = is_demonym(document.form(token + 1), next.word).then_some(next.word);
                let noun = token + 1 + usize::from(demonym.is_some());
                if noun >= sentence.tokens().end {
                    continue;
                }
                // "the president of the club", "the president Ana Dorn" are told by what follows.
                let after =
                    document.tokens.get(noun + 1).filter(|_| noun + 1 < sentence.tokens().end);
                let open = after.is_none_or(|t| {
                    !(t.word == Word::of("of") || t.kind == Kind::Word && t.case != Case::Lower)
                });
                if let Some(Some(entity)) =
                    self.roles.get(&(demonym, document.tokens[noun].word)).filter(|_| open)
                {
                    let span = document.tokens[token].span.cover(document.tokens[noun].span);
                    out.push(Named {
                        span,
                        entity: *entity,
                        how: How::Role,
                        prose: true,
                        dateline: false,
                    });
                }
            }
        }
        out
    }
}

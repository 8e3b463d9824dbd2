//! Names: capitalised runs, joined where they name the same one: "Leon Marr", "Marr" and, where the text has said so, "the Polish
//! president"; "Warsaw", "the Sejm" and "Poland" stay three. A pronoun counts where only one person can be meant.

mod covered;
mod run;

use crate::lexicon::WordMap;
use crate::text::{BlockKind, Case, Document, Kind, Span, Token, Word};
pub use covered::{Covered, covered};
use run::{LISTS, Run, holds, in_title_case, is_demonym, runs};
use std::collections::BTreeMap;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a name.
    Name,
    /// By a role that the text has tied to the name: "the Russian president".
    Role,
    /// By a pronoun.
    Pronoun,
}

/// One mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where it stands; titles are left out.
    pub span: Span,
    /// Index into [`Names::entities`].
    pub entity: usize,
    /// How it names.
    pub how: How,
    /// Stands in prose; else in the headline.
    pub prose: bool,
    /// Opens a paragraph as the place from which it was sent: "DRESK, 3 May (Norwire)".
    pub dateline: bool,
}

/// Somebody or something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest form in the text.
    pub name: String,
    /// The words of that form.
    pub words: Vec<Word>,
    /// Reads like a person: two words or more that are no organisation, or a title before the name.
    pub person: bool,
    masculine: Option<bool>,
}

/// All names of a document.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// In order of their first mention.
    pub entities: Vec<Entity>,
    /// In order of place.
    pub mentions: Vec<Named>,
}

impl Names {
    /// Finds and joins the names of the prose and the headline. Linear in the tokens.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let runs = runs(document);
        let doubtful = |run: &Run| run.opens && run.tokens.len() == 1 && !run.titled;
        let mut lower: WordMap<u32> = runs
            .iter()
            .filter(|r| doubtful(r))
            .map(|r| (document.tokens[r.tokens.start].word, 0))
            .collect();
        // Most words are none of these: a bit tells it before the map is asked.
        let mut bits = [0_u64; 16];
        let place = |word: Word| (word.0 as usize >> 6 & 15, 1 << (word.0 & 63));
        for run in runs.iter().filter(|r| doubtful(r)) {
            let (at, bit) = place(document.tokens[run.tokens.start].word);
            bits[at] |= bit;
        }
        let may_count = |token: &&Token| {
            token.case == Case::Lower && bits[place(token.word).0] & place(token.word).1 != 0
        };
        for token in document.tokens.iter().filter(may_count) {
            if let Some(count) = lower.get_mut(&token.word) {
                *count += 1;
            }
        }
        let mut inside: WordMap<u32> = WordMap::default();
        for run in runs.iter().filter(|r| !doubtful(r)) {
            for token in run.tokens.clone() {
                *inside.entry(document.tokens[token].word).or_default() += 1;
            }
        }
        let mut joiner = Joiner {
            document,
            names: Names::default(),
            by_last: BTreeMap::new(),
            roles: BTreeMap::new(),
        };
        for run in &runs {
            let word = document.tokens[run.tokens.start].word;
            // A capital that opens a sentence says little: the word must stand elsewhere as a name, and not as a plain word.
            let seen = inside.get(&word).copied().unwrap_or(0);
            if doubtful(run) && seen <= lower.get(&word).copied().unwrap_or(0) {
                continue;
            }
            joiner.add(run);
        }
        let title_case = joiner.names_in_title_case();
        let roles = joiner.role_mentions();
        let Joiner { mut names, .. } = joiner;
        names.mentions.extend(title_case.into_iter().chain(roles));
        names.mentions.sort_by_key(|m| (m.span.start, m.span.end));
        names.mentions.dedup_by(|b, a| a.span.overlaps(b.span));
        names.pronouns(document);
        names
    }

    /// The entity that a name asked for stands for: the same words, or a part of its name that ends alike.
    #[must_use]
    pub fn entity(&self, request: &str) -> Option<usize> {
        let words = request_words(request);
        let exact = self.entities.iter().position(|e| e.words == words);
        exact.or_else(|| {
            self.entities.iter().position(|e| {
                !words.is_empty() && (joins(&e.words, &words) || joins(&words, &e.words))
            })
        })
    }

    /// Adds the pronouns that can mean one person only: the one named before in the sentence, or in the one before it.
    fn pronouns(&mut self, document: &Document<'_>) {
        let mut found: Vec<Named> = Vec::new();
        let mut at = 0;
        let mut previous: Option<(usize, Vec<usize>)> = None;
        // The last sentence that each entity was listed in.
        let mut listed = vec![usize::MAX; self.entities.len()];
        for (index, sentence) in
            document.sentences.iter().enumerate().filter(|(_, s)| document.is_prose(s))
        {
            let mut here: Vec<usize> = Vec::new();
            while at < self.mentions.len() && self.mentions[at].span.end <= sentence.span.start {
                at += 1;
            }
            for token in sentence.tokens() {
                let this = &document.tokens[token];
                while at < self.mentions.len() && self.mentions[at].span.start <= this.span.start {
                    let entity = self.mentions[at].entity;
                    if self.entities[entity].person
                        && std::mem::replace(&mut listed[entity], index) != index
                    {
                        here.push(entity);
                    }
                    at += 1;
                }
                let Some(masculine) = LISTS.pronouns.masculine(this.word) else { continue };
                let fits = |e: &&usize| self.entities[**e].masculine.is_none_or(|m| m == masculine);
                // Two are as many as all: only one that fits alone is meant.
                let mut candidates: Vec<usize> =
                    here.iter().filter(fits).copied().take(2).collect();
                if candidates.is_empty() {
                    candidates = previous
                        .iter()
                        .filter(|(p, _)| p + 1 == index)
                        .flat_map(|(_, list)| list)
                        .filter(fits)
                        .copied()
                        .take(2)
                        .collect();
                }
                if let [only] = candidates[..] {
                    self.entities[only].masculine = Some(masculine);
                    found.push(Named {
                        span: this.span,
                        entity: only,
                        how: How::Pronoun,
                        prose: true,
                        dateline: false,
                    });
                    if std::mem::replace(&mut listed[only], index) != index {
                        here.push(only);
                    }
                }
            }
            previous = Some((index, here));
        }
        self.mentions.append(&mut found);
        self.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    }
}

/// The words of a name asked for, without article and titles.
#[must_use]
pub fn request_words(request: &str) -> Vec<Word> {
    let document = Document::new(request);
    let words: Vec<Word> =
        document.tokens.iter().filter(|t| t.kind == Kind::Word).map(|t| t.word).collect();
    let keep = words.iter().position(|w| *w != LISTS.the && !holds(&LISTS.titles, *w)).unwrap_or(0);
    words[keep.min(words.len())..].to_vec()
}

/// "Ana Dorn" is a short form of "Ana Maria Dorn", and "Dorn" of both: all its words, and the same last one.
fn joins(longer: &[Word], shorter: &[Word]) -> bool {
    let of = Word::of("of");
    longer.last() == shorter.last()
        && !longer.contains(&of)
        && shorter.iter().all(|w| longer.contains(w))
}

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

struct Joiner<'d, 'a> {
    document: &'d Document<'a>,
    names: Names,
    /// Entities by the last word of their name, newest last, [`PEERS`] at most.
    by_last: BTreeMap<Word, Vec<usize>>,
    /// Demonym and title to the entity; `None` when two share it.
    roles: BTreeMap<(Option<Word>, Word), Option<usize>>,
}

impl Joiner<'_, '_> {
    fn add(&mut self, run: &Run) {
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
    fn names_in_title_case(&self) -> Vec<Named> {
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
    fn role_mentions(&self) -> Vec<Named> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// "name: mention | mention" for each entity of two mentions or more.
    fn found(text: &str) -> Vec<String> {
        let document = Document::new(text);
        let names = Names::of(&document);
        let mentions = |e: usize| {
            names
                .mentions
                .iter()
                .filter(|m| m.entity == e)
                .map(|m| m.span.slice(text))
                .collect::<Vec<_>>()
                .join(" | ")
        };
        names
            .entities
            .iter()
            .enumerate()
            .map(|(e, entity)| format!("{}: {}", entity.name, mentions(e)))
            .collect()
    }

    #[test]
    fn last_names_and_roles_join() {
        assert_eq!(
            found(
                "Polish President Leon Marr spoke in Warsaw. The Sejm was silent, but Marr was not. Critics of the Polish president left Poland."
            ),
            [
                "Leon Marr: Leon Marr | Marr | the Polish president",
                "Warsaw: Warsaw",
                "Sejm: Sejm",
                "Poland: Poland"
            ]
        );
    }

    #[test]
    fn pronouns_count_for_one_person_only() {
        assert_eq!(
            found("Ana Dorn left on Monday. She said her work was done."),
            ["Ana Dorn: Ana Dorn | She | her"]
        );
        assert_eq!(
            found("Then Ana Dorn met Ivo Marr. He said that she was late."),
            ["Ana Dorn: Ana Dorn", "Ivo Marr: Ivo Marr"]
        );
    }

    #[test]
    fn capitals_that_open_a_sentence_are_doubted() {
        assert_eq!(
            found(
                "Water is dear. Nobody drinks water. We saw Quell by the water, and Quell saw us. Quell left."
            ),
            ["Quell: Quell | Quell | Quell"]
        );
    }

    #[test]
    fn run_together_words_are_cut() {
        assert_eq!(
            found("Read similar postsBelarus and more of Belarus here."),
            ["Belarus: Belarus | Belarus"]
        );
    }

    #[test]
    fn short_forms_and_acronyms_join() {
        assert_eq!(
            found(
                "The council of the Lusaran Academy of Natural Science met. At LANS, Professor Emeka Lindqvist spoke, and Lindqvist left."
            ),
            [
                "Lusaran Academy of Natural Science: Lusaran Academy of Natural Science | LANS",
                "Emeka Lindqvist: Emeka Lindqvist | Lindqvist"
            ]
        );
    }

    #[test]
    fn headlines_in_title_case_hold_known_names() {
        let text = "Marr Blames Dorn for the Flood\n\nThe mayor, Ivo Marr, told Ana Dorn on Tuesday that the dam was hers to mend, and that it had been so for years.";
        assert_eq!(found(text), ["Ivo Marr: Marr | Ivo Marr", "Ana Dorn: Dorn | Ana Dorn"]);
    }
}

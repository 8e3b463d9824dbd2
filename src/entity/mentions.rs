//! Who and what is named: capitalised runs, joined where they name the same one: "Leon Marr", "Marr" and, where the text has said so,
//! "the Polish president"; "Warsaw", "the Sejm" and "Poland" stay three. A pronoun counts where only one person can be meant.

use super::joiner::Joiner;
use super::run::{LISTS, Run, holds, runs};
use super::words::Words;
use crate::lexicon::WordMap;
use crate::text::{Case, Document, Kind, Span, Token, Word};

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
    pub(super) masculine: Option<bool>,
}

/// All names of a document.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// In order of their first mention.
    pub entities: Vec<Entity>,
    /// In order of place.
    pub mentions: Vec<Named>,
    /// What each word of the document may be in a name.
    pub(crate) words: Words,
}

impl Names {
    /// Finds and joins the names of the prose and the headline. Linear in the tokens.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let words = Words::of(document);
        let runs = runs(document, &words);
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
        let mut joiner = Joiner::new(document);
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
        let mut names = Names { words, ..joiner.names };
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
pub(super) fn joins(longer: &[Word], shorter: &[Word]) -> bool {
    let of = Word::of("of");
    longer.last() == shorter.last()
        && !longer.contains(&of)
        && shorter.iter().all(|w| longer.contains(w))
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

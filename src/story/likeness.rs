//! How alike two statements of two articles are.

use super::same_name;
use super::term::{Term, terms};
use super::{Item, Statement};
use crate::mark::SourceClass;
use crate::text::{Span, Word, tokenize};
use std::collections::BTreeMap;

/// How two statements go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// A long run of the same words, or nearly all words of the shorter one in a row.
    SameWords,
    /// The same speaker on the same matter, in words that differ as those of two translations or summaries do.
    Reworded,
    /// The same speaker to the same listener: one interview, from which each article may have taken something else.
    SameOccasion,
    /// The same matter, but not surely the same statement.
    Related,
}

impl Likeness {
    /// The name that outputs use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Likeness::SameWords => "same-words",
            Likeness::Reworded => "reworded",
            Likeness::SameOccasion => "same-occasion",
            Likeness::Related => "related",
        }
    }
}

/// Words in a row that no two speakers hit on by chance.
const LONG_RUN: usize = 9;
/// Words in a row that are enough where the contents are alike as well.
const SHORT_RUN: usize = 5;
/// Least likeness of the contents for a short run.
const ALIKE: f64 = 0.5;
/// Least likeness of the contents, or of what they are about, for one statement of one speaker.
const REWORDED: f64 = 0.3;
/// The same where the contents share but one term.
const REWORDED_SHORT: f64 = 0.4;
/// Least likeness of two statements that share a rare figure or designation, to be read side by side.
const RELATED: f64 = 0.18;
/// The same where they share plain words only.
const PLAINLY_RELATED: f64 = 0.3;
/// Least number of plain words shared.
const PLAIN_WORDS: usize = 4;
/// Terms shared that make what a speaker told one listener one occasion.
const ONE_MATTER: usize = 2;
/// Most days between two articles on one occasion.
const OCCASION: u32 = 31;
/// Articles that are taken to exist beside the given ones and to hold none of the terms: with few articles, a term in two of them is
/// still a rare one.
const BESIDE: f64 = 5.0;
/// A figure or a designation weighs this many times a plain word.
const MARKED: f64 = 1.5;

/// A statement, cut into what is compared.
pub(super) struct Prepared {
    /// Index of the article.
    pub(super) article: usize,
    /// Index of its statement.
    pub(super) statement: usize,
    words: Vec<Word>,
    /// Terms of the content, sorted, each once.
    content: Vec<Word>,
    /// Terms of the sentences round it, sorted, each once; the names of the speaker and the listener are left out.
    pub(super) about: Vec<Word>,
    /// The listener's name.
    pub(super) listener: Option<Word>,
    /// The same of each sentence, where there are several.
    sentences: Vec<Vec<Word>>,
}

/// What terms weigh: the rarer among the articles, the more.
pub(super) struct Weights {
    articles: f64,
    seen: BTreeMap<Word, Seen>,
}

/// How a term stands in the statements.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Articles that hold it.
    articles: u32,
    /// It stands as a figure or a designation somewhere.
    marked: bool,
    /// It stands as a plain word somewhere: in capitals elsewhere ("LOOK"), it is still no designation.
    plain: bool,
}

impl Seen {
    fn is_designation(self) -> bool {
        self.marked && !self.plain
    }
}

impl Weights {
    /// Counts the articles that hold each term in a statement.
    pub(super) fn of(items: &[Item], prepared: &[Prepared]) -> Self {
        let mut seen: BTreeMap<Word, Seen> = BTreeMap::new();
        let mut last: BTreeMap<Word, usize> = BTreeMap::new();
        for one in prepared {
            for term in &one.about {
                if last.insert(*term, one.article) != Some(one.article) {
                    seen.entry(*term).or_default().articles += 1;
                }
            }
            for term in one.of_statement(items).context.iter().flat_map(|sentence| terms(sentence))
            {
                if let Some(seen) = seen.get_mut(&term.key) {
                    seen.marked |= term.marked;
                    seen.plain |= term.plain;
                }
            }
        }
        Weights { articles: items.len() as f64, seen }
    }

    fn seen(&self, term: Word) -> Seen {
        self.seen.get(&term).copied().unwrap_or_default()
    }

    /// Number of articles that hold a term.
    pub(super) fn articles_with(&self, term: Word) -> u32 {
        self.seen(term).articles
    }

    fn weight(&self, term: Word) -> f64 {
        let seen = self.seen(term);
        let rarity = ((self.articles + BESIDE + 0.5) / (f64::from(seen.articles) + 0.5)).ln();
        if seen.is_designation() { rarity * MARKED } else { rarity }
    }

    fn sum(&self, terms: &[Word]) -> f64 {
        terms.iter().map(|t| self.weight(*t)).sum()
    }

    /// Dice's coefficient, weighted.
    fn dice(&self, a: &[Word], b: &[Word]) -> f64 {
        let whole = self.sum(a) + self.sum(b);
        if whole > 0.0 { 2.0 * self.sum(&shared(a, b)) / whole } else { 0.0 }
    }
}

impl Prepared {
    /// Cuts a statement.
    pub(super) fn of(items: &[Item], article: usize, statement: usize) -> Self {
        let this = &items[article].statements[statement];
        let mut tokens = Vec::new();
        tokenize(&this.content, Span::new(0, this.content.len()), &mut tokens);
        let names = [&this.speaker, &this.listener].into_iter().flatten();
        let name: Vec<Word> = names.flat_map(|name| terms(name)).map(|t| t.key).collect();
        let sorted = |mut keys: Vec<Word>| {
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        let set = |text: &String| {
            sorted(terms(text).iter().map(|t: &Term| t.key).filter(|k| !name.contains(k)).collect())
        };
        let sentences: Vec<Vec<Word>> = this.context.iter().map(set).collect();
        Prepared {
            article,
            statement,
            words: tokens.iter().filter(|t| t.is_word()).map(|t| t.word).collect(),
            content: set(&this.content),
            about: sorted(sentences.concat()),
            listener: this.listener.as_deref().map(|name| Word::of(&folded(name))),
            sentences: if sentences.len() > 1 { sentences } else { Vec::new() },
        }
    }

    /// What the statement is about, as a whole and sentence by sentence: a long quotation may share one sentence of many.
    fn views(&self) -> impl Iterator<Item = &[Word]> {
        std::iter::once(&self.about).chain(&self.sentences).map(Vec::as_slice)
    }

    pub(super) fn of_statement<'i>(&self, items: &'i [Item]) -> &'i Statement {
        &items[self.article].statements[self.statement]
    }
}

/// How two statements go together, if they do, and how strongly (0 to 1).
pub(super) fn likeness(
    items: &[Item],
    weights: &Weights,
    a: &Prepared,
    b: &Prepared,
) -> Option<(Likeness, f64)> {
    let content = weights.dice(&a.content, &b.content);
    let about: Vec<(f64, Vec<Word>)> = a
        .views()
        .flat_map(|x| b.views().map(move |y| (weights.dice(x, y).max(content), shared(x, y))))
        .collect();
    let strength = about.iter().map(|(alike, _)| *alike).fold(content, f64::max);
    let run = longest_run(&a.words, &b.words);
    if run >= LONG_RUN || (run >= SHORT_RUN && content >= ALIKE) {
        return Some((Likeness::SameWords, strength));
    }
    // A content that was cut short shares little: what it is about must share the more.
    let (fewest, least) = match shared(&a.content, &b.content).len() {
        0 => (usize::MAX, f64::INFINITY),
        1 => (4, REWORDED_SHORT),
        _ => (3, REWORDED),
    };
    if about.iter().any(|(alike, common)| common.len() >= fewest && *alike >= least)
        && one_speaker(items, a, b)
    {
        return Some((Likeness::Reworded, strength));
    }
    let one_occasion = || {
        a.listener.is_some()
            && a.listener == b.listener
            && near(items, a, b)
            && one_speaker(items, a, b)
    };
    if about.iter().any(|(_, common)| common.len() >= ONE_MATTER) && one_occasion() {
        return Some((Likeness::SameOccasion, strength));
    }
    let rare = |common: &[Word]| common.iter().any(|t| weights.is_rare(*t)) && common.len() >= 2;
    let related = |(alike, common): &(f64, Vec<Word>)| {
        (*alike >= RELATED && rare(common))
            || (*alike >= PLAINLY_RELATED && common.len() >= PLAIN_WORDS)
    };
    about.iter().any(related).then_some((Likeness::Related, strength))
}

/// As far as their dates tell, two articles may be on one occasion.
fn near(items: &[Item], a: &Prepared, b: &Prepared) -> bool {
    let dates = items[a.article].published.zip(items[b.article].published);
    dates.is_none_or(|(one, other)| one.days_apart(other) <= OCCASION)
}

/// The name of a publisher or a listener as it is compared.
pub(super) fn folded(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

/// Whether both name the same speaker; `None` where one names none, or one a person and the other a body, which that person may
/// speak for. Nobody with a name speaks for a crowd without one ("analysts").
pub(super) fn same_speaker(one: &Statement, other: &Statement) -> Option<bool> {
    let (x, y) = one.speaker.as_deref().zip(other.speaker.as_deref())?;
    let is_person = |statement: &Statement| statement.class == SourceClass::Person;
    let is_nameless = |statement: &Statement| statement.class == SourceClass::Anonymous;
    let same = same_name(x, y);
    let told = is_person(one) == is_person(other) || is_nameless(one) != is_nameless(other);
    (same || told).then_some(same)
}

/// Both name the same speaker, or the one's speaker is named in the sentences of the other, who gives no person as the source: "the
/// Kremlin calls it fiction, as Marr put it".
fn one_speaker(items: &[Item], a: &Prepared, b: &Prepared) -> bool {
    let (one, other) = (a.of_statement(items), b.of_statement(items));
    let Some((x, y)) = one.speaker.as_deref().zip(other.speaker.as_deref()) else { return false };
    let named = |speaker: &str, context: &[String]| {
        terms(speaker).last().is_some_and(|last| {
            context.iter().flat_map(|sentence| terms(sentence)).any(|t| t.key == last.key)
        })
    };
    let stands_for = |person: &Statement, body: &Statement| {
        person.class == SourceClass::Person && body.class != SourceClass::Person
    };
    let told = same_speaker(one, other);
    told.unwrap_or_else(|| {
        (stands_for(one, other) && named(x, &other.context))
            || (stands_for(other, one) && named(y, &one.context))
    })
}

impl Weights {
    /// A figure or designation that few articles hold.
    pub(super) fn is_rare(&self, term: Word) -> bool {
        let seen = self.seen(term);
        seen.is_designation() && f64::from(seen.articles) <= (self.articles / 2.0).max(2.0)
    }
}

/// What two sorted sets share.
pub(super) fn shared(a: &[Word], b: &[Word]) -> Vec<Word> {
    a.iter().filter(|t| b.binary_search(t).is_ok()).copied().collect()
}

/// Length of the longest run of the same words.
fn longest_run(a: &[Word], b: &[Word]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        for j in (0..b.len()).rev() {
            row[j + 1] = if *x == b[j] { row[j] + 1 } else { 0 };
            longest = longest.max(row[j + 1]);
        }
    }
    longest
}

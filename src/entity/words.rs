//! What each word of the text may be in the name of a source: an office, a medium, a state, a given name …

use crate::lexicon::Lexicon;
use crate::text::{Case, Document, Kind, Sentence, Word};
use std::sync::LazyLock;

/// The sort of a word, as `sources.toml` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Plain,
    Quantifier,
    Function,
    Calendar,
    Month,
    HonorificM,
    HonorificF,
    Honorific,
    Title,
    Leader,
    Role,
    Trade,
    Kin,
    Insider,
    Group,
    StateBody,
    Body,
    Thing,
    CompanyName,
    Organisation,
    Media,
    MediaName,
    MediaKnown,
    Document,
    State,
    GivenM,
    GivenF,
}

/// The lexicon's classes, each with its sort.
const SORTS: &[(&str, Sort)] = &[
    ("quantifier", Sort::Quantifier),
    ("function", Sort::Function),
    ("calendar", Sort::Calendar),
    ("month", Sort::Month),
    ("honorific-m", Sort::HonorificM),
    ("honorific-f", Sort::HonorificF),
    ("honorific", Sort::Honorific),
    ("title", Sort::Title),
    ("leader", Sort::Leader),
    ("role", Sort::Role),
    ("trade", Sort::Trade),
    ("kin", Sort::Kin),
    ("insider", Sort::Insider),
    ("group", Sort::Group),
    ("state-body", Sort::StateBody),
    ("body", Sort::Body),
    ("thing", Sort::Thing),
    ("company-name", Sort::CompanyName),
    ("organisation", Sort::Organisation),
    ("media", Sort::Media),
    ("media-name", Sort::MediaName),
    ("media-known", Sort::MediaKnown),
    ("document", Sort::Document),
    ("state", Sort::State),
    ("given-m", Sort::GivenM),
    ("given-f", Sort::GivenF),
];

/// The classes alone, in the same order.
const CLASSES: &[&str] = &{
    let mut out = [""; SORTS.len()];
    let mut at = 0;
    while at < out.len() {
        out[at] = SORTS[at].0;
        at += 1;
    }
    out
};

/// The words of sources; like the families' lists, what models rest on.
pub(crate) const LIST: &str = include_str!("sources.toml");

/// Kept apart from the family's cue list: "report" and "study" are cues there and documents here.
pub(super) static SOURCES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse("attribution/sources", LIST, CLASSES).expect("compiled in and tested")
});

impl Sort {
    /// Stands before a name and says no office.
    pub(crate) fn is_honorific(self) -> bool {
        matches!(self, Sort::HonorificM | Sort::HonorificF | Sort::Honorific)
    }

    /// An office, a trade or a tie of family, in the singular.
    pub(crate) fn is_office(self) -> bool {
        matches!(self, Sort::Title | Sort::Leader | Sort::Role | Sort::Trade | Sort::Kin)
    }

    /// The head of an organisation's name.
    pub(crate) fn is_body(self) -> bool {
        matches!(self, Sort::StateBody | Sort::Body | Sort::CompanyName | Sort::Organisation)
    }

    /// The head of a medium's name.
    pub(crate) fn is_media(self) -> bool {
        matches!(self, Sort::Media | Sort::MediaName | Sort::MediaKnown)
    }

    /// A given name.
    pub(crate) fn is_given(self) -> bool {
        matches!(self, Sort::GivenM | Sort::GivenF)
    }

    /// Opens a sentence with a capital without being part of a name.
    pub(crate) fn is_function(self) -> bool {
        matches!(self, Sort::Function | Sort::Quantifier | Sort::Calendar | Sort::Month)
    }
}

/// Sorts of a document's tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    sorts: Vec<(Sort, u16)>,
    /// Tokens of words that are names here, in order.
    names: Vec<usize>,
}

impl Words {
    /// Looks every token up once.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut sorts = vec![(Sort::Plain, 0); document.tokens.len()];
        for hit in SOURCES.find(document, 0..document.tokens.len()) {
            let sort = SORTS[SOURCES.class_number(hit.entry) as usize].1;
            // "us", "polish", "will": names only with a capital.
            let named = matches!(sort, Sort::State | Sort::Calendar) || sort.is_given();
            if !(named && document.tokens[hit.first].case == Case::Lower) {
                sorts[hit.first..hit.last].fill((sort, hit.entry as u16));
            }
        }
        let mut words = Words { sorts, names: Vec::new() };
        words.names = words.names(document);
        for &token in &words.names {
            words.sorts[token] = (Sort::Plain, 0);
        }
        words
    }

    /// Tokens of words that are names here: "Elsa May" and "May said", "told Will Dorn", "Aron Judge" and "Judge said".
    fn names(&self, document: &Document<'_>) -> Vec<usize> {
        let capital = |t: usize| {
            document.tokens.get(t).is_some_and(|t| t.kind == Kind::Word && t.case != Case::Lower)
        };
        let within = |s: &Sentence| s.tokens();
        let mut proven: Vec<Word> = Vec::new();
        let mut out: Vec<usize> = Vec::new();
        let ambiguous = |t: usize| {
            capital(t)
                && (matches!(self.sort(t), Sort::Month | Sort::Function)
                    || self.sort(t).is_honorific()
                    || matches!(self.sort(t), Sort::Title | Sort::Leader | Sort::Trade))
        };
        let places: Vec<(usize, std::ops::Range<usize>)> = document
            .sentences
            .iter()
            .map(within)
            .flat_map(|s| s.clone().filter(|&t| ambiguous(t)).map(move |t| (t, s.clone())))
            .collect();
        for (token, sentence) in &places {
            let (token, opens) = (*token, *token == sentence.start);
            let more = token + 1 < sentence.end
                && capital(token + 1)
                && !self.sort(token + 1).is_function();
            let asks = document.form(sentence.end - 1) == "?";
            let first = more && self.sort(token + 1) == Sort::Plain && !(opens && asks);
            if self.sort(token) == Sort::Month && first && !is_date(document, token) {
                out.push(token);
                proven.push(document.tokens[token].word);
            } else if !opens && !more && self.names_before(document, token) {
                proven.push(document.tokens[token].word);
            }
        }
        proven.sort_unstable();
        for (token, sentence) in &places {
            let known = proven.binary_search(&document.tokens[*token].word).is_ok();
            // "So far": at its beginning a sentence says too little of the shortest words.
            let opener = *token == sentence.start && self.sort(*token) == Sort::Function;
            let other = is_date(document, *token) || is_modal(document, *token, sentence);
            if known && !opener && !other {
                out.push(*token);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// A given name or a title before a word makes it a surname; an office, too, before a month.
    fn names_before(&self, document: &Document<'_>, word: usize) -> bool {
        let stop = document.form(word - 1) == ".";
        let Some(before) = (word - 1).checked_sub(usize::from(stop)) else { return false };
        let sort = self.sort(before);
        let token = &document.tokens[before];
        let capital = token.kind == Kind::Word && token.case != Case::Lower;
        let month = self.sort(word) == Sort::Month;
        let function = self.sort(word) == Sort::Function;
        (sort.is_given() && capital && !function)
            || (sort.is_honorific() && capital)
            || (month && !stop && (sort.is_office() || (sort == Sort::Plain && capital)))
    }

    /// A month, a verb or a title that is a name here: "Elsa | May", "Mr. | King".
    pub(crate) fn is_name(&self, token: usize) -> bool {
        self.names.binary_search(&token).is_ok()
    }

    /// The sort of a token.
    pub(crate) fn sort(&self, token: usize) -> Sort {
        self.sorts.get(token).map_or(Sort::Plain, |s| s.0)
    }

    /// Which entry it comes from: two names of one state share it.
    pub(crate) fn entry(&self, token: usize) -> u16 {
        self.sorts.get(token).map_or(0, |s| s.1)
    }
}

/// Words before a month.
const BEFORE_DATES: &[&str] = &[
    "in", "on", "since", "until", "till", "last", "next", "this", "early", "late", "mid", "during",
];

/// "May 2", "2 May", "in May".
fn is_date(document: &Document<'_>, token: usize) -> bool {
    let number = |t: usize| document.tokens.get(t).is_some_and(|t| t.kind == Kind::Number);
    number(token + 1)
        || token.checked_sub(1).is_some_and(number)
        || token.checked_sub(1).is_some_and(|t| crate::text::is_one_of(document, t, BEFORE_DATES))
}

/// Words that a modal which opens a sentence stands before.
const AFTER_MODALS: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "the", "a", "an", "this", "that", "these",
    "those", "his", "her", "its", "their", "our", "my", "your", "there", "be", "not",
];

/// "Will the town pay?", "May I ask": the first word of its sentence, and no name.
fn is_modal(document: &Document<'_>, token: usize, sentence: &std::ops::Range<usize>) -> bool {
    token == sentence.start && crate::text::is_one_of(document, token + 1, AFTER_MODALS)
}

/// A state or a given name, in whatever case: it is somebody, and says nothing.
pub(crate) fn names_somebody(document: &Document<'_>, token: usize) -> bool {
    let hits = SOURCES.find(document, token..token + 1);
    hits.iter().any(|hit| matches!(SOURCES.class(hit.entry), "state" | "given-m" | "given-f"))
}

/// What a word may tell of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// What he is, or where he belongs: an office, a trade, a tie of family, a body, a medium.
    pub(crate) role: bool,
    /// It is a given name.
    pub(crate) given: bool,
}

/// What each token may tell of a person.
pub(crate) fn told(document: &Document<'_>) -> Vec<Told> {
    let words = Words::of(document);
    let of = |sort: Sort| Told {
        role: sort.is_office()
            || sort.is_body()
            || sort.is_media()
            || matches!(sort, Sort::Insider | Sort::Group | Sort::Honorific),
        given: sort.is_given(),
    };
    (0..document.tokens.len()).map(|t| of(words.sort(t))).collect()
}

/// Sort and entry of one word by itself.
pub(crate) fn look_up(form: &str) -> (Sort, u16) {
    let document = Document::new(form);
    let words = Words::of(&document);
    (words.sort(0), words.entry(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_sources_lexicon_fires_on_its_examples_only() {
        crate::family::cases::examples_hold(&SOURCES);
    }

    #[test]
    fn words_that_are_names_here_are_names() {
        for (text, token, is) in [
            ("Elsa May won. May said so.", 4, true),
            ("Elsa May won on May 2.", 4, false),
            ("Elsa May won in May.", 4, false),
            ("It left on 6 May with sand.", 4, false),
            ("Elsa May left on 6 May with sand.", 5, false),
            ("May he rest. Elsa May won.", 0, false),
            ("They told Will Dorn so.", 2, true),
            ("Will Dorn pay?", 0, false),
            ("Mr. King left. King said so.", 5, true),
            ("The Judge said so.", 1, false),
            ("Minister April left. April said so.", 4, true),
            ("The vote is in April. April was cold.", 6, false),
        ] {
            let document = Document::new(text);
            let words = Words::of(&document);
            assert_eq!(words.sort(token) == Sort::Plain, is, "{text}: {}", document.form(token));
        }
    }

    #[test]
    fn words_have_the_sorts_of_their_entries() {
        let document = Document::new("The Oslo leader told Norwegian analysts.");
        let words = Words::of(&document);
        assert_eq!(words.sort(2), Sort::Leader);
        assert_eq!(words.entry(1), words.entry(4));
    }
}

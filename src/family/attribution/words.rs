//! What each word of the text may be in the name of a source: an office, a medium, a state, a given name …

use crate::lexicon::Lexicon;
use crate::text::{Case, Document};
use std::sync::LazyLock;

/// The sort of a word, as `sources.toml` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Plain,
    Quantifier,
    Function,
    Calendar,
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
static SOURCES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse("attribution/sources", LIST, CLASSES).expect("compiled in and tested")
});

impl Sort {
    /// Stands before a name and says no office.
    pub(super) fn is_honorific(self) -> bool {
        matches!(self, Sort::HonorificM | Sort::HonorificF | Sort::Honorific)
    }

    /// An office, a trade or a tie of family, in the singular.
    pub(super) fn is_office(self) -> bool {
        matches!(self, Sort::Title | Sort::Leader | Sort::Role | Sort::Trade | Sort::Kin)
    }

    /// The head of an organisation's name.
    pub(super) fn is_body(self) -> bool {
        matches!(self, Sort::StateBody | Sort::Body | Sort::CompanyName | Sort::Organisation)
    }

    /// The head of a medium's name.
    pub(super) fn is_media(self) -> bool {
        matches!(self, Sort::Media | Sort::MediaName | Sort::MediaKnown)
    }

    /// A given name.
    pub(super) fn is_given(self) -> bool {
        matches!(self, Sort::GivenM | Sort::GivenF)
    }

    /// Opens a sentence with a capital without being part of a name.
    pub(super) fn is_function(self) -> bool {
        matches!(self, Sort::Function | Sort::Quantifier | Sort::Calendar)
    }
}

/// Sorts of a document's tokens.
pub(super) struct Words {
    sorts: Vec<(Sort, u16)>,
}

impl Words {
    /// Looks every token up once.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut sorts = vec![(Sort::Plain, 0); document.tokens.len()];
        for hit in SOURCES.find(document, 0..document.tokens.len()) {
            let sort = SORTS[SOURCES.class_number(hit.entry) as usize].1;
            // "us", "polish", "will": names only with a capital.
            let named = matches!(sort, Sort::State | Sort::Calendar) || sort.is_given();
            if !(named && document.tokens[hit.first].case == Case::Lower) {
                sorts[hit.first..hit.last].fill((sort, hit.entry as u16));
            }
        }
        Words { sorts }
    }

    /// The sort of a token.
    pub(super) fn sort(&self, token: usize) -> Sort {
        self.sorts.get(token).map_or(Sort::Plain, |s| s.0)
    }

    /// Which entry it comes from: two names of one state share it.
    pub(super) fn entry(&self, token: usize) -> u16 {
        self.sorts.get(token).map_or(0, |s| s.1)
    }
}

/// Sort and entry of one word by itself.
pub(super) fn look_up(form: &str) -> (Sort, u16) {
    let document = Document::new(form);
    let words = Words::of(&document);
    (words.sort(0), words.entry(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_sources_lexicon_fires_on_its_examples_only() {
        for (index, entry) in SOURCES.entries.iter().enumerate() {
            let fires = |text: &str| {
                let document = Document::new(text);
                SOURCES.find(&document, 0..document.tokens.len()).iter().any(|h| h.entry == index)
            };
            assert!(
                entry.yes.iter().all(|t| fires(t)),
                "{}",
                &entry.form[..20.min(entry.form.len())]
            );
            assert!(
                !entry.no.iter().any(|t| fires(t)),
                "{}",
                &entry.form[..20.min(entry.form.len())]
            );
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

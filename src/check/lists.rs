//! The check's own word lists, a file of `words/` each.

use crate::lexicon::{Hit, Lexicon, LexiconError};
use crate::text::Document;
use std::ops::Range;

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Verbs that judge what was said.
    Verdict,
    /// Sources that nobody could look up.
    Unnamed,
    /// Why a source is not named.
    Reason,
    /// Words that pass on what is said.
    Hearsay,
    /// Proof and agreement that nobody could look up.
    Authority,
    /// Where a figure or a proof comes from.
    Origin,
    /// Shares, rates and counts of people.
    Figure,
    /// Figures that anybody can see.
    Routine,
    /// Courts and police.
    Legal,
    /// People who need no introduction.
    Known,
    /// Strong words of headlines.
    Force,
    /// Words that limit a headline.
    Limit,
    /// Words of speech and writing.
    Speech,
    /// Words that judge in nearly any use.
    Judging,
    /// Words whose meaning marks of quotation take back.
    Scare,
    /// What shares and rates are of.
    People,
}

/// Every list with its class and its file, in the order of [`List`].
const FILES: &[(&[&str; 1], &str)] = &[
    (&["verdict"], include_str!("words/verdict.toml")),
    (&["unnamed"], include_str!("words/unnamed.toml")),
    (&["reason"], include_str!("words/reason.toml")),
    (&["hearsay"], include_str!("words/hearsay.toml")),
    (&["authority"], include_str!("words/authority.toml")),
    (&["origin"], include_str!("words/origin.toml")),
    (&["figure"], include_str!("words/figure.toml")),
    (&["routine"], include_str!("words/routine.toml")),
    (&["legal"], include_str!("words/legal.toml")),
    (&["known"], include_str!("words/known.toml")),
    (&["force"], include_str!("words/force.toml")),
    (&["limit"], include_str!("words/limit.toml")),
    (&["speech"], include_str!("words/speech.toml")),
    (&["judging"], include_str!("words/judging.toml")),
    (&["scare"], include_str!("words/scare.toml")),
    (&["people"], include_str!("words/people.toml")),
];

/// All lists, compiled.
pub(super) struct Lists(Vec<Lexicon>);

impl Lists {
    pub(super) fn read() -> Result<Self, LexiconError> {
        let read = |(class, toml): &(&'static [&'static str; 1], &str)| {
            Lexicon::parse(&format!("check, {}", class[0]), toml, *class)
        };
        FILES.iter().map(read).collect::<Result<_, _>>().map(Lists)
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> &[Lexicon] {
        &self.0
    }

    pub(super) fn lexicon(&self, list: List) -> &Lexicon {
        &self.0[list as usize]
    }

    /// The matches of a list in the tokens `range`.
    pub(super) fn find(
        &self,
        list: List,
        document: &Document<'_>,
        range: Range<usize>,
    ) -> Vec<Hit> {
        self.lexicon(list).find(document, range)
    }

    /// True when the tokens `range` hold a word of the list.
    pub(super) fn holds(&self, list: List, document: &Document<'_>, range: Range<usize>) -> bool {
        !self.find(list, document, range).is_empty()
    }
}

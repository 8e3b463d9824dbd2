//! Sentences made ready for fitting: cut, with their candidates and which of them are hedges.

use super::szeged::Sentence;
use crate::entity::covered;
use crate::family::hedging::sentence::Judged;
use crate::family::hedging::{by_sentence, candidates, is_hedge, judge};
use crate::lexicon::{Hit, Lexicon};
use crate::linear::Linear;
use crate::text::{Document, Word};

/// Number of folds; sentences of one document share one.
pub(super) const FOLDS: usize = 5;

/// Where sentences come from.
pub(super) const DOMAINS: [&str; 5] = ["wikipedia", "biomedical", "own", "lexicon", "rated"];
pub(super) const WIKIPEDIA: usize = 0;
pub(super) const BIOMEDICAL: usize = 1;
pub(super) const OWN_SENTENCES: usize = 2;
pub(super) const LEXICON: usize = 3;
pub(super) const RATED: usize = 4;

/// A sentence made ready: its document, candidates, and which of them are hedges.
pub(super) struct Example<'a> {
    pub(super) domain: usize,
    pub(super) fold: usize,
    pub(super) document: Document<'a>,
    pub(super) hits: Vec<Hit>,
    pub(super) right: Vec<bool>,
    /// Hedges, candidates or not.
    pub(super) cues: usize,
    pub(super) uncertain: bool,
    /// The one entry of which the sentence tells something, in the examples of the lexicon.
    pub(super) only: Option<usize>,
}

impl<'a> Example<'a> {
    pub(super) fn new(lexicon: &Lexicon, domain: usize, row: &'a Sentence) -> Self {
        let document = Document::new(&row.text);
        let hits = candidates(&document, &covered(&document), lexicon);
        let spans: Vec<(usize, usize)> =
            row.cues.iter().filter_map(|cue| tokens_of(&document, cue)).collect();
        let right: Vec<bool> = hits
            .iter()
            .map(|h| is_hedge(lexicon.class(h.entry)) && spans.contains(&(h.first, h.last)))
            .collect();
        let fold = (Word::of(&row.group).0 % FOLDS as u64) as usize;
        Example {
            domain,
            fold,
            cues: spans.len(),
            uncertain: row.uncertain,
            document,
            hits,
            right,
            only: None,
        }
    }

    /// A sentence that stands beside an entry of the lexicon, `wanted` when the entry must be marked in it.
    pub(super) fn of_entry(lexicon: &Lexicon, entry: usize, text: &'a str, wanted: bool) -> Self {
        let document = Document::new(text);
        let hits = candidates(&document, &covered(&document), lexicon);
        let right: Vec<bool> = hits.iter().map(|h| wanted && h.entry == entry).collect();
        let fold = (Word::of(&lexicon.entries[entry].form).0 % FOLDS as u64) as usize;
        Example {
            domain: LEXICON,
            fold,
            cues: 0,
            uncertain: wanted,
            document,
            hits,
            right,
            only: Some(entry),
        }
    }

    /// Judged hits of all its sentences.
    pub(super) fn judged(&self, lexicon: &Lexicon, decision: &Linear) -> Vec<Judged> {
        judged(&self.document, lexicon, &self.hits, decision)
    }
}

/// Judged hits of a document.
pub(super) fn judged(
    document: &Document<'_>,
    lexicon: &Lexicon,
    hits: &[Hit],
    decision: &Linear,
) -> Vec<Judged> {
    let (mut all, mut part) = (Vec::new(), Vec::new());
    for (_, chunk) in by_sentence(document, hits) {
        judge(document, lexicon, Some(decision), chunk, &mut part);
        all.append(&mut part);
    }
    all
}

/// Tokens that share a byte with a cue.
fn tokens_of(document: &Document<'_>, cue: &std::ops::Range<usize>) -> Option<(usize, usize)> {
    let first = document.tokens.iter().position(|t| t.span.to() > cue.start)?;
    let last = document.tokens.iter().rposition(|t| t.span.from() < cue.end)?;
    (first <= last).then_some((first, last + 1))
}

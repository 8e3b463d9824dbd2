//! Words around a verb: forms of "be", auxiliaries, adverbs, days.

use super::raw::is_one_of;
use crate::text::{Case, Document};

/// Forms of "be" that stand by themselves.
pub(super) const BE: &[&str] = &["is", "was", "are", "were", "be", "been", "being"];
/// Verbs before a verb, those of [`BE`] and short forms included.
const AUXILIARIES: &[&str] = &[
    "is", "was", "are", "were", "be", "been", "being", "has", "have", "had", "will", "would",
    "can", "could", "may", "might", "must", "should", "does", "did", "do", "’s", "'s", "’d", "'d",
    "’ve", "'ve", "’re", "'re", "’ll", "'ll", "’m", "'m",
];
/// Words for a day.
pub(super) const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
    "today",
    "tonight",
];
/// Adverbs that may stand between a subject and its verb, and that name nobody.
const ADVERBS: &[&str] = &[
    "also",
    "even",
    "now",
    "then",
    "later",
    "still",
    "just",
    "only",
    "again",
    "once",
    "never",
    "not",
    "n’t",
    "n't",
    "often",
    "already",
    "overnight",
    "always",
    "thus",
    "further",
    "ever",
    "before",
    "therefore",
    "however",
    "instead",
    "rather",
    "meanwhile",
];

pub(super) fn is_auxiliary(document: &Document<'_>, token: usize) -> bool {
    is_one_of(document, token, AUXILIARIES)
}

pub(super) fn is_adverb(document: &Document<'_>, token: usize) -> bool {
    let lower = document.tokens[token].case == Case::Lower;
    let form = document.form(token);
    is_one_of(document, token, ADVERBS) || (lower && form.len() > 4 && form.ends_with("ly"))
}

//! The kinds: a file each, and a line here.

mod anonymous_source;
mod headline;
mod hearsay;
mod loaded_word;
mod quote_without_speaker;
mod scare_quotes;
mod speaker_without_role;
mod unsourced_claim;
mod verdict_verb;

use super::Kind;

/// Every kind, in the order in which the documentation tells them.
pub static KINDS: &[&Kind] = &[
    &unsourced_claim::KIND,
    &anonymous_source::KIND,
    &loaded_word::KIND,
    &verdict_verb::KIND,
    &scare_quotes::KIND,
    &quote_without_speaker::KIND,
    &hearsay::KIND,
    &speaker_without_role::KIND,
    &headline::KIND,
];

//! Sourcing: whether a reader can trace what the article asserts.

mod features;
mod trace;

use crate::family::def::Family;
use crate::mark::Layer;

/// The sourcing family.
pub(super) static FAMILY: Family = Family {
    name: "sourcing",
    doc: "Whether a reader can trace what the article asserts: who its sources are, how many, and on whose behalf they speak.",
    reads: &[Layer::Content, Layer::Source, Layer::Cue],
    writes: &[Layer::Trace],
    classes: &["official", "expert", "address", "medium"],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark: trace::mark,
    features: features::FEATURES,
};

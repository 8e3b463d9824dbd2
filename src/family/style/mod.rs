//! The style family.

use crate::family::def::{Context, Family};
use crate::mark::Marks;

/// The style family.
pub(super) static FAMILY: Family = Family {
    name: "style",
    doc: "",
    reads: &[],
    writes: &[],
    classes: &[],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: &[],
};

fn mark(_context: &Context<'_>, _marks: &mut Marks) {}

//! The quotation family.

use crate::family::def::{Context, Family};
use crate::mark::Marks;

/// The quotation family.
pub(super) static FAMILY: Family = Family {
    name: "quotation",
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

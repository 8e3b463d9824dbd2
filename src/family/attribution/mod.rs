//! Attribution: who said what.

pub(crate) mod accept;
pub(crate) mod candidates;
pub(crate) mod columns;
pub(crate) mod extract;
pub(crate) mod first;
pub(crate) mod hypothesis;
pub(crate) mod raw;
mod resolve;
pub(crate) mod second;
pub(crate) mod select;

use crate::family::def::{Context, Family};
use crate::mark::{Layer, Marks};

/// The attribution family.
pub(super) static FAMILY: Family = Family {
    name: "attribution",
    doc: "Who said what: statements that the article reports as somebody's.",
    reads: &[Layer::Quote],
    writes: &[Layer::Content, Layer::Source, Layer::Cue],
    classes: &[],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: &[],
};

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let raws = extract::extract(context, marks);
    resolve::resolve(context, raws, marks);
}

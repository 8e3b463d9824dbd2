//! Attribution: who said what.

pub(crate) mod accept;
pub(crate) mod candidates;
mod cast;
mod classes;
pub(crate) mod columns;
pub(crate) mod extract;
mod features;
pub(crate) mod first;
pub(crate) mod hypothesis;
mod kind;
mod names;
mod pronoun;
pub(crate) mod raw;
mod reporter;
mod resolve;
pub(crate) mod rules;
pub(crate) mod second;
pub(crate) mod select;
mod speakers;
mod thread;
mod words;

pub(crate) use raw::Raw;
pub(crate) use resolve::resolve;

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
    features: features::FEATURES,
};

fn mark(context: &Context<'_>, marks: &mut Marks) {
    resolve(context, extract::extract(context, marks), marks);
}

//! Attribution: who said what.

mod cast;
mod classes;
mod evidence;
mod holder;
mod kind;
mod names;
mod pronoun;
mod raw;
mod reporter;
mod resolve;
mod speakers;
mod spelling;
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
    features: &[],
};

fn mark(context: &Context<'_>, marks: &mut Marks) {
    resolve(context, Vec::new(), marks);
}

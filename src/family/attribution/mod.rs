//! Attribution: who said what.

pub(crate) mod accept;
pub(crate) mod candidates;
pub(crate) mod columns;
pub(crate) mod extract;
mod features;
pub(crate) mod first;
pub(crate) mod hypothesis;
pub(crate) mod raw;
mod resolve;
pub(crate) mod rules;
pub(crate) mod second;
pub(crate) mod select;

use crate::family::def::{Context, Family};
use crate::mark::{Layer, Mark, Marks};
use crate::text::{Document, Span};

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
    let raws = extract::extract(context, marks);
    let kept = raws.into_iter().filter(|raw| raw.confidence >= context.min_confidence).collect();
    resolve::resolve(context, kept, marks);
    fill_layers(context.document, marks);
}

/// Marks of every attribution's pieces, each layer in order of place. The group is the attribution's index.
fn fill_layers(document: &Document<'_>, marks: &mut Marks) {
    let attributions = std::mem::take(&mut marks.attributions);
    for layer in [Layer::Content, Layer::Source, Layer::Cue] {
        let mut out: Vec<Mark> = Vec::new();
        for (index, attribution) in attributions.iter().enumerate() {
            let (pieces, class): (&[Span], _) = match layer {
                Layer::Content => (&attribution.content, attribution.kind.name()),
                Layer::Source => (&attribution.source, attribution.source_class.name()),
                _ => (&attribution.cue, "cue"),
            };
            let own_voice = layer != Layer::Content;
            let value = attribution.confidence;
            out.extend(pieces.iter().map(|&span| Mark { layer, class, span, own_voice, value, group: index as u32 }));
        }
        out.sort_by_key(|m| (m.span, m.group));
        for mark in out {
            if layer == Layer::Content {
                marks.attribute(document, mark.span);
            }
            marks.push(mark);
        }
    }
    marks.attributions = attributions;
}

//! Kind, class and speaker of attributions whose spans are the labelled ones: what resolution alone gets wrong.

use super::labels::AttributionLabel;
use crate::entity::words::Words;
use crate::family::attribution::{Raw, quoted, resolve};
use crate::mark::{Attribution, Layer, Marks};
use crate::text::Document;

/// Resolves the labelled spans of one article, given the quotations that `found` holds: an attribution for each label, in
/// the labels' order.
pub(super) fn resolved(
    text: &str,
    found: &Marks,
    labels: &[&AttributionLabel],
) -> Vec<Attribution> {
    let document = Document::new(text);
    let mut marks = Marks::new(&document);
    found.layer(Layer::Quote).iter().for_each(|quote| marks.push(*quote));
    let raw = |l: &AttributionLabel| Raw {
        source: l.source.clone(),
        cue: l.cue.clone(),
        content: l.content.clone(),
        confidence: 1.0,
    };
    let raws: Vec<Raw> = labels.iter().map(|l| raw(l)).collect();
    let mut order: Vec<usize> = (0..raws.len()).collect();
    order.sort_by_key(|&at| raws[at].start());
    resolve(&document, &Words::of(&document), &quoted(&document, &marks), raws, &mut marks);
    let mut out: Vec<(usize, Attribution)> = order.into_iter().zip(marks.attributions).collect();
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, attribution)| attribution).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn labels_come_out_in_their_order() {
        let text = "Foreign Minister Ana Dorn said it was late. Ivo Marr said that it was not.";
        let label = |source: (usize, usize), cue: (usize, usize), content: (usize, usize)| {
            AttributionLabel {
                article: 0,
                source: vec![Span::new(source.0, source.1)],
                cue: vec![Span::new(cue.0, cue.1)],
                content: vec![Span::new(content.0, content.1)],
                kind: "indirect".to_owned(),
                source_class: "person".to_owned(),
                speaker: String::new(),
            }
        };
        let (marr, dorn) =
            (label((44, 52), (53, 57), (58, 73)), label((0, 25), (26, 30), (31, 42)));
        let found = resolved(text, &Marks::new(&Document::new(text)), &[&marr, &dorn]);
        let names: Vec<Option<&str>> = found.iter().map(|a| a.speaker()).collect();
        assert_eq!(names, [Some("Ivo Marr"), Some("Ana Dorn")]);
    }
}

//! The sourcing features.

use super::trace::class;
use crate::family::def::{Feature, Unit, View};
use crate::mark::{Layer, SourceClass};
use std::collections::{BTreeMap, BTreeSet};

fn over(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Attributed words and number of attributions of each resolved speaker.
fn words_by_speaker<'v>(view: &View<'v>) -> BTreeMap<&'v str, (f64, usize)> {
    let mut out: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for attribution in view.attributions() {
        let words: usize =
            attribution.content.iter().map(|s| view.document().words_within(*s)).sum();
        for name in &attribution.speakers {
            let entry = out.entry(name.as_str()).or_default();
            entry.0 += words as f64;
            entry.1 += 1;
        }
    }
    out
}

/// Different speakers of some classes.
fn distinct(view: &View<'_>, classes: &[SourceClass]) -> f64 {
    let named = view.attributions().iter().filter(|a| classes.contains(&a.source_class));
    named.flat_map(|a| &a.speakers).collect::<BTreeSet<_>>().len() as f64
}

fn effective(view: &View<'_>) -> f64 {
    let words: Vec<f64> =
        words_by_speaker(view).values().map(|w| w.0).filter(|w| *w > 0.0).collect();
    let total: f64 = words.iter().sum();
    if total > 0.0 {
        words.iter().map(|w| -(w / total) * (w / total).ln()).sum::<f64>().exp()
    } else {
        0.0
    }
}

fn top_share(view: &View<'_>) -> f64 {
    let words = words_by_speaker(view);
    over(words.values().map(|w| w.0).fold(0.0, f64::max), words.values().map(|w| w.0).sum())
}

fn heard_twice(view: &View<'_>) -> f64 {
    words_by_speaker(view).values().filter(|w| w.1 >= 2).count() as f64
}

fn unresolved(view: &View<'_>) -> f64 {
    let all = view.attributions();
    over(all.iter().filter(|a| a.speakers.is_empty()).count() as f64, all.len() as f64)
}

/// In schema order.
pub(super) static FEATURES: &[Feature] = &[
    Feature {
        name: "sourcing.person_share",
        doc: "Share of the attributions whose source is a named person.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "person",
        measure: |v| v.share_of_sources(&[SourceClass::Person]),
    },
    Feature {
        name: "sourcing.role_share",
        doc: "Share of the attributions whose source is an unnamed but identified office.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "role",
        measure: |v| v.share_of_sources(&[SourceClass::Role]),
    },
    Feature {
        name: "sourcing.organisation_share",
        doc: "Share of the attributions whose source is an organisation.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "organisation",
        measure: |v| v.share_of_sources(&[SourceClass::Organisation]),
    },
    Feature {
        name: "sourcing.media_share",
        doc: "Share of the attributions whose source is another medium.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "media",
        measure: |v| v.share_of_sources(&[SourceClass::Media]),
    },
    Feature {
        name: "sourcing.document_share",
        doc: "Share of the attributions whose source is a document.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "document",
        measure: |v| v.share_of_sources(&[SourceClass::Document]),
    },
    Feature {
        name: "sourcing.anonymous_share",
        doc: "Share of the attributions whose source is nobody that a reader could find.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "anonymous",
        measure: |v| v.share_of_sources(&[SourceClass::Anonymous]),
    },
    Feature {
        name: "sourcing.none_share",
        doc: "Share of the attributions without any source (\"it is believed\").",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Cue,
        select: |m| m.class == "none",
        measure: |v| v.share_of_sources(&[SourceClass::None]),
    },
    Feature {
        name: "sourcing.named_speaker_rate",
        doc: "Different named persons who speak, for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "person",
        measure: |v| 100.0 * over(distinct(v, &[SourceClass::Person]), v.words()),
    },
    Feature {
        name: "sourcing.sources",
        doc: "Number of different sources.",
        unit: Unit::Count,
        version: 1,
        layer: Layer::Source,
        select: |_| true,
        measure: |v| words_by_speaker(v).len() as f64,
    },
    Feature {
        name: "sourcing.source_rate",
        doc: "Different sources for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Source,
        select: |_| true,
        measure: |v| 100.0 * over(words_by_speaker(v).len() as f64, v.words()),
    },
    Feature {
        name: "sourcing.effective_speakers",
        doc: "Effective number of speakers: e to the entropy of their shares of the attributed words.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Content,
        select: |_| true,
        measure: |v| effective(v),
    },
    Feature {
        name: "sourcing.top_share",
        doc: "Share of the attributed words that the most quoted speaker has.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Content,
        select: |_| true,
        measure: |v| top_share(v),
    },
    Feature {
        name: "sourcing.several_times",
        doc: "Number of speakers with at least two attributions: more than one side is heard at length.",
        unit: Unit::Count,
        version: 1,
        layer: Layer::Source,
        select: |_| true,
        measure: |v| heard_twice(v),
    },
    Feature {
        name: "sourcing.official_share",
        doc: "Share of the attributions whose source holds or speaks for state power.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Trace,
        select: |m| m.class == class::OFFICIAL,
        measure: |v| over(v.count(), v.attributions().len() as f64),
    },
    Feature {
        name: "sourcing.expert_share",
        doc: "Share of the attributions whose source speaks by what it has studied.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Trace,
        select: |m| m.class == class::EXPERT,
        measure: |v| over(v.count(), v.attributions().len() as f64),
    },
    Feature {
        name: "sourcing.document_rate",
        doc: "Attributions to documents for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Source,
        select: |m| m.class == "document",
        measure: |v| v.rate(),
    },
    Feature {
        name: "sourcing.medium_rate",
        doc: "Attributions that come by way of another medium, for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Trace,
        select: |m| m.class == class::MEDIUM,
        measure: |v| v.rate(),
    },
    Feature {
        name: "sourcing.unresolved_share",
        doc: "Share of the attributions of which the text does not tell whose words they are.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Content,
        select: |_| true,
        measure: |v| unresolved(v),
    },
    Feature {
        name: "sourcing.own_figure_rate",
        doc: "Numbers that the article states itself, for each 100 words in its own voice.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Trace,
        select: |m| m.class == class::FIGURE,
        measure: |v| v.own_rate(),
    },
    Feature {
        name: "sourcing.interview_rate",
        doc: "Statements made to a named medium or to reporters, for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Trace,
        select: |m| m.class == class::INTERVIEW,
        measure: |v| v.rate(),
    },
    Feature {
        name: "sourcing.provenance",
        doc: "1 when a line says where the whole article comes from.",
        unit: Unit::Flag,
        version: 1,
        layer: Layer::Trace,
        select: |m| m.class == class::PROVENANCE,
        measure: |v| f64::from(v.count() > 0.0),
    },
    Feature {
        name: "sourcing.unsourced_sentence_share",
        doc: "Share of the prose sentences in which the article speaks for itself.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Sentence,
        select: |m| m.own_voice,
        measure: |v| v.share_of_sentences(),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::{FAMILIES, Totals};
    use crate::mark::{Act, Attribution, Kind, Marks};
    use crate::text::{Document, Span};

    const TEXT: &str =
        "Ana Dorn said that it was late in the day. Ivo Marr said no. Dorn said yes again.";

    fn said(speaker: &str, source: (usize, usize), content: (usize, usize)) -> Attribution {
        Attribution {
            kind: Kind::Indirect,
            source_class: SourceClass::Person,
            act: Act::Speech,
            speakers: vec![speaker.to_owned()],
            role: None,
            reporter: None,
            confidence: 1.0,
            source: vec![Span::new(source.0, source.1)],
            cue: Vec::new(),
            content: vec![Span::new(content.0, content.1)],
        }
    }

    fn measure(marks: &Marks, name: &str) -> f64 {
        let document = Document::new(TEXT);
        let family = FAMILIES.iter().find(|f| f.name == "sourcing").unwrap();
        let feature = FEATURES.iter().find(|f| f.name == name).unwrap();
        (feature.measure)(&View::new(
            &document,
            marks,
            Totals::of(&document, marks),
            family,
            feature,
        ))
    }

    #[test]
    fn speakers_are_weighed_by_their_words() {
        let document = Document::new(TEXT);
        let mut marks = Marks::new(&document);
        marks.attributions = vec![
            said("Ana Dorn", (0, 8), (14, 41)),
            said("Ivo Marr", (43, 51), (57, 59)),
            said("Ana Dorn", (61, 65), (71, 80)),
        ];
        assert_eq!(measure(&marks, "sourcing.sources"), 2.0);
        assert_eq!(measure(&marks, "sourcing.several_times"), 1.0);
        assert_eq!(measure(&marks, "sourcing.person_share"), 1.0);
        assert!(measure(&marks, "sourcing.top_share") > 0.85);
        let effective = measure(&marks, "sourcing.effective_speakers");
        assert!(effective > 1.0 && effective < 2.0, "{effective}");
    }
}

//! The numbers of the attribution family.

use crate::family::def::{Feature, Unit, View};
use crate::mark::{Attribution, Kind, Layer};
use crate::text::Span;

/// Part over whole; 0 where there is no whole.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Words of the prose that the union of the spans holds.
fn words_of_union(view: &View<'_>, spans: impl Iterator<Item = Span>) -> f64 {
    weighed_words(view, spans.map(|span| (span, 1.0)))
}

/// Words of the prose that the spans hold, each word once, by the weight of the first span that holds it.
fn weighed_words(view: &View<'_>, spans: impl Iterator<Item = (Span, f64)>) -> f64 {
    let mut spans: Vec<(Span, f64)> = spans.collect();
    spans.sort_by_key(|(span, _)| *span);
    let mut done = 0;
    let mut words = 0.0;
    for (span, weight) in spans {
        let rest = Span::new(span.from().max(done), span.to().max(done));
        words += weight * view.document().words_within(rest) as f64;
        done = done.max(span.to());
    }
    words
}

/// Share of the prose's words that stand in attributed content, each content counted by a weight that its confidence gives.
fn density_by(view: &View<'_>, weight: fn(f64) -> f64) -> f64 {
    let contents = view
        .attributions()
        .iter()
        .flat_map(|a| a.content.iter().map(move |span| (*span, weight(a.confidence))));
    ratio(weighed_words(view, contents.filter(|(_, weight)| *weight > 0.0)), view.words())
}

/// An attribution is sure from this confidence on.
const SURE: f64 = 0.5;

fn count(view: &View<'_>, test: impl Fn(&Attribution) -> bool) -> f64 {
    view.attributions().iter().filter(|a| test(a)).count() as f64
}

fn per_100(view: &View<'_>, test: impl Fn(&Attribution) -> bool) -> f64 {
    100.0 * ratio(count(view, test), view.words())
}

fn share(view: &View<'_>, test: impl Fn(&Attribution) -> bool) -> f64 {
    ratio(count(view, test), view.attributions().len() as f64)
}

fn words(view: &View<'_>, attribution: &Attribution) -> f64 {
    words_of_union(view, attribution.content.iter().copied())
}

/// For each prose sentence, true when an attributed content reaches into it.
fn touched(view: &View<'_>) -> Vec<bool> {
    let mut contents: Vec<Span> = view.marks(Layer::Content).iter().map(|m| m.span).collect();
    contents.sort_unstable();
    let mut next = 0;
    let mut reach = 0;
    let mut out = Vec::new();
    for sentence in view.document().prose_sentences() {
        while next < contents.len() && contents[next].start < sentence.span.end {
            reach = reach.max(contents[next].end);
            next += 1;
        }
        out.push(reach > sentence.span.start);
    }
    out
}

/// A feature over all contents.
const fn content(
    name: &'static str,
    doc: &'static str,
    unit: Unit,
    measure: fn(&View<'_>) -> f64,
) -> Feature {
    Feature { name, doc, unit, version: 1, layer: Layer::Content, select: |_| true, measure }
}

pub(super) static FEATURES: &[Feature] = &[
    content(
        "attribution.density",
        "Share of the prose's words that stand in attributed content.",
        Unit::Share,
        |v| ratio(words_of_union(v, v.marks(Layer::Content).iter().map(|m| m.span)), v.words()),
    ),
    content(
        "attribution.expected_density",
        "Share of the prose's words that stand in attributed content, each content counted by its confidence.",
        Unit::Share,
        |v| density_by(v, |confidence| confidence),
    ),
    content(
        "attribution.sure_density",
        "Share of the prose's words that stand in attributed content of confidence .5 or more.",
        Unit::Share,
        |v| density_by(v, |confidence| f64::from(u8::from(confidence >= SURE))),
    ),
    content("attribution.rate", "Attributions for each 100 words.", Unit::Per100Words, |v| {
        per_100(v, |_| true)
    }),
    Feature {
        select: |m| m.class == "direct",
        ..content(
            "attribution.direct_rate",
            "Attributions that are wholly quoted for each 100 words.",
            Unit::Per100Words,
            |v| per_100(v, |a| a.kind == Kind::Direct),
        )
    },
    Feature {
        select: |m| m.class == "mixed",
        ..content(
            "attribution.mixed_rate",
            "Attributions that are quoted in part for each 100 words.",
            Unit::Per100Words,
            |v| per_100(v, |a| a.kind == Kind::Mixed),
        )
    },
    Feature {
        select: |m| m.class == "indirect",
        ..content(
            "attribution.indirect_rate",
            "Attributions without quotation marks for each 100 words.",
            Unit::Per100Words,
            |v| per_100(v, |a| a.kind == Kind::Indirect),
        )
    },
    Feature {
        select: |m| m.class == "direct",
        ..content(
            "attribution.direct_share",
            "Share of the attributions that are wholly quoted; 0 when there are none.",
            Unit::Share,
            |v| share(v, |a| a.kind == Kind::Direct),
        )
    },
    Feature {
        select: |m| m.class == "indirect",
        ..content(
            "attribution.indirect_share",
            "Share of the attributions without quotation marks; 0 when there are none.",
            Unit::Share,
            |v| share(v, |a| a.kind == Kind::Indirect),
        )
    },
    Feature {
        layer: Layer::Cue,
        ..content(
            "attribution.cue_rate",
            "Pieces of words that attribute (\"said\", \"according to\") for each 100 words.",
            Unit::Per100Words,
            |v| v.rate(),
        )
    },
    content(
        "attribution.sentence_share",
        "Share of the prose sentences into which an attributed content reaches.",
        Unit::Share,
        |v| {
            let touched = touched(v);
            ratio(touched.iter().filter(|t| **t).count() as f64, touched.len() as f64)
        },
    ),
    content(
        "attribution.mean_words",
        "Mean length of an attributed content; 0 when there are none.",
        Unit::Words,
        |v| {
            ratio(v.attributions().iter().map(|a| words(v, a)).sum(), v.attributions().len() as f64)
        },
    ),
    content(
        "attribution.longest_share",
        "Share of the prose's words that the longest attributed content takes.",
        Unit::Share,
        |v| ratio(v.attributions().iter().map(|a| words(v, a)).fold(0.0, f64::max), v.words()),
    ),
    Feature {
        layer: Layer::Sentence,
        select: |m| m.own_voice,
        ..content(
            "attribution.longest_own_run",
            "Longest run of sentences without attributed content, as a share of all.",
            Unit::Share,
            |v| {
                let (mut run, mut longest, mut all) = (0.0, 0.0_f64, 0.0);
                for touched in touched(v) {
                    all += 1.0;
                    run = if touched { 0.0 } else { run + 1.0 };
                    longest = longest.max(run);
                }
                ratio(longest, all)
            },
        )
    },
    content(
        "attribution.unsourced_share",
        "Share of the attributions that name no source; 0 when there are none.",
        Unit::Share,
        |v| share(v, |a| a.source.is_empty()),
    ),
    Feature {
        layer: Layer::Source,
        ..content(
            "attribution.source_rate",
            "Attributions that name a source for each 100 words.",
            Unit::Per100Words,
            |v| per_100(v, |a| !a.source.is_empty()),
        )
    },
    content(
        "attribution.mean_confidence",
        "Mean confidence of the attributions; 0 when there are none.",
        Unit::Score,
        |v| {
            ratio(
                v.attributions().iter().map(|a| a.confidence).sum(),
                v.attributions().len() as f64,
            )
        },
    ),
    content(
        "attribution.quoted_content_share",
        "Share of the words in attributed content that stand in quotations.",
        Unit::Share,
        |v| {
            let all = words_of_union(v, v.marks(Layer::Content).iter().map(|m| m.span));
            let quotes = v.marks(Layer::Quote);
            let mut first = 0;
            let mut pieces = Vec::new();
            let mut contents: Vec<Span> = v.marks(Layer::Content).iter().map(|m| m.span).collect();
            contents.sort_unstable();
            for span in contents {
                while first < quotes.len() && quotes[first].span.end <= span.start {
                    first += 1;
                }
                let inside = quotes[first..]
                    .iter()
                    .map(|q| q.span)
                    .take_while(|q| q.start < span.end)
                    .filter(|q| q.overlaps(span));
                pieces.extend(
                    inside
                        .map(|q| Span { start: q.start.max(span.start), end: q.end.min(span.end) }),
                );
            }
            ratio(words_of_union(v, pieces.into_iter()), all)
        },
    ),
];

//! Numbers of an article's stance.

use crate::family::def::{Feature, Unit, View};
use crate::mark::{Layer, Mark};

fn mean(marks: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = marks.fold((0.0, 0.0), |(n, s), v| (n + 1.0, s + v));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn values(view: &View<'_>, test: impl Fn(&Mark) -> bool) -> f64 {
    mean(view.marks(Layer::Target).iter().filter(|m| test(m)).map(|m| m.value))
}

/// Mean polarity of each target, over the selected mentions.
fn by_target(view: &View<'_>) -> Vec<f64> {
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for mark in view.selected() {
        let group = mark.group as usize;
        if sums.len() <= group {
            sums.resize(group + 1, (0.0, 0.0));
        }
        sums[group].0 += mark.value;
        sums[group].1 += 1.0;
    }
    sums.into_iter().filter(|(_, n)| *n > 0.0).map(|(sum, n)| sum / n).collect()
}

fn share_of_own(view: &View<'_>) -> f64 {
    let own = view.marks(Layer::Target).iter().filter(|m| m.own_voice).count() as f64;
    if own > 0.0 { view.count() / own } else { 0.0 }
}

pub(super) static FEATURES: &[Feature] = &[
    Feature {
        name: "stance.own_mean",
        doc: "Mean polarity of the mentions of targets in the article's own voice, -1 against to 1 for.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice,
        measure: |v| v.mean_value(),
    },
    Feature {
        name: "stance.source_mean",
        doc: "Mean polarity of the mentions of targets in sources' voices, -1 against to 1 for.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |m| !m.own_voice,
        measure: |v| v.mean_value(),
    },
    Feature {
        name: "stance.own_minus_sources",
        doc: "Mean polarity in the article's own voice less that in its sources' voices; 0 when one of them is silent.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |_| true,
        measure: |v| {
            let voices = [true, false].map(|own| v.selected().any(|m| m.own_voice == own));
            if voices == [true, true] {
                values(v, |m| m.own_voice) - values(v, |m| !m.own_voice)
            } else {
                0.0
            }
        },
    },
    Feature {
        name: "stance.own_strength",
        doc: "Mean size of the polarity of mentions in the article's own voice, for or against.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice,
        measure: |v| mean(v.selected().map(|m| m.value.abs())),
    },
    Feature {
        name: "stance.own_against_share",
        doc: "Share of the mentions in the article's own voice that speak against their target.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice && m.class == "against",
        measure: share_of_own,
    },
    Feature {
        name: "stance.own_for_share",
        doc: "Share of the mentions in the article's own voice that speak for their target.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice && m.class == "for",
        measure: share_of_own,
    },
    Feature {
        name: "stance.own_against_rate",
        doc: "Mentions in the article's own voice that speak against their target, for each 100 own words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice && m.class == "against",
        measure: |v| v.own_rate(),
    },
    Feature {
        name: "stance.spread",
        doc: "Mean own-voice polarity of the target that fares best less that of the one that fares worst; 0 with fewer than two.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice,
        measure: |v| {
            let means = by_target(v);
            let best = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let worst = means.iter().copied().fold(f64::INFINITY, f64::min);
            if means.len() > 1 { best - worst } else { 0.0 }
        },
    },
    Feature {
        name: "stance.worst_mean",
        doc: "Mean own-voice polarity of the target that fares worst; 0 without targets.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice,
        measure: |v| by_target(v).into_iter().reduce(f64::min).unwrap_or(0.0),
    },
    Feature {
        name: "stance.best_mean",
        doc: "Mean own-voice polarity of the target that fares best; 0 without targets.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |m| m.own_voice,
        measure: |v| by_target(v).into_iter().reduce(f64::max).unwrap_or(0.0),
    },
    Feature {
        name: "stance.headline_mean",
        doc: "Mean polarity of the mentions in the headline; 0 without any.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Target,
        select: |_| true,
        measure: |v| {
            let headline = v.document().headline().map(|b| b.span);
            mean(
                v.selected()
                    .filter(|m| headline.is_some_and(|h| h.contains(m.span)))
                    .map(|m| m.value),
            )
        },
    },
    Feature {
        name: "stance.targets",
        doc: "Targets for each 100 words of prose.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Target,
        select: |_| true,
        measure: |v| {
            if v.words() > 0.0 { 100.0 * v.all().targets.len() as f64 / v.words() } else { 0.0 }
        },
    },
    Feature {
        name: "stance.mention_rate",
        doc: "Mentions of targets for each 100 words of prose.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Target,
        select: |_| true,
        measure: |v| v.rate(),
    },
    Feature {
        name: "stance.source_share",
        doc: "Share of the mentions of targets that stand in sources' voices.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Target,
        select: |m| !m.own_voice,
        measure: |v| v.share_of_layer(),
    },
];

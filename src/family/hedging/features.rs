//! The hedging features: how often, whose voice, of which kind.

use crate::family::def::{Feature, Unit, View};
use crate::mark::{Layer, Mark, SentenceScore};

/// A sentence at least this probable counts as hedged.
const HEDGED: f64 = 0.5;

/// Marks that hedge a claim, and do not merely blur a figure or an extent.
fn is_claim(mark: &Mark) -> bool {
    super::is_hedge(mark.class)
}

fn prose_scores<'v>(view: &View<'v>) -> impl Iterator<Item = &'v SentenceScore> {
    let document = view.document();
    document
        .sentences
        .iter()
        .zip(&view.all().sentences)
        .filter(|(s, _)| document.is_prose(s))
        .map(|(_, score)| score)
}

/// Share of hedged ones among the prose sentences that `of` takes; 0 when it takes none.
fn share_hedged(view: &View<'_>, of: fn(&SentenceScore) -> bool) -> f64 {
    let (mut all, mut hedged) = (0_u32, 0_u32);
    for score in prose_scores(view).filter(|s| of(s)) {
        all += 1;
        hedged += u32::from(score.hedged_by_guide >= HEDGED);
    }
    if all == 0 { 0.0 } else { f64::from(hedged) / f64::from(all) }
}

fn mean_probability(view: &View<'_>) -> f64 {
    let sum: f64 = prose_scores(view).map(|s| s.hedged_by_guide).sum();
    if view.sentences() > 0.0 { sum / view.sentences() } else { 0.0 }
}

/// Selected marks for each 100 words of attributed content; 0 when there is none.
fn source_rate(view: &View<'_>) -> f64 {
    let words = view.words() - view.own_words();
    if words > 0.0 { 100.0 * view.count() / words } else { 0.0 }
}

fn balance(view: &View<'_>) -> f64 {
    let hedges = view.count();
    let boosters = view.marks(Layer::Booster).iter().filter(|m| m.own_voice).count() as f64;
    (hedges - boosters) / (hedges + boosters + 1.0)
}

/// In schema order.
pub(super) static FEATURES: &[Feature] = &[
    Feature {
        name: "hedging.sentence_share",
        doc: "Share of the prose sentences that are hedged by the guide (probability at least one half), in whoever's voice.",
        unit: Unit::Share,
        version: 2,
        layer: Layer::Hedge,
        select: is_claim,
        measure: |view| share_hedged(view, |_| true),
    },
    Feature {
        name: "hedging.own_sentence_share",
        doc: "Share of the sentences in the article's own voice that are hedged.",
        unit: Unit::Share,
        version: 2,
        layer: Layer::Hedge,
        select: |m| is_claim(m) && m.own_voice,
        measure: |view| share_hedged(view, |s| !s.attributed),
    },
    Feature {
        name: "hedging.source_sentence_share",
        doc: "Share of the attributed sentences that are hedged; 0 when there are none.",
        unit: Unit::Share,
        version: 2,
        layer: Layer::Hedge,
        select: |m| is_claim(m) && !m.own_voice,
        measure: |view| share_hedged(view, |s| s.attributed),
    },
    Feature {
        name: "hedging.mean_probability",
        doc: "Mean over the prose sentences of the probability that they are hedged.",
        unit: Unit::Share,
        version: 2,
        layer: Layer::Hedge,
        select: is_claim,
        measure: mean_probability,
    },
    Feature {
        name: "hedging.own_rate",
        doc: "Hedges in the article's own voice for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| is_claim(m) && m.own_voice,
        measure: |view| view.own_rate(),
    },
    Feature {
        name: "hedging.source_rate",
        doc: "Hedges inside attributed content for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| is_claim(m) && !m.own_voice,
        measure: source_rate,
    },
    Feature {
        name: "hedging.modal_rate",
        doc: "Modal hedges (may, might, could, would …) for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "modal",
        measure: |view| view.rate(),
    },
    Feature {
        name: "hedging.epistemic_rate",
        doc: "Epistemic hedges (possibly, likely, appears, suggests …) for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "epistemic",
        measure: |view| view.rate(),
    },
    Feature {
        name: "hedging.doxastic_rate",
        doc: "Hedges of belief (thinks, expects, suspects …) for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "doxastic",
        measure: |view| view.rate(),
    },
    Feature {
        name: "hedging.investigative_rate",
        doc: "Hedges of open inquiry (whether, investigates …) for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "investigative",
        measure: |view| view.rate(),
    },
    Feature {
        name: "hedging.conditional_rate",
        doc: "Conditions (if, unless, until …) for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "conditional",
        measure: |view| view.rate(),
    },
    Feature {
        name: "hedging.own_modal_rate",
        doc: "Modal hedges in the article's own voice for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "modal" && m.own_voice,
        measure: |view| view.own_rate(),
    },
    Feature {
        name: "hedging.own_epistemic_rate",
        doc: "Epistemic hedges in the article's own voice for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "epistemic" && m.own_voice,
        measure: |view| view.own_rate(),
    },
    Feature {
        name: "hedging.hearsay_rate",
        doc: "Hearsay in the article's own voice (reportedly, allegedly, is said to …) for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "hearsay" && m.own_voice,
        measure: |view| view.own_rate(),
    },
    Feature {
        name: "hedging.approximator_rate",
        doc: "Rounded figures (about, some, nearly … before a number) for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "approximator",
        measure: |view| view.rate(),
    },
    Feature {
        name: "hedging.vague_rate",
        doc: "Words that leave an extent open (often, largely, several …) in the article's own voice for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Hedge,
        select: |m| m.class == "vague" && m.own_voice,
        measure: |view| view.own_rate(),
    },
    Feature {
        name: "hedging.own_booster_rate",
        doc: "Boosters (clearly, of course, undoubtedly …) in the article's own voice for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Booster,
        select: |m| m.own_voice,
        measure: |view| view.own_rate(),
    },
    Feature {
        name: "hedging.source_booster_rate",
        doc: "Boosters inside attributed content for each 100 words of it.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Booster,
        select: |m| !m.own_voice,
        measure: source_rate,
    },
    Feature {
        name: "hedging.balance",
        doc: "Hedges less boosters in the article's own voice, over their sum and one: -1 flat assertion, 1 all hedged.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Hedge,
        select: |m| is_claim(m) && m.own_voice,
        measure: balance,
    },
    Feature {
        name: "hedging.certainty_of_cues",
        doc: "Mean probability of the marked hedges: low where the wording is ambiguous; 0 when there are none.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Hedge,
        select: is_claim,
        measure: |view| view.mean_value(),
    },
];

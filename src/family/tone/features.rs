//! The tone family's features: rates of loaded words by kind and voice, and how probable it is that sentences are loaded.

use super::{IN_HEADLINE, class};
use crate::family::def::{Feature, Unit, View};
use crate::mark::{Layer, Mark};

fn own(mark: &Mark) -> bool {
    mark.own_voice && mark.group != IN_HEADLINE
}

fn theirs(mark: &Mark) -> bool {
    !mark.own_voice && mark.group != IN_HEADLINE
}

fn own_of(mark: &Mark, class: &str) -> bool {
    own(mark) && mark.class == class
}

/// Probabilities of the selected sentences.
fn probabilities(view: &View<'_>) -> Vec<f64> {
    let scores = &view.all().sentences;
    view.selected().filter_map(|m| scores.get(m.group as usize)).map(|s| s.loaded).collect()
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Mean of the largest `count`.
fn top(mut values: Vec<f64>, count: usize) -> f64 {
    values.sort_by(|a, b| b.total_cmp(a));
    values.truncate(count);
    mean(&values)
}

/// From this probability on a sentence counts as loaded.
const LOADED: f64 = 0.5;

fn share_loaded(values: &[f64]) -> f64 {
    mean(&values.iter().map(|p| f64::from(u8::from(*p >= LOADED))).collect::<Vec<_>>())
}

/// A feature over loaded words in the article's own voice, of one class.
macro_rules! own_class {
    ($name:literal, $doc:literal, $class:expr) => {
        Feature {
            name: $name,
            doc: $doc,
            unit: Unit::Per100Words,
            version: 1,
            layer: Layer::Loaded,
            select: |m| own_of(m, $class),
            measure: |v| v.own_rate(),
        }
    };
}

/// A feature over the probabilities of sentences.
macro_rules! sentences {
    ($name:literal, $doc:literal, $select:expr, $measure:expr) => {
        Feature {
            name: $name,
            doc: $doc,
            unit: Unit::Share,
            version: 1,
            layer: Layer::Sentence,
            select: $select,
            measure: $measure,
        }
    };
}

pub(super) static FEATURES: &[Feature] = &[
    Feature {
        name: "tone.own_voice_loaded_rate",
        doc: "Loaded words in the article's own voice for each 100 of its own words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Loaded,
        select: own,
        measure: |v| v.own_rate(),
    },
    Feature {
        name: "tone.own_voice_loaded_weight",
        doc: "Sum of the weights of loaded words in the article's own voice for each 100 of its own words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Loaded,
        select: own,
        measure: |v| v.own_weight(),
    },
    own_class!(
        "tone.name_calling_rate",
        "Insults for persons and groups, own voice, for each 100 own words.",
        class::NAME_CALLING
    ),
    own_class!(
        "tone.emotive_rate",
        "Words of anger, disgust, fear, grief and contempt, own voice, for each 100 own words.",
        class::EMOTIVE
    ),
    own_class!(
        "tone.praise_rate",
        "Words of admiration, own voice, for each 100 own words.",
        class::PRAISE
    ),
    own_class!(
        "tone.attack_rate",
        "Words of violence and contempt for acts of speech and politics, own voice, for each 100 own words.",
        class::ATTACK
    ),
    own_class!(
        "tone.exaggeration_rate",
        "Words that say more than can be, own voice, for each 100 own words.",
        class::EXAGGERATION
    ),
    own_class!(
        "tone.intensifier_rate",
        "The writer's own stress (\"clearly\", \"of course\"), own voice, for each 100 own words.",
        class::INTENSIFIER
    ),
    own_class!(
        "tone.sarcasm_rate",
        "Words that mean the opposite (\"so-called\"), own voice, for each 100 own words.",
        class::SARCASM
    ),
    own_class!(
        "tone.verdict_rate",
        "Verdicts of the article itself on a claim (\"baseless\"), own voice, for each 100 own words.",
        class::VERDICT
    ),
    own_class!(
        "tone.us_them_rate",
        "Words that set us against them, own voice, for each 100 own words.",
        class::US_THEM
    ),
    own_class!(
        "tone.clickbait_rate",
        "Phrases of bait, own voice, for each 100 own words.",
        class::CLICKBAIT
    ),
    own_class!(
        "tone.scare_quote_rate",
        "One to three words held at a distance by quotation marks, for each 100 own words.",
        class::SCARE_QUOTE
    ),
    own_class!(
        "tone.learned_rate",
        "Words whose learned weight is high and that no hand-made entry lists, own voice, for each 100 own words.",
        class::LEARNED
    ),
    Feature {
        name: "tone.kinds",
        doc: "How many kinds of loaded words stand in the article's own voice.",
        unit: Unit::Count,
        version: 1,
        layer: Layer::Loaded,
        select: own,
        measure: |v| {
            let mut kinds: Vec<&str> = v.selected().map(|m| m.class).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds.len() as f64
        },
    },
    Feature {
        name: "tone.sources_loaded_rate",
        doc: "Loaded words in the sources' voices for each 100 words of theirs.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Loaded,
        select: theirs,
        measure: sources_rate,
    },
    Feature {
        name: "tone.own_minus_sources",
        doc: "Loaded words for each 100 words in the article's own voice, less the same in its sources'; 0 when they say nothing.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Loaded,
        select: |m| m.group != IN_HEADLINE,
        measure: own_minus_sources,
    },
    Feature {
        name: "tone.headline_loaded",
        doc: "Sum of the weights of loaded words in the headline, in the text or given apart from it.",
        unit: Unit::Score,
        version: 2,
        layer: Layer::Loaded,
        select: |m| m.group == IN_HEADLINE,
        measure: |v| v.all().title_loaded + v.selected().map(|m| m.value).sum::<f64>(),
    },
    sentences!(
        "tone.sentence_share",
        "Share of the sentences in the article's own voice that are probably loaded.",
        |m| m.own_voice,
        |v| { share_loaded(&probabilities(v)) }
    ),
    sentences!(
        "tone.mean_own",
        "Mean probability of being loaded of the sentences in the article's own voice.",
        |m| m.own_voice,
        |v| mean(&probabilities(v))
    ),
    sentences!(
        "tone.mean_sources",
        "Mean probability of being loaded of the attributed sentences.",
        |m| !m.own_voice,
        |v| mean(&probabilities(v))
    ),
    sentences!(
        "tone.mean_all",
        "Mean probability of being loaded of all sentences.",
        |_| true,
        |v| mean(&probabilities(v))
    ),
    sentences!(
        "tone.top3",
        "Mean probability of the three most loaded sentences.",
        |_| true,
        |v| top(probabilities(v), 3)
    ),
    sentences!(
        "tone.top3_own",
        "Mean probability of the three most loaded sentences in the article's own voice.",
        |m| m.own_voice,
        |v| top(probabilities(v), 3)
    ),
    sentences!(
        "tone.opening",
        "Mean probability of being loaded of the first five sentences.",
        |_| true,
        |v| {
            let all = probabilities(v);
            mean(&all[..all.len().min(5)])
        }
    ),
    sentences!(
        "tone.close",
        "Mean probability of being loaded of the last five sentences.",
        |_| true,
        |v| {
            let all = probabilities(v);
            mean(&all[all.len().saturating_sub(5)..])
        }
    ),
];

/// Words of prose that are a source's.
fn sources_words(view: &View<'_>) -> f64 {
    view.words() - view.own_words()
}

/// Fewest words of sources that a rate is taken over, so that one loaded word in a short quotation is not all.
const SHORT: f64 = 30.0;

fn rate_over(count: usize, words: f64) -> f64 {
    100.0 * count as f64 / words.max(SHORT)
}

fn sources_rate(view: &View<'_>) -> f64 {
    rate_over(view.selected().count(), sources_words(view))
}

fn own_minus_sources(view: &View<'_>) -> f64 {
    if sources_words(view) <= 0.0 {
        return 0.0;
    }
    let own = view.selected().filter(|m| m.own_voice).count();
    let theirs = view.selected().count() - own;
    rate_over(own, view.own_words()) - rate_over(theirs, sources_words(view))
}

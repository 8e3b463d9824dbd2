//! The stance of an article as a whole toward a target: a decision over what all its mentions come to.

use crate::linear::{Linear, Sink, Template};
use crate::mark::{Layer, Marks, Mention, Polarity};
use crate::text::{Document, Word};

/// Name of the decision in model files.
pub(crate) const TASK: &str = "stance-article";
/// The only template of the decision.
pub(crate) const INPUT: Template = Template::new("whole");

/// What the mentions in one voice come to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Voice {
    count: f64,
    /// Sums over the mentions: probabilities of against and of for.
    against: f64,
    favour: f64,
    /// The highest of each.
    top_against: f64,
    top_favour: f64,
}

impl Voice {
    fn of<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Self {
        mentions.fold(Voice::default(), |v, m| {
            let [against, _, favour] = m.polarity.probabilities;
            Voice {
                count: v.count + 1.0,
                against: v.against + against,
                favour: v.favour + favour,
                top_against: v.top_against.max(against),
                top_favour: v.top_favour.max(favour),
            }
        })
    }

    fn mean(&self, sum: f64) -> f64 {
        sum / self.count.max(1.0)
    }

    /// The sum of polarities, held back where many mentions say the same.
    fn polarity(&self) -> f64 {
        (self.favour - self.against) / self.count.max(1.0).sqrt()
    }
}

/// What is known of a target when all its mentions are judged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    own: Voice,
    sources: Voice,
    /// Mean probability of loaded language in the sentences that name the target in the article's own voice.
    loaded: f64,
    /// The article's own loaded words for each 100 own words.
    loaded_rate: f64,
}

impl Evidence {
    pub(crate) fn of(
        document: &Document<'_>,
        marks: &Marks,
        mentions: &[Mention],
        loaded_rate: f64,
    ) -> Self {
        let mut sentences: Vec<usize> = mentions
            .iter()
            .filter(|m| m.own_voice)
            .filter_map(|m| document.sentence_at(m.span.start))
            .collect();
        sentences.sort_unstable();
        sentences.dedup();
        let loaded: f64 = sentences.iter().map(|&s| marks.sentences[s].loaded).sum();
        Evidence {
            own: Voice::of(mentions.iter().filter(|m| m.own_voice)),
            sources: Voice::of(mentions.iter().filter(|m| !m.own_voice)),
            loaded: loaded / sentences.len().max(1) as f64,
            loaded_rate,
        }
    }
}

/// The article's own loaded words for each 100 own words.
pub(crate) fn loaded_rate(document: &Document<'_>, marks: &Marks) -> f64 {
    let loaded = marks.layer(Layer::Loaded).iter().filter(|m| m.own_voice).count();
    100.0 * loaded as f64 / marks.own_words(document).max(1) as f64
}

/// A number of the evidence, with its name in model files.
type Number = (&'static str, fn(&Evidence) -> f64);

/// What the decision looks at.
pub(crate) static INPUTS: [Number; 13] = [
    ("own-against", |e| e.own.mean(e.own.against)),
    ("own-for", |e| e.own.mean(e.own.favour)),
    ("own-top-against", |e| e.own.top_against),
    ("own-top-for", |e| e.own.top_favour),
    ("own-polarity", |e| e.own.polarity()),
    ("source-against", |e| e.sources.mean(e.sources.against)),
    ("source-for", |e| e.sources.mean(e.sources.favour)),
    ("source-polarity", |e| e.sources.polarity()),
    ("mentions", |e| (e.own.count + e.sources.count).sqrt()),
    ("own-share", |e| e.own.count / (e.own.count + e.sources.count).max(1.0)),
    ("loaded", |e| e.loaded),
    ("loaded-rate", |e| e.loaded_rate),
    ("loaded-against", |e| e.loaded * (e.own.mean(e.own.against) - e.own.mean(e.own.favour))),
];

/// The stance over all mentions; neutral where there are none, or no decision.
pub(super) fn judge(
    decision: Option<&Linear>,
    evidence: &Evidence,
    mentions: &[Mention],
) -> Polarity {
    let Some(decision) = decision.filter(|_| !mentions.is_empty()) else {
        return Polarity::default();
    };
    let mut score = decision.start();
    for (name, number) in INPUTS {
        score.put(INPUT, Word::of(name), number(evidence), || name.to_owned());
    }
    Polarity { probabilities: score.probabilities() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn mention(probabilities: [f64; 3], own_voice: bool, at: usize) -> Mention {
        Mention {
            span: Span::new(at, at + 4),
            polarity: Polarity { probabilities },
            own_voice,
            speaker: None,
        }
    }

    #[test]
    fn voices_are_summed_apart() {
        let document =
            Document::new("Roth failed the town. Ada said Roth was kind to all of them.");
        let mentions = [mention([0.8, 0.1, 0.1], true, 0), mention([0.1, 0.2, 0.7], false, 31)];
        let evidence = Evidence::of(&document, &Marks::new(&document), &mentions, 2.0);
        let number = |name: &str| {
            INPUTS.iter().find(|(n, _)| *n == name).map(|(_, f)| f(&evidence)).unwrap()
        };
        for (name, value) in [
            ("own-against", 0.8),
            ("source-for", 0.7),
            ("own-share", 0.5),
            ("loaded-rate", 2.0),
            ("own-polarity", -0.7),
        ] {
            assert!((number(name) - value).abs() < 1e-9, "{name}: {}", number(name));
        }
    }

    #[test]
    fn nobody_named_is_neutral() {
        assert_eq!(
            judge(None, &Evidence::default(), &[mention([0.9, 0.1, 0.0], true, 0)]).class(),
            "neutral"
        );
        assert_eq!(judge(None, &Evidence::default(), &[]).class(), "neutral");
    }

    #[test]
    fn the_same_words_weigh_more_in_a_loaded_article() {
        let scorer = crate::score::Scorer::builtin().unwrap();
        let decision = scorer.models.spans.get(TASK);
        assert!(decision.is_some(), "the decision is compiled in");
        let document = Document::new("Roth failed the town.");
        let mentions = [mention([0.7, 0.2, 0.1], true, 0)];
        let against = |rate: f64| {
            judge(
                decision,
                &Evidence::of(&document, &Marks::new(&document), &mentions, rate),
                &mentions,
            )
            .probabilities[0]
        };
        assert!(against(0.0) < against(4.0), "{} {}", against(0.0), against(4.0));
    }
}

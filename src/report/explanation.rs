//! What each score rests on: features that push it up and down, and the words behind them.

use super::json::Pairs;
use super::marks::Words;
use super::{Show, round};
use crate::axis::{Axis, WORDS};
use crate::catalog;
use crate::model::WordPart;
use crate::score::{Contribution, Score, Scored};
use crate::text::{Ruler, Span};
use serde::Serialize;

/// A feature's part in a score.
#[derive(Debug, Serialize)]
pub struct Effect<'a> {
    /// Name of the feature.
    pub feature: &'a str,
    /// What it says.
    pub doc: &'a str,
    /// What its number counts.
    pub unit: &'a str,
    /// Its number for this article.
    pub value: f64,
    /// What it adds to `logit(high) - logit(low)`.
    pub contribution: f64,
    /// The words that it counted.
    pub(super) evidence: Vec<Words<'a>>,
}

impl Effect<'_> {
    pub(super) fn has_words(&self) -> bool {
        !self.evidence.is_empty()
    }

    /// Where the words stand, in the unit that the explanation was asked for.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.evidence.iter().map(|w| Span::new(w.start, w.end))
    }

    /// The different words behind the feature, the first `most` of them, and how many more there are.
    #[must_use]
    pub fn words(&self, most: usize) -> (Vec<&str>, usize) {
        let mut out: Vec<&str> = Vec::new();
        let mut more = 0;
        for word in self.evidence.iter().map(|w| w.text) {
            if out.contains(&word) {
                continue;
            }
            if out.len() < most {
                out.push(word);
            } else {
                more += 1;
            }
        }
        (out, more)
    }
}

/// What one axis's score rests on.
#[derive(Debug, Serialize)]
pub struct AxisExplanation<'a> {
    /// Name of the axis.
    pub axis: &'a str,
    /// What the axis tells.
    pub doc: &'a str,
    /// The class given.
    pub class: &'a str,
    /// The number given, where classes stand in an order.
    pub value: Option<f64>,
    /// The share that the classes are cut from, where one is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<f64>,
    /// Class probabilities, in the axis's order.
    pub(super) probabilities: Pairs<'a, f64>,
    /// Which model said so.
    pub model: &'a str,
    /// The first class (the runner-up, where classes stand in no order), toward which negative contributions push.
    pub low: &'a str,
    /// The last class (the class given, where classes stand in no order), toward which positive contributions push.
    pub high: &'a str,
    /// `logit(high) - logit(low)` of an average article.
    pub base: f64,
    /// Sum of all contributions.
    pub sum: f64,
    /// `base + sum`: this article's `logit(high) - logit(low)`.
    pub difference: f64,
    /// Features that push toward `high`, strongest first.
    pub up: Vec<Effect<'a>>,
    /// Features that push toward `low`, strongest first.
    pub down: Vec<Effect<'a>>,
}

/// What the scores of an article rest on, axis by axis.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Explanation<'a> {
    /// One for each score.
    pub axes: Vec<AxisExplanation<'a>>,
}

impl<'a> Explanation<'a> {
    /// Explains a scored article; spans of the evidence are told in `show.unit`.
    #[must_use]
    pub fn new(scored: &'a Scored<'_>, show: Show) -> Self {
        let ruler = Ruler::new(scored.document.text, show.unit);
        Explanation {
            axes: scored.scores.iter().map(|score| axis(scored, score, &ruler)).collect(),
        }
    }
}

/// What the sum over common words says.
const WORDS_DOC: &str = "How far the article's common words are those of articles that were judged so: sum of their fitted weights, for a text of length one.";

fn axis<'a>(scored: &'a Scored<'_>, score: &'a Score, ruler: &Ruler<'_>) -> AxisExplanation<'a> {
    let effect = |c: &'a Contribution| {
        let feature = catalog::feature(c.feature);
        let told = |words: &[WordPart]| {
            words.iter().map(|w| scored.document.tokens[w.token].span).collect()
        };
        // Of common words those first that push the way their sum goes.
        let spans =
            if c.feature == WORDS { told(&score.words) } else { scored.evidence(c.feature) };
        let evidence = spans.into_iter().map(|s| Words::new(s, scored.document.text, ruler));
        Effect {
            feature: c.feature,
            doc: feature.map_or(WORDS_DOC, |f| f.doc),
            unit: feature.map_or("score", |f| f.unit.name()),
            value: round(c.value),
            contribution: round(c.contribution),
            evidence: evidence.collect(),
        }
    };
    let sides = |all: &'a [Contribution]| {
        let (up, down): (Vec<_>, Vec<_>) =
            all.iter().filter(|c| c.contribution != 0.0).partition(|c| c.contribution > 0.0);
        (up.into_iter().map(effect).collect(), down.into_iter().map(effect).collect())
    };
    let total = |all: &[Contribution]| all.iter().map(|c| c.contribution).sum::<f64>();
    let sum = total(&score.contributions);
    let (up, down) = sides(&score.contributions);
    AxisExplanation {
        axis: score.axis,
        doc: Axis::named(score.axis).map_or("", |a| a.doc),
        class: score.class,
        value: score.value.map(round),
        measure: score.measure.map(round),
        probabilities: Pairs(
            score.probabilities.iter().map(|(class, p)| (*class, round(*p))).collect(),
        ),
        model: &score.model,
        low: score.low,
        high: score.high,
        base: round(score.base),
        sum: round(sum),
        difference: round(score.base + sum),
        up,
        down,
    }
}

/// A number with as many decimals as it needs, two at most.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::mark::{Layer, Mark, Marks};
    use crate::report::{Page, markdown, terminal};
    use crate::score::Scorer;

    fn scored(article: &Article) -> Scored<'_> {
        let mut scored = Scorer::builtin().expect("builtin").score(article);
        let part = |feature, contribution| Contribution { feature, value: 2.5, contribution };
        let contributions = vec![
            part("tone.own_voice_loaded_rate", 1.5),
            part("style.y", -0.25),
            part("tone.z", 0.0),
        ];
        scored.marks = Marks::new(&scored.document);
        for span in [Span::new(0, 4), Span::new(0, 4), Span::new(5, 12)] {
            scored.marks.push(Mark {
                layer: Layer::Loaded,
                class: "emotive",
                span,
                own_voice: true,
                value: 1.0,
                group: 0,
            });
        }
        scored.unscored = None;
        scored.scores = vec![Score {
            axis: "tone",
            value: Some(0.8),
            measure: None,
            class: "loaded",
            probabilities: vec![("neutral", 0.1), ("mixed", 0.2), ("loaded", 0.7)],
            model: "tone-9".to_owned(),
            low: "neutral",
            high: "loaded",
            base: -0.5,
            contributions,
            words: Vec::new(),
        }];
        scored
    }

    #[test]
    fn contributions_add_up_and_are_told_with_their_words() {
        let article = Article::from_text(
            "1",
            "Evil\x1b[31m tyrant spoke at length to the people of the town.",
        );
        let scored = scored(&article);
        let explanation = Explanation::new(&scored, Show::default());
        let tone = &explanation.axes[0];
        assert_eq!((tone.base, tone.sum, tone.difference), (-0.5, 1.25, 0.75));
        assert_eq!(
            (tone.low, tone.high, tone.up.len(), tone.down.len()),
            ("neutral", "loaded", 1, 1)
        );
        let page = Page::of(&scored);
        let text = terminal::page(&page, false, 160);
        assert!(
            text.contains(
                "+1.50  tone.own_voice_loaded_rate = 2.5 (per 100 words): Evil · [31m ty"
            ),
            "{text}"
        );
        assert!(text.contains("an average article -0.50, this one's features +1.25: together +0.75 = logit(loaded) − logit(neutral)"), "{text}");
        assert!(!text.contains('\x1b') && text.contains("<U+001B>"), "{text}");
        let markdown = markdown::page(&page);
        assert!(
            markdown.contains(
                "| +1.50 | `tone.own_voice_loaded_rate` | 2.5 | per 100 words | Evil · \\[31m ty |"
            ),
            "{markdown}"
        );
        assert!(!markdown.contains('\x1b'), "{markdown}");
    }
}

//! The stance of an article as a whole toward a target and the role it gives it: one decision over what stands around all its
//! mentions, and over numbers that sum them up.
//!
//! The words around the mentions are the inputs of the decision on a mention, a source's at half their amount: side, distance and
//! form of the verb, "against X", the subject of a passive tell who does and to whom it is done.

use super::inputs::Window;
use crate::linear::{Linear, Sink, Template, softmax};
use crate::mark::{Layer, Mark, Marks, Mention, Polarity, Role};
use crate::text::{BlockKind, Document, Span, Word};
use std::sync::LazyLock;

/// Name of the decision in model files. Its outputs are the three stances, then the four roles.
pub(crate) const TASK: &str = "target-article";
/// Template of the numbers.
pub(crate) const NUMBER: Template = Template::new("number");
/// Number of stances, and of all outputs.
pub(crate) const STANCES: usize = 3;
pub(crate) const OUTPUTS: usize = 7;
/// Place of the victim among the roles.
const VICTIM: usize = 1;
/// What the words around a mention in a source's voice count; in the article's own voice 1.
const SOURCES_SHARE: f64 = 0.5;
/// Loaded words at this many bytes from a mention count a third of those beside it.
const REACH: f64 = 30.0;
/// Loaded words on either side of a mention that are looked at.
const NEAREST: usize = 6;
/// A mention that begins before this byte stands in the opening.
const OPENING: usize = 300;

/// Kinds of loaded words: what they say of somebody.
const KINDS: usize = 4;

fn kind(mark: &Mark) -> usize {
    match mark.class {
        "praise" => 0,
        "name-calling" | "emotive" | "attack" | "sarcasm" | "verdict" | "us-them"
        | "scare-quote" => 1,
        "learned" => 2,
        _ => 3,
    }
}

/// What is known of an article before any target is looked at.
pub(crate) struct Whole<'m> {
    words: f64,
    own: [f64; KINDS],
    sources_harsh: f64,
    statements: f64,
    /// The article's own loaded words, in order.
    loaded: Vec<&'m Mark>,
    /// Places of sources, in order.
    sources: Vec<Span>,
}

impl<'m> Whole<'m> {
    pub(crate) fn of(document: &Document<'_>, marks: &'m Marks) -> Self {
        let words = document.words.max(1) as f64;
        let (mut own, mut sources_harsh) = ([0.0; KINDS], 0.0);
        for mark in marks.layer(Layer::Loaded) {
            if mark.own_voice {
                own[kind(mark)] += 100.0 / words;
            } else if kind(mark) == 1 {
                sources_harsh += 100.0 / words;
            }
        }
        let mut sources: Vec<Span> =
            marks.attributions.iter().flat_map(|a| a.source.iter().copied()).collect();
        sources.sort_unstable();
        Whole {
            words,
            own,
            sources_harsh,
            statements: 100.0 * marks.attributions.len() as f64 / words,
            loaded: marks.layer(Layer::Loaded).iter().filter(|m| m.own_voice).collect(),
            sources,
        }
    }

    /// Adds the own loaded words near a mention, by kind, each falling with its distance.
    fn near(&self, mention: Span, sums: &mut [f64; KINDS]) {
        let at = self.loaded.partition_point(|m| m.span.start < mention.start);
        let around = at.saturating_sub(NEAREST)..(at + NEAREST).min(self.loaded.len());
        for mark in &self.loaded[around] {
            let distance = f64::from(mark.span.start.abs_diff(mention.start));
            sums[kind(mark)] += (-distance / REACH).exp();
        }
    }

    fn is_source(&self, mention: Span) -> bool {
        let at = self.sources.partition_point(|s| s.start <= mention.start);
        at.checked_sub(1).is_some_and(|at| self.sources[at].contains(mention))
    }
}

/// What the mentions in one voice come to.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    count: f64,
    /// Sums over the mentions, and the highest: probabilities of against and of for.
    sums: [f64; 2],
    tops: [f64; 2],
}

impl Voice {
    fn of<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Self {
        mentions.fold(Voice::default(), |mut v, m| {
            let [against, _, favour] = m.polarity.probabilities;
            v.count += 1.0;
            for (at, p) in [against, favour].into_iter().enumerate() {
                v.sums[at] += p;
                v.tops[at] = v.tops[at].max(p);
            }
            v
        })
    }

    /// Mean, highest, and the sum of polarities held back where many mentions say the same.
    fn numbers(&self) -> [f64; 5] {
        let count = self.count.max(1.0);
        let [against, favour] = self.sums;
        [
            against / count,
            favour / count,
            self.tops[0],
            self.tops[1],
            (favour - against) / count.sqrt(),
        ]
    }
}

/// Names of the numbers, in order.
pub(crate) const NUMBERS: [&str; 30] = [
    "own-against",
    "own-for",
    "own-top-against",
    "own-top-for",
    "own-polarity",
    "source-against",
    "source-for",
    "source-top-against",
    "source-top-for",
    "source-polarity",
    "mentions",
    "own-share",
    "density",
    "loaded-sentences",
    "near-praise",
    "near-harsh",
    "near-learned",
    "near-other",
    "article-praise",
    "article-harsh",
    "article-learned",
    "article-other",
    "sources-harsh",
    "statements",
    "speaks",
    "headline",
    "opening",
    "loaded-polarity",
    "rate-polarity",
    "near-polarity",
];

static NUMBER_WORDS: LazyLock<[Word; NUMBERS.len()]> = LazyLock::new(|| NUMBERS.map(Word::of));

/// The numbers of a target with these mentions, as [`NUMBERS`] names them.
pub(crate) fn numbers<'m>(
    document: &Document<'_>,
    marks: &Marks,
    whole: &Whole<'_>,
    mentions: impl Iterator<Item = &'m Mention> + Clone,
) -> [f64; NUMBERS.len()] {
    let own = Voice::of(mentions.clone().filter(|m| m.own_voice));
    let sources = Voice::of(mentions.clone().filter(|m| !m.own_voice));
    let count = own.count + sources.count;
    let (mut loaded, mut near) = (0.0, [0.0; KINDS]);
    let (mut speaks, mut headline, mut opening) = (0.0, 0.0_f64, 0.0_f64);
    for mention in mentions {
        let Some(sentence) = document.sentence_at(mention.span.start) else { continue };
        if mention.own_voice {
            loaded += marks.sentences[sentence].loaded / own.count;
        }
        whole.near(mention.span, &mut near);
        speaks += f64::from(u8::from(whole.is_source(mention.span)));
        let block = &document.blocks[document.sentences[sentence].block as usize];
        headline = headline.max(f64::from(u8::from(block.kind == BlockKind::Headline)));
        opening = opening.max(f64::from(u8::from(mention.span.from() < OPENING)));
    }
    let near = near.map(|sum| sum / count.max(1.0).sqrt());
    let (of_own, of_sources) = (own.numbers(), sources.numbers());
    let polarity = of_own[1] - of_own[0];
    let rate: f64 = whole.own.iter().sum();
    let mut out = [0.0; NUMBERS.len()];
    out[..5].copy_from_slice(&of_own);
    out[5..10].copy_from_slice(&of_sources);
    out[10..14].copy_from_slice(&[
        count.sqrt(),
        own.count / count.max(1.0),
        100.0 * count / whole.words,
        loaded,
    ]);
    out[14..18].copy_from_slice(&near);
    out[18..22].copy_from_slice(&whole.own);
    out[22..].copy_from_slice(&[
        whole.sources_harsh,
        whole.statements,
        speaks / count.max(1.0),
        headline,
        opening,
        loaded * polarity,
        rate * polarity,
        near.iter().sum::<f64>() * polarity,
    ]);
    out
}

/// Passes inputs on at a share of their amount.
pub(crate) struct Share<'s, S> {
    pub(crate) sink: &'s mut S,
    pub(crate) share: f64,
}

impl<S: Sink> Sink for Share<'_, S> {
    #[inline]
    fn put(&mut self, template: Template, value: Word, amount: f64, form: impl FnOnce() -> String) {
        self.sink.put(template, value, amount * self.share, form);
    }
}

/// What the words around one of `count` mentions count.
pub(crate) fn share(own_voice: bool, count: usize) -> f64 {
    let voice = if own_voice { 1.0 } else { SOURCES_SHARE };
    voice / (count.max(1) as f64).sqrt()
}

/// What the words around a mention add to each output, alone and in the article's own voice.
pub(super) fn words(decision: &Linear, window: &Window<'_, '_>, mention: Span) -> [f64; OUTPUTS] {
    let mut score = decision.start();
    window.inputs(mention, &mut score);
    let start = decision.start();
    std::array::from_fn(|at| {
        let sum = |sums: &[f64]| sums.get(at).copied().unwrap_or(0.0);
        sum(score.sums()) - sum(start.sums())
    })
}

/// Stance and role, from what the words and the numbers add.
pub(super) fn judge(
    decision: &Linear,
    words: &[f64; OUTPUTS],
    numbers: &[f64; NUMBERS.len()],
) -> (Polarity, Role) {
    let mut score = decision.start();
    for (at, value) in numbers.iter().enumerate() {
        score.put(NUMBER, NUMBER_WORDS[at], *value, || NUMBERS[at].to_owned());
    }
    let (stance, role) = decision.calibration();
    let output = |at: usize| score.sums().get(at).copied().unwrap_or(0.0) + words[at];
    let mut stances: [f64; STANCES] = softmax([0, 1, 2].map(|at| output(at) * stance));
    let roles = softmax([0, 1, 2, 3].map(|at| output(STANCES + at) * role));
    // A victim is not "against": what speaks for the one speaks for "neutral", not for the other.
    let spared = stances[0] * roles[VICTIM];
    stances[0] -= spared;
    stances[1] += spared;
    (Polarity { probabilities: stances }, Role { probabilities: roles })
}

//! The evidence of an article as it stands in its JSON object.

use super::json::{Pairs, stances};
use super::round;
use crate::article::TargetRequest;
use crate::mark::{Attribution, Layer, Mark, Mention, Target};
use crate::score::Scored;
use crate::text::Ruler;
use crate::text::{BlockKind, Span};
use serde::Serialize;

/// A span with its words.
#[derive(Debug, Serialize)]
pub(super) struct Words<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn new(span: Span, text: &'a str, ruler: &Ruler<'_>) -> Self {
        Words { start: ruler.tell(span.from()), end: ruler.tell(span.to()), text: span.slice(text) }
    }
}

#[derive(Serialize)]
struct SentenceObject {
    start: usize,
    end: usize,
    block: BlockKind,
    loaded: f64,
    hedged: f64,
    hedged_by_guide: f64,
    attributed: bool,
}

#[derive(Serialize)]
struct AttributionObject<'a> {
    kind: &'a str,
    act: &'a str,
    source_class: &'a str,
    speakers: &'a [String],
    reporter: Option<&'a str>,
    confidence: f64,
    source: Vec<Words<'a>>,
    cue: Vec<Words<'a>>,
    content: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct MarkObject<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    class: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    own_voice: bool,
}

#[derive(Serialize)]
struct MentionObject<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    target: &'a str,
    stance: &'a str,
    role: &'a str,
    probabilities: Pairs<'a, f64>,
    own_voice: bool,
    speaker: Option<&'a str>,
}

/// A common word that an axis weighs, at its first place.
#[derive(Serialize)]
struct WordObject<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    axis: &'a str,
    times: u32,
    contribution: f64,
}

#[derive(Serialize)]
struct SkippedObject<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    block: BlockKind,
    reason: &'a str,
}

/// `"marks"` of the output contract.
#[derive(Serialize)]
pub(super) struct MarksObject<'a> {
    sentences: Vec<SentenceObject>,
    attributions: Vec<AttributionObject<'a>>,
    quotes: Vec<MarkObject<'a>>,
    hedges: Vec<MarkObject<'a>>,
    boosters: Vec<MarkObject<'a>>,
    loaded: Vec<MarkObject<'a>>,
    targets: Vec<MentionObject<'a>>,
    words: Vec<WordObject<'a>>,
    provenance: Vec<Words<'a>>,
    skipped: Vec<SkippedObject<'a>>,
}

impl<'a> MarksObject<'a> {
    pub(super) fn new(scored: &'a Scored<'_>, ruler: &Ruler<'_>) -> Self {
        let (document, marks) = (&scored.document, &scored.marks);
        let words = |span: Span| Words::new(span, document.text, ruler);
        let layer = |layer: Layer, weighed: bool| {
            marks.layer(layer).iter().map(|m| mark(m, words(m.span), weighed)).collect()
        };
        let sentences = document.sentences.iter().zip(&marks.sentences).map(|(sentence, score)| {
            SentenceObject {
                start: ruler.tell(sentence.span.from()),
                end: ruler.tell(sentence.span.to()),
                block: document.blocks[sentence.block as usize].kind,
                loaded: round(score.loaded),
                hedged: round(score.hedged),
                hedged_by_guide: round(score.hedged_by_guide),
                attributed: score.attributed,
            }
        });
        let skipped = document.blocks.iter().filter(|b| !b.is_prose());
        MarksObject {
            sentences: sentences.collect(),
            attributions: marks.attributions.iter().map(|a| attribution(a, words)).collect(),
            quotes: layer(Layer::Quote, false),
            hedges: layer(Layer::Hedge, false),
            boosters: layer(Layer::Booster, false),
            loaded: layer(Layer::Loaded, true),
            targets: mentions(scored)
                .into_iter()
                .map(|(target, m)| mention(target, m, words(m.span)))
                .collect(),
            words: scored
                .scores
                .iter()
                .flat_map(|s| s.words.iter().map(move |w| (s.axis, w)))
                .map(|(axis, w)| WordObject {
                    words: words(document.tokens[w.token].span),
                    axis,
                    times: w.times,
                    contribution: round(w.part),
                })
                .collect(),
            provenance: marks.provenance.iter().map(|span| words(*span)).collect(),
            skipped: skipped
                .map(|b| SkippedObject { words: words(b.span), block: b.kind, reason: b.reason })
                .collect(),
        }
    }
}

fn attribution<'a>(a: &'a Attribution, words: impl Fn(Span) -> Words<'a>) -> AttributionObject<'a> {
    let all = |spans: &[Span]| spans.iter().map(|s| words(*s)).collect();
    AttributionObject {
        kind: a.kind.name(),
        act: a.act.name(),
        source_class: a.source_class.name(),
        speakers: &a.speakers,
        reporter: a.reporter.as_deref(),
        confidence: round(a.confidence),
        source: all(&a.source),
        cue: all(&a.cue),
        content: all(&a.content),
    }
}

fn mark<'a>(mark: &Mark, words: Words<'a>, weighed: bool) -> MarkObject<'a> {
    MarkObject {
        words,
        class: mark.class,
        weight: weighed.then(|| round(mark.value)),
        own_voice: mark.own_voice,
    }
}

fn mention<'a>(target: &'a Target, mention: &'a Mention, words: Words<'a>) -> MentionObject<'a> {
    MentionObject {
        words,
        target: &target.name,
        stance: mention.polarity.class(),
        role: mention.role.class(),
        probabilities: stances(mention.polarity.probabilities),
        own_voice: mention.own_voice,
        speaker: mention.speaker.as_deref(),
    }
}

/// All mentions: those asked for by their place first, in the order of asking, then the others in order of place.
pub(super) fn mentions<'a>(scored: &'a Scored<'_>) -> Vec<(&'a Target, &'a Mention)> {
    let mut all: Vec<_> =
        scored.marks.targets.iter().flat_map(|t| t.mentions.iter().map(move |m| (t, m))).collect();
    all.sort_by_key(|(_, m)| (m.span.start, m.span.end));
    let asked: Vec<Span> = scored
        .article
        .targets
        .iter()
        .filter_map(|request| match request {
            TargetRequest::Mention { start, end } => Some(Span::new(*start, *end)),
            TargetRequest::Name(_) => None,
        })
        .collect();
    if asked.is_empty() {
        return all;
    }
    let mut taken = vec![false; all.len()];
    let mut out = Vec::with_capacity(all.len());
    for span in asked {
        let key = |index: usize| (all[index].1.span.start, all[index].1.span.end);
        let first =
            all.partition_point(|(_, m)| (m.span.start, m.span.end) < (span.start, span.end));
        let same = (first..all.len()).take_while(|index| key(*index) == (span.start, span.end));
        // A requested target answers a request before one that was found.
        let best = same
            .clone()
            .filter(|index| !taken[*index])
            .find(|index| all[*index].0.requested)
            .or_else(|| same.clone().find(|i| !taken[*i]));
        // The same place asked for twice has one mention: it answers both.
        if let Some(index) = best.or_else(|| same.clone().next()) {
            taken[index] = true;
            out.push(all[index]);
        }
    }
    out.extend(all.iter().zip(taken).filter(|(_, taken)| !taken).map(|(mention, _)| *mention));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::mark::{Polarity, Role};
    use crate::score::Scorer;

    fn found(span: Span) -> Mention {
        Mention {
            span,
            polarity: Polarity::default(),
            role: Role::default(),
            own_voice: true,
            speaker: None,
        }
    }

    #[test]
    fn requested_mentions_answer_in_the_order_of_asking() {
        let mut article = Article::from_text("1", "Ann met Bob and Ann left.");
        article.targets = vec![
            TargetRequest::Mention { start: 16, end: 19 },
            TargetRequest::Mention { start: 8, end: 11 },
        ];
        let mut scored = Scorer::builtin().expect("builtin").score(&article);
        let target = |name: &str, spans: &[(usize, usize)]| Target {
            code: None,
            name: name.to_owned(),
            requested: true,
            mentions: spans.iter().map(|(s, e)| found(Span::new(*s, *e))).collect(),
            polarity: Polarity::default(),
            role: Role::default(),
        };
        scored.marks.targets = vec![target("Ann", &[(0, 3), (16, 19)]), target("Bob", &[(8, 11)])];
        let places: Vec<u32> = mentions(&scored).iter().map(|(_, m)| m.span.start).collect();
        assert_eq!(places, [16, 8, 0]);
    }
}

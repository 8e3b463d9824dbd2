//! Hedging: words that limit commitment to a claim, and words that strengthen it.
//!
//! The lexicon names candidates and their classes; a fitted decision ([`cue`]) judges each where it stands ("may" the
//! verb, "could" as doubt and not as past ability), a second one ([`sentence`]) the sentence as a whole.

pub(crate) mod cue;
mod features;
pub(crate) mod sentence;
#[cfg(test)]
mod tests;

use crate::entity::Covered;
use crate::family::def::{Context, Family};
use crate::lexicon::{Hit, Lexicon};
use crate::linear::Linear;
use crate::mark::{Layer, Mark, Marks};
use crate::text::{Document, Kind, Word};
use sentence::Judged;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The hedging family.
pub(super) static FAMILY: Family = Family {
    name: "hedging",
    doc: "How far the article limits or strengthens its commitment to what it says.",
    reads: &[Layer::Content],
    writes: &[Layer::Hedge, Layer::Booster],
    classes: CLASSES,
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: features::FEATURES,
};

/// Classes of the lexicon. The first six hedge a claim and are judged; approximators and vague words blur a figure or
/// an extent and leave the claim whole.
pub(crate) const CLASSES: &[&str] = &[
    "modal",
    "epistemic",
    "doxastic",
    "investigative",
    "conditional",
    "hearsay",
    APPROXIMATOR,
    VAGUE,
    BOOSTER,
];
const APPROXIMATOR: &str = "approximator";
const VAGUE: &str = "vague";
const BOOSTER: &str = "booster";

/// A candidate at least this probable is marked: chosen on newswire, where it gives the best F1 of exact cues.
pub(crate) const MARKED: f64 = 0.4;

/// True for the classes that hedge a claim.
pub(crate) fn is_hedge(class: &str) -> bool {
    !matches!(class, APPROXIMATOR | VAGUE | BOOSTER)
}

/// Lexicon hits of a document that may count: none inside a name, approximators only before a figure.
pub(crate) fn candidates(
    document: &Document<'_>,
    covered: &Covered,
    lexicon: &Lexicon,
) -> Vec<Hit> {
    let mut hits = lexicon.find(document, 0..document.tokens.len());
    hits.retain(|hit| {
        !covered.meets(hit.first..hit.last)
            && (lexicon.class(hit.entry) != APPROXIMATOR || figure_follows(document, hit.last))
    });
    hits
}

static NUMERALS: LazyLock<BTreeSet<Word>> = LazyLock::new(|| {
    "half third quarter one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty \
     ninety hundred hundreds thousand thousands million millions billion billions dozen dozens"
        .split_whitespace()
        .map(Word::of)
        .collect()
});

/// A number next, perhaps after an article, a hyphenated "two-thirds" or a sign of currency.
fn figure_follows(document: &Document<'_>, at: usize) -> bool {
    let figure = |index: usize| {
        let token = document.tokens.get(index)?;
        let head = document.form(index).split_once('-').map(|(head, _)| Word::of(head));
        Some(
            token.kind == Kind::Number
                || NUMERALS.contains(&token.word)
                || head.is_some_and(|w| NUMERALS.contains(&w)),
        )
    };
    let skips = matches!(document.form(at), "a" | "the" | "$" | "£" | "€" | "an" | "US");
    figure(at) == Some(true) || skips && (figure(at + 1) == Some(true))
}

/// Hits of one sentence, judged; without a fitted decision each has the weight of its entry.
pub(crate) fn judge(
    document: &Document<'_>,
    lexicon: &Lexicon,
    decision: Option<&Linear>,
    hits: &[Hit],
    out: &mut Vec<Judged>,
) {
    out.clear();
    for (index, hit) in hits.iter().enumerate() {
        let probability = match decision {
            _ if !is_hedge(lexicon.class(hit.entry)) => 1.0,
            Some(linear) => {
                let mut score = linear.start();
                cue::inputs(document, lexicon, hits, index, &mut score);
                score.probability()
            }
            None => lexicon.entries[hit.entry].weight.clamp(0.0, 1.0),
        };
        out.push(Judged { entry: hit.entry, probability });
    }
}

/// The hits cut by sentence: (index of the sentence, its hits).
pub(crate) fn by_sentence<'h>(
    document: &Document<'_>,
    hits: &'h [Hit],
) -> impl Iterator<Item = (usize, &'h [Hit])> {
    hits.chunk_by(|a, b| document.sentence_of[a.first] == document.sentence_of[b.first])
        .map(|chunk| (document.sentence_of[chunk[0].first] as usize, chunk))
}

/// Probability that a sentence is hedged, from its judged hits.
pub(crate) fn hedged(
    lexicon: &Lexicon,
    decision: Option<&Linear>,
    judged: &[Judged],
    tokens: usize,
) -> f64 {
    match decision {
        Some(linear) => {
            let mut score = linear.start();
            sentence::inputs(lexicon, judged, tokens, &mut score);
            score.probability()
        }
        None => sentence::any(lexicon, judged),
    }
}

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let (document, lexicon) = (context.document, context.lexicon);
    let cues = context.models.get(cue::TASK);
    let hits = candidates(document, context.covered, lexicon);
    let mut judged = Vec::new();
    let mut next = 0;
    for (index, chunk) in by_sentence(document, &hits) {
        plain_sentences(context, marks, next..index);
        next = index + 1;
        judge(document, lexicon, cues, chunk, &mut judged);
        score(context, marks, index, &judged);
        if document.is_prose(&document.sentences[index]) {
            for (hit, one) in chunk.iter().zip(&judged) {
                push(context, marks, *hit, *one);
            }
        }
    }
    plain_sentences(context, marks, next..document.sentences.len());
}

/// Sentences without a hit.
fn plain_sentences(context: &Context<'_>, marks: &mut Marks, range: Range<usize>) {
    for index in range {
        score(context, marks, index, &[]);
    }
}

/// Both probabilities of a sentence.
fn score(context: &Context<'_>, marks: &mut Marks, index: usize, judged: &[Judged]) {
    let tokens = context.document.sentences[index].tokens().len();
    let [wide, narrow] = [sentence::TASK, sentence::GUIDE]
        .map(|task| hedged(context.lexicon, context.models.get(task), judged, tokens));
    marks.sentences[index].hedged = wide;
    marks.sentences[index].hedged_by_guide = narrow;
}

fn push(context: &Context<'_>, marks: &mut Marks, hit: Hit, judged: Judged) {
    let class = context.lexicon.class(hit.entry);
    if judged.probability < MARKED {
        return;
    }
    let (layer, value) = match class {
        BOOSTER => (Layer::Booster, context.lexicon.entries[hit.entry].weight),
        _ => (Layer::Hedge, judged.probability),
    };
    let tokens = &context.document.tokens;
    let span = tokens[hit.first].span.cover(tokens[hit.last - 1].span);
    marks.push(Mark {
        layer,
        class,
        span,
        own_voice: marks.is_own_voice(hit.first),
        value,
        group: 0,
    });
}

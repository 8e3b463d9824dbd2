//! Tone: the words that judge or inflame, in whose voice they stand, and how loaded each sentence is.

mod features;
mod load;
mod sentence;

use crate::entity::Covered;
use crate::family::def::{Context, Family};
use crate::mark::{Layer, Mark, Marks};
use crate::text::{BlockKind, Case, Document, Kind, Span};
pub(crate) use load::{LEARNED, Loads, OWN};
pub(crate) use sentence::{Pools, Sentences};

/// The tone family.
pub(super) static FAMILY: Family = Family {
    name: "tone",
    doc: "Words that judge or inflame: how many, of what kind, in the article's own voice or its sources', and how they pile up in sentences.",
    reads: &[Layer::Quote, Layer::Content],
    writes: &[Layer::Loaded],
    classes: &[
        class::NAME_CALLING,
        class::EMOTIVE,
        class::PRAISE,
        class::ATTACK,
        class::EXAGGERATION,
        class::INTENSIFIER,
        class::SARCASM,
        class::VERDICT,
        class::CLICKBAIT,
        class::US_THEM,
        class::PLAIN,
        class::NAMING,
    ],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: features::FEATURES,
};

/// Name of the span-level decision that holds the words' weights.
pub(crate) const WORDS: &str = "loaded-words";
/// Name of the span-level decision over a sentence's pools.
pub(crate) const SENTENCE: &str = "loaded-sentence";

/// Classes of loaded words, and the two of words that take part without being loaded.
pub(crate) mod class {
    /// An insult for somebody.
    pub(crate) const NAME_CALLING: &str = "name-calling";
    /// Anger, disgust, fear, grief, contempt.
    pub(crate) const EMOTIVE: &str = "emotive";
    /// Admiration.
    pub(crate) const PRAISE: &str = "praise";
    /// Violence and contempt for acts of speech and politics.
    pub(crate) const ATTACK: &str = "attack";
    /// More than can be.
    pub(crate) const EXAGGERATION: &str = "exaggeration";
    /// The writer's own stress.
    pub(crate) const INTENSIFIER: &str = "intensifier";
    /// The opposite is meant.
    pub(crate) const SARCASM: &str = "sarcasm";
    /// The article rules on a claim itself.
    pub(crate) const VERDICT: &str = "verdict";
    /// Bait of headlines.
    pub(crate) const CLICKBAIT: &str = "clickbait";
    /// We, the good ones, against them.
    pub(crate) const US_THEM: &str = "us-them";
    /// Grave facts and fixed phrases: no mark, no weight.
    pub(crate) const PLAIN: &str = "plain";
    /// Before a quotation that is a name, a term or speech: no mark, no weight.
    pub(crate) const NAMING: &str = "naming";
    /// A word whose weight was learned, in no hand-made entry.
    pub(crate) const LEARNED: &str = "learned";
    /// One to three words in quotation marks, at a distance from them.
    pub(crate) const SCARE_QUOTE: &str = "scare-quote";
}

/// [`Mark::group`] of marks in the headline; those in prose have 0.
const IN_HEADLINE: u32 = 1;
/// A learned word is marked from this weight on; below it only counts in its sentence.
const MARKED: f32 = 0.9;
/// Weight of a scare quote.
const SCARE: f64 = 0.6;
/// How far before a quotation a naming word is looked for, tokens.
const NAMING_REACH: usize = 3;

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let document = context.document;
    let loads =
        Loads::measure(document, context.covered, context.lexicon, context.models.get(WORDS));
    let decision = context.models.get(SENTENCE);
    let sentences = Sentences::of(document, context.covered, context.lexicon, &loads, marks);
    let loaded: Vec<f64> =
        (0..document.sentences.len()).map(|at| sentences.probability(at, decision)).collect();
    marks.sentences.iter_mut().zip(loaded).for_each(|(score, p)| score.loaded = p);
    let mut found = scare_quotes(context, &loads, marks);
    found.extend(words(context, &loads, marks));
    found.sort_by_key(|m| (m.span.start, m.span.end));
    for mark in found {
        marks.push(mark);
    }
    marks.title_loaded = title(context);
}

/// Weight of the title's loaded words, where the text does not open with the title.
fn title(context: &Context<'_>) -> f64 {
    let Some(title) = context.article.title.as_deref().map(str::trim).filter(|t| !t.is_empty())
    else {
        return 0.0;
    };
    if context.document.text.trim_start().starts_with(title) {
        return 0.0;
    }
    let document = Document::new(title);
    let covered = Covered::of_title(&document, context.names);
    let loads = Loads::measure(&document, &covered, context.lexicon, context.models.get(WORDS));
    let mut sum = 0.0;
    let mut next = 0;
    let mut add = |_: &'static str, _: usize, _: usize, value: f64| sum += value;
    for hit in &loads.hits {
        learned(&loads, next..hit.first, &mut add);
        let class = context.lexicon.class(hit.entry);
        if class != class::PLAIN && class != class::NAMING {
            add(class, hit.first, hit.last, context.lexicon.entries[hit.entry].weight);
        }
        next = hit.last;
    }
    learned(&loads, next..document.tokens.len(), &mut add);
    sum
}

/// Where a mark may stand: prose (group 0) and the headline (group 1).
fn place(document: &Document<'_>, token: usize) -> Option<u32> {
    let block =
        &document.blocks[document.sentences[document.sentence_of[token] as usize].block as usize];
    match block.kind {
        _ if block.is_prose() => Some(0),
        BlockKind::Headline => Some(IN_HEADLINE),
        _ => None,
    }
}

/// Hits of the hand-made list, and learned words from [`MARKED`] on.
fn words(context: &Context<'_>, loads: &Loads, marks: &Marks) -> Vec<Mark> {
    let document = context.document;
    let mut out = Vec::new();
    let mut add = |class: &'static str, first: usize, last: usize, value: f64| {
        if let Some(group) = place(document, first) {
            let span = document.tokens[first].span.cover(document.tokens[last - 1].span);
            out.push(Mark {
                layer: Layer::Loaded,
                class,
                span,
                own_voice: marks.is_own_voice(first),
                value,
                group,
            });
        }
    };
    let mut next = 0;
    for hit in &loads.hits {
        learned(loads, next..hit.first, &mut add);
        let class = context.lexicon.class(hit.entry);
        if class != class::PLAIN && class != class::NAMING {
            add(class, hit.first, hit.last, context.lexicon.entries[hit.entry].weight);
        }
        next = hit.last;
    }
    learned(loads, next..document.tokens.len(), &mut add);
    out
}

fn learned(
    loads: &Loads,
    range: std::ops::Range<usize>,
    add: &mut impl FnMut(&'static str, usize, usize, f64),
) {
    for token in range {
        if loads.values[token] >= MARKED {
            add(class::LEARNED, token, token + 1, f64::from(loads.values[token]));
        }
    }
}

/// Short quotations in the article's own voice that are no name, no term and nobody's words.
fn scare_quotes(context: &Context<'_>, loads: &Loads, marks: &Marks) -> Vec<Mark> {
    let document = context.document;
    let mut out = Vec::new();
    for quote in marks.layer(Layer::Quote).iter().filter(|m| m.class == "short") {
        let first = document.token_from(quote.span.start);
        let own = marks.is_own_voice(first) && marks.is_own_voice(first + 1);
        let reach = first.saturating_sub(NAMING_REACH);
        let from = loads.hits.partition_point(|h| h.last <= reach);
        let named = loads.hits[from..]
            .iter()
            .take_while(|h| h.first < first)
            .any(|h| context.lexicon.class(h.entry) == class::NAMING);
        if own
            && !named
            && !names(document, quote.span)
            && let Some(group) = place(document, first)
        {
            out.push(Mark {
                layer: Layer::Loaded,
                class: class::SCARE_QUOTE,
                span: quote.span,
                own_voice: true,
                value: SCARE,
                group,
            });
        }
    }
    out
}

/// Capitals, digits or no words at all between the marks: a name, a number.
fn names(document: &Document<'_>, span: Span) -> bool {
    document.tokens_within(span).filter(|&t| document.tokens[t].is_word()).all(|t| {
        let token = &document.tokens[t];
        token.kind == Kind::Number || token.case != Case::Lower
    })
}

#[cfg(test)]
mod tests;

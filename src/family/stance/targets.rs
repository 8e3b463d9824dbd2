//! Toward whom a stance is judged: those asked for, or else those the article is about.

use crate::article::TargetRequest;
use crate::entity::{How, Named, Names, request_words};
use crate::family::def::Context;
use crate::mark::{Marks, SourceClass};
use crate::text::{BlockKind, Document, Span, Word};

/// A target before its stance is known.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) requested: bool,
    /// Asked for at one mention only, not over the article.
    pub(super) at_mention: bool,
    pub(super) mentions: Vec<Span>,
}

/// Most targets that are found without being asked for.
const MOST: usize = 8;
/// Persons named once are added while there are fewer targets than this.
const FILLED: usize = 5;
/// What a mention adds to a name's rank.
mod rank {
    /// In the headline.
    pub(super) const HEADLINE: f64 = 2.0;
    /// By name in the prose.
    pub(super) const NAME: f64 = 1.0;
    /// By a pronoun or a role.
    pub(super) const OTHER: f64 = 0.5;
    /// Articles are about people first.
    pub(super) const PERSON: f64 = 1.5;
    /// As the source of a statement: who speaks is less often whom the article is about.
    pub(super) const SOURCE: f64 = 0.5;
}

/// The targets of an article, in order of request, or of rank.
pub(super) fn find(context: &Context<'_>, marks: &Marks) -> Vec<Found> {
    let requests = &context.article.targets;
    if requests.is_empty() {
        return ranked(context.names, marks);
    }
    requests.iter().map(|request| requested(context.document, context.names, request)).collect()
}

fn requested(document: &Document<'_>, names: &Names, request: &TargetRequest) -> Found {
    match request {
        TargetRequest::Mention { start, end } => {
            let span = Span::new(*start, *end);
            Found {
                name: span.slice(document.text).to_owned(),
                requested: true,
                at_mention: true,
                mentions: vec![span],
            }
        }
        TargetRequest::Name(name) => {
            let mentions = match names.entity(name) {
                Some(entity) => {
                    names.mentions.iter().filter(|m| m.entity == entity).map(|m| m.span).collect()
                }
                None => literal(document, &request_words(name)),
            };
            Found { name: name.clone(), requested: true, at_mention: false, mentions }
        }
    }
}

/// The very words, wherever prose or the headline has them.
fn literal(document: &Document<'_>, words: &[Word]) -> Vec<Span> {
    let Some(&first) = words.first() else { return Vec::new() };
    let mut out = Vec::new();
    for sentence in &document.sentences {
        let block = &document.blocks[sentence.block as usize];
        if !(block.is_prose() || block.kind == BlockKind::Headline) {
            continue;
        }
        let range = sentence.tokens();
        for at in range.clone().filter(|&t| document.tokens[t].word == first) {
            let last = at + words.len();
            if last <= range.end
                && document.tokens[at..last].iter().zip(words).all(|(t, w)| t.word == *w)
            {
                out.push(document.tokens[at].span.cover(document.tokens[last - 1].span));
            }
        }
    }
    out
}

/// Places of the sources, in order, and whether they are media.
fn sources(marks: &Marks) -> Vec<(Span, bool)> {
    let of = |a: &crate::mark::Attribution| a.source_class == SourceClass::Media;
    let mut out: Vec<(Span, bool)> =
        marks.attributions.iter().flat_map(|a| a.source.iter().map(|s| (*s, of(a)))).collect();
    out.sort_unstable();
    out
}

fn weight(mention: &Named, sources: &[(Span, bool)]) -> f64 {
    let plain = match (mention.prose, mention.how) {
        _ if mention.dateline => return 0.0,
        (false, _) => rank::HEADLINE,
        (true, How::Name) => rank::NAME,
        (true, _) => rank::OTHER,
    };
    let at = sources.partition_point(|(s, _)| s.start <= mention.span.start);
    match at.checked_sub(1).map(|at| sources[at]) {
        Some((source, media)) if source.contains(mention.span) => {
            if media {
                0.0
            } else {
                plain * rank::SOURCE
            }
        }
        _ => plain,
    }
}

/// Those with two mentions, or one in the headline; the most mentioned first.
fn ranked(names: &Names, marks: &Marks) -> Vec<Found> {
    let sources = sources(marks);
    let mut weights = vec![0.0; names.entities.len()];
    let mut counts = vec![0_usize; names.entities.len()];
    for mention in &names.mentions {
        let weight = weight(mention, &sources);
        weights[mention.entity] += weight;
        if weight > 0.0 {
            counts[mention.entity] += if mention.prose { 1 } else { 2 };
        }
    }
    for (weight, entity) in weights.iter_mut().zip(&names.entities) {
        if entity.person {
            *weight *= rank::PERSON;
        }
    }
    let mut order: Vec<usize> = (0..names.entities.len()).filter(|&e| counts[e] >= 1).collect();
    // In a short article the main person may be named once: a person fills up what repeated names leave free.
    order.sort_by(|&a, &b| {
        (counts[b] >= 2)
            .cmp(&(counts[a] >= 2))
            .then(weights[b].total_cmp(&weights[a]))
            .then(a.cmp(&b))
    });
    let repeated = order.iter().filter(|&&e| counts[e] >= 2).count();
    let once = order.split_off(repeated).into_iter().filter(|&e| names.entities[e].person);
    order.truncate(MOST);
    order.extend(once.take(FILLED.saturating_sub(repeated)));
    let mentions = |entity: usize| {
        names.mentions.iter().filter(|m| m.entity == entity).map(|m| m.span).collect()
    };
    order
        .into_iter()
        .map(|e| Found {
            name: names.entities[e].name.clone(),
            requested: false,
            at_mention: false,
            mentions: mentions(e),
        })
        .collect()
}

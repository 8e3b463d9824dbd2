//! What the fitted stages leave over and a rule reads rightly: quotations beside or after an attributed statement, and
//! sentences of the form "According to X, Y.".

use super::first::{Tagged, kind};
use super::introduced::{add_agents, add_introduced, add_signed};
use super::raw::{Raw, is_one_of};
use super::spoken::add_block_quotations;
use super::unsourced::add_feared;
use crate::mark::{Layer, Marks};
use crate::text::{Block, Document, Span, Word};
use std::sync::LazyLock;

/// Confidence of a quotation that follows an attributed one. Set by hand, not measured.
const FOLLOWS: f64 = 0.5;

/// Adds what the fitted stages leave over. `raws` stay in order of their content's place.
pub(crate) fn add(document: &Document<'_>, marks: &Marks, tagged: &[Tagged], raws: &mut Vec<Raw>) {
    add_according(document, raws);
    add_agents(document, raws);
    add_introduced(document, marks, tagged, raws);
    add_following(document, marks, tagged, raws);
    add_signed(document, marks, raws);
    add_feared(document, raws);
    add_block_quotations(document, tagged, raws);
}

/// Adds a follow-on attribution, without a cue, for each quotation of whole sentences that no content touches and that
/// stands in a paragraph with an attribution that has a source, or opens the next paragraph. `raws` stay in order of
/// their content's place.
fn add_following(document: &Document<'_>, marks: &Marks, tagged: &[Tagged], raws: &mut Vec<Raw>) {
    let mut taken: Vec<Span> = raws.iter().flat_map(|r| r.content.iter().copied()).collect();
    taken.sort_unstable();
    let (mut added, mut joined) = (Vec::new(), Vec::new());
    let mut next = 0;
    let mut before: Option<usize> = None;
    let quotes = marks
        .layer(Layer::Quote)
        .iter()
        .filter(|m| !matches!(m.class, "nested" | "title" | "mock"));
    for quote in quotes {
        let touched = taken.partition_point(|s| s.end <= quote.span.start);
        if taken.get(touched).is_some_and(|s| s.start < quote.span.end) {
            continue;
        }
        while next < raws.len()
            && raws[next].content.first().is_some_and(|s| s.start < quote.span.start)
        {
            if !raws[next].source.is_empty() {
                before = Some(next);
            }
            next += 1;
        }
        let Some(own) = before else { continue };
        let speech = &raws[own];
        if !follows(document, speech, quote.span) {
            continue;
        }
        let resumed = resumes(document, speech, quote.span);
        if quote.class != "full" && !resumed {
            continue;
        }
        let beside = |wanted: u8| beside(document, tagged, quote.span, wanted);
        let (source, cue) = (beside(SOURCE), beside(CUE));
        let piece = source.is_none() && cue.is_none() && touches(document, speech, quote.span);
        if resumed || piece {
            joined.push((own, quote.span));
        } else if quote.value >= SPEECH {
            let source = source.map_or_else(|| speech.source.clone(), |s| vec![s]);
            let confidence = FOLLOWS.min(speech.confidence);
            added.push(Raw {
                source,
                cue: cue.into_iter().collect(),
                content: vec![quote.span],
                confidence,
            });
        }
    }
    for (own, piece) in joined {
        raws[own].content.push(piece);
    }
    raws.append(&mut added);
    raws.sort_by_key(|r| r.content.first().copied());
}

/// Fewest words of a quotation that is a statement by itself.
const SPEECH: f64 = 4.0;

/// “Have you any idea,” Marr said, “what it costs?”: in the same sentence, behind the source and the cue, with a comma before it.
fn resumes(document: &Document<'_>, speech: &Raw, quote: Span) -> bool {
    let end = |spans: &[Span]| spans.iter().map(|s| s.end).filter(|end| *end <= quote.start).max();
    let Some((said, told)) = end(&speech.content).zip(end(&speech.source).max(end(&speech.cue)))
    else {
        return false;
    };
    let between = Span { start: told, end: quote.start };
    let opens = speech.content.first().is_some_and(|s| {
        is_one_of(document, document.token_from(s.start), &["“", "\"", "‘", "'", "«"])
    });
    said <= told
        && opens
        && document.sentence_at(said.saturating_sub(1)) == document.sentence_at(quote.start)
        && between.slice(document.text).trim() == ","
}

/// A sentence of its own that no words part from the last piece of an attribution.
fn touches(document: &Document<'_>, speech: &Raw, quote: Span) -> bool {
    let opens = document
        .sentence_at(quote.start)
        .is_some_and(|s| document.sentences[s].span.start == quote.start);
    let pieces = speech.content.iter().chain(&speech.cue).chain(&speech.source);
    let end = pieces.map(|s| s.end).filter(|end| *end <= quote.start).max().unwrap_or(quote.start);
    opens && document.words_within(Span { start: end, end: quote.start }) == 0
}

/// Confidence of "According to X, Y."; the shape itself attributes.
const ACCORDING: f64 = 0.8;
/// Most tokens of X.
const LONGEST_SOURCE: usize = 16;
/// Least confidence at which the fitted stages' own reading of a place stands against a rule's.
pub(super) const STANDS: f64 = 0.5;

static ACCORDING_TO: LazyLock<[Word; 2]> =
    LazyLock::new(|| [Word::of("according"), Word::of("to")]);

/// Reads sentences of the form "According to X, Y." where the fitted stages found nothing that they are sure of. `raws`
/// stay in order of their content's place.
fn add_according(document: &Document<'_>, raws: &mut Vec<Raw>) {
    let mut stays = vec![true; raws.len()];
    let mut added = Vec::new();
    for sentence in document.prose_sentences() {
        let tokens = sentence.tokens();
        let first = tokens.start;
        if tokens.len() < 6
            || document.tokens[first].word != ACCORDING_TO[0]
            || document.tokens[first + 1].word != ACCORDING_TO[1]
        {
            continue;
        }
        let source = first + 2;
        let Some(comma) = (source + 1..tokens.end.min(source + LONGEST_SOURCE))
            .find(|&i| document.form(i) == ",")
        else {
            continue;
        };
        let Some(last) = (comma + 1..tokens.end).rev().find(|&i| document.tokens[i].is_word())
        else {
            continue;
        };
        let span = |a: usize, b: usize| document.tokens[a].span.cover(document.tokens[b].span);
        let reach = |r: &Raw| r.content.iter().chain(&r.cue).any(|s| s.overlaps(sentence.span));
        let start =
            raws.partition_point(|r| r.content.last().is_none_or(|s| s.end <= sentence.span.start));
        let end = start + raws[start..].iter().take_while(|r| reach(r)).count();
        if raws[start..end].iter().any(|r| r.confidence >= STANDS) {
            continue;
        }
        stays[start..end].fill(false);
        added.push(Raw {
            source: vec![span(source, comma - 1)],
            cue: vec![span(first, first + 1)],
            content: vec![span(comma + 1, last)],
            confidence: ACCORDING,
        });
    }
    let mut stays = stays.into_iter();
    raws.retain(|_| stays.next().unwrap_or(true));
    raws.append(&mut added);
    raws.sort_by_key(|r| r.content.first().copied());
}

/// Kinds of tags.
const SOURCE: u8 = 1;
pub(super) const CUE: u8 = 2;
/// Most tokens between a quotation and its source or cue.
const BESIDE: usize = 8;

/// The piece that the first stage tagged as `wanted`, in the sentence in which the quotation ends, or else in which it
/// begins, and outside of it.
fn beside(document: &Document<'_>, tagged: &[Tagged], quote: Span, wanted: u8) -> Option<Span> {
    let first = document.token_from(quote.start);
    let end = document.token_behind(quote.end);
    let is = |i: &usize| kind(tagged[*i].tag) == wanted;
    let sentence = |i: usize| document.sentences[document.sentence_of[i] as usize].tokens();
    if first >= end {
        return None;
    }
    let after = end..sentence(end - 1).end;
    let before = sentence(first).start..first;
    let (start, stop) = if let Some(start) = after.clone().take(BESIDE).find(is) {
        (start, (start..after.end).find(|i| !is(i)).unwrap_or(after.end))
    } else {
        let last = before.clone().rev().take(BESIDE).find(is)?;
        ((before.start..=last).rev().find(|i| !is(i)).map_or(before.start, |i| i + 1), last + 1)
    };
    // "she shouted to | the crowd": who hears it is not its source, and "to" alone says nothing.
    let heard = match wanted {
        SOURCE => start > 0 && document.form(start - 1) == "to",
        _ => stop == start + 1 && document.form(start) == "to",
    };
    (!heard).then(|| document.tokens[start].span.cover(document.tokens[stop - 1].span))
}

/// In the same paragraph, or at the start of the next one.
fn follows(document: &Document<'_>, speech: &Raw, quote: Span) -> bool {
    let block = |at: u32| document.sentence_at(at).map(|s| &document.sentences[s]);
    let Some((last, here)) =
        speech.content.last().and_then(|s| block(s.start)).zip(block(quote.start))
    else {
        return false;
    };
    if last.block == here.block {
        return true;
    }
    let opens = document.blocks[here.block as usize].span.start == quote.start;
    opens
        && last.block < here.block
        && !document.blocks[last.block as usize + 1..here.block as usize]
            .iter()
            .any(Block::is_prose)
}

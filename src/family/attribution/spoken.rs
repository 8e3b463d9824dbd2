//! Block quotations and turns: all their words are somebody's, whatever else is found inside of them.

use super::first::Tagged;
use super::introduced::introduction;
use super::raw::{Raw, is_one_of, span_of};
use super::rules::STANDS;
use crate::text::{Block, BlockKind, Document, Span};
use std::ops::Range;

/// Confidence of a block quotation whose speaker is told, and of one that nobody is named for.
const NAMED: f64 = 0.9;
const UNNAMED: f64 = 0.6;
/// Attributions that are looked at around the end of a sentence.
const NEAR: usize = 8;
/// Longest sentence without a colon that introduces a block quotation, tokens.
const INTRODUCTION: usize = 40;

/// Ranges of neighbouring blocks that are one block quotation.
pub(super) fn quotations(document: &Document<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Blockquote {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == index && document.blocks[index - 1].by == block.by => {
                last.end = index + 1;
            }
            _ => out.push(index..index + 1),
        }
    }
    out
}

fn spans(document: &Document<'_>, blocks: &Range<usize>) -> Vec<Span> {
    document.blocks[blocks.clone()].iter().map(|b| b.span).collect()
}

/// Adds block quotations that the sentence before them introduces: "In a letter, Ms. Dorn wrote:". `raws` stay in order of
/// their content's place.
pub(super) fn add_block_quotations(
    document: &Document<'_>,
    tagged: &[Tagged],
    raws: &mut Vec<Raw>,
) {
    let mut added = Vec::new();
    for quotation in quotations(document) {
        let before = quotation.start.checked_sub(1).map(|at| &document.blocks[at]);
        let Some(lead) = before.filter(|b| b.kind == BlockKind::Prose) else { continue };
        if document.blocks[quotation.start].by.is_some() {
            continue;
        }
        let Some(sentence) = lead.span.end.checked_sub(1).and_then(|at| document.sentence_at(at))
        else {
            continue;
        };
        let sentence = &document.sentences[sentence];
        let tokens = sentence.tokens();
        let colon = document.form(tokens.end - 1) == ":";
        let content = |r: &Raw| r.content.iter().chain(&r.cue).any(|s| s.overlaps(sentence.span));
        let near =
            raws.partition_point(|r| r.content.last().is_none_or(|s| s.end <= sentence.span.start));
        let full = || raws[near..].iter().take(NEAR).any(|r| r.confidence >= STANDS && content(r));
        if !colon && (tokens.len() > INTRODUCTION || full()) {
            continue;
        }
        let found = introduction(document, tagged, tokens.clone())
            .or_else(|| subject(document, tagged, tokens).filter(|_| colon));
        if let Some((source, cue)) = found
            && (colon || cue.is_some())
        {
            added.push(Raw {
                source: vec![source],
                cue: cue.into_iter().collect(),
                content: spans(document, &quotation),
                confidence: NAMED,
            });
        }
    }
    raws.append(&mut added);
    raws.sort_by_key(|r| r.content.first().copied());
}

/// Words that open a phrase before the subject: "In a letter, Dorn wrote:".
const OPENERS: &[&str] =
    &["in", "on", "at", "after", "before", "for", "with", "from", "to", "as", "by"];
/// Verbs with which papers introduce what stands in them.
const TELLS: &[&str] = &[
    "states",
    "stated",
    "reads",
    "read",
    "says",
    "said",
    "writes",
    "wrote",
    "notes",
    "noted",
    "concludes",
    "concluded",
    "warns",
    "warned",
    "declares",
    "declared",
    "posted",
    "tweeted",
    "continues",
    "continued",
    "finds",
    "found",
];
/// Least rate of a cue in such a sentence.
const CUE: f32 = 0.1;

/// The subject of a sentence before a colon, where the first stage is sure of no source: what stands before its likeliest cue.
fn subject(
    document: &Document<'_>,
    tagged: &[Tagged],
    tokens: Range<usize>,
) -> Option<(Span, Option<Span>)> {
    let tells = |t: &usize| is_one_of(document, *t, TELLS);
    let last = (tokens.start..tokens.end).rev().find(|&t| document.tokens[t].is_word());
    let cue = last.filter(tells).or_else(|| {
        let likeliest = tokens.clone().max_by(|&a, &b| tagged[a].cue.total_cmp(&tagged[b].cue));
        likeliest.filter(|&t| tagged[t].cue >= CUE)
    });
    let cue = cue.filter(|&t| t > tokens.start)?;
    let comma = |from: usize| (from..cue).find(|&t| document.form(t) == ",");
    let opens = is_one_of(document, tokens.start, OPENERS);
    let start = if opens { comma(tokens.start).map(|t| t + 1)? } else { tokens.start };
    let end = comma(start).unwrap_or(cue);
    Some((span_of(document, start..end)?, span_of(document, cue..cue + 1)))
}

/// The spoken block, or the question, that a span lies in.
fn spoken_at<'d>(document: &'d Document<'_>, span: Span) -> Option<&'d Block> {
    let at = document.blocks.partition_point(|b| b.span.end <= span.start);
    let block = document.blocks.get(at).filter(|b| b.span.overlaps(span))?;
    (block.is_spoken() || block.kind == BlockKind::Question).then_some(block)
}

/// Gives each block quotation whole to whom it belongs, and takes out what else was found in it, and in turns. Linear in
/// the attributions and blocks.
pub(super) fn settle(document: &Document<'_>, raws: Vec<Raw>) -> Vec<Raw> {
    if !document.blocks.iter().any(|b| b.is_spoken() || b.kind == BlockKind::Question) {
        return raws;
    }
    let quotations = quotations(document);
    let mut owners: Vec<Option<Raw>> = vec![None; quotations.len()];
    let mut out = Vec::with_capacity(raws.len() + quotations.len());
    for mut raw in raws {
        let outside = |s: &Span| spoken_at(document, *s).is_none();
        if !(raw.source.iter().all(outside) && raw.cue.iter().all(outside)) {
            continue;
        }
        for span in &raw.content {
            let at =
                quotations.partition_point(|q| document.blocks[q.end - 1].span.end <= span.start);
            let own = quotations.get(at).filter(|q| document.blocks[q.start].span.start < span.end);
            let better = own.is_some()
                && !raw.source.is_empty()
                && owners[at].as_ref().is_none_or(|o| o.confidence < raw.confidence);
            if better {
                owners[at] = Some(raw.clone());
            }
        }
        raw.content.retain(outside);
        if !raw.content.is_empty() {
            out.push(raw);
        }
    }
    for (quotation, owner) in quotations.iter().zip(owners) {
        let (source, cue) = match document.blocks[quotation.start].by {
            Some(by) => (vec![by], Vec::new()),
            None => owner.map_or_else(Default::default, |raw| (raw.source, raw.cue)),
        };
        let confidence = if source.is_empty() { UNNAMED } else { NAMED };
        out.push(Raw { source, cue, content: spans(document, quotation), confidence });
    }
    out.sort_by_key(|r| r.content.first().copied());
    out
}

/// What stands beside a name in its label or signature: office and organisation.
pub(super) fn role(document: &Document<'_>, by: Span) -> Option<String> {
    let at = document.blocks.partition_point(|b| b.span.end <= by.start);
    let block = document.blocks.get(at).filter(|b| b.span.contains(by))?;
    if block.is_prose() {
        return None;
    }
    let mark = |c: char| c.is_whitespace() || ",:;()[]*_.-–—|/".contains(c);
    let behind = Span { start: by.end, end: block.span.end }.slice(document.text);
    let before = Span { start: block.span.start, end: by.start }.slice(document.text);
    // "The Minister for Ports (Ana Dorn)": the office stands before the name.
    let before = before.trim_matches(mark);
    let told = if before.starts_with("The ") { before } else { behind.trim_matches(mark) };
    let words = told.split_whitespace().collect::<Vec<_>>().join(" ").replace(") (", ", ");
    let dated = words.chars().filter(char::is_ascii_digit).count() >= 3;
    (words.chars().any(char::is_alphabetic) && !words.starts_with('@') && !dated).then_some(words)
}

//! Quotations that the fitted stages leave over: whole sentences between marks, beside or after an attributed statement.

use super::raw::Raw;
use crate::mark::{Layer, Marks};
use crate::text::{Block, Document, Span};

/// Confidence of a quotation that follows an attributed one; the share of such that are right on PolNeAR's dev part.
const FOLLOWS: f64 = 0.5;

/// Adds a follow-on attribution, without a cue, for each quotation of whole sentences that no content touches and that
/// stands in a paragraph with an attribution that has a source, or opens the next paragraph. `raws` stay in order of
/// their content's place.
pub(crate) fn add_following(document: &Document<'_>, marks: &Marks, raws: &mut Vec<Raw>) {
    let mut taken: Vec<Span> = raws.iter().flat_map(|r| r.content.iter().copied()).collect();
    taken.sort_unstable();
    let mut added = Vec::new();
    let mut next = 0;
    let mut before: Option<usize> = None;
    let quotes = marks.layer(Layer::Quote).iter().filter(|m| m.class == "full" && m.value >= 4.0);
    for quote in quotes {
        let touched = taken.partition_point(|s| s.end <= quote.span.start);
        if taken.get(touched).is_some_and(|s| s.start < quote.span.end) {
            continue;
        }
        while next < raws.len() && raws[next].content.first().is_some_and(|s| s.start < quote.span.start) {
            if !raws[next].source.is_empty() {
                before = Some(next);
            }
            next += 1;
        }
        let Some(speech) = before.map(|b| &raws[b]) else { continue };
        if follows(document, speech, quote.span) {
            added.push(Raw { source: speech.source.clone(), cue: Vec::new(), content: vec![quote.span], confidence: FOLLOWS.min(speech.confidence) });
        }
    }
    raws.append(&mut added);
    raws.sort_by_key(|r| r.content.first().copied());
}

/// In the same paragraph, or at the start of the next one.
fn follows(document: &Document<'_>, speech: &Raw, quote: Span) -> bool {
    let block = |at: u32| document.sentence_at(at).map(|s| &document.sentences[s]);
    let Some((last, here)) = speech.content.last().and_then(|s| block(s.start)).zip(block(quote.start)) else { return false };
    if last.block == here.block {
        return true;
    }
    let opens = document.blocks[here.block as usize].span.start == quote.start;
    opens && last.block < here.block && !document.blocks[last.block as usize + 1..here.block as usize].iter().any(Block::is_prose)
}

//! Candidate cues, and the window of text in which each one's source and content are sought.

use super::columns::{Columns, quote};
use super::first::{Tagged, begins, kind};
use crate::text::Document;
use std::ops::Range;

/// A run of tokens that may be a cue.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) tokens: Range<usize>,
    /// Highest cue probability of its tokens.
    pub(super) p: f32,
    /// The token that is most likely to be a cue of those that can be by themselves.
    pub(super) head: usize,
    /// The tagger's best guess, not only a doubtful one.
    pub(super) best: bool,
    /// Tokens in which source and content are sought.
    pub(crate) window: Range<usize>,
}

/// Least cue probability of a candidate.
const LEAST: f32 = 0.1;
/// Most candidates in a sentence; the more probable ones are kept.
const MOST: usize = 12;
/// Most tokens of a cue.
const WIDEST: usize = 12;

/// All candidates, in order of place.
pub(crate) fn candidates(
    document: &Document<'_>,
    c: &Columns,
    tagged: &[Tagged],
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        if !document.is_prose(sentence) {
            continue;
        }
        let first = out.len();
        let range = sentence.tokens();
        let mut at = range.start;
        while at < range.end {
            let t = &tagged[at];
            let best = kind(t.tag) == 2;
            if !best && t.cue < LEAST {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < range.end && end - at < WIDEST && goes_on(&tagged[end], best) {
                end += 1;
            }
            let likely = |a: usize, b: usize| if tagged[b].cue > tagged[a].cue { b } else { a };
            let p = tagged[(at..end).reduce(likely).unwrap_or(at)].cue;
            // Nothing is said by "has" alone, however sure the tagger is of "has".
            if let Some(head) = (at..end).filter(|&i| c.can_say(document, i)).reduce(likely) {
                out.push(Candidate { tokens: at..end, p, head, best, window: 0..0 });
            }
            at = end;
        }
        if out.len() - first > MOST {
            out[first..].sort_by(|a, b| b.p.total_cmp(&a.p).then(a.head.cmp(&b.head)));
            out.truncate(first + MOST);
            out[first..].sort_by_key(|c| c.head);
        }
        for candidate in &mut out[first..] {
            candidate.window = window(document, c, index, &candidate.tokens);
        }
    }
    out
}

fn goes_on(t: &Tagged, best: bool) -> bool {
    if best {
        kind(t.tag) == 2 && !begins(t.tag)
    } else {
        kind(t.tag) != 2 && t.cue >= LEAST && t.cue_begins < t.cue - t.cue_begins
    }
}

/// Most tokens on either side of the cue.
const REACH: usize = 160;
/// Most sentences before the cue's own.
const BACK: usize = 3;
/// Most sentences after it.
const FORWARD: usize = 8;

/// The cue's sentence; sentences before it while the quotation runs on; sentences after it while they begin in or with a
/// quotation, or after a colon, there over the end of the paragraph, too.
fn window(document: &Document<'_>, c: &Columns, own: usize, cue: &Range<usize>) -> Range<usize> {
    let sentences = &document.sentences;
    let in_quote = |q: u8| matches!(q, quote::INSIDE | quote::CLOSES);
    let mut start = sentences[own].tokens().start;
    for k in (own.saturating_sub(BACK)..own).rev() {
        let before = &sentences[k];
        let runs_on = in_quote(c.quote[start]) || in_quote(c.quote[before.tokens().end - 1]);
        if before.block != sentences[own].block || !runs_on {
            break;
        }
        start = before.tokens().start;
    }
    let mut end = sentences[own].tokens().end;
    for next in sentences.iter().skip(own + 1).take(FORWARD) {
        if next.tokens().is_empty() || !document.is_prose(next) {
            break;
        }
        let colon = document.form(end - 1) == ":";
        let q = c.quote[next.tokens().start];
        let same = next.block == sentences[document.sentence_of[end - 1] as usize].block;
        let goes_on = if same { q != quote::OUTSIDE || colon } else { colon && q == quote::OPENS };
        if !goes_on {
            break;
        }
        end = next.tokens().end;
    }
    start.max(cue.start.saturating_sub(REACH))..end.min(cue.end + REACH)
}

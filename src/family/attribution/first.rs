//! First stage: sources, cues and contents tagged over each paragraph, without saying which belong together.

use super::columns::{Columns, quote};
use crate::extract::first::{Around, HERE, INPUTS, PLACES, QUOTES, Work, of_form};
use crate::extract::{FIRST, FIRST_WIDTH, Tagger};
use crate::tagger::NEVER;
use crate::text::Document;
use std::ops::Range;

/// Tags in order. S: a source before its cue, s: after it. C: a cue whose content follows, c: precedes. Q: a piece of
/// content after its cue, q: before it.
pub(crate) const TAGS: [&str; FIRST] =
    ["O", "BS", "IS", "Bs", "Is", "BC", "IC", "Bc", "Ic", "BQ", "IQ", "Bq", "Iq"];

/// Places of the tags that begin a content.
const CONTENT_BEGINS: [usize; 2] = [9, 11];

/// Probabilities of a token's tags, both sides added up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tagged {
    /// Index into [`TAGS`] of the most probable tag.
    pub(super) tag: u8,
    pub(super) source: f32,
    pub(super) cue: f32,
    /// Part of `cue` for its first token.
    pub(super) cue_begins: f32,
    pub(super) content: f32,
    pub(super) content_begins: f32,
}

/// 0 none, 1 source, 2 cue, 3 content.
pub(super) fn kind(tag: u8) -> u8 {
    tag.div_ceil(4)
}

/// True for the first token of a piece.
pub(super) fn begins(tag: u8) -> bool {
    tag % 2 == 1
}

/// What is known of token `i` beside its forms; `range` is its paragraph.
#[inline]
fn around(c: &Columns, document: &Document<'_>, range: &Range<usize>, i: usize) -> Around {
    let before = i.checked_sub(1).filter(|p| range.contains(p));
    let next = Some(i + 1).filter(|p| range.contains(p));
    let (x, y, z) = (c.form(before), c.form(Some(i)), c.form(next));
    let mark = |p: Option<usize>| p.map_or(QUOTES - 1, |p| c.quote[p]);
    let sentence = document.sentences[document.sentence_of[i] as usize].tokens();
    Around {
        shapes: [x.shape, y.shape, z.shape],
        words: [y.word, z.word],
        cues: [x.rates.cue, y.rates.cue, z.rates.cue],
        sources: [x.rates.source, y.rates.source, z.rates.source],
        stem_cues: [x.stem_rates.cue, y.stem_rates.cue, z.stem_rates.cue],
        stem_sources: [x.stem_rates.source, y.stem_rates.source, z.stem_rates.source],
        quotes: [mark(before), c.quote[i], mark(next)],
        depth: c.depth[i],
        previous: x.look,
        sentence: c.sentence[i],
        opens: u8::from(c.quote[range.start] == quote::OPENS),
        start: (i - sentence.start).min(3) as u8,
        end: (sentence.end - 1 - i).min(2) as u8,
        before: c.before[i],
        after: c.after[i],
    }
}

/// The keys of token `i`'s inputs, for fitting; `range` is its paragraph.
pub(crate) fn inputs(
    c: &Columns,
    document: &Document<'_>,
    range: &Range<usize>,
    i: usize,
) -> Vec<u32> {
    let mut keys = Vec::with_capacity(INPUTS);
    for place in 0..PLACES {
        let at = (i + place).checked_sub(HERE).filter(|p| range.contains(p));
        of_form(c.form(at), place, |key| keys.push(key));
    }
    around(c, document, range, i).keys(|key| keys.push(key));
    keys
}

/// The weights of the inputs of a paragraph's tokens, added up.
pub(super) fn sums(
    tagger: &Tagger,
    c: &Columns,
    document: &Document<'_>,
    range: &Range<usize>,
    kept: &mut Work,
) {
    kept.clear();
    for i in range.clone() {
        tagger.first.add(&around(c, document, range, i), c.first[i], kept);
    }
    tagger.first.finish(kept);
}

/// Tags the whole document; tokens outside prose get nothing.
pub(crate) fn tag(
    tagger: &Tagger,
    document: &Document<'_>,
    c: &Columns,
    kept: &mut Work,
) -> Vec<Tagged> {
    let mut out = vec![Tagged::default(); document.tokens.len()];
    for range in &c.paragraphs {
        sums(tagger, c, document, range, kept);
        let Work { run, sums, .. } = kept;
        run.scores.clear();
        run.scores.extend(sums.iter().map(|sums| tagger.first.crf.scores(sums)));
        for (i, scores) in range.clone().zip(&mut run.scores) {
            if !c.can_begin(i) {
                CONTENT_BEGINS.iter().for_each(|&tag| scores[tag] = NEVER);
            }
        }
        tagger.first.crf.marginals(run);
        for (at, m) in range.clone().zip(&run.marginals) {
            out[at] = tagged(m);
        }
    }
    out
}

fn tagged(m: &[f32; FIRST_WIDTH]) -> Tagged {
    let mut tag = 0;
    for other in 1..FIRST {
        if m[other] > m[tag] {
            tag = other;
        }
    }
    Tagged {
        tag: tag as u8,
        source: m[1] + m[2] + m[3] + m[4],
        cue: m[5] + m[6] + m[7] + m[8],
        cue_begins: m[5] + m[7],
        content: m[9] + m[10] + m[11] + m[12],
        content_begins: m[9] + m[11],
    }
}

//! First stage: sources, cues and contents tagged over each paragraph, without saying which belong together.

use super::columns::Columns;
use crate::tagger::{FIRST, FIRST_WIDTH, Run, Tagger, key};
use crate::text::Document;
use std::ops::Range;

/// Tags in order. S: a source before its cue, s: after it. C: a cue whose content follows, c: precedes. Q: a piece of
/// content after its cue, q: before it.
pub(crate) const TAGS: [&str; FIRST] = ["O", "BS", "IS", "Bs", "Is", "BC", "IC", "Bc", "Ic", "BQ", "IQ", "Bq", "Iq"];

/// Inputs of a token.
pub(crate) const INPUTS: usize = 26;

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

const NOTHING: u64 = 0x7e;

/// The inputs of token `i` of the document; `range` is its paragraph.
pub(crate) fn inputs(c: &Columns, document: &Document<'_>, range: &Range<usize>, i: usize) -> [u32; INPUTS] {
    let place = |k: isize| i.checked_add_signed(k).filter(|p| range.contains(p));
    let word = |k: isize| place(k).map_or(NOTHING, |p| c.word[p]);
    let suffix = |k: isize| place(k).map_or(NOTHING, |p| c.suffix[p]);
    let small = |column: &[u8], k: isize| place(k).map_or(31, |p| u64::from(column[p]));
    let rate = |k: isize| place(k).map_or((15, 15), |p| (u64::from(c.rates[p].cue), u64::from(c.rates[p].source)));
    let stem = |k: isize| place(k).map_or(255, |p| u64::from(c.stem_rates[p].cue) | u64::from(c.stem_rates[p].source) << 4);
    let pair = |a: u64, b: u64| a.rotate_left(29) ^ b.wrapping_mul(0x0000_0100_0000_01b3);
    let q = u64::from(c.quote[i]);
    let sentence = document.sentences[document.sentence_of[i] as usize].tokens();
    let previous = place(-1).map_or(31, |p| if c.function[p] > 0 { 32 + u64::from(c.function[p]) } else { u64::from(c.shape[p]) });
    let paragraph_opens = u64::from(c.quote[range.start] == super::columns::quote::OPENS);
    let (near_before, near_after) = (&c.before[i], &c.after[i]);
    let cues = rate(-1).0 | rate(0).0 << 4 | rate(1).0 << 8;
    let sources = rate(-1).1 | rate(0).1 << 4 | rate(1).1 << 8;
    let values = [
        word(0),
        word(1),
        word(-1),
        word(2),
        word(-2),
        word(3),
        word(-3),
        pair(word(-1), word(0)),
        pair(word(0), word(1)),
        suffix(0),
        suffix(1),
        suffix(-1),
        small(&c.shape, -1) | small(&c.shape, 0) << 5 | small(&c.shape, 1) << 10,
        q | u64::from(c.depth[i]) << 2 | small(&c.quote, -1) << 4 | small(&c.quote, 1) << 9 | previous << 14,
        q | u64::from(c.sentence[i]) << 2 | paragraph_opens << 8,
        ((i - sentence.start).min(3) as u64) | ((sentence.end - 1 - i).min(2) as u64) << 2 | q << 4,
        pair(near_before.word.0, u64::from(near_before.distance)),
        u64::from(near_before.distance) | u64::from(near_before.between) << 4 | u64::from(near_before.cue) << 6 | q << 10,
        pair(near_after.word.0, u64::from(near_after.distance)),
        u64::from(near_after.distance) | u64::from(near_after.between) << 4 | u64::from(near_after.cue) << 6 | q << 10,
        cues,
        sources,
        c.stem[i],
        place(1).map_or(NOTHING, |p| c.stem[p]),
        stem(-1) | stem(0) << 8 | stem(1) << 16,
        u64::from(near_before.cue) | u64::from(near_after.cue) << 4 | cues << 8,
    ];
    let mut keys = [0; INPUTS];
    for (template, (key_out, value)) in keys.iter_mut().zip(values).enumerate() {
        *key_out = key(template as u64 + 1, value);
    }
    keys
}

/// Tags the whole document; tokens outside prose get nothing.
pub(crate) fn tag(tagger: &Tagger, document: &Document<'_>, c: &Columns) -> Vec<Tagged> {
    let mut out = vec![Tagged::default(); document.tokens.len()];
    let mut run = Run::<FIRST>::default();
    for range in &c.paragraphs {
        run.scores.clear();
        for i in range.clone() {
            let mut sums = [0; FIRST_WIDTH];
            tagger.first.add(&inputs(c, document, range, i), &mut sums);
            run.scores.push(tagger.first.scores(&sums));
        }
        tagger.first.marginals(&mut run);
        for (at, m) in range.clone().zip(&run.marginals) {
            out[at] = tagged(m);
        }
    }
    out
}

fn tagged(m: &[f32; FIRST]) -> Tagged {
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

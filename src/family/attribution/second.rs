//! Second stage: for one cue, its own source and content in the window around it. Choosing among sources, joining pieces
//! on both sides of the cue and running on over quoted sentences all come out of this one tagging.

use super::candidates::Candidate;
use super::columns::{Columns, LONGEST, quote, step};
use super::first::{Tagged, begins, kind};
use crate::extract::first::QUOTES;
use crate::extract::form::NO_LOOK;
use crate::extract::second::{
    Alone, Cue, DISTANCES, INPUTS, SIDES, STEPS, Seen, Sided, Spot, TAGS, Words, keys,
};
use crate::extract::sides::{Reach, Sides};
use crate::extract::{Cues, SECOND, SECOND_WIDTH, Tagger};
use crate::tagger::Run;
use crate::text::Document;

/// Tags in order: S this cue's source, Q its content.
pub(crate) const TAG_NAMES: [&str; SECOND] = ["O", "BS", "IS", "BQ", "IQ"];

/// What is counted once for a document, to tell what lies between a token and a cue.
pub(crate) struct Counts {
    /// Sums up to each token: cues, separators, quotation marks, beginning sources, beginning contents. They may run over: what
    /// is asked is their difference over a window or a sentence, where no more than a few are told apart. Eight, so that all are taken in one step.
    sums: Vec<[u16; 8]>,
    alone: Vec<Alone>,
}

/// Most of each that is told apart.
const MOST: [u16; 8] = [2, 2, 3, 2, 2, 0, 0, 0];
/// Least cue probability of a cue that counts as lying in between.
const CUE: f32 = 0.4;
const PROBABILITIES: [f32; 6] = [0.03, 0.1, 0.25, 0.5, 0.75, 0.93];
const EDGES: [usize; 9] = [1, 2, 3, 4, 6, 9, 13, 20, 35];

impl Counts {
    pub(crate) fn new(
        document: &Document<'_>,
        c: &Columns,
        tagged: &[Tagged],
        candidates: &[Candidate],
    ) -> Self {
        let n = tagged.len();
        let mut starts = vec![false; n];
        for candidate in candidates.iter().filter(|k| k.p >= CUE) {
            starts[candidate.tokens.start] = true;
        }
        let mut sum = [0_u16; 8];
        let mut sums = Vec::with_capacity(n + 1);
        sums.push(sum);
        for (i, t) in tagged.iter().enumerate() {
            let piece = if begins(t.tag) { kind(t.tag) } else { 0 };
            let quotes = c.quote[i] >= quote::OPENS;
            for (sum, more) in sum.iter_mut().zip([
                starts[i],
                c.forms[i].separator,
                quotes,
                piece == 1,
                piece == 3,
            ]) {
                *sum = sum.wrapping_add(u16::from(more));
            }
            sums.push(sum);
        }
        Counts { sums, alone: alone(document, c, tagged) }
    }

    /// What lies between two places.
    #[inline]
    fn between(&self, from: usize, to: usize) -> [u8; 5] {
        let (low, high) = (&self.sums[from], &self.sums[to.max(from)]);
        let [a, b, c, d, e, ..]: [u16; 8] =
            std::array::from_fn(|k| high[k].wrapping_sub(low[k]).min(MOST[k]));
        [a as u8, b as u8, c as u8, d as u8, e as u8]
    }
}

/// What is known of each token without a cue.
fn alone(document: &Document<'_>, c: &Columns, tagged: &[Tagged]) -> Vec<Alone> {
    let n = tagged.len();
    let mut out: Vec<Alone> = Vec::with_capacity(n);
    for (sentence, i) in
        document.sentences.iter().flat_map(|s| s.tokens().map(move |i| (s.tokens(), i)))
    {
        let Tagged { source, cue, content, content_begins, .. } = tagged[i];
        let step = |p: f32| step(p, &PROBABILITIES);
        let steps = [step(source), step(cue), step(content), step(content_begins)];
        out.push(Alone {
            tags: [
                i.checked_sub(1).map_or(TAGS - 1, |p| tagged[p].tag),
                tagged[i].tag,
                tagged.get(i + 1).map_or(TAGS - 1, |t| t.tag),
            ],
            kind: kind(tagged[i].tag),
            steps,
            next_begins: STEPS - 1,
            quotes: [
                i.checked_sub(1).map_or(QUOTES - 1, |p| c.quote[p]),
                c.quote[i],
                c.quote.get(i + 1).copied().unwrap_or(QUOTES - 1),
            ],
            sentence: c.sentence[i],
            starts: (i - sentence.start).min(2) as u8,
            ends: (sentence.end - 1 - i).min(2) as u8,
            next: 0,
            look: c.forms[i].look,
        });
    }
    // What stands behind the sentence's next separator, and how many are left.
    for i in (0..n.saturating_sub(1)).rev() {
        out[i].next_begins = out[i + 1].steps[3];
        if out[i].ends > 0 {
            let behind = out[i + 1].next;
            out[i].next = if c.forms[i].separator {
                tagged[i + 1].tag + 1 + 16 * (behind / 16 + 1).min(2)
            } else {
                behind
            };
        }
    }
    out
}

/// Everything that a token's inputs are made from.
pub(crate) struct Scene<'s, 'a> {
    pub(crate) document: &'s Document<'a>,
    pub(crate) columns: &'s Columns,
    pub(crate) tagged: &'s [Tagged],
    pub(crate) counts: &'s Counts,
}

/// Steps of all distances that a window can hold.
static STEPS_OF: [u8; LONGEST] = {
    let mut steps = [0; LONGEST];
    let mut distance = 0;
    while distance < LONGEST {
        let mut edge = 0;
        while edge < EDGES.len() {
            steps[distance] += (distance >= EDGES[edge]) as u8;
            edge += 1;
        }
        distance += 1;
    }
    steps
};

impl Scene<'_, '_> {
    fn words(&self, i: usize) -> Words<'_> {
        let c = self.columns;
        Words([c.form(i.checked_sub(1)), c.form(Some(i)), c.form(Some(i + 1))])
    }

    fn cue(&self, candidate: &Candidate) -> Cue {
        let c = self.columns;
        let (a, b) = (candidate.tokens.start, candidate.tokens.end);
        let sentence = self.document.sentences[self.document.sentence_of[a] as usize].tokens();
        let window = &candidate.window;
        let head = &c.forms[candidate.head];
        Cue {
            word: head.word,
            suffix: head.suffix,
            left: if a > window.start { c.forms[a - 1].look } else { NO_LOOK },
            right: if b < window.end { c.forms[b].look } else { NO_LOOK },
            quoted: u8::from(matches!(c.quote[a], quote::INSIDE | quote::CLOSES)),
            order: u8::from(self.counts.between(sentence.start, a)[4] > 0),
        }
    }

    /// Gives each token of the candidate's window, in order, to `take`.
    #[inline]
    fn spots(&self, candidate: &Candidate, mut take: impl FnMut(usize, &Spot)) {
        let sentence = |i: usize| i64::from(self.document.sentence_of[i]);
        let (a, b) = (candidate.tokens.start, candidate.tokens.end);
        let (first, last) = (sentence(a), sentence(b - 1));
        for i in candidate.window.clone() {
            let (side, from, to, distance) = match i {
                _ if i < a => (0, i + 1, a, a - i),
                _ if i >= b => (2, b, i, i - b + 1),
                _ => (1, i, i, 0),
            };
            let own = if i < a { first } else { last };
            let [cues, separators, quotes, sources, contents] = self.counts.between(from, to);
            let distance = STEPS_OF.get(distance).copied().unwrap_or(DISTANCES - 1);
            let offset = ((sentence(i) - own).clamp(-2, 2) + 2) as u8;
            take(i, &Spot { side, distance, offset, cues, separators, quotes, sources, contents });
        }
    }

    /// Gives the keys of each token of the candidate's window, in order, for fitting.
    pub(crate) fn walk(&self, candidate: &Candidate, mut take: impl FnMut(&[u32])) {
        let cue = self.cue(candidate);
        let mut all = Vec::with_capacity(INPUTS);
        self.spots(candidate, |i, spot| {
            all.clear();
            let seen = Seen { alone: &self.counts.alone[i], cue: &cue, spot };
            keys(&self.words(i), &seen, |key| all.push(key));
            take(&all);
        });
    }

    /// Sets the scores of each token of the candidate's window.
    #[inline]
    pub(crate) fn score(
        &self,
        tagger: &Tagger,
        candidate: &Candidate,
        sides: &Sides,
        cues: &mut Cues,
        run: &mut Run<SECOND_WIDTH>,
    ) {
        let cue = self.cue(candidate);
        let rows = cues.of(&cue);
        run.scores.clear();
        self.spots(candidate, |i, spot| {
            let seen = Seen { alone: &self.counts.alone[i], cue: &cue, spot };
            let mut sums = sides.of(i, spot.side);
            tagger.second.add_seen(&seen, rows, &mut sums);
            run.scores.push(tagger.second.crf.scores(&sums));
        });
    }
}

/// Place of the side of a cue's own tokens among the sides.
const IN: usize = 1;

impl Scene<'_, '_> {
    /// Adds up what the tokens that windows reach say without a cue.
    pub(crate) fn sides(&self, tagger: &Tagger, candidates: &[Candidate], out: &mut Sides) {
        let n = self.counts.alone.len();
        let Sides { sums, reach } = out;
        // What these hold is written over where it is read.
        sums.resize(n * SIDES, [0; SECOND_WIDTH]);
        reach.clear();
        reach.resize(n, Reach::None);
        candidates.iter().for_each(|c| reach[c.window.clone()].fill(Reach::Window));
        candidates.iter().for_each(|c| reach[c.tokens.clone()].fill(Reach::Cue));
        let reached =
            |reach: Reach| (0..SIDES).filter(move |side| *side != IN || reach == Reach::Cue);
        for i in (0..n).filter(|&i| reach[i] != Reach::None) {
            let (words, alone) = (self.words(i), &self.counts.alone[i]);
            for side in reached(reach[i]) {
                let sums = &mut sums[i * SIDES + side];
                *sums = self.columns.second[i][side];
                let sided = Sided { words: &words, alone, side: side as u8 };
                tagger.second.by_side.add(&sided, sums);
            }
        }
    }
}

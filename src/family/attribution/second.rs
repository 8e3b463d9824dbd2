//! Second stage: for one cue, its own source and content in the window around it. Choosing among sources, joining pieces
//! on both sides of the cue and running on over quoted sentences all come out of this one tagging.

use super::candidates::Candidate;
use super::columns::{Columns, step};
use super::first::{Tagged, begins, kind};
use crate::tagger::{SECOND, key};
use crate::text::Document;

/// Tags in order: S this cue's source, Q its content.
pub(crate) const TAGS: [&str; SECOND] = ["O", "BS", "IS", "BQ", "IQ"];

/// Most inputs of a token.
pub(crate) const INPUTS: usize = 30;

/// What is counted once for a document, to tell what lies between a token and a cue: sums up to each token.
pub(crate) struct Counts {
    cues: Vec<u32>,
    quotes: Vec<u32>,
    separators: Vec<u32>,
    sources: Vec<u32>,
    contents: Vec<u32>,
    /// Steps of the first stage's probabilities: source, cue, content, begin of content.
    steps: Vec<[u8; 4]>,
}

/// Least cue probability of a cue that counts as lying in between.
const CUE: f32 = 0.4;
const PROBABILITIES: [f32; 6] = [0.03, 0.1, 0.25, 0.5, 0.75, 0.93];
const DISTANCES: [usize; 9] = [1, 2, 3, 4, 6, 9, 13, 20, 35];

impl Counts {
    pub(crate) fn new(c: &Columns, tagged: &[Tagged], candidates: &[Candidate]) -> Self {
        let n = tagged.len();
        let mut starts = vec![false; n];
        for candidate in candidates.iter().filter(|k| k.p >= CUE) {
            starts[candidate.tokens.start] = true;
        }
        let sums = |test: &dyn Fn(usize) -> bool| {
            let mut out = Vec::with_capacity(n + 1);
            let mut sum = 0;
            out.push(0);
            for i in 0..n {
                sum += u32::from(test(i));
                out.push(sum);
            }
            out
        };
        let begin = |i: usize, k: u8| kind(tagged[i].tag) == k && begins(tagged[i].tag);
        let probability = |p: f32| step(p, &PROBABILITIES);
        Counts {
            cues: sums(&|i| starts[i]),
            quotes: sums(&|i| c.quote[i] >= super::columns::quote::OPENS),
            separators: sums(&|i| c.separator[i]),
            sources: sums(&|i| begin(i, 1)),
            contents: sums(&|i| begin(i, 3)),
            steps: tagged.iter().map(|t| [t.source, t.cue, t.content, t.content_begins].map(probability)).collect(),
        }
    }
}

/// Everything that a token's inputs are made from.
pub(crate) struct Scene<'s, 'a> {
    pub(crate) document: &'s Document<'a>,
    pub(crate) columns: &'s Columns,
    pub(crate) tagged: &'s [Tagged],
    pub(crate) counts: &'s Counts,
}

/// What is the same for all tokens of a window.
struct Cue {
    word: u64,
    suffix: u64,
    /// Function word or shape at the cue's left and right.
    left: u64,
    right: u64,
    first: usize,
    last: usize,
    quoted: u64,
    order: u64,
}

const EDGE: u64 = 0x7e;

impl Scene<'_, '_> {
    /// A function word by its number, other words by their shape.
    fn look(&self, i: usize) -> u64 {
        let function = u64::from(self.columns.function[i]);
        if function > 0 { 32 + function } else { u64::from(self.columns.shape[i]) }
    }

    /// Gives the keys of each token of the candidate's window, in order, to `take`.
    pub(crate) fn walk(&self, candidate: &Candidate, mut take: impl FnMut(&[u32])) {
        let (c, document) = (self.columns, self.document);
        let window = &candidate.window;
        let sentence = |i: usize| document.sentence_of[i] as usize;
        let (a, b) = (candidate.tokens.start, candidate.tokens.end);
        let sum = |sums: &[u32], x: usize, y: usize| if y > x { u64::from(sums[y] - sums[x]) } else { 0 };
        let sentence_start = document.sentences[sentence(a)].tokens().start;
        let cue = Cue {
            word: c.word[candidate.head],
            suffix: c.suffix[candidate.head],
            left: if a > window.start { self.look(a - 1) } else { EDGE },
            right: if b < window.end { self.look(b) } else { EDGE },
            first: sentence(a),
            last: sentence(b - 1),
            quoted: u64::from(c.quote[a] == 1 || c.quote[a] == 3),
            order: u64::from(sum(&self.counts.contents, sentence_start.min(a), a) > 0),
        };
        let next = self.after_separators(candidate);
        let mut keys = [0; INPUTS];
        for i in window.clone() {
            let (side, x, y, distance) = match i {
                _ if i < a => (0, i + 1, a, a - i),
                _ if i >= b => (2, b, i, i - b + 1),
                _ => (1, i, i, 0),
            };
            let own = if i < a { cue.first } else { cue.last };
            let offset = (sentence(i) as i64 - own as i64).clamp(-2, 2) + 2;
            let place = Place {
                i,
                side,
                distance: u64::from(step(distance, &DISTANCES)),
                offset: offset as u64,
                cues: sum(&self.counts.cues, x, y).min(2),
                separators: sum(&self.counts.separators, x, y).min(2),
                quotes: sum(&self.counts.quotes, x, y).min(3),
                sources: sum(&self.counts.sources, x, y).min(2),
                contents: sum(&self.counts.contents, x, y).min(2),
                next: next[i - window.start],
            };
            let used = self.inputs(candidate, &cue, &place, &mut keys);
            take(&keys[..used]);
        }
    }

    /// For each token of the window: the first stage's tag kind after the sentence's next separator, and how many are left.
    fn after_separators(&self, candidate: &Candidate) -> Vec<u8> {
        let window = &candidate.window;
        let mut out = vec![0_u8; window.len()];
        for i in window.clone().rev().skip(1) {
            if self.document.sentence_of[i + 1] != self.document.sentence_of[i] {
                continue;
            }
            let at = i - window.start;
            out[at] = if self.columns.separator[i] { self.tagged[i + 1].tag + 1 + 16 * (out[at + 1] / 16 + 1).min(2) } else { out[at + 1] };
        }
        out
    }

    fn inputs(&self, candidate: &Candidate, cue: &Cue, p: &Place, keys: &mut [u32; INPUTS]) -> usize {
        let (c, i) = (self.columns, p.i);
        let window = &candidate.window;
        let place = |k: isize| i.checked_add_signed(k).filter(|p| window.contains(p));
        let word = |k: isize| place(k).map_or(EDGE, |p| c.word[p]);
        let suffix = |k: isize| place(k).map_or(EDGE, |p| c.suffix[p]);
        let small = |column: &[u8], k: isize| place(k).map_or(31, |p| u64::from(column[p]));
        let tag = |k: isize| place(k).map_or(31, |p| u64::from(self.tagged[p].tag));
        let steps = |k: isize| place(k).map_or([15; 4], |p| self.counts.steps[p]).map(u64::from);
        let pair = |a: u64, b: u64| a.rotate_left(29) ^ b.wrapping_mul(0x0000_0100_0000_01b3);
        let sentence = self.document.sentences[self.document.sentence_of[i] as usize].tokens();
        let (l, l1) = (tag(0), tag(1));
        let near_tag = l | l1 << 5;
        let here = p.side | p.distance << 2;
        let other = u64::from(p.offset != 2);
        let [source, cue_step, content, content_begins] = steps(0);
        let starts = (i - sentence.start).min(2) as u64;
        let ends = (sentence.end - 1 - i).min(2) as u64;
        let kind_here = u64::from(kind(self.tagged[i].tag));
        let q = u64::from(c.quote[i]);
        let values = [
            pair(p.side, word(0)),
            pair(p.side, word(-1)),
            pair(p.side, word(1)),
            pair(word(-1), word(0)),
            pair(word(0), word(1)),
            small(&c.shape, -1) | small(&c.shape, 0) << 5 | small(&c.shape, 1) << 10,
            here | p.offset << 6,
            here | near_tag << 6,
            p.side | tag(-1) << 2 | near_tag << 7 | p.offset << 17,
            p.side | p.cues << 2 | p.separators << 4 | p.quotes << 6 | other << 8,
            p.side | p.cues << 2 | l << 4 | other << 9,
            p.side | p.sources << 2 | p.cues << 4 | l << 6,
            p.side | p.contents << 2 | p.cues << 4 | near_tag << 6,
            p.side | content << 2 | p.cues << 6,
            p.side | source << 2 | p.cues << 6 | p.sources << 8,
            p.side | cue_step << 2,
            p.side | content_begins << 2 | steps(1)[3] << 6 | p.cues << 10,
            pair(cue.word, p.side | l << 2),
            pair(cue.word, here | 1 << 20),
            pair(cue.suffix, here | kind_here << 6),
            p.side | l << 2 | cue.left << 7,
            p.side | l << 2 | cue.right << 7 | cue.order << 16,
            pair(cue.word, p.side | self.look(i) << 2 | 1 << 21),
            p.side | q << 2 | small(&c.quote, -1) << 4 | small(&c.quote, 1) << 9 | cue.quoted << 14,
            p.side | q << 2 | p.offset << 4 | u64::from(c.sentence[i]) << 7 | l << 12,
            p.side | starts << 2 | ends << 4 | p.offset << 6 | kind_here << 9,
            p.side | cue.order << 2 | l << 3 | p.cues << 8 | other << 10,
            p.side | p.cues << 2 | l << 4 | u64::from(p.next) << 9,
        ];
        for (template, (key_out, value)) in keys.iter_mut().zip(values).enumerate() {
            *key_out = key(template as u64 + 101, value);
        }
        let used = values.len();
        if c.separator[i] || c.conjunction[i] {
            keys[used] = key(151, pair(pair(word(0), p.side), pair(word(1), suffix(2))));
            keys[used + 1] = key(152, pair(pair(word(0), p.side), pair(suffix(1), near_tag)));
        } else if let Some(before) = place(-1).filter(|&b| c.separator[b]) {
            let rate = |k: isize| place(k).map_or(15, |p| u64::from(c.rates[p].cue));
            keys[used] = key(153, pair(pair(c.word[before], p.side), pair(suffix(0), l)));
            keys[used + 1] = key(154, pair(pair(c.word[before], p.side), rate(0) | rate(1) << 4 | l << 8));
        } else {
            return used;
        }
        used + 2
    }
}

/// Where a token stands to the cue.
struct Place {
    i: usize,
    /// 0 before, 1 in, 2 after the cue.
    side: u64,
    distance: u64,
    /// Sentences from the cue's own, plus 2.
    offset: u64,
    cues: u64,
    separators: u64,
    quotes: u64,
    sources: u64,
    contents: u64,
    next: u8,
}

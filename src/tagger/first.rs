//! The first stage's templates: what a token's inputs are, for fitting as keys and for tagging as sums of rows.

use super::form::{Form, RATES, SHAPES, pair, small};
use super::table::Table;
use super::{Crf, FIRST, FIRST_WIDTH, Run, Sums, key};
use crate::text::Word;

/// Places of a form to the token that is tagged: 3 before it to 3 behind it.
pub(crate) const PLACES: usize = 7;
/// The token itself among the places.
pub(crate) const HERE: usize = 3;
/// Inputs of a token.
pub(crate) const INPUTS: usize = 26;

/// Where a token stands to quotation marks: 4 values, and one for what lies past an edge.
pub(crate) const QUOTES: u8 = 5;
/// What a sentence holds, as a code.
pub(crate) const SENTENCES: u8 = 12;
/// Steps of the distance to a cue-like word.
const DISTANCES: u8 = 9;
const STARTS: u8 = 4;
const ENDS: u8 = 3;

/// A cue-like word nearby in the sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Near {
    /// The word; the default where there is none.
    pub(crate) word: Word,
    /// Step of the distance.
    pub(crate) distance: u8,
    /// 1: a comma or the like in between; 2: a quotation mark; 3: both.
    pub(crate) between: u8,
    /// Its cue rate.
    pub(crate) cue: u8,
}

/// What is known of a token beside the forms around it, each taken by itself. Triples: the token before, itself, the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    pub(crate) shapes: [u8; 3],
    pub(crate) words: [u64; 3],
    pub(crate) cues: [u8; 3],
    pub(crate) sources: [u8; 3],
    pub(crate) stem_cues: [u8; 3],
    pub(crate) stem_sources: [u8; 3],
    pub(crate) quotes: [u8; 3],
    /// Tokens since the mark that opened the quotation, 3 at most.
    pub(crate) depth: u8,
    /// Look of the token before.
    pub(crate) previous: u8,
    /// What the sentence holds.
    pub(crate) sentence: u8,
    /// The paragraph opens with a quotation.
    pub(crate) opens: u8,
    /// Tokens from the sentence's start and end, 3 and 2 at most.
    pub(crate) start: u8,
    pub(crate) end: u8,
    pub(crate) before: Near,
    pub(crate) after: Near,
}

/// Gives the keys of a form's own inputs, seen at a place.
pub(crate) fn of_form(form: &Form, place: usize, mut take: impl FnMut(u32)) {
    /// Templates of word, suffix and stem at each place; 0: none.
    const TEMPLATES: [[u64; 3]; PLACES] = [[7, 0, 0], [5, 0, 0], [3, 12, 0], [1, 10, 23], [2, 11, 24], [4, 0, 0], [6, 0, 0]];
    for (template, value) in TEMPLATES[place].into_iter().zip([form.word, form.suffix, form.stem]) {
        if template > 0 {
            take(key(template, value));
        }
    }
}

fn shapes(s: [u8; 3]) -> [u32; 1] {
    [small(13, s)]
}

/// Quotation, sentence, opening; quotation, start, end.
fn position([q, sentence, opens, start, end]: [u8; 5]) -> [u32; 2] {
    [small(15, [q, sentence, opens]), small(16, [start, end, q])]
}

/// Distance, marks between, rate; quotation.
fn near_before(at: [u8; 4]) -> [u32; 1] {
    [small(18, at)]
}

fn near_after(at: [u8; 4]) -> [u32; 1] {
    [small(20, at)]
}

fn cues(at: [u8; 3]) -> [u32; 1] {
    [small(21, at)]
}

fn sources(at: [u8; 3]) -> [u32; 1] {
    [small(22, at)]
}

impl Around {
    fn position(&self) -> [u8; 5] {
        [self.quotes[1], self.sentence, self.opens, self.start, self.end]
    }

    fn near(&self, near: Near) -> [u8; 4] {
        [near.distance, near.between, near.cue, self.quotes[1]]
    }

    /// Inputs whose values are too many to lay out.
    pub(crate) fn wide(&self) -> [u32; 7] {
        let [w, x, y] = self.words;
        let [q0, q1, q2] = self.quotes;
        let [c0, c1, c2] = self.cues;
        let [a0, a1, a2] = self.stem_cues;
        let [b0, b1, b2] = self.stem_sources;
        [
            key(8, pair(w, x)),
            key(9, pair(x, y)),
            small(14, [q1, self.depth, q0, q2, self.previous]),
            key(17, pair(self.before.word.0, u64::from(self.before.distance))),
            key(19, pair(self.after.word.0, u64::from(self.after.distance))),
            small(25, [a0, b0, a1, b1, a2, b2]),
            small(26, [self.before.cue, self.after.cue, c0, c1, c2]),
        ]
    }

    /// Templates of these.
    const WIDE: [u64; 7] = [8, 9, 14, 17, 19, 25, 26];

    /// All keys but those of the forms.
    pub(crate) fn keys(&self, mut take: impl FnMut(u32)) {
        self.wide().into_iter().for_each(&mut take);
        shapes(self.shapes).into_iter().for_each(&mut take);
        position(self.position()).into_iter().for_each(&mut take);
        near_before(self.near(self.before)).into_iter().for_each(&mut take);
        near_after(self.near(self.after)).into_iter().for_each(&mut take);
        cues(self.cues).into_iter().for_each(&mut take);
        sources(self.sources).into_iter().for_each(take);
    }
}

/// What tagging a paragraph works with, kept to be used again.
#[derive(Default)]
pub(crate) struct Work {
    pub(crate) run: Run<FIRST_WIDTH>,
    pub(crate) sums: Vec<Sums<FIRST_WIDTH>>,
    /// Place among the sums, and key.
    pub(crate) inputs: Vec<(u32, u32)>,
}

/// The first stage as it runs: its field, and tables of the inputs that are made of small numbers.
pub(crate) struct First {
    pub(crate) crf: Crf<FIRST, FIRST_WIDTH>,
    /// The inputs whose values are too many to lay out.
    wide: Crf<FIRST, FIRST_WIDTH>,
    shapes: Table<3, FIRST_WIDTH>,
    position: Table<5, FIRST_WIDTH>,
    before: Table<4, FIRST_WIDTH>,
    after: Table<4, FIRST_WIDTH>,
    cues: Table<3, FIRST_WIDTH>,
    sources: Table<3, FIRST_WIDTH>,
}

impl First {
    pub(crate) fn new(crf: Crf<FIRST, FIRST_WIDTH>) -> Self {
        const NEAR: [u8; 4] = [DISTANCES, 4, RATES, QUOTES];
        First {
            wide: crf.only(&Around::WIDE),
            shapes: Table::new(&crf, [SHAPES; 3], shapes),
            position: Table::new(&crf, [QUOTES, SENTENCES, 2, STARTS, ENDS], position),
            before: Table::new(&crf, NEAR, near_before),
            after: Table::new(&crf, NEAR, near_after),
            cues: Table::new(&crf, [RATES; 3], cues),
            sources: Table::new(&crf, [RATES; 3], sources),
            crf,
        }
    }

    /// Adds to a token's sums, which hold its forms' rows, the inputs that are made of small numbers.
    #[inline]
    pub(crate) fn add_small(&self, around: &Around, sums: &mut Sums<FIRST_WIDTH>) {
        self.shapes.add(around.shapes, sums);
        self.position.add(around.position(), sums);
        self.before.add(around.near(around.before), sums);
        self.after.add(around.near(around.after), sums);
        self.cues.add(around.cues, sums);
        self.sources.add(around.sources, sums);
    }

    /// Adds to the sums of many tokens their other inputs: (place among the sums, key of [`Around::wide`]).
    pub(crate) fn add_wide(&self, inputs: &[(u32, u32)], sums: &mut [Sums<FIRST_WIDTH>]) {
        self.wide.add_all(inputs, sums);
    }
}

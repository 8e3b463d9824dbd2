//! The first stage's templates: what a token's inputs are, for fitting as keys and for tagging as sums of rows.

use super::form::{Form, LOOKS, RATES, SHAPES, pair, small};
use super::table::{Table, sizes};
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
const DEPTHS: u8 = 4;
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
    const TEMPLATES: [[u64; 3]; PLACES] =
        [[7, 0, 0], [5, 0, 0], [3, 12, 0], [1, 10, 23], [2, 11, 24], [4, 0, 0], [6, 0, 0]];
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

/// Quotation marks around, tokens since the opening one, look of the token before.
fn quoted(at: [u8; 5]) -> [u32; 1] {
    [small(14, at)]
}

/// Rates of the cue-like words nearby and of the words around.
fn near_cues(at: [u8; 5]) -> [u32; 1] {
    [small(26, at)]
}

impl Near {
    /// Its word and how far it is.
    fn key(&self, template: u64) -> u32 {
        key(template, pair(self.word.0, u64::from(self.distance)))
    }
}

impl Around {
    fn position(&self) -> [u8; 5] {
        [self.quotes[1], self.sentence, self.opens, self.start, self.end]
    }

    fn near(&self, near: Near) -> [u8; 4] {
        [near.distance, near.between, near.cue, self.quotes[1]]
    }

    fn quoted(&self) -> [u8; 5] {
        let [before, here, next] = self.quotes;
        [here, self.depth, before, next, self.previous]
    }

    fn near_cues(&self) -> [u8; 5] {
        let [before, here, next] = self.cues;
        [self.before.cue, self.after.cue, before, here, next]
    }

    /// Inputs whose values are too many to lay out.
    pub(crate) fn wide(&self) -> [u32; 3] {
        let [w, x, y] = self.words;
        let [a0, a1, a2] = self.stem_cues;
        let [b0, b1, b2] = self.stem_sources;
        [key(8, pair(w, x)), key(9, pair(x, y)), small(25, [a0, b0, a1, b1, a2, b2])]
    }

    /// The same, but of the cue-like words nearby: often the same for neighbours.
    fn nearby(&self) -> [u32; 2] {
        [self.before.key(17), self.after.key(19)]
    }

    /// Templates of both.
    const WIDE: [u64; 5] = [8, 9, 17, 19, 25];

    /// All keys but those of the forms.
    pub(crate) fn keys(&self, mut take: impl FnMut(u32)) {
        let ([pair, next_pair, rates], [before, after]) = (self.wide(), self.nearby());
        let ([quoted], [near_cues]) = (quoted(self.quoted()), near_cues(self.near_cues()));
        [pair, next_pair, quoted, before, after, rates, near_cues].into_iter().for_each(&mut take);
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
    inputs: Vec<(u32, u32)>,
    nearby: Nearby,
}

/// What the cue-like words nearby say: looked up once for as many neighbours as have the same word at the same distance.
#[derive(Default)]
struct Nearby {
    sums: Vec<Sums<FIRST_WIDTH>>,
    inputs: Vec<(u32, u32)>,
    /// For each token the place of the word before among the sums, and that of the word after.
    of: Vec<[u32; 2]>,
    last: [Option<u32>; 2],
}

impl Nearby {
    fn clear(&mut self) {
        self.sums.clear();
        self.inputs.clear();
        self.of.clear();
        self.last = [None; 2];
    }

    fn push(&mut self, keys: [u32; 2]) {
        let mut of = self.of.last().copied().unwrap_or_default();
        for ((place, last), key) in of.iter_mut().zip(&mut self.last).zip(keys) {
            if *last != Some(key) {
                *last = Some(key);
                *place = self.sums.len() as u32;
                self.inputs.push((*place, key));
                self.sums.push([0; FIRST_WIDTH]);
            }
        }
        self.of.push(of);
    }
}

impl Work {
    /// Makes ready for another paragraph.
    pub(crate) fn clear(&mut self) {
        self.sums.clear();
        self.inputs.clear();
        self.nearby.clear();
    }
}

const NEAR: [u8; 4] = [DISTANCES, 4, RATES, QUOTES];

/// The first stage as it runs: its field, and tables of the inputs that are made of small numbers.
pub(crate) struct First {
    pub(crate) crf: Crf<FIRST, FIRST_WIDTH>,
    /// The inputs whose values are too many to lay out.
    wide: Crf<FIRST, FIRST_WIDTH>,
    shapes: Table<{ sizes([SHAPES; 3]) }, 3, FIRST_WIDTH>,
    position: Table<{ sizes([QUOTES, SENTENCES, 2, STARTS, ENDS]) }, 5, FIRST_WIDTH>,
    before: Table<{ sizes(NEAR) }, 4, FIRST_WIDTH>,
    after: Table<{ sizes(NEAR) }, 4, FIRST_WIDTH>,
    cues: Table<{ sizes([RATES; 3]) }, 3, FIRST_WIDTH>,
    sources: Table<{ sizes([RATES; 3]) }, 3, FIRST_WIDTH>,
    quoted: Table<{ sizes([QUOTES, DEPTHS, QUOTES, QUOTES, LOOKS]) }, 5, FIRST_WIDTH>,
    near_cues: Table<{ sizes([RATES; 5]) }, 5, FIRST_WIDTH>,
}

impl First {
    pub(crate) fn new(crf: Crf<FIRST, FIRST_WIDTH>) -> Self {
        First {
            wide: crf.only(&Around::WIDE),
            shapes: Table::new(&crf, shapes),
            position: Table::new(&crf, position),
            before: Table::new(&crf, near_before),
            after: Table::new(&crf, near_after),
            cues: Table::new(&crf, cues),
            sources: Table::new(&crf, sources),
            quoted: Table::new(&crf, quoted),
            near_cues: Table::new(&crf, near_cues),
            crf,
        }
    }

    /// Takes the next token of a paragraph: adds to its sums, which hold its forms' rows, the inputs that are made of small
    /// numbers, and notes the others for [`First::finish`].
    #[inline]
    pub(crate) fn add(&self, around: &Around, mut sums: Sums<FIRST_WIDTH>, work: &mut Work) {
        self.shapes.add(around.shapes, &mut sums);
        self.position.add(around.position(), &mut sums);
        self.before.add(around.near(around.before), &mut sums);
        self.after.add(around.near(around.after), &mut sums);
        self.cues.add(around.cues, &mut sums);
        self.sources.add(around.sources, &mut sums);
        self.quoted.add(around.quoted(), &mut sums);
        self.near_cues.add(around.near_cues(), &mut sums);
        let at = work.sums.len() as u32;
        work.sums.push(sums);
        let [pair, next_pair, rates] = around.wide();
        work.inputs.extend_from_slice(&[(at, pair), (at, next_pair), (at, rates)]);
        work.nearby.push(around.nearby());
    }

    /// Adds to the sums of a paragraph's tokens the inputs that were noted.
    pub(crate) fn finish(&self, work: &mut Work) {
        let Work { sums, inputs, nearby, .. } = work;
        self.wide.add_all(inputs, sums);
        self.wide.add_all(&nearby.inputs, &mut nearby.sums);
        for (sums, of) in sums.iter_mut().zip(&nearby.of) {
            for row in of.iter().filter_map(|&place| nearby.sums.get(place as usize)) {
                *sums = std::array::from_fn(|tag| sums[tag].wrapping_add(row[tag]));
            }
        }
    }
}

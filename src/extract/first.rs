//! The first stage's templates: what a token's inputs are, for fitting as keys and for tagging as sums of rows.

use super::form::{Form, LOOKS, RATES, SHAPES};
use super::{FIRST, FIRST_WIDTH};
use crate::tagger::{Crf, Run, Sums, key, packed, pair, templates};
use crate::text::Word;

/// Places of a form to the token that is tagged: 3 before it to 3 behind it.
pub(crate) const PLACES: usize = 7;
/// The token itself among the places.
pub(crate) const HERE: usize = 3;
/// Inputs of a token.
pub(crate) const INPUTS: usize = 25;

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
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    pub(crate) shapes: [u8; 3],
    /// Words of the token itself and the next.
    pub(crate) words: [u64; 2],
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

templates! {
    /// Inputs that are made of small numbers.
    Small<FIRST, FIRST_WIDTH>(x: Around)
    shapes(a: SHAPES => x.shapes[0], b: SHAPES => x.shapes[1], c: SHAPES => x.shapes[2]) 13[a b c];
    position(
        quote: QUOTES => x.quotes[1], sentence: SENTENCES => x.sentence, opens: 2 => x.opens,
        start: STARTS => x.start, end: ENDS => x.end
    ) 15[quote sentence opens] 16[start end quote];
    near_before(
        distance: DISTANCES => x.before.distance, between: 4 => x.before.between,
        cue: RATES => x.before.cue, quote: QUOTES => x.quotes[1]
    ) 18[distance between cue quote];
    near_after(
        distance: DISTANCES => x.after.distance, between: 4 => x.after.between,
        cue: RATES => x.after.cue, quote: QUOTES => x.quotes[1]
    ) 20[distance between cue quote];
    cues(a: RATES => x.cues[0], b: RATES => x.cues[1], c: RATES => x.cues[2]) 21[a b c];
    sources(a: RATES => x.sources[0], b: RATES => x.sources[1], c: RATES => x.sources[2]) 22[a b c];
    quoted(
        here: QUOTES => x.quotes[1], depth: DEPTHS => x.depth, before: QUOTES => x.quotes[0],
        next: QUOTES => x.quotes[2], look: LOOKS => x.previous
    ) 14[here depth before next look];
    near_cues(
        left: RATES => x.before.cue, right: RATES => x.after.cue,
        a: RATES => x.cues[0], b: RATES => x.cues[1], c: RATES => x.cues[2]
    ) 26[left right a b c];
}

/// Inputs whose values are too many to lay out: template, and value.
fn wide(x: &Around) -> [(u64, u64); 2] {
    let ([a0, a1, a2], [b0, b1, b2]) = (x.stem_cues, x.stem_sources);
    [(9, pair(x.words[0], x.words[1])), (25, packed([a0, b0, a1, b1, a2, b2]))]
}

/// The same of the cue-like words nearby, often the same for neighbours: the word and how far it is.
fn nearby(x: &Around) -> [(u64, u64); 2] {
    let value = |near: &Near| pair(near.word.0, u64::from(near.distance));
    [(17, value(&x.before)), (19, value(&x.after))]
}

impl Around {
    /// All keys but those of the forms.
    pub(crate) fn keys(&self, mut take: impl FnMut(u32)) {
        wide(self).into_iter().chain(nearby(self)).for_each(|(t, value)| take(key(t, value)));
        Small::keys(self, &mut take);
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

/// The first stage as it runs: its field, and tables of the inputs that are made of small numbers.
pub(crate) struct First {
    pub(crate) crf: Crf<FIRST, FIRST_WIDTH>,
    /// The inputs whose values are too many to lay out.
    wide: Crf<FIRST, FIRST_WIDTH>,
    small: Small,
}

impl First {
    pub(crate) fn new(crf: Crf<FIRST, FIRST_WIDTH>) -> Self {
        let x = Around::default();
        let numbers: Vec<u64> = wide(&x).into_iter().chain(nearby(&x)).map(|(t, _)| t).collect();
        First { wide: crf.only(&numbers), small: Small::new(&crf), crf }
    }

    /// Takes the next token of a paragraph: adds to its sums, which hold its forms' rows, the inputs that are made of small
    /// numbers, and notes the others for [`First::finish`].
    #[inline]
    pub(crate) fn add(&self, around: &Around, mut sums: Sums<FIRST_WIDTH>, work: &mut Work) {
        self.small.add(around, &mut sums);
        let at = work.sums.len() as u32;
        work.sums.push(sums);
        work.inputs.extend(wide(around).map(|(t, value)| (at, key(t, value))));
        work.nearby.push(nearby(around).map(|(t, value)| key(t, value)));
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

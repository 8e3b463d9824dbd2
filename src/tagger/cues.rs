//! What a cue's own word says of the tokens around it, kept from one article to the next: few words make most cues.

use super::form::{LOOKS, pair};
use super::second::{Cue, DISTANCES, KINDS, SIDES, TAGS};
use super::{Crf, SECOND, SECOND_WIDTH, Sums};

/// Rows that two or three small numbers pick from: where they begin, and how many there are.
#[derive(Clone, Copy)]
pub(super) struct Part {
    first: usize,
    count: usize,
}

/// By side and tag.
pub(super) const TAG_ROWS: Part = Part { first: 0, count: SIDES * TAGS as usize };
/// By side, distance and kind of tag.
pub(super) const PLACE_ROWS: Part =
    Part { first: TAG_ROWS.count, count: SIDES * DISTANCES as usize * KINDS as usize };
/// By side and look.
pub(super) const LOOK_ROWS: Part =
    Part { first: PLACE_ROWS.first + PLACE_ROWS.count, count: SIDES * LOOKS as usize };
const CUE_ROWS: usize = LOOK_ROWS.first + LOOK_ROWS.count;

/// What a cue's own word says of a token: rows, looked up when they are first asked for.
pub(crate) struct CueRows {
    known: [u64; CUE_ROWS.div_ceil(64)],
    rows: [Sums<SECOND_WIDTH>; CUE_ROWS],
}

impl CueRows {
    pub(crate) fn new() -> Self {
        CueRows { known: [0; CUE_ROWS.div_ceil(64)], rows: [[0; SECOND_WIDTH]; CUE_ROWS] }
    }

    /// Makes room for another cue.
    fn forget(&mut self) {
        self.known.fill(0);
    }

    /// Adds the row of a combination of small numbers, out of a part; `keys` are asked when it is
    /// not known yet.
    #[inline]
    pub(super) fn add<const D: usize, const N: usize>(
        &mut self,
        part: Part,
        at: [u8; D],
        sizes: [u8; D],
        keys: impl FnOnce() -> [u32; N],
        crf: &Crf<SECOND, SECOND_WIDTH>,
        sums: &mut Sums<SECOND_WIDTH>,
    ) {
        let index = at
            .into_iter()
            .zip(sizes)
            .fold(0, |index, (digit, size)| index * usize::from(size) + usize::from(digit));
        debug_assert!(index < part.count, "{at:?} in {sizes:?}");
        let index = (part.first + index).min(CUE_ROWS - 1);
        let (word, bit) = (index / 64, 1 << (index % 64));
        if self.known[word] & bit == 0 {
            self.known[word] |= bit;
            self.rows[index] = [0; SECOND_WIDTH];
            crf.add(&keys(), &mut self.rows[index]);
            self.rows[index][SECOND..].fill(0);
        }
        let row = &self.rows[index];
        *sums = std::array::from_fn(|tag| sums[tag].wrapping_add(row[tag]));
    }
}

/// Rows of cues that were met: one place for each of some hundred, the last cue met there.
#[derive(Default)]
pub(crate) struct Cues(Vec<Option<Box<(u64, CueRows)>>>);

/// Places.
const PLACES: usize = 512;

impl Cues {
    /// The rows of a cue.
    pub(crate) fn of(&mut self, cue: &Cue) -> &mut CueRows {
        if self.0.is_empty() {
            self.0.resize_with(PLACES, || None);
        }
        let key = pair(cue.word, cue.suffix);
        let place = &mut self.0[(key >> 40) as usize % PLACES];
        let kept = place.get_or_insert_with(|| Box::new((key, CueRows::new())));
        if kept.0 != key {
            kept.0 = key;
            kept.1.forget();
        }
        &mut kept.1
    }
}

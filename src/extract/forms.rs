//! Forms that were met, each with its rows in both fields.

use super::form::{Form, identity};
use super::{FIRST, FIRST_WIDTH, SECOND, SECOND_WIDTH, WordRates, first, second};
use crate::lexicon::WordMap;
use crate::tagger::{Crf, Sums};
use crate::text::Token;

/// A form with its rows in both fields, by where it stands to the token that is tagged. Small: a text has some thousand
/// forms, and they should stay in a near cache.
pub(crate) struct Entry {
    pub(crate) form: Form,
    /// First stage, next to the token or the token itself, where several inputs meet.
    near: [Sums<FIRST_WIDTH>; 3],
    /// First stage, 3 and 2 before the token, and 2 and 3 behind it.
    far: [[i8; FIRST_WIDTH]; 4],
    /// Second stage: as the word before, at, and behind a token, which stands before, in, or after the cue.
    second: [[[i8; SECOND_WIDTH]; second::SIDES]; second::PLACES],
}

impl Entry {
    fn new(
        form: Form,
        first: &Crf<FIRST, FIRST_WIDTH>,
        second: &Crf<SECOND, SECOND_WIDTH>,
    ) -> Self {
        let row = |place: usize| {
            let mut sums = [0; FIRST_WIDTH];
            first::of_form(&form, place, |key| {
                for (sum, weight) in sums.iter_mut().zip(first.row(key)) {
                    *sum += weight;
                }
            });
            sums
        };
        let seen = |place: usize, side: usize| {
            narrow(second.row(second::of_form(&form, place, side as u8)))
        };
        Entry {
            form,
            near: [2, 3, 4].map(row),
            far: [0, 1, 5, 6].map(|place| narrow(row(place))),
            second: std::array::from_fn(|place| std::array::from_fn(|side| seen(place, side))),
        }
    }
}

/// A row of one key has a byte a tag.
fn narrow<const W: usize>(row: Sums<W>) -> [i8; W] {
    row.map(|weight| weight as i8)
}

#[inline]
fn add_narrow<const W: usize>(sums: &mut Sums<W>, row: &[i8; W]) {
    *sums = std::array::from_fn(|tag| sums[tag].wrapping_add(i16::from(row[tag])));
}

/// Forms that were met, with what is known of them: a text has few forms and many tokens. One worker's own; what it holds
/// follows from the form alone, so that nothing depends on what was read before.
#[derive(Default)]
pub(crate) struct Forms {
    /// Open-addressed, so that one look at memory mostly tells a form's place.
    slots: Vec<Slot>,
    /// The first is that of what stands past an edge.
    entries: Vec<Entry>,
}

/// Where a form's entry stands.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u64,
    /// Among the entries; [`Forms::EDGE`] where there is none.
    place: u32,
    /// It was met again since there was last too little room.
    again: bool,
}

/// Most forms that are kept; when they are more, those are dropped that were met once, which most are.
const MOST: usize = 1 << 15;

/// What forms are looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'t> {
    pub(crate) first: &'t Crf<FIRST, FIRST_WIDTH>,
    pub(crate) second: &'t Crf<SECOND, SECOND_WIDTH>,
    pub(crate) rates: &'t WordMap<WordRates>,
}

impl Forms {
    /// The place of what stands past an edge.
    pub(crate) const EDGE: u32 = 0;
    /// Most tokens that are looked up at once.
    pub(crate) const AT_ONCE: usize = MOST / 8;

    /// Places of the entries of at most [`Forms::AT_ONCE`] tokens; valid until others are looked up. All places are found
    /// before the entries are read, so that the looks at memory do not wait for each other.
    pub(crate) fn find(
        &mut self,
        fields: Fields<'_>,
        text: &str,
        tokens: &[Token],
        places: &mut Vec<u32>,
    ) {
        if self.slots.is_empty() || self.entries.len() + tokens.len().min(Self::AT_ONCE) > MOST {
            self.make_room(fields);
        }
        places.clear();
        for token in tokens {
            let form = token.span.slice(text);
            let key = identity(form, token);
            let at = self.slot(key);
            let slot = &mut self.slots[at];
            if slot.place == Self::EDGE {
                *slot = Slot { key, place: self.entries.len() as u32, again: false };
                self.entries.push(Entry::new(
                    Form::of(form, token, fields.rates),
                    fields.first,
                    fields.second,
                ));
            } else {
                slot.again = true;
            }
            places.push(slot.place);
        }
    }

    /// The slot of a key, or the empty one where it belongs.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].place != Self::EDGE && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// Drops the forms that were met once; all, when too many are left.
    fn make_room(&mut self, fields: Fields<'_>) {
        let mut left: Vec<Slot> = self.slots.iter().filter(|slot| slot.again).copied().collect();
        left.sort_unstable_by_key(|slot| slot.place);
        if self.entries.is_empty() || left.len() > MOST / 2 {
            left.clear();
            self.entries.clear();
            self.entries.push(Entry::new(Form::NONE, fields.first, fields.second));
        } else {
            let mut places =
                std::iter::once(Self::EDGE).chain(left.iter().map(|slot| slot.place)).peekable();
            let mut place = 0;
            self.entries.retain(|_| {
                place += 1;
                places.next_if_eq(&(place - 1)).is_some()
            });
        }
        self.slots.clear();
        self.slots.resize(MOST * 2, Slot::default());
        for (place, slot) in (1..).zip(left) {
            let at = self.slot(slot.key);
            self.slots[at] = Slot { place, again: false, ..slot };
        }
    }

    /// The form at a place that was found.
    #[inline]
    pub(crate) fn form(&self, place: u32) -> &Form {
        &self.entries[place as usize].form
    }

    /// The first stage's sums of a token from the places of the forms around it.
    #[inline]
    pub(crate) fn first(&self, places: &[u32; first::PLACES]) -> Sums<FIRST_WIDTH> {
        let entry = |place: usize| &self.entries[places[place] as usize];
        let (a, b, c, d, e, f, g) =
            (entry(0), entry(1), entry(2), entry(3), entry(4), entry(5), entry(6));
        let mut sums: Sums<FIRST_WIDTH> = std::array::from_fn(|tag| {
            c.near[0][tag].wrapping_add(d.near[1][tag]).wrapping_add(e.near[2][tag])
        });
        for row in [&a.far[0], &b.far[1], &f.far[2], &g.far[3]] {
            add_narrow(&mut sums, row);
        }
        sums
    }

    /// The second stage's sums of a token for each side, from the places of the forms around it.
    #[inline]
    pub(crate) fn second(
        &self,
        places: &[u32; second::PLACES],
    ) -> [Sums<SECOND_WIDTH>; second::SIDES] {
        let rows = |place: usize| &self.entries[places[place] as usize].second[place];
        let (a, b, c) = (rows(0), rows(1), rows(2));
        let sums = |side: usize| {
            std::array::from_fn(|tag| {
                i16::from(a[side][tag]) + i16::from(b[side][tag]) + i16::from(c[side][tag])
            })
        };
        [sums(0), sums(1), sums(2)]
    }
}

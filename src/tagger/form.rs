//! What the taggers know of a word form by itself.

use super::{Crf, FIRST, FIRST_WIDTH, SECOND, SECOND_WIDTH, Sums, WordRates, first, second};
use crate::lexicon::WordMap;
use crate::text::{Case, Kind, Token, Word, mix, seen_mark};
use std::sync::LazyLock;

/// Words that say how a clause is built; other words are seen by their shape where these are seen by their form.
const FUNCTION: &str = "that to of , : “ ” \" . by with for as in on about against if whether how why what who is are was were be not n't he she they it i \
    we you his her their has have had will would and but";
/// Words that begin a clause of their own.
const CONJUNCTIONS: &str = "and but or as while when after because if who which";
/// Marks between clauses.
const SEPARATORS: [&str; 8] = [",", ";", ":", "—", "–", "(", ")", "-"];

/// Shapes of a form: 0 is none, for what lies past an edge.
pub(crate) const SHAPES: u8 = 17;
/// Looks of a form: its shape, or which function word it is; the last is that of what lies past an edge.
pub(crate) const LOOKS: u8 = SHAPES + 56;
/// The look of what lies past an edge.
pub(crate) const NO_LOOK: u8 = LOOKS - 1;
/// Steps of a rate; the last is that of what lies past an edge.
pub(crate) const RATES: u8 = 9;

/// A word form by itself: every column that depends on nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Form {
    pub(crate) word: u64,
    pub(crate) suffix: u64,
    /// The word without its ending.
    pub(crate) stem: u64,
    pub(crate) rates: WordRates,
    pub(crate) stem_rates: WordRates,
    pub(crate) shape: u8,
    /// Shape, or which function word it is.
    pub(crate) look: u8,
    pub(crate) conjunction: bool,
    /// A mark between clauses.
    pub(crate) separator: bool,
}

impl Form {
    /// What lies past an edge.
    pub(crate) const NONE: Form = Form {
        word: 0x7e,
        suffix: 0x7e,
        stem: 0x7e,
        rates: WordRates { cue: RATES - 1, source: RATES - 1 },
        stem_rates: WordRates { cue: RATES - 1, source: RATES - 1 },
        shape: SHAPES - 1,
        look: NO_LOOK,
        conjunction: false,
        separator: false,
    };

    fn of(form: &str, token: &Token, rates: &WordMap<WordRates>) -> Form {
        let form = seen_mark(token, form).unwrap_or(form);
        if form == "&" {
            // "Marks & Dorn" is one firm: the taggers, who have seen few of them, see one name of three words.
            let token = Token { kind: Kind::Word, case: Case::Capital, ..*token };
            return Form::of("Marks", &token, rates);
        }
        let known = KNOWN.get(&token.word).copied().unwrap_or_default();
        let is_word = token.kind == Kind::Word;
        let stem = if is_word { stem(form, token.word) } else { token.word };
        let rate = |word: Word| rates.get(&word).copied().unwrap_or_default();
        let shape = shape(form, token.kind, token.case);
        Form {
            word: token.word.0,
            suffix: suffix(form, token.word),
            stem: stem.0,
            rates: rate(token.word),
            stem_rates: if is_word { rate(stem.then(STEM)) } else { WordRates::default() },
            shape,
            look: if known.function > 0 { SHAPES - 2 + known.function } else { shape },
            conjunction: known.conjunction,
            separator: token.kind == Kind::Punctuation && SEPARATORS.contains(&form),
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Known {
    /// Number of the function word, from 1; 0 for others.
    function: u8,
    conjunction: bool,
}

static KNOWN: LazyLock<WordMap<Known>> = LazyLock::new(|| {
    let mut map: WordMap<Known> = WordMap::default();
    for (index, word) in FUNCTION.split_whitespace().enumerate() {
        map.entry(Word::of(word)).or_default().function = index as u8 + 1;
    }
    for word in CONJUNCTIONS.split_whitespace() {
        map.entry(Word::of(word)).or_default().conjunction = true;
    }
    map
});

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

/// Tells forms apart that differ in anything that [`Form`] holds: by the word and how it is written; by its bytes a form with
/// letters outside ASCII or with capitals inside, as word and case do not tell all of it (a stem asks for small letters).
#[inline]
fn identity(form: &str, token: &Token) -> u64 {
    let written = (token.kind as u64) << 8
        | (token.case as u64) << 4
        | u64::from(form.as_bytes().first().is_some_and(u8::is_ascii_uppercase));
    let exact = if form.is_ascii() && token.case != Case::Mixed {
        0
    } else {
        form.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    (token.word.0 ^ exact.rotate_left(32)).wrapping_add(written.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn suffix(form: &str, word: Word) -> u64 {
    match form.char_indices().rev().nth(2) {
        Some((at, _)) if at > 0 => Word::of(&form[at..]).then(Word(3)).0,
        _ => word.0,
    }
}

/// Tells a stem from a word of the same letters in the table of rates.
pub(crate) const STEM: Word = Word(5);

/// A word without an English ending: "balked", "balking" and "balks" have one stem. No dictionary: what counts is that
/// the forms of a word meet.
pub(crate) fn stem(form: &str, word: Word) -> Word {
    let bytes = form.as_bytes();
    let n = bytes.len();
    if !form.is_ascii() || n < 4 {
        return word;
    }
    let ends = |tail: &str| {
        n >= tail.len() + 3 && bytes[n - tail.len()..].eq_ignore_ascii_case(tail.as_bytes())
    };
    let mut cut = match () {
        () if ends("ied") || ends("ies") => return Word::of(&form[..n - 3]),
        () if ends("ing") => n - 3,
        () if ends("ed") => n - 2,
        () if ends("s") && !ends("ss") => n - 1,
        () => n,
    };
    if cut < n - 1
        && cut >= 4
        && bytes[cut - 1].eq_ignore_ascii_case(&bytes[cut - 2])
        && !b"lsz".contains(&bytes[cut - 1])
    {
        cut -= 1;
    }
    if cut > 3 && matches!(bytes[cut - 1], b'e' | b'E' | b'y' | b'Y') {
        cut -= 1;
    }
    Word::of(&form[..cut])
}

fn shape(form: &str, kind: Kind, case: Case) -> u8 {
    match kind {
        Kind::Word => match case {
            Case::Upper => 1,
            Case::Capital => 2,
            Case::Mixed if form.starts_with(char::is_uppercase) => 2,
            _ => 3,
        },
        Kind::Number => 4,
        Kind::Link => 5,
        Kind::Punctuation => match form {
            "\"" | "“" | "”" | "«" | "»" => 6,
            "," => 7,
            "." | "..." | "…" => 8,
            ":" => 9,
            ";" => 10,
            "(" | "[" => 11,
            ")" | "]" => 12,
            "—" | "–" | "-" => 13,
            "?" | "!" => 14,
            _ => 15,
        },
    }
}

/// The value of two things in order.
pub(crate) fn pair(a: u64, b: u64) -> u64 {
    a.rotate_left(29) ^ b.wrapping_mul(0x0000_0100_0000_01b3)
}

/// The key of a template whose value is a few small numbers.
pub(crate) fn small<const N: usize>(template: u64, parts: [u8; N]) -> u32 {
    const { assert!(N <= 8) };
    let value = parts.into_iter().fold(0, |value, part| value << 8 | u64::from(part));
    super::key(template, mix(value.wrapping_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, tokenize};

    #[test]
    fn forms_with_different_stems_are_told_apart() {
        let told = |form: &str| {
            let mut tokens = Vec::new();
            tokenize(form, Span::new(0, form.len()), &mut tokens);
            (stem(form, tokens[0].word), identity(form, &tokens[0]))
        };
        let (one, other) = (told("CaLLed"), told("CAlled"));
        assert!(one.0 != other.0 && one.1 != other.1);
        assert_eq!(told("called"), told("called"));
    }
}

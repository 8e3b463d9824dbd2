//! The second stage's templates: what the inputs of a token are as seen from a cue, for fitting as keys and for tagging as
//! sums of rows.
//!
//! Windows of neighbouring cues overlap, so what a token says without its cue is added up once for each side on which a
//! cue can stand; what a cue's own word says is kept from one article to the next; the rest are small numbers.

use super::cues::{CueRows, LOOK_ROWS, PLACE_ROWS, TAG_ROWS};
use super::first::{QUOTES, SENTENCES};
use super::form::{Form, LOOKS, SHAPES, pair, small};
use super::table::{Table, sizes};
use super::{Crf, FIRST, SECOND, SECOND_WIDTH, Sums, key};

/// Places of a form to the token that is tagged: before it, itself, behind it.
pub(crate) const PLACES: usize = 3;
/// Where a token stands to the cue: before, in, after it.
pub(crate) const SIDES: usize = 3;
/// Most inputs of a token.
pub(crate) const INPUTS: usize = 30;

/// The first stage's tags, and one for what lies past an edge.
pub(crate) const TAGS: u8 = FIRST as u8 + 1;
/// Steps of the first stage's probabilities, and one for what lies past an edge.
pub(crate) const STEPS: u8 = 8;
/// Steps of the distance from the cue.
pub(crate) const DISTANCES: u8 = 10;
/// Kinds of tags.
pub(super) const KINDS: u8 = 4;
/// Tags behind the sentence's next separator: none, or which and how many separators are left.
pub(crate) const NEXT: u8 = 48;

/// A token's form and those around it: the one before, its own, the next, the one after that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'f>(pub(crate) [&'f Form; 4]);

/// What else is known of a token without its cue. Triples: the token before, itself, the next.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Alone {
    pub(crate) tags: [u8; 3],
    /// Kind of its tag.
    pub(crate) kind: u8,
    /// Steps of source, cue, content, begin of content; and of the next token's begin of content.
    pub(crate) steps: [u8; 4],
    pub(crate) next_begins: u8,
    pub(crate) quotes: [u8; 3],
    /// What the sentence holds.
    pub(crate) sentence: u8,
    /// Tokens from the sentence's start and end, 2 at most.
    pub(crate) starts: u8,
    pub(crate) ends: u8,
    /// What stands behind the sentence's next separator.
    pub(crate) next: u8,
    pub(crate) look: u8,
}

/// A cue, the same for all tokens of its window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) word: u64,
    pub(crate) suffix: u64,
    /// Looks at its left and right.
    pub(crate) left: u8,
    pub(crate) right: u8,
    /// It stands in a quotation.
    pub(crate) quoted: u8,
    /// A content begins before it in its sentence.
    pub(crate) order: u8,
}

/// A token as seen from a cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// 0 before, 1 in, 2 after the cue.
    pub(crate) side: u8,
    pub(crate) distance: u8,
    /// Sentences from the cue's own, plus 2.
    pub(crate) offset: u8,
    /// What lies between: other cues, separators, quotation marks, beginning sources and contents; 2, 2, 3, 2, 2 at most.
    pub(crate) cues: u8,
    pub(crate) separators: u8,
    pub(crate) quotes: u8,
    pub(crate) sources: u8,
    pub(crate) contents: u8,
}

/// The key of a form, seen at a place from a token on a side.
pub(crate) fn of_form(form: &Form, place: usize, side: u8) -> u32 {
    const TEMPLATES: [u64; PLACES] = [2, 1, 3];
    key(TEMPLATES[place], pair(u64::from(side), form.word))
}

fn shapes(s: [u8; 3]) -> [u32; 1] {
    [small(6, s)]
}

fn tags([side, before, here, next]: [u8; 4]) -> [u32; 1] {
    [small(9, [side, before, here, next])]
}

/// Side, cues between, tag, another sentence, sources between, a content before the cue.
fn order([side, cues, tag, other, sources, order]: [u8; 6]) -> [u32; 3] {
    [
        small(11, [side, cues, tag, other]),
        small(12, [side, sources, cues, tag]),
        small(27, [side, order, tag, cues, other]),
    ]
}

fn probable([side, content, source, cues, sources]: [u8; 5]) -> [u32; 2] {
    [small(14, [side, content, cues]), small(15, [side, source, cues, sources])]
}

fn begins([side, cue, begins, next_begins, cues]: [u8; 5]) -> [u32; 2] {
    [small(16, [side, cue]), small(17, [side, begins, next_begins, cues])]
}

fn between([side, distance, offset, cues, separators, quotes]: [u8; 6]) -> [u32; 2] {
    [
        small(7, [side, distance, offset]),
        small(10, [side, cues, separators, quotes, u8::from(offset != SAME)]),
    ]
}

/// Offset of the cue's own sentence.
const SAME: u8 = 2;

fn distant([side, distance, tag, next]: [u8; 4]) -> [u32; 1] {
    [small(8, [side, distance, tag, next])]
}

fn contents([side, contents, cues, tag, next]: [u8; 5]) -> [u32; 1] {
    [small(13, [side, contents, cues, tag, next])]
}

fn quoted([side, before, here, next, cue]: [u8; 5]) -> [u32; 1] {
    [small(24, [side, here, before, next, cue])]
}

fn quotation([side, quote, offset, sentence, tag]: [u8; 5]) -> [u32; 1] {
    [small(25, [side, quote, offset, sentence, tag])]
}

fn edges([side, starts, ends, offset, kind]: [u8; 5]) -> [u32; 1] {
    [small(26, [side, starts, ends, offset, kind])]
}

fn ahead([side, cues, tag, next]: [u8; 4]) -> [u32; 1] {
    [small(28, [side, cues, tag, next])]
}

fn left([look, side, tag]: [u8; 3]) -> [u32; 1] {
    [small(21, [side, tag, look])]
}

fn right([look, order, side, tag]: [u8; 4]) -> [u32; 1] {
    [small(22, [side, tag, look, order])]
}

impl Cue {
    /// Templates of its own word and ending.
    const OWN: [u64; 4] = [18, 19, 20, 23];

    /// Its word and a token's tag.
    fn tag(&self, side: u8, tag: u8) -> [u32; 1] {
        [key(18, pair(self.word, u64::from(side) << 8 | u64::from(tag)))]
    }

    /// Its word and ending, and where a token stands.
    fn place(&self, side: u8, distance: u8, kind: u8) -> [u32; 2] {
        let here = u64::from(side) << 8 | u64::from(distance);
        [key(19, pair(self.word, here)), key(20, pair(self.suffix, here << 8 | u64::from(kind)))]
    }

    /// Its word and a token's look.
    fn look(&self, side: u8, look: u8) -> [u32; 1] {
        [key(23, pair(self.word, u64::from(side) << 8 | u64::from(look)))]
    }
}

impl Words<'_> {
    /// Templates of pairs and clauses.
    const WIDE: [u64; 6] = [4, 5, 29, 30, 31, 0];

    fn shapes(&self) -> [u8; 3] {
        [self.0[0].shape, self.0[1].shape, self.0[2].shape]
    }

    /// Two words in order, on either side of the token's start and of its end.
    fn pairs(&self) -> [u32; 2] {
        let [before, here, next, _] = self.0;
        [key(4, pair(before.word, here.word)), key(5, pair(here.word, next.word))]
    }

    /// At the borders of clauses, more of the words around.
    fn clause(&self, side: u8, alone: &Alone) -> Option<[u32; 2]> {
        let [before, here, next, past] = self.0;
        let side = u64::from(side);
        let (tag, ahead) = (u64::from(alone.tags[1]), u64::from(alone.tags[2]));
        if here.separator || here.conjunction {
            let own = pair(here.word, side);
            Some([
                key(29, pair(own, pair(next.word, past.suffix))),
                key(30, pair(own, pair(next.suffix, tag | ahead << 5))),
            ])
        } else if before.separator {
            let own = pair(before.word, side);
            let rates = u64::from(here.rates.cue) | u64::from(next.rates.cue) << 4;
            Some([key(31, pair(own, pair(here.suffix, tag))), key(0, pair(own, rates | tag << 8))])
        } else {
            None
        }
    }
}

/// The numbers that a token's tables are entered with.
struct Entries {
    order: [u8; 6],
    probable: [u8; 5],
    begins: [u8; 5],
    between: [u8; 6],
    distant: [u8; 4],
    contents: [u8; 5],
    quoted: [u8; 5],
    quotation: [u8; 5],
    edges: [u8; 5],
    ahead: [u8; 4],
}

impl Entries {
    #[inline]
    fn new(alone: &Alone, cue: &Cue, spot: &Spot) -> Self {
        let Spot { side, distance, offset, cues, separators, quotes, sources, contents } = *spot;
        let [_, tag, next] = alone.tags;
        let [source, cue_step, content, begins] = alone.steps;
        let [q0, q1, q2] = alone.quotes;
        Entries {
            order: [side, cues, tag, u8::from(offset != SAME), sources, cue.order],
            probable: [side, content, source, cues, sources],
            begins: [side, cue_step, begins, alone.next_begins, cues],
            between: [side, distance, offset, cues, separators, quotes],
            distant: [side, distance, tag, next],
            contents: [side, contents, cues, tag, next],
            quoted: [side, q0, q1, q2, cue.quoted],
            quotation: [side, q1, offset, alone.sentence, tag],
            edges: [side, alone.starts, alone.ends, offset, alone.kind],
            ahead: [side, cues, tag, alone.next],
        }
    }
}

/// Gives all keys of a token, as seen from a cue.
pub(crate) fn keys(
    words: &Words<'_>,
    alone: &Alone,
    cue: &Cue,
    spot: &Spot,
    mut take: impl FnMut(u32),
) {
    let side = spot.side;
    let tag = alone.tags[1];
    for (place, form) in words.0.iter().take(PLACES).enumerate() {
        take(of_form(form, place, side));
    }
    let [a, b, c] = alone.tags;
    let e = Entries::new(alone, cue, spot);
    words.pairs().into_iter().for_each(&mut take);
    words.clause(side, alone).into_iter().flatten().for_each(&mut take);
    shapes(words.shapes()).into_iter().for_each(&mut take);
    tags([side, a, b, c]).into_iter().for_each(&mut take);
    order(e.order).into_iter().for_each(&mut take);
    probable(e.probable).into_iter().for_each(&mut take);
    begins(e.begins).into_iter().for_each(&mut take);
    between(e.between).into_iter().for_each(&mut take);
    distant(e.distant).into_iter().for_each(&mut take);
    contents(e.contents).into_iter().for_each(&mut take);
    quoted(e.quoted).into_iter().for_each(&mut take);
    quotation(e.quotation).into_iter().for_each(&mut take);
    edges(e.edges).into_iter().for_each(&mut take);
    ahead(e.ahead).into_iter().for_each(&mut take);
    left([cue.left, side, tag]).into_iter().for_each(&mut take);
    right([cue.right, cue.order, side, tag]).into_iter().for_each(&mut take);
    cue.tag(side, tag).into_iter().for_each(&mut take);
    cue.place(side, spot.distance, alone.kind).into_iter().for_each(&mut take);
    cue.look(side, alone.look).into_iter().for_each(take);
}

const SIDE: u8 = SIDES as u8;
/// Tags of a token itself.
const TAG: u8 = TAGS - 1;

/// The second stage as it runs: its field, and tables of the inputs that are made of small numbers.
pub(crate) struct Second {
    pub(crate) crf: Crf<SECOND, SECOND_WIDTH>,
    /// Pairs and clauses.
    wide: Crf<SECOND, SECOND_WIDTH>,
    /// Inputs with a cue's own word.
    cues: Crf<SECOND, SECOND_WIDTH>,
    shapes: Table<{ sizes([SHAPES; 3]) }, 3, SECOND_WIDTH>,
    tags: Table<{ sizes([SIDE, TAGS, TAG, TAGS]) }, 4, SECOND_WIDTH>,
    order: Table<{ sizes([SIDE, 3, TAG, 2, 3, 2]) }, 6, SECOND_WIDTH>,
    probable: Table<{ sizes([SIDE, STEPS, STEPS, 3, 3]) }, 5, SECOND_WIDTH>,
    begins: Table<{ sizes([SIDE, STEPS, STEPS, STEPS, 3]) }, 5, SECOND_WIDTH>,
    between: Table<{ sizes([SIDE, DISTANCES, 5, 3, 3, 4]) }, 6, SECOND_WIDTH>,
    distant: Table<{ sizes([SIDE, DISTANCES, TAG, TAGS]) }, 4, SECOND_WIDTH>,
    contents: Table<{ sizes([SIDE, 3, 3, TAG, TAGS]) }, 5, SECOND_WIDTH>,
    quoted: Table<{ sizes([SIDE, QUOTES, QUOTES, QUOTES, 2]) }, 5, SECOND_WIDTH>,
    quotation: Table<{ sizes([SIDE, QUOTES, 5, SENTENCES, TAG]) }, 5, SECOND_WIDTH>,
    edges: Table<{ sizes([SIDE, 3, 3, 5, KINDS]) }, 5, SECOND_WIDTH>,
    ahead: Table<{ sizes([SIDE, 3, TAG, NEXT]) }, 4, SECOND_WIDTH>,
    left: Table<{ sizes([LOOKS, SIDE, TAG]) }, 3, SECOND_WIDTH>,
    right: Table<{ sizes([LOOKS, 2, SIDE, TAG]) }, 4, SECOND_WIDTH>,
}

impl Second {
    pub(crate) fn new(crf: Crf<SECOND, SECOND_WIDTH>) -> Self {
        Second {
            wide: crf.only(&Words::WIDE),
            cues: crf.only(&Cue::OWN),
            shapes: Table::new(&crf, shapes),
            tags: Table::new(&crf, tags),
            order: Table::new(&crf, order),
            probable: Table::new(&crf, probable),
            begins: Table::new(&crf, begins),
            between: Table::new(&crf, between),
            distant: Table::new(&crf, distant),
            contents: Table::new(&crf, contents),
            quoted: Table::new(&crf, quoted),
            quotation: Table::new(&crf, quotation),
            edges: Table::new(&crf, edges),
            ahead: Table::new(&crf, ahead),
            left: Table::new(&crf, left),
            right: Table::new(&crf, right),
            crf,
        }
    }

    /// Adds to a token's sums what small numbers say of it without a cue, whatever the side; and notes its other inputs, (`at`, key),
    /// for [`Second::add_wide`].
    pub(crate) fn add_alone(
        &self,
        words: &Words<'_>,
        at: usize,
        sums: &mut Sums<SECOND_WIDTH>,
        inputs: &mut Vec<(u32, u32)>,
    ) {
        self.shapes.add(words.shapes(), sums);
        let (at, [before, behind]) = (at as u32, words.pairs());
        inputs.extend_from_slice(&[(at, before), (at, behind)]);
    }

    /// The same for what hangs on the side on which the cue stands.
    pub(crate) fn add_side(
        &self,
        words: &Words<'_>,
        alone: &Alone,
        side: u8,
        at: usize,
        sums: &mut Sums<SECOND_WIDTH>,
        inputs: &mut Vec<(u32, u32)>,
    ) {
        let [before, here, next] = alone.tags;
        self.tags.add([side, before, here, next], sums);
        if let Some([one, other]) = words.clause(side, alone) {
            inputs.extend_from_slice(&[(at as u32, one), (at as u32, other)]);
        }
    }

    /// Adds inputs whose values are too many to lay out.
    pub(crate) fn add_wide(&self, inputs: &[(u32, u32)], sums: &mut [Sums<SECOND_WIDTH>]) {
        self.wide.add_all(inputs, sums);
    }

    /// Adds to a token's sums, which hold what it says alone, what it says as seen from a cue.
    #[inline]
    pub(crate) fn add_seen(
        &self,
        alone: &Alone,
        cue: &Cue,
        spot: &Spot,
        rows: &mut CueRows,
        sums: &mut Sums<SECOND_WIDTH>,
    ) {
        let e = Entries::new(alone, cue, spot);
        self.order.add(e.order, sums);
        self.probable.add(e.probable, sums);
        self.begins.add(e.begins, sums);
        self.between.add(e.between, sums);
        self.distant.add(e.distant, sums);
        self.contents.add(e.contents, sums);
        self.quoted.add(e.quoted, sums);
        self.quotation.add(e.quotation, sums);
        self.edges.add(e.edges, sums);
        self.ahead.add(e.ahead, sums);
        let (side, tag) = (spot.side, alone.tags[1]);
        self.left.add([cue.left, side, tag], sums);
        self.right.add([cue.right, cue.order, side, tag], sums);
        let (distance, kind, look) = (spot.distance, alone.kind, alone.look);
        rows.add(TAG_ROWS, [side, tag], [SIDE, TAGS], || cue.tag(side, tag), &self.cues, sums);
        rows.add(
            PLACE_ROWS,
            [side, distance, kind],
            [SIDE, DISTANCES, KINDS],
            || cue.place(side, distance, kind),
            &self.cues,
            sums,
        );
        rows.add(LOOK_ROWS, [side, look], [SIDE, LOOKS], || cue.look(side, look), &self.cues, sums);
    }
}

//! The second stage's templates: what the inputs of a token are as seen from a cue, for fitting as keys and for tagging as
//! sums of rows.
//!
//! Windows of neighbouring cues overlap, so what a token says without its cue is added up once for each side on which a
//! cue can stand; what a cue's own word says is kept from one article to the next; the rest are small numbers.

use super::cues::CueRows;
use super::first::{QUOTES, SENTENCES};
use super::form::{Form, LOOKS, SHAPES};
use super::{FIRST, SECOND, SECOND_WIDTH};
use crate::tagger::{Crf, Sums, key, pair, templates};

/// Places of a form to the token that is tagged: before it, itself, behind it.
pub(crate) const PLACES: usize = 3;
/// Where a token stands to the cue: before, in, after it.
pub(crate) const SIDES: usize = 3;
/// Most inputs of a token.
pub(crate) const INPUTS: usize = 26;

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

/// The forms of the token before, of a token, and of the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'f>(pub(crate) [&'f Form; PLACES]);

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

/// Offset of the cue's own sentence.
const SAME: u8 = 2;
/// Sides of a cue.
pub(super) const SIDE: u8 = SIDES as u8;
/// Tags of a token itself.
const TAG: u8 = TAGS - 1;

/// A token whose cue stands on a side, whichever it is.
#[derive(Clone, Copy)]
pub(crate) struct Sided<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) alone: &'a Alone,
    pub(crate) side: u8,
}

templates! {
    /// Small numbers of a token and the side of the cue.
    BySide<SECOND, SECOND_WIDTH>(x: Sided<'_>)
    shapes(
        a: SHAPES => x.words.0[0].shape, b: SHAPES => x.words.0[1].shape,
        c: SHAPES => x.words.0[2].shape
    ) 6[a b c];
    tags(
        side: SIDE => x.side, before: TAGS => x.alone.tags[0], here: TAG => x.alone.tags[1],
        next: TAGS => x.alone.tags[2]
    ) 9[side before here next];
}

/// A token as seen from a cue.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) alone: &'a Alone,
    pub(crate) cue: &'a Cue,
    pub(crate) spot: &'a Spot,
}

templates! {
    /// Small numbers of a token as seen from a cue.
    ByCue<SECOND, SECOND_WIDTH>(x: Seen<'_>)
    order(
        side: SIDE => x.spot.side, cues: 3 => x.spot.cues, tag: TAG => x.alone.tags[1],
        other: 2 => u8::from(x.spot.offset != SAME), sources: 3 => x.spot.sources,
        order: 2 => x.cue.order
    ) 11[side cues tag other] 12[side sources cues tag] 27[side order tag cues other];
    probable(
        side: SIDE => x.spot.side, content: STEPS => x.alone.steps[2],
        source: STEPS => x.alone.steps[0], cues: 3 => x.spot.cues, sources: 3 => x.spot.sources
    ) 14[side content cues] 15[side source cues sources];
    begins(
        side: SIDE => x.spot.side, cue: STEPS => x.alone.steps[1],
        begins: STEPS => x.alone.steps[3], next: STEPS => x.alone.next_begins,
        cues: 3 => x.spot.cues
    ) 16[side cue] 17[side begins next cues];
    between(
        side: SIDE => x.spot.side, distance: DISTANCES => x.spot.distance,
        offset: 5 => x.spot.offset, other: 2 => u8::from(x.spot.offset != SAME),
        cues: 3 => x.spot.cues, separators: 3 => x.spot.separators, quotes: 4 => x.spot.quotes
    ) 7[side distance offset] 10[side cues separators quotes other];
    distant(
        side: SIDE => x.spot.side, distance: DISTANCES => x.spot.distance,
        tag: TAG => x.alone.tags[1], next: TAGS => x.alone.tags[2]
    ) 8[side distance tag next];
    contents(
        side: SIDE => x.spot.side, contents: 3 => x.spot.contents, cues: 3 => x.spot.cues,
        tag: TAG => x.alone.tags[1], next: TAGS => x.alone.tags[2]
    ) 13[side contents cues tag next];
    quoted(
        side: SIDE => x.spot.side, before: QUOTES => x.alone.quotes[0],
        here: QUOTES => x.alone.quotes[1], next: QUOTES => x.alone.quotes[2], cue: 2 => x.cue.quoted
    ) 24[side here before next cue];
    quotation(
        side: SIDE => x.spot.side, quote: QUOTES => x.alone.quotes[1], offset: 5 => x.spot.offset,
        sentence: SENTENCES => x.alone.sentence, tag: TAG => x.alone.tags[1]
    ) 25[side quote offset sentence tag];
    edges(
        side: SIDE => x.spot.side, starts: 3 => x.alone.starts, ends: 3 => x.alone.ends,
        offset: 5 => x.spot.offset, kind: KINDS => x.alone.kind
    ) 26[side starts ends offset kind];
    ahead(
        side: SIDE => x.spot.side, cues: 3 => x.spot.cues, tag: TAG => x.alone.tags[1],
        next: NEXT => x.alone.next
    ) 28[side cues tag next];
    left(look: LOOKS => x.cue.left, side: SIDE => x.spot.side, tag: TAG => x.alone.tags[1])
        21[side tag look];
    right(
        look: LOOKS => x.cue.right, order: 2 => x.cue.order, side: SIDE => x.spot.side,
        tag: TAG => x.alone.tags[1]
    ) 22[side tag look order];
}

/// Templates with a cue's own word; each list shares a table that is filled for each cue.
impl Cue {
    const OWN: [u64; 4] = [18, 19, 20, 23];

    /// Side, tag.
    pub(super) fn tag(&self, [side, tag]: [u8; 2]) -> [u32; 1] {
        [key(18, pair(self.word, u64::from(side) << 8 | u64::from(tag)))]
    }

    /// Side, distance, kind of tag.
    pub(super) fn place(&self, [side, distance, kind]: [u8; 3]) -> [u32; 2] {
        let here = u64::from(side) << 8 | u64::from(distance);
        let kind = here << 8 | u64::from(kind);
        [key(19, pair(self.word, here)), key(20, pair(self.suffix, kind))]
    }

    /// Side, look.
    pub(super) fn look(&self, [side, look]: [u8; 2]) -> [u32; 1] {
        [key(23, pair(self.word, u64::from(side) << 8 | u64::from(look)))]
    }
}

/// Gives all keys of a token, as seen from a cue.
pub(crate) fn keys(words: &Words<'_>, seen: &Seen<'_>, mut take: impl FnMut(u32)) {
    let Seen { alone, cue, spot } = *seen;
    let (side, tag) = (spot.side, alone.tags[1]);
    for (place, form) in words.0.iter().enumerate() {
        take(of_form(form, place, side));
    }
    BySide::keys(&Sided { words, alone, side }, &mut take);
    ByCue::keys(seen, &mut take);
    cue.tag([side, tag]).into_iter().for_each(&mut take);
    cue.place([side, spot.distance, alone.kind]).into_iter().for_each(&mut take);
    cue.look([side, alone.look]).into_iter().for_each(take);
}

/// The second stage as it runs: its field, and tables of the inputs that are made of small numbers.
pub(crate) struct Second {
    pub(crate) crf: Crf<SECOND, SECOND_WIDTH>,
    /// Inputs with a cue's own word.
    cues: Crf<SECOND, SECOND_WIDTH>,
    pub(crate) by_side: BySide,
    by_cue: ByCue,
}

impl Second {
    pub(crate) fn new(crf: Crf<SECOND, SECOND_WIDTH>) -> Self {
        Second {
            cues: crf.only(&Cue::OWN),
            by_side: BySide::new(&crf),
            by_cue: ByCue::new(&crf),
            crf,
        }
    }

    /// Adds to a token's sums, which hold what it says alone, what it says as seen from a cue.
    #[inline]
    pub(crate) fn add_seen(
        &self,
        seen: &Seen<'_>,
        rows: &mut CueRows,
        sums: &mut Sums<SECOND_WIDTH>,
    ) {
        self.by_cue.add(seen, sums);
        let Seen { alone, cue, spot } = *seen;
        let (side, field) = (spot.side, &self.cues);
        rows.tag.add([side, alone.tags[1]], |at| cue.tag(at), field, sums);
        let place = [side, spot.distance, alone.kind];
        rows.place.add(place, |at| cue.place(at), field, sums);
        rows.look.add([side, alone.look], |at| cue.look(at), field, sums);
    }
}

//! What the tokens of a document say without a cue, as the second stage reads it.

use super::SECOND_WIDTH;
use super::second::SIDES;
use crate::tagger::Sums;

/// For each side on which the cue can stand, what each token says without it. Added up for the tokens that windows reach, once for
/// all of them; what stands at other tokens means nothing.
#[derive(Default)]
pub(crate) struct Sides {
    /// Side after side, token after token.
    pub(crate) sums: Vec<Sums<SECOND_WIDTH>>,
    pub(crate) reach: Vec<Reach>,
}

/// Which windows reach a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    #[default]
    None,
    Window,
    /// It stands in a cue, too.
    Cue,
}

/// Tokens for which room is kept from one article to the next.
const KEPT: usize = 1 << 14;

impl Sides {
    #[inline]
    pub(crate) fn of(&self, i: usize, side: u8) -> Sums<SECOND_WIDTH> {
        self.sums[i * SIDES + usize::from(side)]
    }

    /// Gives back the room that a long article took.
    pub(crate) fn shrink(self) -> Self {
        if self.reach.len() > KEPT { Sides::default() } else { self }
    }
}

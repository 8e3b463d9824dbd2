//! What a cue's own word says of the tokens around it, kept from one article to the next: few words make most cues.

use super::SECOND_WIDTH;
use super::form::LOOKS;
use super::second::{Cue, DISTANCES, KINDS, SIDE, TAGS};
use crate::tagger::{Lazy, pair, sizes};

/// What a cue's own word says of a token: rows, looked up when they are first asked for.
#[derive(Default)]
pub(crate) struct CueRows {
    /// By side and tag.
    pub(super) tag: Lazy<{ sizes([SIDE, TAGS]) }, 2, SECOND_WIDTH>,
    /// By side, distance and kind of tag.
    pub(super) place: Lazy<{ sizes([SIDE, DISTANCES, KINDS]) }, 3, SECOND_WIDTH>,
    /// By side and look.
    pub(super) look: Lazy<{ sizes([SIDE, LOOKS]) }, 2, SECOND_WIDTH>,
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
        let kept = place.get_or_insert_with(|| Box::new((key, CueRows::default())));
        if kept.0 != key {
            kept.0 = key;
            let CueRows { tag, place, look } = &mut kept.1;
            tag.forget();
            place.forget();
            look.forget();
        }
        &mut kept.1
    }
}

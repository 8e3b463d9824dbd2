//! Kinds of words that the inputs ask for, as bits: a word may be of several.

use crate::lexicon::WordMap;
use crate::text::Word;
use std::sync::LazyLock;

pub(super) const NEGATION: u8 = 1;
pub(super) const BREAK: u8 = 2;
pub(super) const TITLE: u8 = 4;
pub(super) const PRONOUN: u8 = 8;
pub(super) const SAYS: u8 = 16;
pub(super) const OPENER: u8 = 32;
pub(super) const QUOTE: u8 = 64;

static KINDS: LazyLock<WordMap<u8>> = LazyLock::new(|| {
    let lists = [
        (NEGATION, "not n't no never nor neither without cannot hardly"),
        (
            BREAK,
            ", ; : - – — ( ) but while although though because who which whom when after before as if since whereas however despite",
        ),
        (
            TITLE,
            "mr mrs ms dr president sen senator rep gov governor secretary former president-elect judge justice candidate nominee rival congressman chairman director minister chancellor prince king queen professor bishop",
        ),
        (PRONOUN, "he she him his her it its they them their we us i you who me my our"),
        (
            SAYS,
            "said says say told added tweeted wrote asked argued claimed noted explained replied saying writes tells adds",
        ),
        (OPENER, ". ! ? “ \" : ‘ ( ..."),
        (QUOTE, "“ ” \" « »"),
    ];
    let mut kinds = WordMap::default();
    for (kind, list) in lists {
        for word in list.split_whitespace() {
            *kinds.entry(Word::of(word)).or_default() |= kind;
        }
    }
    kinds
});

/// The bits of a word; none for most.
pub(super) fn kinds(word: Word) -> u8 {
    KINDS.get(&word).copied().unwrap_or(0)
}

//! Words as numbers: a stable 64-bit hash of the folded form, the key of every lexicon and model.

use std::borrow::Cow;

/// Hash of a word's folded form (lower case, typographic apostrophe as the straight one).
///
/// FNV-1a over UTF-8 bytes with a final mix. Our own, so that neither a library's update nor the platform
/// changes what a model file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Word(pub u64);

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Scrambles the bits of a 64-bit number (the finaliser of SplitMix64).
#[must_use]
pub const fn mix(mut x: u64) -> u64 {
    x ^= x >> 30;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 27;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A word being made of the bytes of its folded form.
#[derive(Clone, Copy)]
pub(super) struct Folded(u64);

impl Default for Folded {
    fn default() -> Self {
        Folded(OFFSET)
    }
}

impl Folded {
    #[inline]
    pub(super) const fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(PRIME);
    }

    #[inline]
    pub(super) const fn word(self) -> Word {
        Word(mix(self.0))
    }
}

/// Is a character no part of what a reader sees: a soft hyphen, a joiner, a mark of direction?
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A form without its invisible characters.
#[must_use]
pub fn visible(form: &str) -> Cow<'_, str> {
    // All of them lie outside ASCII.
    if form.is_ascii() || !form.contains(is_invisible) {
        return Cow::Borrowed(form);
    }
    Cow::Owned(form.chars().filter(|c| !is_invisible(*c)).collect())
}

impl Word {
    /// The word of a surface form.
    #[must_use]
    pub fn of(form: &str) -> Word {
        let mut hash = Folded(OFFSET);
        if form.is_ascii() {
            for byte in form.bytes() {
                hash.add(byte.to_ascii_lowercase());
            }
        } else {
            let mut buffer = [0_u8; 4];
            for character in form.chars().filter(|c| !is_invisible(*c)) {
                let plain = if matches!(character, '’' | 'ʼ' | '‘' | '´' | '′') {
                    '\''
                } else {
                    character
                };
                for lower in plain.to_lowercase() {
                    for &byte in lower.encode_utf8(&mut buffer).as_bytes() {
                        hash.add(byte);
                    }
                }
            }
        }
        hash.word()
    }

    /// The word of a form that is plain lower-case ASCII, for constants: hashed when the program is compiled.
    #[must_use]
    pub const fn constant(form: &str) -> Word {
        let bytes = form.as_bytes();
        let mut hash = Folded(OFFSET);
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at].is_ascii() && !bytes[at].is_ascii_uppercase());
            hash.add(bytes[at]);
            at += 1;
        }
        hash.word()
    }

    /// A key for two things in order, for pairs of words and for a word under a template.
    #[must_use]
    pub fn then(self, next: Word) -> Word {
        Word(mix(self.0.rotate_left(23) ^ next.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Word, visible};

    #[test]
    fn folding_joins_case_and_apostrophes() {
        assert_eq!(Word::of("DON’T"), Word::of("don't"));
        assert_eq!(Word::of("ÉTAT"), Word::of("état"));
        assert_ne!(Word::of("said"), Word::of("says"));
        assert_eq!(Word::of("s\u{ad}ai\u{200b}d"), Word::of("said"));
        assert_eq!(visible("s\u{ad}aid"), "said");
    }

    #[test]
    fn constants_are_the_words_of_their_forms() {
        const SAID: Word = Word::constant("said");
        assert_eq!(SAID, Word::of("Said"));
    }

    #[test]
    fn order_matters_in_pairs() {
        let (a, b) = (Word::of("a"), Word::of("b"));
        assert_ne!(a.then(b), b.then(a));
    }

    #[test]
    fn hashes_do_not_change_between_releases() {
        assert_eq!(Word::of("said").0, HASH_OF_SAID);
    }

    /// Computed once, apart from this code: FNV-1a of "said", then the finaliser.
    const HASH_OF_SAID: u64 = 0xbd41_b78a_c14e_9fb7;
}

//! How hard prose reads: syllables by rule, and the Flesch-Kincaid grade.

use crate::text::Word;
use std::cell::RefCell;

/// Words whose syllables a thread remembers: the last one met for each place.
const REMEMBERED: usize = 1 << 12;

thread_local! {
    /// A word and its syllables. They follow from the word alone, so that nothing depends on what was read before.
    static KNOWN: RefCell<Vec<(Word, usize)>> = RefCell::new(vec![(Word::default(), 0); REMEMBERED]);
}

/// Number of words and of all their syllables.
pub(super) fn count<'w>(words: impl Iterator<Item = (&'w str, Word)>) -> (usize, usize) {
    KNOWN.with_borrow_mut(|known| {
        words.fold((0, 0), |(n, sum), (form, word)| {
            // Other forms may share their word and not their letters.
            if !form.is_ascii() {
                return (n + 1, sum + syllables(form));
            }
            let place = &mut known[(word.0 >> 7) as usize % REMEMBERED];
            if place.0 != word {
                *place = (word, syllables(form));
            }
            (n + 1, sum + place.1)
        })
    })
}

/// Syllables of an English word, by rule: groups of vowels, less a silent ending. Kincaid et al. count by ear; a rule
/// is right on about nine words of ten, and its faults even out over an article.
fn syllables(word: &str) -> usize {
    let mut count = Count::default();
    if word.is_ascii() {
        let (mut vowel_before, mut mask) = (0, 0_u32);
        for byte in word.bytes() {
            let letter = (byte | 0x20).wrapping_sub(b'a');
            if letter < 26 {
                let vowel = VOWELS >> letter & 1;
                count.groups += (vowel & !vowel_before) as usize;
                vowel_before = vowel;
                count.letters += 1;
                mask = mask << 8 | u32::from(letter + b'a');
            }
        }
        let [_, before, last_but_one, last] = mask.to_be_bytes();
        count.last = [last, last_but_one, before].map(char::from);
    } else {
        for c in word.chars().map(|c| c.to_ascii_lowercase()).filter(|c| c.is_alphabetic()) {
            count.add(c, is_vowel(c));
        }
    }
    count.syllables()
}

/// A bit for each letter of a to z that is a vowel.
const VOWELS: u32 = 1 << 0 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24;

/// Groups of vowels and the last letters of a word.
#[derive(Default)]
struct Count {
    groups: usize,
    letters: usize,
    vowel_before: bool,
    /// The last letters, folded, latest first.
    last: [char; 3],
}

impl Count {
    fn add(&mut self, letter: char, vowel: bool) {
        self.groups += usize::from(vowel && !self.vowel_before);
        self.vowel_before = vowel;
        self.last = [letter, self.last[0], self.last[1]];
        self.letters += 1;
    }

    fn syllables(self) -> usize {
        let Count { mut groups, letters, last, .. } = self;
        let silent = match last {
            // "table", "little" keep their last syllable, "mile" and "whale" do not.
            ['e', 'l', before] => is_vowel(before),
            ['e', before, _] => !is_vowel(before),
            // "jumped" loses it, "wanted" and "needed" keep it.
            ['d', 'e', before] => !matches!(before, 't' | 'd') && !is_vowel(before),
            // "times" loses it, "houses", "boxes", "pages" keep it.
            ['s', 'e', before] => {
                !matches!(before, 's' | 'x' | 'z' | 'c' | 'g' | 'h') && !is_vowel(before)
            }
            _ => false,
        };
        if silent && groups > 1 {
            groups -= 1;
        }
        if letters == 0 { 0 } else { groups.max(1) }
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ä' | 'ö' | 'ü')
}

/// Grade of Kincaid et al. (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59; 0 for an empty text.
pub(super) fn grade(words: f64, sentences: f64, syllables: f64) -> f64 {
    if words <= 0.0 || sentences <= 0.0 {
        0.0
    } else {
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }
}

#[cfg(test)]
mod tests {
    use super::{grade, syllables};

    #[test]
    fn syllables_by_ear() {
        let table = "the 1 table 2 little 2 mile 1 whale 1 jumped 1 wanted 2 needed 2 times 1 houses 2 boxes 2 pages 2 minister 3 \
            government 3 president 3 river 2 committee 3 be 1 free 1 we 1 a 1 police 2 officials 3 rhythm 1 year 1 announced 2 election 3";
        let cells: Vec<&str> = table.split_whitespace().collect();
        for pair in cells.chunks(2) {
            assert_eq!(syllables(pair[0]), pair[1].parse::<usize>().unwrap(), "{}", pair[0]);
        }
        assert_eq!(syllables("—"), 0);
    }

    #[test]
    fn grade_by_hand() {
        // "The cat sat on the mat." 6 words, 1 sentence, 6 syllables: 2.34 + 11.8 - 15.59.
        assert!((grade(6.0, 1.0, 6.0) - -1.45).abs() < 1e-9);
        // 20 words in 2 sentences, 30 syllables: 3.9 + 17.7 - 15.59.
        assert!((grade(20.0, 2.0, 30.0) - 6.01).abs() < 1e-9);
        assert_eq!(grade(0.0, 0.0, 0.0), 0.0);
    }
}

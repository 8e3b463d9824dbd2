//! Stems: the forms of a word share what is learned of it.

use crate::text::Word;
use std::cell::RefCell;

/// Words whose stems a thread remembers: the last one met for each place.
const REMEMBERED: usize = 1 << 12;

thread_local! {
    /// A word and its stem. Both follow from the form alone, so that nothing depends on what was read before.
    static KNOWN: RefCell<Vec<(Word, Word)>> = RefCell::new(vec![(Word::default(), Word::default()); REMEMBERED]);
}

/// The word of a form's stem; `word` is the form's own.
pub(super) fn stem_word(form: &str, word: Word, buffer: &mut String) -> Word {
    // Other forms may share their word and not their stem.
    if !form.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Word::of(stem(form, buffer));
    }
    KNOWN.with_borrow_mut(|known| {
        let place = &mut known[(word.0 >> 7) as usize % REMEMBERED];
        if place.0 != word {
            *place = (word, Word::of(stem(form, buffer)));
        }
        place.1
    })
}

/// A crude stem: endings of number, tense and manner taken off. Lower case, ASCII words only.
pub(crate) fn stem<'b>(form: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if form.is_ascii() {
        buffer.push_str(form);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(
            form.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }),
        );
    }
    if !buffer.bytes().all(|b| b.is_ascii_alphabetic()) {
        return buffer;
    }
    for ending in ["ing", "ied", "ies", "ed", "ly", "es", "s"] {
        if buffer.ends_with(ending) && buffer.len() - ending.len() >= 3 {
            buffer.truncate(buffer.len() - ending.len());
            if matches!(ending, "ied" | "ies") {
                buffer.push('y');
            }
            break;
        }
    }
    if buffer.len() > 4 && buffer.ends_with('e') {
        buffer.pop();
    }
    let bytes = buffer.as_bytes();
    if buffer.len() > 4 && bytes[buffer.len() - 1] == bytes[buffer.len() - 2] {
        buffer.pop();
    }
    buffer
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn stems_join_forms() {
        let mut buffer = String::new();
        for (form, expected) in [
            ("Blamed", "blam"),
            ("blames", "blam"),
            ("blame", "blam"),
            ("allies", "ally"),
            ("slammed", "slam"),
            ("was", "was"),
            ("été", "été"),
        ] {
            assert_eq!(stem(form, &mut buffer), expected);
        }
    }
}

//! What the taggers know of a word form by itself.

use super::WordRates;
use crate::lexicon::WordMap;
use crate::text::{Case, Kind, Token, Word, seen_mark};
use serde::Deserialize;
use std::sync::LazyLock;

/// What `words.toml` holds; its comments say what each list is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    function: Vec<String>,
    relative: Vec<String>,
    no_cue: Vec<String>,
}

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
    pub(crate) relative: bool,
    /// It cannot be the head of a cue.
    pub(crate) no_cue: bool,
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
        relative: false,
        no_cue: false,
        separator: false,
    };

    pub(super) fn of(form: &str, token: &Token, rates: &WordMap<WordRates>) -> Form {
        let form = seen_mark(token, form).unwrap_or(form);
        if form == "&" {
            // "Marks & Dorn" is one firm: the taggers, who have seen few of them, see it as "Bank of Dorn".
            let token =
                Token { word: Word::of("of"), kind: Kind::Word, case: Case::Lower, ..*token };
            return Form::of("of", &token, rates);
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
            relative: known.relative,
            no_cue: known.no_cue,
            separator: token.kind == Kind::Punctuation && SEPARATORS.contains(&form),
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Known {
    /// Number of the function word, from 1; 0 for others.
    function: u8,
    relative: bool,
    no_cue: bool,
}

/// The words; like the families' lists, what models rest on.
pub(crate) const LIST: &str = include_str!("words.toml");

static KNOWN: LazyLock<WordMap<Known>> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(LIST).expect("compiled in and tested");
    let mut map: WordMap<Known> = WordMap::default();
    let mut of =
        |word: &str, note: &dyn Fn(&mut Known)| note(map.entry(Word::of(word)).or_default());
    for (word, number) in lists.function.iter().zip(1..) {
        of(word, &|known| known.function = number);
    }
    lists.relative.iter().for_each(|word| of(word, &|known| known.relative = true));
    lists.no_cue.iter().for_each(|word| of(word, &|known| known.no_cue = true));
    map
});

/// Tells forms apart that differ in anything that [`Form`] holds: by the word and how it is written; by its bytes a form with
/// letters outside ASCII or with capitals inside, as word and case do not tell all of it (a stem asks for small letters).
#[inline]
pub(super) fn identity(form: &str, token: &Token) -> u64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, tokenize};

    #[test]
    fn every_function_word_has_a_look() {
        let numbers: Vec<u8> = KNOWN.values().map(|k| k.function).filter(|n| *n > 0).collect();
        assert_eq!(numbers.len(), usize::from(numbers.iter().copied().max().unwrap_or(0)));
        assert!(numbers.iter().all(|n| SHAPES - 2 + n < NO_LOOK));
    }

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

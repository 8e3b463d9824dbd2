//! Word lists as data: TOML entries to matches over a document's tokens.

use crate::text::{Case, Document, Kind, Word};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// One entry as it stands in a `lexicon.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The words, variants split by `|`: "claim|claims|claimed", "it is said that".
    pub form: String,
    /// Out of the family's closed set.
    pub class: String,
    /// Strength; 1 where none is given.
    #[serde(default = "one")]
    pub weight: f64,
    /// Where the entry comes from: a publication, or "own".
    pub source: String,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
    /// Only in lower case ("may", not "May").
    #[serde(default)]
    pub lower: bool,
    /// Not when one of these words comes next (split by spaces).
    #[serde(default)]
    pub not_before: String,
    /// Not when one of these words stands just before (split by spaces).
    #[serde(default)]
    pub not_after: String,
    /// Only when one of these words comes next (split by spaces).
    #[serde(default)]
    pub only_before: String,
    /// Only when one of these words stands just before (split by spaces).
    #[serde(default)]
    pub only_after: String,
    /// Sentences in which the entry fires; run as tests.
    pub yes: Vec<String>,
    /// Sentences in which it does not; run as tests.
    pub no: Vec<String>,
}

impl Entry {
    /// The first variant, as one word: the entry's name in inputs.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        let first = self.form.split_once('|').map_or(self.form.as_str(), |(first, _)| first);
        if first.contains(' ') { Cow::Owned(first.replace(' ', "_")) } else { Cow::Borrowed(first) }
    }
}

fn one() -> f64 {
    1.0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

/// A match: tokens `first..last` of the document and the entry that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Index into [`Lexicon::entries`].
    pub entry: usize,
}

struct Pattern {
    words: Vec<Word>,
    entry: usize,
}

struct Context {
    lower: bool,
    not_before: Vec<Word>,
    not_after: Vec<Word>,
    only_before: Vec<Word>,
    only_after: Vec<Word>,
}

/// Hashes are already well mixed; hashing them again would be waste.
#[derive(Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 << 8) | u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map keyed by words.
pub type WordMap<V> = HashMap<Word, V, BuildHasherDefault<WordHasher>>;

/// Bits that tell at once that a word opens no entry: most words of a text do not, and the bits stay in the nearest cache.
struct Openers {
    bits: Vec<u64>,
}

impl Openers {
    /// Bits for each word: about one word in sixteen that is not in the set passes.
    const ROOM: usize = 16;

    fn of<'w>(words: impl ExactSizeIterator<Item = &'w Word>) -> Self {
        let mut openers = Openers { bits: vec![0; (words.len() * Self::ROOM / 64 + 1).next_power_of_two()] };
        for word in words {
            let (at, bit) = openers.place(*word);
            openers.bits[at] |= bit;
        }
        openers
    }

    fn place(&self, word: Word) -> (usize, u64) {
        ((word.0 >> 6) as usize & (self.bits.len() - 1), 1 << (word.0 & 63))
    }

    fn may_hold(&self, word: Word) -> bool {
        let (at, bit) = self.place(word);
        self.bits[at] & bit != 0
    }
}

/// A compiled word list. Matching is linear in the tokens: by word hashes, longest entry first, no overlap.
pub struct Lexicon {
    /// The entries, in file order.
    pub entries: Vec<Entry>,
    classes: Vec<&'static str>,
    names: Vec<Word>,
    contexts: Vec<Context>,
    patterns: WordMap<Vec<Pattern>>,
    openers: Openers,
    /// Hash of the file, for model files to say what they were fitted with.
    pub fingerprint: u64,
}

/// What is wrong with a lexicon file.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Not TOML, or not of the form of [`Entry`].
    #[error("lexicon of {family}: {message}")]
    Form {
        /// The family.
        family: String,
        /// What the parser says, with line and column.
        message: String,
    },
    /// A class outside the family's set.
    #[error("lexicon of {family}, entry {form:?}: class {class:?} is none of {known:?}")]
    Class {
        /// The family.
        family: String,
        /// The entry.
        form: String,
        /// The class it has.
        class: String,
        /// The classes it may have.
        known: &'static [&'static str],
    },
}

fn words(list: &str) -> Vec<Word> {
    let mut out: Vec<Word> = list.split_whitespace().map(Word::of).collect();
    out.sort_unstable();
    out
}

impl Lexicon {
    /// Reads a family's lexicon.
    ///
    /// # Errors
    /// When the TOML does not hold entries, or an entry's class is none of `classes`.
    pub fn parse(family: &str, toml: &str, classes: &'static [&'static str]) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(toml).map_err(|e| LexiconError::Form { family: family.to_owned(), message: e.to_string() })?;
        let mut lexicon = Lexicon {
            entries: file.entry,
            classes: Vec::new(),
            names: Vec::new(),
            contexts: Vec::new(),
            patterns: WordMap::default(),
            openers: Openers::of([].iter()),
            fingerprint: Word::of(toml).0,
        };
        for (index, entry) in lexicon.entries.iter().enumerate() {
            let Some(&class) = classes.iter().find(|c| **c == entry.class) else {
                return Err(LexiconError::Class { family: family.to_owned(), form: entry.form.clone(), class: entry.class.clone(), known: classes });
            };
            lexicon.classes.push(class);
            lexicon.names.push(Word::of(&entry.name()));
            lexicon.contexts.push(Context {
                lower: entry.lower,
                not_before: words(&entry.not_before),
                not_after: words(&entry.not_after),
                only_before: words(&entry.only_before),
                only_after: words(&entry.only_after),
            });
            for variant in entry.form.split('|') {
                let document = Document::new(variant);
                let words: Vec<Word> = document.tokens.iter().map(|t| t.word).collect();
                if let Some(&first) = words.first() {
                    lexicon.patterns.entry(first).or_default().push(Pattern { words, entry: index });
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own; the order of visits is not seen")]
        for list in lexicon.patterns.values_mut() {
            list.sort_by_key(|p| (std::cmp::Reverse(p.words.len()), p.entry));
        }
        lexicon.openers = Openers::of(lexicon.patterns.keys());
        Ok(lexicon)
    }

    /// The class of an entry, as the family names it.
    #[must_use]
    pub fn class(&self, entry: usize) -> &'static str {
        self.classes[entry]
    }

    /// The word of an entry's [`Entry::name`].
    #[must_use]
    pub fn name(&self, entry: usize) -> Word {
        self.names[entry]
    }

    /// All matches in the tokens `range` of the document, in order, none overlapping another.
    #[must_use]
    pub fn find(&self, document: &Document<'_>, range: std::ops::Range<usize>) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.match_at(document, at, range.end) {
                Some(hit) => {
                    at = hit.last;
                    out.push(hit);
                }
                None => at += 1,
            }
        }
        out
    }

    fn match_at(&self, document: &Document<'_>, at: usize, end: usize) -> Option<Hit> {
        let tokens = &document.tokens;
        let word = tokens[at].word;
        let list = self.openers.may_hold(word).then(|| self.patterns.get(&word)).flatten()?;
        list.iter().find_map(|pattern| {
            let last = at + pattern.words.len();
            let fits = last <= end && pattern.words.iter().zip(&tokens[at..last]).all(|(w, t)| *w == t.word);
            (fits && self.allowed(document, at, last, pattern.entry)).then_some(Hit { first: at, last, entry: pattern.entry })
        })
    }

    fn allowed(&self, document: &Document<'_>, first: usize, last: usize, entry: usize) -> bool {
        let context = &self.contexts[entry];
        let tokens = &document.tokens;
        if context.lower && tokens[first].kind == Kind::Word && tokens[first].case != Case::Lower {
            // A capital at the start of a sentence says nothing.
            let opens = document.sentences[document.sentence_of[first] as usize].tokens().start == first;
            if !opens {
                return false;
            }
        }
        let before = first.checked_sub(1).map(|t| tokens[t].word);
        let after = tokens.get(last).map(|t| t.word);
        let holds = |list: &[Word], word: Option<Word>| word.is_some_and(|w| list.binary_search(&w).is_ok());
        !holds(&context.not_before, after)
            && !holds(&context.not_after, before)
            && (context.only_before.is_empty() || holds(&context.only_before, after))
            && (context.only_after.is_empty() || holds(&context.only_after, before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = r#"
[[entry]]
form = "may"
class = "modal"
source = "own"
lower = true
not_before = "day"
yes = ["It may rain."]
no = ["In May it rained."]

[[entry]]
form = "may well|might well"
class = "modal"
source = "own"
yes = ["It may well rain."]
no = ["A well may dry."]
"#;

    fn found(text: &str) -> Vec<String> {
        let lexicon = Lexicon::parse("test", TOML, &["modal"]).unwrap();
        let document = Document::new(text);
        let hits = lexicon.find(&document, 0..document.tokens.len());
        hits.iter().map(|h| lexicon.entries[h.entry].form.clone()).collect()
    }

    #[test]
    fn longest_entry_wins_and_case_counts() {
        assert_eq!(found("It may well rain, it may snow in May, may day."), ["may well|might well", "may"]);
    }

    #[test]
    fn unknown_class_is_named() {
        let error = Lexicon::parse("test", TOML, &["other"]).err().unwrap().to_string();
        assert!(error.contains("\"may\"") && error.contains("modal"), "{error}");
    }
}

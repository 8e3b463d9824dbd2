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

/// A variant of an entry.
#[derive(Clone, Copy)]
struct Pattern {
    /// The words behind the first: where they stand in [`Patterns::words`].
    rest: (u32, u32),
    entry: u32,
    /// Nothing is asked of the words around.
    plain: bool,
}

/// Variants by their first word: one look at memory tells whether a word opens any, and which.
#[derive(Default)]
struct Patterns {
    /// Open-addressed: a first word, and the range of its patterns; an empty range where there is none.
    slots: Vec<(Word, u32, u32)>,
    /// Longest first for each first word.
    patterns: Vec<Pattern>,
    words: Vec<Word>,
}

impl Patterns {
    /// Lays out (first word, the words behind it, entry).
    fn of(mut list: Vec<(Word, Vec<Word>, usize)>, plain: impl Fn(usize) -> bool) -> Self {
        list.sort_by_key(|(first, rest, entry)| (*first, std::cmp::Reverse(rest.len()), *entry));
        let mut out = Patterns {
            slots: vec![(Word::default(), 0, 0); (2 * list.len() + 2).next_power_of_two()],
            ..Patterns::default()
        };
        for same in list.chunk_by(|a, b| a.0 == b.0) {
            let start = out.patterns.len() as u32;
            for (_, rest, entry) in same {
                let from = out.words.len() as u32;
                out.words.extend(rest);
                out.patterns.push(Pattern {
                    rest: (from, out.words.len() as u32),
                    entry: *entry as u32,
                    plain: plain(*entry),
                });
            }
            let at = out.place(same[0].0);
            out.slots[at] = (same[0].0, start, out.patterns.len() as u32);
        }
        out
    }

    /// The slot of a word, or the empty one where it belongs.
    #[inline]
    fn place(&self, word: Word) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (word.0 >> 20) as usize & mask;
        while self.slots[at].1 != self.slots[at].2 && self.slots[at].0 != word {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn opened_by(&self, word: Word) -> &[Pattern] {
        let (_, from, to) = self.slots[self.place(word)];
        &self.patterns[from as usize..to as usize]
    }

    #[inline]
    fn rest(&self, pattern: &Pattern) -> &[Word] {
        &self.words[pattern.rest.0 as usize..pattern.rest.1 as usize]
    }
}

struct Context {
    lower: bool,
    not_before: Vec<Word>,
    not_after: Vec<Word>,
    only_before: Vec<Word>,
    only_after: Vec<Word>,
}

impl Context {
    /// Nothing is asked of the words around.
    fn is_plain(&self) -> bool {
        let lists = [&self.not_before, &self.not_after, &self.only_before, &self.only_after];
        !self.lower && lists.iter().all(|list| list.is_empty())
    }
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
        let mut openers =
            Openers { bits: vec![0; (words.len() * Self::ROOM / 64 + 1).next_power_of_two()] };
        for word in words {
            let (at, bit) = openers.place(*word);
            openers.bits[at] |= bit;
        }
        openers
    }

    fn place(&self, word: Word) -> (usize, u64) {
        ((word.0 >> 6) as usize & (self.bits.len() - 1), 1 << (word.0 & 63))
    }

    #[inline]
    fn may_hold(&self, word: Word) -> bool {
        let (at, bit) = self.place(word);
        self.bits[at] & bit != 0
    }
}

/// A compiled word list. Matching is linear in the tokens: by word hashes, longest entry first, no overlap.
pub struct Lexicon {
    /// The entries, in file order.
    pub entries: Vec<Entry>,
    /// Each entry's class, and its place among the family's classes.
    classes: Vec<(&'static str, u32)>,
    names: Vec<Word>,
    contexts: Vec<Context>,
    patterns: Patterns,
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
    pub fn parse(
        family: &str,
        toml: &str,
        classes: &'static [&'static str],
    ) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(toml).map_err(|e| LexiconError::Form {
            family: family.to_owned(),
            message: e.to_string(),
        })?;
        let mut lexicon = Lexicon {
            entries: file.entry,
            classes: Vec::new(),
            names: Vec::new(),
            contexts: Vec::new(),
            patterns: Patterns::default(),
            openers: Openers::of([].iter()),
            fingerprint: Word::of(toml).0,
        };
        let mut variants = Vec::new();
        for (index, entry) in lexicon.entries.iter().enumerate() {
            let Some(class) = classes.iter().position(|c| *c == entry.class) else {
                return Err(LexiconError::Class {
                    family: family.to_owned(),
                    form: entry.form.clone(),
                    class: entry.class.clone(),
                    known: classes,
                });
            };
            lexicon.classes.push((classes[class], class as u32));
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
                if let [first, rest @ ..] = &document.tokens[..] {
                    variants.push((first.word, rest.iter().map(|t| t.word).collect(), index));
                }
            }
        }
        lexicon.openers = Openers::of(variants.iter().map(|(first, ..)| first));
        let contexts = &lexicon.contexts;
        lexicon.patterns = Patterns::of(variants, |entry| contexts[entry].is_plain());
        Ok(lexicon)
    }

    /// The class of an entry, as the family names it.
    #[must_use]
    pub fn class(&self, entry: usize) -> &'static str {
        self.classes[entry].0
    }

    /// The place of an entry's class among the family's classes.
    #[must_use]
    pub fn class_number(&self, entry: usize) -> u32 {
        self.classes[entry].1
    }

    /// The word of an entry's [`Entry::name`].
    #[must_use]
    pub fn name(&self, entry: usize) -> Word {
        self.names[entry]
    }

    /// All matches in the tokens `range` of the document, in order, none overlapping another.
    #[must_use]
    pub fn find(&self, document: &Document<'_>, range: std::ops::Range<usize>) -> Vec<Hit> {
        let mut out = Vec::with_capacity(range.len() / 16);
        let tokens = &document.tokens[..range.end];
        let mut at = range.start;
        while let Some(token) = tokens.get(at) {
            let hit = if self.openers.may_hold(token.word) {
                self.match_at(document, at, range.end)
            } else {
                None
            };
            at = hit.map_or(at + 1, |hit| hit.last);
            out.extend(hit);
        }
        out
    }

    fn match_at(&self, document: &Document<'_>, at: usize, end: usize) -> Option<Hit> {
        let behind = &document.tokens[at + 1..end];
        for pattern in self.patterns.opened_by(document.tokens[at].word) {
            let rest = self.patterns.rest(pattern);
            let fits =
                rest.len() <= behind.len() && rest.iter().zip(behind).all(|(w, t)| *w == t.word);
            let (last, entry) = (at + 1 + rest.len(), pattern.entry as usize);
            if fits && (pattern.plain || self.allowed(document, at, last, entry)) {
                return Some(Hit { first: at, last, entry });
            }
        }
        None
    }

    fn allowed(&self, document: &Document<'_>, first: usize, last: usize, entry: usize) -> bool {
        let context = &self.contexts[entry];
        let tokens = &document.tokens;
        if context.lower && tokens[first].kind == Kind::Word && tokens[first].case != Case::Lower {
            // A capital at the start of a sentence says nothing.
            let opens =
                document.sentences[document.sentence_of[first] as usize].tokens().start == first;
            if !opens {
                return false;
            }
        }
        let before = first.checked_sub(1).map(|t| tokens[t].word);
        let after = tokens.get(last).map(|t| t.word);
        let holds = |list: &[Word], word: Option<Word>| {
            word.is_some_and(|w| list.binary_search(&w).is_ok())
        };
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
        assert_eq!(
            found("It may well rain, it may snow in May, may day."),
            ["may well|might well", "may"]
        );
    }

    #[test]
    fn unknown_class_is_named() {
        let error = Lexicon::parse("test", TOML, &["other"]).err().unwrap().to_string();
        assert!(error.contains("\"may\"") && error.contains("modal"), "{error}");
    }
}

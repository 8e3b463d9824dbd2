//! What the taggers look at, one entry a token, each filled in one pass over the document.

use crate::lexicon::WordMap;
use crate::mark::{Layer, Marks};
use crate::tagger::{Tagger, WordRates};
use crate::text::{Case, Document, Kind, Word};
use std::ops::Range;
use std::sync::LazyLock;

/// Words that say how a clause is built; other words are seen by their shape where these are seen by their form.
const FUNCTION: &str = "that to of , : “ ” \" . by with for as in on about against if whether how why what who is are was were be not n't he she they it i \
    we you his her their has have had will would and but";
/// Words that begin a clause of their own.
const CONJUNCTIONS: &str = "and but or as while when after because if who which";

/// Marks between clauses.
pub(super) const SEPARATORS: [&str; 8] = [",", ";", ":", "—", "–", "(", ")", "-"];

#[derive(Clone, Copy, Default)]
struct Known {
    function: u8,
    conjunction: bool,
}

static KNOWN: LazyLock<WordMap<Known>> = LazyLock::new(|| {
    let mut map: WordMap<Known> = WordMap::default();
    for (index, word) in FUNCTION.split_whitespace().enumerate() {
        map.entry(Word::of(word)).or_default().function = index as u8 + 1;
    }
    for word in CONJUNCTIONS.split_whitespace() {
        map.entry(Word::of(word)).or_default().conjunction = true;
    }
    map
});

/// Where a token stands to quotation marks.
pub(super) mod quote {
    pub(in crate::family::attribution) const OUTSIDE: u8 = 0;
    pub(in crate::family::attribution) const INSIDE: u8 = 1;
    pub(in crate::family::attribution) const OPENS: u8 = 2;
    pub(in crate::family::attribution) const CLOSES: u8 = 3;
}

/// A cue-like word nearby in the sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Near {
    /// The word; the default where there is none.
    pub(super) word: Word,
    /// Step of the distance.
    pub(super) distance: u8,
    /// 1: a comma or the like in between; 2: a quotation mark; 3: both.
    pub(super) between: u8,
    /// Its cue rate.
    pub(super) cue: u8,
}

/// A column for each thing that is known of a token.
#[derive(Default)]
pub(crate) struct Columns {
    pub(super) word: Vec<u64>,
    pub(super) suffix: Vec<u64>,
    /// The word without its ending.
    pub(super) stem: Vec<u64>,
    pub(super) stem_rates: Vec<WordRates>,
    pub(super) shape: Vec<u8>,
    /// Number of the function word; 0 for others.
    pub(super) function: Vec<u8>,
    pub(super) conjunction: Vec<bool>,
    /// A mark between clauses.
    pub(super) separator: Vec<bool>,
    pub(super) rates: Vec<WordRates>,
    pub(super) quote: Vec<u8>,
    /// Tokens since the mark that opened the quotation, 3 at most.
    pub(super) depth: Vec<u8>,
    pub(super) before: Vec<Near>,
    pub(super) after: Vec<Near>,
    /// What the sentence holds: quotation marks, cue-like words.
    pub(super) sentence: Vec<u8>,
    /// Token ranges of prose blocks, cut at [`LONGEST`].
    pub(super) paragraphs: Vec<Range<usize>>,
}

/// Most tokens that are tagged in one go. Longer paragraphs are cut, so that time and memory stay linear.
pub(super) const LONGEST: usize = 600;

/// Number of edges, rising, at or below a value.
pub(super) fn step<T: PartialOrd>(value: T, edges: &[T]) -> u8 {
    // All edges are looked at: cheaper than a branch that cannot be foretold.
    edges.iter().map(|e| u8::from(value >= *e)).sum()
}

const DISTANCES: [usize; 8] = [1, 2, 3, 4, 6, 9, 13, 20];
/// Least cue rate of a cue-like word.
const CUE_LIKE: u8 = 3;

impl Columns {
    pub(crate) fn new(document: &Document<'_>, marks: &Marks, tagger: &Tagger) -> Self {
        let n = document.tokens.len();
        let mut c = Columns {
            before: vec![Near::default(); n],
            after: vec![Near::default(); n],
            sentence: vec![0; n],
            quote: vec![quote::OUTSIDE; n],
            depth: vec![0; n],
            ..Columns::default()
        };
        c.reserve(n);
        let mut seen = Seen::new(n);
        for (i, token) in document.tokens.iter().enumerate() {
            if let Some(same) = seen.same(document, i) {
                c.repeat(same);
                continue;
            }
            let form = token.span.slice(document.text);
            let known = KNOWN.get(&token.word).copied().unwrap_or_default();
            c.word.push(token.word.0);
            c.suffix.push(suffix(form, token.word));
            let stem = if token.kind == Kind::Word { stem(form, token.word) } else { token.word };
            c.stem.push(stem.0);
            c.stem_rates.push(if token.kind == Kind::Word { tagger.rates(stem.then(STEM)) } else { WordRates::default() });
            c.shape.push(shape(form, token.kind, token.case));
            c.function.push(known.function);
            c.conjunction.push(known.conjunction);
            c.separator.push(token.kind == Kind::Punctuation && SEPARATORS.contains(&form));
            c.rates.push(tagger.rates(token.word));
        }
        c.fill_quotes(document, marks);
        for (index, sentence) in document.sentences.iter().enumerate() {
            if document.is_prose(sentence) {
                c.fill_sentence(document, index);
            }
        }
        c.cut(document);
        c
    }

    fn reserve(&mut self, n: usize) {
        for column in [&mut self.word, &mut self.suffix, &mut self.stem] {
            column.reserve(n);
        }
        for column in [&mut self.stem_rates, &mut self.rates] {
            column.reserve(n);
        }
        for column in [&mut self.shape, &mut self.function] {
            column.reserve(n);
        }
        for column in [&mut self.conjunction, &mut self.separator] {
            column.reserve(n);
        }
    }

    /// Adds a token of the same form as an earlier one.
    fn repeat(&mut self, same: usize) {
        self.word.push(self.word[same]);
        self.suffix.push(self.suffix[same]);
        self.stem.push(self.stem[same]);
        self.stem_rates.push(self.stem_rates[same]);
        self.shape.push(self.shape[same]);
        self.function.push(self.function[same]);
        self.conjunction.push(self.conjunction[same]);
        self.separator.push(self.separator[same]);
        self.rates.push(self.rates[same]);
    }

    /// By its own rate; a word never seen in training, by its stem's.
    fn is_cue_like(&self, i: usize) -> bool {
        let own = self.rates[i];
        own.cue >= CUE_LIKE || (own == WordRates::default() && self.stem_rates[i].cue > CUE_LIKE)
    }

    fn fill_quotes(&mut self, document: &Document<'_>, marks: &Marks) {
        let mut done = 0;
        for mark in marks.layer(Layer::Quote).iter().filter(|m| m.class != "nested" && m.class != "title") {
            if mark.span.start < done {
                continue;
            }
            done = mark.span.end;
            let tokens = document.tokens_within(mark.span);
            let (mut last, mut since) = (None, 0);
            for at in tokens {
                self.quote[at] = if last.is_none() { quote::OPENS } else { quote::INSIDE };
                self.depth[at] = since;
                since = (since + 1).min(3);
                last = Some(at);
            }
            if let Some(at) = last.filter(|&at| document.tokens[at].kind == Kind::Punctuation) {
                let closing = matches!(document.form(at), "”" | "\"" | "’" | "'" | "»");
                if closing && self.quote[at] == quote::INSIDE {
                    self.quote[at] = quote::CLOSES;
                }
            }
        }
    }

    fn fill_sentence(&mut self, document: &Document<'_>, index: usize) {
        let range = document.sentences[index].tokens();
        nearest(self, document, range.clone(), true);
        nearest(self, document, range.clone().rev(), false);
        let any = range.clone().any(|i| self.quote[i] != quote::OUTSIDE);
        let opens = matches!(self.quote[range.start], quote::INSIDE | quote::OPENS);
        let cues = range.clone().filter(|&i| self.is_cue_like(i)).take(2).count();
        let code = u8::from(any) + 2 * u8::from(opens) + 4 * cues as u8;
        self.sentence[range].fill(code);
    }

    fn cut(&mut self, document: &Document<'_>) {
        let mut block = None;
        for sentence in document.prose_sentences() {
            let tokens = sentence.tokens();
            match self.paragraphs.last_mut() {
                Some(last) if block == Some(sentence.block) && tokens.end - last.start <= LONGEST => last.end = tokens.end,
                _ => {
                    let mut start = tokens.start;
                    while start < tokens.end {
                        let end = tokens.end.min(start + LONGEST);
                        self.paragraphs.push(start..end);
                        start = end;
                    }
                }
            }
            block = Some(sentence.block);
        }
    }
}

/// Which forms of a document have been read: an open-addressed table of tokens.
struct Seen {
    /// A token and 1; 0: empty.
    slots: Vec<u32>,
}

impl Seen {
    /// Slots that are tried; forms of one word in different case share their first, and a hostile text has many.
    const TRIES: usize = 4;

    fn new(n: usize) -> Self {
        Seen { slots: vec![0; (n * 2 + Self::TRIES).next_power_of_two()] }
    }

    /// An earlier token of the same form, if it is remembered; else the token is.
    fn same(&mut self, document: &Document<'_>, i: usize) -> Option<usize> {
        let token = &document.tokens[i];
        for next in 0..Self::TRIES {
            let slot = (token.word.0 as usize).wrapping_add(next) & (self.slots.len() - 1);
            let Some(at) = (self.slots[slot] as usize).checked_sub(1) else {
                self.slots[slot] = i as u32 + 1;
                return None;
            };
            let other = &document.tokens[at];
            let like = other.word == token.word && other.kind == token.kind && other.case == token.case;
            if like && document.form(at) == document.form(i) {
                return Some(at);
            }
        }
        None
    }
}

/// Fills the nearest cue-like word before (or, going backward, after) each token of a sentence.
fn nearest(c: &mut Columns, document: &Document<'_>, order: impl Iterator<Item = usize>, forward: bool) {
    let mut cue: Option<usize> = None;
    let mut between = 0;
    for at in order {
        if let Some(cue) = cue {
            let distance = step(at.abs_diff(cue), &DISTANCES);
            let near = Near { word: document.tokens[cue].word, distance, between, cue: c.rates[cue].cue.max(c.stem_rates[cue].cue) };
            if forward {
                c.before[at] = near;
            } else {
                c.after[at] = near;
            }
        }
        if c.is_cue_like(at) {
            cue = Some(at);
            between = 0;
        } else if c.separator[at] {
            between |= 1;
        } else if c.quote[at] >= quote::OPENS {
            between |= 2;
        }
    }
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
    let ends = |tail: &str| n >= tail.len() + 3 && bytes[n - tail.len()..].eq_ignore_ascii_case(tail.as_bytes());
    let mut cut = match () {
        () if ends("ied") || ends("ies") => return Word::of(&form[..n - 3]),
        () if ends("ing") => n - 3,
        () if ends("ed") => n - 2,
        () if ends("s") && !ends("ss") => n - 1,
        () => n,
    };
    if cut < n - 1 && cut >= 4 && bytes[cut - 1].eq_ignore_ascii_case(&bytes[cut - 2]) && !b"lsz".contains(&bytes[cut - 1]) {
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

impl Columns {
    /// Token ranges that are tagged in one go.
    pub(crate) fn paragraphs(&self) -> &[Range<usize>] {
        &self.paragraphs
    }
}

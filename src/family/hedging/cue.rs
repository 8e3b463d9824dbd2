//! Is this word a hedge where it stands? What the fitted decision looks at.

use crate::lexicon::{Hit, Lexicon, WordMap};
use crate::linear::{Sink, Template};
use crate::text::{Case, Document, Kind, Word};
use std::sync::LazyLock;

/// Name of the decision in a model file.
pub(crate) const TASK: &str = "hedge-cue";

const CUE: Template = Template::new("cue");
const BEFORE: Template = Template::new("word before");
const BEFORE_2: Template = Template::new("second word before");
const AFTER: Template = Template::new("word after");
const AFTER_2: Template = Template::new("second word after");
const PAIR_BEFORE: Template = Template::new("two words before");
const PAIR_AFTER: Template = Template::new("two words after");
const CUE_BEFORE: Template = Template::new("cue, word before");
const CUE_BEFORE_2: Template = Template::new("cue, second word before");
const CUE_AFTER: Template = Template::new("cue, word after");
const CUE_AFTER_2: Template = Template::new("cue, second word after");
const ENTRY_BEFORE: Template = Template::new("entry, word before");
const ENTRY_AFTER: Template = Template::new("entry, word after");
const ENTRY_ENDING: Template = Template::new("entry, ending of the word after");
const TRAIT: Template = Template::new("trait");
const CUE_TRAIT: Template = Template::new("cue, trait");
const LEFT: Template = Template::new("word to the left");
const RIGHT: Template = Template::new("word to the right");
const OTHER: Template = Template::new("other entry");
const CUE_OTHER: Template = Template::new("cue, other entry");

/// Words to each side that are looked at as a bag.
const REACH: usize = 6;
/// Words before the cue in which a negation is looked for.
const NEGATION_REACH: usize = 5;

const NEGATION: u8 = 1;
const BE: u8 = 2;

static KINDS: LazyLock<WordMap<u8>> = LazyLock::new(|| {
    let lists = [
        (NEGATION, "not n't no never nor neither without cannot"),
        (BE, "is are was were be been being 's 're am become remain remains"),
    ];
    lists
        .iter()
        .flat_map(|(kind, list)| list.split(' ').map(move |w| (Word::of(w), *kind)))
        .collect()
});

/// Values that stand for something other than a word of the text.
struct Fixed {
    number: Word,
    opens: Word,
    closes: Word,
    traits: [Word; TRAITS.len()],
}

const NUMBER: &str = "0";
const OPENS: &str = "<start>";
const CLOSES: &str = "<end>";
const TRAITS: [&str; 5] = ["negated", "after-be", "capital", "first", "stop-after"];

static FIXED: LazyLock<Fixed> = LazyLock::new(|| Fixed {
    number: Word::of(NUMBER),
    opens: Word::of(OPENS),
    closes: Word::of(CLOSES),
    traits: TRAITS.map(Word::of),
});

/// A place in a sentence seen as words, with marks where the sentence ends.
struct Words<'a> {
    document: &'a Document<'a>,
    first: usize,
    last: usize,
}

impl Words<'_> {
    /// The word `steps` before token `at`; numbers are all alike.
    fn before(&self, at: usize, steps: usize) -> (Word, Option<usize>) {
        match at.checked_sub(steps).filter(|&t| t >= self.first) {
            Some(token) => (self.word(token), Some(token)),
            None => (FIXED.opens, None),
        }
    }

    fn at(&self, token: usize) -> (Word, Option<usize>) {
        if token < self.last { (self.word(token), Some(token)) } else { (FIXED.closes, None) }
    }

    fn word(&self, token: usize) -> Word {
        let token = &self.document.tokens[token];
        if token.kind == Kind::Number { FIXED.number } else { token.word }
    }

    /// The letters behind [`Self::word`], for the names of inputs.
    fn form(&self, token: Option<usize>, none: &str) -> String {
        let Some(index) = token else { return none.to_owned() };
        if self.document.tokens[index].kind == Kind::Number {
            NUMBER.to_owned()
        } else {
            folded(self.document.form(index))
        }
    }
}

/// The form as words are folded for their hashes.
fn folded(form: &str) -> String {
    form.chars()
        .map(|c| if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The last two letters of a word: a cheap guess at what kind of word it is.
fn ending(form: &str) -> &str {
    let cut = form.len().saturating_sub(2);
    form.get(cut..).unwrap_or(form)
}

/// Puts all that the decision sees of `hits[index]`. `hits` are those of one sentence.
pub(crate) fn inputs(
    document: &Document<'_>,
    lexicon: &Lexicon,
    hits: &[Hit],
    index: usize,
    sink: &mut impl Sink,
) {
    let hit = hits[index];
    let sentence = document.sentences[document.sentence_of[hit.first] as usize].tokens();
    let words = Words { document, first: sentence.start, last: sentence.end };
    let cue = hit_word(document, hit);
    let entry = lexicon.name(hit.entry);
    let cue_form =
        || (hit.first..hit.last).map(|t| folded(document.form(t))).collect::<Vec<_>>().join(" ");
    let entry_form = || lexicon.entries[hit.entry].name().into_owned();
    let (b1, b1_at) = words.before(hit.first, 1);
    let (b2, b2_at) = words.before(hit.first, 2);
    let (a1, a1_at) = words.at(hit.last);
    let (a2, a2_at) = words.at(hit.last + 1);
    let before = |at| words.form(at, OPENS);
    let after = |at| words.form(at, CLOSES);

    sink.put(CUE, cue, 1.0, cue_form);
    sink.put(BEFORE, b1, 1.0, || before(b1_at));
    sink.put(BEFORE_2, b2, 1.0, || before(b2_at));
    sink.put(AFTER, a1, 1.0, || after(a1_at));
    sink.put(AFTER_2, a2, 1.0, || after(a2_at));
    sink.put(PAIR_BEFORE, b2.then(b1), 1.0, || format!("{} {}", before(b2_at), before(b1_at)));
    sink.put(PAIR_AFTER, a1.then(a2), 1.0, || format!("{} {}", after(a1_at), after(a2_at)));
    sink.put(CUE_BEFORE, cue.then(b1), 1.0, || format!("{} {}", cue_form(), before(b1_at)));
    sink.put(CUE_BEFORE_2, cue.then(b2), 1.0, || format!("{} {}", cue_form(), before(b2_at)));
    sink.put(CUE_AFTER, cue.then(a1), 1.0, || format!("{} {}", cue_form(), after(a1_at)));
    sink.put(CUE_AFTER_2, cue.then(a2), 1.0, || format!("{} {}", cue_form(), after(a2_at)));
    sink.put(ENTRY_BEFORE, entry.then(b1), 1.0, || format!("{} {}", entry_form(), before(b1_at)));
    sink.put(ENTRY_AFTER, entry.then(a1), 1.0, || format!("{} {}", entry_form(), after(a1_at)));
    if let Some(next) = a1_at {
        let tail = ending(document.form(next));
        sink.put(ENTRY_ENDING, entry.then(Word::of(tail)), 1.0, || {
            format!("{} {}", entry_form(), folded(tail))
        });
    }
    for (number, holds) in traits(&words, hit).into_iter().enumerate() {
        if holds {
            let value = FIXED.traits[number];
            sink.put(TRAIT, value, 1.0, || TRAITS[number].to_owned());
            sink.put(CUE_TRAIT, cue.then(value), 1.0, || {
                format!("{} {}", cue_form(), TRAITS[number])
            });
        }
    }
    for token in hit.first.saturating_sub(REACH).max(words.first)..hit.first {
        sink.put(LEFT, words.word(token), 1.0, || words.form(Some(token), ""));
    }
    for token in hit.last..(hit.last + REACH).min(words.last) {
        sink.put(RIGHT, words.word(token), 1.0, || words.form(Some(token), ""));
    }
    others(lexicon, hits, index, |entry| {
        let (other, form) = (lexicon.name(entry), || lexicon.entries[entry].name());
        sink.put(OTHER, other, 1.0, || form().into_owned());
        sink.put(CUE_OTHER, cue.then(other), 1.0, || format!("{} {}", cue_form(), form()));
    });
}

/// The words of a hit as one value.
pub(crate) fn hit_word(document: &Document<'_>, hit: Hit) -> Word {
    let tokens = &document.tokens[hit.first..hit.last];
    tokens.iter().skip(1).fold(tokens[0].word, |all, token| all.then(token.word))
}

/// Which of [`TRAITS`] hold.
fn traits(words: &Words<'_>, hit: Hit) -> [bool; TRAITS.len()] {
    let tokens = &words.document.tokens;
    let from = hit.first.saturating_sub(NEGATION_REACH).max(words.first);
    let (mut negated, mut be) = (false, false);
    for (steps, token) in tokens[from..hit.first].iter().rev().enumerate() {
        match KINDS.get(&token.word) {
            Some(&NEGATION) => negated = true,
            Some(&BE) => be |= steps < 2,
            _ => {}
        }
    }
    let capital = !matches!(tokens[hit.first].case, Case::Lower | Case::None);
    let stop = hit.last >= words.last || tokens[hit.last].kind == Kind::Punctuation;
    [negated, be, capital, hit.first == words.first, stop]
}

/// Calls `each` for the entries of the nearest hits beside `index`: at most four to each side, so that a sentence of a thousand
/// hedges costs no more than its length.
fn others(lexicon: &Lexicon, hits: &[Hit], index: usize, mut each: impl FnMut(usize)) {
    const NEAR: usize = 4;
    let nearby = &hits[index.saturating_sub(NEAR)..(index + 1 + NEAR).min(hits.len())];
    for other in nearby.iter().filter(|h| h.first != hits[index].first) {
        if super::is_hedge(lexicon.class(other.entry)) {
            each(other.entry);
        }
    }
}

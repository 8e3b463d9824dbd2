//! How loaded each token is: the hand-made list first, then the learned weights.

use crate::entity::Covered;
use crate::lexicon::{Hit, Lexicon};
use crate::linear::{Linear, Template};
use crate::text::{Case, Document, Kind, Sentence, Word};

/// Weights of words that stand in the hand-made list.
pub(crate) const OWN: Template = Template::new("own");
/// Weights of all other words.
pub(crate) const LEARNED: Template = Template::new("learned");

/// What a capitalised word in mid-sentence keeps of its learned weight: names are often near loaded words, seldom loaded.
const NAME_SHARE: f32 = 0.5;
/// A sentence is written in title case when more than this share of its longer words have capitals.
const TITLE_CASE: f64 = 0.6;
/// Shortest word that has a capital in title case, bytes.
const LONG: usize = 4;

/// A number for every token, 0 to 1, and the hits of the hand-made list behind some of them.
pub(crate) struct Loads {
    /// One for each token of the document.
    pub(crate) values: Vec<f32>,
    /// Matches of the hand-made list, in order.
    pub(crate) hits: Vec<Hit>,
}

impl Loads {
    /// Weighs every token. A match of several words has its weight on the first of them; what stands inside a name weighs nothing.
    pub(crate) fn measure(
        document: &Document<'_>,
        covered: &Covered,
        lexicon: &Lexicon,
        words: Option<&Linear>,
    ) -> Self {
        let mut hits = lexicon.find(document, 0..document.tokens.len());
        hits.retain(|hit| !covered.meets(hit.first..hit.last));
        let mut values = vec![0.0; document.tokens.len()];
        let mut taken = hits.iter().peekable();
        for sentence in &document.sentences {
            let title = words.is_some() && is_title_case(document, sentence);
            let mut at = sentence.tokens().start;
            while at < sentence.tokens().end {
                while taken.next_if(|hit| hit.first < at).is_some() {}
                if let Some(hit) = taken.next_if(|hit| hit.first == at) {
                    values[at] = own(document, lexicon, words, hit);
                    at = hit.last;
                    continue;
                }
                if let Some(words) = words {
                    values[at] = learned(document, words, sentence, at, title);
                }
                at += 1;
            }
        }
        for range in covered.ranges() {
            values[range.clone()].fill(0.0);
        }
        Loads { values, hits }
    }
}

/// Weight of a match: as the list says, or more where the word's learned weight is higher. Nothing for plain words.
fn own(document: &Document<'_>, lexicon: &Lexicon, words: Option<&Linear>, hit: &Hit) -> f32 {
    let weight = lexicon.entries[hit.entry].weight as f32;
    if weight <= 0.0 || hit.last > hit.first + 1 {
        return weight;
    }
    let learned = words
        .and_then(|w| w.weight(OWN.with(document.tokens[hit.first].word)))
        .map_or(0.0, |row| row[0]);
    weight.max(learned)
}

fn learned(
    document: &Document<'_>,
    words: &Linear,
    sentence: &Sentence,
    at: usize,
    title: bool,
) -> f32 {
    let token = &document.tokens[at];
    if token.kind != Kind::Word {
        return 0.0;
    }
    let weight = match words.weight(LEARNED.with(token.word)) {
        Some(row) => row[0],
        None => parts(document.form(at), words),
    };
    let name =
        weight > 0.0 && token.case != Case::Lower && !title && !opens(document, sentence, at);
    if name { weight * NAME_SHARE } else { weight }
}

/// The heaviest part of a word with hyphens ("scandal-ridden").
fn parts(form: &str, words: &Linear) -> f32 {
    if !form.as_bytes().contains(&b'-') {
        return 0.0;
    }
    let weigh = |part: &str| {
        let word = Word::of(part);
        let row = words.weight(LEARNED.with(word)).or_else(|| words.weight(OWN.with(word)));
        row.map_or(0.0, |row| row[0])
    };
    form.split('-').map(weigh).fold(0.0, f32::max)
}

/// First in its sentence, or after a mark that lets a sentence begin: a capital says nothing there.
fn opens(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    at == sentence.tokens().start
        || matches!(document.form(at - 1), "\"" | "“" | "‘" | "”" | ":" | "." | "!" | "?")
}

fn is_title_case(document: &Document<'_>, sentence: &Sentence) -> bool {
    let mut long = 0_usize;
    let mut capital = 0_usize;
    for token in &document.tokens[sentence.tokens()] {
        if token.kind == Kind::Word && token.span.len() >= LONG {
            long += 1;
            capital += usize::from(token.case != Case::Lower);
        }
    }
    capital as f64 > TITLE_CASE * long.max(1) as f64
}

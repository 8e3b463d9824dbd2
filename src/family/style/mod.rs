//! Style: who speaks to whom, how long the sentences are, how hard they read.

mod features;
mod read;

use crate::family::def::{Context, Family};
use crate::mark::{Layer, Mark, Marks};
use crate::text::{Case, Document, Kind, Sentence, Span};

/// The style family.
pub(super) static FAMILY: Family = Family {
    name: "style",
    doc: "Pronouns, stress, punctuation, numbers and names; length of sentences and paragraphs; how hard the prose reads.",
    reads: &[],
    writes: &[Layer::Style],
    classes: LISTED,
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: features::FEATURES,
};

/// Numbers of the classes that no list knows.
mod class {
    /// An exclamation mark.
    pub(super) const EXCLAMATION: u32 = super::number("exclamation");
    /// A question mark.
    pub(super) const QUESTION: u32 = super::number("question");
    /// A word of four letters or more in capitals, where the sentence is not.
    pub(super) const CAPITALS: u32 = super::number("capitals");
    /// A dash between words.
    pub(super) const DASH: u32 = super::number("dash");
    /// An opening bracket.
    pub(super) const BRACKET: u32 = super::number("bracket");
    /// A comma.
    pub(super) const COMMA: u32 = super::number("comma");
    /// A colon or semicolon.
    pub(super) const COLON: u32 = super::number("colon");
    /// Three dots.
    pub(super) const ELLIPSIS: u32 = super::number("ellipsis");
    /// "don't", "we're".
    pub(super) const CONTRACTION: u32 = super::number("contraction");
    /// A number in digits.
    pub(super) const NUMBER: u32 = super::number("number");
    /// A web address, a handle.
    pub(super) const LINK: u32 = super::number("link");
    /// A capitalised word in mid-sentence.
    pub(super) const NAME: u32 = super::number("name");
}

/// Letters of a word that is in capitals for stress and is no abbreviation.
const STRESSED: usize = 4;

/// Every class: those of the list, in its order, then those that no list knows. [`Mark::group`] is the place in here: some thirty
/// features pick among many marks, and numbers are compared faster than names.
const NUMBERED: &[&str] = &[
    "first-singular",
    "first-plural",
    "second",
    "third-plural",
    "demand",
    "negation",
    "particle",
    "connective",
    "present",
    "past",
    "wh-word",
    "weekday",
    "general",
    "pointing",
    "exclamation",
    "question",
    "capitals",
    "dash",
    "bracket",
    "comma",
    "colon",
    "ellipsis",
    "contraction",
    "number",
    "link",
    "name",
];

/// Classes of the list: those before the first that no list knows, so that their places there are their numbers.
const LISTED: &[&str] = NUMBERED.split_at(class::EXCLAMATION as usize).0;

/// The number of a class, at compile time; a name that is none does not compile.
const fn number(class: &str) -> u32 {
    let mut at = 0;
    while at < NUMBERED.len() {
        if same(NUMBERED[at], class) {
            return at as u32;
        }
        at += 1;
    }
    panic!("a class without a number");
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let document = context.document;
    let mut hits = context.lexicon.find(document, 0..document.tokens.len());
    hits.retain(|hit| !context.covered.meets(hit.first..hit.last));
    marks.reserve(Layer::Style, document.tokens.len() / 3);
    let mut hits = hits.iter().peekable();
    for sentence in document.prose_sentences() {
        let shouted = shouted(document, sentence);
        while hits.next_if(|h| h.first < sentence.tokens().start).is_some() {}
        for token in sentence.tokens() {
            let this = &document.tokens[token];
            let own_voice = marks.is_own_voice(token);
            let mut add = |group: u32, span: Span| {
                marks.push(Mark {
                    layer: Layer::Style,
                    class: NUMBERED[group as usize],
                    span,
                    own_voice,
                    value: 1.0,
                    group,
                });
            };
            if let Some(hit) = hits.next_if(|h| h.first == token) {
                add(
                    context.lexicon.class_number(hit.entry),
                    this.span.cover(document.tokens[hit.last - 1].span),
                );
            }
            if let Some(class) =
                trait_of(document, token, token == sentence.tokens().start, shouted)
            {
                add(class, this.span);
            }
        }
    }
}

/// Letters of a word; 0 for what is no word.
fn letters(document: &Document<'_>, token: usize) -> usize {
    match document.tokens[token].kind {
        Kind::Word if document.form(token).is_ascii() => {
            document.form(token).bytes().filter(u8::is_ascii_alphabetic).count()
        }
        Kind::Word => document.form(token).chars().filter(|c| c.is_alphabetic()).count(),
        _ => 0,
    }
}

/// More than half of the sentence's words are in capitals: no word is stressed above the others.
fn shouted(document: &Document<'_>, sentence: &Sentence) -> bool {
    let words = document.tokens[sentence.tokens()].iter().filter(|t| t.kind == Kind::Word);
    let (all, upper) =
        words.fold((0, 0), |(all, upper), t| (all + 1, upper + usize::from(t.case == Case::Upper)));
    upper * 2 > all
}

fn trait_of(document: &Document<'_>, token: usize, opens: bool, shouted: bool) -> Option<u32> {
    let form = document.form(token);
    let this = &document.tokens[token];
    match this.kind {
        Kind::Number => Some(class::NUMBER),
        Kind::Link => Some(class::LINK),
        Kind::Punctuation => match form {
            "!" => Some(class::EXCLAMATION),
            "?" => Some(class::QUESTION),
            "—" | "–" => Some(class::DASH),
            "-" => stands_alone(document, token).then_some(class::DASH),
            "(" | "[" => Some(class::BRACKET),
            "," => Some(class::COMMA),
            ":" | ";" => Some(class::COLON),
            "…" => Some(class::ELLIPSIS),
            "@" | "#" => Some(class::LINK),
            dots if dots.len() >= 3 && dots.starts_with("..") => Some(class::ELLIPSIS),
            _ => None,
        },
        Kind::Word if is_contraction(form) => Some(class::CONTRACTION),
        Kind::Word => match this.case {
            Case::Upper if !shouted && letters(document, token) >= STRESSED => {
                Some(class::CAPITALS)
            }
            Case::Capital | Case::Mixed | Case::Upper if !opens && form != "I" => Some(class::NAME),
            _ => None,
        },
    }
}

/// Bytes of "n’t" and "’re".
const LONGEST_SHORT_FORM: usize = 5;

/// The second half of "don't", "we're", "I'd"; "'s" is mostly possession and left out.
fn is_contraction(form: &str) -> bool {
    if form.len() > LONGEST_SHORT_FORM {
        return false;
    }
    let short = form.strip_prefix(['\'', '’', 'ʼ']);
    let after =
        |tail: &str| ["re", "ve", "ll", "d", "m"].iter().any(|s| tail.eq_ignore_ascii_case(s));
    short.is_some_and(after) || matches!(form, "n't" | "n’t" | "N'T" | "N’T")
}

/// A hyphen used as a dash: with space on one side, or doubled.
fn stands_alone(document: &Document<'_>, token: usize) -> bool {
    let text = document.text;
    let span = document.tokens[token].span;
    let before = text[..span.from()].chars().next_back();
    let after = text[span.to()..].chars().next();
    // Of "--" the first counts.
    after.is_some_and(char::is_whitespace) && before != Some('-') || after == Some('-')
}

#[cfg(test)]
mod tests;

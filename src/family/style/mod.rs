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
    classes: &[
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
    ],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: features::FEATURES,
};

/// Classes of marks that no list knows.
mod class {
    /// An exclamation mark.
    pub(super) const EXCLAMATION: &str = "exclamation";
    /// A question mark.
    pub(super) const QUESTION: &str = "question";
    /// A word of four letters or more in capitals, where the sentence is not.
    pub(super) const CAPITALS: &str = "capitals";
    /// A dash between words.
    pub(super) const DASH: &str = "dash";
    /// An opening bracket.
    pub(super) const BRACKET: &str = "bracket";
    /// A comma.
    pub(super) const COMMA: &str = "comma";
    /// A colon or semicolon.
    pub(super) const COLON: &str = "colon";
    /// Three dots.
    pub(super) const ELLIPSIS: &str = "ellipsis";
    /// "don't", "we're".
    pub(super) const CONTRACTION: &str = "contraction";
    /// A number in digits.
    pub(super) const NUMBER: &str = "number";
    /// A web address, a handle.
    pub(super) const LINK: &str = "link";
    /// A capitalised word in mid-sentence.
    pub(super) const NAME: &str = "name";
    /// A word of more than six letters.
    pub(super) const LONG: &str = "long";
}

/// Letters of a word that is in capitals for stress and is no abbreviation.
const STRESSED: usize = 4;
/// A long word has more letters than this.
const LONG_WORD: usize = 6;

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let document = context.document;
    for sentence in document.prose_sentences() {
        let hits = context.lexicon.find(document, sentence.tokens());
        let mut hits = hits.iter().peekable();
        let shouted = shouted(document, sentence);
        for token in sentence.tokens() {
            let mut add = |class: &'static str, span: Span, value: f64| {
                marks.push(Mark { layer: Layer::Style, class, span, own_voice: marks.is_own_voice(token), value, group: 0 });
            };
            if let Some(hit) = hits.next_if(|h| h.first == token) {
                add(context.lexicon.class(hit.entry), document.tokens[token].span.cover(document.tokens[hit.last - 1].span), 1.0);
            }
            let opens = token == sentence.tokens().start;
            if let Some(class) = trait_of(document, token, opens, shouted) {
                add(class, document.tokens[token].span, 1.0);
            }
            let letters = letters(document, token);
            if letters > LONG_WORD {
                add(class::LONG, document.tokens[token].span, letters as f64);
            }
        }
    }
}

/// Letters of a word; 0 for what is no word.
fn letters(document: &Document<'_>, token: usize) -> usize {
    match document.tokens[token].kind {
        Kind::Word if document.form(token).is_ascii() => document.form(token).bytes().filter(u8::is_ascii_alphabetic).count(),
        Kind::Word => document.form(token).chars().filter(|c| c.is_alphabetic()).count(),
        _ => 0,
    }
}

/// More than half of the sentence's words are in capitals: no word is stressed above the others.
fn shouted(document: &Document<'_>, sentence: &Sentence) -> bool {
    let words = document.tokens[sentence.tokens()].iter().filter(|t| t.kind == Kind::Word);
    let (all, upper) = words.fold((0, 0), |(all, upper), t| (all + 1, upper + usize::from(t.case == Case::Upper)));
    upper * 2 > all
}

fn trait_of(document: &Document<'_>, token: usize, opens: bool, shouted: bool) -> Option<&'static str> {
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
            Case::Upper if !shouted && letters(document, token) >= STRESSED => Some(class::CAPITALS),
            Case::Capital | Case::Mixed | Case::Upper if !opens && form != "I" => Some(class::NAME),
            _ => None,
        },
    }
}

/// The second half of "don't", "we're", "I'd"; "'s" is mostly possession and left out.
fn is_contraction(form: &str) -> bool {
    let short = form.strip_prefix(['\'', '’', 'ʼ']);
    let after = |tail: &str| ["re", "ve", "ll", "d", "m"].iter().any(|s| tail.eq_ignore_ascii_case(s));
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

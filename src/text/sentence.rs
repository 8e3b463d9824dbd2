//! Sentence boundaries, by rules over tokens.

use super::note::{LONGEST, is_note_sign};
use super::quote_mark::seen_mark;
use super::{Case, Kind, Span, Token, Word};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A sentence of one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// First token, an index into [`Document::tokens`](super::Document::tokens).
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// The block it belongs to, an index into [`Document::blocks`](super::Document::blocks).
    pub block: u32,
}

impl Sentence {
    /// Indices of its tokens.
    #[must_use]
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// Words whose full stop does not end a sentence when a capital follows.
const ABBREVIATIONS: &str = "mr mrs ms dr prof sen sens rep reps gov gen lt col sgt capt maj cpl pvt adm cmdr rev hon pres st jr sr vs etc inc corp co ltd dept univ assn bros \
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun fig art vol ed approx est no nos pp a.m p.m e.g i.e ave blvd rd ft sq mt insp supt det brig atty dist supt messrs";
/// Titles and the like: the next word belongs to them whatever it is.
static ABBREVIATED: LazyLock<BTreeSet<Word>> =
    LazyLock::new(|| ABBREVIATIONS.split_whitespace().map(Word::of).collect());
/// Abbreviations that often end a sentence, too: a boundary only before a word that opens one.
static DOTTED_OPENERS: LazyLock<BTreeSet<Word>> = LazyLock::new(|| {
    "the a an in on at he she it they we i but and this that his her their there as for if when while after"
        .split_whitespace()
        .map(Word::of)
        .collect()
});
static NUMBERED: LazyLock<BTreeSet<Word>> =
    LazyLock::new(|| "no nos art fig vol pp sec".split_whitespace().map(Word::of).collect());

/// Cuts the tokens `first..` of one block into sentences.
pub(super) fn split(
    text: &str,
    tokens: &[Token],
    first: usize,
    block: u32,
    out: &mut Vec<Sentence>,
) {
    let mut start = first;
    for index in first..tokens.len() {
        if index + 1 == tokens.len() || ends(text, tokens, first, index) {
            let span = tokens[start].span.cover(tokens[index].span);
            out.push(Sentence { span, first: start as u32, last: index as u32 + 1, block });
            start = index + 1;
        }
    }
}

fn form<'t>(text: &'t str, token: &Token) -> &'t str {
    let form = token.span.slice(text);
    seen_mark(token, form).unwrap_or(form)
}

/// Closing marks looked back over: `.”’)` and a little more; a run of a thousand must not be walked at each of its marks.
const MOST_CLOSERS: usize = 4;

fn is_closer(form: &str) -> bool {
    matches!(form, "\"" | "”" | "’" | "'" | "»" | ")" | "]")
}

/// True when a sentence ends with token `index` (closing marks included).
fn ends(text: &str, tokens: &[Token], first: usize, index: usize) -> bool {
    let this = &tokens[index];
    let noted = before_notes(text, tokens, first, index);
    let may = noted < index
        || this.kind == Kind::Punctuation
        || this.kind == Kind::Word && text.as_bytes()[this.span.to() - 1] == b'.';
    if !may {
        return false;
    }
    let next = &tokens[index + 1];
    let gap = next.span.from() > tokens[index].span.to();
    let mut stop = noted;
    while stop > first
        && noted - stop < MOST_CLOSERS
        && is_closer(form(text, &tokens[stop]))
        && tokens[stop - 1].span.end == tokens[stop].span.start
    {
        stop -= 1;
    }
    let mark = form(text, &tokens[stop]);
    let opens = || opens_sentence(text, tokens, index + 1, gap);
    if !gap {
        // Words run together by scraping: "ended.The next".
        return mark == "."
            && noted == index
            && stop == index
            && index > first
            && next.case == Case::Capital
            && long_word(&tokens[index - 1]);
    }
    match mark {
        "!" | "?" => opens(),
        "…" | "..." | "...." => next.case != Case::Lower && opens(),
        "." => opens() && (stop < index || !abbreviated(tokens, first, stop, next)),
        // "U.S." holds its own full stop.
        dotted if tokens[stop].kind == Kind::Word && dotted.ends_with('.') => {
            opens()
                && (stop < index
                    || DOTTED_OPENERS.contains(&next.word) && next.case == Case::Capital)
        }
        _ => false,
    }
}

/// Most tokens of a footnote mark in brackets, and most marks behind one sentence.
const NOTE: usize = 6;
const NOTES: usize = 4;

/// The token behind which footnote marks stand that end with `index`, each glued to what stands before it.
fn before_notes(text: &str, tokens: &[Token], first: usize, index: usize) -> usize {
    let glued = |at: usize| at > first && tokens[at - 1].span.end == tokens[at].span.start;
    let mut at = index;
    for _ in 0..NOTES {
        let form = form(text, &tokens[at]);
        let opened = if form.chars().all(is_note_sign) {
            Some(at)
        } else if form == "]" {
            let reach = first.max(at.saturating_sub(NOTE));
            let open = (reach..at).rev().find(|&t| self::form(text, &tokens[t]) == "[");
            open.filter(|&t| (tokens[at].span.end - tokens[t].span.start) as usize <= LONGEST)
        } else {
            None
        };
        match opened.filter(|&open| glued(open)) {
            Some(open) => at = open - 1,
            None => break,
        }
    }
    // A mark behind a word within the sentence ends nothing.
    let mark = form(text, &tokens[at]);
    if at < index && (is_closer(mark) || mark.ends_with(['.', '!', '?', '…'])) {
        at
    } else {
        index
    }
}

fn long_word(token: &Token) -> bool {
    token.kind == Kind::Word && token.case != Case::Upper && token.span.len() >= 3
}

/// May the token begin a sentence: a capital, a digit, an opening mark before either, a dash.
fn opens_sentence(text: &str, tokens: &[Token], index: usize, gap: bool) -> bool {
    let token = &tokens[index];
    match token.kind {
        Kind::Word => {
            token.case != Case::Lower
                || text[token.span.from()..].starts_with(|c: char| !c.is_lowercase())
        }
        Kind::Number | Kind::Link => gap,
        Kind::Punctuation => matches!(
            form(text, token),
            "\"" | "“"
                | "‘"
                | "'"
                | "«"
                | "„"
                | "("
                | "["
                | "—"
                | "–"
                | "-"
                | "•"
                | "…"
                | "..."
                | "*"
                | "$"
                | "£"
                | "€"
                | "@"
                | "#"
        ),
    }
}

fn abbreviated(tokens: &[Token], first: usize, stop: usize, next: &Token) -> bool {
    if stop == first {
        return false;
    }
    let word = &tokens[stop - 1];
    if word.span.end != tokens[stop].span.start {
        return false;
    }
    if NUMBERED.contains(&word.word) {
        return next.kind == Kind::Number;
    }
    let initial = word.kind == Kind::Word && word.case == Case::Capital && word.span.len() == 1;
    ABBREVIATED.contains(&word.word) || initial
}

#[cfg(test)]
mod tests {
    use crate::text::Document;

    fn sentences(text: &str) -> Vec<&str> {
        Document::new(text).sentences.iter().map(|s| s.span.slice(text)).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(sentences("Lt. Gen. Ivo Marr spoke. He left.").len(), 2);
        assert_eq!(sentences("The U.S. Navy came in Sept. 2022 with J. R. Ott. It left.").len(), 2);
        assert_eq!(sentences("He lives in the U.S. The house is old.").len(), 2);
        assert_eq!(sentences("Block No. 1 is full. No. Never.").len(), 3);
    }

    #[test]
    fn quotes_end_sentences() {
        assert_eq!(
            sentences("“We go.” He went. “Why?” she asked."),
            ["“We go.”", "He went.", "“Why?” she asked."]
        );
    }

    #[test]
    fn footnote_marks_stand_behind_the_stop() {
        for note in ["[1]", "[1][2]", "¹", "²³", "†", "*", "[citation needed]", "[a]"] {
            let text =
                format!("The quay is closed.{note} “We go,”{note} she said.{note} It rains.");
            assert_eq!(sentences(&text).len(), 3, "{text}");
        }
        assert_eq!(sentences("The board[1] met on Monday. Then the quay¹ fell.").len(), 2);
        assert_eq!(sentences("He wrote [sic] that it fell. It had not.").len(), 2);
    }

    #[test]
    fn missing_spaces() {
        assert_eq!(
            sentences("It ended in March.The rest stayed in January.but not long."),
            ["It ended in March.", "The rest stayed in January.but not long."]
        );
    }
}

//! Tokens: words, numbers, links and single punctuation characters, as spans.

use super::quote_mark::{read_as, written_length};
use super::word::{Folded, is_invisible};
use super::{Span, Word};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Starts with a letter.
    Word,
    /// Starts with a digit.
    Number,
    /// A web or mail address.
    Link,
    /// One punctuation character, a quotation mark written with two, or a run of full stops.
    Punctuation,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No capital.
    Lower,
    /// One capital, at the start.
    Capital,
    /// Two or more letters, all capital.
    Upper,
    /// Capitals elsewhere ("McCain", "kyivBut").
    Mixed,
    /// No letters.
    None,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The folded form, hashed.
    pub word: Word,
    /// What it is made of.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
}

impl Token {
    /// True for words and numbers: what counts as a word in every rate.
    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number) && !self.span.is_empty()
    }
}

/// Endings that make `word.ending` an address and not two words run together.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "info", "gov", "edu", "int", "co", "uk", "eu", "ru", "ua", "by", "al",
    "de", "fr", "it", "es", "io", "tv", "news", "jpg", "png", "html", "us",
];
const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '´' | '′')
}

/// Splits `text[within]` into tokens, pushing them onto `out`. Linear in the length.
pub fn tokenize(text: &str, within: Span, out: &mut Vec<Token>) {
    let mut at = within.from();
    let end = within.to().min(text.len());
    let bytes = &text.as_bytes()[..end];
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            at += 1;
            continue;
        }
        if let Some(token) = plain(bytes, at) {
            at = token.span.to();
            out.push(token);
            continue;
        }
        let Some(c) = text[at..end].chars().next() else { break };
        if c.is_whitespace() || is_invisible(c) {
            at += c.len_utf8();
            continue;
        }
        let stop = if c.is_alphanumeric() {
            word_end(text, at, end)
        } else if c == '.' {
            at + text.as_bytes()[at..end].iter().take_while(|&&b| b == b'.').count()
        } else if c.is_ascii() {
            let glued =
                out.last().is_some_and(|t| t.span.to() == at && t.span.from() >= within.from());
            at + written_length(&text[at..end], glued)
        } else {
            at + c.len_utf8()
        };
        push(text, at, stop, c, out);
        at = stop;
    }
}

/// What a byte of a plain word is: 0 nothing of it, 1 a digit, 2 a small letter, 3 a capital.
static IN_WORD: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' => 1,
            b'a'..=b'z' => 2,
            b'A'..=b'Z' => 3,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// A word of ASCII letters and digits with nothing behind it that could join it to more: nearly all words. What is asked of
/// it is told in one pass over its bytes.
#[inline]
fn plain(bytes: &[u8], at: usize) -> Option<Token> {
    let mut hash = Folded::default();
    let mut counts = [0_usize; 4];
    let mut stop = at;
    while let Some(&byte) = bytes.get(stop) {
        let kind = IN_WORD[usize::from(byte)];
        if kind == 0 {
            break;
        }
        counts[usize::from(kind)] += 1;
        hash.add(byte | if kind == 3 { 0x20 } else { 0 });
        stop += 1;
    }
    let joins = match bytes.get(stop) {
        None => false,
        // No joiner, or one that joins to letters and digits only. A colon may open an address.
        Some(b'-' | b'.' | b',' | b'\'' | b'&') => {
            bytes.get(stop + 1).is_some_and(|b| !b.is_ascii() || b.is_ascii_alphanumeric())
        }
        Some(b':') => bytes.get(stop + 1).is_some_and(|b| !b.is_ascii_whitespace()),
        Some(byte) => !byte.is_ascii(),
    };
    if stop == at || joins {
        return None;
    }
    let [_, _, small, capital] = counts;
    let (kind, case) = match IN_WORD[usize::from(bytes[at])] {
        1 => (Kind::Number, Case::None),
        first => (Kind::Word, case(small + capital, capital, first == 3)),
    };
    Some(Token { span: Span::new(at, stop), word: hash.word(), kind, case })
}

/// End of the word that starts at `at`: letters and digits, with joiners kept where both sides belong together.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    if is_address(&bytes[at..end.min(at + 8)]) {
        return text[at..end].find(char::is_whitespace).map_or(end, |n| at + n);
    }
    let mut here = at;
    let mut piece = 0_usize; // characters since the last joiner
    let mut dotted = false;
    let mut chars = text[at..end].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let place = at + offset;
        if c.is_alphanumeric() || is_combining(c) {
            piece += 1;
            here = place + c.len_utf8();
            continue;
        }
        if is_invisible(c) {
            // Inside a word it joins; at its end it is left over.
            let more = chars.clone().map(|(_, n)| n).find(|n| !is_invisible(*n));
            if more.is_some_and(|n| n.is_alphanumeric() || is_apostrophe(n)) {
                continue;
            }
            break;
        }
        let next = chars.peek().map(|&(_, n)| n);
        let joins = match c {
            '-' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            '.' => {
                let digit_pair = text[..place].ends_with(|p: char| p.is_ascii_digit())
                    && next.is_some_and(|n| n.is_ascii_digit());
                let initials = piece == 1
                    && !bytes[place - 1].is_ascii_digit()
                    && next.is_some_and(char::is_alphabetic);
                if initials {
                    dotted = true;
                }
                digit_pair || initials || domain_follows(text, place + 1, end)
            }
            ',' | ':' => {
                text[..place].ends_with(|p: char| p.is_ascii_digit())
                    && next.is_some_and(|n| n.is_ascii_digit())
            }
            // "AT&T", "R&D".
            '&' => {
                text[..place].ends_with(char::is_uppercase) && next.is_some_and(char::is_uppercase)
            }
            _ if is_apostrophe(c) => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if !joins {
            // "U.S." keeps its last full stop.
            if c == '.' && dotted && piece == 1 {
                here = place + 1;
            }
            break;
        }
        piece = 0;
    }
    here
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_address(start: &[u8]) -> bool {
    let starts = |p: &[u8]| start.len() >= p.len() && start[..p.len()].eq_ignore_ascii_case(p);
    starts(b"http://") || starts(b"https://") || starts(b"www.")
}

fn domain_follows(text: &str, at: usize, end: usize) -> bool {
    let tail = &text[at..end];
    let length = tail.bytes().take(6).take_while(u8::is_ascii_lowercase).count();
    let after = tail[length..].chars().next();
    DOMAINS.contains(&&tail[..length]) && !after.is_some_and(char::is_alphanumeric)
}

fn push(text: &str, at: usize, stop: usize, first: char, out: &mut Vec<Token>) {
    let form = &text[at..stop];
    if form.bytes().all(|b| b.is_ascii_alphabetic()) {
        out.push(token(text, at, stop, Kind::Word));
        return;
    }
    let kind = match first {
        c if c.is_numeric() => Kind::Number,
        c if c.is_alphabetic() && (is_address(form.as_bytes()) || is_domain(form)) => Kind::Link,
        c if c.is_alphabetic() => Kind::Word,
        _ => Kind::Punctuation,
    };
    if kind == Kind::Word
        && let Some(split) = clitic(form)
    {
        out.push(token(text, at, at + split, kind));
        out.push(token(text, at + split, stop, kind));
    } else {
        out.push(token(text, at, stop, kind));
    }
}

fn is_domain(form: &str) -> bool {
    form.rsplit_once('.').is_some_and(|(head, tail)| head.len() > 1 && DOMAINS.contains(&tail))
}

/// Byte offset at which "'s", "'re", "n't" … begins.
fn clitic(form: &str) -> Option<usize> {
    let (head, tail) = form.rsplit_once(is_apostrophe)?;
    if head.is_empty() {
        return None;
    }
    if CLITICS.iter().any(|c| tail.eq_ignore_ascii_case(c)) {
        return Some(head.len());
    }
    let negated = tail.eq_ignore_ascii_case("t") && head.len() > 1 && head.ends_with(['n', 'N']);
    negated.then(|| head.len() - 1)
}

fn token(text: &str, at: usize, stop: usize, kind: Kind) -> Token {
    let form = &text[at..stop];
    let case = if kind == Kind::Word { case_of(form) } else { Case::None };
    let read =
        if kind == Kind::Punctuation { read_as(text, at, stop).unwrap_or(form) } else { form };
    Token { span: Span::new(at, stop), word: Word::of(read), kind, case }
}

fn case_of(form: &str) -> Case {
    if form.bytes().all(|b| b.is_ascii_lowercase()) {
        return Case::Lower;
    }
    let mut letters = 0;
    let mut capitals = 0;
    let mut first = false;
    for (index, c) in form.char_indices() {
        if c.is_alphabetic() {
            letters += 1;
            if c.is_uppercase() {
                capitals += 1;
                first |= index == 0;
            }
        }
    }
    case(letters, capitals, first)
}

/// `first`: the first letter is a capital.
fn case(letters: usize, capitals: usize, first: bool) -> Case {
    match (letters, capitals) {
        (0, _) => Case::None,
        (_, 0) => Case::Lower,
        (n, k) if n > 1 && n == k => Case::Upper,
        (_, 1) if first => Case::Capital,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|t| t.span.slice(text)).collect()
    }

    #[test]
    fn words_and_marks() {
        assert_eq!(forms("He said: “No.”"), ["He", "said", ":", "“", "No", ".", "”"]);
        assert_eq!(forms("so-called 9,000 troops…"), ["so-called", "9,000", "troops", "…"]);
        assert_eq!(forms("wait... what"), ["wait", "...", "what"]);
        assert_eq!(forms("``Go,'' he said"), ["``", "Go", ",", "''", "he", "said"]);
        assert_eq!(forms("AT&T at Marks & Dorn"), ["AT&T", "at", "Marks", "&", "Dorn"]);
    }

    /// The token that the long way makes of a whole form.
    fn by_hand(form: &str) -> Token {
        let mut out = Vec::new();
        push(form, 0, form.len(), form.chars().next().unwrap(), &mut out);
        out[0]
    }

    #[test]
    fn plain_words_are_told_as_all_others() {
        for form in [
            "a", "I", "the", "Minsk", "NATO", "McCain", "kyivBut", "G20", "20th", "2022", "x1Y",
            "AB1", "A1",
        ] {
            for behind in ["", " ", ",", ", ", ". ", ".”", ": ", "!", "-", "' "] {
                let text = format!("{form}{behind}");
                let token = plain(text.as_bytes(), 0);
                if behind == ".”" {
                    assert_eq!(token, None);
                } else {
                    assert_eq!(token, Some(by_hand(form)), "{text:?}");
                }
            }
        }
        for joined in
            ["don't", "so-called", "U.S.", "1.2", "9,000", "12:30", "http://a", "café", "x’s"]
        {
            assert_eq!(plain(joined.as_bytes(), 0), None, "{joined}");
        }
    }

    #[test]
    fn clitics_stand_alone() {
        assert_eq!(
            forms("Russia’s don't O'Brien they're"),
            ["Russia", "’s", "do", "n't", "O'Brien", "they", "'re"]
        );
    }

    #[test]
    fn invisible_characters_split_no_word() {
        for c in ['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{202e}', '\u{feff}'] {
            let text = format!("{c}She s{c}aid Lind{c}qvist{c} won’t go{c}.");
            let mut tokens = Vec::new();
            tokenize(&text, Span::new(0, text.len()), &mut tokens);
            let words: Vec<Word> = tokens.iter().map(|t| t.word).collect();
            let plain = ["She", "said", "Lindqvist", "wo", "n’t", "go", "."].map(Word::of);
            assert_eq!(words, plain, "{text:?}");
            assert_eq!(tokens[2].case, Case::Capital);
        }
    }

    #[test]
    fn abbreviations_and_addresses() {
        assert_eq!(forms("the U.S. army"), ["the", "U.S.", "army"]);
        assert_eq!(forms("at www.botasot.al now"), ["at", "www.botasot.al", "now"]);
        assert_eq!(forms("by August.yet only"), ["by", "August", ".", "yet", "only"]);
        assert_eq!(forms("1.2 of 3.Then"), ["1.2", "of", "3", ".", "Then"]);
    }
}

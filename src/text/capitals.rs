//! Copy in capitals: which words would have a small letter in ordinary text.

use super::{Block, Case, Kind, Sentence, Token, Word};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words that the project's own corpus writes with a small letter more often than not, sentence openings aside.
static COMMON: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let mut words: Vec<Word> =
        include_str!("common.txt").split_whitespace().map(Word::of).collect();
    words.sort_unstable();
    words
});

/// Endings of words that are seldom names, of words of some length.
const ENDINGS: &[&str] = &[
    "ed", "ing", "ly", "tion", "tions", "ment", "ments", "ness", "able", "ible", "ous", "ful",
    "less", "ity", "ies", "ised", "ized", "est", "ism", "ists", "ers", "al", "ive",
];
const LONG: usize = 6;

/// Fewest words of a paragraph in capitals, and their share in hundredths.
const WORDS: usize = 6;
const SHARE: usize = 80;

/// Gives the tokens of paragraphs in capitals the case that they would have in ordinary text; gives their forms in it.
pub(super) fn recase(
    text: &str,
    blocks: &[Block],
    sentences: &[Sentence],
    tokens: &mut [Token],
) -> BTreeMap<usize, Box<str>> {
    let mut forms = BTreeMap::new();
    let mut first = 0;
    while first < sentences.len() {
        let block = sentences[first].block;
        let count = sentences[first..].iter().take_while(|s| s.block == block).count();
        let own = &sentences[first..first + count];
        first += count;
        let range = own[0].first as usize..own[count - 1].last as usize;
        if blocks[block as usize].is_prose() && in_capitals(&tokens[range]) {
            for sentence in own {
                recase_sentence(text, sentence, tokens, &mut forms);
            }
        }
    }
    forms
}

fn in_capitals(tokens: &[Token]) -> bool {
    let (mut words, mut upper) = (0, 0);
    for token in tokens {
        let long = token.kind == Kind::Word && token.span.len() > 1;
        words += usize::from(long);
        upper += usize::from(long && token.case == Case::Upper);
    }
    words >= WORDS && upper * 100 >= words * SHARE
}

fn recase_sentence(
    text: &str,
    sentence: &Sentence,
    tokens: &mut [Token],
    forms: &mut BTreeMap<usize, Box<str>>,
) {
    let (mut opens, mut inside) = (true, false);
    for (index, token) in
        tokens.iter_mut().enumerate().take(sentence.last as usize).skip(sentence.first as usize)
    {
        if token.kind != Kind::Word {
            // A quotation begins a sentence of its own.
            let mark = token.span.slice(text);
            inside ^= mark == "\"";
            opens |= matches!(mark, "“" | "‘" | "«") || mark == "\"" && inside;
            continue;
        }
        let form = token.span.slice(text);
        let small = !form.contains('.') && form != "I" && is_common(form, token.word);
        let lower = form.to_lowercase();
        if small && !opens {
            token.case = Case::Lower;
            forms.insert(index, lower.into());
        } else if form.len() > 1 && !form.contains('.') && (small || !is_short_form(form)) {
            token.case = Case::Capital;
            forms.insert(index, titled(&lower));
        }
        opens = false;
    }
}

pub(crate) fn is_common(form: &str, word: Word) -> bool {
    let listed = |word: Word| COMMON.binary_search(&word).is_ok();
    let ends = |ending: &&str| {
        let cut = form.len().saturating_sub(ending.len());
        form.get(cut..).is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    };
    let plural = || form.strip_suffix('S').is_some_and(|f| f.len() >= 3 && listed(Word::of(f)));
    // "’S", "N’T": what is left of a word behind an apostrophe.
    let clitic = form.starts_with(['\'', '’'])
        || form.eq_ignore_ascii_case("n't")
        || form.eq_ignore_ascii_case("n’t");
    clitic || listed(word) || plural() || form.len() >= LONG && ENDINGS.iter().any(ends)
}

/// "NATO" may be a name in capitals anywhere; "BBC" is.
fn is_short_form(form: &str) -> bool {
    form.len() <= 4 && !form.chars().any(|c| "AEIOUY".contains(c))
}

fn titled(lower: &str) -> Box<str> {
    let mut out = String::with_capacity(lower.len());
    let mut fresh = true;
    for c in lower.chars() {
        if fresh {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        fresh = c == '-' || c == '\'' && out.len() == 2 || c == '’' && out.len() == 4;
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use crate::text::{Case, Document};

    #[test]
    fn names_keep_a_capital_and_other_words_lose_theirs() {
        let text = "THE BOARD OF VELSUND VOTED ON TUESDAY TO CLOSE THE QUAY. CHAIR MARTA LINDQVIST SAID IT WASN’T SAFE: \"WE CAN’T WAIT,\" SHE SAID.";
        let document = Document::new(text);
        let form = |word: &str| {
            let at = (0..document.tokens.len())
                .find(|&t| document.tokens[t].span.slice(text) == word)
                .unwrap();
            (document.form(at), document.tokens[at].case)
        };
        assert_eq!(form("VELSUND"), ("Velsund", Case::Capital));
        assert_eq!(form("LINDQVIST"), ("Lindqvist", Case::Capital));
        assert_eq!(form("SAID"), ("said", Case::Lower));
        assert_eq!(form("SHE"), ("she", Case::Lower));
        assert_eq!(form("THE").1, Case::Capital);
        let mixed = Document::new("The BBC said NATO was READY.");
        assert!(mixed.tokens.iter().any(|t| t.case == Case::Upper));
    }
}

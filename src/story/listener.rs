//! To whom something was said, where the article names somebody: "told The Economist", "in an interview with The Economist".

use crate::text::{Case, Document, Span, Word};
use std::ops::Range;
use std::sync::LazyLock;

/// Verbs whose object is the listener.
const TELL: &str = "told tell tells telling";
/// What is held with or given to a listener.
const TALK: &str = "interview interviews interviewed conversation remarks comments statement spoke speaks speaking talked talking briefing";
/// What stands between such a word and the listener.
const LINK: &str = "with to for by";
/// Days that follow a name without a comma: "told CNN Tuesday".
const DAY: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// What may follow a name in small letters when it is the whole of it; after "told Norby" residents may follow.
const AFTER: &str =
    "a about after an and as at before by during earlier from he her his how i if in it its late last later not of on over she that the
their there they this to today via we what when whether while who why yesterday you";

fn words(list: &str) -> Vec<Word> {
    let mut words: Vec<Word> = list.split_whitespace().map(Word::of).collect();
    words.sort_unstable();
    words
}

struct Words {
    tell: Vec<Word>,
    talk: Vec<Word>,
    link: Vec<Word>,
    day: Vec<Word>,
    after: Vec<Word>,
    the: Word,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    tell: words(TELL),
    talk: words(TALK),
    link: words(LINK),
    day: words(DAY),
    after: words(AFTER),
    the: Word::of("the"),
});

/// The listener named in some sentences, outside what is said itself.
pub(super) fn listener(
    document: &Document<'_>,
    sentences: Range<usize>,
    content: &[Span],
) -> Option<String> {
    let list = &*WORDS;
    let is = |token: usize, list: &[Word]| list.binary_search(&document.tokens[token].word).is_ok();
    let said =
        |token: usize| content.iter().any(|piece| piece.contains(document.tokens[token].span));
    for sentence in document.sentences.get(sentences)? {
        let tokens = sentence.tokens();
        for token in tokens.clone().filter(|t| !said(*t)) {
            let talk = token > tokens.start && is(token, &list.link) && is(token - 1, &list.talk);
            if let (true, Some(name)) =
                (talk || is(token, &list.tell), name(document, token + 1..tokens.end))
            {
                return Some(name);
            }
        }
    }
    None
}

/// The name that begins a range of tokens. Names of many ("told Norby residents") are none.
fn name(document: &Document<'_>, tokens: Range<usize>) -> Option<String> {
    let list = &*WORDS;
    let first = tokens.start;
    let skip = usize::from(document.tokens.get(first).is_some_and(|t| t.word == list.the));
    let is_name = |token: &usize| {
        let token = &document.tokens[*token];
        token.is_word()
            && matches!(token.case, Case::Capital | Case::Upper | Case::Mixed)
            && list.day.binary_search(&token.word).is_err()
    };
    let end = (first + skip..tokens.end).take_while(is_name).last()? + 1;
    let next = document
        .tokens
        .get(end)
        .filter(|t| end < tokens.end && t.is_word() && t.case == Case::Lower);
    let many = next.is_some_and(|t| {
        list.after.binary_search(&t.word).is_err()
            && document.form(end).starts_with(char::is_alphabetic)
    });
    let span = document.tokens[first].span.cover(document.tokens[end - 1].span);
    (!many).then(|| span.slice(document.text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        let document = Document::new(text);
        listener(&document, 0..document.sentences.len(), &[])
    }

    #[test]
    fn media_and_persons_are_named_and_crowds_are_not() {
        for (text, name) in [
            (
                "Marr told The Norby Gazette last week that the bridge was safe.",
                "The Norby Gazette",
            ),
            ("In a recent interview with the Norwire, Marr was more specific.", "the Norwire"),
            ("“It is safe,” Marr told NBN Tuesday.", "NBN"),
            ("Marr, speaking to Coastal TV’s Ana Ott, said so.", "Coastal TV"),
        ] {
            assert_eq!(of(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "Marr told reporters on Monday.",
            "He told Norby residents to wait.",
            "He told Dutch news agencies so.",
            "Marr told the council.",
            "The interview was short.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}

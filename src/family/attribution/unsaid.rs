//! Shapes in which nobody said anything: "Experience shows that …", "Nobody said …", "If the mayor says …", "Did the mayor say …?"

use super::raw::{Raw, touched};
use crate::lexicon::Lexicon;
use crate::text::{Case, Document};
use std::ops::Range;
use std::sync::LazyLock;

const CLASSES: &[&str] = &["abstract", "nobody", "condition", "idea"];

/// The words; like the families' lists, what models rest on.
pub(crate) const LIST: &str = include_str!("unsaid.toml");

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse("attribution/unsaid", LIST, CLASSES).expect("compiled in and tested")
});

/// Takes out what only looks like a statement. `quoted`: for each token, whether it stands between quotation marks.
pub(super) fn drop(document: &Document<'_>, quoted: &[bool], raws: &mut Vec<Raw>) {
    raws.retain(|raw| !is_unsaid(document, quoted, raw));
}

fn is_unsaid(document: &Document<'_>, quoted: &[bool], raw: &Raw) -> bool {
    let (Some(source), Some(cue)) = (raw.source.first(), raw.cue.first()) else { return false };
    let (source, cue) = (touched(document, *source), touched(document, *cue));
    if source.is_empty() || cue.is_empty() || document.is_spoken(cue.start) {
        return false;
    }
    let sentence = document.sentences[document.sentence_of[cue.start] as usize].tokens();
    is_nobody(document, &source)
        || (is_abstract(document, &source, &cue) && source.end <= cue.start)
        || (source.end <= cue.start && is_condition(document, &source, &sentence))
        || is_asked(document, quoted, &source, &cue, &sentence)
}

/// The class of a word list's entry that begins at a token and ends at or before `end`, with its end.
fn class_at(document: &Document<'_>, start: usize, end: usize) -> Option<(&'static str, usize)> {
    let hit = WORDS.find(document, start..end).into_iter().find(|h| h.first == start)?;
    Some((WORDS.class(hit.entry), hit.last))
}

/// "A similar | view": the last word of a phrase is something that is voiced.
pub(super) fn is_idea(document: &Document<'_>, phrase: &Range<usize>) -> bool {
    phrase
        .clone()
        .next_back()
        .and_then(|head| class_at(document, head, phrase.end))
        .is_some_and(|(class, _)| class == "idea")
}

/// "Nobody", "None of the clerks", "No official".
fn is_nobody(document: &Document<'_>, source: &Range<usize>) -> bool {
    class_at(document, source.start, source.end).is_some_and(|(class, _)| class == "nobody")
}

/// "Experience" alone, and not "The Experience", a band.
fn is_abstract(document: &Document<'_>, source: &Range<usize>, cue: &Range<usize>) -> bool {
    // "Common | sense tells": cut within the words.
    let whole = class_at(document, source.start, cue.end.max(source.end));
    let opens = document.sentences[document.sentence_of[source.start] as usize].tokens().start
        == source.start;
    let lower = document.tokens[source.start].case == Case::Lower;
    whole.is_some_and(|(class, end)| class == "abstract" && end >= source.end) && (opens || lower)
}

/// "If | the mayor | says": the word stands right before the source, which has its verb behind it.
fn is_condition(document: &Document<'_>, source: &Range<usize>, sentence: &Range<usize>) -> bool {
    let from = source.start.saturating_sub(2).max(sentence.start);
    let inside = class_at(document, source.start, source.end)
        .is_some_and(|(class, end)| class == "condition" && end < source.end);
    inside
        || (from..source.start).any(|t| {
            class_at(document, t, source.start)
                .is_some_and(|(class, end)| class == "condition" && end == source.start)
        })
}

/// Verbs that open a question.
const ASKING: &[&str] = &[
    "did", "does", "do", "has", "have", "had", "is", "are", "was", "were", "will", "would",
    "could", "can", "should", "who", "what", "when", "why", "where", "how",
];

/// "Did the mayor | say …?", "Who said …?": the article's own question, from its first word to its mark.
fn is_asked(
    document: &Document<'_>,
    quoted: &[bool],
    source: &Range<usize>,
    cue: &Range<usize>,
    sentence: &Range<usize>,
) -> bool {
    let own = |t: usize| !quoted.get(t).copied().unwrap_or(false);
    let Some(last) = sentence.clone().next_back() else { return false };
    let opens = super::raw::is_one_of(document, sentence.start, ASKING);
    opens
        && document.form(last) == "?"
        && own(last)
        && own(sentence.start)
        && own(cue.start)
        && source.start <= sentence.start + 1
        && source.start < cue.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn every_entry_fires_on_its_examples_only() {
        crate::family::cases::examples_hold(&WORDS);
    }

    fn kept(text: &str, source: &str, cue: &str) -> bool {
        let document = Document::new(text);
        let span = |words: &str, from: usize| {
            let at = from + text[from..].find(words).expect("in the text");
            Span::new(at, at + words.len())
        };
        let source = span(source, 0);
        let raw = Raw {
            source: vec![source],
            cue: vec![span(cue, source.from())],
            content: Vec::new(),
            confidence: 0.9,
        };
        let mut raws = vec![raw];
        drop(&document, &vec![false; document.tokens.len()], &mut raws);
        !raws.is_empty()
    }

    #[test]
    fn what_nobody_said_is_no_statement() {
        for (text, source, cue) in [
            ("Experience shows that walls hold.", "Experience", "shows"),
            ("As history teaches, walls fall.", "history", "teaches"),
            ("Nobody said the wall was weak.", "Nobody", "said"),
            ("None of the clerks said the wall was weak.", "None of the clerks", "said"),
            ("If the mayor says it is safe, people will go.", "the mayor", "says"),
            ("They will go even if Ana Dorn says it is late.", "Ana Dorn", "says"),
            ("She asked whether the board had said it was safe.", "the board", "said"),
            ("Did the mayor say the wall was safe?", "the mayor", "say"),
            ("Has anyone said the wall was weak?", "anyone", "said"),
            ("Who said the wall was weak?", "Who", "said"),
        ] {
            assert!(!kept(text, source, cue), "{text}");
        }
    }

    #[test]
    fn what_somebody_said_stays() {
        for (text, source, cue) in [
            ("The Experience said they would play.", "The Experience", "said"),
            ("The study shows that walls hold.", "The study", "shows"),
            ("If, as the mayor says, it is safe, people will go.", "the mayor", "says"),
            ("If the wall falls, the mayor said, people will go.", "the mayor", "said"),
            ("Neither Ana Dorn nor Ivo Marr said it was late.", "Ana Dorn nor Ivo Marr", "said"),
            ("Is the wall safe? The mayor said it was.", "The mayor", "said"),
            ("The mayor asked whether the wall was safe.", "The mayor", "asked"),
            ("A clerk said nobody had seen it.", "A clerk", "said"),
        ] {
            assert!(kept(text, source, cue), "{text}");
        }
    }
}

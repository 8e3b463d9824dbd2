//! What the source of an attribution does: says, thinks, wants, or shows.

use super::raw::touched;
use crate::lexicon::Lexicon;
use crate::mark::{Act, SourceClass};
use crate::text::{Document, Span};
use std::sync::LazyLock;

const CLASSES: &[&str] = &["thought", "will", "finding", "utterance", "speech"];

/// The words; like the families' lists, what models rest on.
pub(crate) const LIST: &str = include_str!("acts.toml");

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::parse("attribution/acts", LIST, CLASSES).expect("compiled in and tested")
});

/// The act by the words of the cue, the last of them first, and by what the source is: a study that says is a finding, a letter
/// that says is speech.
pub(super) fn of(
    document: &Document<'_>,
    class: SourceClass,
    source: &[Span],
    cue: &[Span],
) -> Act {
    let told = last_class(document, cue, |class| !matches!(class, "utterance" | "speech"));
    let writing = last_class(document, source, |class| class == "utterance").is_some();
    let paper = class == SourceClass::Document && !writing;
    match told {
        Some("thought") => Act::Thought,
        Some("will") => Act::Will,
        Some("finding") if class != SourceClass::Person && !writing => Act::Finding,
        _ if paper => Act::Finding,
        _ => Act::Speech,
    }
}

/// Most tokens of an entry that begins at a token.
const ENTRY: usize = 3;

/// A word of saying, thinking, wanting or finding begins at a token.
pub(super) fn names_an_act(document: &Document<'_>, token: usize) -> bool {
    let reach = token..document.tokens.len().min(token + ENTRY);
    let hits = WORDS.find(document, reach);
    hits.iter().any(|hit| hit.first == token && WORDS.class(hit.entry) != "utterance")
}

/// The class of the last word of some spans that the list has.
fn last_class(
    document: &Document<'_>,
    spans: &[Span],
    wanted: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    spans.iter().rev().find_map(|span| {
        let hits = WORDS.find(document, touched(document, *span));
        hits.into_iter().rev().map(|hit| WORDS.class(hit.entry)).find(|class| wanted(class))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_fires_on_its_examples_only() {
        crate::family::cases::examples_hold(&WORDS);
    }

    #[test]
    fn acts_follow_cue_and_source() {
        for (source, class, cue, act) in [
            ("Ana Dorn", SourceClass::Person, "said", Act::Speech),
            ("Ana Dorn", SourceClass::Person, "suggested", Act::Speech),
            ("Ana Dorn", SourceClass::Person, "has refused", Act::Will),
            ("the board", SourceClass::Organisation, "plans to", Act::Will),
            ("many clerks", SourceClass::Anonymous, "fear", Act::Thought),
            ("the study", SourceClass::Document, "says", Act::Finding),
            ("the letter", SourceClass::Document, "says", Act::Speech),
            ("a poll", SourceClass::Document, "found", Act::Finding),
            ("researchers", SourceClass::Anonymous, "found", Act::Finding),
            ("the union", SourceClass::Organisation, "according to", Act::Speech),
        ] {
            let text = format!("{source} {cue} it");
            let document = Document::new(&text);
            let (from, to) = (source.len() + 1, source.len() + 1 + cue.len());
            let found = of(&document, class, &[Span::new(0, source.len())], &[Span::new(from, to)]);
            assert_eq!(found, act, "{text}");
        }
    }
}

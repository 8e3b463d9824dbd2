//! The words of a statement that carry its matter.

use crate::text::{Case, Kind, Span, Word, tokenize};
use std::sync::LazyLock;

/// Closed-class words and words of reporting: they stand in any statement.
const EMPTY: &str = "a an the this that these those it its he his him she her hers they their them we us our you your i me my who whom whose which what
when where why how and or but nor so yet if because since while although though unless until as than then of in on at by for with from to into onto over under
about after before between during against through within without upon out up down off again further once here there all any both each few more most other some
such no not only own same too very just also even still now already be am is are was were been being have has had having do does did doing done will would shall
should can could may might must ought s t re ve ll d m n't ’s said say says saying told tell tells telling according added adds asked called calls claimed claims
one two new last next year years week weeks month months day days time people country many much like well back get got make made take taken go went come came
know known think thought want wanted way part per mr mrs ms dr";

static EMPTIES: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let mut words: Vec<Word> = EMPTY.split_whitespace().map(Word::of).collect();
    words.sort_unstable();
    words
});

/// Letters by which forms of one word are joined: "fabricate", "fabrications".
const STEM: usize = 6;

/// One word of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// The same for forms of one word.
    pub(super) key: Word,
    /// Where it stands in the text that was cut.
    pub(super) span: Span,
    /// Has a figure or an inner capital, and is no year: "Su-25", "200,000", "NATO".
    pub(super) marked: bool,
    /// Stands without capitals and figures.
    pub(super) plain: bool,
}

/// The terms of a text, in order.
pub(super) fn terms(text: &str) -> Vec<Term> {
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, text.len()), &mut tokens);
    let carries = |word: &Word| EMPTIES.binary_search(word).is_err();
    tokens
        .iter()
        .filter(|t| t.is_word() && t.span.len() > 1 && carries(&t.word))
        .map(|t| {
            let form = t.span.slice(text);
            let lower = form.to_lowercase();
            let key = match lower.char_indices().nth(STEM) {
                Some((end, _)) if t.kind == Kind::Word && t.case != Case::Mixed => {
                    Word::of(&lower[..end])
                }
                _ => Word::of(
                    lower.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(&lower),
                ),
            };
            let figure = form.contains(|c: char| c.is_ascii_digit());
            let marked = (figure && !is_year(form)) || matches!(t.case, Case::Upper | Case::Mixed);
            Term { key, span: t.span, marked, plain: !figure && t.case == Case::Lower }
        })
        .collect()
}

/// Years stand in any story.
fn is_year(form: &str) -> bool {
    form.len() == 4
        && (form.starts_with("19") || form.starts_with("20"))
        && form.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn forms_of_a_word_are_one_and_empty_words_none() {
        let key = |text: &str| terms(text).iter().map(|t| t.key).collect::<Vec<_>>();
        assert_eq!(key("the fabrications of it"), key("a fabrication"));
        assert_eq!(key("bridges"), key("Bridge"));
        assert!(key("He said that it was so").is_empty());
        assert_ne!(key("bridge"), key("brown"));
    }

    #[test]
    fn figures_and_designations_are_marked() {
        let marked: Vec<bool> =
            terms("the Su-25 jets of NATO in 2020").iter().map(|t| t.marked).collect();
        assert_eq!(marked, [true, false, true, false]);
    }
}

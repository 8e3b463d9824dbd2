//! Which tokens stand inside names: what they mean as words is no evidence.

use super::words::{Sort, Words};
use super::{How, Names};
use crate::lexicon::WordMap;
use crate::text::{Case, Document, Kind, Word};
use std::ops::Range;

/// Ranges of tokens that names cover, in order of place, none touching another's tokens.
#[derive(Clone, Debug, Default)]
pub struct Covered(Vec<Range<usize>>);

/// Words that, right behind a capital that opens a sentence, make it somebody who speaks ("Savage said").
const SAYS: [Word; 6] = [
    Word::constant("said"),
    Word::constant("says"),
    Word::constant("told"),
    Word::constant("added"),
    Word::constant("wrote"),
    Word::constant("replied"),
];

/// A word in capitals of this length or more is shouted, unless the text writes it as a name elsewhere.
const SHOUTED: usize = 5;

/// The tokens inside the names of a document.
#[must_use]
pub fn covered(document: &Document<'_>) -> Covered {
    Covered::of(document, &Names::of(document))
}

impl Covered {
    /// The tokens inside the names of a document. Linear in the tokens.
    #[must_use]
    pub fn of(document: &Document<'_>, names: &Names) -> Self {
        let tokens = &document.tokens;
        let mut ranges: Vec<Range<usize>> = names
            .mentions
            .iter()
            .filter(|m| m.how == How::Name)
            .map(|m| document.token_behind(m.span.start)..document.token_from(m.span.end))
            .filter(|range| !range.is_empty())
            .collect();
        // Words of names where no sentence begins with them: alone, and as the first of several.
        let mut alone: WordMap<()> = WordMap::default();
        let mut leading: WordMap<()> = WordMap::default();
        for range in ranges.iter().filter(|r| !opens(document, r.start)) {
            if range.len() == 1 && tokens[range.start].case != Case::Upper {
                alone.insert(tokens[range.start].word, ());
            } else {
                leading.insert(tokens[range.start].word, ());
            }
        }
        let mut apart: WordMap<()> = WordMap::default();
        ranges.retain_mut(|range| {
            let first = &tokens[range.start];
            let shouted = range.len() == 1
                && first.case == Case::Upper
                && first.span.len() >= SHOUTED
                && !alone.contains_key(&first.word);
            // "Disgraceful Tories": a word that opens the sentence, before a name that also stands alone.
            let tied = range.len() == 2
                && opens(document, range.start)
                && alone.contains_key(&tokens[range.start + 1].word)
                && !leading.contains_key(&first.word);
            if tied {
                apart.insert(first.word, ());
                range.start += 1;
            }
            !shouted
        });
        let persons: WordMap<()> = names
            .entities
            .iter()
            .filter(|e| e.person)
            .flat_map(|e| e.words.iter().map(|w| (*w, ())))
            .filter(|(w, ())| !apart.contains_key(w))
            .collect();
        let mut out = Vec::with_capacity(ranges.len());
        let mut at = 0;
        for range in ranges {
            single(document, &persons, &names.words, at..range.start, &mut out);
            at = at.max(range.end);
            out.push(range);
        }
        single(document, &persons, &names.words, at..tokens.len(), &mut out);
        Covered(out)
    }

    /// The same for a title that stands apart from its text: its capitals say nothing, but names that the text has are known.
    #[must_use]
    pub fn of_title(title: &Document<'_>, text: &Names) -> Self {
        let mut by_first: WordMap<&[Word]> = WordMap::default();
        let mut known: WordMap<()> = WordMap::default();
        for entity in &text.entities {
            let [first, rest @ ..] = &entity.words[..] else { continue };
            if entity.person || rest.is_empty() {
                known.extend(entity.words.iter().map(|w| (*w, ())));
            }
            by_first.entry(*first).or_insert(rest);
        }
        let mut out = Vec::new();
        let mut at = 0;
        while at < title.tokens.len() {
            let token = &title.tokens[at];
            let behind = &title.tokens[at + 1..];
            let whole = by_first.get(&token.word).filter(|rest| {
                rest.len() <= behind.len() && rest.iter().zip(behind).all(|(w, t)| *w == t.word)
            });
            let last = match whole {
                _ if token.case == Case::Lower || token.kind != Kind::Word => at,
                Some(rest) => at + 1 + rest.len(),
                None => at + usize::from(known.contains_key(&token.word)),
            };
            if last > at {
                out.push(at..last);
            }
            at = last.max(at + 1);
        }
        Covered(out)
    }

    /// True when a token of the range stands inside a name.
    #[must_use]
    pub fn meets(&self, tokens: Range<usize>) -> bool {
        let at = self.0.partition_point(|r| r.end <= tokens.start);
        self.0.get(at).is_some_and(|r| r.start < tokens.end)
    }

    /// The ranges, in order.
    #[must_use]
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }
}

/// Begins a sentence or a quotation: a capital says little there.
fn opens(document: &Document<'_>, token: usize) -> bool {
    let sentence = &document.sentences[document.sentence_of[token] as usize];
    token == sentence.tokens().start
        || matches!(document.form(token - 1), "“" | "\"" | "‘" | ":" | "—" | "–" | "(" | "•")
}

/// Single words that name somebody: a part of a known person's name, also where it is the name of a month or an auxiliary verb
/// ("May", "Will"), and a word unknown so far that speaks.
fn single(
    document: &Document<'_>,
    persons: &WordMap<()>,
    words: &Words,
    range: Range<usize>,
    out: &mut Vec<Range<usize>>,
) {
    for at in range {
        let token = &document.tokens[at];
        if token.kind != Kind::Word || token.case != Case::Capital {
            continue;
        }
        let next = document.tokens.get(at + 1);
        let opens = opens(document, at);
        // What is a month or a verb elsewhere is a name where the reader of words has it so.
        let plain = !matches!(words.sort(at), Sort::Month | Sort::Function);
        let named = persons.contains_key(&token.word) && plain;
        let speaks = opens
            && next.is_some_and(|t| SAYS.contains(&t.word))
            && !document.form(at).ends_with('s');
        if named || speaks {
            out.push(at..at + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<&str> {
        let document = Document::new(text);
        let covered = super::covered(&document);
        let span = |r: &Range<usize>| {
            document.tokens[r.start].span.cover(document.tokens[r.end - 1].span).slice(text)
        };
        covered.ranges().iter().map(span).collect()
    }

    #[test]
    fn surnames_that_are_words_are_covered_wherever_they_stand() {
        for name in
            ["Savage", "May", "Will", "King", "Pope", "Judge", "Brutal", "Wild", "Moody", "Bliss"]
        {
            let text = format!(
                "Elsa {name} won the vote on Sunday. {name} said the council would meet. “Thank you,” {name} said. They called {name}’s office."
            );
            let found = covered(&text);
            let of: Vec<&&str> = found.iter().filter(|f| f.ends_with(name)).collect();
            assert_eq!(of.len(), 4, "{name}: {found:?}");
        }
    }

    #[test]
    fn months_verbs_and_shouting_are_no_names() {
        let text = "Elsa May met the board on May 3. May the best team win, she said. It was a DISGRACE to all.";
        assert_eq!(covered(text), ["Elsa May"]);
    }

    #[test]
    fn a_title_knows_the_names_of_its_text() {
        let text = Document::new("Nils Savage won. The team Evil Geniuses lost on Sunday.");
        let title = Document::new("Savage Wins as Evil Geniuses Suffer Brutal Defeat");
        let covered = Covered::of_title(&title, &Names::of(&text));
        assert_eq!(covered.ranges(), [0..1, 3..5]);
    }

    #[test]
    fn a_word_before_a_known_name_is_not_part_of_it() {
        let text = "The Tories met in Dresk on Monday. Disgraceful Tories voted against the bill.";
        assert_eq!(covered(text), ["Tories", "Dresk", "Tories"]);
    }

    #[test]
    fn names_of_works_and_teams_are_covered() {
        let text =
            "The musical Wicked opened. The team Evil Geniuses won, and Cruel Summer closed.";
        assert_eq!(covered(text), ["Wicked", "Evil Geniuses", "Cruel Summer"]);
    }
}

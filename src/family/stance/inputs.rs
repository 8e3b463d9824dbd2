//! What the decision on a mention sees: the words left and right of it, each with its distance, and how the mention stands.
//!
//! Names are masked, the target's own and everybody else's: what is learned is how news speaks, not of whom it speaks so.

use super::kind::{self, kinds};
use super::polarity::{WordPolarity, sign};
use super::stem::{stem, stem_word};
use super::sums::Sums;
use crate::lexicon::Lexicon;
use crate::linear::{Sink, Template, join};
use crate::text::{Case, Document, Kind, Span, Word};
use std::ops::Range;

/// Name of the decision in model files.
pub(crate) const TASK: &str = "stance-mention";

/// Inputs by stem whose amount falls with the distance; fitting shares them between words by their vectors.
pub(crate) const LEFT: Template = Template::new("left");
pub(crate) const RIGHT: Template = Template::new("right");
pub(crate) const NEAR: Template = Template::new("near");
const NEGATED: Template = Template::new("negated");
const BEFORE: Template = Template::new("before");
const TWO_BEFORE: Template = Template::new("two-before");
const AFTER: Template = Template::new("after");
const TWO_AFTER: Template = Template::new("two-after");
const THREE_AFTER: Template = Template::new("three-after");
const SECOND_AFTER: Template = Template::new("second-after");
const AROUND: Template = Template::new("around");
const TRAIT: Template = Template::new("trait");
const TITLE: Template = Template::new("title");
/// Sums of the words' learned polarity.
pub(crate) const POLAR: Template = Template::new("polarity");
const LISTED: Template = Template::new("listed");

/// A masked name, and the edges of the sentence.
const NAME: &str = "<name>";
const START: &str = "<start>";
const END: &str = "<end>";
const NAME_WORD: Word = Word::constant(NAME);
const START_WORD: Word = Word::constant(START);
const END_WORD: Word = Word::constant(END);
const S: Word = Word::constant("'s");
const THE: Word = Word::constant("the");

/// A trait's name and its word.
const fn named(name: &'static str) -> (&'static str, Word) {
    (name, Word::constant(name))
}

const PLACES: [(&str, Word); 5] =
    [named("place-0"), named("place-1"), named("place-2"), named("place-3"), named("place-4")];
const LENGTHS: [(&str, Word); 6] = [
    named("length-0"),
    named("length-1"),
    named("length-2"),
    named("length-3"),
    named("length-4"),
    named("length-5"),
];
const WORDS: [(&str, Word); 4] =
    [named("words-1"), named("words-2"), named("words-3"), named("words-4")];

/// Amount of a word falls by this for each word between it and the mention.
const DECAY: f64 = 0.12;
/// Words on either side that count as near.
pub(super) const NEARBY: usize = 5;
/// Words of a sentence beyond this distance are passed over, so that a text without sentence ends stays cheap.
const FARTHEST: usize = 120;

/// What a word counts at each distance from the mention.
static AMOUNTS: [f64; FARTHEST + 1] = {
    let mut out = [0.0; FARTHEST + 1];
    let mut distance = 1;
    while distance <= FARTHEST {
        out[distance] = 1.0 / (1.0 + DECAY * (distance - 1) as f64);
        distance += 1;
    }
    out
};

/// One token of the sentence as the inputs see it.
struct Cell {
    stem: Word,
    token: usize,
    masked: bool,
    alphabetic: bool,
    negated: bool,
    /// Of [`kind`].
    kinds: u8,
    /// Learned polarity, turned and halved under a negation.
    polarity: f64,
    /// Polarity by the family's list, turned under a negation.
    listed: f64,
}

/// A sentence made ready once for all the mentions in it.
pub(crate) struct Window<'d, 'a> {
    document: &'d Document<'a>,
    first: usize,
    cells: Vec<Cell>,
    /// Quotation marks before each cell, and all of them: asked once for each mention.
    quotes: Vec<u32>,
    /// A verb of saying stands in the sentence.
    says: bool,
    /// First and last name.
    names: Option<(usize, usize)>,
}

/// True when a word with a capital is written as a name where it stands. `known` tells ordinary words that open a sentence from names.
fn is_name(document: &Document<'_>, token: usize, before: Option<u8>, known: bool) -> bool {
    let this = &document.tokens[token];
    if this.kind != Kind::Word
        || matches!(this.case, Case::Lower | Case::None)
        || this.span.len() < 2
    {
        return false;
    }
    let opens = before.is_none_or(|kinds| kinds & kind::OPENER != 0);
    if opens {
        return !known;
    }
    this.case != Case::Upper || this.span.len() <= 5
}

impl<'d, 'a> Window<'d, 'a> {
    /// Makes the tokens of a sentence ready.
    pub(crate) fn new(
        document: &'d Document<'a>,
        range: Range<usize>,
        lexicon: &Lexicon,
        polarity: &WordPolarity<'_>,
    ) -> Self {
        let mut cells: Vec<Cell> = Vec::with_capacity(range.len());
        let mut buffer = String::new();
        let mut last_negation: Option<usize> = None;
        for token in range.clone() {
            let this = &document.tokens[token];
            let alphabetic = this.kind == Kind::Word;
            let known = if alphabetic { polarity.of(this.word) } else { None };
            let kinds = kinds(this.word);
            let before = cells.last().map(|c| c.kinds);
            let masked =
                kinds & kind::TITLE == 0 && is_name(document, token, before, known.is_some());
            let stem = match (masked, alphabetic) {
                (true, _) => NAME_WORD,
                (_, true) => stem_word(document.form(token), this.word, &mut buffer),
                _ => this.word,
            };
            let at = token - range.start;
            let negated = last_negation.is_some_and(|n| at - n <= 3);
            if kinds & kind::NEGATION != 0 {
                last_negation = Some(at);
            }
            let value = if masked || !alphabetic { 0.0 } else { known.unwrap_or(0.0) };
            cells.push(Cell {
                stem,
                token,
                masked,
                alphabetic,
                negated,
                kinds,
                polarity: if negated { -0.5 * value } else { value },
                listed: 0.0,
            });
        }
        for hit in lexicon.find(document, range.clone()) {
            let cell = &mut cells[hit.first - range.start];
            if !cell.masked {
                let value = sign(lexicon.class(hit.entry)) * lexicon.entries[hit.entry].weight;
                cell.listed = if cell.negated { -value } else { value };
            }
        }
        let mut quotes = Vec::with_capacity(cells.len() + 1);
        quotes.push(0);
        for cell in &cells {
            quotes.push(
                quotes.last().copied().unwrap_or(0) + u32::from(cell.kinds & kind::QUOTE != 0),
            );
        }
        let says = cells.iter().any(|c| c.kinds & kind::SAYS != 0);
        let names = cells.iter().position(|c| c.masked).zip(cells.iter().rposition(|c| c.masked));
        Window { document, first: range.start, cells, quotes, says, names }
    }

    fn form(&self, cell: &Cell) -> String {
        if cell.masked {
            return NAME.to_owned();
        }
        let form = self.document.form(cell.token).replace('’', "'");
        if cell.alphabetic {
            stem(&form, &mut String::new()).to_owned()
        } else {
            form.to_lowercase()
        }
    }

    /// The cells of a mention; the nearest one when the span falls between tokens.
    fn place(&self, mention: Span) -> Range<usize> {
        let tokens = &self.document.tokens[self.first..self.first + self.cells.len()];
        let first = tokens.partition_point(|t| t.span.end <= mention.start);
        let last = tokens.partition_point(|t| t.span.start < mention.end);
        if first < last {
            return first..last;
        }
        let at = tokens
            .partition_point(|t| t.span.start < mention.start)
            .min(self.cells.len().saturating_sub(1));
        at..(at + 1).min(self.cells.len())
    }

    /// Gives the inputs of one mention to a sink.
    pub(crate) fn inputs(&self, mention: Span, sink: &mut impl Sink) {
        if self.cells.is_empty() {
            return;
        }
        let here = self.place(mention);
        let clause = self.clause(&here);
        let (mut learned, mut listed) = (Sums::default(), Sums::default());
        let from = here.start.saturating_sub(FARTHEST);
        for index in (from..here.start).chain(here.end..self.cells.len().min(here.end + FARTHEST)) {
            let cell = &self.cells[index];
            let left = index < here.start;
            let distance = if left { here.start - index } else { index - here.end + 1 };
            let amount = AMOUNTS[distance];
            sink.put(if left { LEFT } else { RIGHT }, cell.stem, amount, || self.form(cell));
            if distance <= NEARBY {
                sink.put(NEAR, cell.stem, amount, || self.form(cell));
            }
            if cell.negated && cell.alphabetic && !cell.masked {
                sink.put(NEGATED, cell.stem, 1.0, || self.form(cell));
            }
            learned.add(left, distance, clause.contains(&index), amount * cell.polarity);
            listed.add(left, distance, clause.contains(&index), 0.5 * cell.listed);
        }
        learned.put(POLAR, sink);
        listed.put(LISTED, sink);
        self.neighbours(&here, sink);
        self.traits(&here, &clause, sink);
    }

    /// Sum of the listed words around a mention, falling with the distance.
    pub(crate) fn listed(&self, mention: Span) -> f64 {
        let here = self.place(mention);
        let amount = |at: usize| {
            1.0 / (1.0
                + DECAY
                    * (if at < here.start { here.start - at } else { at + 1 - here.end }) as f64)
        };
        let outside = (here.start.saturating_sub(FARTHEST)..here.start)
            .chain(here.end..self.cells.len().min(here.end + FARTHEST));
        outside.map(|at| amount(at) * self.cells[at].listed).sum()
    }

    fn clause(&self, here: &Range<usize>) -> Range<usize> {
        let (from, to) =
            (here.start.saturating_sub(FARTHEST), self.cells.len().min(here.end + FARTHEST));
        let start = self.cells[from..here.start]
            .iter()
            .rposition(|c| c.kinds & kind::BREAK != 0)
            .map_or(from, |at| from + at + 1);
        let end = self.cells[here.end..to]
            .iter()
            .position(|c| c.kinds & kind::BREAK != 0)
            .map_or(to, |at| here.end + at);
        start..end
    }

    fn neighbours(&self, here: &Range<usize>, sink: &mut impl Sink) {
        let before = |n: usize| here.start.checked_sub(n).map(|at| &self.cells[at]);
        let after = |n: usize| self.cells.get(here.end + n - 1);
        let left = |n: usize| before(n).map_or_else(|| START_WORD, |c| c.stem);
        let right = |n: usize| after(n).map_or_else(|| END_WORD, |c| c.stem);
        let left_form = |n: usize| before(n).map_or_else(|| START.to_owned(), |c| self.form(c));
        let right_form = |n: usize| after(n).map_or_else(|| END.to_owned(), |c| self.form(c));
        sink.put(BEFORE, left(1), 1.0, || left_form(1));
        sink.put(TWO_BEFORE, join(&[left(2), left(1)]), 1.0, || {
            format!("{} {}", left_form(2), left_form(1))
        });
        sink.put(AFTER, right(1), 1.0, || right_form(1));
        sink.put(SECOND_AFTER, right(2), 1.0, || right_form(2));
        sink.put(TWO_AFTER, join(&[right(1), right(2)]), 1.0, || {
            format!("{} {}", right_form(1), right_form(2))
        });
        sink.put(THREE_AFTER, join(&[right(1), right(2), right(3)]), 1.0, || {
            format!("{} {} {}", right_form(1), right_form(2), right_form(3))
        });
        sink.put(AROUND, join(&[left(1), right(1)]), 1.0, || {
            format!("{} {}", left_form(1), right_form(1))
        });
    }

    fn traits(&self, here: &Range<usize>, clause: &Range<usize>, sink: &mut impl Sink) {
        let tokens = &self.document.tokens;
        let word = |at: usize| tokens[self.first + at].word;
        let mut put =
            |(name, word): (&'static str, Word)| sink.put(TRAIT, word, 1.0, || name.to_owned());
        let pronoun = self.cells[here.start].kinds & kind::PRONOUN != 0;
        put(if pronoun { const { named("pronoun") } } else { const { named("noun") } });
        if here.clone().any(|at| word(at) == S)
            || (here.end < self.cells.len() && word(here.end) == S)
        {
            put(const { named("possessive") });
        }
        put(PLACES[(here.start * 5 / self.cells.len()).min(4)]);
        put(LENGTHS[(self.cells.len() / 10).min(5)]);
        put(WORDS[here.len().clamp(1, 4) - 1]);
        if self.quotes[here.start] % 2 == 1 {
            put(const { named("in-quotation") });
        }
        if self.quotes[self.cells.len()] > 0 {
            put(const { named("quotation") });
        }
        if here.start == 0 {
            put(const { named("first") });
        }
        let says =
            |range: Range<usize>| self.cells[range].iter().any(|c| c.kinds & kind::SAYS != 0);
        if says(here.end..self.cells.len().min(here.end + 3)) {
            put(const { named("says-after") });
        }
        if says(here.start.saturating_sub(2)..here.start) {
            put(const { named("says-before") });
        }
        if self.says {
            put(const { named("says") });
        }
        if self.names.is_some_and(|(first, _)| first < here.start) {
            put(const { named("name-before") });
        }
        if self.names.is_some_and(|(_, last)| last >= here.end) {
            put(const { named("name-after") });
        }
        let opens = clause.start == here.start
            || (here.start == clause.start + 1 && word(clause.start) == THE);
        put(match (opens, clause.end > here.end) {
            (true, true) => const { named("opens-clause") },
            (true, false) => const { named("whole-clause") },
            (false, true) => const { named("inside-clause") },
            (false, false) => const { named("ends-clause") },
        });
        let lower = |at: usize| self.document.form(self.first + at).to_lowercase();
        if pronoun {
            let at = here.start;
            sink.put(TITLE, word(at), 1.0, || lower(at));
        }
        for at in here.clone().filter(|&at| self.cells[at].kinds & kind::TITLE != 0) {
            sink.put(TITLE, word(at), 1.0, || lower(at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps what it is given.
    #[derive(Default, Debug, PartialEq)]
    struct Kept(Vec<(&'static str, String, f64)>);

    impl Sink for Kept {
        fn put(
            &mut self,
            template: Template,
            value: Word,
            amount: f64,
            form: impl FnOnce() -> String,
        ) {
            let form = form();
            let words: Vec<Word> = form.split(' ').map(Word::of).collect();
            assert_eq!(join(&words), value, "{}: {form:?}", template.name);
            self.0.push((template.name, form, amount));
        }
    }

    fn inputs(text: &str, name: &str) -> Kept {
        let family = super::super::FAMILY.lexicon;
        let lexicon = Lexicon::parse("stance", family, super::super::CLASSES).unwrap();
        let document = Document::new(text);
        let start = text.find(name).unwrap();
        let mut kept = Kept::default();
        let window =
            Window::new(&document, 0..document.tokens.len(), &lexicon, &WordPolarity::default());
        window.inputs(Span::new(start, start + name.len()), &mut kept);
        kept
    }

    #[test]
    fn another_name_changes_nothing() {
        let one = inputs("The crowd jeered Anton Marr while Ilse Dorn smiled.", "Anton Marr");
        let other = inputs("The crowd jeered Petra Holt while Juna Quell smiled.", "Petra Holt");
        assert_eq!(one, other);
        assert!(one.0.contains(&("before", "jeer".to_owned(), 1.0)), "{one:?}");
    }

    #[test]
    fn listed_words_count_by_side_and_turn_under_negation() {
        let listed = |text: &str| {
            inputs(text, "Marr")
                .0
                .into_iter()
                .filter(|(t, ..)| *t == "listed")
                .map(|(_, f, _)| f)
                .collect::<Vec<_>>()
        };
        assert!(listed("They praised Marr.").contains(&"left +".to_owned()));
        assert!(listed("They did not praise Marr.").contains(&"left -".to_owned()));
        assert!(listed("Marr is corrupt.").contains(&"clause-right -".to_owned()));
    }
}

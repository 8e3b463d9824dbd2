//! Wording: common words and pairs of words that real articles of one kind use more than those of another. Names are no
//! words here: only what stands in lower case is looked up, so that neither outlets nor people nor places count.

use crate::family::def::{Context, Family, Feature, Unit};
use crate::linear::{Linear, Template};
use crate::mark::{Layer, Mark, Marks};
use crate::text::{Case, Document, Kind, Span, Word};
use std::cell::RefCell;

/// The wording family.
pub(super) static FAMILY: Family = Family {
    name: "wording",
    doc: "Common words, alone and in pairs, by what they tell of real articles: whether such an article takes sides, and how its outlet is rated.",
    reads: &[],
    writes: &[Layer::Wording],
    classes: &[],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: FEATURES,
};

/// Name of the span-level decision that holds the words' weights: for [`SIDES`], for [`RELIABILITY`], and the word's
/// rarity, ln((1 + articles) / (1 + articles with it)) + 1.
pub(crate) const WORDS: &str = "wording";
/// A word alone.
pub(crate) const WORD: Template = Template::new("word");
/// Two words that stand side by side.
pub(crate) const PAIR: Template = Template::new("pair");

/// Class of marks by what their words tell of taking sides.
const SIDES: &str = "sides";
/// Class of marks by what their words tell of reliability.
const RELIABILITY: &str = "reliability";

static FEATURES: &[Feature] = &[
    Feature {
        name: "wording.sides",
        doc: "How far the article's common words are those of articles that people called hyperpartisan: sum of their fitted weights, for a text of length one.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Wording,
        select: |m| m.class == SIDES,
        measure: |v| v.selected().map(|m| m.value).sum(),
    },
    Feature {
        name: "wording.reliability",
        doc: "How far the article's common words are those of outlets that experts rate high: sum of their fitted weights, for a text of length one.",
        unit: Unit::Score,
        version: 1,
        layer: Layer::Wording,
        select: |m| m.class == RELIABILITY,
        measure: |v| v.selected().map(|m| m.value).sum(),
    },
];

/// Walks the lower-case words of the prose, alone and in pairs, in order: template, value, first and last token.
pub(crate) fn terms(document: &Document<'_>, mut take: impl FnMut(Template, Word, usize, usize)) {
    for sentence in document.prose_sentences() {
        let mut before: Option<Word> = None;
        for at in sentence.tokens() {
            let token = &document.tokens[at];
            if token.kind != Kind::Word || token.case != Case::Lower {
                before = None;
                continue;
            }
            take(WORD, token.word, at, at);
            if let Some(before) = before {
                take(PAIR, before.then(token.word), at - 1, at);
            }
            before = Some(token.word);
        }
    }
}

/// What a term that stands `times` times counts, before rows are brought to length one.
pub(crate) fn amount(times: u32, rarity: f64) -> f64 {
    (1.0 + f64::from(times).ln()) * rarity
}

/// A known term of an article.
struct Seen {
    place: usize,
    times: u32,
    span: Span,
}

/// One mark a term and class, at the term's first place; its value is the term's part of the feature.
fn mark(context: &Context<'_>, marks: &mut Marks) {
    let Some(words) = context.models.get(WORDS) else { return };
    let seen = seen(context.document, words);
    let row = |s: &Seen| words.row(s.place);
    let length =
        seen.iter().map(|s| amount(s.times, f64::from(row(s)[2])).powi(2)).sum::<f64>().sqrt();
    marks.reserve(Layer::Wording, 2 * seen.len());
    for s in &seen {
        let row = row(s);
        let share = amount(s.times, f64::from(row[2])) / length.max(f64::MIN_POSITIVE);
        for (class, weight) in [(SIDES, row[0]), (RELIABILITY, row[1])] {
            let value = share * f64::from(weight);
            marks.push(Mark {
                layer: Layer::Wording,
                class,
                span: s.span,
                own_voice: true,
                value,
                group: s.times,
            });
        }
    }
}

/// The different terms of an article that have weights, in order of first place.
fn seen(document: &Document<'_>, words: &Linear) -> Vec<Seen> {
    let mut known = KNOWN.take();
    known.resize(words.places(), 0);
    let mut out: Vec<Seen> = Vec::with_capacity(document.tokens.len() / 2);
    let mut alone = [false; 2];
    terms(document, |template, value, first, last| {
        // Both words of a pair with weights have weights themselves: most pairs need no look-up.
        let place = if first == last || alone == [true; 2] {
            words.place(template.with(value))
        } else {
            None
        };
        if first == last {
            alone = [alone[1], place.is_some()];
        }
        let Some(place) = place else { return };
        match known[place] {
            0 => {
                let span = document.tokens[first].span.cover(document.tokens[last].span);
                out.push(Seen { place, times: 1, span });
                known[place] = out.len() as u32;
            }
            at => out[at as usize - 1].times += 1,
        }
    });
    for s in &out {
        known[s.place] = 0;
    }
    KNOWN.set(known);
    out
}

thread_local! {
    /// A number for each row of the table: 0, or one more than the term's place in the list; zeros between articles.
    static KNOWN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::family::{FAMILIES, Totals, View};
    use crate::lexicon::Lexicon;
    use crate::linear::{SpanModels, Weights};
    use crate::name::{Covered, Names};
    use std::collections::BTreeMap;

    fn marked(text: &str) -> (Vec<(String, f64)>, [f64; 2]) {
        let word = |w: &str, row: [f64; 3]| (w.to_owned(), row.to_vec());
        let words = BTreeMap::from([
            word("said", [-1.0, 2.0, 1.0]),
            word("the", [0.5, 0.0, 1.0]),
            word("shameful", [3.0, -1.0, 2.0]),
        ]);
        let pairs = BTreeMap::from([word("the shameful", [1.0, -2.0, 2.0])]);
        let weights = Weights {
            bias: vec![0.0; 3],
            weights: BTreeMap::from([("word".to_owned(), words), ("pair".to_owned(), pairs)]),
            calibration: (1.0, 0.0),
        };
        let mut models = SpanModels::default();
        models.insert(WORDS, Linear::compile(&weights).unwrap());
        let article = Article::from_text("a", text);
        let document = article.document();
        let lexicon = Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes).unwrap();
        let mut marks = Marks::new(&document);
        let names = Names::of(&document);
        let covered = Covered::of(&document, &names);
        mark(
            &Context {
                article: &article,
                document: &document,
                names: &names,
                covered: &covered,
                lexicon: &lexicon,
                models: &models,
                min_confidence: 0.0,
            },
            &mut marks,
        );
        let sides = marks.layer(Layer::Wording).iter().filter(|m| m.class == SIDES);
        let told = sides.map(|m| (m.span.slice(text).to_owned(), m.value)).collect();
        let family = FAMILIES.iter().find(|f| f.name == FAMILY.name).unwrap();
        let totals = Totals::of(&document, &marks);
        let value = |at: usize| {
            (FEATURES[at].measure)(&View::new(&document, &marks, totals, family, &FEATURES[at]))
        };
        (told, [value(0), value(1)])
    }

    #[test]
    fn terms_count_once_for_a_text_of_length_one() {
        let (told, [sides, reliability]) =
            marked("Marr said it of the shameful deal and of the plan that he said was late.");
        // said twice, the twice, shameful and the pair once: 1 + ln 2, 1 + ln 2, 2, 2.
        let twice = 1.0 + 2.0_f64.ln();
        let length = (2.0 * twice * twice + 8.0).sqrt();
        let names: Vec<&str> = told.iter().map(|(w, _)| w.as_str()).collect();
        assert_eq!(names, ["said", "the", "shameful", "the shameful"]);
        assert!(
            (sides - (-twice + 0.5 * twice + 2.0 * 3.0 + 2.0) / length).abs() < 1e-6,
            "{sides}"
        );
        assert!((reliability - (2.0 * twice - 2.0 - 4.0) / length).abs() < 1e-6, "{reliability}");
    }

    #[test]
    fn names_change_nothing() {
        let with = |name: &str| {
            marked(&format!(
                "The plan, {name} said, is the shameful end of the deal that {name} wrote about."
            ))
        };
        assert_eq!(with("Fox News"), with("Norwire Press"));
        assert_eq!(with("Fox News"), with("Said The"));
        assert_eq!(marked("").1, [0.0, 0.0]);
    }
}

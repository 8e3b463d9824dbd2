use super::*;
use crate::article::Article;
use crate::entity::{Names, covered};
use crate::family::cases;
use crate::feature::FeatureVector;
use crate::score::Scorer;
use serde::Deserialize;

/// A sentence of `cases.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    hedges: Vec<String>,
    boosters: Vec<String>,
    hedged: bool,
}

struct Marked {
    hedges: Vec<String>,
    boosters: Vec<String>,
    hedged: f64,
}

/// Behind two sentences of plain prose, so that the text is read as prose.
const LEAD: &str = "The council met on Tuesday in the town hall. It closed at nine in the evening.";

fn marked(scorer: &Scorer, text: &str) -> Marked {
    let article = Article::from_text("case", format!("{LEAD} {text}"));
    let document = Document::new(&article.text);
    let marks = scorer.mark(&article, &document);
    let words = |m: &Mark| m.span.slice(document.text).to_owned();
    Marked {
        hedges: marks
            .layer(Layer::Hedge)
            .iter()
            .map(|m| format!("{}:{}", m.class, words(m)))
            .collect(),
        boosters: marks.layer(Layer::Booster).iter().map(words).collect(),
        hedged: marks.sentences[2..].iter().map(|s| s.hedged).fold(0.0, f64::max),
    }
}

#[test]
fn cases_come_out_as_written() {
    let scorer = Scorer::builtin().unwrap();
    let cases = cases::read::<Case>(FAMILY.cases);
    assert!(cases.len() >= 10);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = marked(&scorer, &case.text);
        if found.hedges != case.hedges
            || found.boosters != case.boosters
            || (found.hedged >= MARKED) != case.hedged
        {
            wrong.push(format!(
                "{:?}: {:?} {:?} {:.2}",
                case.text, found.hedges, found.boosters, found.hedged
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Stricter than the test of all lexicons: a `yes` must be marked with the entry's class, a `no` must not.
#[test]
fn every_yes_is_marked_and_no_no() {
    let scorer = Scorer::builtin().unwrap();
    let lexicon = Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes).unwrap();
    let mut wrong = Vec::new();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        for (texts, wanted) in [(&entry.yes, true), (&entry.no, false)] {
            for text in texts {
                let document = Document::new(text);
                let hits: Vec<Hit> = candidates(&document, &covered(&document), &lexicon)
                    .into_iter()
                    .filter(|h| h.entry == index)
                    .collect();
                let found = marked(&scorer, text);
                let of_entry = |mark: &String| {
                    hits.iter().any(|h| {
                        let words = document.tokens[h.first]
                            .span
                            .cover(document.tokens[h.last - 1].span)
                            .slice(text);
                        *mark == words
                            || mark
                                .split_once(':')
                                .is_some_and(|(class, form)| form == words && class == entry.class)
                    })
                };
                if found.hedges.iter().chain(&found.boosters).any(of_entry) != wanted {
                    wrong.push(format!(
                        "{} {wanted}: {text:?} gave {:?} {:?}",
                        entry.form, found.hedges, found.boosters
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_a_model_the_lexicon_decides() {
    let lexicon = Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes).unwrap();
    let article = Article::from_text("plain", format!("{LEAD} Perhaps it will rain."));
    let document = Document::new(&article.text);
    let mut marks = Marks::new(&document);
    let names = Names::of(&document);
    let covered = Covered::of(&document, &names);
    let models = crate::linear::SpanModels::default();
    mark(
        &Context {
            article: &article,
            document: &document,
            names: &names,
            covered: &covered,
            lexicon: &lexicon,
            models: &models,
        },
        &mut marks,
    );
    assert_eq!(marks.layer(Layer::Hedge).len(), 2);
    assert!(marks.sentences[2].hedged > 0.9 && marks.sentences[0].hedged < 0.1);
}

#[test]
fn shares_and_rates_count_what_they_say() {
    let scorer = Scorer::builtin().unwrap();
    let text = format!("{LEAD} The bridge may close in spring. Of course the mayor knew about it.");
    let article = Article::from_text("features", text);
    let document = Document::new(&article.text);
    let marks = scorer.mark(&article, &document);
    let vector = FeatureVector::measure(&document, &marks);
    let get = |name: &str| vector.get(name).unwrap();
    assert_eq!(get("hedging.sentence_share"), 0.25);
    assert_eq!(get("hedging.own_sentence_share"), 0.25);
    assert_eq!(get("hedging.source_sentence_share"), 0.0);
    assert!((get("hedging.own_rate") - 100.0 / document.words as f64).abs() < 1e-9);
    assert!((get("hedging.own_booster_rate") - 100.0 / document.words as f64).abs() < 1e-9);
    assert_eq!(get("hedging.balance"), 0.0);
}

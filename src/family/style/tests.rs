//! The list's own examples, texts with the marks that must come out, and numbers worked out by hand.

use super::{FAMILY, class};
use crate::article::Article;
use crate::family::cases;
use crate::feature::FeatureVector;
use crate::lexicon::Lexicon;
use crate::mark::Layer;
use crate::model::ModelSet;
use crate::score::{Options, Scorer};
use crate::text::Document;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    style: Vec<String>,
}

fn scorer() -> Scorer {
    Scorer::new(ModelSet::default(), Options { min_words: 0, ..Options::default() }).unwrap()
}

fn measure(text: &str) -> FeatureVector {
    scorer().score(&Article::from_text("a", text)).vector
}

fn assert_near(vector: &FeatureVector, name: &str, wanted: f64) {
    let value = vector.get(name).unwrap();
    assert!((value - wanted).abs() < 1e-9, "{name}: {value}, not {wanted}");
}

#[test]
fn examples_of_entries_hold() {
    let lexicon = Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes).unwrap();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        for (texts, wanted) in [(&entry.yes, true), (&entry.no, false)] {
            assert!(!texts.is_empty(), "{}", entry.form);
            for text in texts {
                let document = Document::new(text);
                let fires = lexicon
                    .find(&document, 0..document.tokens.len())
                    .iter()
                    .any(|h| h.entry == index);
                assert_eq!(fires, wanted, "{text:?}, entry {}", entry.form);
            }
        }
    }
}

#[test]
fn classes_have_their_numbers() {
    assert_eq!(super::NUMBERED[..super::LISTED.len()], *super::LISTED);
    assert_eq!(super::NUMBERED[class::NAME as usize], "name");
}

#[test]
fn cases_come_out() {
    let cases = cases::read::<Case>(FAMILY.cases);
    for case in cases {
        let article = Article::from_text("case", case.text.clone());
        let scored = scorer().score(&article);
        let marks = scored.marks.layer(Layer::Style).iter();
        let found: Vec<String> =
            marks.map(|m| format!("{}: {}", m.class, m.span.slice(&case.text))).collect();
        assert_eq!(found, case.style, "{}", case.text);
    }
}

#[test]
fn lengths_by_hand() {
    // 6 and 2 words; one of more than six letters.
    let vector = measure("The cat sat near the bridges. River rose.");
    assert_near(&vector, "style.sentence_words", 4.0);
    assert_near(&vector, "style.sentence_words_spread", 2.0);
    assert_near(&vector, "style.paragraph_words", 8.0);
    assert_near(&vector, "style.long_word_share", 1.0 / 8.0);
    // the cat sat near the brid-ges ri-ver rose: 10 syllables.
    assert_near(&vector, "style.grade", 0.39 * 4.0 + 11.8 * 10.0 / 8.0 - 15.59);
    assert_near(&vector, "style.type_token_ratio", 7.0 / 8.0);
}

#[test]
fn rates_count_own_voice_where_they_say_so() {
    let vector =
        measure("We left the town at dawn today. “You and I must not go there,” she said.");
    assert_near(&vector, "style.second_rate", 0.0);
    // "We left the town at dawn today" and "she said": 9 own words.
    assert_near(&vector, "style.first_plural_rate", 100.0 / 9.0);
}

#[test]
fn an_empty_text_has_numbers() {
    assert!(measure("").values().iter().all(|v| v.is_finite()));
}

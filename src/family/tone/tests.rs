//! The list's own examples, and texts with the marks that must come out.

use super::{FAMILY, class};
use crate::article::Article;
use crate::family::cases;
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
    /// "class: words" of every loaded mark but learned ones, in order; "(theirs)" after a source's, "(headline)" after the headline's.
    loaded: Vec<String>,
}

fn scorer(models: ModelSet) -> Scorer {
    Scorer::new(models, Options { min_words: 0, ..Options::default() }).unwrap()
}

fn lexicon() -> Lexicon {
    Lexicon::parse(FAMILY.name, FAMILY.lexicon, FAMILY.classes).unwrap()
}

#[test]
fn examples_of_entries_hold() {
    let lexicon = lexicon();
    let mut faults = Vec::new();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        for (texts, wanted) in [(&entry.yes, true), (&entry.no, false)] {
            assert!(!texts.is_empty(), "{}", entry.form);
            for text in texts {
                let document = Document::new(text);
                let fires = lexicon
                    .find(&document, 0..document.tokens.len())
                    .iter()
                    .any(|h| h.entry == index);
                if fires != wanted {
                    faults.push(format!("{text:?} fires: {fires}, entry {}", entry.form));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_form_stands_twice_and_all_classes_are_used() {
    let lexicon = lexicon();
    let mut forms: Vec<&str> = lexicon.entries.iter().flat_map(|e| e.form.split('|')).collect();
    let count = forms.len();
    forms.sort_unstable();
    forms.dedup();
    assert_eq!(forms.len(), count);
    for class in FAMILY.classes {
        assert!(lexicon.entries.iter().any(|e| e.class == *class), "{class}");
    }
}

#[test]
fn every_form_matches_itself() {
    let lexicon = lexicon();
    for entry in &lexicon.entries {
        // A form with a condition on its neighbours cannot stand alone.
        for form in entry
            .form
            .split('|')
            .filter(|_| entry.only_before.is_empty() && entry.only_after.is_empty())
        {
            let text = format!("It was {form} there.");
            let document = Document::new(&text);
            let wanted = Document::new(form).tokens.len();
            let found = lexicon.find(&document, 0..document.tokens.len());
            assert!(found.iter().any(|h| h.last - h.first >= wanted), "{form}");
        }
    }
}

#[test]
fn cases_come_out() {
    let scorer = scorer(ModelSet::default());
    let cases = cases::read::<Case>(FAMILY.cases);
    for case in cases {
        let article = Article::from_text("case", case.text.clone());
        let scored = scorer.score(&article);
        let shown = |m: &crate::mark::Mark| {
            let voice = if m.own_voice { "" } else { " (theirs)" };
            let place = if m.group == super::IN_HEADLINE { " (headline)" } else { "" };
            format!("{}: {}{voice}{place}", m.class, m.span.slice(&case.text))
        };
        let found: Vec<String> = scored.marks.layer(Layer::Loaded).iter().map(shown).collect();
        assert_eq!(found, case.loaded, "{}", case.text);
    }
}

#[test]
fn marks_stand_in_order_of_place() {
    let text = "The “reform” is a disgrace, the tyrant's “gift” a sham. It's atrocious, failings and all, the minister said: “A disgrace, yes.”";
    let article = Article::from_text("a", text);
    let scored = scorer(ModelSet::builtin().unwrap()).score(&article).marks;
    let starts: Vec<u32> = scored.layer(Layer::Loaded).iter().map(|m| m.span.start).collect();
    assert!(starts.is_sorted() && starts.len() >= 6, "{starts:?}");
}

fn probability(models: ModelSet, text: &str) -> f64 {
    let article = Article::from_text("a", text);
    scorer(models).score(&article).marks.sentences[0].loaded
}

#[test]
fn loaded_sentences_are_probable_with_and_without_the_model() {
    let loud = "This monstrous liar and his stooges rammed their disgraceful, corrupt bill through a spineless senate.";
    let plain =
        "The senate passed the bill on Tuesday by 52 votes to 48, the clerk of the chamber said.";
    let grave = "The attack killed 14 people, injured 30 others and left the hospital without power, police said.";
    for models in [ModelSet::default, || ModelSet::builtin().unwrap()] {
        assert!(probability(models(), loud) > 0.9);
        assert!(probability(models(), plain) < 0.2);
        assert!(probability(models(), grave) < 0.25);
    }
}

#[test]
fn learned_words_are_marked_only_with_the_model() {
    let article = Article::from_text("a", "They derided the ardent plan as if it were hoopla.");
    let with = scorer(ModelSet::builtin().unwrap()).score(&article).marks;
    let without = scorer(ModelSet::default()).score(&article).marks;
    let learned = |marks: &crate::mark::Marks| {
        marks.layer(Layer::Loaded).iter().filter(|m| m.class == class::LEARNED).count()
    };
    assert!(learned(&with) >= 1);
    assert_eq!(learned(&without), 0);
}

#[test]
fn a_source_counts_less_than_the_article() {
    let ours = probability(
        ModelSet::builtin().unwrap(),
        "It was a disgraceful and cowardly act of utter greed by the mayor.",
    );
    let theirs = probability(
        ModelSet::builtin().unwrap(),
        "“It was a disgraceful and cowardly act of utter greed by the mayor.”",
    );
    assert!(theirs < ours && theirs > 0.3, "{theirs} {ours}");
}

#[test]
fn a_title_given_apart_is_scored_once() {
    let scorer = Scorer::builtin().unwrap();
    let loaded = |title: Option<&str>, text: &str| {
        let article = Article { title: title.map(str::to_owned), ..Article::from_text("a", text) };
        scorer.score(&article).vector.get("tone.headline_loaded").unwrap()
    };
    let text = "The council met on Monday. It closed the old bridge.";
    assert_eq!(loaded(None, text), 0.0);
    assert_eq!(loaded(Some("Council closes bridge"), text), 0.0);
    let title = "Shameful council betrays the town";
    assert!(loaded(Some(title), text) > 0.5);
    let opened = format!("{title}\n\n{text}");
    assert_eq!(loaded(Some(title), &opened), loaded(None, &opened));
}

//! The family's cases and its list's examples.

use super::{CLASSES, FAMILY};
use crate::article::{Article, TargetRequest};
use crate::family::cases;
use crate::lexicon::Lexicon;
use crate::mark::Layer;
use crate::model::ModelSet;
use crate::score::{Options, Scorer};
use crate::text::Document;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    /// Names asked for.
    asked: Vec<String>,
    /// "target: stance at its most outspoken mention: mention | mention"; any stance where it is `*`.
    found: Vec<String>,
}

fn scorer() -> Scorer {
    Scorer::new(ModelSet::builtin().unwrap(), Options::default()).unwrap()
}

fn article(text: &str, targets: Vec<TargetRequest>) -> Article {
    Article { targets, ..Article::from_text("case", text) }
}

#[test]
fn cases_come_out() {
    let scorer = scorer();
    for case in cases::read::<Case>(FAMILY.cases) {
        let article =
            article(&case.text, case.asked.iter().cloned().map(TargetRequest::Name).collect());
        let scored = scorer.score(&article);
        assert_eq!(
            scored.marks.targets.len(),
            case.found.len(),
            "{}: {:?}",
            case.text,
            scored.marks.targets
        );
        for (target, expected) in scored.marks.targets.iter().zip(&case.found) {
            let mentions: Vec<&str> =
                target.mentions.iter().map(|m| m.span.slice(&case.text)).collect();
            let mentions = mentions.join(" | ");
            let outspoken = target
                .mentions
                .iter()
                .map(|m| m.polarity)
                .max_by(|a, b| a.value().abs().total_cmp(&b.value().abs()));
            let class = outspoken.unwrap_or_default().class();
            let found = if expected.contains(": * : ") {
                format!("{}: * : {mentions}", target.name)
            } else {
                format!("{}: {class}: {mentions}", target.name)
            };
            assert_eq!(&found, expected, "{}: {outspoken:?}", case.text);
        }
    }
}

#[test]
fn every_entry_fires_where_it_says() {
    let lexicon = Lexicon::parse("stance", FAMILY.lexicon, CLASSES).unwrap();
    for (index, entry) in lexicon.entries.iter().enumerate() {
        let fires = |text: &String| {
            let document = Document::new(text);
            lexicon.find(&document, 0..document.tokens.len()).iter().any(|h| h.entry == index)
        };
        assert!(!entry.yes.is_empty() && !entry.no.is_empty(), "{}", entry.form);
        entry.yes.iter().for_each(|text| assert!(fires(text), "{} in {text:?}", entry.form));
        entry.no.iter().for_each(|text| assert!(!fires(text), "{} in {text:?}", entry.form));
    }
}

#[test]
fn requested_spans_are_answered_in_order_with_the_very_span() {
    let text = "Marr met Dorn. Dorn slammed Marr as a corrupt liar.";
    let spans = [(28, 32), (9, 13), (0, 4), (200, 300)];
    let article = article(
        text,
        spans.iter().map(|&(start, end)| TargetRequest::Mention { start, end }).collect(),
    );
    let scored = scorer().score(&article);
    let found: Vec<(usize, usize)> = scored
        .marks
        .targets
        .iter()
        .map(|t| (t.mentions[0].span.from(), t.mentions[0].span.to()))
        .collect();
    assert_eq!(found, spans);
    assert_eq!(scored.marks.targets[0].polarity.class(), "against");
    assert!(scored.marks.targets.iter().all(|t| t.requested && t.mentions.len() == 1));
    let places: Vec<u32> = scored.marks.layer(Layer::Target).iter().map(|m| m.span.start).collect();
    assert!(places.is_sorted());
}

#[test]
fn mentions_in_quotations_are_the_speakers() {
    let text = "Ivo Marr spoke first. “Ivo Marr is a corrupt liar and a coward,” Ana Dorn said.";
    let article = article(text, vec![TargetRequest::Name("Marr".to_owned())]);
    let scored = scorer().score(&article);
    let voices: Vec<bool> = scored.marks.targets[0].mentions.iter().map(|m| m.own_voice).collect();
    assert_eq!(voices, [true, false]);
    let value = |name: &str| scored.vector.get(name).unwrap();
    assert!(value("stance.source_mean") < value("stance.own_mean"));
    assert_eq!(value("stance.source_share"), 0.5);
}

#[test]
fn every_target_and_mention_has_a_stance_and_a_role() {
    let text = "Shells fell on Dresk for a third night. The attack on Dresk killed nine people, and Dresk buried them on Sunday.";
    let article = article(text, vec![TargetRequest::Name("Dresk".to_owned())]);
    let scored = scorer().score(&article);
    let target = &scored.marks.targets[0];
    assert_eq!(target.mentions.len(), 3);
    for role in target.mentions.iter().map(|m| m.role).chain([target.role]) {
        assert!((role.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{role:?}");
    }
    assert!((target.polarity.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn nobody_named_is_neutral_and_plain() {
    let article = article("It rained.", vec![TargetRequest::Name("Quell".to_owned())]);
    let target = &scorer().score(&article).marks.targets[0];
    assert_eq!((target.polarity.class(), target.role.class()), ("neutral", "plain"));
}

/// What is done to somebody is no stance against them.
#[test]
fn victims_are_not_judged() {
    let scorer = scorer();
    let mut wrong = Vec::new();
    for (text, name) in [
        (
            "Shells fell on the town of Dresk for a third night. The attack on Dresk killed nine people, the governor said.",
            "Dresk",
        ),
        (
            "Lusara's army crossed the river at dawn. The war against Velmark began two years ago, and Velmark has lost a third of its land.",
            "Velmark",
        ),
        (
            "Ivo Marr was beaten outside his house on Monday. Police said Marr, 61, was robbed by two men and died on the way to hospital.",
            "Ivo Marr",
        ),
        (
            "A gunman shot at the bus of the Halden Rovers. Two players of the Halden Rovers were hurt in the attack.",
            "Halden Rovers",
        ),
    ] {
        let article = article(text, vec![TargetRequest::Name(name.to_owned())]);
        let scored = scorer.score(&article);
        let target = &scored.marks.targets[0];
        if target.polarity.class() == "against" {
            wrong.push(format!("{name}: {:?} {:?}", target.polarity, target.role));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

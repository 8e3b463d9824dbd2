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

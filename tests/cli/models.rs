//! Models given by the user, and what is told of them.

use super::{Desk, STORY};
use newsgauge::axis::{Axis, Direction};
use newsgauge::feature::schema_hash;
use newsgauge::model::{
    FORMAT, ModelFile, Payload, VERSION, lexicon_fingerprint, tokenizer_fingerprint,
};
use serde_json::{Value, json};

/// A model of the tone axis over all its inputs, with small weights of no meaning.
pub(super) fn tone() -> ModelFile {
    let axis = Axis::named("tone").expect("an axis");
    let names: Vec<&str> = axis.inputs().iter().map(|i| i.feature).collect();
    let sign = |direction| if direction == Direction::Down { -1.0 } else { 1.0 };
    let signs = axis.inputs().iter().map(|i| sign(i.direction));
    let step: Vec<f64> = signs.enumerate().map(|(j, s)| s * 1e-2 * (j % 5 + 1) as f64).collect();
    // By its written form, which stays when fields are added.
    let classifier = json!({
        "mean": vec![0.5; names.len()],
        "scale": vec![1.0; names.len()],
        "weights": [step],
        "bias": [0.2, 0.0, -0.3],
        "temperature": 1.0,
        "alpha": 1.0,
        "features": names,
    });
    let classifier = serde_json::from_value(classifier).expect("a classifier");
    ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "tone-test".to_owned(),
        axis: axis.name.to_owned(),
        classes: axis.classes.iter().map(|c| (*c).to_owned()).collect(),
        schema: schema_hash(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Default::default(),
        metrics: Default::default(),
        payload: Payload::Classifier(classifier),
    }
}

#[test]
fn contributions_add_up_to_the_logit_of_the_probabilities() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.put("m/tone.json", tone().to_json().expect("JSON"));
    let run = desk.run(&["explain", "a.txt", "--model", "m", "--format", "json"]);
    let object: Value = serde_json::from_str(&run.out()).expect("JSON");
    let score = &object["axes"]["tone"];
    assert_eq!(score["model"], "tone-test");
    let explained = object["explanation"]
        .as_array()
        .expect("axes")
        .iter()
        .find(|a| a["axis"] == "tone")
        .expect("tone");
    let number = |v: &Value| v.as_f64().expect("a number");
    let parts = [&explained["up"], &explained["down"]]
        .into_iter()
        .flat_map(|side| side.as_array().expect("features"));
    let sum: f64 = parts.map(|e| number(&e["contribution"])).sum();
    assert!((number(&explained["sum"]) - sum).abs() < 1e-3);
    let difference = number(&explained["difference"]);
    assert!((number(&explained["base"]) + sum - difference).abs() < 1e-3);
    let p = &score["probabilities"];
    let inputs = Axis::named("tone").expect("an axis").inputs().len();
    assert!(
        ((number(&p["loaded"]) / number(&p["neutral"])).ln() - difference).abs() < 1e-3,
        "{score} {explained}"
    );
    assert_eq!(object["contributions"]["tone"].as_array().map(Vec::len), Some(inputs));
    let text = desk.run(&["explain", "a.txt", "--model", "m"]).out();
    assert!(text.contains("= logit(loaded) − logit(neutral)"), "{text}");
}

#[test]
fn a_scored_article_has_the_axis_in_every_format() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.put("m/tone.json", tone().to_json().expect("JSON"));
    let scored = desk.run(&["score", "a.txt", "--model", "m"]).object();
    let tone = &scored["axes"]["tone"];
    assert!(
        tone["value"].is_f64()
            && tone["class"].is_string()
            && tone["probabilities"]["mixed"].is_f64(),
        "{tone}"
    );
    assert!(
        desk.run(&["score", "a.txt", "--model", "m", "--format", "csv"])
            .out()
            .contains("tone-test")
    );
    let class = tone["class"].as_str().expect("a class");
    assert!(
        desk.run(&["score", "a.txt", "--model", "m", "--format", "table"]).out().contains(class)
    );
}

#[test]
fn models_are_listed_shown_and_checked() {
    let desk = Desk::new();
    desk.put("m/tone.json", tone().to_json().expect("JSON"));
    assert!(desk.run(&["model", "list", "m"]).out().contains("tone-test"));
    assert!(
        desk.run(&["model", "show", "m/tone.json"])
            .out()
            .contains("classes:    neutral, mixed, loaded")
    );
    assert!(
        desk.run(&["model", "show", "tone", "--model-dir", "m"])
            .out()
            .starts_with("tone-test (article level)")
    );
    let good = desk.run(&["model", "check", "m"]);
    assert_eq!((good.status(), good.out().as_str()), (0, "ok: m/tone.json\n"));
    let stale = ModelFile { lexicons: "0".to_owned(), ..tone() };
    desk.put("s/tone.json", stale.to_json().expect("JSON"));
    let bad = desk.run(&["model", "check", "s"]);
    assert_eq!(bad.status(), 2);
    assert!(bad.out().contains("other word lists"), "{}", bad.out());
}

#[test]
fn models_that_do_not_fit_are_refused() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.put("empty/note.md", "");
    desk.put("junk/tone.json", "{\"format\": \"\x1b[2J\"}");
    let other = ModelFile { schema: "0".to_owned(), ..tone() };
    desk.put("other/tone.json", other.to_json().expect("JSON"));
    for (dir, reason) in [
        ("absent", "absent"),
        ("empty", "holds no model"),
        ("junk", "not a model file"),
        ("other", "retrain with `newsgauge train tone`"),
    ] {
        let run = desk.run(&["score", "a.txt", "--model", dir]);
        assert_eq!((run.status(), run.out().as_str()), (2, ""), "{dir}");
        assert!(run.err().contains(reason) && !run.err().contains('\x1b'), "{dir}: {}", run.err());
    }
}

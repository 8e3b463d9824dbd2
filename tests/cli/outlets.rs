//! `outlets`: aggregates with intervals.

use super::models::tone;
use super::{Desk, STORY, jsonl};
use serde_json::{Value, json};

/// Three outlets with articles that differ a little, an article that is too short, one without an outlet.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("m/tone.json", tone().to_json().expect("JSON"));
    let row = |outlet: Value, text: String| json!({"outlet": outlet, "text": text});
    let loud = "This is a disgraceful, shameful and idiotic disaster!";
    desk.put(
        "n.jsonl",
        jsonl([
            row("Quay".into(), STORY.to_owned()),
            row("Rag".into(), format!("{loud} {STORY} {loud}")),
            row("Quay".into(), format!("{STORY} It rained.")),
            row(" Rag ".into(), format!("{STORY} {loud} {loud} {loud}")),
            row("Post".into(), format!("{STORY} {loud}")),
            row("Post".into(), "Too short.".to_owned()),
            row(Value::Null, STORY.to_owned()),
        ]),
    );
    desk
}

const COMMAND: [&str; 4] = ["outlets", "n.jsonl", "--model", "m"];

fn object(desk: &Desk, more: &[&str]) -> Value {
    let run = desk.run(&[&COMMAND, more].concat());
    assert_eq!(run.status(), 0, "{}", run.err());
    serde_json::from_str(&run.out()).expect("JSON")
}

#[test]
fn means_are_those_of_the_scores() {
    let desk = desk();
    let summary = object(&desk, &[]);
    let scored = desk.run(&["score", "n.jsonl", "--model", "m"]).objects(0);
    let values = |outlet: &str| -> Vec<f64> {
        let of = scored.iter().filter(|o| o["outlet"].as_str().map(str::trim) == Some(outlet));
        of.filter_map(|o| o["axes"]["tone"]["value"].as_f64()).collect()
    };
    let outlets = summary["outlets"].as_array().expect("outlets");
    assert_eq!(
        outlets.iter().map(|o| o["outlet"].as_str().expect("a name")).collect::<Vec<_>>(),
        ["Post", "Quay", "Rag"]
    );
    for outlet in outlets {
        let (values, tone) =
            (values(outlet["outlet"].as_str().expect("a name")), &outlet["axes"]["tone"]);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let number = |field: &str| tone[field].as_f64().expect("a number");
        assert_eq!(tone["articles"], values.len());
        assert!((number("mean") - mean).abs() < 2e-6, "{outlet} {mean}");
        assert!(number("low") <= number("value") && number("value") <= number("high"));
        assert!(
            tone["classes"]
                .as_object()
                .expect("classes")
                .values()
                .filter_map(Value::as_f64)
                .sum::<f64>()
                > 0.999
        );
    }
    assert_eq!(
        (&outlets[0]["articles"], &outlets[0]["scored"], &outlets[0]["unscored"]),
        (&2.into(), &1.into(), &1.into())
    );
    assert_eq!(summary["without_outlet"], 1);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = desk();
    for format in ["json", "csv", "table"] {
        let run = |jobs: &str| {
            desk.run(&[&COMMAND[..], &["--format", format, "--jobs", jobs]].concat()).out()
        };
        assert_eq!(run("1"), run("4"));
    }
}

#[test]
fn ratings_are_shown_and_mixed_into_nothing() {
    let desk = desk();
    desk.put("r.csv", "outlet,quality\nquay,0.9\nOther,0.1\n");
    let rated = object(&desk, &["--ratings", "r.csv", "--ratings-name", "Raters, 2026"]);
    let plain = object(&desk, &[]);
    assert_eq!(rated["ratings"]["source"], "Raters, 2026");
    assert_eq!(rated["outlets"][1]["ratings"]["quality"], "0.9");
    assert_eq!(rated["outlets"][0]["ratings"], Value::Null);
    for (with, without) in rated["outlets"]
        .as_array()
        .expect("outlets")
        .iter()
        .zip(plain["outlets"].as_array().expect("outlets"))
    {
        assert_eq!(with["axes"], without["axes"]);
    }
    let run = desk.run(
        &[
            &COMMAND[..],
            &["--format", "table", "--ratings", "r.csv", "--ratings-name", "Raters, 2026"],
        ]
        .concat(),
    );
    assert!(
        run.out().contains("Ratings by Raters, 2026 (given by you, part of no score)"),
        "{}",
        run.out()
    );
    assert!(run.err().contains("2 of 3 outlets have no rating by Raters, 2026"), "{}", run.err());
}

#[test]
fn ratings_must_say_whose_they_are_and_hold() {
    let desk = desk();
    desk.put("r.csv", "name,quality\nQuay,0.9\n");
    assert_eq!(desk.run(&[&COMMAND[..], &["--ratings", "r.csv"]].concat()).status(), 2);
    let run = desk.run(&[&COMMAND[..], &["--ratings", "r.csv", "--ratings-name", "R"]].concat());
    assert_eq!((run.status(), run.out().as_str()), (2, ""));
    assert!(run.err().contains("--ratings r.csv: has no column \"outlet\""), "{}", run.err());
}

#[test]
fn articles_without_an_outlet_are_told() {
    let desk = desk();
    assert!(
        desk.run(&COMMAND).err().contains("1 articles name no outlet"),
        "{}",
        desk.run(&COMMAND).err()
    );
    desk.put("bad.jsonl", format!("{}nonsense\n", jsonl([json!({"outlet": "A", "text": STORY})])));
    assert_eq!(desk.run(&["outlets", "bad.jsonl"]).status(), 3);
    assert_eq!(desk.run(&["outlets", "missing.jsonl"]).status(), 2);
}

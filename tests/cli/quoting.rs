//! `quotes`: who said what, over many articles.

use super::{Desk, STORY, jsonl};
use serde_json::{Value, json};

const FIELDS: [&str; 16] = [
    "schema",
    "article",
    "outlet",
    "date",
    "speakers",
    "role",
    "reporter",
    "class",
    "kind",
    "act",
    "confidence",
    "start",
    "end",
    "source",
    "cue",
    "content",
];

fn desk() -> Desk {
    let desk = Desk::new();
    let other = "“Not now – not ever,” said Ana Ott on Friday. The mayor, Ivo Marr, told reporters that the ferry would run from June.";
    desk.put(
        "n.jsonl",
        jsonl([
            json!({"id": "a", "outlet": "The Quay", "date": "2026-03-02", "text": STORY}),
            json!({"id": "b", "text": "Nothing is said here. The bridge is long."}),
            json!({"id": "c", "outlet": "Café ☕", "text": other}),
        ]),
    );
    desk
}

fn pieces<'v>(object: &'v Value, field: &str) -> Vec<&'v str> {
    object[field]
        .as_array()
        .expect("pieces")
        .iter()
        .map(|p| p["text"].as_str().expect("text"))
        .collect()
}

#[test]
fn every_statement_is_a_row_with_its_place() {
    let desk = desk();
    for unit in ["bytes", "chars"] {
        let objects = desk.run(&["quotes", "n.jsonl", "--offsets", unit]).objects(0);
        let articles: Vec<&str> =
            objects.iter().map(|o| o["article"].as_str().expect("an id")).collect();
        assert!(
            articles.is_sorted() && articles.contains(&"a") && articles.contains(&"c"),
            "{articles:?}"
        );
        for object in &objects {
            assert_eq!(object.as_object().expect("an object").keys().collect::<Vec<_>>(), FIELDS);
        }
        let marr =
            objects.iter().find(|o| o["speakers"][0] == "Ivo Marr").expect("the mayor speaks");
        assert_eq!(
            (&marr["outlet"], &marr["date"], &marr["class"], &marr["kind"]),
            (&"The Quay".into(), &"2026-03-02".into(), &"person".into(), &"direct".into())
        );
        assert_eq!(pieces(marr, "cue"), ["said"]);
        let content = pieces(marr, "content").join("");
        let place =
            |field: &str| usize::try_from(marr[field].as_u64().expect("a place")).expect("small");
        let whole: String = match unit {
            "bytes" => STORY[place("start")..place("end")].to_owned(),
            _ => STORY.chars().skip(place("start")).take(place("end") - place("start")).collect(),
        };
        assert!(content.contains("We have no choice") && whole == content, "{whole:?} {content:?}");
    }
}

#[test]
fn filters_leave_out_what_does_not_fit() {
    let desk = desk();
    let all = desk.run(&["quotes", "n.jsonl"]).objects(0);
    let ott = desk.run(&["quotes", "n.jsonl", "--speaker", "ott"]).objects(0);
    assert!(
        ott.len() >= 2
            && ott.len() < all.len()
            && ott.iter().all(|o| o["speakers"][0] == "Ana Ott"),
        "{ott:?}"
    );
    let direct =
        desk.run(&["quotes", "n.jsonl", "--kind", "direct", "--class", "person"]).objects(0);
    assert!(
        !direct.is_empty()
            && direct.iter().all(|o| o["kind"] == "direct" && o["class"] == "person")
    );
    let surest = all.iter().filter_map(|o| o["confidence"].as_f64()).fold(0.0, f64::max);
    let sure = desk.run(&["quotes", "n.jsonl", "--min-confidence", &surest.to_string()]).objects(0);
    assert!(
        sure.len() < all.len()
            && sure.iter().all(|o| o["confidence"].as_f64() >= Some(surest - 1e-6))
    );
    for wrong in [["--kind", "loud"], ["--class", "god"]] {
        assert_eq!(desk.run(&["quotes", "n.jsonl", wrong[0], wrong[1]]).status(), 2);
    }
}

#[test]
fn all_forms_hold_the_same_rows() {
    let desk = desk();
    let objects = desk.run(&["quotes", "n.jsonl"]).objects(0);
    let array: Value =
        serde_json::from_str(&desk.run(&["quotes", "n.jsonl", "--format", "json"]).out())
            .expect("an array");
    assert_eq!(array.as_array(), Some(&objects));
    let table = desk.run(&["quotes", "n.jsonl", "--format", "csv"]).out();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), objects.len());
    for (row, object) in rows.iter().zip(&objects) {
        let cell = |name: &str| {
            row.get(header.iter().position(|h| h == name).expect("a column")).expect("a cell")
        };
        assert_eq!(cell("speakers"), object["speakers"][0].as_str().unwrap_or(""));
        assert_eq!(cell("start"), object["start"].to_string());
        assert_eq!(cell("content"), pieces(object, "content").join(" … "));
    }
    let shown = desk.run(&["quotes", "n.jsonl", "--format", "table"]).out();
    assert_eq!(shown.lines().count(), objects.len() + 2);
}

#[test]
fn nothing_said_is_no_failure() {
    let desk = Desk::new();
    desk.put("a.txt", "The bridge is long. The river is wide.");
    let run = desk.run(&["quotes", "a.txt", "--speaker", "Nobody", "--format", "json"]);
    assert_eq!((run.status(), serde_json::from_str(&run.out()).ok()), (0, Some(json!([]))));
    assert_eq!(desk.run(&["quotes", "a.txt", "--speaker", "Nobody"]).out(), "");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::new();
    desk.put(
        "n.jsonl",
        jsonl((0..40).map(|i| json!({"id": i, "text": format!("{STORY} Number {i}.")}))),
    );
    let one = desk.run(&["quotes", "n.jsonl", "--jobs", "1"]).out();
    assert!(!one.is_empty());
    assert_eq!(one, desk.run(&["quotes", "n.jsonl", "--jobs", "3"]).out());
}

#[test]
fn rejected_rows_and_unreadable_inputs_end_as_in_score() {
    let desk = Desk::new();
    desk.put("n.jsonl", format!("{}nonsense\n", jsonl([json!({"id": "a", "text": STORY})])));
    let run = desk.run(&["quotes", "n.jsonl", "--rejects", "bad.jsonl"]);
    assert!(!run.objects(3).is_empty());
    assert!(run.err().contains("n.jsonl:2"), "{}", run.err());
    assert!(desk.path("bad.jsonl").is_file());
    let none = desk.run(&["quotes", "missing.txt", "--format", "csv", "--output", "q.csv"]);
    assert_eq!((none.status(), desk.path("q.csv").exists()), (2, false));
    assert_eq!(desk.run(&["quotes", "missing.txt", "--format", "json"]).out(), "");
}

#[test]
fn hostile_text_cannot_steer_the_terminal() {
    let desk = Desk::new();
    let text = "“We \x1b[2J\u{202e}stay here for ever,” said Ana Ott, who runs a café.";
    desk.put("n.jsonl", jsonl([json!({"id": "a\x1b[31m", "outlet": "\x07", "text": text})]));
    for format in ["table", "jsonl", "json"] {
        let out = desk.run(&["quotes", "n.jsonl", "--format", format]).out();
        assert!(out.contains("Ana Ott"), "{format}: {out}");
        assert!(!out.contains(['\x1b', '\x07', '\u{202e}']), "{format}: {out:?}");
    }
}

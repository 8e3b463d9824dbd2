//! A part of the inputs: by date, by outlet.

use super::{Desk, STORY, ids, jsonl};
use serde_json::{Value, json};

fn news(desk: &Desk) {
    let rows = [
        json!({"id": "a", "outlet": "Norby Courier", "date": "5 March 2019", "text": STORY}),
        json!({"id": "b", "outlet": "Times", "date": "2019-03-20T10:00:00Z", "text": STORY}),
        json!({"id": "c", "url": "https://www.norby.example/c", "date": "2020-01-01", "text": STORY}),
        json!({"id": "d", "outlet": "Norby Courier", "text": STORY}),
    ];
    desk.put("n.jsonl", jsonl(rows));
}

#[test]
fn dates_and_outlets_take_a_part() {
    let desk = Desk::new();
    news(&desk);
    for (more, expected) in [
        (vec!["--since", "2019-03-06"], vec!["b", "c"]),
        (vec!["--until", "2019-03"], vec!["a", "b"]),
        (vec!["--since", "2019", "--until", "2019-03-05"], vec!["a"]),
        (vec!["--outlet", "norby courier"], vec!["a", "d"]),
        (vec!["--outlet", "norby.example", "--outlet", "Times"], vec!["b", "c"]),
        (vec!["--outlet", "Norby Courier", "--since", "2019"], vec!["a"]),
    ] {
        let run = desk.run(&[vec!["score", "n.jsonl"], more.clone()].concat());
        assert_eq!(ids(&run.objects(0)), expected, "{more:?}");
    }
}

#[test]
fn what_is_left_out_is_counted_and_no_reject() {
    let desk = Desk::new();
    news(&desk);
    let run = desk.run(&[
        "score",
        "n.jsonl",
        "--since",
        "2019-03-06",
        "--summary",
        "s.json",
        "--rejects",
        "r.jsonl",
    ]);
    assert_eq!(run.status(), 0, "{}", run.err());
    assert!(run.err().contains("2 left out: 1 dated outside"), "{}", run.err());
    assert!(run.err().contains("4 rows: 2 scored, 0 unscored, 0 rejected, 2 left out"));
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).expect("written");
    let summary: Value = serde_json::from_str(&read("s.json")).expect("JSON");
    assert_eq!((&summary["rows"], &summary["left_out"]), (&json!(4), &json!(2)));
    assert_eq!(read("r.jsonl"), "");
    let none = desk.run(&["score", "n.jsonl", "--outlet", "nobody"]);
    assert_eq!(none.status(), 2);
    assert!(none.err().contains("no article is left: 4 left out"), "{}", none.err());
    let wrong = desk.run(&["score", "n.jsonl", "--since", "yesterday"]);
    assert!(wrong.status() == 2 && wrong.err().contains("2022-03-01"), "{}", wrong.err());
}

#[test]
fn own_output_is_read_back() {
    let desk = Desk::new();
    news(&desk);
    for format in ["json", "jsonl"] {
        let first = desk.run(&["score", "n.jsonl", "--format", format, "--text"]);
        desk.put("again.json", first.out());
        let again = desk.run(&["score", "again.json", "--format", "jsonl"]);
        let rows = again.objects(0);
        assert_eq!(rows.len(), 4, "{}", again.err());
        assert_eq!((&rows[0]["id"], &rows[0]["date"]), (&json!("a"), &json!("2019-03-05")));
        assert_eq!(rows[0]["outlet"], json!("Norby Courier"));
        let without = desk.run(&["score", "n.jsonl", "--format", format]);
        desk.put("again.json", without.out());
        let told = desk.run(&["score", "again.json"]);
        assert!(told.status() == 2 && told.err().contains("--text"), "{}", told.err());
    }
}

//! Bad input is told row by row, and the rest is scored.

use super::{Desk, STORY, ids, jsonl};
use serde_json::{Value, json};

#[test]
fn bad_rows_are_rejected_one_by_one() {
    let desk = Desk::new();
    let good = |id: &str| json!({"id": id, "text": STORY}).to_string();
    desk.put(
        "n.jsonl",
        [
            &good("a"),
            "{\"id\": \"b\"}",
            "nonsense",
            "[1]",
            &good("c"),
            "{\"id\": \"d\", \"text\": 3}",
        ]
        .join("\n"),
    );
    let run = desk.run(&["score", "n.jsonl", "missing.txt", "--rejects", "bad.jsonl"]);
    assert_eq!(ids(&run.objects(3)), ["a", "c"]);
    let told = run.err();
    for line in [
        "n.jsonl:2: has no \"text\"",
        "n.jsonl:3: not a JSON object",
        "n.jsonl:4: not a JSON object",
        "n.jsonl:6: \"text\" is a number",
        "missing.txt: ",
    ] {
        assert!(told.contains(&format!("rejected: {line}")), "{line:?} is not in {told}");
    }
    let listed = std::fs::read_to_string(desk.path("bad.jsonl")).expect("the list of rejects");
    let listed: Vec<Value> =
        listed.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let places: Vec<(&str, Option<u64>)> = listed
        .iter()
        .map(|r| (r["source"].as_str().expect("source"), r["line"].as_u64()))
        .collect();
    assert_eq!(
        places,
        [
            ("n.jsonl", Some(2)),
            ("n.jsonl", Some(3)),
            ("n.jsonl", Some(4)),
            ("n.jsonl", Some(6)),
            ("missing.txt", None)
        ]
    );
    assert_eq!(listed[0]["id"], "b");
    assert!(listed.iter().all(|r| r["reason"].as_str().is_some_and(|r| !r.is_empty())));
}

#[test]
fn quiet_runs_tell_by_their_status() {
    let desk = Desk::new();
    desk.put("n.jsonl", format!("{}nonsense\n", jsonl([json!({"id": 1, "text": STORY})])));
    let run = desk.run(&["score", "n.jsonl", "--quiet"]);
    assert_eq!((run.status(), run.err().as_str()), (3, ""));
    assert_eq!(run.objects(3).len(), 1);
}

#[test]
fn a_short_csv_row_costs_only_itself() {
    let desk = Desk::new();
    desk.put("n.csv", format!("id,text,title\na,\"{STORY}\",T\nb,short\nc,\"{STORY}\",U\n"));
    let run = desk.run(&["score", "n.csv"]);
    assert_eq!(ids(&run.objects(3)), ["a", "c"]);
    assert!(run.err().contains("n.csv:3: 2 fields, the header has 3"), "{}", run.err());
}

#[test]
fn empty_and_binary_files_are_rejected() {
    let desk = Desk::new();
    for (name, bytes) in [
        ("empty.txt", &b""[..]),
        ("blank.txt", b" \n\n"),
        ("a.gz", b"\x1f\x8b\x08\0\0"),
        ("empty.csv", b""),
        ("empty.jsonl", b""),
    ] {
        desk.put(name, bytes);
        let run = desk.run(&["score", name]);
        assert_eq!((run.status(), run.out().as_str()), (2, ""), "{name}");
        assert!(run.err().contains("nothing could be read"), "{name}: {}", run.err());
    }
}

#[test]
fn a_line_that_is_too_long_costs_only_itself() {
    let desk = Desk::new();
    let mut rows = jsonl([json!({"id": "a", "text": STORY})]);
    rows.push_str(&format!(
        "{{\"id\": \"b\", \"text\": \"{}\"}}\n",
        "x".repeat(newsgauge::read::LONGEST)
    ));
    rows.push_str(&jsonl([json!({"id": "c", "text": STORY})]));
    desk.put("n.jsonl", rows);
    let run = desk.run(&["score", "n.jsonl"]);
    assert_eq!(ids(&run.objects(3)), ["a", "c"]);
    assert!(run.err().contains("n.jsonl:2: longer than 16 MiB"), "{}", run.err());
}

#[test]
fn a_csv_quotation_that_never_closes_does_not_fill_the_memory() {
    let desk = Desk::new();
    desk.put(
        "n.csv",
        format!("id,text\na,\"{STORY}\"\nb,\"{}", "word ".repeat(newsgauge::read::LONGEST / 4)),
    );
    let run = desk.run(&["score", "n.csv"]);
    assert_eq!(ids(&run.objects(3)), ["a"]);
    assert!(run.err().contains("never closed"), "{}", run.err());
}

#[test]
fn after_a_csv_row_that_is_too_long_the_next_is_read() {
    let desk = Desk::new();
    let long = "word\n".repeat(newsgauge::read::LONGEST / 4);
    desk.put("n.csv", format!("id,text\na,\"{STORY}\"\nb,\"{long}\"\nc,\"{STORY}\"\n"));
    let run = desk.run(&["score", "n.csv"]);
    assert_eq!(ids(&run.objects(3)), ["a", "c"]);
    assert!(run.err().contains("n.csv:3: a row longer than 16 MiB"), "{}", run.err());
    // A quotation mark that is never closed costs its line, however much follows.
    let rows = format!("c,\"{STORY}\"\n");
    desk.put("o.csv", format!("id,text\na,\"{STORY}\"\nb,\"open\n{rows}"));
    let run = desk.run(&["score", "o.csv"]);
    assert!(run.err().contains("rejected: o.csv:"), "{}", run.err());
    desk.put(
        "p.csv",
        format!(
            "id,text\na,\"{STORY}\"\nb,\"open\nc,{}\nd,{}\n",
            STORY.replace(['"', ',', '\n'], " "),
            STORY.replace(['"', ',', '\n'], " ")
        ),
    );
    let run = desk.run(&["score", "p.csv"]);
    assert_eq!(ids(&run.objects(3)), ["a", "c", "d"]);
    assert!(run.err().contains("p.csv:") && run.err().contains("never closed"), "{}", run.err());
}

#[test]
fn targets_that_are_no_place_reject_the_row() {
    let desk = Desk::new();
    let row = |id: u8, targets: Value| json!({"id": id, "text": STORY, "targets": targets});
    let rows = [
        row(1, json!([{"start": 4, "end": 11}])),
        row(2, json!([{"start": 4, "end": 1_000_000}])),
        row(3, json!([7])),
        row(4, json!(["Marr", "Ana Ott"])),
    ];
    desk.put("n.jsonl", jsonl(rows));
    let run = desk.run(&["score", "n.jsonl"]);
    assert_eq!(ids(&run.objects(3)), ["1", "4"]);
    assert!(
        run.err().contains("n.jsonl:2: targets[0]: 4..1000000 is no place in the text"),
        "{}",
        run.err()
    );
    assert!(run.err().contains("n.jsonl:3: targets[0] is neither a name nor"), "{}", run.err());
}

#[test]
fn a_missing_folder_is_named() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    std::fs::create_dir(desk.path("there")).expect("a folder");
    for (args, told) in [
        (vec!["score", "a.txt", "--output", "new/deep/out.jsonl"], "there is no folder new/deep"),
        (vec!["score", "a.txt", "--rejects", "new/r.jsonl"], "--rejects new/r.jsonl: there is no"),
        (vec!["quotes", "a.txt", "--summary", "new/s.json"], "there is no folder new"),
        (vec!["compare", "a.txt", "--output", "new/c.json"], "there is no folder new"),
        (vec!["score", "a.txt", "--output", "there"], "there is a folder; name a file in it"),
        (vec!["score", "b.txt"], "check the path"),
    ] {
        let run = desk.run(&args);
        assert_eq!(run.status(), 2, "{args:?}");
        assert!(run.err().contains(told), "{args:?}: {}", run.err());
    }
}

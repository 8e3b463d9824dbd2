//! `check`: the editor's check as editors and their scripts use it.

use super::{Desk, STORY, jsonl};
use serde_json::{Value, json};

const DRAFT: &str =
    "The port of Norby will close in May.\nÄ: It was a shameful vote, and the board knows it.\n";

#[test]
fn findings_are_told_by_file_line_and_column() {
    let desk = Desk::new();
    desk.put("a.txt", DRAFT);
    let run = desk.run(&["check", "a.txt"]);
    assert_eq!(run.status(), 0, "{}", run.err());
    assert!(run.out().starts_with("a.txt:2:13: loaded-word: “shameful”"), "{}", run.out());
    desk.put(
        "n.jsonl",
        jsonl([json!({"id": "x", "text": STORY}), json!({"id": "y", "text": DRAFT})]),
    );
    let rows = desk.run(&["check", "n.jsonl", "--quiet"]);
    assert!(rows.out().starts_with("n.jsonl#y:2:13: loaded-word: "), "{}", rows.out());
}

#[test]
fn a_gate_gives_status_1_and_bad_input_keeps_the_contract() {
    let desk = Desk::new();
    desk.put("a.txt", DRAFT);
    desk.put("empty.txt", "");
    for (gate, status) in [("any", 1), ("loaded-word", 1), ("hearsay", 0), ("none", 0)] {
        assert_eq!(desk.run(&["check", "a.txt", "--fail-on", gate]).status(), status, "{gate}");
    }
    assert_eq!(desk.run(&["check", "a.txt", "empty.txt"]).status(), 3);
    assert_eq!(desk.run(&["check", "absent.txt"]).status(), 2);
    assert_eq!(desk.run(&["check", "a.txt", "--fail-on", "nonsense"]).status(), 2);
}

#[test]
fn json_and_sarif_are_whole_also_when_nothing_is_found() {
    let desk = Desk::new();
    desk.put("a.txt", DRAFT);
    desk.put("b.txt", STORY);
    for (file, count) in [("a.txt", 1), ("b.txt", 0)] {
        let list: Value =
            serde_json::from_str(&desk.run(&["check", file, "--format", "json"]).out())
                .expect("JSON");
        assert_eq!(list.as_array().expect("an array").len(), count);
        let log: Value =
            serde_json::from_str(&desk.run(&["check", file, "--format", "sarif"]).out())
                .expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["runs"][0]["results"].as_array().expect("results").len(), count);
    }
    let github = desk.run(&["check", "a.txt", "--format", "github"]).out();
    assert!(github.starts_with("::warning file=a.txt,line=2,endLine=2,col=13,"), "{github}");
}

#[test]
fn settings_are_found_above_the_file_or_given() {
    let desk = Desk::new();
    desk.put("in/deep/a.txt", DRAFT);
    desk.put("in/newsgauge.toml", "[check.loaded-word]\non = false\n");
    desk.put("other.toml", "[check.loaded-word]\nseverity = \"error\"\n");
    desk.put("wrong.toml", "[check.lies]\non = false\n");
    assert_eq!(desk.run(&["check", "in/deep/a.txt"]).out(), "");
    let given =
        desk.run(&["check", "in/deep/a.txt", "--config", "other.toml", "--format", "github"]);
    assert!(given.out().starts_with("::error "), "{}", given.out());
    let wrong = desk.run(&["check", "in/deep/a.txt", "--config", "wrong.toml"]);
    assert_eq!(wrong.status(), 2);
    assert!(wrong.err().contains("[check.lies]"), "{}", wrong.err());
}

#[test]
fn ignore_marks_keep_findings_back() {
    let desk = Desk::new();
    desk.put("a.txt", DRAFT.replace("Ä: ", "<!-- newsgauge: ignore loaded-word -->\n"));
    assert_eq!(desk.run(&["check", "a.txt"]).out(), "");
    desk.put("b.txt", format!("{} [newsgauge: ignore lies]", DRAFT.trim_end()));
    let unknown = desk.run(&["check", "b.txt"]);
    assert!(
        unknown.out().contains("shameful") && unknown.err().contains("lies"),
        "{}",
        unknown.err()
    );
}

//! `explain` and `features`.

use super::{Desk, STORY, jsonl};
use serde_json::{Value, json};

#[test]
fn an_explanation_shows_text_speakers_and_what_was_set_aside() {
    let desk = Desk::new();
    desk.put("a.txt", format!("{STORY}\n\nREAD MORE: Ten bridges of the coast\n"));
    let plain = desk.run(&["explain", "a.txt"]).out();
    for part in ["Scores", "Speakers", "Text", "Not scored", "related-link"] {
        assert!(plain.contains(part), "{part} is missing in {plain}");
    }
    assert!(!plain.contains('\x1b'));
    assert!(desk.run(&["explain", "a.txt", "--color", "always"]).out().contains("\x1b["));
    let markdown = desk.run(&["explain", "a.txt", "--format", "markdown"]).out();
    assert!(markdown.starts_with("# ") && markdown.contains("## Speakers"), "{markdown}");
    let object: Value =
        serde_json::from_str(&desk.run(&["explain", "a.txt", "--format", "json"]).out())
            .expect("JSON");
    assert!(
        object["explanation"].is_array()
            && object["marks"].is_object()
            && object["features"].is_object()
    );
}

#[test]
fn an_article_is_chosen_by_its_id() {
    let desk = Desk::new();
    desk.put(
        "n.jsonl",
        jsonl([
            json!({"id": 1, "text": STORY, "title": "First"}),
            json!({"id": 2, "text": STORY, "title": "Second"}),
        ]),
    );
    let first = desk.run(&["explain", "n.jsonl"]);
    assert!(first.out().starts_with("First\n") && first.err().contains("--id"), "{}", first.err());
    assert!(desk.run(&["explain", "n.jsonl", "--id", "2"]).out().starts_with("Second\n"));
    let none = desk.run(&["explain", "n.jsonl", "--id", "3"]);
    assert_eq!(none.status(), 2);
    assert!(none.err().contains("no article has the id \"3\""), "{}", none.err());
}

#[test]
fn the_catalogue_and_the_matrix_have_the_same_features() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.put("b.txt", STORY);
    let catalogue: Value =
        serde_json::from_str(&desk.run(&["features", "--format", "json"]).out()).expect("JSON");
    let names: Vec<&str> =
        catalogue.as_array().expect("an array").iter().filter_map(|e| e["name"].as_str()).collect();
    assert_eq!(names.len(), newsgauge::feature::width());
    let matrix = desk.run(&["features", "a.txt", "b.txt"]).out();
    let lines: Vec<&str> = matrix.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0], [&["id"], names.as_slice()].concat().join(","));
    assert_eq!(desk.run(&["features"]).out().lines().count(), names.len() + 2);
    assert_eq!(
        desk.run(&["features", "--format", "markdown"]).out(),
        newsgauge::catalog::markdown()
    );
}

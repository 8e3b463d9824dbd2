//! Main text of real pages, where the data are.

use newsgauge::read::{Options, read};
use std::collections::HashSet;
use std::path::PathBuf;

/// Where the data sets are.
fn data() -> PathBuf {
    let near = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data"));
    std::env::var_os("NEWSGAUGE_DATA").map_or(near, PathBuf::from)
}

/// Runs of four words.
fn grams(text: &str) -> HashSet<[&str; 4]> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(4).map(|w| [w[0], w[1], w[2], w[3]]).collect()
}

#[test]
fn the_main_text_of_real_pages_is_found() {
    let root = data();
    if !root.join("html/dev.jsonl").exists() {
        eprintln!("SKIPPED: no pages under {} (set NEWSGAUGE_DATA)", root.display());
        return;
    }
    let rows = std::fs::read_to_string(root.join("html/dev.jsonl")).expect("readable");
    let (mut precision, mut recall, mut pages) = (0.0, 0.0, 0.0);
    for row in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("JSON");
        let (id, gold) =
            (row["id"].as_str().expect("an id"), row["text"].as_str().expect("a text"));
        let page = root.join(format!("html/dev/{id}.html.gz"));
        let article = read(vec![page], Options::default())
            .next()
            .expect("an article")
            .read()
            .expect("a readable page");
        assert_eq!(article.id, id);
        let (gold, found) = (grams(gold), grams(&article.text));
        let common = gold.intersection(&found).count() as f64;
        precision += common / found.len().max(1) as f64;
        recall += common / gold.len().max(1) as f64;
        pages += 1.0;
    }
    let (precision, recall) = (precision / pages, recall / pages);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("html/dev: precision {precision:.4}, recall {recall:.4}, F1 {f1:.4} on {pages} pages");
    assert!(f1 >= 0.975, "F1 {f1:.4}");
}

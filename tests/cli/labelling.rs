//! `labels pack` and `labels merge`, from articles to CSV files.

use super::{Desk, STORY};
use serde_json::{Value, json};

/// A desk with a pack of one article, and the article's key.
fn packed() -> (Desk, String) {
    let desk = Desk::new();
    desk.put("news/bridge.txt", STORY);
    let run = desk.run(&["labels", "pack", "news", "--output", "packed"]);
    assert_eq!(run.status(), 0, "{}", run.err());
    let line = std::fs::read_to_string(desk.path("packed/pack.jsonl")).expect("a pack");
    let article: Value = serde_json::from_str(&line).expect("an article");
    (desk, article["key"].as_str().expect("a key").to_owned())
}

fn answer(key: &str, reader: &str, tone: &str) -> String {
    let answer = json!({
        "article": key, "reader": reader, "genre": "report", "tone": tone, "sourcing": "fair",
        "sentences": [
            {"n": 2, "act": "speech"},
            {"n": 4, "act": "finding", "part": true},
            {"n": 6, "act": "speech", "hedged": reader == "b"},
        ],
        "targets": [{"target": "Ivo Marr", "stance": "neutral", "role": "plain",
                     "mentions": [{"n": 6, "role": "blamed", "by": "source"}]}],
    });
    format!("{answer}\n")
}

#[test]
fn readers_see_sentences_and_neither_source_nor_scores() {
    let (desk, key) = packed();
    let page = std::fs::read_to_string(desk.path("packed/page-001.txt")).expect("a page");
    assert!(page.starts_with(&format!("=== ARTICLE {key} ===")), "{page}");
    assert!(page.contains("[2] “We have no choice,” said the mayor, Ivo Marr, after the vote."));
    for hidden in ["bridge.txt", "news/", "tone", "sourcing"] {
        assert!(!page.contains(hidden), "{hidden}\n{page}");
    }
}

#[test]
fn answers_become_sorted_csv_files_once_a_third_reader_has_decided() {
    let (desk, key) = packed();
    desk.put("a.jsonl", answer(&key, "a", "neutral"));
    desk.put("b.jsonl", answer(&key, "b", "mixed"));
    std::fs::create_dir(desk.path("labels")).expect("a folder");
    let merge = ["labels", "merge", "a.jsonl", "b.jsonl", "--pack", "packed/pack.jsonl"];
    let open = desk.run(&[&merge[..], &["--disputes", "third", "--labels", "labels"]].concat());
    assert_eq!(open.status(), 0, "{}", open.err());
    let page = std::fs::read_to_string(desk.path("third/page-001.txt")).expect("disputes");
    assert!(page.contains("\ntone: A = ") && page.contains("\n6.hedged: A = "), "{page}");
    assert!(!desk.path("labels/real.csv").exists(), "an open article is not written");
    let decisions = json!({"tone": "neutral", "6.hedged": "no"});
    let third = json!({"article": key, "reader": "c", "decisions": decisions});
    desk.put("c.jsonl", third.to_string());
    let run = desk.run(&[&merge[..], &["c.jsonl", "--labels", "labels"]].concat());
    assert_eq!(run.status(), 0, "{}", run.err());
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).expect("a file of labels");
    let classes = read("labels/real.csv");
    assert!(classes.contains("bridge,tone,neutral,mixed,neutral\n"), "{classes}");
    assert!(classes.contains("bridge,hedging,low,low,low\n"), "{classes}");
    let sentences = read("labels/real_sentences.csv");
    assert!(sentences.contains(",finding part,finding part,finding part,0,0,0,"), "{sentences}");
    assert!(!sentences.contains("choice"), "labels hold no text: {sentences}");
    let mentions = read("labels/real_mentions.csv");
    assert!(mentions.contains("blamed source,blamed source,blamed,source"), "{mentions}");
    // The same answers again change nothing.
    let again = desk.run(&[&merge[..], &["c.jsonl", "--labels", "labels"]].concat());
    assert_eq!(again.status(), 0);
    assert_eq!((classes, sentences), (read("labels/real.csv"), read("labels/real_sentences.csv")));
}

#[test]
fn faults_of_an_answer_are_told_with_file_and_line() {
    let (desk, key) = packed();
    let bad = answer(&key, "a", "angry").replace("\"n\":2", "\"n\":99");
    desk.put("a.jsonl", format!("\n{bad}"));
    let run = desk.run(&["labels", "merge", "a.jsonl", "--pack", "packed/pack.jsonl"]);
    assert_eq!(run.status(), 2);
    for told in ["a.jsonl:2: ", "tone is \"angry\"", "there is no sentence 99"] {
        assert!(run.err().contains(told), "{told}\n{}", run.err());
    }
}

//! Every way in which scores go out.

use super::{Desk, Run, STORY, ids, jsonl};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const NOISY: &str = "Old harbour bridge to close – “naïve”, says café owner 🦊\n\n";

fn marked(desk: &Desk, unit: &str) -> Value {
    desk.put("n.txt", format!("{NOISY}{STORY}\n\nREAD MORE: Ten bridges of the coast – “naïve”\n"));
    desk.run(&["score", "n.txt", "--marks", "--features", "--text", "--offsets", unit]).object()
}

/// Every `{"start", "end", "text"}` anywhere in a value.
fn spans<'v>(value: &'v Value, out: &mut Vec<(usize, usize, &'v str)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|v| spans(v, out)),
        Value::Object(map) => {
            let place = |key: &str| {
                map.get(key).and_then(Value::as_u64).map(|n| usize::try_from(n).expect("small"))
            };
            if let (Some(start), Some(end), Some(text)) =
                (place("start"), place("end"), map.get("text").and_then(Value::as_str))
            {
                out.push((start, end, text));
            }
            map.values().for_each(|v| spans(v, out));
        }
        _ => {}
    }
}

#[test]
fn spans_slice_the_original_in_bytes_and_in_characters() {
    let desk = Desk::new();
    let bytes = marked(&desk, "bytes");
    let chars = marked(&desk, "chars");
    let text = bytes["text"].as_str().expect("text");
    let letters: Vec<char> = text.chars().collect();
    let (mut in_bytes, mut in_chars) = (Vec::new(), Vec::new());
    spans(&bytes["marks"], &mut in_bytes);
    spans(&chars["marks"], &mut in_chars);
    assert!(in_bytes.len() >= 2 && in_bytes.len() == in_chars.len());
    for ((start, end, words), (from, to, same)) in in_bytes.iter().zip(&in_chars) {
        assert_eq!(
            (&text[*start..*end], letters[*from..*to].iter().collect::<String>().as_str()),
            (*words, *same)
        );
        assert_eq!(words, same);
    }
    let skipped = chars["marks"]["skipped"].as_array().expect("skipped");
    let reasons: Vec<&str> = skipped.iter().filter_map(|s| s["reason"].as_str()).collect();
    assert_eq!(reasons, ["headline", "related-link"]);
    let sentences = |v: &Value| v["marks"]["sentences"].as_array().expect("sentences").clone();
    for (b, c) in sentences(&bytes).iter().zip(&sentences(&chars)) {
        let place = |v: &Value, key: &str| {
            usize::try_from(v[key].as_u64().expect("a number")).expect("small")
        };
        let same: String = letters[place(c, "start")..place(c, "end")].iter().collect();
        assert_eq!(&text[place(b, "start")..place(b, "end")], same);
    }
}

#[test]
fn marks_have_every_layer_of_the_contract() {
    let desk = Desk::new();
    let scored = marked(&desk, "bytes");
    for layer in ["sentences", "attributions", "quotes", "hedges", "loaded", "targets", "skipped"] {
        assert!(scored["marks"][layer].is_array(), "{layer}");
    }
    let sentence = &scored["marks"]["sentences"][1];
    for key in ["start", "end", "block", "loaded", "hedged", "attributed"] {
        assert!(sentence.get(key).is_some(), "{key}");
    }
    assert!(scored["contributions"].is_object() && scored["features"].is_object());
}

fn many(desk: &Desk, count: usize) {
    let text =
        |n: usize| STORY.chars().cycle().skip(n % 97).take(700 + n % 300).collect::<String>();
    desk.put("many.jsonl", jsonl((0..count).map(|n| json!({"id": n, "text": text(n)}))));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::new();
    many(&desk, 700);
    let run =
        |jobs: &str| desk.run(&["score", "many.jsonl", "--marks", "--features", "--jobs", jobs]);
    let (one, four) = (run("1"), run("4"));
    assert_eq!(one.status(), 0);
    assert_eq!(ids(&one.objects(0))[..3], ["0", "1", "2"]);
    assert!(one.out() == four.out());
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let desk = Desk::new();
    many(&desk, 400);
    for jobs in ["1", "2"] {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("newsgauge"));
        command
            .args(["score", "many.jsonl", "--text", "--quiet", "--jobs", jobs])
            .current_dir(desk.dir());
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut first = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        stdout.read_line(&mut first).expect("a line");
        drop(stdout);
        let done = child.wait_with_output().expect("it ends");
        assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    }
}

#[test]
fn a_file_appears_when_it_is_whole() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    let run = desk.run(&["score", "a.txt", "--output", "out.jsonl"]);
    assert_eq!((run.status(), run.out().as_str()), (0, ""));
    let written = std::fs::read_to_string(desk.path("out.jsonl")).expect("the file");
    assert_eq!(written, desk.run(&["score", "a.txt"]).out());
    // A run that fails leaves what was there, and nothing else.
    assert_eq!(desk.run(&["score", "missing.txt", "--output", "out.jsonl"]).status(), 2);
    assert_eq!(std::fs::read_to_string(desk.path("out.jsonl")).expect("the file"), written);
    assert_eq!(std::fs::read_dir(desk.dir()).expect("the folder").count(), 2);
}

#[test]
fn json_is_an_array_and_csv_has_a_row_for_each_article() {
    let desk = Desk::new();
    desk.put(
        "n.jsonl",
        jsonl([
            json!({"id": 1, "text": STORY, "title": "a, \"b\""}),
            json!({"id": 2, "text": STORY}),
        ]),
    );
    let array: Value =
        serde_json::from_str(&desk.run(&["score", "n.jsonl", "--format", "json"]).out())
            .expect("JSON");
    assert_eq!(array.as_array().map(Vec::len), Some(2));
    let csv = desk.run(&["score", "n.jsonl", "--format", "csv", "--features"]).out();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert!(header.iter().any(|h| h == "tone_value"));
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|r| r.expect("a row as wide as the header")).collect();
    assert_eq!((rows.len(), &rows[0][2]), (2, "a, \"b\""));
}

#[test]
fn a_table_has_a_line_for_each_article() {
    let desk = Desk::new();
    desk.put(
        "n.jsonl",
        jsonl([json!({"id": "x", "text": STORY}), json!({"id": "y", "text": "Short."})]),
    );
    let table = desk.run(&["score", "n.jsonl", "--format", "table"]).out();
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(table.contains("unscored: 1 words of prose, fewer than 100"), "{table}");
}

/// Nothing that steers a terminal, but colours where they are ours.
fn assert_tame(run: &Run) {
    for shown in [run.out(), run.err()] {
        let mut rest = shown.as_str();
        while let Some(at) = rest.find('\x1b') {
            let tail = &rest[at..];
            let end = tail.find('m').expect("a colour");
            assert!(
                tail[1..end]
                    .strip_prefix('[')
                    .is_some_and(|codes| codes.chars().all(|c| c.is_ascii_digit() || c == ';')),
                "{tail:?}"
            );
            let hostile = |c: char| {
                (c.is_control() && c != '\n' && c != '\t')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!rest[..at].contains(hostile), "{rest:?}");
            rest = &tail[end + 1..];
        }
        assert!(!rest.contains(['\u{9b}', '\u{202e}', '\u{7}', '\x7f']), "{rest:?}");
    }
}

#[test]
fn hostile_text_cannot_steer_the_terminal() {
    let desk = Desk::new();
    let hostile = "\x1b]0;owned\x07\x1b[2J\u{9b}31m\u{202e}drawkcab\x7f";
    let row = json!({"id": hostile, "text": format!("{hostile} {STORY} {hostile}"), "title": hostile, "outlet": hostile, "byline": hostile, "targets": [hostile]});
    let bad = json!({"id": hostile, "text": 1, hostile: 2});
    desk.put("n\u{202e}.jsonl", jsonl([row, bad]));
    for args in [
        &["score"][..],
        &["score", "--format", "table"],
        &["score", "--format", "json", "--marks", "--text"],
        &["explain"],
        &["explain", "--format", "markdown"],
        &["explain", "--format", "json"],
    ] {
        let run = desk.run(&[args, &["n\u{202e}.jsonl"]].concat());
        assert!(!run.out().is_empty() && !run.out().contains('\x1b'), "{args:?}: {}", run.out());
        assert_tame(&run);
    }
    assert_tame(&desk.run(&["explain", "n\u{202e}.jsonl", "--color", "always"]));
}

#[test]
fn a_least_confidence_changes_no_score() {
    let desk = Desk::new();
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/0036.txt"))
        .expect("an article of the corpus");
    desk.put("a.txt", text);
    let scored = |least: &str| {
        let flags = ["score", "a.txt", "--marks", "--features", "--min-confidence", least];
        desk.run(&flags).object()
    };
    let (all, sure) = (scored("0"), scored("0.9"));
    for same in ["axes", "stance", "contributions", "features"] {
        assert_eq!(all[same], sure[same], "{same}");
    }
    let many = |object: &Value| object["marks"]["attributions"].as_array().map_or(0, Vec::len);
    assert!(many(&sure) < many(&all), "{} of {}", many(&sure), many(&all));
    assert!(all["axes"]["genre"]["value"].is_null() && all["axes"]["tone"]["value"].is_f64());
    assert!(all["axes"]["attribution"]["measure"].is_f64() && all.get("values").is_none());
    assert!(all["marks"]["words"].as_array().is_some_and(|w| !w.is_empty()));
}

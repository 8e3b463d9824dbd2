//! A run that is killed goes on where it stopped, and nothing is lost.

use super::{Desk, STORY, jsonl};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const COUNT: usize = 3000;

/// Articles among rows that are rejected and texts that are not scored.
fn news(desk: &Desk) {
    let row = |n: usize| match n % 50 {
        7 => "{\"id\": 7}".to_owned(),
        19 => json!({"id": n, "text": "Short."}).to_string(),
        _ => json!({"id": n, "text": format!("{STORY} It is number {n} – “naïve”.")}).to_string(),
    };
    desk.put("news.jsonl", (0..COUNT).map(|n| row(n) + "\n").collect::<String>());
}

fn args<'a>(format: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let all = [
        "score",
        "news.jsonl",
        "--format",
        format,
        "--output",
        "out",
        "--rejects",
        "bad.jsonl",
        "--summary",
        "sum.json",
        "--quiet",
        "--row-group",
        "200",
    ];
    all.iter().chain(more).copied().collect()
}

/// Starts a run and kills it when its journal has one more line than before, or after `most`.
fn kill(desk: &Desk, args: &[&str], most: Duration) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("newsgauge"));
    let mut child = command
        .args(args)
        .current_dir(desk.dir())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let lines = || {
        fs::read(desk.path("out.journal")).map_or(0, |j| j.iter().filter(|b| **b == b'\n').count())
    };
    let (before, started) = (lines(), Instant::now());
    while lines() <= before.max(1)
        && started.elapsed() < most
        && child.try_wait().expect("a child").is_none()
    {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("killed or over");
    child.wait().expect("it ended");
}

fn undisturbed(desk: &Desk, format: &str) -> (Vec<u8>, Vec<u8>, Value) {
    news(desk);
    let run = desk.run(&args(format, &[]));
    assert_eq!((run.status(), run.err().as_str()), (3, ""));
    results(desk)
}

fn results(desk: &Desk) -> (Vec<u8>, Vec<u8>, Value) {
    let read = |name: &str| fs::read(desk.path(name)).expect("written");
    let mut summary: Value = serde_json::from_slice(&read("sum.json")).expect("JSON");
    for key in ["seconds", "resumed_after"] {
        summary.as_object_mut().expect("an object").remove(key);
    }
    (read("out"), read("bad.jsonl"), summary)
}

fn killed_and_resumed(format: &str) {
    let whole = Desk::new();
    let expected = undisturbed(&whole, format);
    let counts = |key: &str| expected.2[key].as_u64().expect("a number") as usize;
    assert_eq!(
        (counts("rows"), counts("rejected"), counts("unscored")),
        (COUNT, COUNT / 50, COUNT / 50)
    );
    assert_eq!(counts("scored") + counts("unscored") + counts("rejected"), COUNT);
    let desk = Desk::new();
    news(&desk);
    kill(&desk, &args(format, &[]), Duration::from_secs(60));
    assert!(
        !desk.path("out").exists() && desk.path("out.journal").exists(),
        "killed before the end"
    );
    for most in [3, 40, 150, 400, 60_000] {
        kill(&desk, &args(format, &["--resume"]), Duration::from_millis(most));
    }
    if desk.path("out.journal").exists() {
        // As if it had been killed while it wrote.
        let add = |name: &str, bytes: &[u8]| {
            let path = desk.path(name);
            if path.is_file() {
                let old = fs::read(&path).expect("read");
                fs::write(&path, [&old, bytes].concat()).expect("written");
            }
        };
        add("out.part", b"{\"schema\": 1, \"id\": \"12");
        add("out.journal", b"{\"counts\": {\"rows\": 99");
        add("bad.jsonl", b"{\"source\"");
    }
    let run = desk.run(&args(format, &["--resume"]));
    assert_eq!(run.status(), 3, "{}", run.err());
    let found = results(&desk);
    assert!(
        found == expected,
        "{} and {} bytes, {} and {}",
        found.0.len(),
        expected.0.len(),
        found.2,
        expected.2
    );
    let mut left: Vec<_> = fs::read_dir(desk.dir())
        .expect("the folder")
        .map(|e| e.expect("an entry").file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["bad.jsonl", "news.jsonl", "out", "sum.json"]);
}

#[test]
fn jsonl_is_byte_for_byte_what_it_would_have_been() {
    killed_and_resumed("jsonl");
}

#[test]
fn a_json_array_stays_whole() {
    killed_and_resumed("json");
}

#[test]
fn another_run_or_another_input_does_not_go_on() {
    let desk = Desk::new();
    news(&desk);
    kill(&desk, &args("jsonl", &[]), Duration::from_secs(60));
    // On a busy machine a line of the journal may come before the first rejected row.
    while fs::read(desk.path("bad.jsonl")).expect("read").is_empty() {
        kill(&desk, &args("jsonl", &["--resume"]), Duration::from_secs(60));
    }
    let other = desk.run(&args("csv", &["--resume"]));
    assert_eq!(other.status(), 2);
    assert!(other.err().contains("\"format\" is not what"), "{}", other.err());
    let listed = fs::read(desk.path("bad.jsonl")).expect("read");
    desk.put("bad.jsonl", "");
    let gone = desk.run(&args("jsonl", &["--resume"]));
    assert!(gone.status() == 2 && gone.err().contains("bad.jsonl has 0 bytes"), "{}", gone.err());
    desk.put("bad.jsonl", listed);
    let text = fs::read_to_string(desk.path("news.jsonl")).expect("read");
    // Longer, and as long as it was.
    for other in ["number zero", "number 1"] {
        desk.put("news.jsonl", text.replacen("number 0", other, 1));
        let changed = desk.run(&args("jsonl", &["--resume"]));
        assert!(
            changed.status() == 2
                && changed.err().starts_with("error: --resume: the inputs are not what they were"),
            "{}",
            changed.err()
        );
    }
    desk.put("news.jsonl", jsonl([json!({"id": 0, "text": STORY})]));
    let short = desk.run(&args("jsonl", &["--resume"]));
    assert!(short.status() == 2 && short.err().contains("now end after"), "{}", short.err());
    // Without --resume it begins afresh.
    assert_eq!(desk.run(&args("jsonl", &[])).status(), 0);
    assert_eq!(fs::read_to_string(desk.path("out")).expect("written").lines().count(), 1);
    assert_eq!(desk.run(&["score", "news.jsonl", "--resume"]).status(), 2);
}

#[test]
fn a_model_that_was_fitted_again_does_not_go_on() {
    let desk = Desk::new();
    news(&desk);
    let shipped = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/models/tone.json"))
        .expect("a model");
    fs::create_dir(desk.path("fitted")).expect("a folder");
    desk.put("fitted/tone.json", &shipped);
    let more = ["--model", "fitted"];
    kill(&desk, &args("jsonl", &more), Duration::from_secs(60));
    // The same model by its id and by what it says; a space more.
    desk.put("fitted/tone.json", format!("{shipped} "));
    let other = desk.run(&args("jsonl", &["--model", "fitted", "--resume"]));
    assert!(
        other.status() == 2 && other.err().contains("\"model files\" is not what"),
        "{}",
        other.err()
    );
    desk.put("fitted/tone.json", shipped);
    assert_eq!(desk.run(&args("jsonl", &["--model", "fitted", "--resume"])).status(), 3);
}

#[test]
fn a_run_killed_between_its_end_and_its_name_only_gets_its_name() {
    let desk = Desk::new();
    news(&desk);
    kill(&desk, &args("jsonl", &[]), Duration::from_secs(60));
    // The journal as it stands when all is written.
    assert_eq!(desk.run(&args("jsonl", &["--resume"])).status(), 3);
    let (out, bad, mut summary) = results(&desk);
    let run = summary.as_object_mut().expect("an object").remove("run").expect("the run");
    summary.as_object_mut().expect("an object").remove("schema");
    let mark = json!({"counts": summary, "chain": 0, "items": 1, "output": out.len(), "rejects": bad.len(), "finished": true});
    fs::rename(desk.path("out"), desk.path("out.part")).expect("renamed");
    for renamed in [false, true] {
        desk.put("out.journal", format!("{run}\n{mark}\n"));
        let again = desk.run(&args("jsonl", &["--resume"]));
        assert_eq!((again.status(), again.err().as_str()), (3, ""), "{renamed}");
        assert_eq!(results(&desk).0, out);
        assert!(!desk.path("out.journal").exists() && !desk.path("out.part").exists());
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_byte_for_byte_what_it_would_have_been() {
    killed_and_resumed("parquet");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_read_and_written() {
    let desk = Desk::new();
    news(&desk);
    let score = |input: &str, output: &str, format: &str| {
        let run = desk.run(&[
            "score", input, "--format", format, "--text", "--marks", "--output", output, "--quiet",
        ]);
        assert_eq!(run.err(), "");
        fs::read(desk.path(output)).expect("written")
    };
    let table = score("news.jsonl", "a.parquet", "parquet");
    assert!(table.starts_with(b"PAR1") && table.ends_with(b"PAR1"));
    // What was written has id and text, so it can be read: the same scores, but for the place they come from.
    let without_source = |bytes: Vec<u8>| -> Vec<Value> {
        let rows = String::from_utf8(bytes).expect("UTF-8");
        let parsed = rows.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON"));
        parsed
            .map(|mut v| {
                v.as_object_mut().expect("an object").remove("source").map(|_| v).expect("a source")
            })
            .collect()
    };
    let first = without_source(score("news.jsonl", "a.jsonl", "jsonl"));
    let piped = desk.run_with(&["score", "-", "--text", "--marks", "--quiet"], table);
    assert!(without_source(piped.out().into_bytes()) == first, "{}", piped.err());
    let second = without_source(score("a.parquet", "b.jsonl", "jsonl"));
    assert_eq!(first.len(), COUNT - COUNT / 50);
    assert!(first == second);
    assert_eq!(desk.run(&["score", "news.jsonl", "--format", "parquet"]).status(), 2);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.put("a.parquet", b"PAR1....PAR1");
    for run in [
        desk.run(&["score", "a.txt", "--format", "parquet", "--output", "o.parquet"]),
        desk.run(&["score", "a.parquet"]),
    ] {
        assert!(run.status() == 2 && run.err().contains("--features parquet"), "{}", run.err());
    }
    assert_eq!(fs::read_dir(desk.dir()).expect("the folder").count(), 2);
}

#[cfg(unix)]
#[test]
fn an_interrupt_says_how_to_go_on() {
    let desk = Desk::new();
    let row = json!({"id": 1, "text": STORY}).to_string();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("newsgauge"))
        .args(["score", "-", "--input-format", "jsonl", "--output", "out"])
        .current_dir(desk.dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let lines = || {
        fs::read(desk.path("out.journal")).map_or(0, |j| j.iter().filter(|b| **b == b'\n').count())
    };
    let started = Instant::now();
    while lines() < 2 && started.elapsed() < Duration::from_secs(60) {
        std::io::Write::write_all(&mut stdin, format!("{row}\n").as_bytes()).expect("it reads");
        std::thread::sleep(Duration::from_millis(20));
    }
    let number = child.id().to_string();
    let signal = Command::new("kill").args(["-INT", &number]).status().expect("kill");
    assert!(signal.success());
    let output = child.wait_with_output().expect("it ended");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{told}");
    assert!(told.contains("are kept in") && told.contains("--resume"), "{told}");
}

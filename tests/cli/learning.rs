//! `train` and `evaluate`: what the command line adds to the library's own tests.

use super::{Desk, jsonl};
use serde_json::json;

#[test]
fn unknown_axes_and_absent_labels_are_told() {
    let desk = Desk::new();
    let unknown = desk.run(&["train", "mood"]);
    assert_eq!(unknown.status(), 2);
    assert!(
        unknown
            .err()
            .contains("no axis is named \"mood\"; there are tone, attribution, hedging, sourcing, partisanship, reliability, genre, and span-level tasks attribution-spans, "),
        "{}",
        unknown.err()
    );
    for command in ["train", "evaluate"] {
        let absent = desk.run(&[command, "--labels", "nowhere", "--corpus", "nowhere"]);
        assert_eq!((absent.status(), absent.out().as_str()), (2, ""), "{command}");
        assert!(absent.err().contains("nowhere"), "{}", absent.err());
    }
    assert!(!desk.path("models").exists());
    assert_eq!(desk.run(&["evaluate", "--set", "polnear"]).status(), 2, "--set wants --data");
}

#[test]
fn a_corpus_without_a_manifest_is_told_what_to_write() {
    let desk = Desk::new();
    desk.put("labels/articles.csv", "article,axis,label\n1,tone,neutral\n");
    desk.put("corpus/1.txt", "The council met.");
    let train = |desk: &Desk| {
        let run = desk.run(&["train", "tone", "--labels", "labels", "--corpus", "corpus"]);
        assert_eq!(run.status(), 2);
        run.err()
    };
    let absent = train(&desk);
    for part in ["corpus/MANIFEST.csv", "is not there", "id, outlet, story"] {
        assert!(absent.contains(part), "{part}: {absent}");
    }
    desk.put("corpus/MANIFEST.csv", "id,date\n1,x\n");
    let lacking = train(&desk);
    assert!(lacking.contains("MANIFEST.csv:1: lacks the columns outlet, story"), "{lacking}");
    std::fs::remove_file(desk.path("labels/articles.csv")).expect("it was there");
    desk.put("corpus/MANIFEST.csv", "id,outlet,story\n1,x,y\n");
    let unlabelled = train(&desk);
    assert!(
        unlabelled.contains("articles.csv") && unlabelled.contains("article, axis, label"),
        "{unlabelled}"
    );
    let help = desk.run(&["train", "--help"]).out();
    for part in ["MANIFEST.csv", "id, outlet, story", "article, axis, label"] {
        assert!(help.contains(part), "{part}: {help}");
    }
}

#[test]
fn a_bad_label_stops_training_and_overwrites_nothing() {
    let desk = Desk::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let labels = std::fs::read_to_string(root.join("labels/articles.csv")).expect("the labels");
    let header = labels.lines().next().expect("a header");
    let columns = header.split(',').count();
    desk.put(
        "labels/articles.csv",
        format!("{header}\nno-such-article{}\n", ",x".repeat(columns - 1)),
    );
    desk.put("models/tone.json", "kept");
    let corpus = root.join("corpus").display().to_string();
    let run = desk.run(&["train", "tone", "--labels", "labels", "--corpus", &corpus]);
    assert_eq!((run.status(), run.out().as_str()), (2, ""));
    assert!(run.err().contains("articles.csv:2: "), "{}", run.err());
    assert_eq!(
        std::fs::read_to_string(desk.path("models/tone.json")).expect("still there"),
        "kept"
    );
}

/// Labelled articles in the form that `train --help` tells.
fn labelled(count: usize) -> String {
    let names = ["Ivo Marr", "Ana Ott", "Ida Roth", "Leo Brandt", "Mia Sand", "Tom Vale"];
    let verbs = ["said", "argued", "warned", "claimed"];
    let row = |i: usize| {
        let (name, verb) = (names[i % names.len()], verbs[i % verbs.len()]);
        let mut text = String::new();
        let mut attributions = Vec::new();
        for line in 0..8 {
            if (i + line) & 1 == 0 {
                let start = text.chars().count();
                let (cue, content) = (start + name.len() + 1, start + name.len() + verb.len() + 7);
                text.push_str(&format!(
                    "{name} {verb} that bridge number {line} – the old one – would close. "
                ));
                let end = text.chars().count() - 2;
                // A few are left unlabelled: a confidence cannot be fitted where every hypothesis is right.
                if line >= 6 && [0, 3, 6, 9].contains(&i) {
                    continue;
                }
                attributions.push(json!({"source": [[start, cue - 1]], "cue": [[cue, cue + verb.len()]], "content": [[content, end]]}));
            } else {
                text.push_str(
                    "The council met in the hall near the river and went through the list. ",
                );
            }
        }
        json!({"id": i.to_string(), "text": text, "attributions": attributions})
    };
    jsonl((0..count).map(row))
}

#[test]
fn attribution_spans_are_fitted_again_on_own_articles() {
    let desk = Desk::new();
    desk.put("mine.jsonl", labelled(12));
    let train = |output: &str| {
        desk.run(&[
            "train",
            "attribution-spans",
            "--data",
            "mine.jsonl",
            "--output",
            output,
            "--quiet",
        ])
    };
    let run = train("m");
    assert_eq!((run.status(), run.err().as_str()), (0, ""));
    assert!(
        run.out().starts_with("attribution-spans-1 (articles 12, attributions 44)"),
        "{}",
        run.out()
    );
    let read = |path: &str| std::fs::read_to_string(desk.path(path)).expect("written");
    let card = read("m/attribution-spans-1.md");
    assert!(
        card.contains("mine.jsonl: labelled articles given by the user")
            && !card.contains("PolNeAR"),
        "{card}"
    );
    assert_eq!(train("again").status(), 0);
    assert_eq!(read("m/attribution-spans-1.json"), read("again/attribution-spans-1.json"));
    desk.put("a.txt", "Leo Brandt warned that bridge number 9 – the old one – would close.");
    let quotes = desk.run(&["quotes", "a.txt", "--model", "m"]).objects(0);
    assert_eq!(quotes.len(), 1);
    assert_eq!(
        (&quotes[0]["speakers"][0], &quotes[0]["cue"][0]["text"]),
        (&"Leo Brandt".into(), &"warned".into())
    );
}

#[test]
fn words_of_loaded_spans_stay_without_vectors() {
    let desk = Desk::new();
    let plain = "The council met on Monday and went through the list.";
    let loaded = "The disgraceful thugs brazenly lied about their vile scheme.";
    let (mut texts, mut classes, mut ticks) = (
        String::new(),
        "article,axis,first,second,label\n".to_owned(),
        "article,start,end,first_act,second_act,act,first_hedged,second_hedged,hedged,first_loaded,second_loaded,loaded,words\n".to_owned(),
    );
    for n in 0..8 {
        let text = format!("{plain} {loaded} {plain}");
        let article = json!({"id": n.to_string(), "outlet": format!("outlet {n}"), "title": null, "text": text});
        texts += &format!("{article}\n");
        classes += &format!("tone/mine:{n},tone,mixed,,mixed\n");
        let (a, b) = (plain.len() + 1, plain.len() + 1 + loaded.len());
        ticks += &format!("tone/mine:{n},0,{},,,,0,,0,0,,0,\n", plain.len());
        ticks += &format!("tone/mine:{n},{a},{b},,,,0,,0,1,,1,\n");
    }
    desk.put("data/tone/mine.jsonl", texts);
    desk.put("labels/real.csv", classes);
    desk.put("labels/real_sentences.csv", ticks);
    let run = desk.run(&["train", "loaded-spans", "--data", "data", "--labels", "labels"]);
    assert_eq!(run.status(), 0, "{}", run.err());
    assert!(run.out().contains("Written: models/loaded-spans-1.json"), "{}", run.out());
    assert!(desk.path("models/loaded-spans-1.md").is_file());
}

#[test]
fn a_span_task_that_cannot_be_fitted_overwrites_nothing() {
    let desk = Desk::new();
    desk.put("models/hedging-spans-1.json", "kept");
    desk.put(
        "bad.jsonl",
        "{\"id\": \"1\", \"text\": \"Short.\", \"attributions\": [{\"content\": [[0, 99]]}]}\n",
    );
    desk.put("few.jsonl", labelled(2));
    for (args, told) in [
        (&["hedging-spans", "--data", "nowhere"][..], "nowhere/hedging/wiki_train.jsonl"),
        (&["attribution-spans", "--data", "nowhere.jsonl"], "nowhere.jsonl: "),
        (&["attribution-spans", "--data", "."], "attribution/polnear_train.jsonl: "),
        (
            &["attribution-spans", "--data", "bad.jsonl"],
            "bad.jsonl:1: the span 0-99 does not fit a text of 6 characters",
        ),
        (&["attribution-spans", "--data", "few.jsonl"], "2 articles are too few"),
        (&["stance-spans"], "need --data PATH: stance/newsmtsc_train.jsonl"),
        (&["hedging-spans", "--data", ".", "--vectors", "v"], "--vectors is of no use"),
        (&["loaded-spans", "--data", ".", "--limit", "3"], "--limit is of no use"),
        (&["tone", "hedging-spans", "--data", "."], "in runs of their own"),
    ] {
        let run = desk.run(&[&["train"], args].concat());
        assert_eq!((run.status(), run.out().as_str()), (2, ""), "{args:?}");
        assert!(run.err().contains(told), "{args:?}: {}", run.err());
    }
    assert_eq!(std::fs::read_dir(desk.path("models")).expect("a folder").count(), 1);
    assert_eq!(
        std::fs::read_to_string(desk.path("models/hedging-spans-1.json")).expect("still there"),
        "kept"
    );
}

#[test]
fn help_names_every_span_task() {
    let help = Desk::new().run(&["train", "--help"]).out();
    for task in newsgauge::learn::spans::SPAN_TASKS {
        assert!(help.contains(task.name), "{}", task.name);
    }
}

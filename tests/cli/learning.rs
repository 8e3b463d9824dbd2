//! `train` and `evaluate`: what the command line adds to the library's own tests.

use super::Desk;

#[test]
fn unknown_axes_and_absent_labels_are_told() {
    let desk = Desk::new();
    let unknown = desk.run(&["train", "mood"]);
    assert_eq!(unknown.status(), 2);
    assert!(unknown.err().contains("no axis is named \"mood\"; there are tone, attribution, hedging, sourcing"), "{}", unknown.err());
    for command in ["train", "evaluate"] {
        let absent = desk.run(&[command, "--labels", "nowhere", "--corpus", "nowhere"]);
        assert_eq!((absent.status(), absent.out().as_str()), (2, ""), "{command}");
        assert!(absent.err().contains("nowhere"), "{}", absent.err());
    }
    assert!(!desk.path("models").exists());
    assert_eq!(desk.run(&["evaluate", "--set", "polnear"]).status(), 2, "--set wants --data");
}

#[test]
fn a_bad_label_stops_training_and_overwrites_nothing() {
    let desk = Desk::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let labels = std::fs::read_to_string(root.join("labels/articles.csv")).expect("the labels");
    let header = labels.lines().next().expect("a header");
    let columns = header.split(',').count();
    desk.put("labels/articles.csv", format!("{header}\nno-such-article{}\n", ",x".repeat(columns - 1)));
    desk.put("models/tone.json", "kept");
    let corpus = root.join("corpus").display().to_string();
    let run = desk.run(&["train", "tone", "--labels", "labels", "--corpus", &corpus]);
    assert_eq!((run.status(), run.out().as_str()), (2, ""));
    assert!(run.err().contains("articles.csv:2: "), "{}", run.err());
    assert_eq!(std::fs::read_to_string(desk.path("models/tone.json")).expect("still there"), "kept");
}

//! Labels are written by a program that is killed at any moment.

use super::Desk;
use std::process::{Command, Stdio};
use std::time::Duration;

const ARTICLES: usize = 60;

#[test]
fn whoever_is_killed_leaves_whole_files_and_what_was_there() {
    let desk = Desk::new();
    let (mut manifest, mut rows) = ("id,outlet,story\n".to_owned(), String::new());
    for n in 0..ARTICLES {
        let id = format!("a{n:02}");
        desk.put(&format!("corpus/{id}.txt"), "The ferry sails. It may be late.\n");
        manifest.push_str(&format!("{id},,\n"));
        rows.push_str(&format!("{id},tone,,,mixed,\n{id},hedged,17,32,1,It may be late.\n"));
    }
    desk.put("corpus/MANIFEST.csv", manifest);
    desk.put("labels.csv", format!("article,name,start,end,value,words\n{rows}"));
    // In a writing of its own, by another annotator: it stays.
    let before = "article,axis,first,second,label\na07,\"genre\", ,report,report\n";
    desk.put("labels/articles.csv", before);
    let args = ["labels", "import", "labels.csv", "--format", "csv", "--quiet"];
    let mut most = 0;
    for pause in [1, 5, 20, 40, 60, 80, 100, 130, 160, 200] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_newsgauge"))
            .args(args)
            .current_dir(desk.dir())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        std::thread::sleep(Duration::from_millis(pause));
        // It may have ended by itself.
        let _ended = child.kill();
        child.wait().expect("an end");
        let text = std::fs::read_to_string(desk.path("labels/articles.csv")).expect("the labels");
        assert!(text.contains("a07,\"genre\", ,report,report\n") && text.ends_with('\n'), "{text}");
        let labels = text.lines().filter(|line| line.ends_with(",tone,mixed,,mixed")).count();
        assert_eq!(labels + 2, text.lines().count(), "{text}");
        assert!(labels >= most, "{labels} of {most} labels are left");
        most = labels;
    }
    let run = desk.run(&args);
    assert_eq!(run.status(), 0, "{}", run.err());
    let text = std::fs::read_to_string(desk.path("labels/articles.csv")).expect("the labels");
    assert_eq!(text.lines().count(), ARTICLES + 2);
    let sentences = std::fs::read_to_string(desk.path("labels/sentences.csv")).expect("labels");
    assert_eq!(sentences.lines().count(), ARTICLES + 1);
    // And out again as it came in.
    let export = desk.run(&["labels", "export", "--format", "csv", "--quiet"]);
    assert_eq!(export.status(), 0, "{}", export.err());
    let written = export.out();
    assert_eq!(written.lines().skip(1).collect::<Vec<_>>(), rows.lines().collect::<Vec<_>>());
}

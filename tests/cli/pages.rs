//! Pages for a browser, and tables for a spreadsheet.

use super::{Desk, STORY, jsonl};
use serde_json::json;
use std::fs;

fn rows() -> String {
    let row = |id: &str, outlet: &str, date: &str| json!({"id": id, "outlet": outlet, "date": date, "text": STORY});
    jsonl([
        row("a/../1", "Coast Daily", "2026-01-31"),
        row("=cmd|x", "=Norby", "2026-02-01"),
        row("3", "Coast Daily", "2026-02-28"),
        row("4", "Coast Daily", "last week"),
    ])
}

#[test]
fn a_folder_of_pages_appears_whole_or_not_at_all() {
    let desk = Desk::new();
    desk.put("n.jsonl", rows());
    let run = desk.run(&["score", "n.jsonl", "--format", "html", "--output", "pages"]);
    assert_eq!(run.status(), 0, "{}", run.err());
    let index = fs::read_to_string(desk.path("pages/index.html")).expect("an index");
    let mut names: Vec<String> = fs::read_dir(desk.path("pages"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    let expected =
        ["00001-a----1.html", "00002-cmd-x.html", "00003-3.html", "00004-4.html", "index.html"];
    assert_eq!(names, expected);
    for name in &names[..4] {
        assert!(index.contains(&format!("href=\"{name}\"")), "{name}");
        let page = fs::read_to_string(desk.path("pages").join(name)).expect("a page");
        assert!(page.contains("href=\"index.html\"") && page.contains("Content-Security-Policy"));
    }
    let again = desk.run(&["score", "n.jsonl", "--format", "html", "--output", "pages"]);
    assert!(again.status() == 2 && again.err().contains("not empty"), "{}", again.err());
    let nowhere = desk.run(&["score", "n.jsonl", "--format", "html"]);
    assert!(nowhere.status() == 2 && nowhere.err().contains("--output"), "{}", nowhere.err());
    let nothing = desk.run(&["score", "none.jsonl", "--format", "html", "--output", "other"]);
    assert!(nothing.status() == 2 && !desk.path("other").exists(), "{}", nothing.err());
    let left = fs::read_dir(desk.dir()).expect("a folder").count();
    assert_eq!(left, 2, "nothing half made is left");
}

#[test]
fn one_page_for_an_article_a_story_and_outlets() {
    let desk = Desk::new();
    desk.put("n.jsonl", rows());
    for command in ["explain", "compare", "outlets"] {
        let page = desk.run(&[command, "n.jsonl", "--format", "html"]).out();
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "{command}");
        assert!(!page.contains(" style=\"") && !page.contains("src="), "{command}");
    }
}

#[test]
fn months_are_rows_and_axes_columns() {
    let desk = Desk::new();
    desk.put("n.jsonl", rows());
    let run = desk.run(&["outlets", "n.jsonl", "--by", "month", "--format", "csv"]);
    let (out, err) = (run.out(), run.err());
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("period,outlets,articles,scored,unscored,tone,"), "{out}");
    assert!(lines[1].starts_with("2026-01,1,1,1,0,0."), "{out}");
    assert!(lines[2].starts_with("2026-02,2,2,2,0,0."), "{out}");
    assert_eq!(lines.len(), 3);
    assert!(err.contains("1 articles have no date"), "{err}");
    let json = desk.run(&["outlets", "n.jsonl", "--by", "week", "--format", "json"]).object();
    let periods = json["trend"]["periods"].as_array().expect("periods");
    let names: Vec<&str> = periods.iter().filter_map(|p| p["period"].as_str()).collect();
    assert_eq!(names, ["2026-W05", "2026-W09"]);
    assert_eq!(periods[0]["outlets"][1]["outlet"], "Coast Daily");
    assert!(desk.run(&["outlets", "n.jsonl", "--format", "json"]).object().get("trend").is_none());
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    let desk = Desk::new();
    desk.put("n.jsonl", rows());
    for command in ["score", "quotes", "outlets"] {
        let args = [command, "n.jsonl", "--format", "csv"];
        let plain = desk.run(&args).out();
        let safe = desk.run(&[&args[..], &["--spreadsheet"]].concat()).out();
        assert!(plain.contains(",=Norby") || plain.contains("\n=Norby"), "{command}: {plain}");
        assert!(
            safe.contains("'=Norby") && !safe.contains(",=") && !safe.contains("\n="),
            "{safe}"
        );
        let numbers = |text: &str| text.replace("'=", "=");
        assert_eq!(numbers(&safe), plain, "{command}");
    }
}

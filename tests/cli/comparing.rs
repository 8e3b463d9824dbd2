use super::Desk;

const A: &str = "“We will mend the bridge before the snow comes to the valley,” the mayor of Norby, Ivo Marr, said on Monday.";
const B: &str = "Few believe him. “We will mend the bridge before the snow comes to the valley,” Ivo Marr told the paper.";

fn rows() -> String {
    let row = |id: &str, outlet: &str, date: &str, text: &str| {
        serde_json::json!({"id": id, "outlet": outlet, "date": date, "text": text}).to_string()
    };
    [row("late", "The Rag\u{1b}[2J", "2026-02-02", B), row("early", "Norwire", "2026-02-01", A)]
        .join("\n")
}

#[test]
fn what_articles_share_is_told_with_who_had_it_first() {
    let desk = Desk::new();
    desk.put("news.jsonl", rows());
    let told = desk.run(&["compare", "news.jsonl", "--quiet"]).object();
    let claim = &told["claims"][0];
    assert_eq!(
        (claim["speaker"].as_str(), claim["independent"].as_u64(), claim["dated"].as_bool()),
        (Some("Ivo Marr"), Some(2), Some(true))
    );
    assert_eq!(claim["occurrences"][0]["article"], "early");
    assert_eq!(
        claim["occurrences"][1]["outlet"], "The Rag\u{1b}[2J",
        "JSON gives what was given, escaped"
    );
    assert_eq!(told["articles"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_table_is_safe_to_show() {
    let desk = Desk::new();
    desk.put("news.jsonl", rows());
    let run = desk.run(&["compare", "news.jsonl", "--format", "table", "--quiet"]);
    let text = run.out();
    assert!(
        !text.contains('\u{1b}')
            && text.contains("Ivo Marr: same-words, 2 outlets, 2 independent; earliest first"),
        "{text}"
    );
}

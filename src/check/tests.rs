use super::lists::Lists;
use super::*;
use crate::article::Article;
use crate::score::Scorer;
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::builtin().unwrap());

fn found(settings: &str, headline: &str, text: &str) -> Vec<(&'static str, String)> {
    let checker = Checker::new(Settings::parse(settings).unwrap()).unwrap();
    let mut text = text.to_owned();
    let ignores = Ignores::take(&mut text);
    let title = Some(headline.to_owned()).filter(|h| !h.is_empty());
    let article = Article { title, ..Article::from_text("draft", text.clone()) };
    let findings = checker.check(&SCORER.score(&article), &ignores);
    findings
        .iter()
        .map(|f| (f.kind.name, f.span.map_or("", |s| s.slice(&text)).to_owned()))
        .collect()
}

#[test]
fn examples_of_every_kind_hold() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let fires = |e: &Example| found("", e.headline, e.text).iter().any(|f| f.0 == kind.name);
        let missed = kind.yes.iter().filter(|e| !fires(e)).map(|e| ("missed", e));
        let extra = kind.no.iter().filter(|e| fires(e)).map(|e| ("not meant", e));
        wrong.extend(
            missed.chain(extra).map(|(what, e)| format!("{} {what}: {}", kind.name, e.text)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_entry_of_the_lists_fires_on_its_examples_only() {
    for lexicon in Lists::read().unwrap().all() {
        crate::family::cases::examples_hold(lexicon);
    }
}

const DRAFT: &str =
    "It was a shameful vote, and the shambolic board knows it. The port will close in May.";

#[test]
fn settings_turn_kinds_off_and_add_and_take_out_words() {
    let words = |settings: &str| -> Vec<String> {
        found(settings, "", DRAFT).into_iter().map(|f| f.1).collect()
    };
    assert_eq!(words(""), ["shameful"]);
    assert_eq!(words("[check.loaded-word]\non = false"), [""; 0]);
    assert_eq!(
        words("[check.loaded-word]\nwords = [\"shambolic board\"]"),
        ["shameful", "shambolic board"]
    );
    assert_eq!(words("[check.loaded-word]\nnot_words = [\"Shameful\"]"), [""; 0]);
    let error = |toml: &str| Settings::parse(toml).unwrap_err().to_string();
    assert!(error("[check.loaded]\non = false").contains("loaded-word, verdict-verb"));
    assert!(error("[check.scare-quotes]\nwords = [\"x\"]").contains("goes by no words"));
    assert!(error("[check.hearsay]\nof = 1").contains("unknown field"));
}

#[test]
fn ignore_marks_take_findings_out_and_are_no_text() {
    let kinds = |text: &str| found("", "", text).len();
    assert_eq!(kinds(DRAFT), 1);
    for mark in [
        "<!-- newsgauge: ignore loaded-word -->",
        "[newsgauge: ignore]",
        "<!--newsgauge: ignore hearsay, loaded-word-->",
    ] {
        assert_eq!(kinds(&format!("{mark}\n{DRAFT}")), 0, "{mark}");
        assert_eq!(kinds(&format!("{DRAFT} {mark}")), 0, "{mark}");
        assert_eq!(kinds(&format!("{mark}\n\nThe port is old.\n\n{DRAFT}")), 1, "{mark}");
    }
    assert_eq!(kinds(&format!("[newsgauge: ignore hearsay]\n{DRAFT}")), 1);
    assert_eq!(
        kinds(&format!("[newsgauge: ignore-article loaded-word]\nThe port is old.\n\n{DRAFT}")),
        0
    );
    let mut text = "Näh [newsgauge: ignore lies] or [newsgauge: ignore".to_owned();
    let before = text.clone();
    let ignores = Ignores::take(&mut text);
    assert_eq!((text.len(), ignores.unknown), (before.len(), vec!["lies".to_owned()]));
    assert!(text.ends_with("[newsgauge: ignore") && !text.contains("lies"));
}

#[test]
fn formats_escape_what_articles_hold() {
    let text = "Näh, it was a \u{1b}[31mshameful vote.";
    let span = Span::new(text.find("shameful").unwrap(), text.find(" vote").unwrap());
    let finding = Finding {
        kind: Kind::named("loaded-word").unwrap(),
        severity: Severity::Warning,
        span: Some(span),
        message: "“a\u{1b}[31m%\r\n::error::x”".to_owned(),
    };
    let checked = Checked::new("a b,c:d.jsonl", "7", true, text, vec![finding]);
    let shown = |name: &str| Format::named(name).unwrap().items(&checked).concat();
    assert!(
        shown("text")
            .starts_with("a b,c:d.jsonl#7:1:20: loaded-word: “a<U+001B>[31m%  ::error::x”")
    );
    assert_eq!(shown("text").lines().count(), 1);
    let github = shown("github");
    assert!(
        github
            .starts_with("::warning file=a b%2Cc%3Ad.jsonl,line=1,endLine=1,col=20,endColumn=28,"),
        "{github}"
    );
    assert!(github.contains("%25") && github.lines().count() == 1, "{github}");
    let (head, _, tail) = Format::named("sarif").unwrap().frame();
    let log: serde_json::Value =
        serde_json::from_str(&format!("{head}{}{tail}", shown("sarif"))).unwrap();
    let result = &log["runs"][0]["results"][0];
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b%2Cc%3Ad.jsonl");
    assert_eq!(location["region"]["startColumn"], 20);
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], "loaded-word");
}

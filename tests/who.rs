//! Who said it, in kinds of sentences on which readers of news go wrong.

use newsgauge::article::Article;
use newsgauge::mark::{Attribution, SHOWN_FROM};
use newsgauge::score::Scorer;
use newsgauge::text::Span;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    kind: String,
    text: String,
    /// "kind, speakers: content" of each attribution that is shown, in order of place.
    said: Vec<String>,
}

/// Stands before each text, so that it reads as an article.
const BEFORE: &str = "The council of Velsund met on Monday evening in the old town hall. The meeting lasted three hours \
    and ended after midnight.\n\n";

fn told(text: &str, attribution: &Attribution) -> String {
    let speakers = match &attribution.speakers[..] {
        [] => "?".to_owned(),
        names => names.join("; "),
    };
    let content = |s: &Span| s.slice(text).to_owned();
    let content: Vec<String> = attribution.content.iter().map(content).collect();
    format!("{}, {speakers}: {}", attribution.kind.name(), content.join(" ¦ "))
}

#[test]
fn statements_speakers_and_pieces_are_as_a_careful_reader_has_them() {
    let file: File = toml::from_str(include_str!("who.toml")).unwrap();
    let scorer = Scorer::builtin().unwrap();
    let mut wrong = Vec::new();
    for case in &file.case {
        let text = format!("{BEFORE}{}", case.text);
        let article = Article::from_text("case", text.clone());
        let scored = scorer.score(&article);
        let shown = scored.marks.attributions.iter().filter(|a| a.confidence >= SHOWN_FROM);
        let found: Vec<String> = shown.map(|a| told(&text, a)).collect();
        if found != case.said {
            wrong.push(format!("{}: {}\n   found: {found:#?}", case.kind, case.text));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), file.case.len(), wrong.join("\n"));
}

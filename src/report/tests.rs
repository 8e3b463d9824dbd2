//! One small article in every form of the page; `UPDATE=1 cargo test --lib report::tests` writes the files of `tests/golden/` anew.
//! Marks and scores are made here, so that no model changes them.

use super::{Page, html, markdown, terminal};
use crate::article::Article;
use crate::mark::{
    Act, Attribution, Kind, Layer, Mark, Marks, Mention, Polarity, Role, SourceClass, Speaker,
    Target,
};
use crate::score::{Contribution, Score, Scored, Scorer};
use crate::text::Span;
use std::path::Path;

const TEXT: &str = "Larn gets a new ferry\n\nThe boat may sail in May, Mayor Ana Dorn said on Tuesday. The <old> ferry was a disgrace.\n\n“It leaks,” Ivo Marr added; she had refused to answer him.\n\nREAD MORE: Ten ferries of the coast\n";

fn span(words: &str) -> Span {
    let at = TEXT.find(words).expect("in the text");
    Span::new(at, at + words.len())
}

fn statement(name: &str, source: &str, cue: &str, content: &str, kind: Kind) -> Attribution {
    Attribution {
        kind,
        source_class: SourceClass::Person,
        act: Act::Speech,
        speakers: vec![name.to_owned()],
        role: None,
        reporter: None,
        confidence: 0.9,
        source: vec![span(source)],
        cue: vec![span(cue)],
        content: vec![span(content)],
    }
}

fn scored(article: &Article) -> Scored<'_> {
    let mut scored = Scorer::builtin().expect("builtin").score(article);
    let mut marks = Marks::new(&scored.document);
    let polarity = Polarity { probabilities: [0.6, 0.3, 0.1] };
    let role = Role { probabilities: [0.7, 0.0, 0.0, 0.3] };
    for (layer, class, words) in
        [(Layer::Hedge, "modal", "may"), (Layer::Loaded, "verdict", "disgrace")]
    {
        let mark = Mark { layer, class, span: span(words), own_voice: true, value: 1.0, group: 0 };
        marks.push(mark);
    }
    marks.attributions = vec![
        statement("Ana Dorn", "Mayor Ana Dorn", "said", "The boat may sail in May", Kind::Indirect),
        statement("Ivo Marr", "Ivo Marr", "added", "“It leaks,”", Kind::Direct),
        Attribution {
            confidence: 0.2,
            ..statement("Ana Dorn", "she", "refused", "to answer him", Kind::Indirect)
        },
    ];
    let speaker = |name: &str, words| Speaker {
        name: name.to_owned(),
        code: None,
        class: SourceClass::Person,
        role: None,
        attributions: 1,
        words,
    };
    marks.speakers = vec![speaker("Ivo Marr", 2), speaker("Ana Dorn", 6)];
    let mention =
        Mention { span: span("ferry was"), polarity, role, own_voice: true, speaker: None };
    marks.targets = vec![Target {
        name: "The <old> ferry".to_owned(),
        code: None,
        requested: true,
        mentions: vec![mention],
        polarity,
        role,
    }];
    marks.sentences[2].loaded = 0.8;
    marks.warnings = vec!["an invented warning".to_owned()];
    scored.marks = marks;
    scored.unscored = None;
    scored.scores = vec![Score {
        axis: "tone",
        value: Some(0.8),
        measure: None,
        class: "loaded",
        probabilities: vec![("neutral", 0.1), ("mixed", 0.2), ("loaded", 0.7)],
        model: "tone-9".to_owned(),
        low: "neutral",
        high: "loaded",
        base: -0.5,
        contributions: vec![
            Contribution { feature: "tone.own_voice_loaded_rate", value: 5.0, contribution: 1.5 },
            Contribution { feature: "style.number_rate", value: 0.0, contribution: -0.25 },
        ],
        words: Vec::new(),
    }];
    scored
}

fn article() -> Article {
    let mut article = Article::from_text("ferry", TEXT);
    article.outlet = Some("Coast \u{202e}Daily".to_owned());
    article.url = Some("https://coast.example/ferry?a=1&b=2".to_owned());
    article
}

fn golden(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "{name} is not what stands in tests/golden; run with UPDATE=1, and read the difference:\n{made}"
    );
}

#[test]
fn every_renderer_shows_the_same_sections() {
    let article = article();
    let scored = scored(&article);
    let page = Page::of(&scored);
    let (text, colours) = (terminal::page(&page, false, 100), terminal::page(&page, true, 100));
    let (markdown, whole) =
        (markdown::page(&page), html::article_page(&scored, Some("index.html")));
    for section in &page.sections {
        for shown in [&text, &colours, &markdown, &whole] {
            assert!(shown.contains(&section.title), "{} is missing in {shown}", section.title);
        }
        assert!(whole.contains(&format!("id=\"{}\"", section.id)), "{}", section.id);
    }
    assert!(page.sections.len() > 8);
}

#[test]
fn the_page_of_an_article_in_every_form() {
    let article = article();
    let scored = scored(&article);
    let page = Page::of(&scored);
    golden("article.txt", &terminal::page(&page, false, 100));
    golden("article.colours.txt", &terminal::page(&page, true, 100).replace('\x1b', "␛"));
    golden("article.md", &markdown::page(&page));
    let whole = html::article_page(&scored, Some("index.html"));
    let (start, end) = (whole.find("<body>").expect("a body"), whole.rfind("<script>"));
    golden("article.body.html", &whole[start..end.expect("a script")]);
}

#[test]
fn a_doubtful_statement_is_shown_nowhere_and_told_of_once() {
    let article = article();
    let scored = scored(&article);
    let page = Page::of(&scored);
    for shown in [terminal::page(&page, false, 100), markdown::page(&page)] {
        assert!(
            !shown.contains("refused|cue") && shown.contains("1 below 0.5 left out"),
            "{shown}"
        );
    }
    let whole = html::article_page(&scored, None);
    assert!(!whole.contains("st-3") && whole.contains("1 below 0.5 left out"));
}

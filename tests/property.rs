//! Any text: no panic, every span slices the original, numbers are finite, and the same text gives the same marks.

use crate::hostile::HOSTILE;
use newsgauge::article::Article;
use newsgauge::axis::{Axis, WORDS};
use newsgauge::feature::width;
use newsgauge::mark::LAYERS;
use newsgauge::model::{ModelSet, Part};
use newsgauge::score::{Options, Scored, Scorer};
use newsgauge::text::Span;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| {
    Scorer::new(
        ModelSet::builtin().expect("built-in models fit"),
        Options { min_words: 0, ..Options::default() },
    )
    .expect("lexicons hold")
});

fn slices(text: &str, span: Span) {
    assert!(text.get(span.from()..span.to()).is_some(), "{span:?} cuts a character of {text:?}");
}

fn check(scored: &Scored<'_>) {
    let text = scored.document.text;
    scored.document.tokens.iter().for_each(|t| slices(text, t.span));
    scored.document.sentences.iter().for_each(|s| slices(text, s.span));
    scored.document.blocks.iter().for_each(|b| slices(text, b.span));
    for layer in LAYERS {
        let marks = scored.marks.layer(*layer);
        marks.iter().for_each(|m| slices(text, m.span));
        assert!(marks.iter().all(|m| m.value.is_finite()));
    }
    for attribution in &scored.marks.attributions {
        attribution
            .source
            .iter()
            .chain(&attribution.cue)
            .chain(&attribution.content)
            .for_each(|s| slices(text, *s));
        assert!((0.0..=1.0).contains(&attribution.confidence), "{}", attribution.confidence);
    }
    scored.marks.targets.iter().flat_map(|t| &t.mentions).for_each(|m| slices(text, m.span));
    assert_eq!(scored.vector.values().len(), width());
    assert!(scored.vector.values().iter().all(|v| v.is_finite()));
    for score in &scored.scores {
        let total: f64 = score.probabilities.iter().map(|(_, p)| p).sum();
        assert!((total - 1.0).abs() < 1e-9);
    }
}

/// Pieces that news text is made of, and what scraping does to them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "«",
        "»",
        ".",
        ",",
        "?",
        ":",
        "—",
        " ",
        " ",
        "\n",
        "\n\n",
        "(",
        ")",
        "said",
        "Dorn",
        "Ana Dorn",
        "according to",
        "the minister",
        "may",
        "reportedly",
        "READ MORE: ",
        "He",
        "she",
        "told reporters that",
        "U.S.",
        "Lt. Gen.",
        "January.but",
        "don't",
        "liar",
        "9,000",
        "ǅ",
        "İ",
        "\u{301}",
        "\u{feff}",
        "😀",
        "\0",
        "Source: X",
    ]);
    prop::collection::vec(piece, 0..120).prop_map(|p| p.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_scores_without_panic(text in any::<String>()) {
        let article = Article::from_text("any", text);
        check(&SCORER.score(&article));
    }

    #[test]
    fn news_like_text_scores_without_panic(text in pieces()) {
        let article = Article::from_text("pieces", text);
        check(&SCORER.score(&article));
    }

    #[test]
    fn the_same_text_gives_the_same_numbers(text in pieces()) {
        let article = Article::from_text("twice", text);
        prop_assert_eq!(SCORER.score(&article).vector, SCORER.score(&article).vector);
    }
}

#[test]
fn a_megabyte_of_marks_is_read() {
    for piece in ["“", "\"", "'a ", "«»", "‘’", ".", "said “", "( [ ", "a\n", "He said, \"x\" and "]
    {
        let article = Article::from_text("hostile", piece.repeat(100_000 / piece.len()));
        check(&SCORER.score(&article));
    }
}

#[test]
fn hostile_text_costs_time_linear_in_its_size() {
    for (name, make) in HOSTILE {
        let time = |n: usize| {
            let article = Article::from_text("hostile", make(n));
            let start = std::time::Instant::now();
            check(&SCORER.score(&article));
            start.elapsed().as_secs_f64()
        };
        time(2_000);
        let (small, large) = (time(50_000), time(400_000));
        // Eight times the text; a quadratic walk would take 64 times as long. The slack is for a busy machine.
        assert!(
            large < 0.3 + small * 8.0 * 4.0,
            "{name}: {small} s for 50,000 bytes, {large} s for eight times as many"
        );
    }
}

#[test]
fn contributions_add_up_to_the_logit_difference() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/0036.txt"))
        .expect("an article of the corpus");
    let article = Article::from_text("0036", text);
    let scored = SCORER.score(&article);
    assert!(!scored.scores.is_empty());
    for score in &scored.scores {
        let classifier = SCORER.models.classifier(score.axis).expect("the model that scored");
        let seen = classifier.see(&scored.document, &scored.vector);
        let logits = classifier.predict(&seen).logits;
        let of = |class: &str| logits[classifier.axis.class(class).expect("a class of the axis")];
        let sum: f64 = score.base + score.contributions.iter().map(|c| c.contribution).sum::<f64>();
        assert!((sum - (of(score.high) - of(score.low))).abs() < 1e-9, "{}", score.axis);
    }
}

#[test]
fn parts_of_words_add_up_to_their_contribution() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/0036.txt"))
        .expect("an article of the corpus");
    let article = Article::from_text("0036", text);
    let scored = SCORER.score(&article);
    let blank = Article::from_text("blank", "");
    let nothing = blank.document();
    for score in scored.scores.iter().filter(|s| !s.words.is_empty()) {
        let model = SCORER.models.classifier(score.axis).expect("the model that scored");
        let of =
            |parts: &[Part]| parts.iter().find(|p| p.0 == WORDS).expect("words are an input").2;
        let ends = (0, model.axis.classes.len() - 1);
        // Without words it is what the mean article's are taken off.
        let none = model.see(&nothing, &scored.vector);
        let none = of(&model.contributions(&none, &scored.vector, ends));
        let all =
            score.contributions.iter().find(|c| c.feature == WORDS).expect("words").contribution;
        let sum: f64 = score.words.iter().map(|w| w.part).sum();
        assert!((all - none - sum).abs() < 1e-9, "{}: {all} {none} {sum}", score.axis);
    }
    assert!(scored.scores.iter().any(|s| !s.words.is_empty()));
}

/// The folder of real articles, when it stands beside the checkout or where NEWSGAUGE_DATA says.
fn data() -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let dir = std::env::var_os("NEWSGAUGE_DATA").map_or(near, PathBuf::from);
    dir.is_dir().then_some(dir)
}

/// Class and value of an ordered axis never contradict each other: over any two articles, the higher value has no lower class.
#[test]
fn the_order_of_values_never_contradicts_the_order_of_classes() {
    let mut folder: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .expect("the corpus")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    folder.sort();
    let mut texts: Vec<String> =
        folder.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).collect();
    if let Some(data) = data() {
        for file in ["tone/hyperpartisan_dev.jsonl", "outlets/bbc_dev.jsonl", "tone/ptc_dev.jsonl"]
        {
            let lines = std::fs::read_to_string(data.join(file)).unwrap_or_default();
            let text = |line: &str| {
                let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
                row["text"].as_str().unwrap_or_default().to_owned()
            };
            texts.extend(lines.lines().map(text));
        }
    }
    let mut scores: BTreeMap<&str, Vec<(f64, usize)>> = BTreeMap::new();
    for text in texts {
        let article = Article::from_text("a", text);
        for score in SCORER.score(&article).scores {
            let axis = Axis::named(score.axis).expect("an axis");
            let class = axis.class(score.class).expect("a class of the axis");
            assert_eq!(score.value.is_some(), axis.is_ordered());
            scores.entry(axis.name).or_default().extend(score.value.map(|v| (v, class)));
        }
    }
    for (axis, mut all) in scores {
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        assert!(all.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{axis}");
        assert!(all.iter().all(|(value, _)| (0.0..=1.0).contains(value)), "{axis}");
    }
}

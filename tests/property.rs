//! Any text: no panic, every span slices the original, numbers are finite, and the same text gives the same marks.

use crate::hostile::HOSTILE;
use newsgauge::article::Article;
use newsgauge::feature::width;
use newsgauge::mark::LAYERS;
use newsgauge::model::ModelSet;
use newsgauge::score::{Options, Scored, Scorer};
use newsgauge::text::Span;
use proptest::prelude::*;
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
        let logits = classifier.predict(&scored.vector).logits;
        let of = |class: &str| logits[classifier.axis.class(class).expect("a class of the axis")];
        let sum: f64 = score.base + score.contributions.iter().map(|c| c.contribution).sum::<f64>();
        assert!((sum - (of(score.high) - of(score.low))).abs() < 1e-9, "{}", score.axis);
    }
}

#[test]
fn contributions_to_a_value_add_up_to_its_logit() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/0036.txt"))
        .expect("an article of the corpus");
    let article = Article::from_text("0036", text);
    let scored = SCORER.score(&article);
    let readings: Vec<_> =
        scored.scores.iter().filter_map(|s| s.reading.as_ref().map(|r| (s, r))).collect();
    assert!(!readings.is_empty(), "tone and sourcing have values of their own");
    for (score, reading) in readings {
        let logit =
            reading.base + reading.contributions.iter().map(|c| c.contribution).sum::<f64>();
        assert!((1.0 / (1.0 + (-logit).exp()) - score.value).abs() < 1e-9, "{}", score.axis);
        let words = reading
            .contributions
            .iter()
            .find(|c| c.feature.starts_with("wording."))
            .expect("common words count");
        assert!(!scored.evidence(words.feature).is_empty());
    }
}

//! A text from Document to JSON.
#![no_main]

use newsgauge::article::Article;
use newsgauge::model::ModelSet;
use newsgauge::report::{Show, json};
use newsgauge::score::{Options, Scorer};
use std::sync::LazyLock;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| {
    let models = ModelSet::builtin().expect("built-in models fit");
    Scorer::new(models, Options { min_words: 0, ..Options::default() }).expect("lexicons hold")
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    let article = Article::from_text("fuzz", text);
    let show = Show { marks: true, features: true, text: true, ..Show::default() };
    json::article(&SCORER.score(&article), show).expect("serialises");
});

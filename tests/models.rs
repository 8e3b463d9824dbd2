//! The models that are compiled in fit the program, and what is no model is refused.

use newsgauge::article::Article;
use newsgauge::axis::{AXES, MOST_INPUTS, WORDS};
use newsgauge::feature::schema_hash;
use newsgauge::model::{
    BUILTIN, ModelFile, ModelSet, Payload, lexicon_fingerprint, tokenizer_fingerprint,
};
use newsgauge::score::Scorer;

fn builtin() -> Vec<ModelFile> {
    BUILTIN
        .iter()
        .map(|(name, text)| ModelFile::parse(name, text.as_bytes()).expect("a built-in model"))
        .collect()
}

#[test]
fn every_axis_has_its_model() {
    let set = ModelSet::builtin().expect("the built-in models fit");
    for axis in AXES {
        assert!(set.classifier(axis.name).is_some(), "{} has no model", axis.name);
    }
}

#[test]
fn no_committed_model_is_stale() {
    for model in builtin() {
        assert_eq!(model.tokenizer, tokenizer_fingerprint(), "{}: retrain", model.id);
        if matches!(model.payload, Payload::Classifier(_)) {
            assert_eq!(model.schema, schema_hash(), "{}: retrain", model.id);
            assert_eq!(model.lexicons, lexicon_fingerprint(), "{}: retrain", model.id);
        }
    }
}

#[test]
fn committed_models_say_where_they_come_from() {
    for model in builtin() {
        assert!(
            !model.provenance.data.is_empty() && !model.provenance.command.is_empty(),
            "{}",
            model.id
        );
        let only_measured = |line: &String| {
            !(line.contains("BABE") || line.contains("PTC")) || line.contains("never fitted")
        };
        assert!(
            model.provenance.data.iter().all(only_measured),
            "{}: fitted on a set that may only measure",
            model.id
        );
    }
}

#[test]
fn written_models_read_back_to_the_same_bytes() {
    for ((name, text), model) in BUILTIN.iter().zip(builtin()) {
        assert_eq!(model.to_json().expect("JSON"), *text, "{name}");
    }
}

#[test]
fn hostile_files_are_refused() {
    let (_, good) = BUILTIN
        .iter()
        .find(|(_, t)| t.contains("\"classifier\""))
        .expect("a classifier is built in");
    let mutations: [(&str, &str); 6] = [
        ("\"version\": 1", "\"version\": 99"),
        ("\"format\": \"newsgauge-model\"", "\"format\": \"pickle\""),
        ("\"temperature\": ", "\"temperature\": 1e999, \"x\": "),
        ("\"mean\": [", "\"mean\": [1.0, "),
        ("\"scale\": [", "\"scale\": [-1.0, "),
        ("\"features\": [", "\"features\": [\"no.such_feature\", "),
    ];
    for (from, to) in mutations {
        assert!(good.contains(from), "{from}");
        let bad = good.replacen(from, to, 1);
        let refused = match ModelFile::parse("bad.json", bad.as_bytes()) {
            Err(_) => true,
            Ok(file) => ModelSet::default().add("bad.json", file).is_err(),
        };
        assert!(refused, "{to}");
    }
    for bytes in [&b""[..], b"{}", b"[1,2]", b"\xff\xfe\x00", &b"{".repeat(100_000)] {
        assert!(ModelFile::parse("bad.json", bytes).is_err());
    }
}

#[test]
fn the_outlet_changes_no_score() {
    let scorer = Scorer::builtin().expect("built-in models fit");
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/0036.txt"))
        .expect("an article of the corpus");
    let plain = Article::from_text("a", text.clone());
    let mut named = Article::from_text("b", text);
    named.outlet = Some("GlobeMix".to_owned());
    named.url = Some("https://globemix.example/news".to_owned());
    named.byline = Some("A Person".to_owned());
    assert_eq!(scorer.score(&plain).vector, scorer.score(&named).vector);
}

/// Outlets that name themselves in their texts must not be known by it: no name has a weight among the common words.
#[test]
fn names_of_outlets_change_no_common_word() {
    let scorer = Scorer::builtin().expect("built-in models fit");
    let text = |name: &str| {
        format!(
            "{name} has learned that the council will close the bridge. The mayor told {name} on Monday that the work would take a year. \
             “We have no choice,” he said in an interview with {name}. Critics say the plan is a disgrace."
        )
    };
    let words = |name: &str| {
        let article = Article::from_text("a", text(name));
        let document = article.document();
        let vector = scorer.score(&article).vector;
        ["partisanship", "reliability"].map(|axis| {
            let model = scorer.models.classifier(axis).expect("a model");
            let parts = model.contributions(&model.see(&document, &vector), &vector, (0, 1));
            parts.iter().find(|(input, ..)| *input == WORDS).expect("words are an input").1
        })
    };
    let plain = words("Norwire");
    assert!(plain.iter().all(|v| *v != 0.0));
    for name in [
        "Breitbart",
        "Reuters",
        "BBC",
        "Fox News",
        "CNN",
        "The Guardian",
        "RT",
        "The New York Times",
        "Time",
        "Reason",
    ] {
        assert_eq!(words(name), plain, "{name}");
    }
}

#[test]
fn every_common_word_is_no_name() {
    let mut with_words = 0;
    for file in builtin() {
        let Payload::Classifier(model) = &file.payload else { continue };
        let Some(words) = &model.words else { continue };
        with_words += 1;
        for form in words.0.keys() {
            assert_eq!(*form, form.to_lowercase());
            assert!(
                !["breitbart", "reuters", "cnn", "nbc", "msnbc", "npr", "huffpost", "foxnews"]
                    .contains(&form.as_str()),
                "{form}"
            );
        }
    }
    assert_eq!(with_words, AXES.iter().filter(|a| a.reads_words()).count());
}

#[test]
fn declared_directions_hold_in_every_committed_model() {
    for axis in AXES.iter().filter(|a| a.is_ordered()) {
        let file = builtin().into_iter().find(|f| f.axis == axis.name).expect("a model");
        let Payload::Classifier(model) = &file.payload else { panic!("no model of an axis") };
        assert!(model.features.len() <= MOST_INPUTS, "{}", axis.name);
        let mut some = false;
        for (input, weight) in model.features.iter().zip(&model.weights[0]) {
            let direction = axis.direction(input).expect("an input of the axis");
            assert!(direction.allows(*weight), "{}: {input} {weight}", axis.name);
            some |= *weight != 0.0;
        }
        assert!(some, "{}: every weight is zero", axis.name);
    }
}

#[test]
fn a_weight_against_its_direction_is_refused() {
    let mut file = builtin().into_iter().find(|f| f.axis == "tone").expect("a model");
    let Payload::Classifier(model) = &mut file.payload else { panic!("no model of an axis") };
    let at = model.features.iter().position(|f| f == "tone.name_calling_rate").expect("an input");
    model.weights[0][at] = -0.1;
    let error = ModelSet::default().add("tone.json", file).expect_err("refused").to_string();
    assert!(
        error.contains("tone.name_calling_rate pushes against its declared direction"),
        "{error}"
    );
}

#[test]
fn a_text_unlike_news_is_told() {
    let scorer = Scorer::builtin().expect("built-in models fit");
    let verse = "O!!! RISE, RISE, my heart! — Who sings? You! We! (Who? — I!)\n\n".repeat(40);
    let article = Article::from_text("verse", verse);
    let warnings = scorer.score(&article).marks.warnings;
    assert!(warnings.iter().any(|w| w.starts_with("unlike the news articles")), "{warnings:?}");
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/0003.txt"))
        .expect("a wire report of the corpus");
    let article = Article::from_text("0003", text);
    assert!(scorer.score(&article).marks.warnings.iter().all(|w| !w.starts_with("unlike")));
}

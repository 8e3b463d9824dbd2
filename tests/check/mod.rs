//! The editor's check: planted faults are found, clean articles are left alone, and `docs/check.md` is what the kinds say.
#![allow(clippy::print_stdout)] // The figures are what the test is for.

use newsgauge::article::Article;
use newsgauge::check::{Checker, Ignores, KINDS, Settings, markdown};
use newsgauge::score::Scorer;
use serde::Deserialize;
use std::path::Path;

/// Least share of planted faults that must be found.
const FOUND: f64 = 0.8;

#[derive(Deserialize)]
struct File {
    article: Vec<Planted>,
}

#[derive(Deserialize)]
struct Planted {
    headline: String,
    text: String,
}

/// A text without its marks, and where each fault stands.
fn unplant(text: &str) -> (String, Vec<(String, std::ops::Range<usize>)>) {
    let (mut out, mut faults, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, behind)) = rest.split_once("[[") {
        out.push_str(before);
        let (mark, after) = behind.split_once("]]").expect("a mark ends");
        let (kind, words) = mark.split_once(": ").expect("a mark names its kind");
        faults.push((kind.to_owned(), out.len()..out.len() + words.len()));
        out.push_str(words);
        rest = after;
    }
    out.push_str(rest);
    (out, faults)
}

/// For each kind: planted, found; and findings that were not planted.
fn measure() -> (Vec<(&'static str, usize, usize)>, Vec<String>) {
    let file: File = toml::from_str(include_str!("planted.toml")).expect("articles");
    let scorer = Scorer::builtin().expect("models");
    let checker = Checker::new(Settings::default()).expect("lists");
    let mut figures: Vec<_> = KINDS.iter().map(|k| (k.name, 0, 0)).collect();
    let mut others = Vec::new();
    for planted in file.article {
        let (headline, mut faults) = unplant(&planted.headline);
        let headlines = faults.len();
        let (text, in_text) = unplant(planted.text.trim());
        faults.extend(in_text);
        let article =
            Article { title: Some(headline.clone()), ..Article::from_text("planted", &text) };
        let findings = checker.check(&scorer.score(&article), &Ignores::default());
        let mut used = vec![false; findings.len()];
        for (at, (kind, range)) in faults.iter().enumerate() {
            let hit = findings.iter().position(|f| {
                let there = match f.span {
                    None => at < headlines,
                    Some(s) => at >= headlines && s.from() < range.end && range.start < s.to(),
                };
                there && f.kind.name == kind
            });
            let figure = figures.iter_mut().find(|f| f.0 == kind).expect("a kind");
            figure.1 += 1;
            match hit {
                Some(hit) => {
                    figure.2 += 1;
                    used[hit] = true;
                }
                None => println!("missed: {kind} in {headline:?}"),
            }
        }
        let more = findings.iter().zip(used).filter(|(_, used)| !used);
        others.extend(more.map(|(f, _)| {
            format!("{headline}: {}: {} (planted: {})", f.kind.name, f.message, faults.len())
        }));
    }
    (figures, others)
}

#[test]
fn planted_faults_are_found_and_clean_articles_left_alone() {
    let (figures, others) = measure();
    for (kind, planted, found) in &figures {
        println!("{kind:24} {found:2} of {planted:2}");
    }
    for other in &others {
        println!("not planted: {other}");
    }
    let (planted, found) = figures.iter().fold((0, 0), |s, f| (s.0 + f.1, s.1 + f.2));
    println!("{found} of {planted}, {} not planted", others.len());
    assert!(planted >= 60, "{planted}");
    assert!(found as f64 >= FOUND * planted as f64, "{found} of {planted}");
    assert!(others.len() * 20 <= planted, "{others:#?}");
    assert!(!others.iter().any(|o| o.ends_with("(planted: 0)")), "{others:#?}");
}

#[test]
fn the_documentation_is_what_the_kinds_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let fresh = markdown(&measure().0);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("docs can be written");
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stands == fresh, "docs/check.md is stale: run `UPDATE=1 cargo test --test all check`");
}

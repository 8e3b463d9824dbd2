//! Labels stand where they say, and only known classes occur.

use newsgauge::axis::{AXES, Judges};
use newsgauge::mark::{SOURCE_CLASSES, STANCES};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Row = BTreeMap<String, String>;

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("labels").join(name);
    let mut reader = csv::Reader::from_path(path).expect("the labels are there");
    reader.deserialize().map(|row| row.expect("a row of the labels")).collect()
}

fn text(article: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(format!("{article}.txt"));
    std::fs::read_to_string(path).expect("a labelled article of the corpus")
}

/// Checks rows of `article,axis,first,second,label`; gives what was labelled.
fn classified(rows: &[Row], both: bool) -> BTreeSet<(String, String)> {
    let mut seen = BTreeSet::new();
    for row in rows {
        let axis = AXES.iter().find(|a| a.name == row["axis"]).expect("an axis");
        for column in ["first", "second", "label"] {
            let known = axis.class(&row[column]).is_some()
                || !both && column == "second" && row[column].is_empty();
            assert!(known, "{} {}: {}", row["article"], row["axis"], row[column]);
        }
        assert!(seen.insert((row["article"].clone(), row["axis"].clone())));
        // Classes of shares follow from ticks: equal classes may rest on different ticks, of which others were decided.
        let measured = !both && ["attribution", "hedging"].contains(&axis.name);
        if row["first"] == row["second"] && !measured {
            assert_eq!(row["label"], row["first"], "{} {}", row["article"], row["axis"]);
        }
    }
    seen
}

#[test]
fn every_article_has_every_axis_twice_and_decided() {
    let all = rows("articles.csv");
    let seen = classified(&all, true);
    let articles: BTreeSet<_> = seen.iter().map(|(a, _)| a.clone()).collect();
    assert!(articles.len() >= 150);
    for article in &articles {
        // Satire was written for its genre; what else it would be is a matter of taste.
        let satire = all
            .iter()
            .any(|r| r["article"] == *article && r["axis"] == "genre" && r["label"] == "satire");
        let read: Vec<_> = AXES.iter().filter(|a| a.judges == Judges::Readers).collect();
        let of =
            read.iter().filter(|a| seen.contains(&(article.clone(), a.name.to_owned()))).count();
        assert_eq!(of, if satire { 1 } else { read.len() }, "{article}");
    }
}

/// Files of what readers said of real articles, with the columns that name something.
const REAL: [(&str, &[&str]); 5] = [
    ("real.csv", &[]),
    ("real_sentences.csv", &[]),
    ("real_targets.csv", &["target"]),
    ("real_mentions.csv", &["target"]),
    ("real_attributions.csv", &["speakers"]),
];

#[test]
fn real_articles_are_named_by_set_and_id_and_judged_by_known_classes() {
    let seen = classified(&rows("real.csv"), false);
    for (article, _) in &seen {
        assert!(
            article.split_once(':').is_some_and(|(set, id)| set.contains('/') && !id.is_empty()),
            "{article}"
        );
    }
    for axis in ["tone", "attribution", "hedging", "sourcing"] {
        assert!(seen.iter().filter(|(_, of)| of == axis).count() >= 400, "{axis}");
    }
    let roles = ["", "blamed", "victim", "praised", "plain"];
    for row in rows("real_targets.csv") {
        assert!(STANCES.contains(&row["stance"].as_str()) && !row["target"].is_empty(), "{row:?}");
        assert!(roles.contains(&row["role"].as_str()), "{row:?}");
    }
    for row in rows("real_mentions.csv") {
        assert!(roles[1..].contains(&row["role"].as_str()), "{row:?}");
        assert_eq!(row["by"].is_empty(), row["role"] == "plain", "{row:?}");
    }
    let acts = ["speech", "thought", "will", "finding"];
    for row in rows("real_sentences.csv") {
        let act = row["act"].strip_suffix(" part").unwrap_or(&row["act"]);
        assert!(act.is_empty() || acts.contains(&act), "{row:?}");
        assert_eq!(row["loaded"] == "1", !row["words"].is_empty(), "{row:?}");
    }
    for row in rows("real_attributions.csv") {
        assert!(acts.contains(&row["act"].as_str()) && !row["content"].is_empty(), "{row:?}");
    }
}

#[test]
fn labels_of_real_articles_hold_no_run_of_eight_words() {
    for (file, names) in REAL {
        let all = rows(file);
        assert!(all.len() >= 100, "{file} has {} rows", all.len());
        for row in &all {
            for (column, cell) in row {
                // Ids, classes and offsets are single words; names are the only words of an article.
                let most = if names.contains(&column.as_str()) { 7 } else { 2 };
                for name in cell.split("; ") {
                    assert!(name.split_whitespace().count() <= most, "{file} {column}: {cell}");
                }
            }
        }
    }
}

#[test]
fn sentences_slice_their_articles() {
    let rows = rows("sentences.csv");
    assert!(rows.len() >= 1500);
    for row in &rows {
        let (start, end): (usize, usize) =
            (row["start"].parse().expect("a number"), row["end"].parse().expect("a number"));
        assert_eq!(
            text(&row["article"]).get(start..end),
            Some(row["text"].as_str()),
            "{} {start}",
            row["article"]
        );
        for axis in ["loaded", "hedged"] {
            assert!(matches!(row[axis].as_str(), "0" | "1"));
        }
    }
}

#[test]
fn attributions_slice_their_articles() {
    let rows = rows("attributions.csv");
    let articles: BTreeSet<_> = rows.iter().map(|r| r["article"].clone()).collect();
    assert!(articles.len() >= 40, "{} articles", articles.len());
    for row in &rows {
        let text = text(&row["article"]);
        for part in ["source", "cue", "content"] {
            let spans = &row[&format!("{part}_spans")];
            let pieces: Vec<&str> =
                spans.split(';').filter(|s| !s.is_empty()).map(|s| slice(&text, s)).collect();
            assert_eq!(pieces.join(" ¦ "), row[part], "{} {part} {spans}", row["article"]);
        }
        assert!(
            SOURCE_CLASSES.iter().any(|(_, name)| *name == row["source_class"]),
            "{}",
            row["source_class"]
        );
        assert!(matches!(row["kind"].as_str(), "direct" | "mixed" | "indirect"), "{}", row["kind"]);
    }
}

fn slice<'t>(text: &'t str, span: &str) -> &'t str {
    let (start, end) = span.split_once('-').expect("start-end");
    text.get(start.parse().expect("a number")..end.parse().expect("a number"))
        .expect("a slice of the article")
}

#[test]
fn stance_targets_stand_in_their_articles() {
    let rows = rows("stance.csv");
    let articles: BTreeSet<_> = rows.iter().map(|r| r["article"].clone()).collect();
    assert!(articles.len() >= 150);
    for row in &rows {
        let plain = text(&row["article"]).replace('\n', " ");
        assert!(plain.contains(&row["target"]), "{}: {}", row["article"], row["target"]);
        assert!(STANCES.contains(&row["label"].as_str()));
    }
}

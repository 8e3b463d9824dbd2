//! Comparing articles, measured on the corpus, whose manifest says which articles are of one story and which copy another.

use newsgauge::article::Article;
use newsgauge::score::{Options, Scorer};
use newsgauge::story::{Item, Story};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The corpus, compared.
struct Compared {
    items: Vec<Item>,
    /// Which story each article tells.
    stories: Vec<String>,
    /// Pairs of which one copies the other.
    copies: BTreeSet<(usize, usize)>,
    story: Story,
}

fn compared() -> Compared {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut reader = csv::Reader::from_path(root.join("MANIFEST.csv")).expect("the manifest");
    let rows: Vec<BTreeMap<String, String>> =
        reader.deserialize().map(|row| row.expect("a row")).collect();
    let mut scorer = Scorer::builtin().expect("the built-in models hold");
    scorer.options = Options { min_words: 0, ..Options::default() };
    let item = |row: &BTreeMap<String, String>| {
        let text =
            std::fs::read_to_string(root.join(format!("{}.txt", row["id"]))).expect("an article");
        let given = |column: &str| Some(row[column].clone());
        Item::of(&scorer.score(&Article {
            outlet: given("outlet"),
            date: given("date"),
            ..Article::from_text(&row["id"], text)
        }))
    };
    let items: Vec<Item> = rows.iter().map(item).collect();
    let place: BTreeMap<&str, usize> =
        rows.iter().enumerate().map(|(at, row)| (row["id"].as_str(), at)).collect();
    let copies = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((at, *place.get(row["copy_of"].as_str())?)));
    let copies = copies.map(|(a, b)| (a.min(b), a.max(b))).collect();
    let stories = rows.iter().map(|row| row["story"].clone()).collect();
    let story = Story::of(&items);
    Compared { items, stories, copies, story }
}

#[test]
fn copies_of_the_corpus_are_found_and_claims_stay_within_a_story() {
    let Compared { items, stories, copies, story } = compared();
    let mut found = BTreeSet::new();
    for group in &story.copies {
        for (at, a) in group.articles.iter().enumerate() {
            found.extend(
                group.articles[at + 1..]
                    .iter()
                    .map(|b| (a.article.min(b.article), a.article.max(b.article))),
            );
        }
    }
    let right = found.intersection(&copies).count();
    assert!(right * 10 >= copies.len() * 9, "{right} of {} copies found", copies.len());
    assert!(
        right * 10 >= found.len() * 9,
        "{right} of {} pairs told as copies are copies",
        found.len()
    );
    let across = |c: &&newsgauge::story::Claim| {
        c.occurrences.iter().map(|o| &stories[o.article]).collect::<BTreeSet<_>>().len() > 1
    };
    let astray = story.claims.iter().filter(across).count();
    assert!(story.claims.len() >= 60, "{} claims", story.claims.len());
    assert!(
        astray * 33 <= story.claims.len(),
        "{astray} of {} claims reach over stories",
        story.claims.len()
    );
    assert!(story.claims.iter().all(|c| c.independent <= c.outlets
        && c.occurrences.iter().all(|o| o.statement < items[o.article].statements.len())));
}

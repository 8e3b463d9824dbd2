//! The corpus is what its manifest says, and no two articles share long runs of words by accident.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn manifest() -> Vec<BTreeMap<String, String>> {
    let mut reader =
        csv::Reader::from_path(root().join("MANIFEST.csv")).expect("the manifest is there");
    reader.deserialize().map(|row| row.expect("a row of the manifest")).collect()
}

fn text(id: &str) -> String {
    std::fs::read_to_string(root().join(format!("{id}.txt"))).expect("an article of the manifest")
}

#[test]
fn the_manifest_names_every_article_with_its_hash() {
    let rows = manifest();
    assert!(rows.len() >= 150, "{} articles", rows.len());
    for row in &rows {
        let hash: String =
            Sha256::digest(text(&row["id"])).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(
            hash, row["sha256"],
            "{} has changed: put the new hash into the manifest",
            row["id"]
        );
    }
    let files = std::fs::read_dir(root())
        .expect("corpus")
        .filter(|e| e.as_ref().is_ok_and(|e| e.path().extension().is_some_and(|x| x == "txt")))
        .count();
    assert_eq!(files, rows.len());
}

#[test]
fn stories_registers_and_noise_are_as_broad_as_the_guide_says() {
    let rows = manifest();
    let distinct = |key: &str| rows.iter().map(|r| r[key].clone()).collect::<BTreeSet<_>>();
    assert!(distinct("story").len() >= 20);
    assert!(distinct("register").len() >= 12);
    let noisy = rows.iter().filter(|r| !r["noise"].is_empty()).count();
    assert!(noisy * 3 >= rows.len() && noisy * 2 <= rows.len(), "{noisy} with noise");
    let kinds: BTreeSet<String> = rows
        .iter()
        .flat_map(|r| {
            r["noise"].split(';').filter(|n| !n.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(kinds.len() >= 14, "{kinds:?}");
    for row in &rows {
        let words = text(&row["id"]).split_whitespace().count();
        assert!((150..=750).contains(&words), "{} has {words} words, noise included", row["id"]);
    }
}

/// Words of a text, each with whether it stands between quotation marks of its line (as far as marks pair up).
fn words(text: &str) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    for line in text.lines() {
        let mut inside = false;
        for chunk in line.split_inclusive(|c: char| c.is_whitespace() || "“”\"«»".contains(c))
        {
            let word: String =
                chunk.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            let single = chunk.starts_with(['‘', '\'']);
            if single {
                inside = true;
            }
            if !word.is_empty() {
                out.push((word, inside));
            }
            let tail = chunk.trim_end();
            if tail.ends_with(['“', '«']) {
                inside = true;
            } else if tail.ends_with(['”', '»']) || (single_closes(tail) && inside) {
                inside = false;
            } else if tail.ends_with('"') {
                inside = !inside;
            }
        }
    }
    out
}

fn single_closes(chunk: &str) -> bool {
    let bare = chunk.trim_end_matches([',', '.', ';', ':']);
    bare.ends_with('’') || bare.ends_with('\'')
}

/// Words in a run that two articles may share by chance.
const RUN: usize = 12;

#[test]
fn articles_share_no_long_runs_but_quotations_and_wire_copies() {
    let rows = manifest();
    let copies: BTreeSet<(String, String)> = rows
        .iter()
        .filter(|r| !r["copy_of"].is_empty())
        .map(|r| (r["id"].clone(), r["copy_of"].clone()))
        .collect();
    let story: BTreeMap<String, String> =
        rows.iter().map(|r| (r["id"].clone(), r["story"].clone())).collect();
    let mut seen: BTreeMap<Vec<String>, Vec<(String, bool)>> = BTreeMap::new();
    for row in &rows {
        let words = words(&text(&row["id"]));
        for run in words.windows(RUN) {
            let quoted = run.iter().filter(|(_, q)| *q).count() * 2 >= RUN;
            let key = run.iter().map(|(w, _)| w.clone()).collect();
            seen.entry(key).or_default().push((row["id"].clone(), quoted));
        }
    }
    let mut shared = 0;
    for (run, places) in &seen {
        for (index, (a, a_quoted)) in places.iter().enumerate() {
            for (b, b_quoted) in &places[index + 1..] {
                if a == b {
                    continue; // a headline repeated is noise on purpose
                }
                shared += 1;
                let copy = copies.contains(&(a.clone(), b.clone()))
                    || copies.contains(&(b.clone(), a.clone()));
                let run = run.join(" ");
                assert_eq!(story[a], story[b], "{a} and {b}, of different stories: {run}");
                assert!(copy || *a_quoted || *b_quoted, "{a} and {b}: {run}");
            }
        }
    }
    assert!(shared > 0, "quotations and wire copies are shared on purpose; the test must see them");
}

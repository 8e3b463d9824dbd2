//! The sets on which stance and role are fitted.

use crate::article::Article;
use crate::learn::dataset::{Corpus, find_to_fit, jsonl, sha256};
use crate::learn::error::LearnError;
use crate::learn::labelled::{Part, labelled_articles};
use crate::learn::labels::Labels;
use crate::learn::spans::error::SpanError;
use crate::learn::ticked::{TargetLabel, Ticks};
use crate::mark::{ROLES, STANCES};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A set: its name, and what a model's card says of it.
pub(super) struct Set {
    pub(super) name: &'static str,
    pub(super) provenance: &'static str,
}

/// Every set. Rows name it by its place.
pub(super) const SETS: [Set; 4] = [
    Set {
        name: "real",
        provenance: "labels/real_targets.csv on tone/hyperpartisan_dev.jsonl (CC BY 4.0) and outlets/articles_dev.jsonl.gz (Apache-2.0), without frozen outlets",
    },
    Set { name: "corpus", provenance: "labels/stance.csv and corpus/ (MIT OR Apache-2.0)" },
    Set {
        name: "persent",
        provenance: "PerSenT, dev part (Bastan et al. 2020, CC BY 4.0): stance/persent_dev.jsonl",
    },
    Set {
        name: "roles_climate",
        provenance: "roles in climate articles (Frermann et al. 2023, MIT): stance/roles_climate_train.jsonl",
    },
];
const REAL: usize = 0;
const CORPUS: usize = 1;
const PERSENT: usize = 2;
const ROLES_CLIMATE: usize = 3;

/// A target with what it was said to be: places in [`STANCES`] and [`ROLES`].
pub(super) struct Target {
    pub(super) name: String,
    pub(super) stance: Option<usize>,
    pub(super) role: Option<usize>,
}

/// An article with its labelled targets.
pub(super) struct Labelled {
    pub(super) set: usize,
    /// Held out together.
    pub(super) group: String,
    pub(super) article: Article,
    pub(super) targets: Vec<Target>,
}

/// All of them.
pub(super) struct Read {
    pub(super) articles: Vec<Labelled>,
    /// Over ids, targets, labels and texts.
    pub(super) sha256: String,
}

#[derive(Deserialize)]
struct PerSent {
    id: String,
    title: Option<String>,
    text: String,
    target: String,
    stance: String,
}

#[derive(Deserialize)]
struct Climate {
    id: String,
    text: String,
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    name: String,
    role: String,
}

/// Reads every set; the own corpus and the labels must be there, the others where the data folder has them.
pub(super) fn read(labels: &Path, corpus: &Path, data: &Path) -> Result<Read, SpanError> {
    let told = |e: LearnError| SpanError::Data(e.to_string());
    let mut articles = real(labels, data).map_err(told)?;
    let corpus = Corpus::read(corpus).map_err(told)?;
    let own = Labels::read(labels, &corpus).map_err(told)?;
    let mut targets: BTreeMap<usize, Vec<Target>> = BTreeMap::new();
    for label in &own.stance {
        let target = Target { name: label.of.clone(), stance: Some(label.label), role: None };
        targets.entry(label.article).or_default().push(target);
    }
    articles.extend(targets.into_iter().map(|(place, targets)| {
        let article = &corpus.articles[place];
        Labelled { set: CORPUS, group: article.story.clone(), article: article.article(), targets }
    }));
    if let Some(path) = find_to_fit(data, "stance/persent", "jsonl") {
        for row in jsonl::<PerSent>(&path).map_err(told)? {
            let stance = STANCES.iter().position(|s| *s == row.stance);
            let article = Article { title: row.title, ..Article::from_text(&row.id, &row.text) };
            let targets = vec![Target { name: row.target, stance, role: None }];
            articles.push(Labelled { set: PERSENT, group: row.id, article, targets });
        }
    }
    if let Some(path) = find_to_fit(data, "stance/roles_climate_train", "jsonl") {
        for row in jsonl::<Climate>(&path).map_err(told)? {
            let targets = row.entities.into_iter().map(|entity| {
                let (stance, role) = match entity.role.as_str() {
                    "antagonist" => ("against", "blamed"),
                    "protagonist" => ("for", "praised"),
                    _ => ("neutral", "victim"),
                };
                let place = |names: &[&str], name| names.iter().position(|n| *n == name);
                let (stance, role) = (place(&STANCES, stance), place(&ROLES, role));
                Target { name: entity.name, stance, role }
            });
            let targets = targets.collect();
            let article = Article::from_text(&row.id, &row.text);
            articles.push(Labelled { set: ROLES_CLIMATE, group: row.id, article, targets });
        }
    }
    let hashed: Vec<String> = articles
        .iter()
        .flat_map(|a| {
            let told = a.targets.iter().map(|t| format!("{} {:?} {:?}", t.name, t.stance, t.role));
            [a.article.id.clone(), a.article.text.clone()].into_iter().chain(told)
        })
        .collect();
    let sha256 = sha256(hashed.iter().map(String::as_bytes));
    Ok(Read { articles, sha256 })
}

fn real(labels: &Path, data: &Path) -> Result<Vec<Labelled>, LearnError> {
    let corpus = labelled_articles(labels, data, &[Part::Fit])?;
    let ticks = Ticks::read(labels, &corpus)?;
    let place = |names: &[&str], name: &str| names.iter().position(|n| *n == name);
    let mut out: Vec<Labelled> = Vec::new();
    for (index, article) in corpus.articles.iter().enumerate() {
        let of = |t: &&TargetLabel| t.article == index;
        let targets: Vec<Target> = ticks
            .targets
            .iter()
            .filter(of)
            .map(|t| Target {
                name: t.target.clone(),
                stance: place(&STANCES, &t.stance.label),
                role: place(&ROLES, &t.role.label),
            })
            .collect();
        if !targets.is_empty() {
            let group = article.outlet.clone();
            out.push(Labelled { set: REAL, group, article: article.article(), targets });
        }
    }
    Ok(out)
}

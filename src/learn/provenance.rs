//! What a model file says of where it comes from: the labels, texts and command really used.

use super::cross::OUTER;
use super::dataset::{Corpus, sha256};
use super::labelled::CLASSES;
use super::labels::Labels;
use super::material::Material;
use super::others::Others;
use super::recipe::INNER;
use super::reference::{HYPERPARTISAN, OUTLETS};
use super::train::TrainOptions;
use crate::axis::Axis;
use crate::model::Provenance;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The folders of this project, with their licence.
const OWN: [&str; 2] = ["labels", "corpus"];

fn folders(options: &TrainOptions) -> String {
    let [labels, corpus] = [&options.labels, &options.corpus].map(|p| p.display().to_string());
    let ours = [labels.as_str(), corpus.as_str()] == OWN;
    let licence =
        if ours { " (MIT OR Apache-2.0)" } else { " (of whoever trained; licence not known)" };
    format!("{labels}/articles.csv and {corpus}/{licence}")
}

/// Of an axis that readers judged.
pub(super) fn of_readers(
    axis: &Axis,
    material: &Material<'_>,
    options: &TrainOptions,
) -> Provenance {
    let mut counts: BTreeMap<String, usize> =
        axis.classes.iter().map(|c| ((*c).to_owned(), 0)).collect();
    let mut hashed: Vec<&[u8]> = Vec::new();
    let own = (material.corpus, material.labels);
    let real = material.real.map(|r| (&r.corpus, &r.labels));
    let (mut stories, mut of) = (BTreeSet::new(), Vec::new());
    let sets: Vec<(&Corpus, &Labels)> = std::iter::once(own).chain(real).collect();
    for (corpus, labels) in sets {
        let rows = labels.of(axis);
        for row in &rows {
            let (class, article) = (axis.classes[row.label], &corpus.articles[row.article]);
            *counts.entry(class.to_owned()).or_default() += 1;
            stories.extend((!article.story.is_empty()).then_some(article.story.as_str()));
            hashed.extend([
                article.id.as_bytes(),
                axis.name.as_bytes(),
                class.as_bytes(),
                article.text.as_bytes(),
            ]);
        }
        of.push(rows.len());
    }
    let mut data =
        vec![format!("{}: {} articles of {} stories", folders(options), of[0], stories.len())];
    let mut split = format!(
        "{OUTER} folds by story, the strength of the penalty chosen by {INNER} inner folds"
    );
    if let Some(n) = of.get(1).filter(|n| **n > 0) {
        let labels = shown(&options.labels);
        data.push(format!("{labels}/{CLASSES} on {HYPERPARTISAN} (CC BY 4.0) and {OUTLETS} (Apache-2.0): {n} articles; an article of the own corpus counts {} of one", axis.own));
        split.push_str("; real articles by outlet");
    }
    Provenance {
        data,
        data_sha256: sha256(hashed),
        rows: counts,
        split,
        seed: options.seed,
        command: options.command.clone(),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Of an axis that others judged.
pub(super) fn of_others(axis: &Axis, others: &Others, options: &TrainOptions) -> Provenance {
    let reference = &others.reference;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let judged: Vec<String> = reference.targets.iter().map(f64::to_string).collect();
    let mut hashed: Vec<&[u8]> = Vec::new();
    for ((article, class), target) in reference.articles.iter().zip(&reference.classes).zip(&judged)
    {
        *counts.entry(axis.classes[*class].to_owned()).or_default() += 1;
        hashed.extend([article.id.as_bytes(), target.as_bytes(), article.text.as_bytes()]);
    }
    Provenance {
        data: vec![reference.line.clone()],
        data_sha256: sha256(hashed),
        rows: counts,
        split: format!("{OUTER} folds by outlet"),
        seed: options.seed,
        command: options.command.clone(),
    }
}

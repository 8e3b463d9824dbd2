//! Classes of articles on every axis.

use super::{FIGURES, Judged, Rows, groups, outlets};
use crate::axis::{AXES, Axis};
use crate::learn::parallel;
use crate::score::Scorer;
use crate::table::Table;
use std::collections::BTreeMap;

/// What a classifier said of labelled articles whose outlets were held out when it was fitted.
pub(crate) struct Held {
    /// Name of the axis.
    pub(crate) axis: &'static str,
    /// By article: the class said, and its probability.
    pub(crate) said: BTreeMap<String, (usize, f64)>,
}

/// A row an axis and part.
pub(super) fn table(scorer: &Scorer, parts: &[Judged], held: &[Held]) -> Table {
    let header: Vec<&str> =
        ["axis", "part"].into_iter().chain(FIGURES).chain(["F1 by class"]).collect();
    let mut table = Table::new("Real articles, labels by reading: classes", &header);
    let said: Vec<Vec<BTreeMap<&str, (usize, f64)>>> =
        parts.iter().map(|p| scores(scorer, p)).collect();
    for axis in AXES {
        for (name, of) in groups(parts) {
            let held = held.iter().find(|h| h.axis == axis.name).filter(|_| name == "fit");
            if name == "fit" && held.is_none() {
                continue;
            }
            let places =
                parts.iter().enumerate().filter(|(_, p)| of.iter().any(|o| o.part == p.part));
            let rows = rows(axis, places.map(|(at, p)| (p, said[at].as_slice())), held);
            if !rows.truth.is_empty() {
                let told = [axis.name.to_owned(), name.to_owned()];
                table.row(told.into_iter().chain(rows.cells()).collect());
            }
        }
    }
    table.notes.push(
        "fit: models fitted again with outlets held out. frozen, bbc: the models in use."
            .to_owned(),
    );
    table
}

/// By article of a part and axis: the class said and its probability.
fn scores<'s>(scorer: &'s Scorer, part: &Judged) -> Vec<BTreeMap<&'s str, (usize, f64)>> {
    parallel::map(&part.labelled.corpus.articles, |article| {
        let article = article.article();
        let scored = scorer.score(&article);
        let of = |score: &crate::score::Score| {
            let class = score.probabilities.iter().position(|(name, _)| *name == score.class)?;
            Some((score.axis, (class, score.probabilities[class].1)))
        };
        scored.scores.iter().filter_map(of).collect()
    })
}

fn rows<'a, 's: 'a>(
    axis: &'static Axis,
    parts: impl Iterator<Item = (&'a Judged, &'a [BTreeMap<&'s str, (usize, f64)>])>,
    held: Option<&Held>,
) -> Rows<'static> {
    let mut rows = Rows {
        classes: axis.classes,
        ordered: axis.is_ordered(),
        truth: Vec::new(),
        said: Vec::new(),
        probability: Vec::new(),
        groups: Vec::new(),
    };
    let mut articles = Vec::new();
    for (part, scores) in parts {
        for label in part.labelled.labels.of(axis) {
            let id = &part.labelled.corpus.articles[label.article].id;
            let said = match held {
                Some(held) => held.said.get(id),
                None => scores[label.article].get(axis.name),
            };
            // An article that is not scored (too short, not English) is no error of the class.
            let Some((class, probability)) = said else { continue };
            rows.truth.push(label.label);
            rows.said.push(*class);
            rows.probability.push(*probability);
            articles.push((&part.labelled.corpus, label.article));
        }
    }
    rows.groups = outlets(articles.into_iter());
    rows
}

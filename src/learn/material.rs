//! What article-level classifiers are fitted on: the own corpus and, where their texts are there, labelled real articles.

use super::dataset::{Corpus, CorpusArticle};
use super::design::{Design, Measured, columns, measure};
use super::folds;
use super::labelled::Labelled;
use super::labels::Labels;
use super::parallel;
use crate::axis::Axis;
use crate::score::Scorer;

/// What an axis is trained on.
pub(crate) struct Material<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) labels: &'a Labels,
    pub(crate) measured: &'a [Measured],
    /// Labelled real articles, if they are there.
    pub(crate) real: Option<&'a Labelled>,
    pub(crate) scorer: &'a Scorer,
}

/// Measures every article as scoring does, in the corpus's order.
pub(crate) fn measure_corpus(scorer: &Scorer, corpus: &Corpus) -> Vec<Measured> {
    parallel::map(&corpus.articles, |a| measure(scorer, &a.article()))
}

/// How an article hangs together with others.
pub(crate) type Keys = fn(&CorpusArticle) -> Vec<String>;

/// By story, and with what it copies.
pub(crate) fn story(article: &CorpusArticle) -> Vec<String> {
    let told =
        if article.story.is_empty() { String::new() } else { format!("story {}", article.story) };
    let copied = if article.copy_of.is_empty() {
        String::new()
    } else {
        format!("article {}", article.copy_of)
    };
    vec![told, format!("article {}", article.id), copied]
}

/// By outlet; an article of none is alone.
pub(crate) fn outlet(article: &CorpusArticle) -> Vec<String> {
    vec![if article.outlet.is_empty() {
        format!("article {}", article.id)
    } else {
        format!("outlet {}", article.outlet)
    }]
}

/// Rows of an axis: the corpus grouped by story, then real articles grouped by outlet.
pub(crate) fn design(axis: &Axis, material: &Material<'_>) -> Design {
    design_of(axis, &columns(axis), material)
}

/// The same with columns (schema indices) of one's own.
pub(crate) fn design_of(axis: &Axis, columns: &[usize], material: &Material<'_>) -> Design {
    rows(axis, columns, material, story)
}

/// The same rows, those of the corpus grouped by outlet, too.
pub(crate) fn by_outlet(axis: &Axis, material: &Material<'_>) -> Design {
    rows(axis, &columns(axis), material, outlet)
}

fn rows(axis: &Axis, columns: &[usize], material: &Material<'_>, own: Keys) -> Design {
    let mut design = Design { classes: axis.classes.len(), ..Design::default() };
    let mut keys = Vec::new();
    let mut add =
        |corpus: &Corpus, labels: &Labels, measured: &[Measured], key: Keys, real: bool| {
            for row in labels.of(axis) {
                let this = &measured[row.article];
                design.x.push(columns.iter().map(|&c| this.vector.values()[c]).collect());
                design.terms.push(this.terms.clone());
                design.labels.push(row.label);
                design.weights.push(if real { axis.real } else { 1.0 });
                design.real.push(real);
                keys.push(key(&corpus.articles[row.article]));
            }
        };
    add(material.corpus, material.labels, material.measured, own, false);
    if let Some(real) = material.real {
        add(&real.corpus, &real.labels, &real.measured, outlet, true);
    }
    design.groups = folds::groups(&keys);
    if !axis.is_ordered() {
        lift_rare(&mut design);
    }
    design
}

/// Lets rows of a rare class count more: by the root of how much rarer it is than the classes are on average. Without it kinds that
/// few articles are of are never said; in full proportion they are said too often.
pub(crate) fn lift_rare(design: &mut Design) {
    let mut sums = vec![0.0; design.classes];
    for (label, weight) in design.labels.iter().zip(&design.weights) {
        sums[*label] += weight;
    }
    let average = sums.iter().sum::<f32>() / design.classes as f32;
    for (label, weight) in design.labels.iter().zip(&mut design.weights) {
        *weight *= (average / sums[*label]).sqrt();
    }
}

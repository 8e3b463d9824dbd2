//! Figures on real articles that readers labelled for this project, by part: `fit`, `frozen`, `bbc`. Nothing is fitted or chosen on
//! the last two, so that they are what counts.

mod agreement;
mod attributions;
mod classes;
mod roles;
mod sentences;
mod targets;

use super::dataset::{Corpus, CorpusArticle};
use super::error::LearnError;
use super::interval::interval;
use super::labelled::{Labelled, PARTS};
use super::metrics::{accuracy, calibration_error, f1_by_class, ratio};
use super::ticked::Ticks;
use crate::score::Scorer;
use crate::table::{self, Table, number};
use std::path::Path;

pub(crate) use classes::Held;

/// What a reader of figures by the models in use must know.
const IN_SAMPLE: &str = "All parts by the models in use: fit is in-sample where a model was fitted on labels of these articles.";

/// Labelled articles of a part, and what readers ticked in them.
struct Judged {
    part: &'static str,
    labelled: Labelled,
    ticks: Ticks,
}

/// Measures the scorer in use on the labels of real articles, part by part. `held`: what was said of the articles to fit on, with
/// their outlets held out.
///
/// # Errors
/// Faults of the labels; a data file that is there and cannot be read.
pub(crate) fn judged(
    scorer: &Scorer,
    labels: &Path,
    data: &Path,
    held: &[Held],
) -> Result<Vec<Table>, LearnError> {
    let mut parts = Vec::new();
    for (part, name) in PARTS {
        if let Some(labelled) = Labelled::read(labels, data, scorer, &[part])? {
            let ticks = Ticks::read(labels, &labelled.corpus)?;
            parts.push(Judged { part: name, labelled, ticks });
        }
    }
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let mut tables = vec![agreement::table(&parts), classes::table(scorer, &parts, held)];
    tables.push(sentences::table(scorer, &parts));
    tables.push(targets::table(scorer, &parts));
    tables.push(roles::table(scorer, &parts));
    tables.push(attributions::table(scorer, &parts));
    Ok(tables.into_iter().filter(|t| !t.rows.is_empty()).collect())
}

/// Names of what is measured on: each part, and the honest ones together.
fn groups(parts: &[Judged]) -> Vec<(&'static str, Vec<&Judged>)> {
    let of = |names: &[&str]| parts.iter().filter(|p| names.contains(&p.part)).collect::<Vec<_>>();
    let all: [(&'static str, &[&str]); 4] = [
        ("fit", &["fit"]),
        ("frozen", &["frozen"]),
        ("bbc", &["bbc"]),
        ("frozen + bbc", &["frozen", "bbc"]),
    ];
    all.iter().map(|(name, names)| (*name, of(names))).filter(|(_, p)| !p.is_empty()).collect()
}

/// Group numbers of rows for intervals: by outlet, or by article where all are of one outlet.
fn outlets<'a>(rows: impl Iterator<Item = (&'a Corpus, usize)>) -> Vec<usize> {
    let articles: Vec<_> = rows.map(|(corpus, place)| &corpus.articles[place]).collect();
    let several = articles.iter().any(|a| a.outlet != articles[0].outlet);
    let key = |article: &&CorpusArticle| {
        let outlet =
            if several && !article.outlet.is_empty() { &article.outlet } else { &article.id };
        vec![format!("group {outlet}")]
    };
    super::folds::groups(&articles.iter().map(key).collect::<Vec<_>>())
}

/// Fewer rows of a class than this are no ground for its F1.
const LEAST_OF_A_CLASS: usize = 10;

/// What was true and said of some rows.
struct Rows<'a> {
    classes: &'a [&'a str],
    ordered: bool,
    truth: Vec<usize>,
    said: Vec<usize>,
    /// Probability of what was said.
    probability: Vec<f64>,
    groups: Vec<usize>,
}

const FIGURES: [&str; 7] = [
    "rows",
    "macro-F1",
    "interval",
    "accuracy",
    "majority baseline",
    "weighted kappa",
    "calibration error",
];

impl Rows<'_> {
    /// Macro-F1 over classes with at least [`LEAST_OF_A_CLASS`] rows; over all where there is none.
    fn macro_f1(&self, places: &[usize]) -> f64 {
        let pick = |values: &[usize]| places.iter().map(|&p| values[p]).collect::<Vec<_>>();
        let (truth, said) = (pick(&self.truth), pick(&self.said));
        let counts = |k: usize| self.truth.iter().filter(|t| **t == k).count();
        let f1 = f1_by_class(&truth, &said, self.classes.len());
        let enough = f1.iter().enumerate().filter(|(k, _)| counts(*k) >= LEAST_OF_A_CLASS);
        let told: Vec<f64> = enough.filter_map(|(_, f1)| *f1).collect();
        let all: Vec<f64> = f1.iter().filter_map(|f| *f).collect();
        let of = if told.is_empty() { &all } else { &told };
        ratio(of.iter().sum(), of.len() as f64)
    }

    /// Quadratically weighted kappa (Cohen 1968), of classes in an order; none where all is one class.
    fn kappa(&self) -> Option<f64> {
        let n = self.classes.len();
        let count = |values: &[usize]| {
            (0..n).map(|k| values.iter().filter(|v| **v == k).count() as f64).collect::<Vec<_>>()
        };
        let (truth, said) = (count(&self.truth), count(&self.said));
        let distance = |a: usize, b: usize| (a as f64 - b as f64).powi(2);
        let pairs = self.truth.iter().zip(&self.said);
        let observed: f64 = pairs.map(|(&a, &b)| distance(a, b)).sum();
        let mut expected = 0.0;
        for (a, in_truth) in truth.iter().enumerate() {
            for (b, in_said) in said.iter().enumerate() {
                expected += in_truth * in_said * distance(a, b);
            }
        }
        let expected = ratio(expected, self.truth.len() as f64);
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    /// The cells of [`FIGURES`], and F1 by class.
    fn cells(&self) -> Vec<String> {
        let all: Vec<usize> = (0..self.truth.len()).collect();
        let right: Vec<(f64, bool)> = all
            .iter()
            .map(|&row| (self.probability[row], self.truth[row] == self.said[row]))
            .collect();
        let counts =
            (0..self.classes.len()).map(|k| self.truth.iter().filter(|t| **t == k).count());
        let most = counts.max().unwrap_or(0) as f64;
        let f1 = f1_by_class(&self.truth, &self.said, self.classes.len());
        let told = self
            .classes
            .iter()
            .zip(f1)
            .filter_map(|(class, f1)| Some(format!("{class} {}", number(f1?))));
        vec![
            all.len().to_string(),
            number(self.macro_f1(&all)),
            table::interval(interval(&self.groups, super::train::SEED, |rows| self.macro_f1(rows))),
            number(accuracy(&self.truth, &self.said)),
            number(ratio(most, all.len() as f64)),
            self.kappa().filter(|_| self.ordered).map(number).unwrap_or_default(),
            number(calibration_error(&right)),
            told.collect::<Vec<_>>().join(", "),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(truth: &[usize], said: &[usize]) -> Rows<'static> {
        Rows {
            classes: &["low", "middle", "high"],
            ordered: true,
            truth: truth.to_vec(),
            said: said.to_vec(),
            probability: vec![1.0; truth.len()],
            groups: (0..truth.len()).collect(),
        }
    }

    #[test]
    fn kappa_weighs_far_misses() {
        assert_eq!(rows(&[0, 1, 2], &[0, 1, 2]).kappa(), Some(1.0));
        assert_eq!(rows(&[1, 1], &[1, 1]).kappa(), None);
        assert!(rows(&[0, 0, 1, 1], &[0, 1, 0, 1]).kappa().is_some_and(|k| k.abs() < 1e-12));
        let (near, far) = (rows(&[0, 1, 2, 0], &[0, 1, 2, 1]), rows(&[0, 1, 2, 0], &[0, 1, 2, 2]));
        assert!(near.kappa() > far.kappa());
    }

    #[test]
    fn rare_classes_do_not_enter_macro_f1() {
        let mut truth = vec![0; 12];
        truth.extend([1; 10]);
        truth.push(2);
        let mut said = truth.clone();
        said[22] = 0;
        let all: Vec<usize> = (0..truth.len()).collect();
        let figure = rows(&truth, &said).macro_f1(&all);
        assert!((figure - (24.0 / 25.0 + 1.0) / 2.0).abs() < 1e-12, "{figure}");
    }
}

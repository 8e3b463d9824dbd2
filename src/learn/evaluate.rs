//! The whole account: how far annotators agree, how well labels are learnt, how well real articles are judged.

use super::ablation::ablation;
use super::cross::{HeldOut, cross_validate, figures_of};
use super::dataset::Corpus;
use super::design::Design;
use super::error::LearnError;
use super::judged::{Held, judged};
use super::labelled::{Labelled, Part};
use super::labels::{ClassLabel, Labels};
use super::material::{Material, by_outlet, design, measure_corpus};
use super::own;
use super::real::{self, Bench, Outcome, SetResult};
use super::recipe::candidates;
use super::reliability::Reliability;
use super::train::check;
use crate::axis::{AXES, Axis, Judges};
use crate::model::{ModelSet, stale};
use crate::score::{Options, Scorer};
use crate::table::{Table, interval, number};
use std::fmt::{Display, Formatter};
use std::path::PathBuf;

/// What to measure, on what.
#[derive(Clone, Debug)]
pub struct EvaluateOptions {
    /// Folder of labels.
    pub labels: PathBuf,
    /// Folder of the texts and `MANIFEST.csv`.
    pub corpus: PathBuf,
    /// Folder of real data; `None` leaves those sets out.
    pub data: Option<PathBuf>,
    /// Sets of real data to measure, by [`real::names`]; all when empty.
    pub sets: Vec<String>,
    /// Leave out the project's own labels (they are still read where a model must be fitted anew).
    pub real_only: bool,
    /// Show what each family does for each axis.
    pub ablation: bool,
    /// Seed of the folds and intervals.
    pub seed: u64,
}

/// The account, table by table.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// Own labels: agreement, cross-validated figures, span-level figures.
    pub own: Vec<Table>,
    /// Real sets, those that were not there included.
    pub real: Vec<Outcome>,
    /// What calibration plots of the own labels are drawn from.
    pub own_reliability: Vec<Reliability>,
    /// What was noticed: changed texts, stale models.
    pub warnings: Vec<String>,
}

/// Measures. The scorer is set to score texts of any length. `progress` is told what is being done.
///
/// # Errors
/// Faults of labels, corpus or data files; a fit that fails.
pub fn evaluate(
    mut scorer: Scorer,
    options: &EvaluateOptions,
    progress: &mut dyn FnMut(&str),
) -> Result<Evaluation, LearnError> {
    scorer.options = Options { min_words: 0, ..scorer.options };
    let corpus = Corpus::read(&options.corpus)?;
    let labels = Labels::read(&options.labels, &corpus)?;
    let mut evaluation = Evaluation { warnings: corpus.warnings.clone(), ..Evaluation::default() };
    evaluation.warnings.extend(scorer.models.files.iter().flat_map(stale));
    if !options.real_only {
        let fresh = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
        let measured = measure_corpus(&fresh, &corpus);
        let labelled = options
            .data
            .as_deref()
            .map(|dir| Labelled::read(&options.labels, dir, &fresh, &[Part::Fit]))
            .transpose()?
            .flatten();
        let material = Material {
            corpus: &corpus,
            labels: &labels,
            measured: &measured,
            real: labelled.as_ref(),
        };
        progress("own labels: agreement");
        evaluation.own.push(own::agreement(&labels, labelled.as_ref().map(|j| &j.labels)));
        let classes = axes(&material, options.seed, progress)?;
        evaluation.own.extend(classes.tables);
        if let Some(dir) = &options.data {
            progress("labels of real articles, part by part");
            evaluation.own.extend(judged(&scorer, &options.labels, dir, &classes.held)?);
        }
        evaluation.own_reliability.extend(classes.plots);
        if options.ablation {
            progress("own labels: families left out");
            evaluation.own.push(ablation(&material, options.seed)?);
        }
        progress("own labels: attributions, sentences, stance");
        let (table, plots) = own::spans(&scorer, &corpus, &labels);
        evaluation.own.push(table);
        evaluation.own_reliability.extend(plots);
    }
    if let Some(dir) = &options.data {
        let bench = Bench { scorer: &scorer };
        evaluation.real = real::measure(&bench, dir, &options.sets, progress)?;
    }
    Ok(evaluation)
}

/// Figures of classes, with what was held out.
struct Classes {
    tables: Vec<Table>,
    plots: Vec<Reliability>,
    held: Vec<Held>,
}

/// Classifiers fitted anew with stories and outlets held out: figures on the own corpus, and on real articles where they are there.
fn axes(
    material: &Material<'_>,
    seed: u64,
    progress: &mut dyn FnMut(&str),
) -> Result<Classes, LearnError> {
    let figures =
        ["macro-F1", "interval", "accuracy", "calibration error", "bag of words", "majority"];
    let header = |more: &[&'static str]| {
        ["axis", "articles"].iter().chain(&figures).chain(more).copied().collect::<Vec<_>>()
    };
    let mut own = Table::new(
        "Own corpus: macro-F1 of classes, whole stories held out",
        &header(&["outlets held out"]),
    );
    let mut real = Table::new(
        "Real articles, labelled for this project: macro-F1 of classes, outlets held out",
        &header(&[]),
    );
    let (mut plots, mut held) = (Vec::new(), Vec::new());
    // What cannot be fitted is told and does not keep the others from being measured.
    let mut add = |cells: Result<Cells, LearnError>, name: &str| match cells {
        Ok(cells) => {
            own.row(cells.own);
            cells.real.into_iter().for_each(|row| real.row(row));
            plots.extend(cells.plots);
            held.extend(cells.held);
        }
        Err(e) => own.notes.push(format!("{name}: {e}")),
    };
    for axis in AXES.iter().filter(|a| a.judges == Judges::Readers) {
        progress(&format!("own labels: {} cross-validated", axis.name));
        add(cross_validated(axis, material, seed), axis.name);
    }
    own.notes
        .push("The corpus is invented. The way of fitting is chosen inside each fold.".to_owned());
    match material.real {
        Some(labelled) => {
            own.notes.push("Fitted on the corpus and on labelled real articles together, as the models in use are.".to_owned());
            real.notes
                .push("Texts of others, read and labelled for this project by two language models; a third decided where they differed.".to_owned());
            real.notes.extend(labelled.corpus.warnings.clone());
            Ok(Classes { tables: vec![own, real], plots, held })
        }
        None => {
            own.notes.push(
                "Fitted on the corpus alone: the labelled real articles are not there (--data)."
                    .to_owned(),
            );
            Ok(Classes { tables: vec![own], plots, held })
        }
    }
}

/// Rows of the tables of an axis.
struct Cells {
    own: Vec<String>,
    real: Option<Vec<String>>,
    plots: Vec<Reliability>,
    /// What was said of real articles.
    held: Option<Held>,
}

fn cross_validated(axis: &Axis, material: &Material<'_>, seed: u64) -> Result<Cells, LearnError> {
    check(axis, material.labels)?;
    let design = design(axis, material);
    let held = cross_validate(&design, &candidates(axis), seed)?;
    let outlets = by_outlet(axis, material);
    let other =
        figures_of(&outlets, &cross_validate(&outlets, &candidates(axis), seed)?, false, seed)?
            .unwrap_or_default();
    let mut cells = cells(axis.name, &design, &held, seed)?;
    cells.own.push(number(other.macro_f1));
    cells.held = material.real.map(|real| {
        // Real rows stand in the order of their labels.
        let rows = design.places(true).into_iter().zip(real.labels.of(axis));
        let said = |(row, label): (usize, &ClassLabel)| {
            let class = held.said[row];
            let id = real.corpus.articles[label.article].id.clone();
            (id, (class, held.probabilities[row][class]))
        };
        Held { axis: axis.name, said: rows.map(said).collect() }
    });
    Ok(cells)
}

/// The figures of what was held out, of the own corpus and of real articles.
fn cells(name: &str, design: &Design, held: &HeldOut, seed: u64) -> Result<Cells, LearnError> {
    let mut plots = Vec::new();
    let mut row = |real: bool, set: &'static str| -> Result<Option<Vec<String>>, LearnError> {
        let Some(m) = figures_of(design, held, real, seed)? else { return Ok(None) };
        let places = design.places(real);
        let part = design.part(&places);
        plots.push(Reliability::new(
            set,
            &format!("class of {name} that is said, held out"),
            &held.part(&places).pairs(&part.labels),
        ));
        let mut cells = vec![
            name.to_owned(),
            places.len().to_string(),
            number(m.macro_f1),
            interval(m.macro_f1_interval),
        ];
        cells.extend(
            [m.accuracy, m.calibration_error, m.bag_of_words_macro_f1, m.majority_macro_f1]
                .map(number),
        );
        Ok(Some(cells))
    };
    let own = row(false, own::OWN)?.unwrap_or_default();
    let real = row(true, REAL)?;
    Ok(Cells { own, real, plots, held: None })
}

/// Name of the set in calibration plots.
const REAL: &str = "real articles, own labels";

impl Evaluation {
    /// What calibration plots are drawn from: the own labels' probabilities, then those of the real sets.
    #[must_use]
    pub fn reliability(&self) -> Vec<Reliability> {
        let real = self
            .real
            .iter()
            .filter_map(|o| if let Outcome::Measured(r) = o { Some(&r.reliability) } else { None });
        self.own_reliability.iter().chain(real.flatten()).cloned().collect()
    }

    /// Every table, in order.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = self.own.clone();
        if !self.real.is_empty() {
            tables.push(self.summary());
            let measured = self
                .real
                .iter()
                .filter_map(|o| if let Outcome::Measured(r) = o { Some(r) } else { None });
            tables.extend(measured.flat_map(|r| [&r.by_outlet, &r.causes]).flatten().cloned());
        }
        tables
    }

    /// Real sets in one table, with other tools' figures.
    #[must_use]
    pub fn summary(&self) -> Table {
        let mut table =
            Table::new("Real data", &["set", "rows", "figure", "value", "interval", "others"]);
        for outcome in &self.real {
            match outcome {
                Outcome::Measured(result) => rows(&mut table, result),
                Outcome::Skipped { set, missing } => {
                    let cells = [*set, "", &format!("skipped: no {missing}"), "", "", ""];
                    table.row(cells.iter().map(|c| (*c).to_owned()).collect());
                }
            }
        }
        table
    }

    /// All tables as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.tables().iter().map(Table::markdown).collect::<Vec<_>>().join("\n")
    }
}

fn rows(table: &mut Table, result: &SetResult) {
    for (place, figure) in result.figures.iter().enumerate() {
        let set = if place == 0 { result.what.clone() } else { String::new() };
        let n = if place == 0 { result.rows.to_string() } else { String::new() };
        let peers: Vec<String> =
            figure.peers.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
        let around = figure.interval.map(interval).unwrap_or_default();
        table.row(vec![
            set,
            n,
            figure.name.clone(),
            number(figure.value),
            around,
            peers.join("; "),
        ]);
    }
    table.notes.extend(result.notes.iter().map(|note| format!("{}: {note}", result.what)));
}

impl Display for Evaluation {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for warning in &self.warnings {
            writeln!(f, "warning: {warning}")?;
        }
        for (index, table) in self.tables().iter().enumerate() {
            if index > 0 || !self.warnings.is_empty() {
                writeln!(f)?;
            }
            write!(f, "{table}")?;
        }
        Ok(())
    }
}

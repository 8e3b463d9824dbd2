//! Real articles and sentences that others labelled, read from a path that the user gives; nothing of them is kept here.
//! One file a set. Figures of other tools stand beside, with their names.

mod babe;
mod causes;
mod certainty;
mod chars;
mod hedging;
mod held_out;
mod hyperpartisan;
mod identical;
mod newsmtsc;
mod outlets;
mod polnear;
mod ptc;
mod refit;
mod sentences;

use super::dataset::find;
use super::error::LearnError;
use super::interval::interval;
use super::reliability::Reliability;
use crate::score::Scorer;
use crate::table::Table;
use std::path::{Path, PathBuf};

/// One figure, with its 90 % interval and what other tools reach on the same data.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// 90 % bootstrap interval over documents, articles or outlets.
    pub interval: Option<(f64, f64)>,
    /// Other tools: name and figure, as measured for `PEERS.md` on the same files.
    pub peers: Vec<(&'static str, f64)>,
}

/// The figures of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetResult {
    /// Name of the set and what is asked of it.
    pub what: String,
    /// Rows measured.
    pub rows: usize,
    /// The figures.
    pub figures: Vec<Figure>,
    /// What a reader must know: which models were fitted on related data, how rows were held out.
    pub notes: Vec<String>,
    /// The figures by outlet, where the set tells outlets.
    pub by_outlet: Option<Table>,
    /// What calibration plots are drawn from.
    pub reliability: Vec<Reliability>,
    /// Errors by cause, where they are told apart.
    pub causes: Option<Table>,
}

impl SetResult {
    fn new(what: &str, rows: usize) -> Self {
        SetResult { what: what.to_owned(), rows, ..SetResult::default() }
    }

    fn figure(&mut self, name: &str, value: f64, peers: &[(&'static str, f64)]) {
        self.figures.push(Figure {
            name: name.to_owned(),
            value,
            interval: None,
            peers: peers.to_vec(),
        });
    }

    /// The calibration error of a probability, and what its plot is drawn from. Pairs: (probability, it was true).
    fn calibration(&mut self, of: &str, pairs: &[(f64, bool)]) {
        let reliability = Reliability::new(&self.what, of, pairs);
        self.figure("calibration error", reliability.error, &[]);
        self.reliability.push(reliability);
    }

    /// A figure over places of rows, with its interval over groups of them.
    fn figure_within(
        &mut self,
        name: &str,
        groups: &[usize],
        peers: &[(&'static str, f64)],
        figure: impl Fn(&[usize]) -> f64,
    ) {
        let all: Vec<usize> = (0..groups.len()).collect();
        let value = figure(&all);
        let interval = Some(interval(groups, SEED, figure));
        self.figures.push(Figure { name: name.to_owned(), value, interval, peers: peers.to_vec() });
    }
}

/// Seed of folds and intervals here.
const SEED: u64 = super::train::SEED;

/// What a set is measured with.
pub(crate) struct Bench<'a> {
    /// Scores whatever comes, however short.
    pub(crate) scorer: &'a Scorer,
}

type Measure = fn(&Bench<'_>, &Path) -> Result<SetResult, LearnError>;

/// A set: name, where its file lies, words by which a model's provenance names related data, and its measure.
struct Set {
    name: &'static str,
    stem: &'static str,
    ending: &'static str,
    related: &'static [&'static str],
    measure: Measure,
}

const SETS: &[Set] = &[
    Set {
        name: "polnear",
        stem: "attribution/polnear",
        ending: "jsonl",
        related: &["polnear"],
        measure: polnear::measure,
    },
    Set {
        name: "identical",
        stem: "attribution/polnear_train",
        ending: "jsonl",
        related: &["polnear"],
        measure: identical::measure,
    },
    Set {
        name: "hedging",
        stem: "hedging/factbank_news",
        ending: "jsonl",
        related: &["factbank", "szeged"],
        measure: hedging::measure,
    },
    Set {
        name: "certainty",
        stem: "hedging/certainty",
        ending: "jsonl",
        related: &["certainty"],
        measure: certainty::measure,
    },
    Set {
        name: "babe",
        stem: "tone/babe",
        ending: "jsonl",
        related: &["babe", "npov", "cw-hard"],
        measure: babe::measure,
    },
    Set {
        name: "ptc",
        stem: "tone/ptc",
        ending: "jsonl",
        related: &["ptc", "propaganda", "npov", "cw-hard"],
        measure: ptc::measure,
    },
    Set {
        name: "hyperpartisan",
        stem: "tone/hyperpartisan",
        ending: "jsonl",
        related: &["hyperpartisan"],
        measure: hyperpartisan::measure,
    },
    Set {
        name: "newsmtsc",
        stem: "stance/newsmtsc_rw",
        ending: "jsonl",
        related: &["newsmtsc"],
        measure: newsmtsc::measure,
    },
    Set {
        name: "newsmtsc",
        stem: "stance/newsmtsc_mt",
        ending: "jsonl",
        related: &["newsmtsc"],
        measure: newsmtsc::measure,
    },
    Set {
        name: "outlets",
        stem: "outlets/articles",
        ending: "jsonl.gz",
        related: &["outlets", "allsides"],
        measure: outlets::measure,
    },
];

/// Names of the sets.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = SETS.iter().map(|s| s.name).collect();
    names.dedup();
    names
}

/// A set that was measured, or why it was not.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Its figures.
    Measured(Box<SetResult>),
    /// Its file is not there.
    Skipped {
        /// Name of the set.
        set: &'static str,
        /// The file that is missing.
        missing: String,
    },
}

/// Measures the sets under a data folder: all, or those named. `progress` is told which is under way.
pub(crate) fn measure(
    bench: &Bench<'_>,
    dir: &Path,
    only: &[String],
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<Outcome>, LearnError> {
    let mut outcomes = Vec::new();
    for set in SETS.iter().filter(|s| only.is_empty() || only.iter().any(|name| name == s.name)) {
        let Some(path) = find(dir, set.stem, set.ending) else {
            let missing =
                PathBuf::from(format!("{}_dev.{}", set.stem, set.ending)).display().to_string();
            outcomes.push(Outcome::Skipped { set: set.name, missing });
            continue;
        };
        progress(&format!("measuring {}", set.name));
        let mut result = (set.measure)(bench, &path)?;
        result.notes.extend(related(bench.scorer, set.related));
        outcomes.push(Outcome::Measured(Box::new(result)));
    }
    Ok(outcomes)
}

/// Models in use that were fitted on related data, so that a reader can tell what is in-sample.
fn related(scorer: &Scorer, words: &[&str]) -> Vec<String> {
    let mut notes = Vec::new();
    for model in &scorer.models.files {
        let named = |line: &&String| words.iter().any(|w| line.to_lowercase().contains(w));
        notes.extend(
            model
                .provenance
                .data
                .iter()
                .filter(named)
                .map(|line| format!("{} was fitted on: {line}", model.id)),
        );
    }
    notes
}

/// Accuracy of knowing nothing but the outlet: for each row, the more frequent label of its outlet's other rows (of all
/// other rows where it has none). How far a figure could come from telling outlets apart.
pub(crate) fn by_outlet_alone(outlets: &[&str], truth: &[bool]) -> Vec<bool> {
    let mut counts: std::collections::BTreeMap<&str, (usize, usize)> =
        std::collections::BTreeMap::new();
    for (outlet, yes) in outlets.iter().zip(truth) {
        let entry = counts.entry(outlet).or_default();
        entry.0 += usize::from(*yes);
        entry.1 += 1;
    }
    let all = truth.iter().filter(|y| **y).count();
    let say = |(outlet, yes): (&&str, &bool)| {
        let (of_outlet, rows) = counts.get(outlet).copied().unwrap_or_default();
        let (yes_others, others) = if rows > 1 {
            (of_outlet - usize::from(*yes), rows - 1)
        } else {
            (all - usize::from(*yes), truth.len() - 1)
        };
        2 * yes_others > others
    };
    outlets.iter().zip(truth).map(say).collect()
}

/// Group numbers of rows by a name.
fn grouped<'a>(names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    super::folds::groups(&names.map(|n| vec![format!("group {n}")]).collect::<Vec<_>>())
}

fn pick<T: Clone>(values: &[T], places: &[usize]) -> Vec<T> {
    places.iter().map(|&p| values[p].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_tells_by_its_other_rows() {
        let outlets = ["a", "a", "a", "b", "b", "b", "c"];
        let truth = [true, true, false, false, false, false, true];
        assert_eq!(
            by_outlet_alone(&outlets, &truth),
            [false, false, true, false, false, false, false]
        );
    }

    #[test]
    fn absent_sets_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let scorer =
            Scorer::new(crate::model::ModelSet::default(), crate::score::Options::default())
                .unwrap();
        let outcomes = measure(&Bench { scorer: &scorer }, dir.path(), &[], &mut |_| {}).unwrap();
        assert_eq!(outcomes.len(), SETS.len());
        assert_eq!(
            outcomes[0],
            Outcome::Skipped {
                set: "polnear",
                missing: "attribution/polnear_dev.jsonl".to_owned()
            }
        );
    }
}

//! What training tells: figures beside baselines, and what changes against the model that is replaced.

use crate::axis::Axis;
use crate::model::{ModelFile, Payload};
use crate::table::{Table, confusion, interval, number};
use std::fmt::{Display, Formatter};
use std::path::PathBuf;

/// What changes against the model that is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Id of the model that is replaced; `None` when there was none.
    pub against: Option<String>,
    /// Articles of the corpus.
    pub of: usize,
    /// Those that change class: id, from, to.
    pub changed: Vec<(String, &'static str, &'static str)>,
    /// Why the two could not be compared.
    pub incomparable: Option<String>,
}

/// A trained axis.
#[derive(Clone, Debug)]
pub struct AxisReport {
    /// The axis.
    pub axis: &'static Axis,
    /// The model with its figures and provenance.
    pub model: ModelFile,
    /// Where it was written.
    pub path: PathBuf,
    /// What changes against the model before.
    pub changes: Changes,
}

/// All trained axes.
#[derive(Clone, Debug)]
pub struct TrainReport {
    /// In the order of training.
    pub axes: Vec<AxisReport>,
    /// What was noticed in reading.
    pub warnings: Vec<String>,
}

/// Changed articles that are named one by one.
const NAMED: usize = 25;

impl Display for Changes {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        if let Some(reason) = &self.incomparable {
            return writeln!(f, "Not compared with the model before: {reason}");
        }
        let Some(against) = &self.against else { return writeln!(f, "No model before.") };
        writeln!(
            f,
            "Against {against} before: {} of {} articles change class",
            self.changed.len(),
            self.of
        )?;
        for (article, from, to) in self.changed.iter().take(NAMED) {
            writeln!(f, "  {article}: {from} -> {to}")?;
        }
        if self.changed.len() > NAMED {
            writeln!(f, "  … and {} more", self.changed.len() - NAMED)
        } else {
            Ok(())
        }
    }
}

impl Display for AxisReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "== {}: {} -> {}", self.axis.name, self.model.id, self.path.display())?;
        for line in &self.model.provenance.data {
            writeln!(f, "{line}")?;
        }
        let rows: Vec<String> = self
            .axis
            .classes
            .iter()
            .map(|c| format!("{c} {}", self.model.provenance.rows.get(*c).unwrap_or(&0)))
            .collect();
        writeln!(f, "{}", rows.join(", "))?;
        if let Payload::Classifier(c) = &self.model.payload {
            writeln!(
                f,
                "{} inputs, alpha {}, temperature {:.2}",
                c.features.len(),
                c.alpha,
                c.temperature
            )?;
        }
        let m = &self.model.metrics;
        let mut table = Table::new(
            &format!("Held out: {}", self.model.provenance.split),
            &["figure", "value", "interval"],
        );
        let mut row = |name: &str, value: f64, around: String| {
            table.row(vec![name.to_owned(), number(value), around])
        };
        row("macro-F1", m.macro_f1, interval(m.macro_f1_interval));
        if m.bag_of_words_macro_f1 > 0.0 {
            row("macro-F1, bag of words", m.bag_of_words_macro_f1, String::new());
        }
        row("macro-F1, majority class", m.majority_macro_f1, String::new());
        row("accuracy", m.accuracy, String::new());
        row("calibration error", m.calibration_error, String::new());
        for (name, value) in &m.other {
            row(&name.replace('_', " "), *value, String::new());
        }
        if m.macro_f1 <= m.bag_of_words_macro_f1 {
            table.notes.push("This is no better than a bag of words.".to_owned());
        }
        write!(f, "{table}{}{}", confusion(&self.model.classes, &m.confusion), self.changes)
    }
}

impl Display for TrainReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for warning in &self.warnings {
            writeln!(f, "warning: {warning}")?;
        }
        for (index, axis) in self.axes.iter().enumerate() {
            if index > 0 || !self.warnings.is_empty() {
                writeln!(f)?;
            }
            write!(f, "{axis}")?;
        }
        Ok(())
    }
}

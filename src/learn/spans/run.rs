//! Training of span-level models as one run: all are fitted, then all are written.

use super::{SpanData, SpanError, SpanTask};
use crate::model::{ModelFile, card, replace};
use crate::table::{Table, number};
use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};
use std::path::{Path, PathBuf};

/// A fitted task.
#[derive(Clone, Debug)]
pub struct SpanReport {
    /// The model with its figures and provenance.
    pub model: ModelFile,
    /// Where it was written.
    pub path: PathBuf,
    /// Figures of the model that it replaces; empty when there was none that could be read.
    pub before: BTreeMap<String, f64>,
}

/// All fitted tasks.
#[derive(Clone, Debug)]
pub struct SpansReport(pub Vec<SpanReport>);

/// Fits tasks and writes model and card of each to `output`. Nothing is written unless all succeed. `progress` is told
/// what is being done.
///
/// # Errors
/// Data that cannot be read or hold too little, a fit that fails, a file that cannot be written.
pub fn train(
    tasks: &[&SpanTask],
    from: SpanData<'_>,
    output: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<SpansReport, SpanError> {
    let mut files = Vec::new();
    let mut reports = Vec::new();
    for task in tasks {
        let model = (task.train)(from, &mut |what| progress(&format!("{}: {what}", task.name)))?;
        let path = output.join(format!("{}.json", model.id));
        let before = if path.is_file() {
            ModelFile::read(&path).map(|old| figures(&old)).unwrap_or_default()
        } else {
            BTreeMap::new()
        };
        let json = model.to_json().map_err(|e| SpanError::Data(format!("{}: {e}", task.name)))?;
        files.push((path.with_extension("md"), card(&model)));
        files.push((path.clone(), json));
        reports.push(SpanReport { model, path, before });
    }
    replace(&files)?;
    Ok(SpansReport(reports))
}

/// What a model file says of its accuracy.
fn figures(model: &ModelFile) -> BTreeMap<String, f64> {
    let m = &model.metrics;
    let mut out = m.other.clone();
    if !m.confusion.is_empty() {
        let own = [
            ("macro_f1", m.macro_f1),
            ("accuracy", m.accuracy),
            ("calibration_error", m.calibration_error),
        ];
        out.extend(own.map(|(name, value)| (format!("held out: {name}"), value)));
    }
    out
}

impl Display for SpansReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for (index, report) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let (model, now) = (&report.model, figures(&report.model));
            let rows: Vec<String> =
                model.provenance.rows.iter().map(|(what, n)| format!("{what} {n}")).collect();
            writeln!(f, "{} ({})", model.id, rows.join(", "))?;
            if now.is_empty() {
                writeln!(
                    f,
                    "  Its training measures nothing; `newsgauge evaluate --data DIR` does."
                )?;
            } else {
                let mut table = Table::new("Figures", &["figure", "before", "now"]);
                for (name, value) in &now {
                    table.row(vec![
                        name.replace('_', " "),
                        report.before.get(name).map_or_else(String::new, |v| number(*v)),
                        number(*value),
                    ]);
                }
                write!(f, "{table}")?;
            }
            writeln!(f, "Written: {}", report.path.display())?;
        }
        Ok(())
    }
}

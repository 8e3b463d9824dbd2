//! A scorer as Python holds it.

use crate::rows::{Rejected, Rows, rejected};
use crate::schema::{Asked, Kind};
use crate::source::{Source, reason, unit};
use crate::stream::Stream;
use crate::{ModelError, raised, work};
use newsgauge::feature::features;
use newsgauge::read::Inputs;
use newsgauge::report::{Page, compare, html, json, markdown, terminal};
use newsgauge::story::Item;
use newsgauge::{Article, Explanation, ModelSet, Options, Scorer, Show, Story};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::path::PathBuf;
use std::sync::Arc;

/// Word lists and models, ready to score.
#[pyclass(frozen, module = "newsgauge._newsgauge")]
pub struct Gauge(Arc<Scorer>);

/// Goes through all rows: `take` gets what `of` makes of each, in order. Between pieces Python may interrupt, and is told how many
/// rows are done.
fn through<T: Send>(
    py: Python<'_>,
    source: &Source,
    jobs: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
    of: impl Fn(&Article) -> T + Sync,
    mut take: impl FnMut(usize, T) -> PyResult<()>,
) -> PyResult<Account> {
    let (mut rows, broken) = source.take()?;
    let jobs = work::jobs(jobs);
    let mut account = Account::default();
    loop {
        let (left, done) = py.detach(|| {
            let piece = work::piece(&mut rows, jobs);
            (rows, work::each(piece, jobs, &of))
        });
        rows = left;
        if done.is_empty() {
            break;
        }
        for result in done {
            match result {
                Ok(made) => take(account.read, made)?,
                Err(reject) if reject.left_out => account.left_out += 1,
                Err(reject) => account.rejected.push(rejected(account.read, reject)),
            }
            account.read += 1;
        }
        py.check_signals()?;
        if let Some(progress) = progress {
            progress.call1((account.read,))?;
        }
    }
    reason(&broken).map_or(Ok(account), |told| Err(raised(told)))
}

/// What became of all rows.
#[derive(Default)]
struct Account {
    read: usize,
    left_out: usize,
    rejected: Vec<Rejected>,
}

#[pymethods]
impl Gauge {
    #[new]
    fn new(model: Option<PathBuf>, min_words: usize, min_confidence: f64) -> PyResult<Self> {
        let models = model.as_deref().map_or_else(ModelSet::builtin, ModelSet::from_dir);
        let models = models.map_err(|e| ModelError::new_err(e.to_string()))?;
        let scorer = Scorer::new(models, Options { min_words, min_confidence }).map_err(raised)?;
        Ok(Gauge(Arc::new(scorer)))
    }

    /// Scores all rows of a source.
    #[pyo3(signature = (source, asked, jobs, progress))]
    fn run(
        &self,
        py: Python<'_>,
        source: &Source,
        asked: Asked,
        jobs: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Rows> {
        let kind = Kind::try_from(asked)?;
        let (mut lines, mut numbers) = (Vec::new(), Vec::new());
        let of = |article: &Article| kind.items(&self.0.score(article));
        let take = |number, items: Result<Vec<Vec<u8>>, _>| {
            let items = items.map_err(|e: serde_json::Error| raised(e))?;
            numbers.extend(std::iter::repeat_n(number, items.len()));
            lines.extend(items.into_iter().map(Vec::into_boxed_slice));
            Ok(())
        };
        let account = through(py, source, jobs, progress.as_ref(), of, take)?;
        Ok(Rows {
            lines: Arc::new(lines),
            columns: kind.columns(),
            numbers,
            rejected: account.rejected,
            left_out: account.left_out,
            read: account.read,
        })
    }

    /// Scores the rows of a source as they are asked for.
    fn stream(&self, source: &Source, asked: Asked, jobs: Option<usize>) -> PyResult<Stream> {
        let kind = Kind::try_from(asked)?;
        Ok(Stream::new(Arc::clone(&self.0), kind, source.take()?, work::jobs(jobs)))
    }

    /// The numbers of all rows as one array of doubles, row by row; how many rows; and what was rejected.
    fn matrix<'py>(
        &self,
        py: Python<'py>,
        source: &Source,
        jobs: Option<usize>,
    ) -> PyResult<(Bound<'py, PyBytes>, usize, Vec<Rejected>)> {
        let mut bytes = Vec::new();
        let of = |article: &Article| self.0.score(article).vector;
        let take = |_, vector: newsgauge::FeatureVector| {
            bytes.extend(vector.values().iter().flat_map(|value| value.to_ne_bytes()));
            Ok(())
        };
        let account = through(py, source, jobs, None, of, take)?;
        let rows = account.read - account.rejected.len() - account.left_out;
        Ok((PyBytes::new(py, &bytes), rows, account.rejected))
    }

    /// Sets all rows side by side: a JSON object, or a text for reading; and what was rejected.
    #[pyo3(signature = (source, jobs, progress))]
    fn compare(
        &self,
        py: Python<'_>,
        source: &Source,
        jobs: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<(Vec<u8>, String, Vec<Rejected>)> {
        let mut items = Vec::new();
        let of = |article: &Article| Item::of(&self.0.score(article));
        let take = |_, item| {
            items.push(item);
            Ok(())
        };
        let account = through(py, source, jobs, progress.as_ref(), of, take)?;
        let (object, text) = py.detach(|| {
            let story = Story::of(&items);
            (compare::object(&items, &story), compare::text(&items, &story))
        });
        Ok((object.map_err(raised)?, text, account.rejected))
    }

    /// Explains the first article of a source: as `json`, `markdown`, `html` or `text`; its rejection where it is none.
    fn explain(
        &self,
        py: Python<'_>,
        source: &Source,
        how: &str,
        offsets: &str,
    ) -> PyResult<Explained> {
        let show = Show { text: true, unit: unit(offsets)?, ..Show::default() };
        let (rows, _) = source.take()?;
        let article = match first(rows) {
            Some(Ok(article)) => article,
            Some(Err(reject)) => return Ok((None, Some(rejected(0, reject)))),
            None => return Err(raised("no article in the input")),
        };
        let told = py.detach(|| {
            let scored = self.0.score(&article);
            Ok(match how {
                "json" => {
                    let explanation = Explanation::new(&scored, show);
                    let line = json::explained(&scored, &explanation, show).map_err(raised)?;
                    String::from_utf8(line).map_err(raised)?
                }
                "markdown" => markdown::page(&Page::of(&scored)),
                "html" => html::article_page(&scored, None),
                "text" => terminal::page(&Page::of(&scored), false, WIDTH),
                _ => return Err(PyValueError::new_err(format!("nothing is called {how:?}"))),
            })
        });
        Ok((Some(told?), None))
    }

    /// Ids of the models in use.
    #[getter]
    fn models(&self) -> Vec<String> {
        self.0.models.files.iter().map(|file| file.id.clone()).collect()
    }
}

/// Columns of an explanation as text, as many as the program takes where it does not print to a terminal.
const WIDTH: usize = 140;

/// A text, or why there is none.
type Explained = (Option<String>, Option<Rejected>);

fn first(mut rows: Inputs) -> Option<Result<Article, newsgauge::Reject>> {
    rows.next().map(newsgauge::read::Row::read)
}

/// Name, unit and meaning of every feature, in the order of columns.
#[pyfunction]
pub fn catalogue() -> Vec<(&'static str, &'static str, &'static str)> {
    features().map(|(_, f)| (f.name, f.unit.name(), f.doc)).collect()
}

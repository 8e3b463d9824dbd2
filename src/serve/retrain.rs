//! Training from the page: in a thread of its own, with what it says of itself, and what changed when it has ended.

use super::app::App;
use crate::axis::{AXES, Axis, Judges};
use crate::label::{Guesses, write_corpus};
use crate::learn::train::{SEED, TrainOptions, train};
use crate::learn::{LearnError, TrainReport};
use crate::model::{BUILTIN, Metrics, ModelFile, ModelSet};
use crate::score::Scorer;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// What is fitted on, and where to.
#[derive(Clone, Debug)]
pub struct TrainSetup {
    /// Folder of the texts and `MANIFEST.csv`; none to fit on the articles of the desk.
    pub corpus: Option<PathBuf>,
    /// Folder of public sets to add.
    pub data: Option<PathBuf>,
    /// Folder that the models are written to.
    pub output: PathBuf,
}

/// How far training is, and what came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Training {
    running: bool,
    /// What is being done, one line a step.
    progress: Vec<String>,
    /// Why it failed.
    error: Option<String>,
    result: Option<Trained>,
}

/// What came of a training.
#[derive(Clone, Debug, Serialize)]
struct Trained {
    output: String,
    warnings: Vec<String>,
    axes: Vec<AxisResult>,
    /// Articles of the desk that were scored by both.
    scored: usize,
}

/// An axis before and after.
#[derive(Clone, Debug, Serialize)]
struct AxisResult {
    axis: &'static str,
    /// Labelled articles that it was fitted on.
    rows: usize,
    before: Option<Figures>,
    after: Figures,
    /// Articles of the desk whose class has changed: id, from, to.
    changed: Vec<(String, &'static str, &'static str)>,
}

/// Figures of held-out articles.
#[derive(Clone, Copy, Debug, Serialize)]
struct Figures {
    macro_f1: f64,
    /// 90 %.
    interval: (f64, f64),
    accuracy: f64,
    /// Of a model that always says the most frequent class.
    majority: f64,
}

impl From<&Metrics> for Figures {
    fn from(m: &Metrics) -> Self {
        Figures {
            macro_f1: m.macro_f1,
            interval: m.macro_f1_interval,
            accuracy: m.accuracy,
            majority: m.majority_macro_f1,
        }
    }
}

/// Begins to train axes, all that readers judge when none is named.
pub(super) fn begin(app: &Arc<App>, names: &[String]) -> Result<(), String> {
    let judged = |axis: &&Axis| axis.judges == Judges::Readers;
    let mut axes: Vec<&'static Axis> = Vec::new();
    for name in names {
        let known = Axis::named(name).filter(judged);
        axes.push(known.ok_or_else(|| format!("no axis that is labelled is named {name:?}"))?);
    }
    if axes.is_empty() {
        axes = AXES.iter().filter(judged).collect();
    }
    let mut training = app.training();
    if training.running {
        return Err("a training is running already".to_owned());
    }
    *training = Training { running: true, ..Training::default() };
    drop(training);
    let app = app.clone();
    std::thread::spawn(move || {
        // A panic in a fit must not leave the page waiting.
        let work = std::panic::AssertUnwindSafe(|| run(&app, axes));
        let outcome = std::panic::catch_unwind(work);
        let mut training = app.training();
        training.running = false;
        match outcome {
            Ok(Ok(result)) => training.result = Some(result),
            Ok(Err(error)) => training.error = Some(error.to_string()),
            Err(_) => training.error = Some("training broke off; this is a defect".to_owned()),
        }
    });
    Ok(())
}

fn run(app: &App, axes: Vec<&'static Axis>) -> Result<Trained, LearnError> {
    let setup = &app.train;
    let mut say = |what: &str| app.training().progress.push(what.to_owned());
    let before: Vec<Option<Figures>> = axes.iter().map(|axis| figures(app, axis)).collect();
    let corpus = match &setup.corpus {
        Some(corpus) => corpus.clone(),
        None => {
            let own = setup.output.join("corpus");
            write_corpus(&app.desk.articles, &own)?;
            own
        }
    };
    let options = TrainOptions {
        axes,
        labels: app.desk.store.dir().to_owned(),
        corpus,
        output: setup.output.clone(),
        data: setup.data.clone(),
        seed: SEED,
        command: "newsgauge label: retrain".to_owned(),
    };
    let report: TrainReport = train(&options, &mut say)?;
    say("scoring the articles again");
    let old = app.guesses();
    let models = ModelSet::from_dir(&setup.output)?;
    let scorer = Arc::new(Scorer::new(models, app.scorer().options)?);
    let new = Arc::new(Guesses::of(&scorer, &app.desk.articles));
    let changed = |axis: &'static Axis| {
        let change = |(place, article): (usize, &crate::article::Article)| {
            let from = old.as_ref()?.class(place, axis.name)?;
            let to = new.class(place, axis.name)?;
            (from != to).then(|| (article.id.clone(), axis.classes[from], axis.classes[to]))
        };
        app.desk.articles.iter().enumerate().filter_map(change).collect()
    };
    let results = report.axes.iter().zip(before).map(|(trained, before)| AxisResult {
        axis: trained.axis.name,
        rows: trained.model.provenance.rows.values().sum(),
        before,
        after: Figures::from(&trained.model.metrics),
        changed: changed(trained.axis),
    });
    let result = Trained {
        output: setup.output.display().to_string(),
        warnings: report.warnings.clone(),
        axes: results.collect(),
        scored: app.desk.articles.len(),
    };
    app.use_models(scorer, new);
    Ok(result)
}

/// The figures of the model that is in use before training.
fn figures(app: &App, axis: &Axis) -> Option<Figures> {
    let path = app.train.output.join(format!("{}.json", axis.name));
    let built = || {
        let mut files = BUILTIN.iter();
        files.find_map(|(name, text)| {
            ModelFile::parse(name, text.as_bytes()).ok().filter(|f| f.axis == axis.name)
        })
    };
    let file = ModelFile::read(&path).ok().or_else(built)?;
    Some(Figures::from(&file.metrics))
}

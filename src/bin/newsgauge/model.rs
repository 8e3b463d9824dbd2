//! `newsgauge model`

use crate::output::Output;
use crate::status::{Status, say};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use newsgauge::model::{BUILTIN, Metrics, ModelFile, ModelSet, Payload, stale};
use newsgauge::report::line;
use newsgauge::report::table::{Side, whole};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  newsgauge model list                  the built-in models
  newsgauge model list my/models
  newsgauge model show tone             what a model was fitted on, and how good it is
  newsgauge model check my/models       do these models fit this program?";

/// Tell what a model is, was fitted on, and is good for
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// A line for each model
    List {
        /// A model file, or a folder of them; none: the built-in models
        path: Option<PathBuf>,
    },
    /// All that a model file says of itself but its numbers
    Show {
        /// An axis, the id of a model, or a model file
        model: String,
        /// Look for it among the models of this folder
        #[arg(long, value_name = "DIR")]
        model_dir: Option<PathBuf>,
    },
    /// Does each model fit this program: features, word lists, cutting of the text? Exit status 2 when one does not
    Check {
        /// A model file, or a folder of them; none: the built-in models
        path: Option<PathBuf>,
    },
}

pub(crate) fn run(args: &ModelArgs) -> anyhow::Result<Status> {
    match &args.task {
        Task::List { path } => list(path.as_deref()),
        Task::Show { model, model_dir } => show(model, model_dir.as_deref()),
        Task::Check { path } => check(path.as_deref()),
    }
}

/// Model files with the names to tell them by; built-in ones when no path is given.
fn files(path: Option<&Path>) -> anyhow::Result<Vec<(String, ModelFile)>> {
    let Some(path) = path else {
        let parse = |(name, bytes): &(&str, &str)| {
            Ok(((*name).to_owned(), ModelFile::parse(name, bytes.as_bytes())?))
        };
        return BUILTIN.iter().map(parse).collect();
    };
    let paths = if path.is_dir() { json_files(path)? } else { vec![path.to_owned()] };
    paths.iter().map(|p| Ok((p.display().to_string(), ModelFile::read(p)?))).collect()
}

fn json_files(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let told = || dir.display().to_string();
    let entries: Result<Vec<_>, _> = std::fs::read_dir(dir).with_context(told)?.collect();
    let mut paths: Vec<PathBuf> =
        entries.with_context(told)?.into_iter().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    if paths.is_empty() {
        bail!("{}: holds no model (*.json)", dir.display());
    }
    Ok(paths)
}

fn list(path: Option<&Path>) -> anyhow::Result<Status> {
    let files = files(path)?;
    if files.is_empty() {
        bail!("no models are built in");
    }
    let row = |(_, file): &(String, ModelFile)| {
        let rows: usize = file.provenance.rows.values().sum();
        let metrics = &file.metrics;
        let figures = [
            metrics.macro_f1,
            metrics.majority_macro_f1,
            metrics.bag_of_words_macro_f1,
            metrics.calibration_error,
        ];
        let mut cells = vec![
            file.axis.clone(),
            file.id.clone(),
            level(file).to_owned(),
            file.classes.join(" "),
            rows.to_string(),
        ];
        cells.extend(figures.map(|f| format!("{f:.3}")));
        cells
    };
    let left = ["axis", "id", "level", "classes"].map(|h| (h, Side::Left));
    let right =
        ["rows", "macro-F1", "majority", "bag of words", "calibration"].map(|h| (h, Side::Right));
    let rows: Vec<_> = files.iter().map(row).collect();
    let mut output = Output::open(None)?;
    output.put(format!("{}\n", whole(&[left.as_slice(), &right].concat(), &rows, 40)))?;
    output.finish()?;
    Ok(Status::Done)
}

fn level(file: &ModelFile) -> &'static str {
    match file.payload {
        Payload::Classifier(_) => "article",
        Payload::Linear(_) | Payload::Tagger(_) => "span",
    }
}

fn show(name: &str, dir: Option<&Path>) -> anyhow::Result<Status> {
    let path = Path::new(name);
    let all = if path.is_file() { files(Some(path))? } else { files(dir)? };
    let given = path.is_file();
    let Some((_, file)) = all.iter().find(|(_, f)| given || f.axis == name || f.id == name) else {
        let known: Vec<&str> = all.iter().map(|(_, f)| f.axis.as_str()).collect();
        bail!(
            "no model for {name:?}; there is {}",
            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
        );
    };
    let mut output = Output::open(None)?;
    output.put(told(file))?;
    output.finish()?;
    Ok(Status::Done)
}

fn told(file: &ModelFile) -> String {
    let from = &file.provenance;
    let rows: Vec<String> = from.rows.iter().map(|(class, n)| format!("{class} {n}")).collect();
    let mut lines = vec![
        format!("{} ({} level)", file.id, level(file)),
        format!("axis:       {}", file.axis),
        format!("classes:    {}", file.classes.join(", ")),
    ];
    lines.extend(from.data.iter().map(|d| format!("fitted on:  {d}")));
    lines.push(format!("rows:       {}", rows.join(", ")));
    lines.push(format!("folds:      {}", from.split));
    lines.push(format!("seed:       {}", from.seed));
    lines.push(format!("data hash:  {}", from.data_sha256));
    lines.push(format!("made by:    {}", from.command));
    lines.extend(figures(&file.metrics, &file.classes));
    match &file.payload {
        Payload::Classifier(c) => lines.push(format!(
            "features:   {} (alpha {}, temperature {:.3})",
            c.features.len(),
            c.alpha,
            c.temperature
        )),
        Payload::Linear(tasks) => lines.extend(tasks.iter().map(|(task, w)| {
            let entries: usize = w.weights.values().map(std::collections::BTreeMap::len).sum();
            format!("decision:   {task}, {entries} weighted inputs")
        })),
        Payload::Tagger(t) => lines.push(format!(
            "tagger:     {} and {} tags, decision over {} inputs",
            t.first.tags.len(),
            t.second.tags.len(),
            t.accept.inputs.len()
        )),
    }
    // A model file may come from anybody: its strings are no safer than an article's.
    lines.iter().map(|l| format!("{}\n", line(l))).collect()
}

fn figures(metrics: &Metrics, classes: &[String]) -> Vec<String> {
    let (low, high) = metrics.macro_f1_interval;
    let mut lines = vec![
        format!("macro-F1:   {:.3} ({low:.3} to {high:.3}), out of fold", metrics.macro_f1),
        format!(
            "baselines:  majority {:.3}, bag of words {:.3}",
            metrics.majority_macro_f1, metrics.bag_of_words_macro_f1
        ),
        format!("accuracy:   {:.3}", metrics.accuracy),
        format!("calibration error: {:.3}", metrics.calibration_error),
    ];
    for (class, row) in classes.iter().zip(&metrics.confusion) {
        let counts: Vec<String> = row.iter().map(|n| format!("{n:>5}")).collect();
        lines.push(format!("confusion:  {class:<12}{}", counts.concat()));
    }
    lines.extend(metrics.other.iter().map(|(name, value)| format!("{name}: {value:.4}")));
    lines
}

fn check(path: Option<&Path>) -> anyhow::Result<Status> {
    let files = files(path)?;
    let mut output = Output::open(None)?;
    let mut bad = 0;
    let mut set = ModelSet::default();
    let count = files.len();
    for (name, file) in files {
        let old = stale(&file).first().map(|reason| format!("{name}: {reason}"));
        let verdict = set.add(&name, file).err().map(|error| error.to_string()).or(old);
        match verdict {
            None => output.put(format!("ok: {}\n", line(&name)))?,
            Some(problem) => {
                bad += 1;
                output.put(format!("bad: {}\n", line(&problem)))?;
            }
        }
    }
    output.finish()?;
    if bad > 0 {
        say(&format!("{bad} of {count} models do not fit this program"));
        return Ok(Status::Failed);
    }
    Ok(Status::Done)
}

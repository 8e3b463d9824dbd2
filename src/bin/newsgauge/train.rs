//! `newsgauge train`

use crate::output::Output;
use crate::status::{Status, say};
use anyhow::bail;
use clap::Args;
use newsgauge::axis::{AXES, Axis};
use newsgauge::learn::train::{SEED, TrainOptions, train};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge train                                  every axis, from labels/ and corpus/ into models/
  newsgauge train tone --labels my/labels --corpus my/corpus --output my/models
  newsgauge score news.jsonl --model my/models     and the models in use

Nothing is overwritten unless every axis succeeds.";

/// Fit models on labels: cross-validates, calibrates, writes model and card
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TrainArgs {
    /// Axes; none: all
    #[arg(value_name = "AXIS")]
    axes: Vec<String>,

    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    labels: PathBuf,

    /// Folder of the articles and their MANIFEST.csv
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,

    /// Folder of public data to add to the corpus
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Folder for models and cards
    #[arg(long, short, value_name = "DIR", default_value = "models")]
    output: PathBuf,

    /// Seed of folds and intervals
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,

    /// Say nothing of what is being done
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(args: &TrainArgs) -> anyhow::Result<Status> {
    let mut axes = Vec::new();
    for name in &args.axes {
        match Axis::named(name) {
            Some(axis) if axes.iter().any(|a: &&Axis| a.name == axis.name) => {}
            Some(axis) => axes.push(axis),
            None => bail!("no axis is named {name:?}; there are {}", AXES.iter().map(|a| a.name).collect::<Vec<_>>().join(", ")),
        }
    }
    let options = TrainOptions {
        axes,
        labels: args.labels.clone(),
        corpus: args.corpus.clone(),
        output: args.output.clone(),
        data: args.data.clone(),
        seed: args.seed,
    };
    let report = train(&options, &mut progress(args.quiet))?;
    let mut output = Output::open(None)?;
    output.put_raw(report.to_string().as_bytes())?;
    output.finish()?;
    Ok(Status::Done)
}

/// Tells on stderr what is being done.
pub(crate) fn progress(quiet: bool) -> impl FnMut(&str) {
    move |what| {
        if !quiet {
            say(what);
        }
    }
}

//! `newsgauge train`

use crate::status::Status;
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge train                                  every axis, from labels/ and corpus/ into models/
  newsgauge train tone --labels my/labels --corpus my/corpus --output my/models";

/// Fit models on labels: cross-validates, calibrates, writes model and card
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TrainArgs {
    /// Axes or span-level tasks; none: all
    #[arg(value_name = "AXIS")]
    axes: Vec<String>,

    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    labels: PathBuf,

    /// Folder of the articles
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,

    /// Folder for models and cards
    #[arg(long, short, value_name = "DIR", default_value = "models")]
    output: PathBuf,
}

pub(crate) fn run(args: &TrainArgs) -> anyhow::Result<Status> {
    bail!(
        "training of {:?} from {}, {} to {} is not joined to the command yet",
        args.axes,
        args.labels.display(),
        args.corpus.display(),
        args.output.display()
    )
}

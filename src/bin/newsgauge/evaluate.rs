//! `newsgauge evaluate`

use crate::status::Status;
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge evaluate                       against labels/, cross-validated, with the annotators' agreement
  newsgauge evaluate --data ../shared/data    against the public sets too";

/// Print how accurate the models in use are, beside baselines
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvaluateArgs {
    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    labels: PathBuf,

    /// Folder of the articles
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,

    /// Folder of the public sets
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(crate) fn run(args: &EvaluateArgs) -> anyhow::Result<Status> {
    bail!("evaluation on {}, {}, {:?} is not joined to the command yet", args.labels.display(), args.corpus.display(), args.data)
}

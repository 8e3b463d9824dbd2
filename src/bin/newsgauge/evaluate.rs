//! `newsgauge evaluate`

use crate::args::models;
use crate::output::Output;
use crate::status::Status;
use crate::train::progress;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use newsgauge::learn::evaluate::{EvaluateOptions, evaluate};
use newsgauge::learn::{real, reliability::csv, train::SEED};
use newsgauge::score::{Options, Scorer};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge evaluate                                  own labels, cross-validated, with the annotators' agreement
  newsgauge evaluate --data ../shared/data            the public sets too, with other tools' figures
  newsgauge evaluate --calibration plots.csv          and what calibration plots are drawn from
  newsgauge evaluate --data ../shared/data --real-only --set polnear --set babe --format markdown";

/// Print how accurate the models in use are, beside baselines
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvaluateArgs {
    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    labels: PathBuf,

    /// Folder of the articles and their MANIFEST.csv
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,

    /// Folder of the public sets
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Measure this public set only (repeatable)
    #[arg(long = "set", value_name = "NAME", requires = "data", value_parser = PossibleValuesParser::new(real::names()))]
    sets: Vec<String>,

    /// Leave out the own labels
    #[arg(long, requires = "data")]
    real_only: bool,

    /// Show what each family of features does for each axis, by leaving it out
    #[arg(long, conflicts_with = "real_only")]
    ablation: bool,

    /// How to show the tables
    #[arg(long, short, value_enum, default_value_t)]
    format: EvaluateFormat,

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write what calibration plots are drawn from to FILE, as CSV: for each probability and each tenth of it, how often it is true
    #[arg(long, value_name = "FILE")]
    calibration: Option<PathBuf>,

    /// Seed of folds and intervals
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,

    /// Say nothing of what is being done
    #[arg(long, short)]
    quiet: bool,

    /// Measure the models of this folder in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum EvaluateFormat {
    /// For reading
    #[default]
    Text,
    /// For a README
    Markdown,
}

pub(crate) fn run(args: &EvaluateArgs) -> anyhow::Result<Status> {
    let scorer = Scorer::new(models(args.model.as_deref())?, Options::default())?;
    let options = EvaluateOptions {
        labels: args.labels.clone(),
        corpus: args.corpus.clone(),
        data: args.data.clone(),
        sets: args.sets.clone(),
        real_only: args.real_only,
        ablation: args.ablation,
        seed: args.seed,
    };
    let mut output = Output::open(args.output.as_deref())?;
    let account = evaluate(scorer, &options, &mut progress(args.quiet))?;
    let told = match args.format {
        EvaluateFormat::Text => account.to_string(),
        EvaluateFormat::Markdown => account.markdown(),
    };
    output.put_raw(told.as_bytes())?;
    output.finish()?;
    if let Some(path) = &args.calibration {
        let mut output = Output::open(Some(path))?;
        output.put_raw(&csv(&account.reliability())?)?;
        output.finish()?;
    }
    Ok(Status::Done)
}

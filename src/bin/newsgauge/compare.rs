//! `newsgauge compare`

use crate::args::{Reading, Scoring};
use crate::output::Output;
use crate::pipeline;
use crate::status::Status;
use clap::{Args, ValueEnum};
use newsgauge::article::Article;
use newsgauge::report::compare;
use newsgauge::story::{Item, Story};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge compare story/                                       tables on a terminal, JSON otherwise
  newsgauge compare wire.txt tabloid.txt blog.html
  newsgauge compare news.jsonl --format json --output story.json

Articles tell their outlet and date in the columns `outlet` and `date`; without dates nobody is said to be first.";

/// Set articles on one event side by side: scores, stance, copies, shared statements
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompareArgs {
    /// Files, folders, or - for the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to show it [default: table on a terminal, json otherwise]
    #[arg(long, short, value_enum)]
    format: Option<CompareFormat>,

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    scoring: Scoring,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// Tables, for reading
    Table,
    /// One JSON object
    Json,
}

pub(crate) fn run(args: &CompareArgs) -> anyhow::Result<Status> {
    let scorer = args.scoring.scorer(args.reading.quiet)?;
    let mut intake = args.reading.open(&args.inputs)?;
    let mut output = Output::open(args.output.as_deref())?;
    let format = args.format.unwrap_or(if output.terminal { CompareFormat::Table } else { CompareFormat::Json });
    let mut items = Vec::new();
    let item = |article: &Article| Item::of(&scorer.score(article));
    pipeline::each(&mut intake, args.scoring.jobs(), item, |item| {
        items.push(item);
        Ok(())
    })?;
    let status = intake.finish()?;
    let story = Story::of(&items);
    match format {
        CompareFormat::Table => output.put(compare::text(&items, &story))?,
        CompareFormat::Json => {
            output.put(compare::object(&items, &story)?)?;
            output.put("\n")?;
        }
    }
    output.finish()?;
    Ok(status)
}

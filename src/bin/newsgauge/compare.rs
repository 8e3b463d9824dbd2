//! `newsgauge compare`

use crate::gather::GatherArgs;
use crate::status::Status;
use clap::{Args, ValueEnum};
use newsgauge::report::{compare, html};
use newsgauge::story::{Item, Story};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge compare story/                                       tables on a terminal, JSON otherwise
  newsgauge compare wire.txt tabloid.txt blog.html
  newsgauge compare news.jsonl --format html --output story.html
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

    #[command(flatten)]
    gather: GatherArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// Tables, for reading
    Table,
    /// One JSON object
    Json,
    /// One page for a browser that needs nothing beside it
    Html,
}

pub(crate) fn run(args: &CompareArgs) -> anyhow::Result<Status> {
    let scorer = args.gather.scorer()?;
    let mut output = args.gather.output()?;
    let format = args.format.unwrap_or(if output.terminal {
        CompareFormat::Table
    } else {
        CompareFormat::Json
    });
    let mut items = Vec::new();
    let status = args.gather.each(&args.inputs, &scorer, Item::of, |item| items.push(item))?;
    let story = Story::of(&items);
    match format {
        CompareFormat::Table => output.put(compare::text(&items, &story))?,
        CompareFormat::Html => output.put(html::story_page(&items, &story))?,
        CompareFormat::Json => {
            output.put(compare::object(&items, &story)?)?;
            output.put("\n")?;
        }
    }
    output.finish()?;
    Ok(status)
}

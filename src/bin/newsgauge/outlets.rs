//! `newsgauge outlets`

use crate::gather::GatherArgs;
use crate::status::{Status, say};
use anyhow::Context;
use clap::{Args, ValueEnum};
use newsgauge::outlet::{Collector, Judged, Ratings};
use newsgauge::report::outlets;
use std::fs::File;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge outlets news.jsonl                                   a table on a terminal, JSON otherwise
  newsgauge outlets news.csv --outlet-column domain --format csv --output outlets.csv
  newsgauge outlets news.jsonl --ratings ratings.csv --ratings-name \"Example Ratings, March 2026\"

Articles name their outlet in the column `outlet`. Ratings have a column `outlet` and any others; they are shown beside
the figures and are part of none.";

/// Compare outlets over their articles, with intervals
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct OutletsArgs {
    /// Files, folders, or - for the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to show them [default: table on a terminal, json otherwise]
    #[arg(long, short, value_enum)]
    format: Option<OutletsFormat>,

    /// Show these ratings of outlets too, apart from the figures
    #[arg(long, value_name = "CSV", requires = "ratings_name")]
    ratings: Option<PathBuf>,

    /// Whose ratings they are, and of when
    #[arg(long, value_name = "NAME", requires = "ratings")]
    ratings_name: Option<String>,

    #[command(flatten)]
    gather: GatherArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutletsFormat {
    /// A table for each axis, for reading
    Table,
    /// One JSON object
    Json,
    /// A row for each outlet
    Csv,
}

pub(crate) fn run(args: &OutletsArgs) -> anyhow::Result<Status> {
    let quiet = args.gather.reading.quiet;
    let ratings = args.ratings.as_ref().zip(args.ratings_name.as_deref());
    // Before the long work, not after it.
    let ratings = ratings
        .map(|(path, name)| {
            let told = || format!("--ratings {}", path.display());
            Ratings::read(name, File::open(path).with_context(told)?).with_context(told)
        })
        .transpose()?;
    let scorer = args.gather.scorer()?;
    let mut output = args.gather.output()?;
    let format = args.format.unwrap_or(if output.terminal {
        OutletsFormat::Table
    } else {
        OutletsFormat::Json
    });
    let mut collector = Collector::default();
    let status =
        args.gather.each(&args.inputs, &scorer, Judged::of, |judged| collector.add(&judged))?;
    let summary = collector.summary();
    if !quiet && summary.nameless > 0 {
        say(&format!(
            "note: {} articles name no outlet and count nowhere (--outlet-column names the column)",
            summary.nameless
        ));
    }
    if let (false, Some(ratings)) = (quiet, &ratings) {
        let unrated = summary.outlets.iter().filter(|o| ratings.of(&o.name).is_none()).count();
        if unrated > 0 {
            say(&format!(
                "note: {unrated} of {} outlets have no rating by {}",
                summary.outlets.len(),
                ratings.source
            ));
        }
    }
    match format {
        OutletsFormat::Table => output.put(outlets::text(&summary, ratings.as_ref()))?,
        OutletsFormat::Csv => output.put_raw(&outlets::csv(&summary, ratings.as_ref()))?,
        OutletsFormat::Json => {
            output.put(outlets::object(&summary, ratings.as_ref())?)?;
            output.put("\n")?;
        }
    }
    output.finish()?;
    Ok(status)
}

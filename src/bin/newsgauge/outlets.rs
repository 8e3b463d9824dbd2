//! `newsgauge outlets`

use crate::gather::GatherArgs;
use crate::status::{Status, say};
use anyhow::Context;
use clap::{Args, ValueEnum};
use newsgauge::outlet::{By, Collector, Judged, Ratings};
use newsgauge::report::{csv, html, outlets, trend};
use std::fs::File;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge outlets news.jsonl                                   a table on a terminal, JSON otherwise
  newsgauge outlets news.csv --outlet-column domain --format csv --output outlets.csv
  newsgauge outlets news.jsonl --by month --format csv            a row a month, a column an axis
  newsgauge outlets news.jsonl --by week --format html --output outlets.html
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

    /// Show how the articles change: a row a period, a column an axis
    #[arg(long, value_enum)]
    by: Option<PeriodArg>,

    /// With --format csv: a cell of text that a spreadsheet would take for a formula begins with an apostrophe
    #[arg(long)]
    spreadsheet: bool,

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
    /// A row for each outlet; with --by a row for each period
    Csv,
    /// One page for a browser that needs nothing beside it
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PeriodArg {
    /// Weeks from Monday on (ISO 8601)
    Week,
    /// Calendar months
    Month,
}

impl From<PeriodArg> for By {
    fn from(by: PeriodArg) -> Self {
        match by {
            PeriodArg::Week => By::Week,
            PeriodArg::Month => By::Month,
        }
    }
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
    let mut collector = Collector::by(args.by.map(By::from));
    let status =
        args.gather.each(&args.inputs, &scorer, Judged::of, |judged| collector.add(&judged))?;
    let summary = collector.summary();
    if !quiet && summary.nameless > 0 {
        say(&format!(
            "note: {} articles name no outlet and count nowhere (--outlet-column names the column)",
            summary.nameless
        ));
    }
    if let (false, Some(trend)) = (quiet, &summary.trend)
        && trend.undated > 0
    {
        say(&format!("note: {} articles have no date and count in no period", trend.undated));
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
        OutletsFormat::Html => output.put(html::outlets_page(&summary, ratings.as_ref()))?,
        OutletsFormat::Csv => {
            let rows = match &summary.trend {
                Some(trend) => trend::csv(trend),
                None => outlets::csv(&summary, ratings.as_ref()),
            };
            output.put_raw(&if args.spreadsheet { csv::guarded(&rows) } else { rows })?;
        }
        OutletsFormat::Json => {
            output.put(outlets::object(&summary, ratings.as_ref())?)?;
            output.put("\n")?;
        }
    }
    output.finish()?;
    Ok(status)
}

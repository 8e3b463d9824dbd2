//! `newsgauge quotes`

use crate::args::{Reading, Scoring};
use crate::output::Output;
use crate::pipeline;
use crate::status::Status;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use newsgauge::mark::{KINDS, SOURCE_CLASSES};
use newsgauge::report::quotes::{self, Filter};
use newsgauge::score::Scored;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge quotes articles/                                     a table on a terminal, JSONL otherwise
  newsgauge quotes news.jsonl --speaker Putin --kind direct --kind mixed
  newsgauge quotes news.jsonl --class anonymous --format csv --output anonymous.csv
  newsgauge quotes news.jsonl --min-confidence 0.8               fewer and surer

A table shows attributions from confidence 0.5 on, other formats all, unless --min-confidence says otherwise.
`start` and `end` reach from the first place of the content to its last; its pieces stand in `content`.";

/// List who said what in articles: speaker, class, kind, cue, content, place
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct QuotesArgs {
    /// Files, folders, or - for the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to show them [default: table on a terminal, jsonl otherwise]
    #[arg(long, short, value_enum)]
    format: Option<QuotesFormat>,

    /// Only what a speaker said whose name holds the words of NAME (repeatable)
    #[arg(long = "speaker", value_name = "NAME")]
    speakers: Vec<String>,

    /// Only sources of this class (repeatable)
    #[arg(long = "class", value_name = "CLASS", value_parser = PossibleValuesParser::new(SOURCE_CLASSES.iter().map(|c| c.1)))]
    classes: Vec<String>,

    /// Only attributions of this kind (repeatable)
    #[arg(long = "kind", value_name = "KIND", value_parser = PossibleValuesParser::new(KINDS.iter().map(|k| k.1)))]
    kinds: Vec<String>,

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    scoring: Scoring,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum QuotesFormat {
    /// A line for each, for reading
    Table,
    /// A JSON object a line
    Jsonl,
    /// A JSON array
    Json,
    /// A row for each
    Csv,
}

/// Terminal cells of a table when nobody tells.
const WIDTH: usize = 140;

pub(crate) fn run(args: &QuotesArgs) -> anyhow::Result<Status> {
    // Attributions do not need the article-level models: no note on those that are missing.
    let scorer = args.scoring.scorer(true)?;
    let mut intake = args.reading.open(&args.inputs)?;
    let mut output = Output::open(args.output.as_deref())?;
    let format = args.format.unwrap_or(if output.terminal { QuotesFormat::Table } else { QuotesFormat::Jsonl });
    let filter = Filter::new(&args.speakers, &args.classes, &args.kinds);
    let filter = if format == QuotesFormat::Table { filter.at_least(args.scoring.shown_from()) } else { filter };
    let unit = args.reading.offsets.into();
    let width = output.terminal.then(terminal_size::terminal_size).flatten().map_or(WIDTH, |(width, _)| usize::from(width.0));
    let columns = quotes::columns(width);
    let render = |scored: &Scored<'_>| -> Result<Vec<Vec<u8>>, serde_json::Error> {
        Ok(match format {
            QuotesFormat::Table => quotes::lines(&columns, scored, &filter).into_iter().map(String::into_bytes).collect(),
            QuotesFormat::Csv => quotes::csv_rows(scored, &filter, unit),
            QuotesFormat::Json | QuotesFormat::Jsonl => quotes::objects(scored, &filter, unit)?,
        })
    };
    let (mut begun, mut first) = (false, true);
    pipeline::each(
        &mut intake,
        args.scoring.jobs(),
        |article| render(&scorer.score(article)),
        |rows| {
            if !std::mem::replace(&mut begun, true) {
                match format {
                    QuotesFormat::Table => output.put(format!("{}\n", quotes::heading(&columns)))?,
                    QuotesFormat::Csv => output.put(quotes::csv_header())?,
                    QuotesFormat::Json => output.put("[\n")?,
                    QuotesFormat::Jsonl => {}
                }
            }
            for row in rows? {
                let follows = !std::mem::take(&mut first);
                match format {
                    QuotesFormat::Csv => output.put_raw(&row)?,
                    QuotesFormat::Json => {
                        output.put(if follows { ",\n" } else { "" })?;
                        output.put(&row)?;
                    }
                    QuotesFormat::Jsonl | QuotesFormat::Table => {
                        output.put(&row)?;
                        output.put("\n")?;
                    }
                }
            }
            Ok(())
        },
    )?;
    let status = intake.finish()?;
    if format == QuotesFormat::Json {
        output.put("\n]\n")?;
    }
    output.finish()?;
    Ok(status)
}

//! `newsgauge quotes`

use crate::journal::Identity;
use crate::output::WIDTH;
use crate::run::{Frame, Piece, Run, RunArgs};
use crate::sink::Kind;
use crate::status::Status;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use newsgauge::mark::{ACTS, KINDS, SOURCE_CLASSES};
use newsgauge::report::quotes::{self, Filter};
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  newsgauge quotes articles/                                     a table on a terminal, JSONL otherwise
  newsgauge quotes news.jsonl --speaker Dorn --kind direct --kind mixed
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

    /// Only attributions whose source does this, `--act speech` leaves out plans and beliefs (repeatable)
    #[arg(long = "act", value_name = "ACT", value_parser = PossibleValuesParser::new(ACTS.iter().map(|a| a.1)))]
    acts: Vec<String>,

    #[command(flatten)]
    run: RunArgs,
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

pub(crate) fn run(args: &QuotesArgs) -> anyhow::Result<Status> {
    let started = Instant::now();
    // Attributions do not need the article-level models: no note on those that are missing.
    let scorer = args.run.scoring.scorer(true)?;
    let mut run = Run {
        args: &args.run,
        inputs: &args.inputs,
        identity: Identity::new(),
        scorer: &scorer,
        started,
        kind: Kind::Bytes,
    };
    let terminal = run.is_terminal();
    let format =
        args.format.unwrap_or(if terminal { QuotesFormat::Table } else { QuotesFormat::Jsonl });
    let filter = Filter::new(&args.speakers, &args.classes, &args.kinds).acting(&args.acts);
    let filter = if format == QuotesFormat::Table {
        filter.at_least(args.run.scoring.shown_from())
    } else {
        filter
    };
    let unit = args.run.reading.offsets.into();
    let width = terminal
        .then(terminal_size::terminal_size)
        .flatten()
        .map_or(WIDTH, |(width, _)| usize::from(width.0));
    let columns = quotes::columns(width);
    let told = json!({"command": "quotes", "format": format!("{format:?}"), "speakers": args.speakers, "classes": args.classes, "kinds": args.kinds, "acts": args.acts});
    run.identity.extend(told.as_object().cloned().unwrap_or_default());
    let frame = match format {
        QuotesFormat::Table => Frame {
            head: format!("{}\n", quotes::heading(&columns)).into_bytes(),
            after: "\n",
            ..Frame::default()
        },
        QuotesFormat::Csv => Frame { head: quotes::csv_header(), raw: true, ..Frame::default() },
        QuotesFormat::Json => {
            Frame { head: b"[\n".to_vec(), between: ",\n", tail: "\n]\n", ..Frame::default() }
        }
        QuotesFormat::Jsonl => Frame { after: "\n", ..Frame::default() },
    };
    run.go(&frame, |scored| {
        let items = match format {
            QuotesFormat::Table => quotes::lines(&columns, scored, &filter)
                .into_iter()
                .map(String::into_bytes)
                .collect(),
            QuotesFormat::Csv => {
                let rows = quotes::csv_rows(scored, &filter, unit).into_iter();
                rows.map(|row| args.run.csv(row)).collect()
            }
            QuotesFormat::Json | QuotesFormat::Jsonl => quotes::objects(scored, &filter, unit)?,
        };
        // What is said is listed whether or not the article could be scored.
        Ok(Piece { items, ..Piece::default() })
    })
}

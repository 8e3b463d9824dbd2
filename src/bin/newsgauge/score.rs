//! `newsgauge score`

use crate::journal::Identity;
use crate::output::WIDTH;
use crate::run::{Frame, Piece, Run, RunArgs};
use crate::sink::Kind;
use crate::status::Status;
use clap::{Args, ValueEnum};
use newsgauge::report::{Show, csv, json, overview};
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  newsgauge score articles/                        a table on a terminal, JSONL otherwise
  newsgauge score news.jsonl --marks --offsets chars > scored.jsonl
  newsgauge score news.csv --text-column body --format csv --output scored.csv
  newsgauge score sentences.jsonl --min-words 0    scores single sentences too
  newsgauge score news.jsonl --target \"Ana Dorn\" --target Ukraine
  zcat news.jsonl.gz | newsgauge score - --rejects bad.jsonl";

/// Score articles: tone, attribution, hedging, sourcing, stance, speakers
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ScoreArgs {
    /// Files, folders, or - for the standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to show the scores [default: table on a terminal, jsonl otherwise]
    #[arg(long, short, value_enum)]
    format: Option<ScoreFormat>,

    /// Add the evidence: sentences, attributions, quotes, hedges, loaded words, targets, skipped lines
    #[arg(long)]
    marks: bool,

    /// Add the feature vector
    #[arg(long)]
    features: bool,

    /// Add the article's text as it was read
    #[arg(long)]
    text: bool,

    /// Rows of a row group of Parquet: what is in memory at once, and what a killed run does again
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    row_group: usize,

    #[command(flatten)]
    run: RunArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ScoreFormat {
    /// A line for each article, for reading
    Table,
    /// A JSON object a line
    Jsonl,
    /// A JSON array
    Json,
    /// A flat row for each article
    Csv,
    /// Nested columns, a row for each article; needs --output
    Parquet,
}

pub(crate) fn run(args: &ScoreArgs) -> anyhow::Result<Status> {
    let started = Instant::now();
    let scorer = args.run.scoring.scorer(args.run.reading.quiet)?;
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
        args.format.unwrap_or(if terminal { ScoreFormat::Table } else { ScoreFormat::Jsonl });
    let show = Show {
        marks: args.marks,
        features: args.features,
        text: args.text,
        unit: args.run.reading.offsets.into(),
    };
    let width = terminal
        .then(terminal_size::terminal_size)
        .flatten()
        .map_or(WIDTH, |(width, _)| usize::from(width.0));
    let columns = overview::columns(width);
    let told = json!({"command": "score", "format": format!("{format:?}"), "marks": args.marks, "features": args.features, "text": args.text});
    run.identity.extend(told.as_object().cloned().unwrap_or_default());
    let frame = match format {
        ScoreFormat::Table => Frame {
            head: format!("{}\n", overview::heading(&columns)).into_bytes(),
            after: "\n",
            ..Frame::default()
        },
        ScoreFormat::Csv => Frame { head: csv::header(show), raw: true, ..Frame::default() },
        ScoreFormat::Json => {
            Frame { head: b"[\n".to_vec(), between: ",\n", tail: "\n]\n", ..Frame::default() }
        }
        ScoreFormat::Jsonl => Frame { after: "\n", ..Frame::default() },
        ScoreFormat::Parquet => Frame::default(),
    };
    if format == ScoreFormat::Parquet {
        run.kind = Kind::parquet(show, args.row_group)?;
        run.identity.insert("row group".to_owned(), args.row_group.into());
    }
    run.go(&frame, |scored| {
        let item = match format {
            ScoreFormat::Table => overview::article(&columns, scored).into_bytes(),
            ScoreFormat::Csv => csv::row(scored, show),
            ScoreFormat::Json | ScoreFormat::Jsonl | ScoreFormat::Parquet => {
                json::article(scored, show)?
            }
        };
        // A table has no room for warnings.
        let warnings = scored
            .article
            .warnings
            .iter()
            .chain(&scored.marks.warnings)
            .filter(|_| format == ScoreFormat::Table);
        let notes = warnings.map(|w| format!("{}: {w}", scored.article.id)).collect();
        Ok(Piece {
            items: vec![item],
            unscored: scored.unscored.as_ref().map(|u| u.reason.clone()),
            notes,
        })
    })
}

//! `newsgauge score`

use crate::args::{Reading, Scoring};
use crate::output::Output;
use crate::pipeline;
use crate::status::{Status, say};
use clap::{Args, ValueEnum};
use newsgauge::report::{Show, csv, json, overview};
use newsgauge::score::Scored;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  newsgauge score articles/                        a table on a terminal, JSONL otherwise
  newsgauge score news.jsonl --marks --offsets chars > scored.jsonl
  newsgauge score news.csv --text-column body --format csv --output scored.csv
  newsgauge score sentences.jsonl --min-words 0    scores single sentences too
  newsgauge score news.jsonl --target \"Vladimir Putin\" --target Ukraine
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

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    scoring: Scoring,
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
}

/// One article, ready to be written.
struct Shown {
    bytes: Vec<u8>,
    /// Said on stderr beside a table, which has no room for it.
    warnings: Vec<String>,
}

/// Terminal cells of a table when nobody tells.
const WIDTH: usize = 140;

pub(crate) fn run(args: &ScoreArgs) -> anyhow::Result<Status> {
    let quiet = args.reading.quiet;
    let scorer = args.scoring.scorer(quiet)?;
    let mut intake = args.reading.open(&args.inputs)?;
    let mut output = Output::open(args.output.as_deref())?;
    let format = args.format.unwrap_or(if output.terminal { ScoreFormat::Table } else { ScoreFormat::Jsonl });
    let show = Show { marks: args.marks, features: args.features, text: args.text, unit: args.reading.offsets.into() };
    let width = output.terminal.then(terminal_size::terminal_size).flatten().map_or(WIDTH, |(width, _)| usize::from(width.0));
    let columns = overview::columns(width);
    let render = |scored: &Scored<'_>| -> Result<Shown, serde_json::Error> {
        let bytes = match format {
            ScoreFormat::Table => overview::article(&columns, scored).into_bytes(),
            ScoreFormat::Csv => csv::row(scored, show),
            ScoreFormat::Json | ScoreFormat::Jsonl => json::article(scored, show)?,
        };
        let warn = format == ScoreFormat::Table && !quiet;
        let all = scored.article.warnings.iter().chain(&scored.marks.warnings);
        Ok(Shown { bytes, warnings: if warn { all.map(|w| format!("{}: {w}", scored.article.id)).collect() } else { Vec::new() } })
    };
    let mut first = true;
    pipeline::each(
        &mut intake,
        args.scoring.jobs(),
        |article| render(&scorer.score(article)),
        |shown| {
            let shown = shown?;
            if std::mem::take(&mut first) {
                match format {
                    ScoreFormat::Table => output.put(format!("{}\n", overview::heading(&columns)))?,
                    ScoreFormat::Csv => output.put(csv::header(show))?,
                    ScoreFormat::Json => output.put("[\n")?,
                    ScoreFormat::Jsonl => {}
                }
            } else if format == ScoreFormat::Json {
                output.put(",\n")?;
            }
            match format {
                ScoreFormat::Csv => output.put_raw(&shown.bytes)?,
                ScoreFormat::Json => output.put(&shown.bytes)?,
                ScoreFormat::Jsonl | ScoreFormat::Table => {
                    output.put(&shown.bytes)?;
                    output.put("\n")?;
                }
            }
            for warning in shown.warnings {
                say(&format!("note: {warning}"));
            }
            Ok(())
        },
    )?;
    let status = intake.finish()?;
    if format == ScoreFormat::Json {
        output.put("\n]\n")?;
    }
    output.finish()?;
    Ok(status)
}

//! `newsgauge features`

use crate::journal::Identity;
use crate::output::Output;
use crate::run::{Frame, Piece, Run, RunArgs};
use crate::sink::Kind;
use crate::status::Status;
use clap::{Args, ValueEnum};
use newsgauge::catalog;
use newsgauge::report::matrix;
use newsgauge::report::table::{Side, whole};
use std::path::PathBuf;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  newsgauge features                             what is measured, with units
  newsgauge features --format markdown
  newsgauge features articles/ > matrix.csv      the numbers of each article";

/// List the features; with inputs, print their matrix as CSV
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FeaturesArgs {
    /// Files, folders, or - for the standard input; none: the catalogue
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to show the catalogue
    #[arg(long, short, value_enum, default_value_t, conflicts_with = "inputs")]
    format: CatalogueFormat,

    #[command(flatten)]
    run: RunArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CatalogueFormat {
    /// For reading
    #[default]
    Table,
    /// An array of objects
    Json,
    /// As it stands in src/family/README.md
    Markdown,
}

pub(crate) fn run(args: &FeaturesArgs) -> anyhow::Result<Status> {
    if !args.inputs.is_empty() {
        return numbers(args);
    }
    let mut output = Output::open(args.run.output.as_deref())?;
    match args.format {
        CatalogueFormat::Markdown => output.put(catalog::markdown())?,
        CatalogueFormat::Json => {
            let entries: Vec<_> = catalog::entries().collect();
            output.put(serde_json::to_string_pretty(&entries)?)?;
            output.put("\n")?;
        }
        CatalogueFormat::Table => {
            let row = |e: catalog::Entry| {
                vec![e.name.to_owned(), e.unit.to_owned(), e.axes.join(" "), e.doc.to_owned()]
            };
            let rows: Vec<_> = catalog::entries().map(row).collect();
            let columns =
                ["feature", "unit", "axes", "what it says"].map(|heading| (heading, Side::Left));
            output.put(whole(&columns, &rows, usize::MAX))?;
            output.put("\n")?;
        }
    }
    output.finish()?;
    Ok(Status::Done)
}

fn numbers(args: &FeaturesArgs) -> anyhow::Result<Status> {
    let started = Instant::now();
    // Features do not need the article-level models: no note on those that are missing.
    let scorer = args.run.scoring.scorer(true)?;
    let mut run = Run {
        args: &args.run,
        inputs: &args.inputs,
        identity: Identity::new(),
        scorer: &scorer,
        started,
        kind: Kind::Bytes,
    };
    run.identity.insert("command".to_owned(), "features".into());
    let frame = Frame { head: matrix::header(), raw: true, ..Frame::default() };
    run.go(&frame, |scored| {
        Ok(Piece {
            items: vec![matrix::row(&scored.article.id, &scored.vector)],
            ..Piece::default()
        })
    })
}

//! `newsgauge labels export` and `import`

use crate::desk::DeskArgs;
use crate::output::Output;
use crate::status::{Status, say};
use anyhow::{Context, bail};
use clap::Args;
use clap::builder::PossibleValuesParser;
use newsgauge::label::{EXCHANGES, Exchange};
use std::path::PathBuf;

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(EXCHANGES.iter().map(|e| e.name))
}

/// Write an annotator's labels as other tools for labelling read them
#[derive(Args)]
pub(crate) struct ExportArgs {
    /// Files or folders of articles; none: those of --corpus
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// label-studio: tasks with annotations; doccano: a line an article; csv: one table of everything
    #[arg(long, short, value_name = "FORMAT", value_parser = names())]
    format: String,

    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    desk: DeskArgs,
}

/// Take labels that were made with other tools; nothing is written unless all of them fit
#[derive(Args)]
pub(crate) struct ImportArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Files or folders of the articles; none: those of --corpus
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// label-studio: tasks with annotations; doccano: a line an article; csv: one table of everything
    #[arg(long, short, value_name = "FORMAT", value_parser = names())]
    format: String,

    #[command(flatten)]
    desk: DeskArgs,
}

fn exchange(name: &str) -> anyhow::Result<&'static Exchange> {
    Exchange::named(name).context("there is no such format")
}

pub(crate) fn export(args: &ExportArgs) -> anyhow::Result<Status> {
    let desk = args.desk.desk(&args.inputs)?;
    let mut output = Output::open(args.output.as_deref())?;
    let text = exchange(&args.format)?.export(&desk, args.desk.annotator()?)?;
    output.put_raw(text.as_bytes())?;
    output.finish()?;
    Ok(Status::Done)
}

pub(crate) fn import(args: &ImportArgs) -> anyhow::Result<Status> {
    let desk = args.desk.desk(&args.inputs)?;
    let told = || args.file.display().to_string();
    let text = std::fs::read_to_string(&args.file).with_context(told)?;
    let count = match exchange(&args.format)?.import(&text, &desk, args.desk.annotator()?) {
        Ok(count) => count,
        Err(error) => bail!("{}: nothing is taken:\n{error}", args.file.display()),
    };
    if !args.desk.reading.quiet {
        say(&format!("labels of {count} articles are in {}", args.desk.labels.display()));
    }
    Ok(Status::Done)
}

//! `newsgauge labels curve`

use crate::output::Output;
use crate::status::Status;
use crate::train::progress;
use clap::Args;
use clap::builder::PossibleValuesParser;
use newsgauge::axis::{AXES, Axis, Judges};
use newsgauge::learn::curve::{CurveOptions, curves};
use std::num::NonZero;
use std::path::PathBuf;

fn judged() -> impl Iterator<Item = &'static str> {
    AXES.iter().filter(|a| a.judges == Judges::Readers).map(|a| a.name)
}

/// Draw learning curves: how good a model becomes with the articles that one order or another labels first
#[derive(Args)]
pub(crate) struct CurveArgs {
    /// Axes; none: tone and sourcing
    #[arg(value_name = "AXIS", value_parser = PossibleValuesParser::new(judged()))]
    axes: Vec<String>,

    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    labels: PathBuf,

    /// Folder of the public sets
    #[arg(long, value_name = "DIR")]
    data: PathBuf,

    /// Different random beginnings
    #[arg(long, value_name = "N", default_value = "20")]
    seeds: NonZero<u64>,

    /// Articles that are labelled before the model is fitted again
    #[arg(long, value_name = "N", default_value = "25")]
    batch: NonZero<usize>,

    /// Judge on outlets held out of the articles to fit on; ways are chosen by this, never by the other parts
    #[arg(long)]
    within_fit: bool,

    /// Show the tables as Markdown
    #[arg(long)]
    markdown: bool,

    /// Say nothing of what is being done
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(args: &CurveArgs) -> anyhow::Result<Status> {
    let mut axes: Vec<&Axis> = args.axes.iter().filter_map(|name| Axis::named(name)).collect();
    if axes.is_empty() {
        axes = ["tone", "sourcing"].into_iter().filter_map(Axis::named).collect();
    }
    let options = CurveOptions {
        axes,
        labels: args.labels.clone(),
        data: args.data.clone(),
        seeds: args.seeds.get(),
        batch: args.batch.get(),
        within_fit: args.within_fit,
    };
    let tables = curves(&options, &mut progress(args.quiet))?;
    let shown = tables.iter().map(|t| if args.markdown { t.markdown() } else { t.to_string() });
    let mut output = Output::open(None)?;
    output.put(shown.collect::<Vec<_>>().join("\n"))?;
    output.finish()?;
    Ok(Status::Done)
}

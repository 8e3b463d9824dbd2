//! The command line: sees only the library's public items, and is the only place that prints.

mod args;
mod check;
mod compare;
mod completions;
#[cfg(feature = "train")]
mod curve;
mod defect;
#[cfg(feature = "train")]
mod desk;
#[cfg(feature = "train")]
mod evaluate;
#[cfg(feature = "train")]
mod exchange;
mod explain;
mod features;
mod gather;
mod intake;
mod interrupt;
mod journal;
#[cfg(feature = "train")]
mod labels;
mod man;
mod model;
mod outlets;
mod output;
mod pages;
#[cfg(feature = "parquet")]
mod parts;
mod pipeline;
mod quotes;
mod run;
mod score;
#[cfg(feature = "serve")]
mod serve;
mod sink;
mod status;
mod summary;
mod tally;
#[cfg(feature = "train")]
mod train;

use clap::{CommandFactory, Parser, Subcommand};
use status::Status;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  newsgauge score articles/                     a line for each article in a folder
  newsgauge score news.jsonl --marks > out.jsonl
  newsgauge explain article.txt                 one article, marked, with what each score rests on
  cat article.txt | newsgauge explain -
  newsgauge quotes articles/ --speaker Dorn     who said what, a row for each statement
  newsgauge compare story/                      articles on one event: shared statements, copies
  newsgauge outlets news.jsonl                  outlets side by side, with intervals
  newsgauge check draft.txt                     a draft before it runs: loaded words, claims without a source …
  newsgauge features                            what is measured

Exit status: 0 all scored; 1 a gate was met; 2 wrong usage, or nothing could be read; 3 some inputs were rejected, the
rest was scored.";

/// Reads news articles and tells who said so, how sure they are, and in what tone.
#[derive(Parser)]
#[command(name = "newsgauge", version, about, after_help = EXAMPLES, propagate_version = true, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Score(score::ScoreArgs),
    Explain(explain::ExplainArgs),
    Quotes(quotes::QuotesArgs),
    Compare(compare::CompareArgs),
    Outlets(outlets::OutletsArgs),
    Check(check::CheckArgs),
    Features(features::FeaturesArgs),
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    #[cfg(feature = "serve")]
    Label(serve::LabelArgs),
    #[cfg(feature = "train")]
    Labels(labels::LabelsArgs),
    #[cfg(feature = "train")]
    Train(train::TrainArgs),
    #[cfg(feature = "train")]
    Evaluate(evaluate::EvaluateArgs),
    Model(model::ModelArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    defect::listen();
    let done = match cli.command {
        Command::Score(args) => score::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Quotes(args) => quotes::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Outlets(args) => outlets::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Features(args) => features::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        #[cfg(feature = "serve")]
        Command::Label(args) => serve::label(&args),
        #[cfg(feature = "train")]
        Command::Labels(args) => labels::run(&args),
        #[cfg(feature = "train")]
        Command::Train(args) => train::run(&args),
        #[cfg(feature = "train")]
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Model(args) => model::run(&args),
        Command::Completions(args) => completions::run(&args, &mut Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    match done {
        Ok(status) => status.into(),
        Err(error) if status::is_broken_pipe(&error) => Status::Done.into(),
        Err(error) => {
            status::say(&format!("error: {error:#}"));
            Status::Failed.into()
        }
    }
}

//! `newsgauge train`

use crate::output::Output;
use crate::status::{Status, say};
use anyhow::{Context, bail};
use clap::Args;
use newsgauge::axis::{AXES, Axis};
use newsgauge::learn::spans::{self, SPAN_TASKS, SpanData, SpanTask};
use newsgauge::learn::train::{SEED, TrainOptions, train};
use std::path::PathBuf;

/// Examples, and the tasks from their one list.
fn after_help() -> String {
    let tasks: Vec<String> = SPAN_TASKS
        .iter()
        .map(|t| format!("  {:<18} {}.\n                     Data: {}", t.name, t.doc, t.data))
        .collect();
    format!(
        "\
Examples:
  newsgauge train --data public/                   every axis, from labels/, corpus/ and public sets into models/
  newsgauge train                                  those that need no public sets
  newsgauge train tone --labels my/labels --corpus my/corpus --output my/models
  newsgauge score news.jsonl --model my/models     and the models in use
  newsgauge train hedging-spans --data public/     a span-level task, from public sets
  newsgauge train attribution-spans --data my.jsonl --output my/models

Axes: {}
Span-level tasks:
{}

Labels of axes: articles.csv in the folder of labels, with the columns article, axis, label (first and second where two annotators worked).
Their texts: the folder of the corpus, a file ID.txt for each article, and MANIFEST.csv with the columns id, outlet, story (register,
sha256 and copy_of where known): articles of one story, and of one outlet, are held out together.
partisanship and reliability are fitted on articles that others judged: tone/hyperpartisan_dev.jsonl, and outlets/articles_dev.jsonl.gz with
outlets/ratings_dev.csv, in the folder that --data names. Without --data they are left out, and the other axes rest on the corpus alone.

Articles of attribution-spans, one JSON object a line (here on two); source, cue and content are lists of [start, end] in Unicode
code points, and source and cue may be empty:
  {{\"id\": \"1\", \"text\": \"…\", \"attributions\": [
    {{\"source\": [[0, 9]], \"cue\": [[10, 14]], \"content\": [[15, 40]]}}]}}

Nothing is overwritten unless every axis or task succeeds.",
        AXES.iter().map(|a| a.name).collect::<Vec<_>>().join(", "),
        tasks.join("\n"),
    )
}

/// Fit models on labels: cross-validates, calibrates, writes model and card
#[derive(Args)]
#[command(after_help = after_help())]
pub(crate) struct TrainArgs {
    /// Axes or span-level tasks; none: all axes
    #[arg(value_name = "AXIS|TASK")]
    names: Vec<String>,

    /// Folder of the labels
    #[arg(long, value_name = "DIR", default_value = "labels")]
    labels: PathBuf,

    /// Folder of the articles and their MANIFEST.csv
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,

    /// Axes: folder of public data to add to the corpus. Span-level tasks: what to fit on, a folder of public data or the task's own file
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,

    /// File of word vectors in the text form of GloVe, for tasks that share what they learn between like words
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,

    /// Fit on the first N articles only, for tasks that read articles
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Folder for models and cards
    #[arg(long, short, value_name = "DIR", default_value = "models")]
    output: PathBuf,

    /// Seed of folds and intervals
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,

    /// Say nothing of what is being done
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(args: &TrainArgs) -> anyhow::Result<Status> {
    let (mut axes, mut tasks) = (Vec::new(), Vec::new());
    for (index, name) in args.names.iter().enumerate() {
        if args.names[..index].contains(name) {
            continue;
        }
        match (Axis::named(name), SpanTask::named(name)) {
            (Some(axis), _) => axes.push(axis),
            (None, Some(task)) => tasks.push(task),
            (None, None) => bail!(
                "no axis is named {name:?}; there are {}, and span-level tasks {}",
                AXES.iter().map(|a| a.name).collect::<Vec<_>>().join(", "),
                SPAN_TASKS.iter().map(|t| t.name).collect::<Vec<_>>().join(", ")
            ),
        }
    }
    if !tasks.is_empty() && !axes.is_empty() {
        bail!(
            "span-level tasks and axes are fitted in runs of their own: axes rest on what span-level models find"
        );
    }
    for (flag, given, taken) in [
        ("--vectors", args.vectors.is_some(), tasks.iter().any(|t| t.takes_vectors)),
        ("--limit", args.limit.is_some(), tasks.iter().any(|t| t.takes_limit)),
    ] {
        if given && !taken {
            bail!("{flag} is of no use to what is fitted here");
        }
    }
    if !tasks.is_empty() {
        return spans(args, &tasks);
    }
    let options = TrainOptions {
        axes,
        labels: args.labels.clone(),
        corpus: args.corpus.clone(),
        output: args.output.clone(),
        data: args.data.clone(),
        seed: args.seed,
        command: command(args),
    };
    let report = train(&options, &mut progress(args.quiet))?;
    tell(&report.to_string())
}

/// The command as it was given, without where it writes to: what model files tell.
fn command(args: &TrainArgs) -> String {
    let mut words = vec!["newsgauge train".to_owned()];
    words.extend(args.names.iter().cloned());
    let defaults = [("--labels", &args.labels, "labels"), ("--corpus", &args.corpus, "corpus")];
    let given = defaults.into_iter().filter(|(_, path, default)| path.as_os_str() != *default);
    words.extend(given.map(|(flag, path, _)| format!("{flag} {}", path.display())));
    words.extend(args.data.iter().map(|path| format!("--data {}", path.display())));
    words.extend((args.seed != SEED).then(|| format!("--seed {}", args.seed)));
    words.join(" ")
}

fn spans(args: &TrainArgs, tasks: &[&SpanTask]) -> anyhow::Result<Status> {
    let needs = || {
        format!(
            "span-level tasks need --data PATH: {}",
            tasks.iter().map(|t| t.data).collect::<Vec<_>>().join("; ")
        )
    };
    let data = args.data.as_deref().with_context(needs)?;
    let from = SpanData {
        data,
        vectors: args.vectors.as_deref(),
        limit: args.limit,
        own: Some((&args.labels, &args.corpus)),
    };
    let report = spans::train(tasks, from, &args.output, &mut progress(args.quiet))?;
    tell(&report.to_string())
}

fn tell(report: &str) -> anyhow::Result<Status> {
    let mut output = Output::open(None)?;
    output.put_raw(report.as_bytes())?;
    output.finish()?;
    Ok(Status::Done)
}

/// Tells on stderr what is being done.
pub(crate) fn progress(quiet: bool) -> impl FnMut(&str) {
    move |what| {
        if !quiet {
            say(what);
        }
    }
}

//! `newsgauge serve` and `newsgauge label`

use crate::args::Scoring;
use crate::desk::DeskArgs;
use crate::status::{Status, say};
use clap::Args;
use newsgauge::label::Desk;
use newsgauge::serve::{Setup, TrainSetup, serve};
use std::path::PathBuf;

const SERVE_EXAMPLES: &str = "\
Examples:
  newsgauge serve                     paste or drop an article and read its page
  newsgauge serve story/              the articles of a folder, side by side, and their outlets

Prints an address with a token. Only this machine can open it, and only with the token. Ctrl-C ends it.";

/// Open local pages: an article's page, the story and the outlets of a folder, labelling
#[derive(Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Files or folders of articles
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    serving: Serving,
}

const LABEL_EXAMPLES: &str = "\
Examples:
  newsgauge label                                           the own corpus: corpus/ and labels/
  newsgauge label --annotator second                        the same, blind to the first annotator's labels
  newsgauge label --annotator third                         where the two differ
  newsgauge label articles/ --labels my/labels              any articles; their labels go to my/labels
  newsgauge label --list labels/real.csv --data DATA        articles of public sets, named set:id

Prints an address with a token. Every key is saved at once. Ctrl-C ends it.";

/// Label articles in local pages
#[derive(Args)]
#[command(after_help = LABEL_EXAMPLES)]
pub(crate) struct LabelArgs {
    /// Files or folders of articles; none: those of --corpus
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    serving: Serving,
}

#[derive(Args)]
struct Serving {
    #[command(flatten)]
    desk: DeskArgs,

    /// Folder that models trained in the page are written to
    #[arg(long, value_name = "DIR", default_value = "retrained")]
    output: PathBuf,

    /// Port of 127.0.0.1 [default: any that is free]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,

    #[command(flatten)]
    scoring: Scoring,
}

const GUIDE: &str = include_str!("../../../labels/GUIDE.md");

impl Serving {
    /// `given`: articles of one's own are labelled, not those of the corpus.
    fn open(&self, desk: Desk, start: &'static str, given: bool) -> anyhow::Result<Status> {
        let DeskArgs { labels, corpus, data, reading, .. } = &self.desk;
        let guide = std::fs::read_to_string(labels.join("GUIDE.md"));
        let setup = Setup {
            desk,
            who: self.desk.annotator()?,
            scorer: self.scoring.scorer(reading.quiet)?,
            train: TrainSetup {
                corpus: (!given).then(|| corpus.clone()),
                data: data.clone(),
                output: self.output.clone(),
            },
            guide: guide.unwrap_or_else(|_| GUIDE.to_owned()),
            start,
        };
        serve(setup, self.port, |address| say(&format!("open {address}")))?;
        Ok(Status::Done)
    }
}

pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<Status> {
    let desk = args.serving.desk.desk_or_none(&args.inputs)?;
    args.serving.open(desk, "/", true)
}

pub(crate) fn label(args: &LabelArgs) -> anyhow::Result<Status> {
    let desk = args.serving.desk.desk(&args.inputs)?;
    args.serving.open(desk, "/label", !args.inputs.is_empty())
}

//! Runs that look at all articles before they show anything: the inputs are gone through as in [`crate::run`], the results
//! gathered.

use crate::args::{Reading, Scoring};
use crate::output::Output;
use crate::pipeline;
use crate::status::{self, Status};
use clap::Args;
use newsgauge::score::{Scored, Scorer};
use std::path::PathBuf;

/// What every such run takes.
#[derive(Args)]
pub(crate) struct GatherArgs {
    /// Write to FILE instead of the standard output; it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    scoring: Scoring,
}

impl GatherArgs {
    /// Models and word lists.
    pub(crate) fn scorer(&self) -> anyhow::Result<Scorer> {
        self.scoring.scorer(self.reading.quiet)
    }

    /// Opens what the run writes to; better before the long work than after it.
    pub(crate) fn output(&self) -> anyhow::Result<Output> {
        Output::open(self.output.as_deref())
    }

    /// Takes what `of` makes of every scored article, in the order of reading.
    pub(crate) fn each<T: Send + 'static>(
        &self,
        inputs: &[PathBuf],
        scorer: &Scorer,
        of: impl Fn(&Scored<'_>) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> anyhow::Result<Status> {
        let mut intake = self.reading.open(inputs)?;
        let rows = intake.rows();
        if !self.reading.quiet {
            status::begin_progress(|| newsgauge::read::size(inputs), rows.taken());
        }
        let work = |article: &newsgauge::article::Article| {
            let scored = scorer.score(article);
            (of(&scored), scored.unscored.as_ref().map(|u| u.reason.clone()))
        };
        let done = pipeline::each(
            rows,
            self.scoring.jobs(),
            work,
            |_| 0,
            |outcome| {
                match outcome.result {
                    Err(reject) => intake.tally.reject(&reject)?,
                    Ok((made, unscored)) => {
                        intake.tally.count(unscored.as_deref());
                        take(made);
                    }
                }
                intake.tally.show();
                Ok(())
            },
        );
        status::end_progress();
        intake.ended(&done?);
        intake.finish()
    }
}

//! A long run over articles: rows in, items out, in order, with a journal so that a run that was killed can go on.

use crate::args::{Reading, Scoring};
use crate::intake::ending;
use crate::interrupt;
use crate::journal::{Identity, Journal, Mark, beside};
use crate::output::{self, Output};
use crate::pipeline::{self, Outcome};
use crate::sink::{Kind, Sink, regular};
use crate::status::{self, Status, say};
use crate::summary;
use crate::tally::{Counts, Tally};
use anyhow::{bail, ensure};
use clap::Args;
use newsgauge::article::Article;
use newsgauge::read::Inputs;
use newsgauge::report::csv;
use newsgauge::score::{Scored, Scorer};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What every run that gives rows of articles takes.
#[derive(Args)]
pub(crate) struct RunArgs {
    /// Write to FILE instead of the standard output; it appears when it is whole. Until then FILE.part grows beside it. Of
    /// --format html: the folder
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Go on with the same run where it was killed; without an unfinished run it begins
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,

    /// Write what became of all rows to FILE, a JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,

    /// With --format csv: a cell of text that a spreadsheet would take for a formula begins with an apostrophe
    #[arg(long)]
    spreadsheet: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) scoring: Scoring,
}

impl RunArgs {
    /// Rows of CSV as they are asked for.
    pub(crate) fn csv(&self, rows: Vec<u8>) -> Vec<u8> {
        if self.spreadsheet { csv::guarded(&rows) } else { rows }
    }
}

/// What stands around the items.
#[derive(Default)]
pub(crate) struct Frame {
    pub(crate) head: Vec<u8>,
    pub(crate) between: &'static str,
    pub(crate) after: &'static str,
    pub(crate) tail: &'static str,
    /// Items hold text of articles as it stands.
    pub(crate) raw: bool,
}

/// What one article gives.
#[derive(Default)]
pub(crate) struct Piece {
    pub(crate) items: Vec<Vec<u8>>,
    /// Why it has no scores.
    pub(crate) unscored: Option<String>,
    /// Said on stderr.
    pub(crate) notes: Vec<String>,
}

/// A run that has not begun.
pub(crate) struct Run<'a> {
    pub(crate) args: &'a RunArgs,
    pub(crate) inputs: &'a [PathBuf],
    /// The command and those of its arguments that change what is written.
    pub(crate) identity: Identity,
    pub(crate) scorer: &'a Scorer,
    pub(crate) started: Instant,
    pub(crate) kind: Kind,
}

/// Time between two lines of the journal: at most this much work is done again.
const SETTLE: Duration = Duration::from_millis(300);

impl Run<'_> {
    /// Are results shown on a terminal? It wants other formats than a file.
    pub(crate) fn is_terminal(&self) -> bool {
        self.args.output.is_none() && std::io::IsTerminal::is_terminal(&std::io::stdout())
    }

    /// Renders every article, and writes the items in the order of reading.
    pub(crate) fn go(
        mut self,
        frame: &Frame,
        render: impl Fn(&Scored<'_>) -> anyhow::Result<Piece> + Sync,
    ) -> anyhow::Result<Status> {
        let quiet = self.args.reading.quiet;
        let file = self.args.output.as_deref().and_then(regular);
        ensure!(file.is_some() || !self.args.resume, "--resume needs an --output that is a file");
        let files = [
            ("--output", &file),
            ("--rejects", &self.args.reading.rejects),
            ("--summary", &self.args.summary),
        ];
        for (flag, path) in files {
            path.as_deref().map_or(Ok(()), |path| output::can_be_made(flag, path))?;
        }
        self.complete_identity()?;
        let (journal, mark) = match &file {
            Some(path) => Journal::open(path, &self.identity, self.args.resume)
                .map(|(journal, mark)| (Some(journal), mark))?,
            None => (None, None),
        };
        let mark = mark.unwrap_or_default();
        let resumed = mark.counts.rows;
        interrupt::keep(resumed);
        interrupt::listen(file.as_deref());
        if self.args.resume && !quiet {
            say(&if resumed == 0 {
                "note: no unfinished run: begins at the first row".to_owned()
            } else {
                format!("note: goes on after {resumed} rows")
            });
        }
        let sink: Box<dyn Sink> = match &file {
            Some(path) => self.kind.open(path, &mark)?,
            None if matches!(self.kind, Kind::Bytes) => {
                Box::new(Output::open(self.args.output.as_deref())?)
            }
            None => bail!("Parquet goes to a file: --output names it"),
        };
        let mut writing = Writing { sink, journal, mark, settled: Instant::now(), frame, quiet };
        if writing.mark.finished {
            self.args.reading.open_after(&[], Vec::new(), &writing.mark)?;
        } else {
            match self.stream(&mut writing, &file, render) {
                Ok(counts) => writing.mark.counts = counts,
                Err(error) => return Err(writing.broken_off(error, resumed)),
            }
        }
        let counts = writing.mark.counts.clone();
        let status = match ending(&counts, quiet) {
            Ok(status) => status,
            Err(error) => {
                writing.discard();
                return Err(error);
            }
        };
        writing.finish(|| match &self.args.summary {
            Some(path) => summary::write(
                path,
                &counts,
                resumed,
                self.started.elapsed().as_secs_f64(),
                &self.identity,
            ),
            None => Ok(()),
        })?;
        Ok(status)
    }

    /// All rows that are not yet done.
    fn stream(
        &self,
        writing: &mut Writing<'_>,
        file: &Option<PathBuf>,
        render: impl Fn(&Scored<'_>) -> anyhow::Result<Piece> + Sync,
    ) -> anyhow::Result<Counts> {
        let output = file
            .iter()
            .flat_map(|path| [path.clone(), beside(path, ".part"), beside(path, ".journal")]);
        let own = output.chain(self.args.summary.clone()).collect();
        let mut intake = self.args.reading.open_after(self.inputs, own, &writing.mark)?;
        let mut rows = intake.rows();
        if !writing.quiet && !self.is_terminal() {
            status::begin_progress(|| newsgauge::read::size(self.inputs), rows.taken());
        }
        pass(&mut rows, &writing.mark)?;
        let render = |article: &Article| render(&self.scorer.score(article));
        let weigh = |piece: &anyhow::Result<Piece>| {
            piece.as_ref().map_or(0, |p| p.items.iter().map(Vec::len).sum())
        };
        let done = pipeline::each(rows, self.args.scoring.jobs(), render, weigh, |outcome| {
            writing.take(outcome, &mut intake.tally)
        });
        status::end_progress();
        intake.ended(&done?);
        writing.mark.rejects = intake.tally.settle()?;
        Ok(intake.tally.counts)
    }

    /// Whatever else decides what is written.
    fn complete_identity(&mut self) -> anyhow::Result<()> {
        let models: Vec<&str> =
            self.scorer.models.classifiers.iter().map(|c| c.id.as_str()).collect();
        self.identity.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
        self.identity.insert("models".to_owned(), models.into());
        self.identity.insert("spreadsheet".to_owned(), self.args.spreadsheet.into());
        self.identity.insert(
            "inputs".to_owned(),
            self.inputs.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().into(),
        );
        self.args.reading.tell(&mut self.identity);
        self.args.scoring.tell(&mut self.identity)
    }
}

/// Goes over the rows of which a run before this one has written what they gave.
fn pass(rows: &mut Inputs, mark: &Mark) -> anyhow::Result<()> {
    let mut chain = 0;
    for done in 0..mark.counts.rows {
        let Some(row) = rows.next() else {
            bail!(
                "--resume: the inputs now end after {done} rows; {} were written",
                mark.counts.rows
            )
        };
        chain = fold(chain, pipeline::print(&row));
    }
    ensure!(
        chain == mark.chain,
        "--resume: the inputs are not what they were; leave out --resume to begin afresh"
    );
    Ok(())
}

fn fold(chain: u64, print: u64) -> u64 {
    (chain.rotate_left(5) ^ print).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// The writing end of a run.
struct Writing<'a> {
    sink: Box<dyn Sink>,
    journal: Option<Journal>,
    mark: Mark,
    settled: Instant,
    frame: &'a Frame,
    quiet: bool,
}

impl Writing<'_> {
    fn take(
        &mut self,
        outcome: Outcome<anyhow::Result<Piece>>,
        tally: &mut Tally,
    ) -> anyhow::Result<()> {
        match outcome.result {
            Err(reject) => tally.reject(&reject)?,
            Ok(piece) => {
                let piece = piece?;
                if tally.counts.articles() == 0 {
                    self.sink.put(&self.frame.head, false)?;
                }
                for item in &piece.items {
                    if self.mark.items > 0 {
                        self.sink.put(self.frame.between.as_bytes(), false)?;
                    }
                    self.sink.put(item, self.frame.raw)?;
                    self.sink.put(self.frame.after.as_bytes(), false)?;
                    self.mark.items += 1;
                }
                tally.count(piece.unscored.as_deref());
                if !self.quiet {
                    piece.notes.iter().for_each(|note| say(&format!("note: {note}")));
                }
            }
        }
        self.mark.chain = fold(self.mark.chain, outcome.print);
        tally.show();
        if self.journal.is_some() && (self.sink.is_due() || self.settled.elapsed() >= SETTLE) {
            if let Some(output) = self.sink.settle()? {
                self.mark.counts = tally.counts.clone();
                self.mark.rejects = tally.settle()?;
                self.note(output)?;
            }
            self.settled = Instant::now();
        }
        Ok(())
    }

    /// Writes down that so much of the output stands on the disk.
    fn note(&mut self, output: u64) -> anyhow::Result<()> {
        self.mark.output = output;
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.add(&self.mark)?;
        interrupt::keep(self.mark.counts.rows);
        Ok(())
    }

    /// Ends the output; `before` is done when all is on the disk and nothing has its name yet.
    fn finish(mut self, before: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
        if !self.mark.finished {
            self.sink.put(self.frame.tail.as_bytes(), false)?;
            self.sink.complete()?;
            self.mark.finished = true;
            if let Some(output) = self.sink.settle()? {
                self.note(output)?;
            }
        }
        before()?;
        self.sink.finish()?;
        if let Some(journal) = self.journal {
            journal.remove();
        }
        Ok(())
    }

    fn discard(mut self) {
        self.sink.discard();
        if let Some(journal) = self.journal {
            journal.remove();
        }
    }

    /// The run ends by an error. What was done is kept where it can be gone on with. `resumed` rows stood before it began:
    /// an error before the first new one says itself what to do.
    fn broken_off(self, error: anyhow::Error, resumed: u64) -> anyhow::Error {
        let kept = self.mark.counts.rows;
        if kept == 0 {
            self.discard();
        } else if self.journal.is_some() && kept > resumed {
            return error.context(format!("after {kept} rows, which are kept: --resume goes on"));
        }
        error
    }
}

//! The inputs of a run, and how it ends.

use crate::status::{Status, say};
use crate::tally::{Counts, Tally};
use anyhow::bail;
use newsgauge::article::Article;
use newsgauge::read::{FORMATS, Inputs, Options, read};

/// The rows of a run, and what became of them.
pub(crate) struct Intake {
    rows: Option<Inputs>,
    pub(crate) tally: Tally,
    quiet: bool,
}

impl Intake {
    pub(crate) fn new(rows: Inputs, tally: Tally, quiet: bool) -> Self {
        Intake { rows: Some(rows), tally, quiet }
    }

    /// The next article; rejected rows are told on the way.
    pub(crate) fn next(&mut self) -> anyhow::Result<Option<Article>> {
        while let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
            match row.read() {
                Ok(article) => {
                    self.tally.count(None);
                    return Ok(Some(article));
                }
                Err(reject) => self.tally.reject(&reject)?,
            }
        }
        self.tally.counts.passed_over = self.rows.as_ref().map_or(0, Inputs::passed_over) as u64;
        Ok(None)
    }

    /// The rows, for a thread of their own; once.
    pub(crate) fn rows(&mut self) -> Inputs {
        self.rows.take().unwrap_or_else(|| read(Vec::new(), Options::default()))
    }

    /// The rows came to their end.
    pub(crate) fn ended(&mut self, rows: &Inputs) {
        self.tally.counts.passed_over = rows.passed_over() as u64;
    }

    /// How the run ends when everything was read.
    pub(crate) fn finish(mut self) -> anyhow::Result<Status> {
        self.tally.settle()?;
        ending(&self.tally.counts, self.quiet)
    }
}

/// What was not asked for, and why.
fn left_out(counts: &Counts) -> String {
    let reasons = counts.left_out_reasons.iter();
    let reasons: Vec<String> = reasons.map(|(reason, count)| format!("{count} {reason}")).collect();
    format!("{} left out: {}", counts.left_out, reasons.join("; "))
}

/// How a run ends that was read to its end.
pub(crate) fn ending(counts: &Counts, quiet: bool) -> anyhow::Result<Status> {
    let endings: Vec<&str> = FORMATS.iter().flat_map(|f| f.endings).copied().collect();
    let aside = format!(
        "{} files passed over: in folders only {} are read",
        counts.passed_over,
        endings.join(" ")
    );
    let left_out = left_out(counts);
    if counts.articles() == 0 {
        match (counts.rejected, counts.passed_over) {
            (0, _) if counts.left_out > 0 => bail!("no article is left: {left_out}"),
            (0, 0) => bail!("nothing could be read: no articles in the inputs"),
            (0, _) => bail!("nothing could be read: {aside}"),
            (count, _) => bail!("nothing could be read: {count} rejected"),
        }
    }
    if !quiet && counts.passed_over > 0 {
        say(&format!("note: {aside}"));
    }
    if !quiet && counts.left_out > 0 {
        say(&format!("note: {left_out}"));
    }
    if !quiet && counts.rows > 1 {
        say(&format!(
            "note: {} rows: {} scored, {} unscored, {} rejected{}",
            counts.rows,
            counts.scored,
            counts.unscored,
            counts.rejected,
            if counts.left_out > 0 {
                format!(", {} left out", counts.left_out)
            } else {
                String::new()
            }
        ));
    }
    Ok(if counts.rejected == 0 { Status::Done } else { Status::SomeRejected })
}

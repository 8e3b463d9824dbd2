//! What became of every row: the counts that must add up, and the list of the rejected.

use crate::status::{progress, say};
use anyhow::{Context, ensure};
use newsgauge::read::Reject;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// Different reasons that are counted apart.
const REASONS: usize = 200;

/// Counts of a run; every row is in one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) rows: u64,
    pub(crate) scored: u64,
    pub(crate) unscored: u64,
    pub(crate) rejected: u64,
    /// Rows that were not asked for (--since, --until, --outlet) or are no articles (pictures in a feed).
    #[serde(default)]
    pub(crate) left_out: u64,
    /// Files in folders that were left alone: no rows.
    pub(crate) passed_over: u64,
    /// Reasons, numbers in them written as `N`.
    pub(crate) unscored_reasons: BTreeMap<String, u64>,
    pub(crate) rejected_reasons: BTreeMap<String, u64>,
    #[serde(default)]
    pub(crate) left_out_reasons: BTreeMap<String, u64>,
}

impl Counts {
    /// Rows that are articles.
    pub(crate) fn articles(&self) -> u64 {
        self.rows - self.rejected - self.left_out
    }
}

/// Counts rows, and writes down those that are rejected.
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    rejects: Option<BufWriter<File>>,
    quiet: bool,
}

impl Tally {
    /// Goes on from the counts of a run that was cut off.
    pub(crate) fn new(counts: Counts, quiet: bool) -> Self {
        Tally { counts, rejects: None, quiet }
    }

    /// Lists rejected rows in a file; goes on behind its first `keep` bytes.
    pub(crate) fn list(&mut self, path: &Path, keep: u64) -> anyhow::Result<()> {
        let told = || format!("--rejects {}", path.display());
        let mut file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .with_context(told)?;
        let known = file.metadata().with_context(told)?;
        if known.is_file() {
            let length = known.len();
            ensure!(
                length >= keep,
                "{} has {length} bytes, the journal tells of {keep}: leave out --resume to begin afresh",
                told()
            );
            file.set_len(keep).with_context(told)?;
            file.seek(SeekFrom::Start(keep)).with_context(told)?;
        }
        self.rejects = Some(BufWriter::new(file));
        Ok(())
    }

    /// Counts an article, which may have no scores for a reason.
    pub(crate) fn count(&mut self, unscored: Option<&str>) {
        self.counts.rows += 1;
        match unscored {
            None => self.counts.scored += 1,
            Some(reason) => {
                self.counts.unscored += 1;
                count(&mut self.counts.unscored_reasons, reason);
            }
        }
    }

    pub(crate) fn reject(&mut self, reject: &Reject) -> anyhow::Result<()> {
        self.counts.rows += 1;
        if reject.left_out {
            self.counts.left_out += 1;
            count(&mut self.counts.left_out_reasons, &reject.reason);
            return Ok(());
        }
        self.counts.rejected += 1;
        count(&mut self.counts.rejected_reasons, &reject.reason);
        if !self.quiet {
            say(&format!("rejected: {reject}"));
        }
        if let Some(file) = &mut self.rejects {
            serde_json::to_writer(&mut *file, reject).context("--rejects")?;
            file.write_all(b"\n").context("--rejects")?;
        }
        Ok(())
    }

    /// All rejects stand on the disk: how many bytes the list has.
    pub(crate) fn settle(&mut self) -> anyhow::Result<u64> {
        let Some(file) = &mut self.rejects else { return Ok(0) };
        file.flush().context("--rejects")?;
        let file = file.get_ref();
        let known = file.metadata().context("--rejects")?;
        // A pipe has no length, and no disk.
        if known.is_file() {
            file.sync_data().context("--rejects")?;
        }
        Ok(known.len())
    }

    pub(crate) fn show(&self) {
        progress(&self.counts);
    }
}

/// `3 words of prose` and `7 words of prose` are one reason.
fn count(reasons: &mut BTreeMap<String, u64>, reason: &str) {
    let mut general = String::with_capacity(reason.len());
    for c in reason.chars() {
        match (c.is_ascii_digit(), general.ends_with('N')) {
            (true, true) => {}
            (true, false) => general.push('N'),
            (false, _) => general.push(c),
        }
    }
    if reasons.len() >= REASONS && !reasons.contains_key(&general) {
        general = "other reasons".to_owned();
    }
    *reasons.entry(general).or_default() += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_without_their_numbers() {
        let mut tally = Tally::new(Counts::default(), true);
        tally.count(Some("3 words of prose, fewer than 100"));
        tally.count(Some("17 words of prose, fewer than 100"));
        assert_eq!(
            tally.counts.unscored_reasons,
            BTreeMap::from([("N words of prose, fewer than N".to_owned(), 2)])
        );
        for n in 0..1000 {
            let letters: String = (0..n).map(|_| 'x').collect();
            count(&mut tally.counts.rejected_reasons, &letters);
        }
        assert_eq!(tally.counts.rejected_reasons.len(), REASONS + 1);
    }
}

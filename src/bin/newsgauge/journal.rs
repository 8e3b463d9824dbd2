//! The journal of a run: what stands beside an unfinished output and tells how far it is.
//!
//! A line for the run, then a line each time that what was written so far stands on the disk. A run that is killed between
//! two lines goes on from the first of them; a line that was cut off does not count.

use crate::tally::Counts;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) counts: Counts,
    /// Fold of the prints of all rows so far: an input in which a row moved or changed is noticed.
    pub(crate) chain: u64,
    /// Items written, of which a row may give several or none.
    pub(crate) items: u64,
    /// Bytes (or parts) of the output that are whole.
    pub(crate) output: u64,
    /// Bytes of the list of rejects that are whole.
    pub(crate) rejects: u64,
    /// Nothing is left but to give the output its name.
    pub(crate) finished: bool,
}

/// What a run is: another run must not go on with its output.
pub(crate) type Identity = Map<String, Value>;

/// An open journal. No other run holds it.
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
}

/// A file's name with an ending after it.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(ending);
    path.with_file_name(name)
}

impl Journal {
    /// Opens the journal of an output. With `resume` the last mark of the run that was cut off is given, when there is one.
    pub(crate) fn open(
        output: &Path,
        run: &Identity,
        resume: bool,
    ) -> anyhow::Result<(Self, Option<Mark>)> {
        let path = beside(output, ".journal");
        let told = || path.display().to_string();
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .with_context(told)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another run is writing {}", output.display()),
            // A file system without locks: the user must know what else runs.
            Err(TryLockError::Error(_)) => {}
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).with_context(told)?;
        let whole = text.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let mut lines = text[..whole].split(|b| *b == b'\n').filter(|l| !l.is_empty());
        let begun: Option<Identity> =
            lines.next().and_then(|line| serde_json::from_slice(line).ok());
        let mut journal = Journal { file, path };
        if let (true, Some(begun)) = (resume, begun) {
            let other = begun.keys().chain(run.keys()).find(|key| begun.get(*key) != run.get(*key));
            if let Some(key) = other {
                bail!(
                    "--resume: {key:?} is not what the run that was cut off had; leave out --resume to begin afresh"
                );
            }
            journal.cut(whole as u64)?;
            let mark = lines.filter_map(|line| serde_json::from_slice(line).ok()).next_back();
            return Ok((journal, mark));
        }
        journal.cut(0)?;
        journal.add(run)?;
        Ok((journal, None))
    }

    fn cut(&mut self, length: u64) -> anyhow::Result<()> {
        let told = || self.path.display().to_string();
        self.file.set_len(length).with_context(told)?;
        self.file.seek(SeekFrom::Start(length)).with_context(told)?;
        Ok(())
    }

    /// Adds a line, and does not return before it stands on the disk.
    pub(crate) fn add(&mut self, line: &impl Serialize) -> anyhow::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let written = self.file.write_all(&bytes).and_then(|()| self.file.sync_data());
        written.with_context(|| self.path.display().to_string())
    }

    /// The run is over: nothing is left to go on with.
    pub(crate) fn remove(self) {
        // Where it cannot be removed, its last line says that the run is finished.
        let _stays = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str) -> Identity {
        Map::from_iter([("inputs".to_owned(), Value::from(name))])
    }

    fn mark(items: u64) -> Mark {
        Mark { items, ..Mark::default() }
    }

    #[test]
    fn the_last_whole_line_counts() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path().join("o.jsonl");
        let (mut journal, none) = Journal::open(&out, &run("a"), false).expect("opens");
        assert_eq!(none, None);
        assert!(
            Journal::open(&out, &run("a"), true)
                .is_err_and(|e| e.to_string().contains("another run"))
        );
        journal.add(&mark(1)).expect("writes");
        journal.add(&mark(2)).expect("writes");
        drop(journal);
        let path = beside(&out, ".journal");
        let whole = fs::read(&path).expect("the journal");
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).expect("writes");
            let (_, found) = Journal::open(&out, &run("a"), true).expect("opens");
            let lines = whole[..cut].iter().filter(|b| **b == b'\n').count() as u64;
            assert_eq!(found, (lines > 1).then(|| mark(lines - 1)), "cut at {cut}");
        }
    }

    #[test]
    fn another_run_does_not_go_on() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path().join("o.jsonl");
        Journal::open(&out, &run("a"), false).expect("opens").0.add(&mark(1)).expect("writes");
        let other = Journal::open(&out, &run("b"), true).map(|_| ()).expect_err("another input");
        assert!(other.to_string().contains("\"inputs\" is not what"), "{other}");
        assert_eq!(Journal::open(&out, &run("b"), false).expect("begins afresh").1, None);
    }
}

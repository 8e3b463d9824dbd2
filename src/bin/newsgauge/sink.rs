//! Where the rows of a long run go: a stream, or a file that grows beside its name and can be gone on with.

use crate::journal::{Mark, beside};
use crate::output::Output;
#[cfg(not(feature = "parquet"))]
use anyhow::bail;
use anyhow::{Context, ensure};
use newsgauge::report::Show;
use std::fs::{self, File};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Takes items one after the other.
pub(crate) trait Sink {
    /// Takes an item; `raw` when it holds text of articles as it stands.
    fn put(&mut self, item: &[u8], raw: bool) -> anyhow::Result<()>;

    /// Makes all that was put stand on the disk. How much that is, in a unit of the sink's own; `None` when the last of it
    /// cannot be told apart yet.
    fn settle(&mut self) -> anyhow::Result<Option<u64>>;

    /// Is this the moment to settle? Else it is done as time goes by.
    fn is_due(&self) -> bool {
        false
    }

    /// All was put.
    fn complete(&mut self) -> anyhow::Result<()> {
        Ok(())
    }

    /// Ends the output; a file gets its name. What was settled completely may be finished by another run.
    fn finish(&mut self) -> anyhow::Result<()>;

    /// Throws away what was written.
    fn discard(&mut self);
}

/// What a file is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Items as they are.
    Bytes,
    /// Columns of JSON objects, and rows of a row group.
    #[cfg(feature = "parquet")]
    Parquet(Show, usize),
}

impl Kind {
    /// Parquet with so many rows to a row group.
    #[cfg(feature = "parquet")]
    pub(crate) fn parquet(show: Show, rows: usize) -> anyhow::Result<Self> {
        Ok(Kind::Parquet(show, rows.max(1)))
    }

    #[cfg(not(feature = "parquet"))]
    pub(crate) fn parquet(_show: Show, _rows: usize) -> anyhow::Result<Self> {
        bail!("this build writes no Parquet: build with --features parquet, or take a release")
    }

    /// The sink of a file, as a run left it at `mark`.
    pub(crate) fn open(self, path: &Path, mark: &Mark) -> anyhow::Result<Box<dyn Sink>> {
        Ok(match self {
            Kind::Bytes if mark.finished => Box::new(Part::finished(path)),
            Kind::Bytes => Box::new(Part::open(path, mark.output)?),
            #[cfg(feature = "parquet")]
            Kind::Parquet(show, _) if mark.finished => {
                Box::new(crate::parts::Parts::finished(path, show, mark.output))
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet(show, rows) => {
                Box::new(crate::parts::Parts::open(path, show, rows, mark.output)?)
            }
        })
    }
}

impl Sink for Output {
    fn put(&mut self, item: &[u8], raw: bool) -> anyhow::Result<()> {
        if raw {
            self.put_raw(item)?
        } else {
            Output::put(self, item)?
        }
        Ok(())
    }

    fn settle(&mut self) -> anyhow::Result<Option<u64>> {
        Ok(None)
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.end()
    }

    fn discard(&mut self) {}
}

/// A file that grows under the name `FILE.part`.
pub(crate) struct Part {
    /// `None` when nothing is left but to give it its name.
    file: Option<BufWriter<File>>,
    part: PathBuf,
    path: PathBuf,
    written: u64,
}

impl Part {
    /// Goes on behind the first `keep` bytes; what stands behind them was written by a run that was cut off.
    pub(crate) fn open(path: &Path, keep: u64) -> anyhow::Result<Self> {
        let part = beside(path, ".part");
        let told = || part.display().to_string();
        if keep == 0 {
            clear(&part);
        }
        let mut file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&part)
            .with_context(told)?;
        let length = file.metadata().with_context(told)?.len();
        ensure!(
            length >= keep,
            "{} has {length} bytes, its journal tells of {keep}: leave out --resume to begin afresh",
            part.display()
        );
        file.set_len(keep).with_context(told)?;
        file.seek(SeekFrom::Start(keep)).with_context(told)?;
        Ok(Part {
            file: Some(BufWriter::with_capacity(64 << 10, file)),
            part,
            path: path.to_owned(),
            written: keep,
        })
    }

    /// A file that is whole, and may have its name already.
    pub(crate) fn finished(path: &Path) -> Self {
        Part { file: None, part: beside(path, ".part"), path: path.to_owned(), written: 0 }
    }
}

impl Sink for Part {
    fn put(&mut self, item: &[u8], _raw: bool) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            file.write_all(item).with_context(|| self.part.display().to_string())?;
            self.written += item.len() as u64;
        }
        Ok(())
    }

    fn settle(&mut self) -> anyhow::Result<Option<u64>> {
        let Some(file) = &mut self.file else { return Ok(None) };
        let settled = file.flush().and_then(|()| file.get_ref().sync_data());
        settled.with_context(|| self.part.display().to_string())?;
        Ok(Some(self.written))
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.settle()?;
        name(&self.part, &self.path)
    }

    fn discard(&mut self) {
        clear(&self.part);
    }
}

/// Removes what another run left, a file or a folder of parts. What else lies in the folder is not ours.
pub(crate) fn clear(part: &Path) {
    // Where nothing is, nothing need be removed; what stays tells of itself when it is opened.
    if fs::remove_file(part).is_ok() {
        return;
    }
    for entry in fs::read_dir(part).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_suffix(".parquet"));
        if name == "joined"
            || number.is_some_and(|n| n.len() >= 6 && n.bytes().all(|b| b.is_ascii_digit()))
        {
            let _stays = fs::remove_file(entry.path());
        }
    }
    let _not_empty = fs::remove_dir(part);
}

/// Gives a finished file its name. It has it already where a run was killed between this and the end of its journal.
pub(crate) fn name(part: &Path, path: &Path) -> anyhow::Result<()> {
    if !part.exists() && path.exists() {
        return Ok(());
    }
    fs::rename(part, path).with_context(|| format!("--output {}", path.display()))
}

/// The file that a path stands for, when it is or will be a regular one: links keep pointing where they do, and pipes and
/// devices are written to as they are.
pub(crate) fn regular(path: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    fs::metadata(&path).map_or(true, |m| m.is_file()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_are_cleared() {
        let dir = tempfile::tempdir().expect("a folder");
        let part = dir.path().join("o.part");
        fs::create_dir(&part).expect("a folder");
        for name in ["000000.parquet", "000001.parquet", "joined", "mine.parquet"] {
            fs::write(part.join(name), "").expect("written");
        }
        clear(&part);
        let left: Vec<_> = fs::read_dir(&part)
            .expect("the folder")
            .map(|e| e.expect("an entry").file_name())
            .collect();
        assert_eq!(left, ["mine.parquet"]);
        fs::remove_file(part.join("mine.parquet")).expect("removed");
        clear(&part);
        assert!(!part.exists());
    }
}

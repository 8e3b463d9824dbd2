//! Parquet as it grows: a folder `FILE.part` of whole row groups, joined in the end.

use crate::journal::beside;
use crate::sink::{Sink, clear, name};
use anyhow::{Context, bail};
use newsgauge::report::Show;
use newsgauge::report::parquet::{Part, columns, join};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes of JSON after which a row group ends, though it has fewer rows than were asked for.
const BYTES: usize = 64 << 20;

/// A Parquet file in parts.
pub(crate) struct Parts {
    folder: PathBuf,
    path: PathBuf,
    show: Show,
    rows: usize,
    /// Parts that are whole.
    whole: u64,
    open: Option<Part>,
    /// A part was ended since the last settling.
    closed: bool,
    bytes: usize,
}

impl Parts {
    /// Goes on behind the first `keep` parts.
    pub(crate) fn open(path: &Path, show: Show, rows: usize, keep: u64) -> anyhow::Result<Self> {
        let folder = beside(path, ".part");
        let parts = Parts {
            folder,
            path: path.to_owned(),
            show,
            rows,
            whole: keep,
            open: None,
            closed: false,
            bytes: 0,
        };
        if keep == 0 {
            clear(&parts.folder);
        }
        fs::create_dir_all(&parts.folder).with_context(|| parts.folder.display().to_string())?;
        if let Some(missing) =
            (0..keep).map(|number| parts.part(number)).find(|part| !part.exists())
        {
            bail!(
                "{} is missing, its journal tells of it: leave out --resume to begin afresh",
                missing.display()
            );
        }
        Ok(parts)
    }

    /// All `whole` parts are there, or the file has its name already.
    pub(crate) fn finished(path: &Path, show: Show, whole: u64) -> Self {
        Parts {
            folder: beside(path, ".part"),
            path: path.to_owned(),
            show,
            rows: 0,
            whole,
            open: None,
            closed: false,
            bytes: 0,
        }
    }

    fn part(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:06}.parquet"))
    }

    fn close(&mut self) -> anyhow::Result<()> {
        let Some(part) = self.open.take() else { return Ok(()) };
        self.bytes = 0;
        let path = self.part(self.whole);
        let told = || path.display().to_string();
        let mut file = File::create(&path).with_context(told)?;
        file.write_all(&part.finish()?).and_then(|()| file.sync_data()).with_context(told)?;
        self.whole += 1;
        self.closed = true;
        Ok(())
    }
}

impl Sink for Parts {
    fn put(&mut self, item: &[u8], _raw: bool) -> anyhow::Result<()> {
        if item.is_empty() {
            return Ok(());
        }
        let mut part = match self.open.take() {
            Some(part) => part,
            None => Part::new(&columns(self.show))?,
        };
        part.push(item)?;
        let rows = part.rows;
        self.open = Some(part);
        self.bytes += item.len();
        if rows >= self.rows || self.bytes >= BYTES { self.close() } else { Ok(()) }
    }

    fn is_due(&self) -> bool {
        self.closed
    }

    fn settle(&mut self) -> anyhow::Result<Option<u64>> {
        self.closed = false;
        Ok(self.open.is_none().then_some(self.whole))
    }

    fn complete(&mut self) -> anyhow::Result<()> {
        self.close()
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let all = (0..self.whole).all(|n| self.part(n).exists());
        let joined = self.folder.join("joined");
        if all && self.folder.exists() {
            let told = || joined.display().to_string();
            let mut out = BufWriter::new(File::create(&joined).with_context(told)?);
            join(&columns(self.show), (0..self.whole).map(|n| File::open(self.part(n))), &mut out)?;
            out.into_inner()
                .map_err(|e| e.into_error())
                .and_then(|file| file.sync_data())
                .with_context(told)?;
        }
        name(&joined, &self.path)?;
        clear(&self.folder);
        Ok(())
    }

    fn discard(&mut self) {
        clear(&self.folder);
    }
}

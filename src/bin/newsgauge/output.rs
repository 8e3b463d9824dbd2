//! Where results go: the standard output, or a file written beside and renamed.

use crate::sink::regular;
use anyhow::{Context, bail, ensure};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Says what stands in the way of a file that is to be written: a folder that is missing, a folder of its name.
pub(crate) fn can_be_made(flag: &str, path: &Path) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let (path, folder) = (path.display(), folder.display());
        bail!("{flag} {path}: there is no folder {folder}; make it first");
    }
    ensure!(!path.is_dir(), "{flag} {} is a folder; name a file in it", path.display());
    Ok(())
}

/// Cells of a line when no terminal tells.
pub(crate) const WIDTH: usize = 140;

/// A sink for results. Until [`Output::finish`] nothing stands under the file's name.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    pending: Option<Pending>,
    /// Results are shown on a terminal.
    pub(crate) terminal: bool,
}

/// A file that is being written under another name; removed unless it is kept.
struct Pending {
    part: PathBuf,
    path: PathBuf,
}

impl Drop for Pending {
    fn drop(&mut self) {
        // After the rename there is nothing left to remove.
        let _absent = fs::remove_file(&self.part);
    }
}

impl Output {
    /// The standard output, or a file.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            let stdout = io::stdout();
            let terminal = stdout.is_terminal();
            return Ok(Output {
                writer: BufWriter::with_capacity(64 << 10, Box::new(stdout.lock())),
                pending: None,
                terminal,
            });
        };
        let told = || path.display().to_string();
        can_be_made("the file", path)?;
        let Some(path) = regular(path) else {
            let file = File::options().write(true).open(path).with_context(told)?;
            return Ok(Output {
                writer: BufWriter::new(Box::new(file)),
                pending: None,
                terminal: false,
            });
        };
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(name);
        let file = File::options().write(true).create_new(true).open(&part).with_context(told)?;
        let pending = Some(Pending { part, path });
        Ok(Output {
            writer: BufWriter::with_capacity(64 << 10, Box::new(file)),
            pending,
            terminal: false,
        })
    }

    /// Cells of a line: of the terminal, or [`WIDTH`].
    pub(crate) fn width(&self) -> usize {
        let size = if self.terminal { terminal_size::terminal_size() } else { None };
        size.map_or(WIDTH, |(width, _)| usize::from(width.0))
    }

    /// Writes what is safe to show.
    pub(crate) fn put(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.writer.write_all(bytes.as_ref())?;
        if self.terminal { self.writer.flush() } else { Ok(()) }
    }

    /// Writes text of articles as it stands; on a terminal with its controls made visible.
    pub(crate) fn put_raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.terminal {
            return self.put(newsgauge::report::block(&String::from_utf8_lossy(bytes)).as_bytes());
        }
        self.put(bytes)
    }

    /// Ends the output; a file gets its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.end()
    }

    pub(crate) fn end(&mut self) -> anyhow::Result<()> {
        self.writer.flush()?;
        if let Some(pending) = self.pending.take() {
            fs::rename(&pending.part, &pending.path)
                .with_context(|| pending.path.display().to_string())?;
        }
        Ok(())
    }
}

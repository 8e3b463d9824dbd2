//! A folder of labels that several people and programs write at once.

use super::disk::{self, Locked};
use super::edit::{Edit, Step};
use super::file::{Annotator, LabelFile};
use super::sheet::Sheet;
use std::path::{Path, PathBuf};

/// What keeps a label from being written or read.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is no table of labels.
    #[error("{file}:{line}: {message}")]
    Sheet {
        /// The file.
        file: String,
        /// Line in it, from 1.
        line: u64,
        /// What is wrong there.
        message: String,
    },
    /// A change does not fit its article, or the file's columns.
    #[error("{0}")]
    Refused(String),
}

/// A change that was made, and can be taken back.
#[derive(Clone, Debug, Default)]
pub struct Done(Vec<Step>);

impl Done {
    /// Both as one change.
    pub(crate) fn join(&mut self, other: Done) {
        self.0.extend(other.0);
    }

    /// Nothing was changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A folder of labels.
#[derive(Clone, Debug)]
pub struct Store {
    dir: PathBuf,
}

impl Store {
    /// The labels of a folder; it need not be there yet.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Store { dir: dir.to_owned() }
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn io(&self, name: &str) -> impl FnOnce(std::io::Error) -> LabelError {
        let path = self.dir.join(name).display().to_string();
        move |source| LabelError::Io { path, source }
    }

    /// A file as it stands now, without waiting: writers put whole files in place. An empty table where there is none.
    pub(crate) fn sheet(&self, file: &LabelFile) -> Result<Sheet, LabelError> {
        let path = self.dir.join(file.name);
        let Some(bytes) = disk::bytes(&path).map_err(self.io(file.name))? else {
            return Ok(Sheet::empty(file.columns));
        };
        let sheet = Sheet::parse(&bytes).map_err(|(line, message)| LabelError::Sheet {
            file: path.display().to_string(),
            line,
            message,
        })?;
        let labels = file.fields.iter().take(1).flat_map(|f| f.label);
        let mut wanted = std::iter::once(&"article").chain(labels);
        match wanted.find(|column| sheet.column(column).is_none()) {
            Some(column) => Err(LabelError::Sheet {
                file: path.display().to_string(),
                line: 1,
                message: format!("lacks the column {column}"),
            }),
            None => Ok(sheet),
        }
    }

    /// Makes changes, each file in one step, on what stands in the files by then.
    pub(crate) fn apply(&self, edits: &[Edit], who: Annotator) -> Result<Done, LabelError> {
        let mut steps = Vec::new();
        self.write(
            edits,
            |edit| edit.file,
            |edit, sheet| {
                steps.extend(edit.apply(sheet, who));
                Ok(())
            },
        )?;
        Ok(Done(steps))
    }

    /// Takes a change back, the last step first. Tells how many of its parts could not be, as they have changed since.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn undo(&self, done: &Done, who: Annotator) -> Result<usize, LabelError> {
        let mut kept = 0;
        let back: Vec<&Step> = done.0.iter().rev().collect();
        self.write(
            &back,
            |step| step.file(),
            |step, sheet| {
                kept += usize::from(!step.undo(sheet, who));
                Ok(())
            },
        )?;
        Ok(kept)
    }

    fn write<T>(
        &self,
        parts: &[T],
        file: impl Fn(&T) -> &'static LabelFile,
        mut change: impl FnMut(&T, &mut Sheet) -> Result<(), LabelError>,
    ) -> Result<(), LabelError> {
        if parts.is_empty() {
            return Ok(());
        }
        let locked = Locked::take(&self.dir).map_err(self.io(disk::LOCK))?;
        let mut names: Vec<&LabelFile> = Vec::new();
        for part in parts {
            if !names.iter().any(|f| f.name == file(part).name) {
                names.push(file(part));
            }
        }
        let mut changed = Vec::new();
        for wanted in names {
            let mut sheet = self.sheet(wanted)?;
            let before = sheet.bytes();
            for part in parts.iter().filter(|p| file(p).name == wanted.name) {
                change(part, &mut sheet)?;
            }
            let after = sheet.bytes();
            if after != before {
                changed.push((wanted.name, after));
            }
        }
        // Only now, so that a fault in one file leaves all as they are.
        for (name, bytes) in changed {
            locked.replace(name, &bytes).map_err(self.io(name))?;
        }
        Ok(())
    }
}

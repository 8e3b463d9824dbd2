//! Files, folders and the standard input in the order given.

use super::{FORMATS, Options, Reject, Rows, Source, has_ending};
use crate::article::Article;
use ignore::{Walk, WalkBuilder};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The articles of all inputs, one by one; holds no more than the row at hand.
pub struct Articles {
    inputs: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
    rows: Option<Rows>,
    options: Arc<Options>,
    passed_over: usize,
}

/// Reads inputs: files, folders (walked in sorted order, without hidden and ignored files), `-` for the standard input.
#[must_use]
pub fn read(inputs: Vec<PathBuf>, options: Options) -> Articles {
    Articles { inputs: inputs.into_iter(), walk: None, rows: None, options: Arc::new(options), passed_over: 0 }
}

impl Articles {
    /// Files in folders that were left alone, as their names have the ending of no format.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    fn open(&mut self, source: std::io::Result<Source>, name: &Path) -> Result<(), Reject> {
        let whole = |reason: String| Reject { source: name.display().to_string(), line: None, id: None, reason };
        let mut source = source.map_err(|error| whole(error.to_string()))?;
        let format = match self.options.format {
            Some(format) => format,
            None => source.format()?,
        };
        self.rows = Some((format.read)(source, Arc::clone(&self.options)));
        Ok(())
    }

    /// Opens the next file of the folder being walked; `Ok(false)` when there is none.
    fn walk_on(&mut self) -> Result<bool, Reject> {
        while let Some(entry) = self.walk.as_mut().and_then(Iterator::next) {
            let entry = entry.map_err(|error| Reject { source: "folder".to_owned(), line: None, id: None, reason: error.to_string() })?;
            if entry.file_type().is_none_or(|t| t.is_dir()) {
                continue;
            }
            let name = entry.file_name().to_string_lossy();
            let known = match self.options.format {
                Some(_) => true,
                None => FORMATS.iter().any(|f| has_ending(&name, f.endings)),
            };
            if !known {
                self.passed_over += 1;
                continue;
            }
            self.open(Source::open(entry.path()), entry.path())?;
            return Ok(true);
        }
        self.walk = None;
        Ok(false)
    }

    fn open_next(&mut self) -> Option<Result<(), Reject>> {
        loop {
            match self.walk_on() {
                Ok(true) => return Some(Ok(())),
                Ok(false) => {}
                Err(reject) => return Some(Err(reject)),
            }
            let path = self.inputs.next()?;
            if path.as_os_str() == "-" {
                return Some(self.open(Source::stdin(), &path));
            }
            if !path.is_dir() {
                return Some(self.open(Source::open(&path), &path));
            }
            self.walk = Some(WalkBuilder::new(&path).follow_links(true).sort_by_file_name(Ord::cmp).build());
        }
    }
}

impl Iterator for Articles {
    type Item = Result<Article, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                return Some(row);
            }
            self.rows = None;
            if let Err(reject) = self.open_next()? {
                return Some(Err(reject));
            }
        }
    }
}

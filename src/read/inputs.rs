//! Files, folders and the standard input in the order given.

use super::date::normalise;
use super::source::bare;
use super::{FORMATS, Options, Place, Row, Rows, Source, has_ending, jsonl};
use ignore::{Walk, WalkBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The rows of all inputs, one by one; holds no more than the row at hand.
pub struct Inputs {
    inputs: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
    rows: Option<Rows>,
    options: Arc<Options>,
    passed_over: usize,
    taken: Arc<AtomicU64>,
}

/// Reads inputs: files, folders (walked in sorted order, without hidden and ignored files), `-` for the standard input.
#[must_use]
pub fn read(inputs: Vec<PathBuf>, options: Options) -> Inputs {
    Inputs {
        inputs: inputs.into_iter(),
        walk: None,
        rows: None,
        options: Arc::new(options),
        passed_over: 0,
        taken: Arc::default(),
    }
}

/// Rows that a program holds itself: each a JSON object with its place, read as a line of JSONL is.
#[must_use]
pub fn objects(
    rows: impl Iterator<Item = (Place, String)> + Send + 'static,
    options: Options,
) -> Inputs {
    let mut inputs = read(Vec::new(), options);
    let options = Arc::clone(&inputs.options);
    let row = move |(place, object)| jsonl::row(place, object, Vec::new(), &options);
    inputs.rows = Some(Box::new(rows.map(row)));
    inputs
}

/// A folder's files in a fixed order.
/// The articles of a source that is at hand and is no file.
#[must_use]
pub fn read_source(source: Source, options: Options) -> Inputs {
    let name = PathBuf::from(&*source.name);
    let mut inputs = read(Vec::new(), options);
    if let Err(row) = inputs.open(Ok(source), &name) {
        inputs.rows = Some(Box::new(std::iter::once(row)));
    }
    inputs
}

fn walk(folder: &Path) -> Walk {
    WalkBuilder::new(folder).follow_links(true).sort_by_file_name(Ord::cmp).build()
}

/// Bytes of all inputs as they lie on the disk, as far as they can be told beforehand; `None` with the standard input.
#[must_use]
pub fn size(inputs: &[PathBuf]) -> Option<u64> {
    let of = |path: &Path| path.metadata().map_or(0, |m| if m.is_file() { m.len() } else { 0 });
    let each = inputs.iter().map(|path| match (path.as_os_str() == "-", path.is_dir()) {
        (true, _) => None,
        (_, true) => Some(
            walk(path)
                .flatten()
                .filter(|e| is_known(&e.file_name().to_string_lossy()))
                .map(|e| of(e.path()))
                .sum(),
        ),
        (_, false) => Some(of(path)),
    });
    each.sum()
}

/// Why a file cannot be opened, and what would help.
fn unopened(error: &io::Error) -> String {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "check the path, and the folder in which this runs",
        io::ErrorKind::PermissionDenied => "give yourself the right to read it, or copy it",
        _ => return format!("cannot be read: {error}; try a copy of it"),
    };
    format!("cannot be read: {error}; {help}")
}

fn is_known(name: &str) -> bool {
    FORMATS.iter().any(|f| has_ending(bare(name), f.endings))
}

impl Inputs {
    /// Files in folders that were left alone, as their names have the ending of no format.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// Bytes read so far, as they lie on the disk; goes on counting while the rows are read elsewhere.
    #[must_use]
    pub fn taken(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.taken)
    }

    fn open(&mut self, source: std::io::Result<Source>, name: &Path) -> Result<(), Row> {
        let place = |stem: Option<&Source>| Place {
            source: name.display().to_string().into(),
            stem: stem.map_or_else(|| "".into(), |s| Arc::clone(&s.stem)),
            line: None,
            offset: None,
        };
        let mut source = source.map_err(|error| Row::rejected(place(None), unopened(&error)))?;
        let format = match self.options.format {
            Some(format) => format,
            None => source.format().map_err(|reject| Row::none(reject, place(Some(&source))))?,
        };
        self.rows = Some((format.read)(source, Arc::clone(&self.options)));
        Ok(())
    }

    /// Opens the next file of the folder being walked; `Ok(false)` when there is none.
    fn walk_on(&mut self) -> Result<bool, Row> {
        while let Some(entry) = self.walk.as_mut().and_then(Iterator::next) {
            let entry = entry.map_err(|error| {
                let place =
                    Place { source: "folder".into(), stem: "".into(), line: None, offset: None };
                let told = format!(
                    "{error}; a folder that may not be read, or a link that leads nowhere?"
                );
                Row::rejected(place, told)
            })?;
            if !entry.file_type().is_some_and(|t| t.is_file()) || self.is_own(entry.path()) {
                continue;
            }
            if self.options.format.is_none() && !is_known(&entry.file_name().to_string_lossy()) {
                self.passed_over += 1;
                continue;
            }
            self.open(Source::open_counted(entry.path(), &self.taken), entry.path())?;
            return Ok(true);
        }
        self.walk = None;
        Ok(false)
    }

    fn is_own(&self, path: &Path) -> bool {
        let leave_out = &self.options.leave_out;
        !leave_out.is_empty()
            && path
                .canonicalize()
                .is_ok_and(|path| leave_out.iter().any(|own| path.starts_with(own)))
    }

    fn open_next(&mut self) -> Option<Result<(), Row>> {
        loop {
            match self.walk_on() {
                Ok(true) => return Some(Ok(())),
                Ok(false) => {}
                Err(row) => return Some(Err(row)),
            }
            let path = self.inputs.next()?;
            if path.as_os_str() == "-" {
                return Some(self.open(Source::stdin_counted(&self.taken), &path));
            }
            if !path.is_dir() {
                return Some(self.open(Source::open_counted(&path, &self.taken), &path));
            }
            self.walk = Some(walk(&path));
        }
    }

    /// The row as every reader's rows are given on: no text that is too long, its date in ISO 8601, and none that was
    /// not asked for.
    fn finished(&self, row: Row) -> Row {
        let most = self.options.max_bytes;
        let (place, options) = (row.place.clone(), Arc::clone(&self.options));
        row.then(move |mut article| {
            if article.text.len() > most {
                return Err(place.reject(
                    Some(article.id),
                    format!(
                        "a text of {} bytes, more than {most} (--max-bytes)",
                        article.text.len()
                    ),
                ));
            }
            normalise(&mut article);
            match options.only.leaves_out(&article) {
                Some(reason) => Err(place.left_out(Some(article.id), reason)),
                None => Ok(article),
            }
        })
    }
}

impl Iterator for Inputs {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                return Some(self.finished(row));
            }
            self.rows = None;
            if let Err(row) = self.open_next()? {
                return Some(row);
            }
        }
    }
}

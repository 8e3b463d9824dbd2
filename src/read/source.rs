//! One opened file or stream: without its compression, and as UTF-8 where its first bytes tell another encoding.

use super::decode::{Transcoded, sniff};
use super::members::open;
use super::peek::Peek;
use super::xml;
use super::{FORMATS, Format, Place, Reject};
use encoding_rs::UTF_8;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// A source of bytes with a name.
pub struct Source {
    /// Path, or `-`.
    pub name: Arc<str>,
    /// Name of the file without folder and endings: what names an article that has no other name.
    pub stem: Arc<str>,
    /// What was noticed when it was opened; goes to every article of it.
    pub warning: Option<String>,
    pub(super) bytes: Peek,
    /// Bytes taken so far, after decompression.
    pub(super) offset: u64,
    /// The file as it lies on the disk, when it is not compressed: what a format that jumps about may open.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code, reason = "only Parquet jumps about"))]
    pub(super) file: Option<PathBuf>,
}

/// First bytes that are looked at.
const HEAD: usize = 4096;

/// Endings of compressed files.
const PACKED: &[&str] = &[".gz", ".zst", ".zstd"];

/// A file's name without the endings of compression.
pub(super) fn bare(name: &str) -> &str {
    let ending = PACKED.iter().find(|e| super::has_ending(name, &[e]));
    ending.map_or(name, |e| bare(&name[..name.len() - e.len()]))
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::open_counted(path, &Arc::default())
    }

    pub(super) fn open_counted(path: &Path, taken: &Arc<AtomicU64>) -> io::Result<Self> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let stem = Path::new(bare(&name))
            .file_stem()
            .map_or_else(|| name.to_string(), |s| s.to_string_lossy().into_owned());
        let stream = File::open(path)?;
        // What a pipe has given is gone when it is opened again.
        let file = stream.metadata()?.is_file().then(|| path.to_owned());
        Self::counted(path.display().to_string(), stem, file, stream, taken)
    }

    /// The standard input.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stdin() -> io::Result<Self> {
        Self::stdin_counted(&Arc::default())
    }

    pub(super) fn stdin_counted(taken: &Arc<AtomicU64>) -> io::Result<Self> {
        Self::counted("-".to_owned(), "stdin".to_owned(), None, io::stdin(), taken)
    }

    /// Any stream of bytes.
    ///
    /// # Errors
    /// When its first bytes cannot be read.
    pub fn new(name: String, stem: String, stream: impl Read + Send + 'static) -> io::Result<Self> {
        Self::counted(name, stem, None, stream, &Arc::default())
    }

    fn counted(
        name: String,
        stem: String,
        file: Option<PathBuf>,
        stream: impl Read + Send + 'static,
        taken: &Arc<AtomicU64>,
    ) -> io::Result<Self> {
        let opened = open(stream, taken)?;
        let mut bytes = opened.bytes;
        let head = bytes.peek(HEAD)?;
        let (encoding, mark) = sniff(&head[..head.len().min(HEAD)]);
        bytes.consume(mark);
        let file = file.filter(|_| !opened.packed);
        let mut source = Source {
            name: name.into(),
            stem: stem.into(),
            warning: None,
            bytes,
            offset: mark as u64,
            file,
        };
        if encoding != UTF_8 {
            source.warning = Some(format!("decoded from {}", encoding.name()));
            source.bytes = Peek::new(Transcoded::new(source.bytes, encoding));
        }
        Ok(source)
    }

    /// The format that its name and first bytes tell.
    ///
    /// # Errors
    /// When it cannot be read, or is of no known format.
    pub fn format(&mut self) -> Result<&'static Format, Reject> {
        let head = match self.bytes.peek(HEAD) {
            Ok(head) => &head[..head.len().min(HEAD)],
            Err(error) => return Err(self.reject(error.to_string())),
        };
        if let Some(reason) = super::foreign::reason(head) {
            return Err(self.reject(reason));
        }
        let name = bare(&self.name);
        if let Some(found) = FORMATS.iter().find(|f| (f.matches)(name, head)) {
            return Ok(found);
        }
        let reason = match xml::root(head) {
            Some(root) => format!(
                "XML of a kind that is not read here (its first element is {root:?}); save it as text, HTML, CSV or JSONL"
            ),
            None => {
                let names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
                format!(
                    "of no format that is read here ({}); --input-format reads it as one of them",
                    names.join(", ")
                )
            }
        };
        Err(self.reject(reason))
    }

    /// The source as a whole cannot be read.
    pub(super) fn reject(&self, reason: impl Into<String>) -> Reject {
        self.place(None, None).reject(None, reason)
    }

    /// Place of a row, which begins at the byte `offset`.
    pub(super) fn place(&self, line: Option<u64>, offset: Option<u64>) -> Place {
        Place { source: Arc::clone(&self.name), stem: Arc::clone(&self.stem), line, offset }
    }

    /// Reads a line without its end into `line`. `Ok(None)` at the end of the source; `Ok(Some(false))` when the line is
    /// longer than `most` and was passed over.
    pub(super) fn line(&mut self, line: &mut Vec<u8>, most: usize) -> io::Result<Option<bool>> {
        line.clear();
        let count =
            self.bytes.by_ref().take((most as u64).saturating_add(1)).read_until(b'\n', line)?;
        self.offset += count as u64;
        if count == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        } else if count > most {
            *line = Vec::new();
            self.offset += self.bytes.skip_until(b'\n')? as u64;
            return Ok(Some(false));
        }
        Ok(Some(true))
    }

    /// All its bytes, when they are not more than `most`.
    pub(super) fn whole(&mut self, most: usize) -> Result<Vec<u8>, Reject> {
        super::members::bounded(&mut self.bytes, most)
            .map_err(|error| self.reject(error.to_string()))
    }
}

pub(super) fn too_long(most: usize) -> String {
    if most >= 1 << 20 {
        format!("longer than {} MiB (--max-bytes raises the bound)", most >> 20)
    } else {
        format!("longer than {most} bytes (--max-bytes raises the bound)")
    }
}

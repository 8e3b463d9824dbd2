//! One opened file or stream, as UTF-8 where its first bytes tell the encoding.

use super::decode::{Transcoded, sniff};
use super::{FORMATS, Format, LONGEST, Reject};
use encoding_rs::UTF_8;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// A source of bytes with a name.
pub struct Source {
    /// Path, or `-`.
    pub name: String,
    /// Name of the file without folder and ending: what names an article that has no other name.
    pub stem: String,
    /// What was noticed when it was opened; goes to every article of it.
    pub warning: Option<String>,
    pub(super) bytes: Box<dyn BufRead + Send>,
}

/// First bytes that are looked at.
const HEAD: usize = 4096;

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let mut file = BufReader::new(File::open(path)?);
        if file.fill_buf()?.starts_with(b"\x1f\x8b") {
            let stem = Path::new(&stem).file_stem().map_or(stem.clone(), |s| s.to_string_lossy().into_owned());
            return Self::new(path.display().to_string(), stem, flate2::bufread::MultiGzDecoder::new(file));
        }
        Self::new(path.display().to_string(), stem, file)
    }

    /// The standard input.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn stdin() -> io::Result<Self> {
        Self::new("-".to_owned(), "stdin".to_owned(), io::stdin())
    }

    /// Any stream of bytes.
    ///
    /// # Errors
    /// When its first bytes cannot be read.
    pub fn new(name: String, stem: String, mut stream: impl Read + Send + 'static) -> io::Result<Self> {
        let mut head = Vec::with_capacity(HEAD);
        stream.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let (encoding, mark) = sniff(&head);
        let mut head = Cursor::new(head);
        head.set_position(mark as u64);
        let whole = BufReader::with_capacity(64 << 10, head.chain(stream));
        if encoding == UTF_8 {
            return Ok(Source { name, stem, warning: None, bytes: Box::new(whole) });
        }
        let warning = Some(format!("decoded from {}", encoding.name()));
        Ok(Source { name, stem, warning, bytes: Box::new(BufReader::new(Transcoded::new(whole, encoding))) })
    }

    /// The format that its name and first bytes tell.
    ///
    /// # Errors
    /// When it cannot be read, or is of no known format.
    pub fn format(&mut self) -> Result<&'static Format, Reject> {
        let head = match self.bytes.fill_buf() {
            Ok(head) => head,
            Err(error) => return Err(self.reject(None, error.to_string())),
        };
        let found = FORMATS.iter().find(|f| (f.matches)(&self.name, head));
        found.ok_or_else(|| {
            let names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
            let reason = format!("of no format that is read here ({}); --input-format reads it as one of them", names.join(", "));
            self.reject(None, reason)
        })
    }

    pub(super) fn reject(&self, line: Option<u64>, reason: String) -> Reject {
        Reject { source: self.name.clone(), line, id: None, reason }
    }

    /// Reads a line without its end into `line`. `Ok(None)` at the end of the source; `Ok(Some(false))` when the line is
    /// longer than [`LONGEST`] and was passed over.
    pub(super) fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
        line.clear();
        let count = self.bytes.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', line)?;
        if count == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        } else if count > LONGEST {
            *line = Vec::new();
            self.bytes.skip_until(b'\n')?;
            return Ok(Some(false));
        }
        Ok(Some(true))
    }
}

pub(super) fn too_long() -> String {
    format!("longer than {} MiB", LONGEST >> 20)
}

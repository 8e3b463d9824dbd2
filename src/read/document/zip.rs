//! ZIP archives that documents are stored in, with bounds on what they may unpack to.
//!
//! The crate zip 9 checks lengths and sums; only stored and deflated parts are read, which is what
//! Word and EPUB files have.

use std::io::{self, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A part may expand this many times; the text of documents seldom expands twenty times.
const RATIO: u64 = 200;
/// Below this size nothing is too much, bytes.
const ALWAYS: u64 = 1 << 20;

/// An opened archive.
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// What its parts may still unpack to: one part may be named many times.
    left: u64,
}

impl Archive {
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let left = (bytes.len() as u64).saturating_mul(RATIO).max(ALWAYS);
        ZipArchive::new(Cursor::new(bytes))
            .map(|zip| Archive { zip, left })
            .map_err(|error| format!("a broken ZIP archive ({error}): get the file again"))
    }

    /// The part's stream, which ends with an error when it gives more than `most` bytes, or far
    /// more than it takes. `None` when there is no such part.
    pub(super) fn part(
        &mut self,
        name: &str,
        most: u64,
    ) -> Result<Option<impl Read + use<'_>>, String> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err("locked by a password: save it without one".to_owned());
            }
            Err(error) => return Err(format!("a broken ZIP archive: {name}: {error}")),
        };
        let most =
            most.min(self.left).min(part.compressed_size().saturating_mul(RATIO).max(ALWAYS));
        Ok(Some(Bounded { inner: part, left: most }))
    }

    /// A part as a whole.
    pub(super) fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        let Some(mut part) = self.part(name, most)? else { return Ok(None) };
        let mut out = Vec::new();
        part.read_to_end(&mut out).map_err(|error| format!("{name}: {error}"))?;
        drop(part);
        self.left = self.left.saturating_sub(out.len() as u64);
        Ok(Some(out))
    }

    /// Is there a part whose name begins so?
    pub(super) fn has(&self, prefix: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.starts_with(prefix.as_bytes()))
    }
}

struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other(format!("expands more than {RATIO} times: a decompression bomb?"))
        })?;
        Ok(count)
    }
}

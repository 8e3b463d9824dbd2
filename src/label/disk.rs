//! Files that several processes write: a lock for each folder, and a file that is always whole.
//!
//! A writer takes the lock, reads the file anew, writes the changed one beside it and renames it into place. Whoever is killed leaves
//! the old file or the new one, and at worst a part beside it, which the next writer takes away.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// File that is locked; it holds nothing and stays.
pub const LOCK: &str = ".newsgauge.lock";
/// How the name of a part ends.
const PART: &str = ".newsgauge-part";

/// A folder that nobody else writes to until this is dropped.
pub(crate) struct Locked<'d> {
    dir: &'d Path,
    _lock: File,
}

impl<'d> Locked<'d> {
    /// Waits for the folder, which is made where it is not there.
    pub(crate) fn take(dir: &'d Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let path = dir.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(path)?;
        lock.lock()?;
        Ok(Locked { dir, _lock: lock })
    }

    /// Puts a file of the folder in place of the one that is there; other names stay untouched.
    pub(crate) fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let part = self.part(name);
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        // A file keeps its rights.
        if let Ok(old) = fs::metadata(self.dir.join(name)) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&part, self.dir.join(name))?;
        // The name is on the disk, too; where folders cannot be opened (Windows) it is without.
        if let Ok(dir) = File::open(self.dir) {
            let _unsupported = dir.sync_all();
        }
        Ok(())
    }

    /// One part a file, so that one that was left by a killed writer is written over.
    fn part(&self, name: &str) -> PathBuf {
        self.dir.join(format!(".{name}{PART}"))
    }
}

/// The bytes of a file; none when it is not there.
pub(crate) fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_was_left_is_written_over_and_never_read() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.csv"), "old").unwrap();
        fs::write(dir.path().join(".a.csv.newsgauge-part"), "half a f").unwrap();
        let locked = Locked::take(dir.path()).unwrap();
        assert_eq!(bytes(&dir.path().join("a.csv")).unwrap().unwrap(), b"old");
        locked.replace("a.csv", b"new").unwrap();
        drop(locked);
        assert_eq!(bytes(&dir.path().join("a.csv")).unwrap().unwrap(), b"new");
        let mut names: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [LOCK, "a.csv"]);
    }
}

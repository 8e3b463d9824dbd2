//! A look at a file's own description before the crate decodes it.
//!
//! The description is Thrift in its compact form. The crate (59.3) passes over lists and maps of truth values that it does not know
//! without reading a byte for each, as often as they say: a hundred bytes can keep it busy for minutes, found by fuzzing. No Parquet
//! description holds such a list, so that a file with one is refused, as is a description that is no Thrift at all.
//!
//! What this does not keep out: the crate takes a known field for what it should be, whatever kind the file declares, and the headers
//! of pages have the same form and are read later. A file made with this in mind can still keep it busy.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes behind the description: its length, and the mark of the format.
const TAIL: u64 = 8;
/// A longer description is no table of articles.
const LONGEST: u64 = 256 << 20;
/// No description is nested as deep.
const DEEPEST: usize = 64;

/// Refuses a description that would be passed over for ever, or that cannot be walked over. A file without one is the crate's to tell.
pub(super) fn check(file: &mut File) -> Result<(), String> {
    let walked = description(file)
        .map_err(|e| format!("broken Parquet: {e}"))?
        .map_or(Ok(()), |bytes| Walk { bytes: &bytes }.fields(0));
    match walked {
        Ok(()) => file.rewind().map_err(|e| e.to_string()),
        Err(Stop::Endless) => {
            Err("broken Parquet: its description holds lists that cannot be read".to_owned())
        }
        Err(Stop::Broken) => Err("broken Parquet: its description does not hold".to_owned()),
    }
}

/// The description's bytes; none where the file's end does not tell where they are.
fn description(file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let size = file.seek(SeekFrom::End(0))?;
    let mut tail = [0; TAIL as usize];
    let Some(end) = size.checked_sub(TAIL) else { return Ok(None) };
    file.seek(SeekFrom::Start(end))?;
    file.read_exact(&mut tail)?;
    let [a, b, c, d, mark @ ..] = tail;
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    let Some(start) = end.checked_sub(length).filter(|_| mark == *b"PAR1") else { return Ok(None) };
    if length > LONGEST {
        return Err(io::Error::other(format!(
            "its description has {length} bytes, more than any table of articles needs"
        )));
    }
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Why a walk ends early.
#[derive(Debug, PartialEq, Eq)]
enum Stop {
    /// Truth values without bytes, any number of them.
    Endless,
    /// It is no Thrift, or too deep.
    Broken,
}

/// Kinds of Thrift's compact form.
mod kind {
    pub(super) const STOP: u8 = 0;
    pub(super) const TRUE: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const BYTE: u8 = 3;
    pub(super) const I64: u8 = 6;
    pub(super) const DOUBLE: u8 = 7;
    pub(super) const BINARY: u8 = 8;
    pub(super) const LIST: u8 = 9;
    pub(super) const SET: u8 = 10;
    pub(super) const MAP: u8 = 11;
    pub(super) const STRUCT: u8 = 12;
    pub(super) const UUID: u8 = 13;
}

/// What is left to walk over. Every step takes a byte or more.
struct Walk<'a> {
    bytes: &'a [u8],
}

impl Walk<'_> {
    fn skip(&mut self, count: u64) -> Result<(), Stop> {
        let rest = usize::try_from(count).ok().and_then(|n| self.bytes.get(n..));
        self.bytes = rest.ok_or(Stop::Broken)?;
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        let (&first, rest) = self.bytes.split_first().ok_or(Stop::Broken)?;
        self.bytes = rest;
        Ok(first)
    }

    /// A whole number of seven bits a byte.
    fn number(&mut self) -> Result<u64, Stop> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Stop::Broken)
    }

    /// The fields of a struct.
    fn fields(&mut self, depth: usize) -> Result<(), Stop> {
        loop {
            let head = self.byte()?;
            let kind = head & 15;
            if kind == kind::STOP {
                return Ok(());
            }
            if head >> 4 == 0 {
                self.number()?;
            }
            // A truth value is told by its kind.
            if !matches!(kind, kind::TRUE | kind::FALSE) {
                self.value(kind, depth + 1)?;
            }
        }
    }

    fn value(&mut self, kind: u8, depth: usize) -> Result<(), Stop> {
        if depth > DEEPEST {
            return Err(Stop::Broken);
        }
        match kind {
            kind::TRUE | kind::FALSE => Err(Stop::Endless),
            kind::BYTE => self.skip(1),
            kind::BYTE..=kind::I64 => self.number().map(|_| ()),
            kind::DOUBLE => self.skip(8),
            kind::BINARY => self.number().and_then(|length| self.skip(length)),
            kind::LIST | kind::SET => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
                (0..count).try_for_each(|_| self.value(head & 15, depth + 1))
            }
            kind::MAP => {
                let count = self.number()?;
                let kinds = if count > 0 { self.byte()? } else { 0 };
                (0..count).try_for_each(|_| {
                    self.value(kinds >> 4, depth + 1)?;
                    self.value(kinds & 15, depth + 1)
                })
            }
            kind::STRUCT => self.fields(depth),
            kind::UUID => self.skip(16),
            _ => Err(Stop::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(bytes: &[u8]) -> Result<(), Stop> {
        Walk { bytes }.fields(0)
    }

    #[test]
    fn lists_of_truth_values_are_refused_and_others_are_walked_over() {
        // Field 1, a list of 2,147,483,647 truth values.
        assert_eq!(walk(&[0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0x07, 0]), Err(Stop::Endless));
        // The same as a map.
        assert_eq!(walk(&[0x1b, 0xff, 0xff, 0xff, 0xff, 0x07, 0x11, 0]), Err(Stop::Endless));
        // A truth value, a list of two numbers, a text, a struct within.
        assert_eq!(
            walk(&[0x11, 0x19, 0x25, 2, 4, 0x18, 2, b'a', b'b', 0x1c, 0x15, 8, 0, 0]),
            Ok(())
        );
        assert_eq!(
            walk(&[0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 0x07, 0]),
            Err(Stop::Broken),
            "more than there is"
        );
        assert_eq!(walk(&[0x1c; 200]), Err(Stop::Broken), "too deep");
    }
}

//! Cuts a stream of JSON into its objects and leaves what is in them alone: those of an array one by one, whatever its
//! length.

use super::super::peek::Peek;
use std::io::{self, BufRead};

/// What was cut off.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// An object, and whether it lies in an array.
    Object(Vec<u8>, bool),
    /// An object of too many bytes. All of it was passed over.
    TooLong,
    /// The file ends within an object or an array.
    Unfinished,
    /// A byte that begins no object.
    Stray(u8),
    /// Nothing is left.
    End,
}

pub(super) struct Cutter {
    bytes: Peek,
    most: usize,
    /// Arrays that stand open.
    arrays: u32,
    /// Line on which the object begins that was cut last, from 1.
    pub(super) line: u64,
    /// Byte at which it begins.
    pub(super) offset: u64,
    next_line: u64,
    next_offset: u64,
}

/// Within an object.
#[derive(Default)]
struct Depth {
    open: u64,
    string: bool,
    escaped: bool,
}

impl Depth {
    /// True when the object ends with this byte.
    fn closes(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.string => self.escaped = true,
            b'"' => self.string = !self.string,
            b'{' | b'[' if !self.string => self.open += 1,
            b'}' | b']' if !self.string => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.open == 0
    }
}

impl Cutter {
    /// Objects of at most `most` bytes; `before` bytes were taken off the stream.
    pub(super) fn new(bytes: Peek, most: usize, before: u64) -> Self {
        Cutter {
            bytes,
            most,
            arrays: 0,
            line: 1,
            offset: before,
            next_line: 1,
            next_offset: before,
        }
    }

    /// The next object.
    pub(super) fn cut(&mut self) -> io::Result<Cut> {
        loop {
            (self.line, self.offset) = (self.next_line, self.next_offset);
            let Some(byte) = self.bytes.fill_buf()?.first().copied() else {
                return Ok(if self.arrays > 0 { Cut::Unfinished } else { Cut::End });
            };
            match byte {
                b'{' => return self.object(),
                b'[' => self.arrays += 1,
                b']' if self.arrays > 0 => self.arrays -= 1,
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b'\x1e' => {}
                other => return Ok(Cut::Stray(other)),
            }
            self.take(1);
        }
    }

    fn take(&mut self, count: usize) {
        let held = self.bytes.fill_buf().unwrap_or_default();
        let taken = &held[..count.min(held.len())];
        self.next_line += taken.iter().filter(|b| **b == b'\n').count() as u64;
        self.next_offset += count as u64;
        self.bytes.consume(count);
    }

    fn object(&mut self) -> io::Result<Cut> {
        let mut object = Vec::new();
        let (mut depth, mut long) = (Depth::default(), false);
        loop {
            let held = self.bytes.fill_buf()?;
            if held.is_empty() {
                return Ok(Cut::Unfinished);
            }
            let end = held.iter().position(|byte| depth.closes(*byte));
            let count = end.map_or(held.len(), |end| end + 1);
            long |= object.len() + count > self.most;
            if long {
                object = Vec::new();
            } else {
                object.extend_from_slice(&held[..count]);
            }
            self.take(count);
            if end.is_some() {
                return Ok(if long { Cut::TooLong } else { Cut::Object(object, self.arrays > 0) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(json: &str) -> Vec<(u64, Cut)> {
        let bytes = Peek::new(io::Cursor::new(json.as_bytes().to_vec()));
        let mut cutter = Cutter::new(bytes, 20, 0);
        let mut out = Vec::new();
        loop {
            let cut = cutter.cut().expect("memory");
            let ends = matches!(cut, Cut::End | Cut::Unfinished | Cut::Stray(_));
            out.push((cutter.line, cut));
            if ends {
                return out;
            }
        }
    }

    #[test]
    fn objects_of_arrays_and_of_streams_are_cut() {
        let object = |json: &str, within| Cut::Object(json.into(), within);
        assert_eq!(
            cuts("[ {\"a\": \"}\\\"]\"},\n[{\"b\": [{}]}] ]"),
            [
                (1, object("{\"a\": \"}\\\"]\"}", true)),
                (2, object("{\"b\": [{}]}", true)),
                (2, Cut::End)
            ]
        );
        assert_eq!(
            cuts("{\n}\n{\"a\":1}"),
            [(1, object("{\n}", false)), (3, object("{\"a\":1}", false)), (3, Cut::End)]
        );
        let long = format!("[{{\"a\": \"{}\"}}, {{}}]", "x".repeat(50));
        assert_eq!(cuts(&long)[..2], [(1, Cut::TooLong), (1, object("{}", true))]);
        assert_eq!(cuts("[{}, 7]")[1].1, Cut::Stray(b'7'));
        assert_eq!(cuts("[{}"), [(1, object("{}", true)), (1, Cut::Unfinished)]);
        assert_eq!(cuts("{\"a"), [(1, Cut::Unfinished)]);
        assert_eq!(cuts(&"[".repeat(100_000)).len(), 1);
    }
}

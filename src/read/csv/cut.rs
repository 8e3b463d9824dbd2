//! Cuts CSV into rows and leaves their fields alone. A row that is too long, or a quotation mark that is never closed, costs
//! that row and not the rest of the file.

use super::super::peek::Peek;
use super::escape::{fits, has_escaped_mark, unescaped};
use super::fields;
use std::io::{self, BufRead, Cursor, Read};

/// Rows that are looked at to tell whether lines between quotation marks are rows of their own.
const PROBED: usize = 20;
/// Bytes in which those rows are looked for.
const PROBE: usize = 256 << 10;

/// What was cut off.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A row without the end of its line.
    Row(Vec<u8>),
    /// A row of too many bytes. All of it was passed over.
    TooLong,
    /// A line in which a quotation mark opens that is never closed. The next line comes as a row of its own.
    Unclosed(Vec<u8>),
    /// A row that fits the table neither with quotation marks doubled nor with marks escaped by backslashes, and holds some
    /// of the latter.
    Escapes(Vec<u8>),
    /// Nothing is left.
    End,
}

/// A stream of rows.
pub(super) struct Cutter {
    bytes: Peek,
    pub(super) delimiter: u8,
    most: usize,
    /// Fields of a row, once they are known.
    pub(super) width: usize,
    /// Line on which the row begins that was cut last, from 1.
    pub(super) line: u64,
    /// Byte at which it begins.
    pub(super) offset: u64,
    next_line: u64,
    next_offset: u64,
    /// Quotation marks are escaped by backslashes: a row was met that reads in no other way.
    escaped: bool,
    /// Rows that did not read so either: after some of them it is tried no more.
    failures: u32,
}

/// Rows that may be tried in vain with backslashes as escapes: each can cost a look at the longest row.
const FAILURES: u32 = 16;

/// A row as it was found, with what ended it.
struct Scanned {
    row: Vec<u8>,
    end: End,
}

enum End {
    /// The end of a line: this byte.
    Line(u8),
    /// The end of the file.
    File,
    /// The same, or the longest row, between quotation marks.
    Unclosed,
    TooLong,
    /// There was nothing.
    Nothing,
}

/// Where a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// At the beginning of a field.
    Field,
    /// In a field without quotation marks: they mean nothing here.
    Plain,
    Quoted,
    /// After a quotation mark between quotation marks.
    Closed,
    /// After a backslash between quotation marks, where that escapes.
    Escaped,
}

impl Cutter {
    /// Rows of at most `most` bytes; `before` bytes were taken off the stream.
    pub(super) fn new(bytes: Peek, delimiter: u8, most: usize, before: u64) -> Self {
        Cutter {
            bytes,
            delimiter,
            most,
            width: 0,
            line: 1,
            offset: before,
            next_line: 1,
            next_offset: before,
            escaped: false,
            failures: 0,
        }
    }

    /// The next row; blank lines are none. Marks that are escaped by backslashes are given doubled, as in other tables.
    pub(super) fn cut(&mut self) -> io::Result<Cut> {
        let found = self.scan(self.escaped)?;
        let whole = matches!(found.end, End::Line(_) | End::File | End::Unclosed);
        if self.width == 0 || !whole || !has_escaped_mark(&found.row) {
            return Ok(self.cut_off(found));
        }
        let closed = |found: &Scanned| matches!(found.end, End::Line(_) | End::File);
        let fits = |row: &[u8], delimiter, width| fits(row, delimiter) == Some(width);
        if self.escaped {
            let row = unescaped(&found.row);
            let fits = closed(&found) && fits(&row, self.delimiter, self.width);
            return Ok(if fits { Cut::Row(row) } else { self.odd(found) });
        }
        if closed(&found) && fits(&found.row, self.delimiter, self.width) {
            return Ok(self.cut_off(found));
        }
        if self.failures >= FAILURES {
            return Ok(self.odd(found));
        }
        self.put_back(found);
        let other = self.scan(true)?;
        let row = unescaped(&other.row);
        if closed(&other) && fits(&row, self.delimiter, self.width) {
            self.escaped = true;
            return Ok(Cut::Row(row));
        }
        self.failures += 1;
        self.put_back(other);
        let again = self.scan(false)?;
        Ok(self.odd(again))
    }

    /// A row with escaped marks that cannot be read.
    fn odd(&mut self, found: Scanned) -> Cut {
        match self.cut_off(found) {
            Cut::Row(row) | Cut::Unclosed(row) => Cut::Escapes(row),
            other => other,
        }
    }

    fn cut_off(&mut self, found: Scanned) -> Cut {
        match found.end {
            End::Line(_) | End::File => Cut::Row(found.row),
            End::Unclosed => self.unclosed(found.row),
            End::TooLong => Cut::TooLong,
            End::Nothing => Cut::End,
        }
    }

    /// The next row begins where this one did.
    fn put_back(&mut self, found: Scanned) {
        let mut row = found.row;
        if let End::Line(end) = found.end {
            row.push(end);
        }
        (self.next_line, self.next_offset) = (self.line, self.offset);
        self.before(row);
    }

    fn before(&mut self, held: Vec<u8>) {
        let bytes = std::mem::replace(&mut self.bytes, Peek::new(io::empty()));
        self.bytes = Peek::new(Cursor::new(held).chain(bytes));
    }

    /// Reads on to the end of a row.
    fn scan(&mut self, escaped: bool) -> io::Result<Scanned> {
        let mut row = Vec::new();
        let mut at = At::Field;
        let mut too_long = false;
        (self.line, self.offset) = (self.next_line, self.next_offset);
        loop {
            let held = self.bytes.fill_buf()?;
            if held.is_empty() {
                let end = match at {
                    _ if too_long => End::TooLong,
                    At::Quoted | At::Escaped => End::Unclosed,
                    _ if row.is_empty() => End::Nothing,
                    _ => End::File,
                };
                return Ok(Scanned { row, end });
            }
            let end = walk(held, &mut at, self.delimiter, escaped);
            let (taken, body) = end.map_or((held.len(), held.len()), |end| (end + 1, end));
            let last = held[taken - 1];
            if !too_long {
                row.extend_from_slice(&held[..body]);
            }
            self.next_line += held[..taken].iter().filter(|b| **b == b'\n').count() as u64;
            self.next_offset += taken as u64;
            self.bytes.consume(taken);
            if row.len() > self.most {
                if at == At::Quoted && self.holds_rows(&row) {
                    return Ok(Scanned { row, end: End::Unclosed });
                }
                (row, too_long) = (Vec::new(), true);
            }
            match end {
                None => {}
                Some(_) if too_long => return Ok(Scanned { row, end: End::TooLong }),
                Some(_) if row.is_empty() => {
                    (self.line, self.offset) = (self.next_line, self.next_offset)
                }
                Some(_) => return Ok(Scanned { row, end: End::Line(last) }),
            }
        }
    }

    /// Gives the first line, and goes on after it.
    fn unclosed(&mut self, mut row: Vec<u8>) -> Cut {
        let Some(end) = row.iter().position(|b| *b == b'\n') else { return Cut::Unclosed(row) };
        let rest = row.split_off(end + 1);
        self.next_line = self.line + 1;
        self.next_offset = self.offset + row.len() as u64;
        self.before(rest);
        row.truncate(row.trim_ascii_end().len());
        Cut::Unclosed(row)
    }

    /// Are the lines after the first one rows of this table? In a long text they are not.
    fn holds_rows(&self, row: &[u8]) -> bool {
        let probe = &row[..row.len().min(PROBE)];
        // The last line may be cut off.
        let whole = &probe[..probe.iter().rposition(|b| *b == b'\n').unwrap_or(0)];
        let lines = whole.split(|b| *b == b'\n').skip(1).filter(|l| !l.trim_ascii().is_empty());
        let probed: Vec<&[u8]> = lines.take(PROBED).collect();
        let is_row = |line: &&[u8]| fields(line, self.delimiter).len() == self.width;
        self.width > 1 && probed.len() > 1 && probed.iter().all(is_row)
    }
}

/// Goes over bytes up to the end of the row; the place of that end.
pub(super) fn walk(bytes: &[u8], at: &mut At, delimiter: u8, escaped: bool) -> Option<usize> {
    for (place, &byte) in bytes.iter().enumerate() {
        *at = match (*at, byte) {
            (At::Escaped, _) => At::Quoted,
            (At::Quoted, b'\\') if escaped => At::Escaped,
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) | (At::Field | At::Closed, b'"') => At::Quoted,
            (_, b'\n' | b'\r') => return Some(place),
            (_, byte) if byte == delimiter => At::Field,
            _ => At::Plain,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cutter(bytes: &[u8], most: usize) -> Cutter {
        let mut cutter = Cutter::new(Peek::new(Cursor::new(bytes.to_vec())), b',', most, 0);
        cutter.width = 2;
        cutter
    }

    fn cuts(bytes: &[u8], most: usize) -> Vec<(u64, u64, Cut)> {
        let mut cutter = cutter(bytes, most);
        let mut out = Vec::new();
        loop {
            match cutter.cut().expect("memory") {
                Cut::End => return out,
                cut => out.push((cutter.line, cutter.offset, cut)),
            }
        }
    }

    fn row(text: &str) -> Cut {
        Cut::Row(text.into())
    }

    #[test]
    fn rows_end_where_quotation_marks_let_them() {
        let text = b"a,b\r\n1,\"two\nlines \"\"x\"\"\"\n\n3,say \"no\"\n4,";
        let expected = [
            (1, 0, row("a,b")),
            (2, 5, row("1,\"two\nlines \"\"x\"\"\"")),
            (5, 26, row("3,say \"no\"")),
            (6, 37, row("4,")),
        ];
        assert_eq!(cuts(text, 100), expected);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_a_line() {
        let expected =
            [(1, 0, row("1,a")), (2, 4, Cut::Unclosed(b"2,\"b".to_vec())), (3, 9, row("3,c"))];
        assert_eq!(cuts(b"1,a\n2,\"b\n3,c\n", 100), expected);
        assert_eq!(cuts(b"1,\"a", 100), [(1, 0, Cut::Unclosed(b"1,\"a".to_vec()))]);
    }

    #[test]
    fn a_long_row_costs_itself() {
        let long = format!("1,\"{}\"\n2,b\n", "word\n".repeat(100));
        assert_eq!(cuts(long.as_bytes(), 100), [(1, 0, Cut::TooLong), (102, 505, row("2,b"))]);
        let open = format!("1,\"a\n{}", "2,b\n".repeat(100));
        let found = cuts(open.as_bytes(), 100);
        assert_eq!(
            (found.len(), &found[0].2, &found[100]),
            (101, &Cut::Unclosed(b"1,\"a".to_vec()), &(101, 401, row("2,b")))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_are_those_of_the_crate(text in "[a\",\n]{0,40}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<csv::ByteRecord> = reader.byte_records().map(|r| r.expect("memory")).collect();
            let found = cuts(text.as_bytes(), 1000);
            if found.iter().all(|(_, _, cut)| matches!(cut, Cut::Row(_))) {
                let found: Vec<csv::ByteRecord> = found.iter().map(|(_, _, cut)| match cut {
                    Cut::Row(row) => fields(row, b','),
                    _ => csv::ByteRecord::new(),
                }).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}

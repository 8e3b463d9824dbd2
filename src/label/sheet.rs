//! A CSV file of labels, kept as its bytes: a row that nobody touches stays byte for byte, and of a touched row only the cells that
//! change.

use std::ops::Range;

/// A row: its bytes with the line end, and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    raw: Vec<u8>,
    cells: Vec<String>,
    /// Where each cell stands in `raw`.
    places: Vec<Range<usize>>,
}

/// A table of labels.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    columns: Vec<String>,
    /// Byte order mark and the header's line.
    head: Vec<u8>,
    rows: Vec<Row>,
    delimiter: u8,
    end: &'static [u8],
}

/// Line and what is wrong there.
pub(crate) type Fault = (u64, String);

const MARK: &[u8] = "\u{feff}".as_bytes();

impl Sheet {
    /// A table without rows.
    pub(crate) fn empty(columns: &[&str]) -> Self {
        let head = [columns.join(",").into_bytes(), b"\n".to_vec()].concat();
        Sheet {
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            head,
            rows: Vec::new(),
            delimiter: b',',
            end: b"\n",
        }
    }

    /// Reads a table as `train` does: commas, semicolons, tabs or bars between cells, whichever the header has most of.
    ///
    /// # Errors
    /// Text that is not UTF-8, a quotation that is never closed, a row with another number of cells than the header.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let start = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        if let Err(error) = std::str::from_utf8(bytes) {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|b| **b == b'\n').count() as u64;
            return Err((line, "is not UTF-8; save it as UTF-8".to_owned()));
        }
        let first = bytes[start..].split(|b| *b == b'\n').next().unwrap_or_default();
        let count = |d: &u8| first.iter().filter(|b| *b == d).count();
        // Of equals the one that stands first.
        let delimiter = *b"|\t;,".iter().max_by_key(|d| count(d)).unwrap_or(&b',');
        let mut lines = Lines { bytes, at: start, line: 1, delimiter };
        let Some((_, header)) = lines.next_row()? else {
            return Err((1, "is empty; its first line must name the columns".to_owned()));
        };
        let mut head = bytes[..start].to_vec();
        head.extend_from_slice(&header.raw);
        let end: &'static [u8] = if header.raw.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        let columns = header.cells;
        let mut rows = Vec::new();
        while let Some((line, row)) = lines.next_row()? {
            let blank = row.raw.trim_ascii().is_empty();
            if !blank && row.cells.len() != columns.len() {
                let (has, wants) = (row.cells.len(), columns.len());
                return Err((line, format!("has {has} cells, the header has {wants}")));
            }
            rows.push(row);
        }
        Ok(Sheet { columns, head, rows, delimiter, end })
    }

    /// The file as it would be written.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let size = self.head.len() + self.rows.iter().map(|r| r.raw.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(size);
        bytes.extend_from_slice(&self.head);
        self.rows.iter().for_each(|row| bytes.extend_from_slice(&row.raw));
        bytes
    }

    /// Index of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// Number of rows, blank lines among them.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A cell; empty where there is no such column, and in a blank line.
    pub(crate) fn cell(&self, row: usize, column: &str) -> &str {
        self.column(column).and_then(|c| self.rows[row].cells.get(c)).map_or("", String::as_str)
    }

    /// The row with these values in these columns.
    pub(crate) fn find(&self, key: &[(&str, String)]) -> Option<usize> {
        let places: Vec<(usize, &String)> =
            key.iter().filter_map(|(name, value)| Some((self.column(name)?, value))).collect();
        let is = |row: &Row| places.iter().all(|(c, value)| row.cells.get(*c) == Some(*value));
        (places.len() == key.len()).then(|| self.rows.iter().position(is)).flatten()
    }

    /// Writes a cell; the row's other bytes stay.
    pub(crate) fn set(&mut self, row: usize, column: &str, value: &str) {
        let Some(c) = self.column(column) else { return };
        let (delimiter, row) = (self.delimiter, &mut self.rows[row]);
        let Some(place) = row.places.get(c).cloned() else { return };
        if row.cells[c] == value {
            return;
        }
        let mut raw = row.raw.clone();
        raw.splice(place, quoted(value, delimiter));
        if let Ok(Some((_, new))) = (Lines { bytes: &raw, at: 0, line: 1, delimiter }).next_row() {
            *row = new;
        }
    }

    /// Adds a row at a place; empty cells where `cells` names none.
    pub(crate) fn insert(&mut self, at: usize, cells: &[(&str, String)]) {
        let value = |column: &String| {
            let told = cells.iter().find(|(name, _)| name == column);
            quoted(told.map_or("", |(_, value)| value), self.delimiter)
        };
        let written: Vec<Vec<u8>> = self.columns.iter().map(value).collect();
        let mut raw = written.join(&self.delimiter);
        // A file whose last line is not ended stays one.
        let ended = |raw: &[u8]| raw.ends_with(b"\n");
        let last = if at == 0 { &mut self.head } else { &mut self.rows[at - 1].raw };
        if ended(last) {
            raw.extend_from_slice(self.end);
        } else {
            last.extend_from_slice(self.end);
        }
        let lines = Lines { bytes: &raw, at: 0, line: 1, delimiter: self.delimiter }.next_row();
        if let Ok(Some((_, row))) = lines {
            self.rows.insert(at, row);
        }
    }

    /// The bytes of a row, its line end among them.
    pub(crate) fn raw(&self, row: usize) -> &[u8] {
        &self.rows[row].raw
    }

    /// Puts bytes of a row, as [`Sheet::raw`] gave them, in place of a row.
    pub(crate) fn restore(&mut self, row: usize, raw: &[u8]) {
        let lines = Lines { bytes: raw, at: 0, line: 1, delimiter: self.delimiter }.next_row();
        if let Ok(Some((_, old))) = lines {
            self.rows[row] = old;
        }
    }

    /// Takes a row away.
    pub(crate) fn remove(&mut self, at: usize) {
        let gone = self.rows.remove(at);
        if gone.raw.ends_with(b"\n") || at != self.rows.len() {
            return;
        }
        // It was the last line and not ended: so is the one before it now.
        let last = if at == 0 { &mut self.head } else { &mut self.rows[at - 1].raw };
        for mark in [b'\n', b'\r'] {
            if last.last() == Some(&mark) {
                last.pop();
            }
        }
    }
}

/// A cell as it is written.
fn quoted(value: &str, delimiter: u8) -> Vec<u8> {
    let special = |b: u8| b == delimiter || b == b'"' || b == b'\n' || b == b'\r';
    let trimmed = value.trim_ascii() != value;
    if trimmed || value.bytes().any(special) {
        format!("\"{}\"", value.replace('"', "\"\"")).into_bytes()
    } else {
        value.as_bytes().to_vec()
    }
}

struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
    delimiter: u8,
}

impl Lines<'_> {
    /// The next row with the line on which it begins.
    fn next_row(&mut self) -> Result<Option<(u64, Row)>, Fault> {
        let (bytes, begin, line) = (self.bytes, self.at, self.line);
        if begin >= bytes.len() {
            return Ok(None);
        }
        let (mut places, mut cell, mut at, mut quote) = (Vec::new(), begin, begin, false);
        let end = loop {
            let Some(&byte) = bytes.get(at) else { break at };
            match byte {
                // A quotation mark within a plain cell is a letter.
                b'"' if quote || bytes[cell..at].trim_ascii().is_empty() => quote = !quote,
                b'"' if bytes[cell..at].trim_ascii_start().starts_with(b"\"") => quote = true,
                b'\n' if !quote => break at,
                b'\n' => self.line += 1,
                b if b == self.delimiter && !quote => {
                    places.push(cell - begin..at - begin);
                    cell = at + 1;
                }
                _ => {}
            }
            at += 1;
        };
        if quote {
            return Err((line, "opens a quotation mark that is never closed".to_owned()));
        }
        let text_end = if bytes[..end].ends_with(b"\r") && end > cell { end - 1 } else { end };
        places.push(cell - begin..text_end - begin);
        self.at = (end + 1).min(bytes.len());
        self.line += 1;
        let raw = bytes[begin..self.at].to_vec();
        let cells = places.iter().map(|p| unquoted(&raw[p.clone()])).collect();
        Ok(Some((line, Row { raw, cells, places })))
    }
}

fn unquoted(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw.trim_ascii()).into_owned();
    match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\"").trim_ascii().to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "article,axis,first,second,label\r\n\"a,1\" ,tone,mixed,,mixed\r\n\r\nb,genre,\"a \"\"b\"\"\nc\",,x";

    fn sheet(text: &str) -> Sheet {
        Sheet::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_file_comes_out_as_it_went_in() {
        for text in [FILE, "\u{feff}a;b\nc;d\n", "a\tb\n", "a,b", "a,b\n\n\nc,d"] {
            assert_eq!(sheet(text).bytes(), text.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn a_change_moves_no_other_byte() {
        let mut sheet = sheet(FILE);
        assert_eq!(sheet.cell(2, "first"), "a \"b\"\nc");
        let row = sheet.find(&[("article", "a,1".to_owned()), ("axis", "tone".to_owned())]);
        assert_eq!(row, Some(0));
        sheet.set(0, "second", "loaded");
        let expected = FILE.replace("mixed,,mixed", "mixed,loaded,mixed");
        assert_eq!(String::from_utf8(sheet.bytes()).unwrap(), expected);
        sheet.set(0, "second", "");
        assert_eq!(sheet.bytes(), FILE.as_bytes());
    }

    #[test]
    fn what_is_added_and_taken_away_leaves_no_trace() {
        for text in [FILE, "article,axis,first,second,label", "article,axis,label\nx,tone,mixed\n"]
        {
            for at in 0..=sheet(text).len() {
                let mut sheet = sheet(text);
                sheet.insert(at, &[("article", "q \"1\"".to_owned())]);
                assert_eq!(sheet.cell(at, "article"), "q \"1\"");
                let read = Sheet::parse(&sheet.bytes()).unwrap();
                assert_eq!(read.cell(at, "article"), "q \"1\"");
                sheet.remove(at);
                assert_eq!(sheet.bytes(), text.as_bytes());
            }
        }
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(Sheet::parse(b"a,b\n1,2\n3\n").unwrap_err().0, 3);
        assert_eq!(Sheet::parse(b"a,b\n1,\"2\n3\n").unwrap_err().0, 2);
        assert_eq!(Sheet::parse(b"a,b\n1,\xff\n").unwrap_err().0, 2);
        assert!(Sheet::parse(b"").is_err());
    }
}

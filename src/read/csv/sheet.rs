//! A whole table in memory, by the same reading as a table of articles: for labels and manifests.

use super::super::decode::Decoder;
use super::super::peek::Peek;
use super::cut::{Cut, Cutter};
use super::{ESCAPES, UNCLOSED, delimiter, fields, header};
use std::io::Cursor;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Names of its columns.
    pub(crate) columns: Vec<String>,
    /// Its rows, each with the line on which it begins; as many cells as columns.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
}

/// Reads a table: commas, semicolons, tabs or bars between cells, whichever the header has most of; any encoding.
///
/// # Errors
/// With the line and what is wrong there.
pub(crate) fn sheet(bytes: &[u8]) -> Result<Sheet, (u64, String)> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let delimiter = delimiter(header(bytes));
    let mut cutter =
        Cutter::new(Peek::new(Cursor::new(bytes.to_vec())), delimiter, usize::MAX >> 1, 0);
    let mut decoder = Decoder::new();
    let mut sheet = Sheet::default();
    loop {
        let row = match cutter.cut().map_err(|error| (cutter.line, error.to_string()))? {
            Cut::Row(row) => row,
            Cut::End => return Ok(sheet),
            Cut::TooLong | Cut::Unclosed(_) => return Err((cutter.line, UNCLOSED.to_owned())),
            Cut::Escapes(_) => return Err((cutter.line, ESCAPES.to_owned())),
        };
        let (row, _) = decoder.decode_owned(row);
        let record = fields(row.as_bytes(), delimiter);
        let cell = |cell: &[u8]| String::from_utf8_lossy(cell.trim_ascii()).into_owned();
        let cells: Vec<String> = record.iter().map(cell).collect();
        if sheet.columns.is_empty() {
            cutter.width = cells.len();
            sheet.columns = cells;
        } else if cells.len() == sheet.columns.len() {
            sheet.rows.push((cutter.line, cells));
        } else {
            let name = match delimiter {
                b';' => "semicolons",
                b'\t' => "tabs",
                b'|' => "bars",
                _ => "commas",
            };
            let told = format!(
                "has {} cells, the header has {} (divided by {name})",
                cells.len(),
                sheet.columns.len()
            );
            return Err((cutter.line, told));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_every_dialect_are_the_same() {
        let commas = "article,axis,note\n1,tone,\"a \"\"b\"\", c\"\n\n2, tone ,\n";
        let expected = sheet(commas.as_bytes()).expect("a table");
        assert_eq!(expected.columns, ["article", "axis", "note"]);
        assert_eq!(expected.rows[0], (2, vec!["1".into(), "tone".into(), "a \"b\", c".into()]));
        assert_eq!(expected.rows[1].0, 4);
        for other in [
            "article;axis;note\r\n1;tone;\"a \"\"b\"\", c\"\r\n\r\n2; tone ;\r\n",
            "article\taxis\tnote\n1\ttone\ta \"b\", c\n\n2\t tone \t\n",
            "article|axis|note\n1|tone|\"a \"\"b\"\", c\"\n\n2| tone |",
            "\u{feff}\"article\";\"axis\";\"note\"\n1;tone;\"a \"\"b\"\", c\"\n\n2;tone;\"\"\n",
            "article,axis,note\n1,tone,\"a \\\"b\\\", c\"\n\n2,tone,\n",
        ] {
            assert_eq!(sheet(other.as_bytes()), Ok(expected.clone()), "{other}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = |table: &str| sheet(table.as_bytes()).expect_err("not a table");
        assert_eq!(wrong("a;b\n1;2\n3\n").0, 3);
        assert!(wrong("a;b\n1\n").1.contains("divided by semicolons"));
        assert_eq!(wrong("a,b\n1,\"x\n2,y\n").0, 2);
        assert_eq!(sheet(b""), Ok(Sheet::default()));
    }
}

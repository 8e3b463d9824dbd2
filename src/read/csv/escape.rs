//! Quotation marks that are escaped by backslashes (`\"`), as MySQL and Spark write them, where CSV doubles them (`""`).

use super::cut::At;

/// Does a row hold a backslash before a quotation mark? Then it is worth a second look.
pub(super) fn has_escaped_mark(row: &[u8]) -> bool {
    row.windows(2).any(|pair| pair == b"\\\"")
}

/// Fields of a row in which each closing mark is followed by a delimiter or the end; `None` for any other row.
pub(super) fn fits(row: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = At::Field;
    let mut fields = 1;
    for &byte in row {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Field | At::Closed, b'"') => At::Quoted,
            (At::Closed, byte) if byte != delimiter => return None,
            (_, byte) if byte == delimiter => {
                fields += 1;
                At::Field
            }
            _ => At::Plain,
        };
    }
    (at != At::Quoted).then_some(fields)
}

/// A row with its marks doubled and its other escapes read: line ends, tabs, backslashes.
pub(super) fn unescaped(row: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(row.len() + row.len() / 16);
    let mut bytes = row.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek().copied()) {
            (b'\\', Some(next @ (b'"' | b'\\' | b'n' | b'r' | b't' | b'\n'))) => {
                bytes.next();
                match next {
                    b'"' => out.extend_from_slice(b"\"\""),
                    b'n' => out.push(b'\n'),
                    b't' => out.push(b'\t'),
                    b'r' => {}
                    other => out.push(other),
                }
            }
            _ => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{read, read_one};
    use super::super::FORMAT;
    use super::*;

    #[test]
    fn fields_are_counted_where_marks_stand_as_they_must() {
        assert_eq!(fits(b"1,\"a, \"\"b\"\"\",c", b','), Some(3));
        assert_eq!(fits(b"1;a \"b\" c;", b';'), Some(3));
        assert_eq!(fits(b"1,\"a\\\"b\"", b','), None);
        assert_eq!(fits(b"1,\"a", b','), None);
        assert_eq!(unescaped(b"\"a \\\"b\\\" C:\\\\x\\nY\""), b"\"a \"\"b\"\" C:\\x\nY\"");
    }

    /// Texts of a table, and the reasons of its rejected rows.
    fn texts(table: &str) -> (Vec<String>, Vec<String>) {
        let (mut texts, mut reasons) = (Vec::new(), Vec::new());
        for row in read(FORMAT, table.as_bytes()) {
            match row {
                Ok(article) => texts.push(article.text),
                Err(reject) => reasons.push(reject.reason),
            }
        }
        (texts, reasons)
    }

    #[test]
    fn escaped_marks_are_noticed_and_read() {
        let two = ["He said \"no\", and left.".to_owned(), "“Yes.”\n\nShe \"stayed\".".to_owned()];
        for (table, rows) in [
            // Commas behind the marks, line ends within the text.
            (
                "id,text,outlet\n1,\"He said \\\"no\\\", and left.\",A\n2,\"“Yes.”\n\nShe \\\"stayed\\\".\",B\n",
                2,
            ),
            // Semicolons, Windows line ends, the mark before the closing one.
            (
                "id;text\r\n1;\"He said \\\"no\\\", and left.\"\r\n2;\"“Yes.”\n\nShe \\\"stayed\\\".\"\r\n",
                2,
            ),
            // Tabs; line ends escaped as well.
            (
                "id\ttext\n1\t\"He said \\\"no\\\", and left.\"\n2\t\"“Yes.”\\n\\nShe \\\"stayed\\\".\"",
                2,
            ),
            // The first rows have no marks.
            (
                "id,text\n0,plain\n1,\"He said \\\"no\\\", and left.\"\n2,\"“Yes.”\n\nShe \\\"stayed\\\".\"\n",
                3,
            ),
        ] {
            let (texts, reasons) = texts(table);
            assert_eq!((texts.len(), reasons.len()), (rows, 0), "{texts:?} {reasons:?}");
            assert_eq!(texts[rows - 2..], two, "{table}");
        }
        // No value, as MySQL writes it.
        let dump = "id,title,text\n1,\\N,\"say \\\"yes\\\"\"\n";
        let row = read_one(FORMAT, dump.as_bytes()).expect("a row");
        assert_eq!((row.title, row.text.as_str()), (None, "say \"yes\""));
        // A text that begins and ends with a quotation.
        let (whole, reasons) =
            texts("id,text\n1,\"\\\"Yes\\\", she said. \\\"No.\\\"\"\n2,\"b\"\n");
        assert_eq!(whole, ["\"Yes\", she said. \"No.\"", "b"]);
        assert!(reasons.is_empty(), "{reasons:?}");
    }

    #[test]
    fn backslashes_of_other_tables_are_left_alone() {
        let (read, reasons) =
            texts("id,text\n1,\"C:\\\"\n2,\"say \\\"\"yes\\\"\"\"\n3,a \\\"b\\\" c\n");
        assert_eq!(read, ["C:\\", "say \\\"yes\\\"", "a \\\"b\\\" c"]);
        assert!(reasons.is_empty(), "{reasons:?}");
    }

    #[test]
    fn what_reads_in_no_way_is_rejected_and_no_shred_is_scored() {
        let (read, reasons) =
            texts("id,text\n1,\"a \\\"b\\\", c\",too,many\n2,\"d \\\"e\\\" f\"\n3,g\n");
        assert_eq!(read, ["d \"e\" f", "g"]);
        assert!(reasons.len() == 1 && reasons[0].contains("backslashes"), "{reasons:?}");
        let place = read_one(FORMAT, b"id,text\n1,\"a \\\"b\\\" c").expect_err("never closed");
        assert!(place.reason.contains("backslashes") && place.line == Some(2), "{place:?}");
    }
}

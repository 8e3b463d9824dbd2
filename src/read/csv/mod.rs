//! CSV: a header, then a row for each article. Semicolons and tabs are found from the header.

mod cut;
mod escape;
mod sheet;

pub(crate) use sheet::{Sheet, sheet};

use super::columns::{self, add_targets};
use super::decode::Decoder;
use super::row::Raw;
use super::source::too_long;
use super::{Columns, Format, Options, Place, Row, Rows, Source, field, has_ending};
use crate::article::{Article, TargetRequest};
use csv::{ByteRecord, ReaderBuilder};
use cut::{Cut, Cutter};
use std::io::BufRead;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".csv", ".tsv"];

/// CSV.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    doc: "a header and rows: id, text, and when present title, outlet, url, date, byline, section, targets (names split by ;)",
    endings: ENDINGS,
    matches: |name, head| has_ending(name, ENDINGS) || looks_like_it(head),
    read,
};

fn header(head: &[u8]) -> &[u8] {
    head.split(|b| *b == b'\n').next().unwrap_or(head)
}

/// The first line names the text column among others.
fn looks_like_it(head: &[u8]) -> bool {
    let line = header(head);
    let names: Vec<&[u8]> =
        line.split(|b| *b == delimiter(line)).map(|n| n.trim_ascii().trim_ascii_quotes()).collect();
    names.len() > 1 && names.contains(&Columns::default().text.as_bytes())
}

trait Quotes {
    fn trim_ascii_quotes(&self) -> &Self;
}

impl Quotes for [u8] {
    fn trim_ascii_quotes(&self) -> &[u8] {
        self.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(self)
    }
}

fn delimiter(line: &[u8]) -> u8 {
    let count = |d: u8| line.iter().filter(|b| **b == d).count();
    let mut best = b',';
    for other in [b';', b'\t', b'|'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

struct Records {
    name: Arc<str>,
    stem: Arc<str>,
    warning: Option<String>,
    cutter: Cutter,
    at: Arc<Indices>,
    options: Arc<Options>,
    decoder: Decoder,
    ended: bool,
}

/// Where each column stands in a row.
struct Indices {
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    outlet: Option<usize>,
    url: Option<usize>,
    date: Option<usize>,
    byline: Option<usize>,
    section: Option<usize>,
    targets: Option<usize>,
}

impl Indices {
    fn find(header: &[String], names: &Columns) -> Result<Self, String> {
        let find = |name: &str| columns::find(header, name);
        Ok(Indices {
            text: names.find_text(header)?,
            id: find(&names.id),
            title: find(&names.title),
            outlet: find(&names.outlet),
            url: find(&names.url),
            date: find(&names.date),
            byline: find(&names.byline),
            section: find(&names.section),
            targets: find(&names.targets),
        })
    }
}

fn read(source: Source, options: Arc<Options>) -> Rows {
    match Records::open(source, options) {
        Ok(records) => Box::new(records),
        Err((place, reason)) => Box::new(std::iter::once_with(|| Row::rejected(place, reason))),
    }
}

impl Records {
    fn open(mut source: Source, options: Arc<Options>) -> Result<Self, (Place, String)> {
        let whole = source.place(None, None);
        let delimiter = match source.bytes.fill_buf() {
            Ok([]) => return Err((whole, "holds no rows".to_owned())),
            Ok(head) => delimiter(header(head)),
            Err(error) => return Err((whole, error.to_string())),
        };
        let Source { name, stem, warning, bytes, offset: before, .. } = source;
        let place = Place { line: Some(1), ..whole };
        let mut cutter = Cutter::new(bytes, delimiter, options.longest(), before);
        let cut = match cutter.cut() {
            // Excel's own line: the delimiter, in front of the header.
            Ok(Cut::Row(first)) if first.starts_with(b"sep=") && first.trim_ascii().len() <= 5 => {
                cutter.cut()
            }
            cut => cut,
        };
        let header = match cut {
            Ok(Cut::Row(header)) => header,
            Ok(Cut::End) => return Err((place, "holds no rows".to_owned())),
            Ok(Cut::TooLong) => {
                return Err((place, format!("a header {}", too_long(options.longest()))));
            }
            Ok(Cut::Unclosed(_) | Cut::Escapes(_)) => {
                return Err((place, format!("the header: {UNCLOSED}")));
            }
            Err(error) => return Err((place, error.to_string())),
        };
        let mut decoder = Decoder::new();
        let (header, _) = decoder.decode_owned(header);
        let header: Vec<String> = fields(header.as_bytes(), delimiter)
            .iter()
            .map(|h| String::from_utf8_lossy(h.trim_ascii()).into_owned())
            .collect();
        let at = Indices::find(&header, &options.columns).map_err(|reason| (place, reason))?;
        cutter.width = header.len();
        Ok(Records {
            name,
            stem,
            warning,
            cutter,
            at: Arc::new(at),
            options,
            decoder,
            ended: false,
        })
    }

    fn place(&self) -> Place {
        let (line, offset) = (Some(self.cutter.line), Some(self.cutter.offset));
        Place { source: Arc::clone(&self.name), stem: Arc::clone(&self.stem), line, offset }
    }

    /// Decoding goes on here, in order: what earlier rows were encoded in helps with this one.
    fn row(&mut self, row: Vec<u8>) -> Row {
        let (row, warning) = self.decoder.decode_owned(row);
        let warnings = self.warning.iter().cloned().chain(warning).collect();
        let (place, at, options) = (self.place(), Arc::clone(&self.at), Arc::clone(&self.options));
        let (delimiter, width) = (self.cutter.delimiter, self.cutter.width);
        Row::new(place.clone(), Raw::of(row.as_bytes()), move || {
            let record = fields(row.as_bytes(), delimiter);
            if record.len() != width {
                return Err(place
                    .reject(None, format!("{} fields, the header has {width}", record.len()))
                    .with_raw(&row));
            }
            Ok(article(&place, &record, &at, warnings, &options))
        })
    }
}

/// The fields of one row.
fn fields(row: &[u8], delimiter: u8) -> ByteRecord {
    let mut builder = ReaderBuilder::new();
    let reader = builder
        .delimiter(delimiter)
        .has_headers(false)
        .buffer_capacity(row.len().clamp(64, 64 << 10));
    // Memory has no errors, and a row of no fields is none.
    reader.from_reader(row).into_byte_records().flatten().next().unwrap_or_default()
}

fn article(
    place: &Place,
    record: &ByteRecord,
    at: &Indices,
    warnings: Vec<String>,
    options: &Options,
) -> Article {
    let field = |index: Option<usize>| {
        let value = record.get(index?)?;
        // `\N` is how MySQL writes that there is no value.
        (!value.is_empty() && value != b"\\N").then(|| String::from_utf8_lossy(value).into_owned())
    };
    let mut article = place.article(field(at.id));
    article.text = field(Some(at.text)).unwrap_or_default();
    article.title = field(at.title);
    article.outlet = field(at.outlet);
    article.url = field(at.url);
    article.date = field(at.date);
    article.byline = field(at.byline);
    article.section = field(at.section);
    let targets = field(at.targets).unwrap_or_default();
    let names = targets.split(';').map(str::trim).filter(|name| !name.is_empty());
    article.targets = names.map(|name| TargetRequest::Name(name.to_owned())).collect();
    article.warnings = warnings;
    field::read(&mut article, options, false);
    add_targets(&mut article, options);
    article
}

/// Why a row is rejected in which backslashes stand before quotation marks, and which reads in no way.
const ESCAPES: &str = "quotation marks are escaped by backslashes (\\\") here, and the row does not fit the header either way; \
     write them doubled (\"\"), as CSV has it";

/// Why a row is rejected that swallows what follows it.
const UNCLOSED: &str =
    "a quotation mark opens here that is never closed; what follows is read line by line";

impl Iterator for Records {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.ended {
            return None;
        }
        match self.cutter.cut() {
            Ok(Cut::Row(row)) => Some(self.row(row)),
            Ok(Cut::TooLong) => {
                let reason = format!(
                    "a row {}; a quotation mark that is never closed?",
                    too_long(self.options.longest())
                );
                Some(Row::rejected(self.place(), reason))
            }
            Ok(Cut::Unclosed(line)) => {
                let place = self.place();
                let (line, _) = self.decoder.decode_owned(line);
                Some(Row::none(place.reject(None, UNCLOSED).with_raw(&line), place))
            }
            Ok(Cut::Escapes(row)) => {
                let place = self.place();
                let (row, _) = self.decoder.decode_owned(row);
                Some(Row::none(place.reject(None, ESCAPES).with_raw(&row), place))
            }
            Ok(Cut::End) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Row::rejected(self.place(), error.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reject;
    use super::*;
    use std::io;

    fn rows(bytes: &[u8]) -> Vec<Result<Article, Reject>> {
        let source =
            Source::new("b.csv".to_owned(), "b".to_owned(), io::Cursor::new(bytes.to_vec()))
                .expect("opens");
        (FORMAT.read)(source, Arc::new(Options::default())).map(Row::read).collect()
    }

    #[test]
    fn rows_quotes_and_targets() {
        let rows = rows(b"id,text,targets\n1,\"Two\nlines, said \"\"he\"\".\",Putin; Vladimir Orban;\n2,short\n3,third,\n");
        let first = rows[0].as_ref().expect("first");
        assert_eq!(first.text, "Two\nlines, said \"he\".");
        assert_eq!(first.targets.len(), 2);
        let second = rows[1].as_ref().expect_err("two fields");
        assert_eq!((second.line, second.reason.as_str()), (Some(4), "2 fields, the header has 3"));
        assert_eq!(
            rows[2].as_ref().map(|a| (a.id.as_str(), a.source.as_str())),
            Ok(("3", "b.csv:5"))
        );
    }

    #[test]
    fn semicolons_and_other_encodings() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252
            .encode("id;text;title\na;The café’s “yes” is a naïve señor’s word;T\n");
        let rows = rows(&bytes);
        let article = rows[0].as_ref().expect("row");
        assert!(article.text.starts_with("The café’s “yes”"), "{}", article.text);
        assert_eq!(article.warnings, ["decoded from windows-1252"]);
    }

    #[test]
    fn a_line_that_tells_the_delimiter_is_no_header() {
        for (head, d) in
            [("sep=;\n", ';'), ("sep=,\r\n", ','), ("sep=\t\n", '\t'), ("sep=|\n", '|')]
        {
            let rows = rows(format!("{head}title{d}text\nQuay{d}It rains.\n").as_bytes());
            let told = rows[0].as_ref().map(|a| (a.title.as_deref(), a.text.as_str()));
            assert_eq!((rows.len(), told), (1, Ok((Some("Quay"), "It rains."))), "{head}");
        }
    }

    #[test]
    fn places_count_the_byte_order_mark() {
        let rows = rows(b"\xef\xbb\xbfid,text\n1,x\n2\n");
        assert!(rows[0].is_ok());
        assert_eq!(rows[1].as_ref().map_err(|r| (r.line, r.offset)), Err((Some(3), Some(15))));
    }

    #[test]
    fn a_table_without_text_says_what_it_has() {
        let rows = rows(b"id,words\n1,x\n");
        assert!(rows[0].as_ref().is_err_and(|r| r.reason.contains("its columns are id, words")));
    }
}

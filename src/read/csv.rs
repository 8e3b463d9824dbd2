//! CSV: a header, then a row for each article. Semicolons and tabs are found from the header.

use super::columns::{add_targets, position};
use super::decode::Decoder;
use super::peek::Peek;
use super::source::too_long;
use super::{Columns, Format, Options, Place, Reject, Row, Rows, Source, has_ending};
use crate::article::{Article, TargetRequest};
use csv::{ByteRecord, Position, Reader, ReaderBuilder};
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const ENDINGS: &[&str] = &[".csv", ".tsv"];

/// CSV.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    doc: "a header and rows: id, text, and when present title, outlet, url, date, byline, targets (names split by ;)",
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
    let names: Vec<&[u8]> = line.split(|b| *b == delimiter(line)).map(|n| n.trim_ascii().trim_ascii_quotes()).collect();
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
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

/// Counts what is read for one row: a quotation mark that is never closed would take all the rest into memory.
struct Metered {
    inner: Peek,
    since_row: Arc<AtomicUsize>,
    most: usize,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if self.since_row.fetch_add(count, Ordering::Relaxed) > self.most {
            return Err(io::Error::other(format!("a row {}; a quotation mark that is never closed?", too_long(self.most))));
        }
        Ok(count)
    }
}

struct Records {
    name: Arc<str>,
    stem: Arc<str>,
    warning: Option<String>,
    /// Bytes before the header: a byte order mark.
    before: u64,
    reader: Reader<Metered>,
    since_row: Arc<AtomicUsize>,
    record: ByteRecord,
    width: usize,
    at: Indices,
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
    targets: Option<usize>,
}

impl Indices {
    fn find(header: &[String], columns: &Columns) -> Result<Self, String> {
        let find = |name: &str| position(header, name);
        Ok(Indices {
            text: columns.find_text(header)?,
            id: find(&columns.id),
            title: find(&columns.title),
            outlet: find(&columns.outlet),
            url: find(&columns.url),
            date: find(&columns.date),
            byline: find(&columns.byline),
            targets: find(&columns.targets),
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
        let since_row = Arc::new(AtomicUsize::new(0));
        let metered = Metered { inner: bytes, since_row: Arc::clone(&since_row), most: options.longest() };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(metered);
        let mut decoder = Decoder::new();
        let header = match reader.byte_headers() {
            Ok(header) => header,
            Err(error) => return Err((place, error.to_string())),
        };
        let header: Vec<String> = header.iter().map(|h| decoder.decode(h.trim_ascii()).0).collect();
        let at = Indices::find(&header, &options.columns).map_err(|reason| (place, reason))?;
        let width = header.len();
        Ok(Records { name, stem, warning, before, reader, since_row, record: ByteRecord::new(), width, at, options, decoder, ended: false })
    }

    fn place(&self, position: Option<&Position>) -> Place {
        let (line, offset) = (position.map(Position::line), position.map(|p| self.before + p.byte()));
        Place { source: Arc::clone(&self.name), stem: Arc::clone(&self.stem), line, offset }
    }

    fn row(&mut self, place: &Place) -> Result<Article, Reject> {
        let (record, decoder) = (&self.record, &mut self.decoder);
        if record.len() != self.width {
            let reject = place.reject(None, format!("{} fields, the header has {}", record.len(), self.width));
            return Err(reject.with_raw(&as_written(record)));
        }
        let mut warnings: Vec<String> = self.warning.iter().cloned().collect();
        let mut field = |index: Option<usize>| {
            let (value, warning) = decoder.decode(record.get(index?)?);
            if let Some(warning) = warning.filter(|w| !warnings.contains(w)) {
                warnings.push(warning);
            }
            (!value.is_empty()).then_some(value)
        };
        let mut article = place.article(field(self.at.id));
        article.text = field(Some(self.at.text)).unwrap_or_default();
        article.title = field(self.at.title);
        article.outlet = field(self.at.outlet);
        article.url = field(self.at.url);
        article.date = field(self.at.date);
        article.byline = field(self.at.byline);
        let targets = field(self.at.targets).unwrap_or_default();
        let names = targets.split(';').map(str::trim).filter(|name| !name.is_empty());
        article.targets = names.map(|name| TargetRequest::Name(name.to_owned())).collect();
        article.warnings = warnings;
        add_targets(&mut article, &self.options);
        Ok(article)
    }
}

/// The row as commas and quotation marks write it.
fn as_written(record: &ByteRecord) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _always_ok = writer.write_byte_record(record);
    String::from_utf8_lossy(writer.into_inner().unwrap_or_default().trim_ascii_end()).into_owned()
}

impl Iterator for Records {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.ended {
            return None;
        }
        self.since_row.store(0, Ordering::Relaxed);
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                let place = self.place(self.record.position());
                let read = self.row(&place);
                Some(Row::done(place, read))
            }
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => {
                // An error of reading comes again at every call.
                self.ended = true;
                let place = self.place(error.position().or(Some(self.reader.position())));
                Some(Row::rejected(place, error.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Result<Article, Reject>> {
        let source = Source::new("b.csv".to_owned(), "b".to_owned(), io::Cursor::new(bytes.to_vec())).expect("opens");
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
        assert_eq!(rows[2].as_ref().map(|a| (a.id.as_str(), a.source.as_str())), Ok(("3", "b.csv:5")));
    }

    #[test]
    fn semicolons_and_other_encodings() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("id;text;title\na;The café’s “yes” is a naïve señor’s word;T\n");
        let rows = rows(&bytes);
        let article = rows[0].as_ref().expect("row");
        assert!(article.text.starts_with("The café’s “yes”"), "{}", article.text);
        assert_eq!(article.warnings, ["decoded from windows-1252"]);
    }

    #[test]
    fn places_count_the_byte_order_mark() {
        let rows = rows(b"\xef\xbb\xbfid,text\n1,x\n2\n");
        assert!(rows[0].is_ok());
        assert_eq!(rows[1].as_ref().map_err(|r| (r.line, r.offset)), Err((Some(3), Some(15))));
    }

    #[test]
    fn a_table_without_text_says_what_it_has() {
        let rows = rows(b"id,body\n1,x\n");
        assert!(rows[0].as_ref().is_err_and(|r| r.reason.contains("its columns are id, body")));
    }
}

//! WARC, as Common Crawl and wget write it (ISO 28500): a row for each response, resource or conversion with a page in it.
//!
//! Records are cut here and not by a crate: a crawl's lengths may lie, and after a damaged record the next whole one must
//! be found again, with memory bounded.

mod head;
mod http;
mod page;

use super::row::Raw;
use super::source::too_long;
use super::{Format, Options, Place, Row, Source, has_ending};
use head::Head;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

const ENDINGS: &[&str] = &[".warc", ".wet"];
const MAGIC: &[u8] = b"WARC/";

/// WARC.
pub(super) const FORMAT: Format = Format {
    name: "warc",
    doc: "WARC records: pages as crawlers store them, and texts of WET files",
    endings: ENDINGS,
    matches: |name, head| head.starts_with(MAGIC) || has_ending(name, ENDINGS),
    read: |source, options| Box::new(Records { source, options, number: 0, next: Next::Seek }),
};

struct Records {
    source: Source,
    options: Arc<Options>,
    number: u64,
    next: Next,
}

/// What stands where the stream is.
enum Next {
    /// A record, or nothing but line ends before one.
    Seek,
    /// Bytes that belong to no record; they were told of.
    Lost,
    Ended,
}

/// What was cut off.
enum Cut {
    Record(Head, Vec<u8>),
    /// A record without a page: a request, the crawl's own notes.
    Aside,
    /// No record, or a damaged one; the next is looked for.
    Damaged(String),
    End,
}

impl Records {
    fn cut(&mut self) -> io::Result<Cut> {
        if !self.seek()? {
            return Ok(Cut::End);
        }
        if !self.source.bytes.peek(MAGIC.len())?.starts_with(MAGIC) {
            self.next = Next::Lost;
            return Ok(Cut::Damaged(
                "no WARC record begins here: a wrong length before it?".to_owned(),
            ));
        }
        let head = match Head::read(&mut self.source)? {
            Ok(head) => head,
            Err(reason) => {
                self.next = Next::Lost;
                return Ok(Cut::Damaged(reason));
            }
        };
        let most = self.options.longest() as u64;
        if !head.holds_page() {
            // A length that lies about a record of no use costs at most the search for the next.
            if head.length <= most {
                self.pass(head.length)?;
            } else {
                self.next = Next::Lost;
            }
            return Ok(Cut::Aside);
        }
        if head.length > most {
            self.next = Next::Lost;
            return Ok(Cut::Damaged(format!("a record {}", too_long(self.options.longest()))));
        }
        let mut block = Vec::new();
        self.source.bytes.by_ref().take(head.length).read_to_end(&mut block)?;
        self.source.offset += block.len() as u64;
        if (block.len() as u64) < head.length {
            return Ok(Cut::Damaged("the record ends in the middle: cut off?".to_owned()));
        }
        // What follows a block shows whether its length was true.
        if self.seek()? && !self.source.bytes.peek(MAGIC.len())?.starts_with(MAGIC) {
            self.next = Next::Lost;
            return Ok(Cut::Damaged(format!(
                "its Content-Length of {} does not lead to another record",
                head.length
            )));
        }
        Ok(Cut::Record(head, block))
    }

    fn pass(&mut self, count: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.source.bytes.by_ref().take(count), &mut io::sink())?;
        self.source.offset += passed;
        Ok(())
    }

    /// Goes to the next record: over line ends, and over whatever is lost. `false` at the end of the stream.
    fn seek(&mut self) -> io::Result<bool> {
        loop {
            let ahead = self.source.bytes.peek(MAGIC.len())?;
            if ahead.is_empty() {
                return Ok(false);
            }
            if matches!(self.next, Next::Lost) {
                if ahead.starts_with(MAGIC) {
                    self.next = Next::Seek;
                    return Ok(true);
                }
                self.source.offset += self.source.bytes.skip_until(b'\n')? as u64;
                continue;
            }
            let ends = ahead.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if ends == 0 {
                return Ok(true);
            }
            self.source.bytes.consume(ends);
            self.source.offset += ends as u64;
        }
    }
}

impl Iterator for Records {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !matches!(self.next, Next::Ended) {
            let begin = self.seek().map(|_| self.source.offset);
            let cut = begin
                .as_ref()
                .map_err(|e| io::Error::new(e.kind(), e.to_string()))
                .and_then(|_| self.cut());
            let place = |number: u64| self.source.place(Some(number), begin.as_ref().ok().copied());
            match cut {
                Ok(Cut::End) => break,
                Ok(Cut::Aside) => self.number += 1,
                Ok(Cut::Damaged(reason)) => {
                    self.number += 1;
                    return Some(Row::rejected(place(self.number), reason));
                }
                Ok(Cut::Record(head, block)) => {
                    self.number += 1;
                    return Some(row(place(self.number), head, block, Arc::clone(&self.options)));
                }
                Err(error) => {
                    self.number += 1;
                    self.next = Next::Ended;
                    return Some(Row::rejected(place(self.number), error.to_string()));
                }
            }
        }
        self.next = Next::Ended;
        None
    }
}

fn row(place: Place, head: Head, block: Vec<u8>, options: Arc<Options>) -> Row {
    Row::new(place.clone(), Raw::of(&block), move || {
        let id = head.id();
        page::article(&place, &head, block, &options).map_err(|reason| place.reject(id, reason))
    })
}

#[cfg(test)]
pub(in crate::read) mod tests;

//! Mailboxes (.mbox): a message behind every line like "From a@b.example Wed Mar  5 06:00:00 2031".

use super::super::source::too_long;
use super::super::{Format, Options, Row, Source, has_ending};
use super::mail;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".mbox", ".mbx"];
const BEGINNING: &[u8] = b"From ";

/// A mailbox.
pub(in crate::read) const FORMAT: Format = Format {
    name: "mbox",
    doc: "a mailbox: a mail is an article",
    endings: ENDINGS,
    matches: |name, head| {
        let (first, rest) = head.split_at(head.iter().position(|b| *b == b'\n').unwrap_or(0));
        let (headers, sure) = mail::headers(rest.trim_ascii_start());
        begins(first) && (sure || headers >= 2 || has_ending(name, ENDINGS))
    },
    read: |source, options| {
        Box::new(Messages { source, options, number: 0, next: None, ended: false })
    },
};

/// Does a line begin a message? It has a sender, a time and a year.
fn begins(line: &[u8]) -> bool {
    let words = || line.split(u8::is_ascii_whitespace);
    let is_year = |w: &[u8]| w.len() == 4 && w.iter().all(u8::is_ascii_digit);
    let is_time = |w: &[u8]| w.contains(&b':') && w.first().is_some_and(u8::is_ascii_digit);
    line.starts_with(BEGINNING) && words().any(is_year) && words().any(is_time)
}

struct Messages {
    source: Source,
    options: Arc<Options>,
    number: u64,
    /// Where the message begins whose first line was read.
    next: Option<u64>,
    ended: bool,
}

impl Iterator for Messages {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let most = self.options.longest();
        let mut line = Vec::new();
        let mut message = Vec::new();
        let mut begun = self.next.take();
        let mut blank = true;
        let mut long = false;
        while !self.ended {
            let offset = self.source.offset;
            match self.source.line(&mut line, most) {
                Ok(None) => self.ended = true,
                Ok(Some(whole)) => {
                    long |= !whole;
                    if blank && begins(&line) {
                        match begun {
                            Some(_) => {
                                self.next = Some(offset);
                                break;
                            }
                            None => begun = Some(offset),
                        }
                        continue;
                    }
                    blank = line.is_empty();
                    // Lines of a message that began so were given a mark.
                    let quoted = line.iter().take_while(|byte| **byte == b'>').count();
                    let marked = quoted > 0 && line[quoted..].starts_with(BEGINNING);
                    long |= message.len() + line.len() > most;
                    if begun.is_some() && !long {
                        message.extend_from_slice(&line[usize::from(marked)..]);
                        message.push(b'\n');
                    }
                }
                Err(error) => {
                    self.ended = true;
                    self.number += 1;
                    let place = self.source.place(Some(self.number), Some(offset));
                    return Some(Row::rejected(place, error.to_string()));
                }
            }
        }
        let offset = begun?;
        self.number += 1;
        let place = self.source.place(Some(self.number), Some(offset));
        if long {
            return Some(Row::rejected(place, format!("a mail {}", too_long(most))));
        }
        Some(mail::row(message, place, self.source.warning.clone(), Arc::clone(&self.options)))
    }
}

//! Mailboxes (.mbox): a message behind every line that begins with "From ".

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
        first.starts_with(BEGINNING) && (sure || headers >= 2 || has_ending(name, ENDINGS))
    },
    read: |source, options| {
        Box::new(Messages { source, options, number: 0, next: None, ended: false })
    },
};

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
                    if blank && line.starts_with(BEGINNING) {
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

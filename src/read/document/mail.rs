//! Mail (.eml): the best part of a message, decoded. An HTML part is read as a page is.
//!
//! mail-parser reads MIME (0.11, as 1.0 wants a newer Rust): headers in any encoding, parts within
//! parts to a fixed depth.

use super::super::export::{self, Found};
use super::super::html::read_page;
use super::super::row::Raw;
use super::super::{Format, Options, Place, Reject, Row, Rows, Source, has_ending, one};
use super::add_targets;
use crate::article::Article;
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::collections::BTreeSet;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".eml"];

/// Mail.
pub(in crate::read) const FORMAT: Format = Format {
    name: "eml",
    doc: "a mail: its best part, with sender, subject and date",
    endings: ENDINGS,
    matches: |name, head| {
        let (headers, sure) = headers(head);
        sure || headers >= 3 || headers >= 1 && has_ending(name, ENDINGS)
    },
    read,
};

/// Headers of mails by which one is known; the second half stand in no other text.
const KNOWN: &[&str] = &["from", "to", "subject", "date", "cc", "reply-to", "sender"];
const SURE: &[&str] = &[
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "x-mailer",
    "list-unsubscribe",
    "dkim-signature",
];

/// How many of the headers of a mail open a text, and whether one of them is in no other text.
pub(super) fn headers(head: &[u8]) -> (usize, bool) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut sure = false;
    for line in head.trim_ascii_start().split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.first().is_none_or(|byte| byte.is_ascii_whitespace()) {
            if line.trim_ascii().is_empty() {
                break;
            }
            continue;
        }
        let name = line.iter().position(|byte| *byte == b':').map(|end| &line[..end]);
        let name = name.and_then(|name| std::str::from_utf8(name).ok());
        let Some(name) = name.filter(|n| n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        else {
            // A line that is no header: no mail, unless the headers end within the first bytes.
            return (0, false);
        };
        let name = name.to_ascii_lowercase();
        known.extend(KNOWN.iter().find(|header| **header == name));
        sure |= SURE.contains(&name.as_str());
    }
    (known.len(), sure && !known.is_empty())
}

fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let place = source.place(None, None);
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, place)),
    };
    // Databases send their exports by mail.
    if let Ok(message) = parse(&bytes) {
        for part in parts(&message) {
            let found = match &part.body {
                PartType::Text(text) => export::in_text(&unix(text), &source, &options),
                PartType::Html(html) => export::in_page(html.as_bytes(), &source, &options),
                _ => Found::Other,
            };
            match found {
                Found::Articles(rows) => return rows,
                Found::Several(reason) => return one(Row::rejected(place, reason)),
                Found::Other => {}
            }
        }
    }
    one(row(bytes, place, source.warning, options))
}

/// Mails within mails that are read: the crate goes into each, and one may hold another.
const FORWARDED: usize = 50;

fn parse(bytes: &[u8]) -> Result<Message<'_>, &'static str> {
    const MAIL: &[u8] = b"message/";
    let mails = bytes.windows(MAIL.len()).filter(|window| window.eq_ignore_ascii_case(MAIL));
    if mails.take(FORWARDED + 1).count() > FORWARDED {
        return Err("a mail that holds more than 50 others: save those apart");
    }
    MessageParser::default().parse(bytes).ok_or("a broken mail: it has no headers")
}

/// The row of one message.
pub(super) fn row(
    bytes: Vec<u8>,
    place: Place,
    warning: Option<String>,
    options: Arc<Options>,
) -> Row {
    Row::new(place.clone(), Raw::of(&bytes), move || {
        let mut article = article(&bytes, &place)?;
        article.warnings.extend(warning);
        add_targets(&mut article, &options);
        Ok(article)
    })
}

fn article(bytes: &[u8], place: &Place) -> Result<Article, Reject> {
    let refuse = |reason: &str| place.reject(None, reason);
    let message = parse(bytes.trim_ascii_start()).map_err(refuse)?;
    let mut article = body(&message).ok_or_else(|| {
        refuse(if is_locked(&message) {
            "a locked (encrypted) mail: save it decrypted"
        } else {
            "a mail without a part of text"
        })
    })?;
    if export::is_one(&article.text) {
        return Err(refuse("a mail that holds an export of a database: save this mail as .eml"));
    }
    let named = place.article(None);
    article.id = named.id;
    article.source = named.source;
    article.title = message.subject().map(|subject| subject.trim().to_owned());
    article.outlet = message.from().and_then(sender);
    article.date = message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339());
    article.byline = None;
    let attached = message.attachment_count();
    if attached > 0 {
        article.warnings.push(format!("{attached} attachments were not read"));
    }
    Ok(article)
}

fn parts<'m>(message: &'m Message<'m>) -> impl Iterator<Item = &'m MessagePart<'m>> {
    message.text_bodies().chain(message.html_bodies())
}

fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The text of a mail, from its plain or its HTML part: whichever holds the article. Programs give
/// either a stub when they write both.
fn body(message: &Message<'_>) -> Option<Article> {
    let plain = parts(message).find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(unix(text)),
        _ => None,
    });
    let page = parts(message).find_map(|part| match &part.body {
        PartType::Html(html) => Some(read_page(html.as_bytes())).filter(|p| !p.text.is_empty()),
        _ => None,
    });
    let words = |text: &str| text.split_whitespace().count();
    match (plain, page) {
        (Some(text), Some(page)) => {
            let (plain, shown) = (words(&text), words(&page.text));
            // Alike, the plain part has its paragraphs; a page has lost its menus and links.
            let alike = plain.abs_diff(shown) * 10 <= shown;
            let stub = plain > shown * 2;
            Some(if alike || stub { Article { text, ..Article::default() } } else { page })
        }
        (Some(text), None) => Some(Article { text, ..Article::default() }),
        (None, page) => page,
    }
}

fn sender(from: &Address<'_>) -> Option<String> {
    let first = from.first()?;
    let name = first.name.as_deref().or(first.address.as_deref())?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn is_locked(message: &Message<'_>) -> bool {
    message.parts.iter().filter_map(|part| part.content_type()).any(|kind| {
        let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
        subtype == "encrypted" || subtype.ends_with("pkcs7-mime")
    })
}

#[cfg(test)]
mod tests;

//! The articles of a document: where they stand in it, and each as a row.

use super::super::decode::Decoder;
use super::super::jsonl;
use super::super::peek::Peek;
use super::super::source::too_long;
use super::super::usual::{folded, usual};
use super::super::{Columns, Options, Place, Row, Rows, Source};
use super::cut::{Cut, Cutter};
use super::object::{has_headline, holds_text, member, one_line};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::sync::Arc;

/// Bytes of the second line that are looked at.
const AHEAD: usize = 4096;

/// Objects of an array that are asked whether they are articles.
const ASKED: usize = 5;

/// Does a source go on as a document, after a first line that is no row? Lines that are objects of their own are rows, but
/// for those that hold articles instead of being one.
pub(in crate::read) fn is_document(line: &[u8], source: &mut Source, columns: &Columns) -> bool {
    let start = line.trim_ascii_start();
    if start.starts_with(b"[") {
        return true;
    }
    if !start.starts_with(b"{") {
        return false;
    }
    match serde_json::from_slice::<IgnoredAny>(line) {
        Ok(_) => {
            let object = serde_json::from_slice::<Map<String, Value>>(line).unwrap_or_default();
            keyed(&object, &columns.text).is_some()
                || !holds_text(&object, &columns.text)
                    && (articles(&object, &columns.text).is_some() || !goes_on(source))
        }
        // The object goes on: unless the next line begins another, and this one is a row that was cut off.
        Err(error) => {
            error.is_eof()
                && goes_on(source)
                && source
                    .bytes
                    .peek(AHEAD)
                    .is_ok_and(|ahead| !ahead.trim_ascii_start().starts_with(b"{"))
        }
    }
}

fn goes_on(source: &mut Source) -> bool {
    source.bytes.peek(AHEAD).is_ok_and(|ahead| !ahead.trim_ascii().is_empty())
}

/// The rows of a document, of which `begun` was read already from the byte `offset` on.
pub(in crate::read) fn read(
    source: Source,
    begun: Vec<u8>,
    offset: u64,
    options: Arc<Options>,
) -> Rows {
    let Source { name, stem, warning, bytes, .. } = source;
    let bytes = if begun.is_empty() { bytes } else { Peek::new(Cursor::new(begun).chain(bytes)) };
    let cutter = Cutter::new(bytes, options.longest(), offset);
    let place = Place { source: name, stem, line: None, offset: None };
    Box::new(Document {
        place,
        warnings: warning.into_iter().collect(),
        cutter,
        decoder: Decoder::new(),
        options,
        pages: None,
        ready: VecDeque::new(),
        any: false,
        ended: false,
    })
}

struct Document {
    place: Place,
    warnings: Vec<String>,
    cutter: Cutter,
    decoder: Decoder,
    options: Arc<Options>,
    /// The objects of the array hold articles instead of being some; known from the first.
    pages: Option<bool>,
    ready: VecDeque<Row>,
    any: bool,
    ended: bool,
}

impl Document {
    /// Cuts on; what is wrong when nothing can be.
    fn more(&mut self) -> Result<(), (Place, String)> {
        let cut = self.cutter.cut();
        let place = Place {
            line: Some(self.cutter.line),
            offset: Some(self.cutter.offset),
            ..self.place.clone()
        };
        let (bytes, in_array) = match cut {
            Ok(Cut::Object(bytes, in_array)) => (bytes, in_array),
            Ok(Cut::TooLong) => {
                let most = too_long(self.options.longest());
                let told = format!(
                    "an object {most}; where it holds the articles, `jq -c '.NAME[]'` writes them a line each"
                );
                return Err((place, told));
            }
            Ok(Cut::End) => {
                self.ended = true;
                let told = "JSON without an object: there is no article in it";
                return if self.any { Ok(()) } else { Err((place, told.to_owned())) };
            }
            Ok(Cut::Unfinished) => {
                self.ended = true;
                return Err((place, "broken JSON: it ends in the middle; cut off?".to_owned()));
            }
            Ok(Cut::Stray(byte)) => {
                self.ended = true;
                let found = char::from(byte).escape_default().to_string();
                return Err((
                    place,
                    format!(
                        "broken JSON: {found:?} where an object may begin; the rest is not read"
                    ),
                ));
            }
            Err(error) => {
                self.ended = true;
                return Err((place, error.to_string()));
            }
        };
        self.any = true;
        let (text, warning) = self.decoder.decode_owned(bytes);
        let warnings: Vec<String> = self.warnings.iter().cloned().chain(warning).collect();
        let many = if in_array && self.pages == Some(false) { None } else { self.inner(&text) };
        if in_array && self.pages.is_none() {
            self.pages = Some(many.is_some());
        }
        let Some(many) = many else {
            self.ready.push_back(jsonl::row(place, text, warnings, &self.options));
            return Ok(());
        };
        for (index, text) in many.into_iter().enumerate() {
            // Lines of the objects within are not known; their order is.
            let line = if in_array { place.line } else { Some(index as u64 + 1) };
            let place = Place { line, ..place.clone() };
            self.ready.push_back(jsonl::row(place, text, warnings.clone(), &self.options));
        }
        Ok(())
    }

    /// The articles that an object holds, each as an object of its own; `None` when it is one itself.
    fn inner(&self, text: &str) -> Option<Vec<String>> {
        let object: Map<String, Value> = serde_json::from_str(text).ok()?;
        let columns = &self.options.columns;
        let outlet = publisher(&object);
        let with = |article: &Value, known: &[(&String, Option<&String>)]| {
            let Value::Object(article) = article else { return article.to_string() };
            let mut article = article.clone();
            for (column, value) in known {
                let named = usual(column).iter().any(|name| member(&article, name).is_some());
                if let (false, Some(value)) = (named || article.contains_key(*column), value) {
                    article.insert((*column).clone(), (*value).clone().into());
                }
            }
            Value::Object(article).to_string()
        };
        let outlet = (&columns.outlet, outlet.as_ref());
        if let Some(by_key) = keyed(&object, &columns.text) {
            let row = |(key, article): &(&String, &Value)| {
                with(article, &[outlet, (&columns.id, Some(*key))])
            };
            return Some(by_key.iter().map(row).collect());
        }
        if holds_text(&object, &columns.text) {
            return None;
        }
        let found = articles(&object, &columns.text)?;
        Some(found.iter().map(|article| with(article, &[outlet])).collect())
    }
}

/// Who publishes what an object holds, where it says so itself: the title of a JSON Feed, a source.
fn publisher(object: &Map<String, Value>) -> Option<String> {
    let version = object.get("version").and_then(Value::as_str).unwrap_or_default();
    let column = if version.contains("jsonfeed.org") { "title" } else { "outlet" };
    let names = usual(column).iter();
    let value = names.filter_map(|name| member(object, name)).next()?;
    one_line(value.clone()).ok().flatten()
}

/// Articles under names of their own instead of in an array: `{"a1": {"text": …}, "a2": {"text": …}}`, at any depth. Members that
/// are named as columns are parts of one article.
fn keyed<'v>(object: &'v Map<String, Value>, column: &str) -> Option<Vec<(&'v String, &'v Value)>> {
    let own_text = |value: &Value| {
        let Value::Object(inner) = value else { return false };
        let is = |name: &str| member(inner, name).is_some_and(Value::is_string);
        inner.get(column).is_some_and(Value::is_string) || usual(column).iter().any(|n| is(n))
    };
    let is_column = |key: &String| {
        let key = folded(key);
        let is = |column: &&str| key == *column || usual(column).contains(&key.as_str());
        Columns::default().names().iter().any(is)
    };
    // What has a title of its own is one article in parts: `{"title": …, "body": {"p1": {"text": …}, "p2": {"text": …}}}`.
    if usual("title").iter().any(|name| member(object, name).is_some_and(Value::is_string)) {
        return None;
    }
    let mut queue = VecDeque::from([object]);
    let mut seen = 0;
    while let Some(object) = queue.pop_front() {
        if object.len() >= 2 && object.values().all(own_text) && !object.keys().any(is_column) {
            return Some(object.iter().collect());
        }
        for inner in object.values().filter_map(Value::as_object) {
            if seen < 1000 {
                seen += 1;
                queue.push_back(inner);
            }
        }
    }
    None
}

/// The array of articles in an object: the nearest one whose first objects hold text, or else headlines.
fn articles<'v>(object: &'v Map<String, Value>, column: &str) -> Option<&'v Vec<Value>> {
    let is_article = |item: &&Value| item.as_object().is_some_and(|o| holds_text(o, column));
    let is_head = |item: &&Value| item.as_object().is_some_and(has_headline);
    arrays(object, is_article).or_else(|| arrays(object, is_head))
}

fn arrays<'v>(
    object: &'v Map<String, Value>,
    is: impl Fn(&&'v Value) -> bool,
) -> Option<&'v Vec<Value>> {
    let mut queue = VecDeque::from([object]);
    let mut seen = 0;
    while let Some(object) = queue.pop_front() {
        for value in object.values() {
            match value {
                Value::Array(all) if all.iter().take(ASKED).any(|item| is(&item)) => {
                    return Some(all);
                }
                Value::Object(inner) if seen < 1000 => {
                    seen += 1;
                    queue.push_back(inner);
                }
                _ => {}
            }
        }
    }
    None
}

impl Iterator for Document {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while self.ready.is_empty() && !self.ended {
            if let Err((place, reason)) = self.more() {
                return Some(Row::rejected(place, reason));
            }
        }
        self.ready.pop_front()
    }
}

//! The rows of a file of many items: what stands before the first is read once, each item by whichever thread scores it.

use super::super::decode::Decoder;
use super::super::row::Raw;
use super::super::source::too_long;
use super::super::{Options, Place, Reject, Row, Rows, Source};
use super::cut::{Cutter, Piece};
use super::{ENTITIES, encoding};
use crate::article::Article;
use std::sync::Arc;

/// What a format does with a file that is cut into items.
pub(in crate::read) struct Cutting<H> {
    /// Names of the elements that are items, with their prefixes.
    pub(in crate::read) names: &'static [&'static str],
    /// Reads what stands before the first item, once.
    pub(in crate::read) head: fn(&Head) -> Result<H, String>,
    /// Reads an item. The reason when it cannot be read.
    pub(in crate::read) item: fn(&H, xml: &str) -> Result<Found, String>,
}

/// What was found in an item.
pub(in crate::read) enum Found {
    /// An article; what is empty of id and source is filled in.
    Article(Box<Article>),
    /// None, for a reason that is no fault: a picture, a menu.
    Nothing(&'static str),
}

/// What stands before the first item.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Head {
    /// From the first element on.
    pub(in crate::read) text: String,
    /// Start tags of the elements in which the items lie.
    pub(in crate::read) starts: String,
    /// Their end tags.
    pub(in crate::read) ends: String,
}

/// The rows of a file that is cut into items.
pub(in crate::read) fn rows<H: Send + Sync + 'static>(
    source: Source,
    options: Arc<Options>,
    cutting: &'static Cutting<H>,
) -> Rows {
    let Source { name, stem, warning, bytes, offset, .. } = source;
    let place = Place { source: name, stem, line: None, offset: None };
    let cutter = Cutter::new(bytes, cutting.names, options.longest(), offset);
    Box::new(ItemRows {
        place,
        warning,
        cutter,
        decoder: Decoder::new(),
        label: None,
        head: None,
        cutting,
        options,
        ended: false,
    })
}

struct ItemRows<H: 'static> {
    place: Place,
    warning: Option<String>,
    cutter: Cutter,
    decoder: Decoder,
    /// Encoding that the file names.
    label: Option<String>,
    head: Option<Arc<H>>,
    cutting: &'static Cutting<H>,
    options: Arc<Options>,
    ended: bool,
}

impl<H: Send + Sync + 'static> Iterator for ItemRows<H> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.ended {
            return None;
        }
        let first = !self.cutter.any;
        let piece = self.cutter.cut();
        // An item that is the whole file is named by the file.
        let whole = first && self.cutter.open.is_empty();
        let place = Place {
            line: (!whole).then_some(self.cutter.line),
            offset: Some(self.cutter.offset),
            ..self.place.clone()
        };
        let (place, reason) = match piece {
            Ok(Piece::Item(bytes)) => match self.head() {
                Ok(head) => return Some(self.row(place, head, bytes)),
                Err(reason) => {
                    self.ended = true;
                    (self.place.clone(), reason)
                }
            },
            Ok(Piece::TooLong) => (place, format!("an item {}", too_long(self.options.longest()))),
            Ok(Piece::CutOff) => {
                self.ended = true;
                (place, "the file ends within this item: cut off?".to_owned())
            }
            Ok(Piece::End) => {
                self.ended = true;
                if self.head.is_some() || self.cutter.any {
                    return None;
                }
                let names = self.cutting.names.join(" or ");
                (self.place.clone(), format!("holds no element {names}: there is no article in it"))
            }
            Err(error) => {
                self.ended = true;
                (place, error.to_string())
            }
        };
        Some(Row::rejected(place, reason))
    }
}

impl<H: Send + Sync + 'static> ItemRows<H> {
    fn head(&mut self) -> Result<Arc<H>, String> {
        if let Some(head) = &self.head {
            return Ok(Arc::clone(head));
        }
        let bytes = std::mem::take(&mut self.cutter.head);
        self.label = encoding(&bytes).map(str::to_owned);
        let (text, _) = self.decoder.decode_told(bytes, self.label.as_deref());
        if text.contains("<!ENTITY") {
            return Err(ENTITIES.to_owned());
        }
        let starts = self.cutter.open.iter().map(|(_, tag)| String::from_utf8_lossy(tag));
        let ends = self.cutter.open.iter().rev().map(|(name, _)| format!("</{name}>"));
        let mut head = Head { text, starts: starts.collect(), ends: ends.collect() };
        let root = self.cutter.open.first().map(|(_, tag)| String::from_utf8_lossy(tag));
        let root_at = root.and_then(|root| head.text.find(&*root)).unwrap_or(0);
        head.text.drain(..root_at);
        let read = Arc::new((self.cutting.head)(&head)?);
        self.head = Some(Arc::clone(&read));
        Ok(read)
    }

    /// Decoding goes on here, in order: what earlier items were encoded in helps with this one.
    fn row(&mut self, place: Place, head: Arc<H>, bytes: Vec<u8>) -> Row {
        let (xml, warning) = self.decoder.decode_told(bytes, self.label.as_deref());
        let warnings: Vec<String> = self.warning.iter().cloned().chain(warning).collect();
        let (read, options) = (self.cutting.item, Arc::clone(&self.options));
        Row::new(place.clone(), Raw::of(xml.as_bytes()), move || {
            let found = read(&head, &xml);
            finished(found, &place, warnings, &options).map_err(|reject| reject.with_raw(&xml))
        })
    }
}

fn finished(
    found: Result<Found, String>,
    place: &Place,
    warnings: Vec<String>,
    options: &Options,
) -> Result<Article, Reject> {
    let mut article = match found {
        Ok(Found::Article(article)) => *article,
        Ok(Found::Nothing(reason)) => return Err(place.left_out(None, reason)),
        Err(reason) => return Err(place.reject(None, reason)),
    };
    let id = std::mem::take(&mut article.id);
    let named = place.article((!id.is_empty()).then_some(id));
    (article.id, article.source) = (named.id, named.source);
    article.warnings.splice(0..0, warnings);
    super::super::columns::add_targets(&mut article, options);
    Ok(article)
}

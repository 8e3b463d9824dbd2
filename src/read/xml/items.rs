//! Cuts a file of many items ("item", "entry", "newsItem") and leaves their markup alone: a feed or an export of any length
//! costs the memory of one item, and a broken item costs itself.

use super::super::decode::Decoder;
use super::super::peek::Peek;
use super::super::row::Raw;
use super::super::source::too_long;
use super::super::{Options, Place, Reject, Row, Rows, Source};
use super::{ENTITIES, encoding};
use crate::article::Article;
use std::io::{self, BufRead, Read};
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

/// What was cut off.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// An item, from its start tag to its end tag.
    Item(Vec<u8>),
    /// An item of too many bytes. All of it was passed over.
    TooLong,
    /// The file ends within an item.
    CutOff,
    /// Nothing is left.
    End,
}

/// A stream of items.
struct Cutter {
    bytes: Peek,
    names: &'static [&'static str],
    most: usize,
    /// What was read before the first item.
    head: Vec<u8>,
    /// Elements that stand open around the items: name and start tag.
    open: Vec<(String, Vec<u8>)>,
    /// An item was met.
    any: bool,
    /// Line on which the item begins that was cut last, from 1.
    line: u64,
    /// Byte at which it begins.
    offset: u64,
    next_line: u64,
    next_offset: u64,
    /// Text and the markup behind it, as it was read last.
    chunk: Vec<u8>,
}

/// Bytes that are held of either end of a chunk that is too long: a name, the end of CDATA.
const ENDS: usize = 64;

/// What the markup of a chunk is.
enum Mark {
    Start(String),
    End(String),
    /// An empty element, a comment, CDATA.
    Other,
}

impl Cutter {
    fn new(bytes: Peek, names: &'static [&'static str], most: usize, before: u64) -> Self {
        Cutter {
            bytes,
            names,
            most,
            head: Vec::new(),
            open: Vec::new(),
            any: false,
            line: 1,
            offset: before,
            next_line: 1,
            next_offset: before,
            chunk: Vec::new(),
        }
    }

    /// The next item.
    fn cut(&mut self) -> io::Result<Piece> {
        let mut item = Vec::new();
        let mut name = String::new();
        let (mut depth, mut long) = (0u32, false);
        loop {
            let (line, offset) = (self.next_line, self.next_offset);
            let Some((mark, chunk_long)) = self.step()? else {
                return Ok(if depth > 0 { Piece::CutOff } else { Piece::End });
            };
            let text = self.chunk.iter().position(|b| *b == b'<').unwrap_or(self.chunk.len());
            match mark {
                Mark::Start(begun) if depth == 0 && self.names.contains(&begun.as_str()) => {
                    let lines = self.chunk[..text].iter().filter(|b| **b == b'\n').count();
                    (self.line, self.offset) = (line + lines as u64, offset + text as u64);
                    (name, depth, self.any) = (begun, 1, true);
                    self.chunk.drain(..text);
                }
                _ if depth == 0 => {
                    self.before(&mark, text, chunk_long)?;
                    continue;
                }
                Mark::Start(begun) if begun == name => depth += 1,
                Mark::End(ended) if ended == name => depth -= 1,
                _ => {}
            }
            if chunk_long || item.len() + self.chunk.len() > self.most {
                (long, item) = (true, Vec::new());
            }
            if !long {
                item.extend_from_slice(&self.chunk);
            }
            if depth == 0 {
                return Ok(if long { Piece::TooLong } else { Piece::Item(item) });
            }
        }
    }

    /// What stands between items; before the first it is kept.
    fn before(&mut self, mark: &Mark, text: usize, long: bool) -> io::Result<()> {
        if self.any {
            return Ok(());
        }
        match mark {
            Mark::Start(name) => self.open.push((name.clone(), self.chunk[text..].to_vec())),
            Mark::End(name) if self.open.last().is_some_and(|(open, _)| open == name) => {
                self.open.pop();
            }
            _ => {}
        }
        if long || self.head.len() + self.chunk.len() > self.most {
            let told = format!("what stands before the first article is {}", too_long(self.most));
            return Err(io::Error::other(told));
        }
        self.head.extend_from_slice(&self.chunk);
        Ok(())
    }

    /// Reads on to the end of the next markup; `None` at the end of the file. True with a chunk that was too long to be held
    /// whole.
    fn step(&mut self) -> io::Result<Option<(Mark, bool)>> {
        self.chunk.clear();
        let mut long = self.until(b">")?;
        if self.chunk.is_empty() {
            return Ok(None);
        }
        let text = self.chunk.iter().position(|b| *b == b'<').unwrap_or(self.chunk.len());
        let markup = &self.chunk[text..];
        // What ends with the first ">" may be the beginning of more.
        let (end, least): (&[u8], usize) = match markup {
            m if m.starts_with(b"<![CDATA[") => (b"]]>", 12),
            m if m.starts_with(b"<!--") => (b"-->", 7),
            m if m.starts_with(b"<!DOCTYPE") && m.contains(&b'[') => (b"]>", 12),
            _ => (b">", 3),
        };
        if markup.len() < least || !markup.ends_with(end) {
            long |= self.until(end)?;
        }
        let text = self.chunk.iter().position(|b| *b == b'<').unwrap_or(self.chunk.len());
        let markup = &self.chunk[text..];
        let name = |from: usize| {
            let name = markup[from..].split(|b| b.is_ascii_whitespace() || b"/>".contains(b));
            String::from_utf8_lossy(name.into_iter().next().unwrap_or_default()).into_owned()
        };
        let mark = match markup {
            [b'<', b'!' | b'?', ..] | [] => Mark::Other,
            [b'<', b'/', ..] => Mark::End(name(2)),
            [.., b'/', b'>'] => Mark::Other,
            _ => Mark::Start(name(1)),
        };
        Ok(Some((mark, long)))
    }

    /// Reads on until the chunk ends so, or the file does. True when it grew too long: then only the beginning of its markup
    /// and its end are held.
    fn until(&mut self, end: &[u8]) -> io::Result<bool> {
        let mut long = false;
        loop {
            let before = self.chunk.len();
            let room = (self.most as u64).saturating_add(1);
            let count = self.bytes.by_ref().take(room).read_until(b'>', &mut self.chunk)?;
            let read = &self.chunk[before..];
            self.next_line += read.iter().filter(|b| **b == b'\n').count() as u64;
            self.next_offset += count as u64;
            if count == 0 || self.chunk.ends_with(end) {
                return Ok(long);
            }
            if self.chunk.len() > self.most {
                long = true;
                let markup = self.chunk.iter().position(|b| *b == b'<');
                self.chunk.drain(..markup.unwrap_or(self.chunk.len().saturating_sub(ENDS)));
                let tail = self.chunk.len().saturating_sub(ENDS);
                self.chunk.drain(ENDS.min(tail)..tail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(xml: &str, most: usize) -> (Vec<(u64, u64, Piece)>, Cutter) {
        let bytes = Peek::new(io::Cursor::new(xml.as_bytes().to_vec()));
        let mut cutter = Cutter::new(bytes, &["item"], most, 0);
        let mut out = Vec::new();
        loop {
            match cutter.cut().expect("memory") {
                Piece::End => return (out, cutter),
                piece => out.push((cutter.line, cutter.offset, piece)),
            }
            if matches!(out.last(), Some((.., Piece::CutOff))) {
                return (out, cutter);
            }
        }
    }

    fn item(xml: &str) -> Piece {
        Piece::Item(xml.into())
    }

    #[test]
    fn items_are_cut_whatever_stands_in_them() {
        let xml = "<?xml version='1.0'?><rss a='1'>\n<channel><title>T</title>\n <item><![CDATA[</item> > ]]></item>x<item/>\n<item k='v'><!-- </item> --><item>in</item></item></channel></rss>";
        let (found, cutter) = cuts(xml, 1000);
        assert_eq!(
            found,
            [
                (3, 60, item("<item><![CDATA[</item> > ]]></item>")),
                (4, 104, item("<item k='v'><!-- </item> --><item>in</item></item>")),
            ]
        );
        let open: Vec<&str> = cutter.open.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(open, ["rss", "channel"]);
        assert!(cutter.head.ends_with(b"<title>T</title>"));
    }

    #[test]
    fn a_long_item_costs_itself_and_one_cut_off_is_told() {
        let long = format!("<r><item><![CDATA[{}]]></item><item>b</item><item>c", "a>".repeat(400));
        let found: Vec<Piece> = cuts(&long, 100).0.into_iter().map(|(.., piece)| piece).collect();
        assert_eq!(found, [Piece::TooLong, item("<item>b</item>"), Piece::CutOff]);
        for long in ["a".repeat(900), format!("<![CDATA[{}]]>", "a".repeat(900))] {
            let text = format!("<r><item>{long}</item><item>b</item>");
            let found = cuts(&text, 100).0.into_iter().map(|(.., piece)| piece);
            let found: Vec<Piece> = found.collect();
            assert_eq!(found, [Piece::TooLong, item("<item>b</item>")]);
        }
    }
}

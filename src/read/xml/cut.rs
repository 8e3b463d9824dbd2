//! Cuts a file of many items ("item", "entry", "newsItem") and leaves their markup alone: a feed or an export of any length
//! costs the memory of one item, and a broken item costs itself.

use super::super::peek::Peek;
use super::super::source::too_long;
use std::io::{self, BufRead, Read};

/// What was cut off.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
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
pub(super) struct Cutter {
    bytes: Peek,
    names: &'static [&'static str],
    most: usize,
    /// What was read before the first item.
    pub(super) head: Vec<u8>,
    /// Elements that stand open around the items: name and start tag.
    pub(super) open: Vec<(String, Vec<u8>)>,
    /// An item was met.
    pub(super) any: bool,
    /// Line on which the item begins that was cut last, from 1.
    pub(super) line: u64,
    /// Byte at which it begins.
    pub(super) offset: u64,
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
    pub(super) fn new(
        bytes: Peek,
        names: &'static [&'static str],
        most: usize,
        before: u64,
    ) -> Self {
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
    pub(super) fn cut(&mut self) -> io::Result<Piece> {
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

//! RTF: control words, groups and code pages, read to paragraphs.
//!
//! Our own, as rtf-parser 0.4 takes the bytes of `\'93` for Unicode and drops `\ldblquote`, so that
//! quotations lose their marks, wants the last byte to be a brace, and panics on a lone surrogate.

use super::super::source::too_long;
use super::super::{Format, Options, Row, Rows, Source, has_ending, one};
use super::{Paragraphs, rows};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;
use std::sync::Arc;

const ENDINGS: &[&str] = &[".rtf"];
const MAGIC: &[u8] = b"{\\rtf";

/// RTF.
pub(in crate::read) const FORMAT: Format = Format {
    name: "rtf",
    doc: "rich text: an article, or a database's export with many",
    endings: ENDINGS,
    matches: |name, head| {
        head.trim_ascii_start().starts_with(MAGIC) || has_ending(name, ENDINGS) && head.is_empty()
    },
    read,
};

/// Groups nested deeper than this are no document's.
const DEEPEST: usize = 1000;

/// Groups that hold no text of the document.
const ASIDE: &[&[u8]] = &[
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"listtable",
    b"listoverridetable",
    b"info",
    b"pict",
    b"object",
    b"objdata",
    b"header",
    b"headerl",
    b"headerr",
    b"headerf",
    b"footer",
    b"footerl",
    b"footerr",
    b"footerf",
    b"fldinst",
    b"themedata",
    b"colorschememapping",
    b"datastore",
    b"latentstyles",
    b"rsidtbl",
    b"generator",
    b"xmlnstbl",
    b"filetbl",
    b"revtbl",
    b"bkmkstart",
    b"bkmkend",
    b"nonshppict",
    b"shpinst",
    b"annotation",
    b"atnid",
    b"atnauthor",
    b"mmathPr",
    b"pgdsctbl",
    b"private",
    b"pntext",
    b"listtext",
];

fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let place = source.place(None, None);
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => return one(Row::none(reject, place)),
    };
    match Reader::new(&bytes).read(options.longest()) {
        Ok(text) if text.is_empty() => one(Row::rejected(place, "an RTF file without text")),
        Ok(text) => rows(text, &source, &options),
        Err(reason) => one(Row::rejected(place, format!("a broken RTF file: {reason}"))),
    }
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct State {
    /// Holds no text.
    aside: bool,
    /// Characters that stand behind `\u` for programs without Unicode.
    unread: usize,
    hidden: bool,
    encoding: &'static Encoding,
    font_table: bool,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    out: Paragraphs,
    /// Bytes of the code page that wait to be decoded.
    held: Vec<u8>,
    state: State,
    states: Vec<State>,
    /// Bytes and characters to pass over.
    skip: usize,
    /// The first of a pair of surrogates.
    surrogate: Option<u16>,
    page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    font: i32,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let page = WINDOWS_1252;
        let state =
            State { aside: false, unread: 1, hidden: false, encoding: page, font_table: false };
        Reader {
            bytes,
            at: 0,
            out: Paragraphs::default(),
            held: Vec::new(),
            state,
            states: Vec::new(),
            skip: 0,
            surrogate: None,
            page,
            fonts: BTreeMap::new(),
            font: 0,
        }
    }

    fn read(mut self, most: usize) -> Result<String, String> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.states.len() == DEEPEST {
                        return Err(format!("groups nested more than {DEEPEST} deep"));
                    }
                    self.states.push(self.state);
                    self.skip = 0;
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    match self.states.pop() {
                        Some(state) => self.state = state,
                        None => break,
                    }
                    if self.states.is_empty() {
                        break;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
            if self.out.len() > most {
                return Err(too_long(most));
            }
        }
        self.flush();
        Ok(self.out.finish())
    }

    fn control(&mut self) {
        let Some(first) = self.bytes.get(self.at).copied() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
                    let digits = std::str::from_utf8(digits).unwrap_or_default();
                    if let Ok(byte) = u8::from_str_radix(digits, 16) {
                        self.at += 2;
                        self.byte(byte);
                    }
                }
                b'*' => self.state.aside = true,
                b'~' => self.text("\u{a0}"),
                b'_' => self.text("-"),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.paragraph(),
                _ => {}
            }
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let (word, rest) = rest.split_at(length);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = if digits == 0 { None } else { rest.get(..sign + digits) };
        let number = number.and_then(|n| std::str::from_utf8(n).ok()?.parse::<i32>().ok());
        self.at += length + if digits > 0 { sign + digits } else { 0 };
        self.at += usize::from(self.bytes.get(self.at) == Some(&b' '));
        self.word(word, number);
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"par" | b"sect" | b"page" | b"row" => self.paragraph(),
            b"line" => self.text("\n"),
            b"tab" | b"cell" | b"nestcell" => self.text("\t"),
            b"emdash" => self.text("—"),
            b"endash" => self.text("–"),
            b"lquote" => self.text("‘"),
            b"rquote" => self.text("’"),
            b"ldblquote" => self.text("“"),
            b"rdblquote" => self.text("”"),
            b"bullet" => self.text("•"),
            b"emspace" | b"enspace" | b"qmspace" => self.text(" "),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.state.unread = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            b"v" => {
                self.flush();
                self.state.hidden = number != Some(0);
            }
            b"bin" => self.at += usize::try_from(number.unwrap_or(0)).unwrap_or(0),
            b"ansicpg" => {
                self.page = code_page(number.unwrap_or(1252));
                self.state.encoding = self.page;
            }
            b"mac" => {
                self.page = encoding_rs::MACINTOSH;
                self.state.encoding = self.page;
            }
            b"f" => {
                self.flush();
                self.font = number.unwrap_or(0);
                self.state.encoding = self.fonts.get(&self.font).copied().unwrap_or(self.page);
            }
            b"fcharset" if self.state.font_table && self.fonts.len() < 10_000 => {
                if let Some(encoding) = charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            b"pard" | b"plain" => {
                self.flush();
                self.state.hidden &= word == b"pard";
            }
            word if ASIDE.contains(&word) => {
                self.state.aside = true;
                self.state.font_table |= word == b"fonttbl";
            }
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.state.aside && !self.state.hidden {
            self.surrogate = None;
            self.held.push(byte);
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.state.aside && !self.state.hidden {
            self.out.push(text);
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        if !self.state.aside {
            self.out.end();
        }
    }

    /// A UTF-16 unit, written as a signed number.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.state.unread;
        if self.state.aside || self.state.hidden {
            return;
        }
        let unit = u16::try_from(number.rem_euclid(1 << 16)).unwrap_or(0);
        let units = [self.surrogate.take().unwrap_or(0), unit];
        let from = usize::from(units[0] == 0);
        match char::decode_utf16(units[from..].iter().copied()).next() {
            Some(Ok(c)) => self.out.push(c.encode_utf8(&mut [0; 4])),
            _ if (0xd800..0xdc00).contains(&unit) => self.surrogate = Some(unit),
            _ => {}
        }
    }

    fn flush(&mut self) {
        if !self.held.is_empty() {
            let (text, _) = self.state.encoding.decode_without_bom_handling(&self.held);
            self.out.push(&text);
            self.held.clear();
        }
    }
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The encoding of a font's character set, where it is not that of the document.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(code_page(page))
}

#[cfg(test)]
mod tests;

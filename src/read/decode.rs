//! Bytes of any encoding to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// Decodes the rows of one source. What was seen in earlier rows helps with later ones.
pub(super) struct Decoder {
    detector: EncodingDetector,
}

impl Decoder {
    pub(super) fn new() -> Self {
        Decoder { detector: EncodingDetector::new(Iso2022JpDetection::Allow) }
    }

    /// The text, and a warning when it was not plain UTF-8.
    pub(super) fn decode(&mut self, bytes: &[u8]) -> (String, Option<String>) {
        match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) => self.other(bytes),
        }
    }

    /// The same, without a copy of what is UTF-8.
    pub(super) fn decode_owned(&mut self, bytes: Vec<u8>) -> (String, Option<String>) {
        String::from_utf8(bytes)
            .map_or_else(|error| self.other(error.as_bytes()), |text| (text, None))
    }

    /// What is not UTF-8 in the encoding that its sender named, when there is one of that name.
    pub(super) fn decode_told(
        &mut self,
        bytes: Vec<u8>,
        label: Option<&str>,
    ) -> (String, Option<String>) {
        let named = label
            .and_then(|label| Encoding::for_label(label.as_bytes()))
            .filter(|encoding| *encoding != UTF_8);
        match named {
            Some(encoding) if std::str::from_utf8(&bytes).is_err() => with(encoding, &bytes),
            _ => self.decode_owned(bytes),
        }
    }

    fn other(&mut self, bytes: &[u8]) -> (String, Option<String>) {
        if let Some(count) = broken_utf8(bytes) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            return (
                text,
                Some(format!("{count} stretches of bytes were not UTF-8 and were replaced")),
            );
        }
        self.detector.feed(bytes, false);
        let encoding = self.detector.guess(None, Utf8Detection::Deny);
        with(encoding, bytes)
    }
}

/// Bytes in an encoding that is not UTF-8, a byte order mark left out, and the warning that says so.
fn with(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<String>) {
    let (text, encoding, errors) = encoding.decode(bytes);
    let lost = if errors { ", some of it unreadable" } else { "" };
    (text.into_owned(), Some(format!("decoded from {}{lost}", encoding.name())))
}

/// UTF-8 with a few bytes damaged keeps most of its characters whole: the number of damaged stretches. `None` for
/// another encoding, in which what happens to be valid is rare.
fn broken_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (valid >= 3 * broken).then_some(broken)
}

/// What the first bytes say about the encoding: the encoding, and the length of the byte order mark.
pub(super) fn sniff(head: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return (encoding, length);
    }
    // UTF-16 without a mark: every other byte of Latin text is zero.
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if half >= 4 && odd * 10 >= half * 7 && even * 20 <= half {
        (UTF_16LE, 0)
    } else if half >= 4 && even * 10 >= half * 7 && odd * 20 <= half {
        (UTF_16BE, 0)
    } else {
        (UTF_8, 0)
    }
}

/// Reads another encoding as UTF-8, piece by piece.
pub(super) struct Transcoded<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    out: Vec<u8>,
    out_at: usize,
    ended: bool,
}

/// Bytes read at once.
const PIECE: usize = 32 << 10;

impl<R: Read> Transcoded<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Transcoded {
            inner,
            decoder,
            raw: Vec::new(),
            raw_at: 0,
            out: Vec::new(),
            out_at: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.raw_at == self.raw.len() && !self.ended {
            self.raw.resize(PIECE, 0);
            let count = self.inner.read(&mut self.raw)?;
            self.raw.truncate(count);
            self.raw_at = 0;
            self.ended = count == 0;
        }
        self.out.resize(PIECE * 4, 0);
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(&self.raw[self.raw_at..], &mut self.out, self.ended);
        debug_assert!(
            result == CoderResult::InputEmpty || read > 0,
            "the output has room for every input"
        );
        self.raw_at += read;
        self.out.truncate(written);
        self.out_at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let count = buffer.len().min(self.out.len() - self.out_at);
        buffer[..count].copy_from_slice(&self.out[self.out_at..self.out_at + count]);
        self.out_at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legacy_encodings_are_decoded_and_said() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252
            .encode("The café’s owner said “never” to Citroën, and the naïve señor agreed.");
        let (text, warning) = Decoder::new().decode(&bytes);
        assert!(text.contains("café’s owner said “never” to Citroën"), "{text}");
        assert_eq!(warning.as_deref(), Some("decoded from windows-1252"));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "“Один” — “два” — “три”".as_bytes().to_vec();
        bytes.insert(3, 0xff);
        let (text, warning) = Decoder::new().decode(&bytes);
        assert!(text.contains("“два” — “три”"));
        assert!(warning.is_some_and(|w| w.starts_with("1 stretches")));
    }

    #[test]
    fn utf16_is_read_in_pieces_of_any_size() {
        let text = "Zoë said “yes” 🦊\n".repeat(3000);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff(&bytes[..400]), (UTF_16LE, 0));
        let mut out = String::new();
        Transcoded::new(bytes.as_slice(), UTF_16LE)
            .read_to_string(&mut out)
            .expect("reads from memory");
        assert_eq!(out, text);
    }
}

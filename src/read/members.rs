//! Compressed streams, opened by their bytes: gzip of one or many members, zstd of one or many frames, one inside the other.

use super::peek::Peek;
use flate2::bufread::GzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Compression inside compression is followed this far.
const LAYERS: usize = 3;
/// A stream may expand this many times; text seldom expands ten times.
const RATIO: u64 = 200;
/// Below this size nothing is too much.
const ALWAYS: u64 = 64 << 20;
/// Largest window of a zstd frame: memory that a stream may ask for.
const WINDOW: u64 = 64 << 20;

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// A zstd frame that holds no data begins with a byte of `50` to `5f` and these.
const SKIPPABLE: &[u8] = b"\x2a\x4d\x18";

/// A stream without its compression.
pub(super) struct Opened {
    pub(super) bytes: Peek,
    /// It was compressed.
    pub(super) packed: bool,
}

/// Takes off every layer of compression. What is read from the stream itself is added to `taken`.
pub(super) fn open(
    stream: impl Read + Send + 'static,
    taken: &Arc<AtomicU64>,
) -> io::Result<Opened> {
    let before = taken.load(Ordering::Relaxed);
    let mut bytes = Peek::new(Counted { inner: stream, count: Arc::clone(taken) });
    for layer in 0..=LAYERS {
        let Some(kind) = Kind::of(bytes.peek(4)?) else {
            return Ok(Opened { bytes, packed: layer > 0 });
        };
        let members = Members { kind, state: State::Between(bytes), frames: None, first: true };
        bytes = Peek::new(Guarded { inner: members, given: 0, taken: Arc::clone(taken), before });
    }
    Err(io::Error::other(format!("compressed more than {LAYERS} times over")))
}

/// The bytes of one compressed body in memory, at most `most` of them.
pub(super) fn unpack(bytes: Vec<u8>, most: usize) -> io::Result<Vec<u8>> {
    let opened = open(Cursor::new(bytes), &Arc::default())?;
    bounded(opened.bytes, most)
}

/// All that a stream gives, when that is not more than `most` bytes.
pub(super) fn bounded(stream: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    stream.take((most as u64).saturating_add(1)).read_to_end(&mut out)?;
    if out.len() > most { Err(io::Error::other(super::source::too_long(most))) } else { Ok(out) }
}

struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Ends a stream that gives far more than it takes.
struct Guarded {
    inner: Members,
    given: u64,
    taken: Arc<AtomicU64>,
    before: u64,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        let taken = self.taken.load(Ordering::Relaxed).saturating_sub(self.before);
        if self.given > ALWAYS && self.given > taken.saturating_mul(RATIO) {
            return Err(io::Error::other(format!(
                "expands more than {RATIO} times: a decompression bomb?"
            )));
        }
        Ok(count)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gzip,
    Zstd,
}

impl Kind {
    fn of(head: &[u8]) -> Option<Kind> {
        let skippable = head.get(1..4) == Some(SKIPPABLE) && head[0] & 0xf0 == 0x50;
        if head.starts_with(GZIP) {
            Some(Kind::Gzip)
        } else if head.starts_with(ZSTD) || skippable {
            Some(Kind::Zstd)
        } else {
            None
        }
    }

    fn damaged(self, error: &io::Error) -> io::Error {
        let name = match self {
            Kind::Gzip => "gzip",
            Kind::Zstd => "zstd",
        };
        // The zstd crate tells the end of its input inside other errors.
        let cut = error.kind() == io::ErrorKind::UnexpectedEof
            || error.to_string().contains("failed to fill whole buffer");
        let what = if cut {
            "ends in the middle: cut off?".to_owned()
        } else {
            format!("is damaged: {error}")
        };
        io::Error::new(io::ErrorKind::InvalidData, format!("the {name} stream {what}"))
    }
}

enum State {
    Between(Peek),
    Gzip(GzDecoder<Peek>),
    Zstd(Box<StreamingDecoder<Peek, FrameDecoder>>),
    Ended,
}

/// Members or frames one after the other, as `cat a.gz b.gz` and Common Crawl write them.
struct Members {
    kind: Kind,
    state: State,
    /// Kept for the next frame: it holds large tables.
    frames: Option<FrameDecoder>,
    first: bool,
}

impl Members {
    fn begin(&mut self, mut bytes: Peek) -> io::Result<State> {
        loop {
            let head = bytes.peek(8)?;
            match Kind::of(head) {
                _ if head.is_empty() => return Ok(State::Ended),
                // Some writers fill up a block with zeros.
                None if !self.first && head[0] == 0 => {
                    let zeros = head.iter().take_while(|b| **b == 0).count();
                    bytes.consume(zeros);
                }
                Some(Kind::Zstd) if self.kind == Kind::Zstd && !head.starts_with(ZSTD) => {
                    let length =
                        head.get(4..8).map_or(0, |l| u32::from_le_bytes([l[0], l[1], l[2], l[3]]));
                    if io::copy(&mut bytes.by_ref().take(8 + u64::from(length)), &mut io::sink())?
                        < 8 + u64::from(length)
                    {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                kind if kind == Some(self.kind) => break,
                _ => {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "bytes follow that are no part of it",
                    ));
                }
            }
        }
        self.first = false;
        if self.kind == Kind::Gzip {
            return Ok(State::Gzip(GzDecoder::new(bytes)));
        }
        let mut decoder = self.frames.take().unwrap_or_default();
        decoder.set_max_window_size(WINDOW);
        let decoder = StreamingDecoder::new_with_decoder(bytes, decoder);
        Ok(State::Zstd(Box::new(
            decoder.map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?,
        )))
    }

    fn step(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = match &mut self.state {
                State::Ended => return Ok(0),
                State::Between(_) => 0,
                State::Gzip(decoder) => decoder.read(buffer)?,
                State::Zstd(decoder) => decoder.read(buffer)?,
            };
            if count > 0 {
                return Ok(count);
            }
            let bytes = match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(bytes) => bytes,
                State::Gzip(decoder) => decoder.into_inner(),
                State::Zstd(decoder) => {
                    let (bytes, frames) = decoder.into_parts();
                    self.frames = Some(frames);
                    bytes
                }
            };
            self.state = self.begin(bytes)?;
        }
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        self.step(buffer).map_err(|error| {
            self.state = State::Ended;
            self.kind.damaged(&error)
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;

    pub(in crate::read) fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    pub(in crate::read) fn zst(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn read(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        unpack(bytes, 1 << 30).map_err(|e| e.to_string())
    }

    #[test]
    fn members_and_frames_are_read_to_the_end() {
        let many: Vec<u8> = (0..3000).flat_map(|n| gz(format!("line {n}\n").as_bytes())).collect();
        let out = read(many).expect("members");
        assert!(
            out.ends_with(b"line 2998\nline 2999\n")
                && out.iter().filter(|b| **b == b'\n').count() == 3000
        );
        let frames =
            [zst(b"one "), b"\x5a\x2a\x4d\x18\x03\0\0\0xyz".to_vec(), zst(b"two"), vec![0; 100]]
                .concat();
        assert_eq!(read(frames), Ok(b"one two".to_vec()));
        assert_eq!(read(gz(&zst(&gz(b"deep")))), Ok(b"deep".to_vec()));
        assert_eq!(read(b"plain".to_vec()), Ok(b"plain".to_vec()));
        assert_eq!(read(gz(b"")), Ok(Vec::new()));
    }

    #[test]
    fn damage_says_what_it_is() {
        let text: String = (0..4000).map(|n| format!("{} ", n * 7919)).collect();
        for (name, packed) in [("gzip", gz(text.as_bytes())), ("zstd", zst(text.as_bytes()))] {
            let cut = read(packed[..packed.len() / 2].to_vec());
            assert_eq!(cut, Err(format!("the {name} stream ends in the middle: cut off?")));
            let mut junk = packed.clone();
            junk.extend(b"not a member");
            assert!(read(junk).is_err_and(|e| e.contains("bytes follow")), "{name}");
            let mut broken = packed;
            let middle = broken.len() / 2;
            broken[middle..].iter_mut().for_each(|b| *b ^= 0x55);
            assert!(
                read(broken).is_err_and(|e| e.starts_with("the ") && e.contains(name)),
                "{name}"
            );
        }
        assert_eq!(
            read(gz(&gz(&gz(&gz(b"x"))))),
            Err("compressed more than 3 times over".to_owned())
        );
    }

    #[test]
    fn bombs_end_early() {
        let zeros = gz(&vec![0; 80 << 20]);
        assert!(read(zeros.clone()).is_err_and(|e| e.contains("bomb")));
        assert!(unpack(zeros, 1000).is_err_and(|e| e.to_string().contains("longer than")));
    }
}

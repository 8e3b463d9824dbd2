//! A buffered stream that shows what comes next, any number of bytes ahead.

use std::io::{self, BufRead, Read};

/// Bytes read at once.
const PIECE: usize = 64 << 10;

/// A stream with a buffer that grows to what is asked for.
pub(super) struct Peek {
    inner: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    at: usize,
    /// What went wrong behind the bytes that are held: told when those are taken.
    failed: Option<io::Error>,
}

impl Peek {
    pub(super) fn new(inner: impl Read + Send + 'static) -> Self {
        Peek { inner: Box::new(inner), buffer: Vec::new(), at: 0, failed: None }
    }

    /// The next bytes: `count` of them at least, fewer only at the end of the stream.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count {
            match self.more() {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) if self.at == self.buffer.len() => return Err(error),
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        Ok(&self.buffer[self.at..])
    }

    /// Reads on behind what is held; `false` at the end.
    fn more(&mut self) -> io::Result<bool> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + PIECE, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
        read.map(|count| count > 0)
    }
}

impl Read for Peek {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.buffer.len() && self.failed.is_none() && buffer.len() >= PIECE {
            return self.inner.read(buffer);
        }
        let held = self.fill_buf()?;
        let count = held.len().min(buffer.len());
        buffer[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Peek {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Slow(std::vec::IntoIter<u8>);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            Ok(self.0.next().map_or(0, |byte| {
                buffer[0] = byte;
                1
            }))
        }
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        struct Breaks;
        impl Read for Breaks {
            fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let mut peek = Peek::new(Slow(b"ab\nc".to_vec().into_iter()).chain(Breaks));
        assert_eq!(peek.peek(100).expect("four bytes"), b"ab\nc");
        assert_eq!(peek.peek(100).expect("four bytes"), b"ab\nc");
        let mut line = Vec::new();
        assert_eq!(peek.read_until(b'\n', &mut line).expect("a line"), 3);
        assert!(peek.read_until(b'\n', &mut line).is_err_and(|e| e.to_string() == "broken"));
    }

    #[test]
    fn looking_ahead_takes_nothing() {
        let mut peek = Peek::new(Slow(b"abcdefgh".to_vec().into_iter()));
        assert_eq!(peek.peek(3).expect("memory"), b"abc");
        peek.consume(2);
        assert_eq!(peek.peek(4).expect("memory"), b"cdef");
        assert_eq!(peek.peek(100).expect("memory"), b"cdefgh");
        let mut rest = String::new();
        peek.read_to_string(&mut rest).expect("memory");
        assert_eq!(rest, "cdefgh");
        assert!(peek.peek(1).expect("memory").is_empty());
    }
}

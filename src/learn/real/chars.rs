//! Unicode code points to bytes and back: the sets count the former, everything here the latter.

/// Where each code point of a text starts.
pub(super) struct Chars {
    starts: Vec<usize>,
}

impl Chars {
    pub(super) fn of(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Chars { starts }
    }

    /// Byte offset of a code point; the end of the text for one past it.
    pub(super) fn byte(&self, point: usize) -> usize {
        self.starts[point.min(self.starts.len() - 1)]
    }

    /// Code point at a byte offset.
    pub(super) fn point(&self, byte: u32) -> usize {
        self.starts.partition_point(|start| *start < byte as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "a“é”z";
        let chars = Chars::of(text);
        assert_eq!((0..=6).map(|p| chars.byte(p)).collect::<Vec<_>>(), [0, 1, 4, 6, 9, 10, 10]);
        assert!((0..=5).all(|p| chars.point(chars.byte(p) as u32) == p));
    }
}

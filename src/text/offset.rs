//! Places in a text, told in UTF-8 bytes or in Unicode code points.

/// The unit in which places are told to the outside. Inside, everything counts in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffsetUnit {
    /// UTF-8 bytes.
    #[default]
    Bytes,
    /// Unicode code points.
    Chars,
}

impl OffsetUnit {
    /// The unit as messages name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            OffsetUnit::Bytes => "bytes",
            OffsetUnit::Chars => "characters",
        }
    }
}

/// Bytes between two counts that a [`Ruler`] keeps.
const STEP: usize = 64;

/// Turns byte offsets of one text into a unit and back. Made in one pass; each question looks at 64 bytes at most.
pub struct Ruler<'a> {
    text: &'a str,
    /// For each step of bytes, the characters that begin before it; empty when both units are the same.
    counts: Vec<usize>,
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

impl<'a> Ruler<'a> {
    /// A ruler for a text.
    #[must_use]
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut counts = Vec::new();
        if unit == OffsetUnit::Chars && !text.is_ascii() {
            let mut sum = 0;
            counts.reserve(text.len() / STEP + 1);
            for chunk in text.as_bytes().chunks(STEP) {
                counts.push(sum);
                sum += characters(chunk);
            }
            counts.push(sum);
        }
        Ruler { text, counts }
    }

    /// A byte offset (on a character's boundary), told in the unit.
    #[must_use]
    pub fn tell(&self, byte: usize) -> usize {
        if self.counts.is_empty() {
            return byte;
        }
        let byte = byte.min(self.text.len());
        let step = byte / STEP;
        self.counts[step] + characters(&self.text.as_bytes()[step * STEP..byte])
    }

    /// The byte offset of a place told in the unit; `None` past the end or inside a character.
    #[must_use]
    pub fn byte(&self, place: usize) -> Option<usize> {
        if self.counts.is_empty() {
            return self.text.is_char_boundary(place).then_some(place);
        }
        let step = self.counts.partition_point(|count| *count <= place).saturating_sub(1);
        let from = (step * STEP).min(self.text.len());
        let starts = |(at, byte): (usize, &u8)| (*byte & 0xC0 != 0x80).then_some(from + at);
        let mut places = self.text.as_bytes()[from..]
            .iter()
            .enumerate()
            .filter_map(starts)
            .chain([self.text.len()]);
        places.nth(place - self.counts[step])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chars_and_bytes_are_told_both_ways() {
        let text = "“Ну, да” — said the naïve 🦊. ".repeat(40);
        let ruler = Ruler::new(&text, OffsetUnit::Chars);
        let mut last = 0;
        for (place, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!((ruler.tell(byte), ruler.byte(place)), (place, Some(byte)));
            last = place;
        }
        assert_eq!(ruler.byte(last + 1), Some(text.len()));
        assert_eq!(ruler.tell(text.len()), last + 1);
        assert_eq!(ruler.byte(last + 2), None);
        assert_eq!(ruler.byte(usize::MAX), None);
    }

    #[test]
    fn bytes_inside_a_character_are_no_place() {
        assert_eq!(Ruler::new("né", OffsetUnit::Bytes).byte(2), None);
        assert_eq!(Ruler::new("né", OffsetUnit::Bytes).byte(3), Some(3));
    }
}

//! Word vectors in the text form that GloVe, word2vec and fastText share: a word and its numbers on each line, by falling frequency.

use super::error::SpanError;
use std::io::BufRead;
use std::path::Path;

/// Words with their vectors, scaled to length 1, most frequent first.
pub(super) struct Vectors {
    /// The words.
    pub(super) words: Vec<String>,
    /// One vector a word, all of one length.
    pub(super) rows: Vec<Vec<f32>>,
}

impl Vectors {
    /// Reads the first `most` vectors. A head line of two numbers, as fastText writes, is left out.
    pub(super) fn read(path: &Path, most: usize) -> Result<Self, SpanError> {
        let io = SpanError::io(path);
        let file = std::io::BufReader::new(std::fs::File::open(path).map_err(&io)?);
        let mut vectors = Vectors { words: Vec::new(), rows: Vec::new() };
        for (index, line) in file.lines().enumerate() {
            if vectors.words.len() == most {
                break;
            }
            let line = line.map_err(&io)?;
            let wrong = |message: &str| SpanError::line(path, index + 1, message);
            let mut cells = line.trim_end().split(' ');
            let word = cells.next().unwrap_or_default();
            let row: Vec<f32> = cells
                .map(str::parse)
                .collect::<Result<_, _>>()
                .map_err(|_| wrong("a cell is no number"))?;
            if index == 0 && row.len() == 1 {
                continue;
            }
            if row.is_empty() || vectors.rows.first().is_some_and(|first| first.len() != row.len())
            {
                return Err(wrong("another number of cells than on the lines before"));
            }
            let length = row.iter().map(|v| v * v).sum::<f32>().sqrt();
            if !length.is_finite() || length <= 0.0 {
                return Err(wrong("a vector without length"));
            }
            vectors.words.push(word.to_owned());
            vectors.rows.push(row.iter().map(|v| v / length).collect());
        }
        Ok(vectors)
    }
}

#[cfg(test)]
mod tests {
    use super::Vectors;

    fn read(content: &str) -> Result<Vectors, super::SpanError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("vectors.txt");
        std::fs::write(&path, content).unwrap();
        Vectors::read(&path, 2)
    }

    #[test]
    fn vectors_have_length_one() {
        let vectors = read("3 2\nthe 3 4\nof 0 -2\nand 1 1\n").unwrap();
        assert_eq!(vectors.words, ["the", "of"]);
        assert_eq!(vectors.rows, [vec![0.6, 0.8], vec![0.0, -1.0]]);
    }

    #[test]
    fn a_broken_line_is_named() {
        for (content, place) in
            [("the 1 2\nof 1\n", ":2:"), ("the 1 x\n", ":1:"), ("the 0 0\n", ":1:")]
        {
            let error = read(content).err().unwrap().to_string();
            assert!(error.contains(place), "{error}");
        }
    }
}

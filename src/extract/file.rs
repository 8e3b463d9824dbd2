//! The extractor's fitted parts in a model file.

use super::{Dense, FIRST, FIRST_WIDTH, SECOND, SECOND_WIDTH, Tagger, WordRates};
use crate::lexicon::WordMap;
use crate::tagger::{CrfFile, first_bytes, unbase64};
use crate::text::Word;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// The word table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// Hashes of the folded words in rising order, eight bytes each (little-endian), base64.
    pub words: String,
    /// A byte a word: the step of its cue rate times 16, plus the step of its source rate; base64.
    pub rates: String,
}

/// A decision over dense inputs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenseFile {
    /// Name of each input.
    pub inputs: Vec<String>,
    /// Mean of each.
    pub mean: Vec<f64>,
    /// Standard deviation of each; above 0.
    pub scale: Vec<f64>,
    /// Weight of each, on scaled inputs.
    pub weights: Vec<f64>,
    /// Added to the sum.
    pub bias: f64,
}

/// The attribution extractor's fitted parts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaggerFile {
    /// Tags source, cue and content over paragraphs.
    pub first: CrfFile,
    /// Tags one cue's source and content.
    pub second: CrfFile,
    /// Rates of words.
    pub words: WordsFile,
    /// Confidence of an attribution.
    pub accept: DenseFile,
    /// An article keeps this many times its expected number of attributions …
    pub alpha: f64,
    /// … of at least this confidence.
    pub floor: f64,
}

impl WordsFile {
    /// Packs a table; words may come in any order.
    #[must_use]
    pub fn pack(mut rates: Vec<(Word, WordRates)>) -> Self {
        rates.sort_by_key(|(word, _)| *word);
        let words: Vec<u8> = rates.iter().flat_map(|(w, _)| w.0.to_le_bytes()).collect();
        let bytes: Vec<u8> = rates.iter().map(|(_, r)| r.cue << 4 | (r.source & 15)).collect();
        WordsFile { words: STANDARD.encode(&words), rates: STANDARD.encode(&bytes) }
    }

    fn unpack(&self) -> Result<WordMap<WordRates>, String> {
        let words = unbase64(&self.words)?;
        let rates = unbase64(&self.rates)?;
        if words.len() != rates.len() * 8 {
            return Err("words: wants a rate for each word".to_owned());
        }
        let word = |c: &[u8]| Word(u64::from_le_bytes(first_bytes(c)));
        Ok(words
            .chunks_exact(8)
            .map(word)
            .zip(rates.iter().map(|r| WordRates { cue: (r >> 4).min(7), source: (r & 15).min(7) }))
            .collect())
    }
}

impl DenseFile {
    fn unpack(&self) -> Result<Dense, String> {
        let n = self.inputs.len();
        let numbers =
            || self.mean.iter().chain(&self.scale).chain(&self.weights).chain([&self.bias]);
        if self.mean.len() != n || self.scale.len() != n || self.weights.len() != n {
            return Err("accept: wants a mean, a scale and a weight for each input".to_owned());
        }
        if numbers().any(|v| !v.is_finite()) || self.scale.iter().any(|s| *s < 1e-9) {
            return Err(
                "accept: holds a number that is not finite, or a scale that is not positive"
                    .to_owned(),
            );
        }
        let terms = (0..n).map(|j| (self.mean[j], self.weights[j] / self.scale[j])).collect();
        Ok(Dense { bias: self.bias, terms })
    }
}

impl TaggerFile {
    /// Unpacks and checks everything.
    ///
    /// # Errors
    /// Tells which part does not hold.
    pub fn compile(&self) -> Result<Tagger, String> {
        if !(self.alpha.is_finite() && self.floor.is_finite() && self.alpha > 0.0) {
            return Err("alpha and floor must be finite, alpha above 0".to_owned());
        }
        let first = self.first.unpack::<FIRST, FIRST_WIDTH>("first")?;
        let second = self.second.unpack::<SECOND, SECOND_WIDTH>("second")?;
        let mut tagger = Tagger::new(first, second, self.words.unpack()?);
        tagger.accept = self.accept.unpack()?;
        tagger.alpha = self.alpha;
        tagger.floor = self.floor;
        Ok(tagger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_is_an_error() {
        assert!(TaggerFile::default().compile().is_err());
        let word = WordsFile { words: STANDARD.encode([0; 8]), rates: String::new() };
        assert!(word.unpack().is_err());
        assert!(
            DenseFile { inputs: vec!["a".to_owned()], ..DenseFile::default() }.unpack().is_err()
        );
    }
}

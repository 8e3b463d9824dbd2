//! A tagger in a model file: numbers packed into base64, checked when unpacked.

use super::{Crf, Dense, FIRST, FIRST_WIDTH, SECOND, SECOND_WIDTH, Tagger, WordRates};
use crate::lexicon::WordMap;
use crate::text::Word;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A field: one row of weights a key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrfFile {
    /// Name of each tag.
    pub tags: Vec<String>,
    /// Row by row, tag after tag: `tags * tags` scores.
    pub transitions: Vec<f32>,
    /// A weight is its byte times this.
    pub scale: f32,
    /// Keys in rising order, four bytes each (little-endian), base64.
    pub keys: String,
    /// A signed byte for each key and tag, key after key, base64.
    pub weights: String,
}

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

impl CrfFile {
    /// Packs a field; rows whose weights all round to nothing are left out. Keys may come in any order.
    #[must_use]
    pub fn pack<const K: usize>(
        tags: &[&str],
        mut rows: Vec<(u32, [f32; K])>,
        transitions: &[[f32; K]; K],
    ) -> Self {
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        let largest = rows.iter().flat_map(|(_, row)| row).fold(0.0_f32, |m, w| m.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let (mut keys, mut weights) = (Vec::new(), Vec::new());
        for (key, row) in &rows {
            let bytes = row.map(|w| (w / scale).round() as i8);
            if bytes.iter().any(|b| *b != 0) {
                keys.extend_from_slice(&key.to_le_bytes());
                weights.extend(bytes.iter().map(|b| *b as u8));
            }
        }
        let tags = tags.iter().map(|t| (*t).to_owned()).collect();
        let transitions = transitions.iter().flatten().map(|t| (t * 1e4).round() / 1e4).collect();
        CrfFile {
            tags,
            transitions,
            scale,
            keys: STANDARD.encode(&keys),
            weights: STANDARD.encode(&weights),
        }
    }

    fn unpack<const K: usize, const W: usize>(&self, name: &str) -> Result<Crf<K, W>, String> {
        let wrong = |what: &str| format!("{name}: {what}");
        if self.tags.len() != K || self.transitions.len() != K * K {
            return Err(wrong(&format!("wants {K} tags and a transition for each two")));
        }
        if !self.scale.is_finite()
            || self.transitions.iter().any(|t| !t.is_finite() || t.abs() > 60.0)
            || self.scale.abs() > 10.0
        {
            return Err(wrong("scale and transitions must be finite and small"));
        }
        let bytes = unbase64(&self.keys)?;
        if !bytes.len().is_multiple_of(4) {
            return Err(wrong("keys must have four bytes each"));
        }
        let keys: Vec<u32> = bytes.chunks_exact(4).map(|c| u32::from_le_bytes(first(c))).collect();
        let weights = unbase64(&self.weights)?;
        if weights.len() != keys.len() * K || keys.windows(2).any(|k| k[0] >= k[1]) {
            return Err(wrong("keys must rise, with a weight for each tag"));
        }
        let rows: Vec<[i8; K]> =
            weights.chunks_exact(K).map(|c| std::array::from_fn(|k| c[k] as i8)).collect();
        let transitions =
            std::array::from_fn(|a| std::array::from_fn(|b| self.transitions[a * K + b]));
        Ok(Crf::new(&keys, &rows, self.scale, transitions))
    }
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
        let word = |c: &[u8]| Word(u64::from_le_bytes(first(c)));
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

fn unbase64(text: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(text).map_err(|e| format!("holds something that is not base64: {e}"))
}

/// The first bytes of a piece that is known to have as many.
fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|n| bytes[n])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_is_an_error() {
        let good =
            CrfFile::pack(&["a", "b"], vec![(3, [1.0, -1.0]), (1, [0.5, 0.0])], &[[0.0; 2]; 2]);
        assert!(good.unpack::<2, 8>("first").is_ok());
        assert!(good.unpack::<3, 8>("first").is_err());
        assert!(CrfFile { scale: f32::NAN, ..good.clone() }.unpack::<2, 8>("first").is_err());
        assert!(
            CrfFile { keys: STANDARD.encode([1, 0, 0, 0]), ..good.clone() }
                .unpack::<2, 8>("first")
                .is_err()
        );
        assert!(
            CrfFile { keys: STANDARD.encode([1, 0, 0, 0, 1, 0, 0, 0]), ..good.clone() }
                .unpack::<2, 8>("first")
                .is_err()
        );
        assert!(
            CrfFile { keys: STANDARD.encode([1, 0, 0, 0, 3, 0, 0, 0, 9]), ..good.clone() }
                .unpack::<2, 8>("first")
                .is_err()
        );
        assert!(
            CrfFile { keys: "a*==".to_owned(), ..good.clone() }.unpack::<2, 8>("first").is_err()
        );
        assert!(
            CrfFile { transitions: vec![f32::INFINITY; 4], ..good }
                .unpack::<2, 8>("first")
                .is_err()
        );
        assert!(TaggerFile::default().compile().is_err());
    }
}

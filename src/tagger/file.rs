//! A field in a model file: numbers packed into base64, checked when unpacked.

use super::{Crf, NEVER, follows};
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

impl CrfFile {
    /// Packs a field; rows whose weights are all at most `small`, as bytes, are left out. Keys may come in any order.
    #[must_use]
    pub fn pack<const K: usize>(
        tags: &[&str],
        mut rows: Vec<(u32, [f32; K])>,
        small: u8,
        transitions: &[[f32; K]; K],
    ) -> Self {
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        let largest = rows.iter().flat_map(|(_, row)| row).fold(0.0_f32, |m, w| m.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let (mut keys, mut weights) = (Vec::new(), Vec::new());
        for (key, row) in &rows {
            let bytes = row.map(|w| (w / scale).round() as i8);
            if bytes.iter().any(|b| b.unsigned_abs() > small) {
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

    /// A field with nothing fitted yet.
    pub(crate) fn blank(tags: &[&str]) -> Self {
        CrfFile {
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            scale: 1.0,
            transitions: vec![0.0; tags.len() * tags.len()],
            ..CrfFile::default()
        }
    }

    /// The field as it runs, checked. `name` stands in errors.
    pub(crate) fn unpack<const K: usize, const W: usize>(
        &self,
        name: &str,
    ) -> Result<Crf<K, W>, String> {
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
        let keys: Vec<u32> =
            bytes.chunks_exact(4).map(|c| u32::from_le_bytes(first_bytes(c))).collect();
        let weights = unbase64(&self.weights)?;
        if weights.len() != keys.len() * K || keys.windows(2).any(|k| k[0] >= k[1]) {
            return Err(wrong("keys must rise, with a weight for each tag"));
        }
        let rows: Vec<[i8; K]> =
            weights.chunks_exact(K).map(|c| std::array::from_fn(|k| c[k] as i8)).collect();
        let step = |a: usize, b: usize| {
            let can = follows(&self.tags[a], &self.tags[b]);
            if can { self.transitions[a * K + b] } else { NEVER }
        };
        let transitions = std::array::from_fn(|a| std::array::from_fn(|b| step(a, b)));
        Ok(Crf::new(&keys, &rows, self.scale, transitions))
    }
}

/// The bytes of a base64 text.
pub(crate) fn unbase64(text: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(text).map_err(|e| format!("holds something that is not base64: {e}"))
}

/// The first bytes of a piece that is known to have as many.
pub(crate) fn first_bytes<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|n| bytes[n])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_is_an_error() {
        let good =
            CrfFile::pack(&["a", "b"], vec![(3, [1.0, -1.0]), (1, [0.5, 0.0])], 0, &[[0.0; 2]; 2]);
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
    }
}

//! Real articles that widen the training of tone: labelled for another question, so each says only what it rules out.

use super::dataset::{find, jsonl, sha256};
use super::error::LearnError;
use crate::article::Article;
use crate::axis::Axis;
use serde::Deserialize;
use std::path::Path;

/// Real articles with what their labels say about an axis.
pub(crate) struct Weak {
    /// The articles; `outlet` groups them.
    pub(crate) articles: Vec<Article>,
    /// The classes that each may be of.
    pub(crate) sets: Vec<Vec<usize>>,
    /// What each counts beside an article of the corpus.
    pub(crate) weight: f32,
    /// Where they come from, with licence.
    pub(crate) line: String,
    /// SHA-256 over ids, labels and texts.
    pub(crate) sha256: String,
}

/// A row of SemEval-2019 task 4, by-article.
#[derive(Deserialize)]
pub(crate) struct Hyperpartisan {
    pub(crate) id: String,
    pub(crate) outlet: String,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    pub(crate) hyperpartisan: bool,
}

impl Hyperpartisan {
    pub(crate) fn article(&self) -> Article {
        Article { title: self.title.clone(), outlet: Some(self.outlet.clone()), ..Article::from_text(&self.id, &self.text) }
    }
}

/// Named in a model's provenance when it was fitted on the set.
pub(crate) const HYPERPARTISAN: &str = "SemEval-2019 task 4 hyperpartisan, by-article";

/// What a real article counts beside one of the corpus; chosen by both sets' held-out figures.
const WEIGHT: f32 = 0.3;

impl Weak {
    /// The real articles for an axis under a data folder; none when there are none for it.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub(crate) fn read(axis: &Axis, dir: &Path) -> Result<Option<Self>, LearnError> {
        let path = match axis.name {
            "tone" => find(dir, "tone/hyperpartisan", "jsonl"),
            _ => None,
        };
        let Some(path) = path else { return Ok(None) };
        let rows: Vec<Hyperpartisan> = jsonl(&path)?;
        // Hyperpartisan articles take sides throughout: loaded. The others may be opinionated, but are not loaded.
        let set = |row: &Hyperpartisan| if row.hyperpartisan { vec![2] } else { vec![0, 1] };
        let hashed = rows.iter().flat_map(|r| [r.id.as_bytes(), if r.hyperpartisan { b"1" } else { b"0" }, r.text.as_bytes()]);
        let line = format!("{HYPERPARTISAN} (Kiesel et al. 2019, CC BY 4.0): {} articles, each counting {WEIGHT}", rows.len());
        let sha256 = sha256(hashed);
        Ok(Some(Weak {
            sets: rows.iter().map(set).collect(),
            articles: rows.iter().map(Hyperpartisan::article).collect(),
            weight: WEIGHT,
            line,
            sha256,
        }))
    }
}

//! Real articles that others judged as a whole, from which an axis's value learns: what was judged, and by whom.

use crate::article::Article;
use crate::learn::dataset::{csv_rows, find_to_fit, jsonl, sha256};
use crate::learn::error::LearnError;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Real articles with a judgement each, 0 (first class) to 1 (last class).
pub(crate) struct Reference {
    /// The articles; `outlet` groups them.
    pub(crate) articles: Vec<Article>,
    /// The judgement of each.
    pub(crate) targets: Vec<f64>,
    /// Where they come from, with licence.
    pub(crate) line: String,
    /// SHA-256 over ids, judgements and texts.
    pub(crate) sha256: String,
}

/// An article of a data set.
#[derive(Deserialize)]
pub(crate) struct RealArticle {
    pub(crate) id: String,
    pub(crate) outlet: String,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
}

impl RealArticle {
    pub(crate) fn article(&self) -> Article {
        Article {
            title: self.title.clone(),
            outlet: Some(self.outlet.clone()),
            ..Article::from_text(&self.id, &self.text)
        }
    }
}

/// A row of SemEval-2019 task 4, by-article.
#[derive(Deserialize)]
pub(crate) struct Hyperpartisan {
    #[serde(flatten)]
    pub(crate) of: RealArticle,
    pub(crate) hyperpartisan: bool,
}

#[derive(Deserialize)]
pub(crate) struct Rating {
    pub(crate) outlet: String,
    pub(crate) quality: f64,
}

/// Named in a model's provenance when it was fitted on the set.
pub(crate) const HYPERPARTISAN: &str = "SemEval-2019 task 4 hyperpartisan, by-article";
/// The same for the articles of rated outlets.
pub(crate) const OUTLETS: &str = "AllSides article-bias set with outlets' ratings";

/// The articles of rated outlets, those of one outlet together, with the outlet's quality; none when a file is not there.
///
/// # Errors
/// When a file is there and cannot be read.
pub(crate) fn outlets(dir: &Path) -> Result<Option<Vec<(RealArticle, f64)>>, LearnError> {
    let (Some(articles), Some(ratings)) = (
        find_to_fit(dir, "outlets/articles", "jsonl.gz"),
        find_to_fit(dir, "outlets/ratings", "csv"),
    ) else {
        return Ok(None);
    };
    let quality: BTreeMap<String, f64> =
        csv_rows::<Rating>(&ratings)?.into_iter().map(|r| (r.outlet, r.quality)).collect();
    let rows: Vec<RealArticle> = jsonl(&articles)?;
    let mut rated: Vec<(RealArticle, f64)> =
        rows.into_iter().filter_map(|r| quality.get(&r.outlet).copied().map(|q| (r, q))).collect();
    rated.sort_by(|a, b| a.0.outlet.cmp(&b.0.outlet));
    Ok(Some(rated))
}

/// Articles that people called hyperpartisan (1) or not (0); none when they are not there.
///
/// # Errors
/// When the file is there and cannot be read.
pub(crate) fn hyperpartisan(dir: &Path) -> Result<Option<Reference>, LearnError> {
    let Some(path) = find_to_fit(dir, "tone/hyperpartisan", "jsonl") else { return Ok(None) };
    let rows: Vec<Hyperpartisan> = jsonl(&path)?;
    let line =
        format!("value: {HYPERPARTISAN} (Kiesel et al. 2019, CC BY 4.0), {} articles", rows.len());
    Ok(Some(Reference::new(
        rows.iter().map(|r| (r.of.article(), f64::from(u8::from(r.hyperpartisan)))),
        line,
    )))
}

/// Articles of rated outlets, each with its outlet's quality; none when they are not there.
///
/// # Errors
/// When a file is there and cannot be read.
pub(crate) fn rated(dir: &Path) -> Result<Option<Reference>, LearnError> {
    let Some(rows) = outlets(dir)? else { return Ok(None) };
    let line = format!(
        "value: {OUTLETS} (Baly et al. 2020, Apache-2.0; Lin et al. 2023), {} articles",
        rows.len()
    );
    Ok(Some(Reference::new(rows.iter().map(|(r, quality)| (r.article(), *quality)), line)))
}

impl Reference {
    fn new(rows: impl Iterator<Item = (Article, f64)>, line: String) -> Self {
        let (articles, targets): (Vec<Article>, Vec<f64>) = rows.unzip();
        let judged: Vec<String> = targets.iter().map(f64::to_string).collect();
        let hashed = articles
            .iter()
            .zip(&judged)
            .flat_map(|(a, t)| [a.id.as_bytes(), t.as_bytes(), a.text.as_bytes()]);
        let sha256 = sha256(hashed);
        Reference { articles, targets, line, sha256 }
    }
}

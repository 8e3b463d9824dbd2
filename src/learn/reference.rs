//! Real articles that others judged as a whole, on which axes are fitted: what was judged, and by whom.

use crate::article::Article;
use crate::axis::Judges;
use crate::learn::dataset::{csv_rows, find_to_fit, jsonl};
use crate::learn::error::LearnError;
use crate::learn::labelled::frozen_outlets;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Real articles with a judgement each.
pub(crate) struct Reference {
    /// The articles; `outlet` groups them.
    pub(crate) articles: Vec<Article>,
    /// The class of each.
    pub(crate) classes: Vec<usize>,
    /// The same as a number, 0 (first class) to 1 (last class), as finely as it was judged.
    pub(crate) targets: Vec<f64>,
    /// What an article counts.
    pub(crate) counts: Vec<f64>,
    /// Texts whose common words may have weights.
    pub(crate) common: Vec<Article>,
    /// L2 strength of the words' weights.
    pub(crate) alpha: f64,
    /// Where they come from, with licence.
    pub(crate) line: String,
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

/// The articles that some judges judged; none when they are not there, and for this project's own readers.
///
/// # Errors
/// When a file is there and cannot be read.
pub(crate) fn judged_by(judges: Judges, dir: &Path) -> Result<Option<Reference>, LearnError> {
    match judges {
        Judges::Readers => Ok(None),
        Judges::Hyperpartisan => hyperpartisan(dir),
        Judges::Outlets => rated(dir),
    }
}

/// Articles that people called hyperpartisan or not, without outlets on which nothing is fitted.
fn hyperpartisan(dir: &Path) -> Result<Option<Reference>, LearnError> {
    let Some(path) = find_to_fit(dir, "tone/hyperpartisan", "jsonl") else { return Ok(None) };
    let frozen = frozen_outlets(dir)?;
    let mut rows: Vec<Hyperpartisan> = jsonl(&path)?;
    rows.retain(|row| !frozen.contains(&row.of.outlet));
    let common: Vec<Article> = outlets(dir)?
        .unwrap_or_default()
        .iter()
        .filter(|(row, _)| !frozen.contains(&row.outlet))
        .map(|(row, _)| row.article())
        .collect();
    let articles: Vec<Article> = rows.iter().map(|r| r.of.article()).collect();
    Ok(Some(Reference {
        classes: rows.iter().map(|r| usize::from(r.hyperpartisan)).collect(),
        targets: rows.iter().map(|r| f64::from(u8::from(r.hyperpartisan))).collect(),
        counts: vec![1.0; rows.len()],
        // Without the larger set the articles' own words have to do.
        common: if common.is_empty() { articles.clone() } else { common },
        alpha: 3.0,
        line: format!("{HYPERPARTISAN} (Kiesel et al. 2019, CC BY 4.0), {} articles", rows.len()),
        articles,
    }))
}

/// Quality from which an outlet is `mixed`, and `high`: where the labels low, mixed and high of Media Bias/Fact Check, which 80 of the
/// rated outlets have, part best.
const QUALITIES: [f64; 2] = [0.4, 0.65];

/// Articles of rated outlets, each with its outlet's quality. An outlet counts by the root of its number of articles.
fn rated(dir: &Path) -> Result<Option<Reference>, LearnError> {
    let Some(rows) = outlets(dir)? else { return Ok(None) };
    let mut many: BTreeMap<&str, f64> = BTreeMap::new();
    rows.iter().for_each(|(r, _)| *many.entry(&r.outlet).or_default() += 1.0);
    let articles: Vec<Article> = rows.iter().map(|(r, _)| r.article()).collect();
    Ok(Some(Reference {
        classes: rows
            .iter()
            .map(|(_, q)| QUALITIES.iter().filter(|from| q >= from).count())
            .collect(),
        targets: rows.iter().map(|(_, quality)| *quality).collect(),
        counts: rows.iter().map(|(r, _)| many[r.outlet.as_str()].sqrt().recip()).collect(),
        common: articles.clone(),
        alpha: 0.1,
        line: format!(
            "{OUTLETS} (Baly et al. 2020, Apache-2.0; Lin et al. 2023), {} articles of {} outlets",
            rows.len(),
            many.len()
        ),
        articles,
    }))
}

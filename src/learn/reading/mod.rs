//! Labels by reading: articles are packed for readers ([`Pack`]), readers answer in JSON lines ([`answer`]), and the answers of
//! two readers and the decisions of a third are merged into the CSV files of a labels folder ([`merge`]).
//!
//! Sentences are those of this program when the pack was made. Labels keep their offsets (Unicode code points), never their
//! words, so that a later change of the sentence splitter leaves them valid.

pub mod answer;
mod field;
mod files;
mod full;
mod merge;
mod pack;
mod place;
mod share;
mod tables;

pub(crate) use field::same_target;
pub(crate) use files::{ATTRIBUTIONS, CLASSES, MENTIONS, SENTENCES, TARGETS};
pub use merge::{Merged, merge};
pub use pack::{Candidate, Pack, PackedArticle, PackedBlock, PackedSentence};
pub(crate) use share::{attribution_class, hedging_class};

use super::dataset::{CorpusArticle, Table};
use super::error::LearnError;
use super::labelled;
use crate::article::Article;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The articles that a CSV file names in its column `article` as `set:id`, out of a data folder, without their outlets; and what
/// a person should know. `only`: the rows whose column `list` has this value.
///
/// # Errors
/// When a file cannot be read, or the list lacks a column.
pub fn listed(
    list: &Path,
    only: Option<&str>,
    data: &Path,
) -> Result<(Vec<Article>, Vec<String>), LearnError> {
    let table = Table::read(list)?;
    let mut problems = table.lacking(&["article"]);
    if only.is_some() {
        problems.extend(table.lacking(&["list"]));
    }
    if !problems.is_empty() {
        return Err(LearnError::Labels(problems));
    }
    let rows =
        (0..table.rows.len()).filter(|row| only.is_none_or(|o| table.cell(*row, "list") == o));
    let wanted: BTreeSet<String> = rows.map(|row| table.cell(row, "article").to_owned()).collect();
    let corpus = labelled::articles(&wanted, data)?;
    Ok((corpus.articles.iter().map(CorpusArticle::article).collect(), corpus.warnings))
}

/// The targets that a labels folder has for real articles, by article.
///
/// # Errors
/// When the file cannot be read.
pub fn targets(labels: &Path) -> Result<BTreeMap<String, Vec<String>>, LearnError> {
    let mut targets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(table) = Table::read_optional(&labels.join(labelled::TARGETS))? {
        for row in 0..table.rows.len() {
            let cell = |name: &str| table.cell(row, name).to_owned();
            targets.entry(cell("article")).or_default().push(cell("target"));
        }
    }
    Ok(targets)
}

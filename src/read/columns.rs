//! Names of columns, and articles from rows.

use super::Options;
use crate::article::{Article, TargetRequest};

/// Which column of JSONL or CSV holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Names the article.
    pub id: String,
    /// The text; the only one that must be there.
    pub text: String,
    /// Headline.
    pub title: String,
    /// Who published it.
    pub outlet: String,
    /// Where.
    pub url: String,
    /// When.
    pub date: String,
    /// By whom.
    pub byline: String,
    /// Whom to judge the stance toward.
    pub targets: String,
}

impl Default for Columns {
    fn default() -> Self {
        Columns {
            id: "id".to_owned(),
            text: "text".to_owned(),
            title: "title".to_owned(),
            outlet: "outlet".to_owned(),
            url: "url".to_owned(),
            date: "date".to_owned(),
            byline: "byline".to_owned(),
            targets: "targets".to_owned(),
        }
    }
}

/// Adds the targets asked for in every article.
pub(super) fn add_targets(article: &mut Article, options: &Options) {
    for name in &options.targets {
        let request = TargetRequest::Name(name.clone());
        if !article.targets.contains(&request) {
            article.targets.push(request);
        }
    }
}

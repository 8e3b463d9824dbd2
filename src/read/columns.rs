//! Names of columns, and articles from rows.

use super::Options;
use super::usual::{folded, usual};
use crate::article::{Article, TargetRequest};

/// Which column of JSONL, CSV or Parquet holds what.
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
    /// Section of the paper.
    pub section: String,
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
            section: "section".to_owned(),
            targets: "targets".to_owned(),
        }
    }
}

impl Columns {
    /// The names, in the order of the fields.
    #[must_use]
    pub fn names(&self) -> [&str; 9] {
        [
            &self.id,
            &self.text,
            &self.title,
            &self.outlet,
            &self.url,
            &self.date,
            &self.byline,
            &self.section,
            &self.targets,
        ]
    }

    /// Where the texts stand among the columns of a table; the reason when they stand nowhere.
    pub(super) fn find_text<S: AsRef<str>>(&self, header: &[S]) -> Result<usize, String> {
        find(header, &self.text).ok_or_else(|| {
            let all: Vec<&str> = header.iter().map(AsRef::as_ref).collect();
            format!(
                "has no column {:?}; its columns are {} (--text-column names another)",
                self.text,
                all.join(", ")
            )
        })
    }
}

/// Where a column of a name stands: the one of just this name, else one that differs in capitals.
fn position<S: AsRef<str>>(header: &[S], name: &str) -> Option<usize> {
    let exact = header.iter().position(|h| h.as_ref() == name);
    exact.or_else(|| header.iter().position(|h| h.as_ref().eq_ignore_ascii_case(name)))
}

/// Where a column stands, under its name or one of the usual ones.
pub(super) fn find<S: AsRef<str>>(header: &[S], name: &str) -> Option<usize> {
    position(header, name).or_else(|| {
        let place = |wanted: &&str| header.iter().position(|h| folded(h.as_ref()) == **wanted);
        usual(name).iter().find_map(place)
    })
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

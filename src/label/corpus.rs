//! Articles as a corpus that `train` reads: a file each, and `MANIFEST.csv`.

use crate::article::Article;
use crate::model::{ModelError, replace};
use std::path::{Path, PathBuf};

/// An id that names a file on every system.
fn is_plain(id: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    !id.is_empty() && !id.starts_with('.') && id.chars().all(sign)
}

/// Writes articles into a folder, those whose ids can name a file. Each is a story of its own, as nobody has told which belong together.
///
/// # Errors
/// When a file cannot be written.
pub fn write_corpus(articles: &[Article], dir: &Path) -> Result<(), ModelError> {
    let io = |error: csv::Error| ModelError::Io {
        path: dir.join("MANIFEST.csv").display().to_string(),
        source: std::io::Error::other(error),
    };
    let mut manifest = csv::Writer::from_writer(Vec::new());
    manifest.write_record(["id", "outlet", "story"]).map_err(io)?;
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for article in articles.iter().filter(|a| is_plain(&a.id)) {
        let outlet = article.outlet.as_deref().unwrap_or_default();
        manifest.write_record([article.id.as_str(), outlet, ""]).map_err(io)?;
        files.push((dir.join(format!("{}.txt", article.id)), article.text.clone()));
    }
    let bytes = manifest.into_inner().unwrap_or_default();
    files.push((dir.join("MANIFEST.csv"), String::from_utf8_lossy(&bytes).into_owned()));
    replace(&files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::dataset::Corpus;

    #[test]
    fn what_is_written_is_read_as_a_corpus() {
        let dir = tempfile::tempdir().unwrap();
        let article = |id: &str| Article {
            outlet: Some("The \"Bay\", Courier".to_owned()),
            ..Article::from_text(id, "It rained.")
        };
        write_corpus(&[article("b"), article("../a"), article("a-1")], dir.path()).unwrap();
        let corpus = Corpus::read(dir.path()).unwrap();
        let ids: Vec<&str> = corpus.articles.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["a-1", "b"]);
        assert_eq!(corpus.articles[0].outlet, "The \"Bay\", Courier");
    }
}

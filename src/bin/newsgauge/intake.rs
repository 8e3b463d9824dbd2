//! Articles as they come in, and the rows that do not.

use crate::status::{Status, say};
use anyhow::{Context, bail};
use newsgauge::article::Article;
use newsgauge::read::{Articles, FORMATS};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The articles of a run; keeps count, and tells of what was rejected.
pub(crate) struct Intake {
    articles: Articles,
    rejects: Option<BufWriter<File>>,
    quiet: bool,
    read: usize,
    rejected: usize,
}

impl Intake {
    pub(crate) fn new(articles: Articles, rejects: Option<&Path>, quiet: bool) -> anyhow::Result<Self> {
        let create = |path: &Path| File::create(path).with_context(|| format!("--rejects {}", path.display()));
        let rejects = rejects.map(create).transpose()?.map(BufWriter::new);
        Ok(Intake { articles, rejects, quiet, read: 0, rejected: 0 })
    }

    /// The next article; rejected rows are told on the way.
    pub(crate) fn next(&mut self) -> anyhow::Result<Option<Article>> {
        for item in self.articles.by_ref() {
            let reject = match item {
                Ok(article) => {
                    self.read += 1;
                    return Ok(Some(article));
                }
                Err(reject) => reject,
            };
            self.rejected += 1;
            if !self.quiet {
                say(&format!("rejected: {reject}"));
            }
            if let Some(file) = &mut self.rejects {
                serde_json::to_writer(&mut *file, &reject)?;
                file.write_all(b"\n")?;
            }
        }
        Ok(None)
    }

    /// How the run ends when everything was read.
    pub(crate) fn finish(mut self) -> anyhow::Result<Status> {
        if let Some(file) = &mut self.rejects {
            file.flush().context("--rejects")?;
        }
        let passed_over = self.articles.passed_over();
        let endings: Vec<&str> = FORMATS.iter().flat_map(|f| f.endings).copied().collect();
        let aside = format!("{passed_over} files passed over: in folders only {} are read", endings.join(" "));
        if self.read == 0 {
            match (self.rejected, passed_over) {
                (0, 0) => bail!("nothing could be read: no articles in the inputs"),
                (0, _) => bail!("nothing could be read: {aside}"),
                (count, _) => bail!("nothing could be read: {count} rejected"),
            }
        }
        if !self.quiet && passed_over > 0 {
            say(&format!("note: {aside}"));
        }
        if self.rejected == 0 {
            return Ok(Status::Done);
        }
        if !self.quiet {
            say(&format!("note: {} rejected, {} read", self.rejected, self.read));
        }
        Ok(Status::SomeRejected)
    }
}

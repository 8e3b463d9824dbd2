//! A folder of pages with an index: one page an article. It appears when it is whole.

use crate::intake::Intake;
use crate::pipeline;
use crate::run::RunArgs;
use crate::status::{self, Status};
use anyhow::{Context, bail, ensure};
use newsgauge::article::Article;
use newsgauge::report::html::{Entry, article_page, index_page};
use newsgauge::score::Scorer;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the index.
const INDEX: &str = "index.html";

/// A folder that is being filled under another name; removed unless it is kept.
struct Folder {
    part: PathBuf,
    path: PathBuf,
}

impl Folder {
    fn new(path: &Path) -> anyhow::Result<Self> {
        let told = || path.display().to_string();
        if path.exists() {
            let empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
            ensure!(path.is_dir(), "{} is a file; pages need a folder of their own", told());
            ensure!(empty(), "{} is not empty; name a new folder for the pages", told());
        }
        let name = path.file_name().with_context(|| format!("{} is no folder's name", told()))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(hidden);
        fs::create_dir(&part).with_context(|| part.display().to_string())?;
        Ok(Folder { part, path: path.to_owned() })
    }

    fn put(&self, name: &str, page: &str) -> anyhow::Result<()> {
        let path = self.part.join(name);
        fs::write(&path, page).with_context(|| path.display().to_string())
    }

    fn finish(self) -> anyhow::Result<()> {
        // Not every system renames over an empty folder.
        let _absent = fs::remove_dir(&self.path);
        fs::rename(&self.part, &self.path).with_context(|| self.path.display().to_string())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // After the rename there is nothing left to remove.
        let _absent = fs::remove_dir_all(&self.part);
    }
}

/// Letters of an id that a file's name takes over.
const LETTERS: usize = 40;

/// The name of an article's page: its number, and what of its id any system takes in a name.
fn name(number: usize, id: &str) -> String {
    let plain = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let plain: String = plain.take(LETTERS).collect();
    format!("{number:05}-{}.html", plain.trim_matches('-').to_lowercase())
}

/// Scores all inputs into a folder of pages.
pub(crate) fn write(args: &RunArgs, inputs: &[PathBuf], scorer: &Scorer) -> anyhow::Result<Status> {
    let Some(path) = &args.output else { bail!("pages go to a folder: --output names it") };
    ensure!(!args.resume, "--resume goes on with a file; pages are made anew");
    ensure!(args.summary.is_none(), "--summary tells of runs that write a file");
    let folder = Folder::new(path)?;
    let mut intake: Intake = args.reading.open(inputs)?;
    let rows = intake.rows();
    if !args.reading.quiet {
        status::begin_progress(|| newsgauge::read::size(inputs), rows.taken());
    }
    let work = |article: &Article| {
        let scored = scorer.score(article);
        let unscored = scored.unscored.as_ref().map(|u| u.reason.clone());
        (article_page(&scored, Some(INDEX)), Entry::of(&scored), article.id.clone(), unscored)
    };
    let mut entries: Vec<(Entry, String)> = Vec::new();
    let done = pipeline::each(
        rows,
        args.scoring.jobs(),
        work,
        |(page, ..)| page.len(),
        |outcome| {
            match outcome.result {
                Err(reject) => intake.tally.reject(&reject)?,
                Ok((page, entry, id, unscored)) => {
                    intake.tally.count(unscored.as_deref());
                    let name = name(entries.len() + 1, &id);
                    folder.put(&name, &page)?;
                    entries.push((entry, name));
                }
            }
            intake.tally.show();
            Ok(())
        },
    );
    status::end_progress();
    intake.ended(&done?);
    let status = intake.finish()?;
    folder.put(INDEX, &index_page(&entries))?;
    folder.finish()?;
    Ok(status)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_of_pages_hold_nothing_of_the_system() {
        assert_eq!(name(3, "../a b/Ü?.txt"), "00003-a-b----txt.html");
        assert_eq!(name(12, "…"), "00012-.html");
    }
}

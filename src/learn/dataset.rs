//! Files of training and measuring: the corpus with its manifest, tables of labels, JSON lines. The one place of
//! `learn/` that reads files.

use super::error::{LearnError, Problem};
use crate::article::Article;
use crate::read::{Sheet, sheet};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Columns that `MANIFEST.csv` must have.
const MANIFEST: &[&str] = &["id", "outlet", "story"];

/// An article of the corpus, with its row in the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorpusArticle {
    /// Name of its file without `.txt`.
    pub id: String,
    /// Who published it.
    pub outlet: String,
    /// The event it tells of; articles of one story stay in one fold.
    pub story: String,
    /// Kind of text: wire, tabloid …
    pub register: String,
    /// The article it copies, if any: the two stay in one fold.
    pub copy_of: String,
    /// The title, where it is given apart from the text.
    pub title: String,
    /// Its text.
    pub text: String,
}

impl CorpusArticle {
    /// What scoring is given. The outlet is left out: its name is never a feature.
    #[must_use]
    pub fn article(&self) -> Article {
        let title = (!self.title.is_empty()).then(|| self.title.clone());
        Article { title, ..Article::from_text(&self.id, &self.text) }
    }
}

/// The corpus, in order of id.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Its articles.
    pub articles: Vec<CorpusArticle>,
    /// What a reader should know: texts that changed since the manifest was written.
    pub warnings: Vec<String>,
}

impl Corpus {
    /// Reads `MANIFEST.csv` and every `*.txt` of a folder. The manifest needs the columns `id`, `outlet` and `story`;
    /// `register`, `sha256` and `copy_of` are used where they are there.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, a text has no row in the manifest, a row has no text, or an id comes twice.
    pub fn read(dir: &Path) -> Result<Self, LearnError> {
        let manifest = dir.join("MANIFEST.csv");
        let table = Table::read_wanted(&manifest, MANIFEST)?;
        let mut problems = table.lacking(MANIFEST);
        let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
        for index in 0..table.rows.len() {
            let id = table.cell(index, "id");
            if rows.insert(id, index).is_some() {
                problems.push(
                    table.problem(index, format!("article {id:?} has a row already; keep one")),
                );
            }
        }
        let mut corpus = Corpus::default();
        for path in texts(dir)? {
            let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let Some(row) = rows.remove(id.as_str()) else {
                let message = format!(
                    "no row for {id}.txt; add one with its id, outlet and story, or take the text away"
                );
                problems.push(Problem { file: table.file.clone(), line: 0, message });
                continue;
            };
            let text = read_text(&path)?;
            let expected = table.cell(row, "sha256");
            if !expected.is_empty() && !expected.eq_ignore_ascii_case(&sha256([text.as_bytes()])) {
                let place = table.rows[row].line;
                corpus.warnings.push(format!(
                    "{}:{place}: {id}.txt has changed since: its sha256 is another one",
                    table.file
                ));
            }
            let cell = |name: &str| table.cell(row, name).to_owned();
            let (outlet, story, register, copy_of) =
                (cell("outlet"), cell("story"), cell("register"), cell("copy_of"));
            corpus.articles.push(CorpusArticle {
                id,
                outlet,
                story,
                register,
                copy_of,
                title: String::new(),
                text,
            });
        }
        for (id, row) in rows {
            problems.push(table.problem(
                row,
                format!(
                    "there is no {id}.txt in {}; add the text or take the row away",
                    dir.display()
                ),
            ));
        }
        if problems.is_empty() { Ok(corpus) } else { Err(LearnError::Labels(problems)) }
    }

    /// The place of an article.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.articles.binary_search_by(|a| a.id.as_str().cmp(id)).ok()
    }
}

fn texts(dir: &Path) -> Result<Vec<PathBuf>, LearnError> {
    let io = |source| LearnError::Io { path: dir.display().to_string(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            paths.push(path);
        }
    }
    // By id, as `Corpus::place` wants it.
    paths.sort_by(|a, b| a.file_stem().cmp(&b.file_stem()));
    Ok(paths)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, LearnError> {
    let io = |source| LearnError::Io { path: path.display().to_string(), source };
    let bytes = std::fs::read(path).map_err(io)?;
    if path.extension().is_none_or(|e| e != "gz") {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).map_err(io)?;
    Ok(plain)
}

fn read_text(path: &Path) -> Result<String, LearnError> {
    let file = path.display().to_string();
    String::from_utf8(read_bytes(path)?).map_err(|e| {
        let message =
            format!("is not UTF-8 at byte {}; save it as UTF-8", e.utf8_error().valid_up_to());
        LearnError::Labels(vec![Problem { file, line: 0, message }])
    })
}

/// SHA-256 over parts, each closed by a zero byte, in hexadecimal. A single part is hashed as it stands.
#[must_use]
pub fn sha256<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            hash.update([0]);
        }
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A row of a table, with its line in the file.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) line: u64,
    cells: Vec<String>,
}

/// A CSV file with named columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) file: String,
    columns: Vec<String>,
    pub(crate) rows: Vec<Record>,
}

impl Table {
    /// Reads a CSV file as files of articles are read; blank lines are left out.
    pub(crate) fn read(path: &Path) -> Result<Self, LearnError> {
        let file = path.display().to_string();
        let Sheet { columns, rows } = sheet(&read_bytes(path)?).map_err(|(line, message)| {
            LearnError::Labels(vec![Problem { file: file.clone(), line, message }])
        })?;
        let rows = rows.into_iter().map(|(line, cells)| Record { line, cells }).collect();
        Ok(Table { file, columns, rows })
    }

    /// Reads a table that must be there, and says of an absent one what to write.
    pub(crate) fn read_wanted(path: &Path, columns: &[&str]) -> Result<Self, LearnError> {
        if path.exists() {
            return Self::read(path);
        }
        let message = format!(
            "is not there; write it: CSV, its first line naming the columns {}, then a row for each article",
            columns.join(", ")
        );
        let file = path.display().to_string();
        Err(LearnError::Labels(vec![Problem { file, line: 0, message }]))
    }

    /// Reads a table that need not be there.
    pub(crate) fn read_optional(path: &Path) -> Result<Option<Self>, LearnError> {
        if path.exists() { Self::read(path).map(Some) } else { Ok(None) }
    }

    /// A cell by row and column name; empty when there is no such column.
    pub(crate) fn cell(&self, row: usize, column: &str) -> &str {
        let place = self.columns.iter().position(|c| c == column);
        place.and_then(|p| self.rows[row].cells.get(p)).map_or("", String::as_str)
    }

    /// What is wrong in a row.
    pub(crate) fn problem(&self, row: usize, message: String) -> Problem {
        Problem { file: self.file.clone(), line: self.rows[row].line, message }
    }

    /// Columns that are wanted and not there.
    pub(crate) fn lacking(&self, wanted: &[&str]) -> Vec<Problem> {
        let missing: Vec<&str> =
            wanted.iter().copied().filter(|w| !self.columns.iter().any(|c| c == w)).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        let message = format!(
            "lacks the column{} {}; its first line must name the columns",
            plural(missing.len()),
            missing.join(", ")
        );
        vec![Problem { file: self.file.clone(), line: 1, message }]
    }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Reads a CSV file into rows of a type.
pub(crate) fn csv_rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, LearnError> {
    let file = path.display().to_string();
    let bytes = read_bytes(path)?;
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(bytes.as_slice()).deserialize() {
        rows.push(row.map_err(|e| {
            let line = e.position().map_or(0, csv::Position::line);
            LearnError::Labels(vec![Problem { file: file.clone(), line, message: e.to_string() }])
        })?);
    }
    Ok(rows)
}

/// The lines of a file that are not blank, with their numbers from 1; unpacked with gzip when its name ends in `.gz`.
pub(crate) fn numbered_lines(path: &Path) -> Result<Vec<(u64, Vec<u8>)>, LearnError> {
    let bytes = read_bytes(path)?;
    let lines = bytes.split(|b| *b == b'\n').enumerate();
    let written = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    Ok(written.map(|(index, line)| (index as u64 + 1, line.to_vec())).collect())
}

/// Reads a file of JSON lines, as [`numbered_lines`] does.
pub(crate) fn jsonl<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, LearnError> {
    let parse = |(line, text): (u64, Vec<u8>)| {
        serde_json::from_slice(&text).map_err(|e| {
            let message = format!("is not what is read here: {e}");
            LearnError::Labels(vec![Problem { file: path.display().to_string(), line, message }])
        })
    };
    numbered_lines(path)?.into_iter().map(parse).collect()
}

/// The part of a data set to measure on: `stem_test`, `stem_dev`, or `stem` with the ending, the first that is there.
pub(crate) fn find(dir: &Path, stem: &str, ending: &str) -> Option<PathBuf> {
    part(dir, stem, ending, &["_test", "_dev", ""])
}

/// The part of a data set to fit on: as [`find`], but never the test part.
pub(crate) fn find_to_fit(dir: &Path, stem: &str, ending: &str) -> Option<PathBuf> {
    part(dir, stem, ending, &["_dev", ""])
}

fn part(dir: &Path, stem: &str, ending: &str, parts: &[&str]) -> Option<PathBuf> {
    parts.iter().map(|part| dir.join(format!("{stem}{part}.{ending}"))).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(manifest: &str, texts: &[(&str, &str)]) -> Result<Corpus, LearnError> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("MANIFEST.csv"), manifest).unwrap();
        for (name, text) in texts {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        Corpus::read(dir.path())
    }

    #[test]
    fn reads_articles_in_order_and_warns_of_a_changed_text() {
        let hash = sha256([b"one".as_slice()]);
        let manifest = format!(
            "id,outlet,story,register,date,sha256,noise,copy_of\n0002,B,s1,wire,,{hash},,\n0001,A,s1,blog,,{hash},,0002\n"
        );
        let corpus = corpus(&manifest, &[("0001.txt", "one"), ("0002.txt", "two")]).unwrap();
        assert_eq!(
            corpus.articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
            ["0001", "0002"]
        );
        assert_eq!(corpus.articles[0].copy_of, "0002");
        assert_eq!(corpus.place("0002"), Some(1));
        assert_eq!(corpus.warnings.len(), 1);
        assert!(
            corpus.warnings[0].contains("MANIFEST.csv:2: 0002.txt has changed"),
            "{:?}",
            corpus.warnings
        );
    }

    #[test]
    fn texts_and_rows_must_match() {
        let error =
            corpus("id,outlet,story\n1,A,s\n1,A,s\n3,A,s\n", &[("1.txt", "a"), ("2.txt", "b")])
                .unwrap_err()
                .to_string();
        for part in [
            "MANIFEST.csv:3: article \"1\" has a row already",
            "no row for 2.txt",
            "MANIFEST.csv:4: there is no 3.txt",
        ] {
            assert!(error.contains(part), "{part}: {error}");
        }
    }

    #[test]
    fn missing_columns_are_named() {
        let error = corpus("id,date\n1,x\n", &[("1.txt", "a")]).unwrap_err().to_string();
        assert!(error.contains("MANIFEST.csv:1: lacks the columns outlet, story"), "{error}");
    }

    #[test]
    fn a_broken_json_line_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.jsonl");
        std::fs::write(&path, "1\n\n{\n").unwrap();
        let error = jsonl::<u32>(&path).unwrap_err().to_string();
        assert!(error.contains("x.jsonl:3: "), "{error}");
    }

    #[test]
    fn nothing_is_fitted_on_a_test_part() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("set_test.csv"), "").unwrap();
        let named = |path: Option<PathBuf>| {
            path.map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        };
        assert_eq!(named(find_to_fit(dir.path(), "set", "csv")), None);
        std::fs::write(dir.path().join("set_dev.csv"), "").unwrap();
        assert_eq!(named(find_to_fit(dir.path(), "set", "csv")).as_deref(), Some("set_dev.csv"));
        assert_eq!(named(find(dir.path(), "set", "csv")).as_deref(), Some("set_test.csv"));
    }

    #[test]
    fn one_part_is_hashed_as_it_stands() {
        assert_eq!(
            sha256([b"abc".as_slice()]),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_ne!(sha256([b"ab".as_slice(), b"c"]), sha256([b"a".as_slice(), b"bc"]));
    }
}

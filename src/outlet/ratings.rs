//! Ratings of outlets that the user brings: shown beside the figures, never part of them.

use std::collections::BTreeMap;
use std::io::Read;

/// What is wrong with a file of ratings.
#[derive(Debug, thiserror::Error)]
pub enum RatingsError {
    /// It is not a table of text.
    #[error("not a CSV file: {0}")]
    Csv(#[from] csv::Error),
    /// It does not say whom it rates.
    #[error("has no column \"outlet\"")]
    Outlet,
    /// An outlet is rated twice.
    #[error("line {line}: {name:?} is rated on an earlier line already")]
    Twice {
        /// Counted from one.
        line: u64,
        /// The outlet.
        name: String,
    },
}

/// Ratings by outlet, as they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratings {
    /// Whose they are, and of when, as the user says.
    pub source: String,
    /// The columns but `outlet`.
    pub columns: Vec<String>,
    rows: BTreeMap<String, Vec<String>>,
}

impl Ratings {
    /// Reads a CSV table with a column `outlet` and any others.
    ///
    /// # Errors
    /// When it is no CSV, has no such column, or rates an outlet twice.
    pub fn read(source: &str, table: impl Read) -> Result<Self, RatingsError> {
        let mut reader = csv::Reader::from_reader(table);
        let header = reader.headers()?.clone();
        let outlet =
            header.iter().position(|name| name.trim() == "outlet").ok_or(RatingsError::Outlet)?;
        let others = |row: &csv::StringRecord| -> Vec<String> {
            row.iter()
                .enumerate()
                .filter(|(at, _)| *at != outlet)
                .map(|(_, cell)| cell.trim().to_owned())
                .collect()
        };
        let mut rows = BTreeMap::new();
        for row in reader.records() {
            let row = row?;
            let name = row.get(outlet).unwrap_or_default().trim();
            if rows.insert(key(name), others(&row)).is_some() {
                let line = row.position().map_or(0, csv::Position::line);
                return Err(RatingsError::Twice { line, name: name.to_owned() });
            }
        }
        Ok(Ratings { source: source.to_owned(), columns: others(&header), rows })
    }

    /// What is said of an outlet, in the order of the columns. Case does not matter.
    #[must_use]
    pub fn of(&self, outlet: &str) -> Option<&[String]> {
        self.rows.get(&key(outlet)).map(Vec::as_slice)
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_found_by_name() {
        let ratings = Ratings::read(
            "A, 2026",
            "\u{feff}quality,outlet,note\n0.7,The Post ,\"a, b\"\n0.2,Rag,\n".as_bytes(),
        )
        .unwrap();
        assert_eq!(ratings.columns, ["quality", "note"]);
        assert_eq!(ratings.of("the post"), Some(&["0.7".to_owned(), "a, b".to_owned()][..]));
        assert_eq!(ratings.of("Nobody"), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let error = |text: &str| Ratings::read("A", text.as_bytes()).unwrap_err().to_string();
        assert_eq!(error("name,score\nA,1\n"), "has no column \"outlet\"");
        assert_eq!(
            error("outlet,score\nA,1\nB,2\na,3\n"),
            "line 4: \"a\" is rated on an earlier line already"
        );
        assert!(error("outlet,score\nA\n").contains("line: 2"), "{}", error("outlet,score\nA\n"));
    }
}

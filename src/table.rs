//! Tables of results, as aligned text and as Markdown.

use std::fmt::{Display, Formatter, Write};

/// A table with a title, a header, rows, and notes under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, as many in each row as the header has.
    pub rows: Vec<Vec<String>>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(title: &str, header: &[&str]) -> Self {
        Table {
            title: title.to_owned(),
            header: header.iter().map(|h| (*h).to_owned()).collect(),
            ..Table::default()
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("**{}**\n\n", self.title);
        let line = |cells: &[String]| {
            format!(
                "| {} |\n",
                cells.iter().map(|c| c.replace('|', "\\|")).collect::<Vec<_>>().join(" | ")
            )
        };
        out.push_str(&line(&self.header));
        let rule: Vec<String> = (0..self.header.len())
            .map(|c| if self.is_number(c) { "---:" } else { "---" }.to_owned())
            .collect();
        out.push_str(&line(&rule));
        self.rows.iter().for_each(|row| out.push_str(&line(row)));
        for note in &self.notes {
            let _infallible = write!(out, "\n{note}\n");
        }
        out
    }

    fn is_number(&self, column: usize) -> bool {
        let mut cells =
            self.rows.iter().map(|r| r[column].as_str()).filter(|c| !c.is_empty()).peekable();
        cells.peek().is_some()
            && cells.all(|c| c.starts_with(|f: char| f.is_ascii_digit() || "-.".contains(f)))
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let cells = |column: usize| {
            std::iter::once(&self.header[column]).chain(self.rows.iter().map(move |r| &r[column]))
        };
        let widths: Vec<usize> = (0..self.header.len())
            .map(|c| cells(c).map(|s| s.chars().count()).max().unwrap_or(0))
            .collect();
        writeln!(f, "{}", self.title)?;
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let mut line = String::from(" ");
            for (column, cell) in row.iter().enumerate() {
                let width = widths[column];
                if self.is_number(column) {
                    write!(line, " {cell:>width$} ")?
                } else {
                    write!(line, " {cell:<width$} ")?
                }
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "  {note}"))
    }
}

/// A figure with three decimals.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{value:.3}")
}

/// An interval.
#[must_use]
pub fn interval((low, high): (f64, f64)) -> String {
    format!("{low:.2} to {high:.2}")
}

/// A confusion matrix: a row for each true class.
#[must_use]
pub fn confusion(classes: &[String], matrix: &[Vec<usize>]) -> Table {
    let mut header = vec!["true \\ said"];
    header.extend(classes.iter().map(String::as_str));
    let mut table = Table::new("Confusion (held out)", &header);
    for (class, row) in classes.iter().zip(matrix) {
        table.row(
            std::iter::once(class.clone()).chain(row.iter().map(ToString::to_string)).collect(),
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_bars_escaped() {
        let mut table = Table::new("T", &["name", "n"]);
        table.row(vec!["a|b".to_owned(), "1".to_owned()]);
        table.row(vec!["longer".to_owned(), "-22".to_owned()]);
        table.notes.push("so".to_owned());
        assert_eq!(table.to_string(), "T\n  name      n\n  a|b       1\n  longer  -22\n  so\n");
        assert_eq!(
            table.markdown(),
            "**T**\n\n| name | n |\n| --- | ---: |\n| a\\|b | 1 |\n| longer | -22 |\n\nso\n"
        );
    }
}

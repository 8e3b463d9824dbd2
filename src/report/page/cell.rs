//! Tables of a page: cells know what they hold, so that each renderer draws it in its own way.

use crate::report::table::Side;
use crate::text::Span;
use std::borrow::Cow;

/// Rows under headings.
pub(in crate::report) struct Table<'a> {
    /// Headings, with the side on which their cells stand.
    pub(in crate::report) columns: Vec<(&'static str, Side)>,
    /// As many cells as there are columns.
    pub(in crate::report) rows: Vec<Row<'a>>,
    /// Rows that a terminal shows.
    pub(in crate::report) most: usize,
}

impl<'a> Table<'a> {
    /// All rows, without the columns in which nothing stands.
    pub(super) fn new(columns: Vec<(&'static str, Side)>, rows: Vec<Row<'a>>) -> Self {
        let mut table = Table { columns, rows, most: usize::MAX };
        for at in (0..table.columns.len()).rev() {
            let empty = |row: &Row<'_>| row.cells.get(at).is_none_or(|c| c.told().is_empty());
            if table.rows.iter().all(empty) {
                table.columns.remove(at);
                table.rows.iter_mut().filter(|r| at < r.cells.len()).for_each(|r| {
                    r.cells.remove(at);
                });
            }
        }
        table
    }
}

/// One row.
pub(in crate::report) struct Row<'a> {
    /// The attribution that it tells of, a number from 1.
    pub(in crate::report) statement: Option<usize>,
    /// One for each column.
    pub(in crate::report) cells: Vec<Cell<'a>>,
}

impl<'a> From<Vec<Cell<'a>>> for Row<'a> {
    fn from(cells: Vec<Cell<'a>>) -> Self {
        Row { statement: None, cells }
    }
}

/// What a cell holds.
pub(in crate::report) enum Cell<'a> {
    /// Words of the article, or what somebody gave with it.
    Words(Cow<'a, str>),
    /// Words of the tool.
    Label(Cow<'a, str>),
    /// A share of a whole, 0 to 1.
    Share(f64),
    /// Classes with their probabilities.
    Classes(Vec<(&'a str, f64)>),
    /// Words of the article, with the places where they stand.
    Places(Cow<'a, str>, Vec<Span>),
    /// A speaker: rank by words from 0, name, places of all that he says.
    Speaker(usize, Cow<'a, str>, Vec<Span>),
    /// Where an explanation of an axis stands.
    Axis(&'a str),
}

impl<'a> Cell<'a> {
    pub(super) fn words(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Words(text.into())
    }

    pub(super) fn label(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Label(text.into())
    }

    pub(super) fn number(number: impl ToString) -> Self {
        Cell::Label(number.to_string().into())
    }

    /// The cell without any drawing; words of the article stand as they are, not made safe.
    pub(in crate::report) fn told(&self) -> Cow<'_, str> {
        match self {
            Cell::Words(text)
            | Cell::Label(text)
            | Cell::Places(text, _)
            | Cell::Speaker(_, text, _) => Cow::Borrowed(text),
            Cell::Axis(name) => Cow::Borrowed(name),
            Cell::Share(share) => Cow::Owned(percent(*share)),
            Cell::Classes(classes) => {
                let each: Vec<String> =
                    classes.iter().map(|(class, p)| format!("{class} {}", percent(*p))).collect();
                Cow::Owned(each.join(", "))
            }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

//! Where a finding stands: line and column.

use crate::text::Span;

/// A place in a text, counted from 1; columns in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the last character.
    pub end_line: usize,
    /// One past the column of the last character.
    pub end_column: usize,
}

/// Line starts of a text, to find many places in it.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let behind = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Lines { text, starts: std::iter::once(0).chain(behind).collect() }
    }

    fn at(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte).max(1) - 1;
        let before = self.text.get(self.starts[line]..byte).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }

    /// The place of a span; the beginning for a headline that was given apart.
    pub(super) fn place(&self, span: Option<Span>) -> Place {
        let span = span.unwrap_or(Span::new(0, 0));
        let (line, column) = self.at(span.from());
        let (end_line, end_column) = self.at(span.to());
        Place { line, column, end_line, end_column }
    }
}

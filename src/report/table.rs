//! Plain tables for terminals: columns of fixed width, so that rows can be shown as they come.

use super::escape;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A column: heading, width in terminal cells, side.
#[derive(Clone, Debug)]
pub struct Column {
    /// What stands above it.
    pub heading: &'static str,
    /// Cells of the terminal.
    pub width: usize,
    /// Where cells stand.
    pub side: Side,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(heading: &'static str, width: usize) -> Self {
        Column { heading, width, side: Side::Left }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(heading: &'static str, width: usize) -> Self {
        Column { heading, width, side: Side::Right }
    }
}

/// `text` made safe, and cut or filled to `width` cells.
#[must_use]
pub fn fit(text: &str, width: usize, side: Side) -> String {
    let safe = escape::line(text);
    let wide = safe.width();
    if wide <= width {
        let space = " ".repeat(width - wide);
        return if side == Side::Left {
            format!("{safe}{space}")
        } else {
            format!("{space}{safe}")
        };
    }
    let mut out = String::with_capacity(width + 3);
    let mut used = 0;
    for c in safe.chars() {
        let cells = c.width().unwrap_or(0);
        if used + cells + 1 > width {
            break;
        }
        used += cells;
        out.push(c);
    }
    if width > used {
        out.push('…');
        used += 1;
    }
    out.extend(std::iter::repeat_n(' ', width - used));
    out
}

/// One line of a table, without spaces at its end. Cells beyond the columns are left out.
#[must_use]
pub fn row<S: AsRef<str>>(columns: &[Column], cells: &[S]) -> String {
    let mut out = String::new();
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if index > 0 {
            out.push_str("  ");
        }
        out.push_str(&fit(cell.as_ref(), column.width, column.side));
    }
    out.truncate(out.trim_end().len());
    out
}

/// The headings, and a rule under them.
#[must_use]
pub fn head(columns: &[Column]) -> String {
    let headings: Vec<&str> = columns.iter().map(|c| c.heading).collect();
    let rule: Vec<String> = columns.iter().map(|c| "─".repeat(c.width)).collect();
    format!("{}\n{}", row(columns, &headings), rule.join("  "))
}

/// A whole table whose columns are as wide as their widest cell, `widest` at most.
#[must_use]
pub fn whole(columns: &[(&'static str, Side)], rows: &[Vec<String>], widest: usize) -> String {
    filled(&sized(columns, rows, widest), rows)
}

/// A whole table in at most `width` cells of the terminal: while it is wider, its widest column gives way, down to
/// [`NARROWEST`] cells.
#[must_use]
pub fn within(columns: &[(&'static str, Side)], rows: &[Vec<String>], width: usize) -> String {
    let mut columns = sized(columns, rows, width);
    let gaps = 2 * columns.len().saturating_sub(1);
    let mut used: usize = columns.iter().map(|c| c.width).sum::<usize>() + gaps;
    while used > width {
        let Some(widest) = columns.iter_mut().max_by_key(|c| c.width) else { break };
        if widest.width <= NARROWEST {
            break;
        }
        widest.width -= 1;
        used -= 1;
    }
    filled(&columns, rows)
}

/// Cells that a column keeps however narrow the terminal is.
const NARROWEST: usize = 6;

fn sized(columns: &[(&'static str, Side)], rows: &[Vec<String>], widest: usize) -> Vec<Column> {
    let sized = columns.iter().enumerate().map(|(index, (heading, side))| {
        let cells = rows.iter().filter_map(|r| r.get(index)).map(|c| escape::line(c).width());
        let width = cells.chain([heading.width()]).max().unwrap_or(0);
        Column { heading, width: width.min(widest), side: *side }
    });
    sized.collect()
}

fn filled(columns: &[Column], rows: &[Vec<String>]) -> String {
    let mut out = head(columns);
    for cells in rows {
        out.push('\n');
        out.push_str(&row(columns, cells));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way() {
        let rows = vec![vec!["a".repeat(40), "b".repeat(10)]];
        let table = within(&[("x", Side::Left), ("y", Side::Left)], &rows, 30);
        assert!(table.lines().all(|l| l.width() <= 30), "{table}");
        assert!(table.contains("bbbbbbbbbb") && table.contains("aaaaa…"), "{table}");
    }

    #[test]
    fn cells_are_cut_by_width_and_made_safe() {
        assert_eq!(fit("abcdef", 4, Side::Left), "abc…");
        assert_eq!(fit("日本語", 5, Side::Left), "日本…");
        assert_eq!(fit("日本語", 4, Side::Left), "日… ");
        assert_eq!(fit("7", 3, Side::Right), "  7");
        assert_eq!(fit("\x1b[2J", 12, Side::Left), "<U+001B>[2J ");
    }
}

//! One change of one row, and the way back.
//!
//! A change names its row by its key and writes the cells of one annotator only, so that changes of several people and programs can be
//! made in any order on whatever stands in the file by then.

use super::file::{Annotator, Field, LabelFile};
use super::sheet::Sheet;

type Cells = Vec<(&'static str, String)>;

/// What is to be written.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) file: &'static LabelFile,
    /// Values of the file's key columns.
    pub(crate) key: Cells,
    /// Cells of a new row that are nobody's judgement: the words of a sentence.
    pub(crate) told: Cells,
    pub(crate) of: Of,
}

/// What of a row is written.
#[derive(Clone, Debug)]
pub(crate) enum Of {
    /// The annotator's value of a field; none takes it back.
    Judge(&'static Field, Option<String>),
    /// A piece is in a list that everybody writes (places of loaded words), or is not.
    Piece(&'static str, String, bool),
    /// The mark is there, or is not, as the annotator says.
    Mark(bool),
}

/// A row before and after a change.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    edit: Edit,
    /// Bytes of the row; none where there was none.
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
    /// What the annotator had said.
    said: Option<String>,
    /// What the annotator says now.
    says: Option<String>,
}

/// The row of a key; of sentences that were cut otherwise by then, the one that is mostly the same.
pub(crate) fn locate(sheet: &Sheet, file: &LabelFile, key: &Cells) -> Option<usize> {
    let here: Cells = key.iter().filter(|(c, _)| sheet.column(c).is_some()).cloned().collect();
    let found = sheet.find(&here);
    if found.is_some() || !file.key.contains(&"start") {
        return found;
    }
    let number = |cell: &str| cell.parse::<usize>().ok();
    let of = |name: &str| key.iter().find(|(c, _)| *c == name).map(|(_, v)| v.as_str());
    let (start, end) = (number(of("start")?)?, number(of("end")?)?);
    let rest = |row: &usize| {
        let others = key.iter().filter(|(c, _)| !["start", "end"].contains(c));
        others.clone().all(|(c, v)| sheet.cell(*row, c) == v)
    };
    let overlap = |row: usize| {
        let (from, to) = (number(sheet.cell(row, "start"))?, number(sheet.cell(row, "end"))?);
        let both = to.min(end).saturating_sub(from.max(start));
        (both * 2 > to.max(end) - from.min(start)).then_some((both, row))
    };
    let rows = (0..sheet.len()).filter(rest).filter_map(overlap);
    rows.max_by_key(|(both, row)| (*both, usize::MAX - row)).map(|(_, row)| row)
}

/// The decided value of a row.
pub(crate) fn decided(sheet: &Sheet, row: usize, field: &Field) -> String {
    let cells: Vec<&str> = field.label.iter().map(|c| sheet.cell(row, c)).collect();
    cells.join(" ").trim().to_owned()
}

fn decide(sheet: &mut Sheet, row: usize, field: &Field, value: &str) {
    if let [only] = field.label {
        return sheet.set(row, only, value);
    }
    let mut words = value.split(' ');
    field.label.iter().for_each(|column| sheet.set(row, column, words.next().unwrap_or("")));
}

/// What two annotators decide without a third: what both say, or the one who said anything.
fn implied(sheet: &Sheet, row: usize, field: &Field) -> String {
    let [first, second] = field.said.map(|c| sheet.cell(row, c));
    match (first, second) {
        (one, "") | ("", one) => one.to_owned(),
        (first, second) if first == second => first.to_owned(),
        _ => String::new(),
    }
}

/// Two annotators differ and nobody has decided.
pub(crate) fn is_open(sheet: &Sheet, row: usize, field: &Field) -> bool {
    let [first, second] = field.said.map(|c| sheet.cell(row, c));
    !first.is_empty()
        && !second.is_empty()
        && first != second
        && decided(sheet, row, field).is_empty()
}

/// What an annotator said; in a file without a column for each, everybody says what is decided.
pub(crate) fn said(sheet: &Sheet, row: usize, field: &Field, who: Annotator) -> String {
    match column(sheet, field, who) {
        Some(column) => sheet.cell(row, column).to_owned(),
        None => decided(sheet, row, field),
    }
}

/// The annotator's own column.
fn column(sheet: &Sheet, field: &Field, who: Annotator) -> Option<&'static str> {
    let column = match who {
        Annotator::First => field.said[0],
        Annotator::Second => field.said[1],
        Annotator::Third => return None,
    };
    sheet.column(column).map(|_| column)
}

fn judge(sheet: &mut Sheet, row: usize, field: &Field, who: Annotator, value: &str) {
    let Some(column) = column(sheet, field, who) else {
        let taken_back = value.is_empty();
        let value = if taken_back { implied(sheet, row, field) } else { value.to_owned() };
        return decide(sheet, row, field, &value);
    };
    // A label that does not follow from what the two said was decided by a third, and stands.
    let label = decided(sheet, row, field);
    let follows = label.is_empty() || label == implied(sheet, row, field);
    sheet.set(row, column, value);
    if follows {
        let label = implied(sheet, row, field);
        decide(sheet, row, field, &label);
    }
}

/// Nobody says anything in this row.
fn is_bare(sheet: &Sheet, row: usize, file: &LabelFile) -> bool {
    file.fields.iter().all(|field| {
        field.said.iter().chain(field.label).all(|column| sheet.cell(row, column).is_empty())
    })
}

/// Where a new row belongs: among the rows of its article, and the article among the others where these stand in order.
fn place(sheet: &Sheet, file: &LabelFile, cells: &Cells) -> usize {
    let value = |column: &str| {
        cells.iter().find(|(c, _)| *c == column).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let (article, rank) = (value("article"), file.rank(value));
    let of = |row: usize| sheet.cell(row, "article");
    let filled: Vec<usize> = (0..sheet.len()).filter(|row| !of(*row).is_empty()).collect();
    let same: Vec<usize> = filled.iter().copied().filter(|row| of(*row) == article).collect();
    if let Some(last) = same.last() {
        let behind = |row: &&usize| file.rank(|c| sheet.cell(**row, c).to_owned()) > rank;
        return same.iter().find(behind).copied().unwrap_or(last + 1);
    }
    let in_order = filled.windows(2).all(|pair| of(pair[0]) <= of(pair[1]));
    let next = filled.iter().find(|row| in_order && of(**row) > article.as_str());
    next.copied().or_else(|| filled.last().map(|row| row + 1)).unwrap_or(0)
}

/// The pieces of a list in a cell.
pub(crate) fn pieces<'s>(
    sheet: &'s Sheet,
    row: usize,
    column: &str,
) -> impl Iterator<Item = &'s str> {
    sheet.cell(row, column).split(';').filter(|p| !p.is_empty())
}

const FLAGS: [&str; 2] = ["first", "second"];

/// Whether an annotator has a mark: by the flag, or in a file without flags because it is there.
pub(crate) fn has_mark(sheet: &Sheet, row: usize, who: Annotator) -> bool {
    match who {
        Annotator::Third => true,
        who if sheet.column(FLAGS[who as usize]).is_some() => {
            sheet.cell(row, FLAGS[who as usize]) == "1"
        }
        _ => true,
    }
}

impl Edit {
    /// Makes the change; none where nothing changes.
    pub(crate) fn apply(&self, sheet: &mut Sheet, who: Annotator) -> Option<Step> {
        let found = locate(sheet, self.file, &self.key);
        let before = found.map(|row| sheet.raw(row).to_vec());
        let says = |sheet: &Sheet, row: Option<usize>| -> Option<String> {
            let row = row?;
            match &self.of {
                Of::Judge(field, _) => Some(said(sheet, row, field, who)).filter(|v| !v.is_empty()),
                Of::Piece(column, piece, _) => {
                    pieces(sheet, row, column).any(|p| p == piece).then(|| piece.clone())
                }
                Of::Mark(_) => has_mark(sheet, row, who).then(|| "1".to_owned()),
            }
        };
        let said = says(sheet, found);
        match &self.of {
            Of::Judge(field, value) => {
                let value = value.as_deref().unwrap_or("");
                if found.is_none() && value.is_empty() {
                    return None;
                }
                let row = found.unwrap_or_else(|| self.add(sheet));
                if found.is_none() {
                    let others = self.file.fields.iter().filter(|f| f.name != field.name);
                    others.for_each(|other| judge(sheet, row, other, who, other.plain));
                }
                judge(sheet, row, field, who, value);
                if is_bare(sheet, row, self.file) {
                    sheet.remove(row);
                }
            }
            Of::Piece(column, piece, on) => {
                let row = found?;
                let mut all: Vec<&str> =
                    pieces(sheet, row, column).filter(|p| p != piece).collect();
                all.extend(on.then_some(piece.as_str()));
                all.sort_by_key(|p| format!("{p:0>19}"));
                let list = all.join(";");
                sheet.set(row, column, &list);
            }
            Of::Mark(on) => self.mark(sheet, found, *on, who),
        }
        let now = locate(sheet, self.file, &self.key);
        let after = now.map(|row| sheet.raw(row).to_vec());
        let says = says(sheet, now);
        (before != after).then(|| Step { edit: self.clone(), before, after, said, says })
    }

    fn add(&self, sheet: &mut Sheet) -> usize {
        let cells: Cells = self.key.iter().chain(&self.told).cloned().collect();
        let at = place(sheet, self.file, &cells);
        sheet.insert(at, &cells);
        at
    }

    fn mark(&self, sheet: &mut Sheet, found: Option<usize>, on: bool, who: Annotator) {
        let own = FLAGS.get(who as usize);
        match (found, on) {
            (None, false) => {}
            (found, true) => {
                let row = found.unwrap_or_else(|| self.add(sheet));
                own.into_iter().for_each(|column| sheet.set(row, column, "1"));
            }
            (Some(row), false) => {
                own.into_iter().for_each(|column| sheet.set(row, column, ""));
                let anybody = FLAGS.iter().any(|column| sheet.cell(row, column) == "1");
                if !anybody || who == Annotator::Third {
                    sheet.remove(row);
                }
            }
        }
    }
}

impl Step {
    /// The file that was changed.
    pub(crate) fn file(&self) -> &'static LabelFile {
        self.edit.file
    }

    /// Takes the change back. Where the row is as the change left it, it becomes what it was, byte for byte; where others changed it since,
    /// only the annotator's own cell goes back; and where that has changed, nothing. Tells whether anything was taken back.
    pub(crate) fn undo(&self, sheet: &mut Sheet, who: Annotator) -> bool {
        let found = locate(sheet, self.edit.file, &self.edit.key);
        if found.map(|row| sheet.raw(row)) == self.after.as_deref() {
            match (found, &self.before) {
                (Some(row), Some(raw)) => sheet.restore(row, raw),
                (Some(row), None) => sheet.remove(row),
                (None, Some(raw)) => {
                    let row = self.edit.add(sheet);
                    // The line end is the place's, not the row's.
                    let ended = sheet.raw(row).ends_with(b"\n");
                    if ended == raw.ends_with(b"\n") {
                        sheet.restore(row, raw);
                    }
                }
                (None, None) => return false,
            }
            return true;
        }
        let back = match &self.edit.of {
            Of::Judge(field, _) => {
                let now = found.map(|row| said(sheet, row, field, who)).filter(|v| !v.is_empty());
                (now == self.says).then(|| Of::Judge(field, self.said.clone()))
            }
            Of::Piece(column, piece, on) => Some(Of::Piece(column, piece.clone(), !on)),
            Of::Mark(on) => Some(Of::Mark(!on)),
        };
        let Some(of) = back else { return false };
        Edit { of, ..self.edit.clone() }.apply(sheet, who).is_some()
    }
}

#[cfg(test)]
mod tests;

//! Sparse rows over named columns: what training collects, and what a fit walks.

use crate::linear::{Sink, Template, join};
use crate::text::Word;
use linfa::dataset::Records;
use std::collections::HashMap;

/// Rows of (column, amount), with the name of each column.
#[derive(Clone, Debug, Default)]
pub struct SparseRows {
    rows: Vec<Vec<(u32, f32)>>,
    names: Vec<(&'static str, String)>,
    index: HashMap<Word, u32>,
}

impl SparseRows {
    /// Rows that are known in full: (column, amount), columns numbered below `names.len()` and at most once a row.
    #[must_use]
    pub fn of(rows: Vec<Vec<(u32, f32)>>, names: Vec<(&'static str, String)>) -> Self {
        SparseRows { rows, names, index: HashMap::new() }
    }

    /// Starts a row; inputs put from now on are its.
    pub fn begin(&mut self) {
        self.rows.push(Vec::new());
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<(u32, f32)>] {
        &self.rows
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    /// Template and value of each column.
    #[must_use]
    pub fn names(&self) -> &[(&'static str, String)] {
        &self.names
    }

    /// Multiplies every amount by its column's factor.
    pub fn scale(&mut self, factors: &[f32]) {
        for (column, amount) in self.rows.iter_mut().flatten() {
            *amount *= factors[*column as usize];
        }
    }

    /// The rows at these places, with all columns.
    #[must_use]
    pub fn select(&self, places: &[usize]) -> SparseRows {
        SparseRows {
            rows: places.iter().map(|&p| self.rows[p].clone()).collect(),
            names: self.names.clone(),
            index: HashMap::new(),
        }
    }

    /// Drops the columns that fewer than `least` rows hold. Names keep their order.
    pub fn prune(&mut self, least: usize) {
        let mut seen = vec![0_usize; self.names.len()];
        for (column, _) in self.rows.iter().flatten() {
            seen[*column as usize] += 1;
        }
        self.keep(|column| seen[column] >= least);
    }

    /// Keeps the columns that the test takes.
    pub fn keep(&mut self, test: impl Fn(usize) -> bool) {
        let mut place = vec![u32::MAX; self.names.len()];
        let mut names = Vec::new();
        for (column, name) in std::mem::take(&mut self.names).into_iter().enumerate() {
            if test(column) {
                place[column] = names.len() as u32;
                names.push(name);
            }
        }
        self.names = names;
        for row in &mut self.rows {
            row.retain_mut(|(column, _)| {
                *column = place[*column as usize];
                *column != u32::MAX
            });
        }
        self.reindex();
    }
}

impl SparseRows {
    /// Adds an input to the row at a place.
    pub fn put_at(
        &mut self,
        place: usize,
        template: Template,
        value: Word,
        amount: f64,
        form: impl FnOnce() -> String,
    ) {
        let next = self.names.len() as u32;
        let column = *self.index.entry(template.with(value)).or_insert(next);
        if column == next {
            let form = form();
            debug_assert_eq!(
                join(&form.split(' ').map(Word::of).collect::<Vec<_>>()),
                value,
                "{}: {form:?} does not hash to its value",
                template.name
            );
            self.names.push((template.name, form));
        }
        if let Some(row) = self.rows.get_mut(place) {
            match row.iter_mut().find(|(c, _)| *c == column) {
                Some((_, sum)) => *sum += amount as f32,
                None => row.push((column, amount as f32)),
            }
        }
    }

    /// Adds the rows of others behind its own; columns of one name become one.
    pub fn append(&mut self, other: &SparseRows) {
        let columns: Vec<u32> = other
            .names
            .iter()
            .map(|(template, form)| {
                let value = join(&form.split(' ').map(Word::of).collect::<Vec<_>>());
                let next = self.names.len() as u32;
                let column = *self.index.entry(Template::new(template).with(value)).or_insert(next);
                if column == next {
                    self.names.push((*template, form.clone()));
                }
                column
            })
            .collect();
        let renamed = |row: &Vec<(u32, f32)>| {
            row.iter().map(|(column, amount)| (columns[*column as usize], *amount)).collect()
        };
        self.rows.extend(other.rows.iter().map(renamed));
    }

    /// Columns by template and value, for rows whose columns were dropped or handed over.
    fn reindex(&mut self) {
        let key = |(template, form): &(&'static str, String)| {
            let value = join(&form.split(' ').map(Word::of).collect::<Vec<_>>());
            Template::new(template).with(value)
        };
        self.index =
            self.names.iter().enumerate().map(|(at, name)| (key(name), at as u32)).collect();
    }
}

impl Sink for SparseRows {
    fn put(&mut self, template: Template, value: Word, amount: f64, form: impl FnOnce() -> String) {
        if let Some(last) = self.rows.len().checked_sub(1) {
            self.put_at(last, template, value, amount, form);
        }
    }
}

impl Records for SparseRows {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.rows.len()
    }

    fn nfeatures(&self) -> usize {
        self.names.len()
    }
}

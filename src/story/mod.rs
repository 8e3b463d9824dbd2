//! Many articles on one event: copies of one another, and statements that several of them carry.
//!
//! Articles go in one by one as [`Item`]s, which keep what is compared and not the text; [`Story::of`] compares them.

mod claim;
mod copies;
mod credit;
mod date;
mod item;
mod likeness;
mod listener;
mod sketch;
mod term;

pub(crate) use crate::entity::person::same as same_name;
pub use claim::{Claim, Occurrence, Relation};
pub use copies::{Copies, Copy};
pub use date::Date;
pub use item::{Item, Statement};
pub use likeness::Likeness;

/// What articles have in common.
#[derive(Clone, Debug)]
pub struct Story {
    /// Groups of articles with running text in common, largest first.
    pub copies: Vec<Copies>,
    /// Statements that several articles carry, most independent outlets first.
    pub claims: Vec<Claim>,
    /// Pairs of statements that touch on the same matter and are not the same, to be read side by side: those with a rare designation in common first.
    pub related: Vec<Relation>,
}

impl Story {
    /// Compares articles. Cost grows with the articles and with what they share, not with the number of pairs.
    #[must_use]
    pub fn of(items: &[Item]) -> Self {
        let copies = copies::groups(items);
        let (claims, related) = claim::claims(items, &copies);
        Story { copies, claims, related }
    }
}

/// Sets of indices that grow together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Groups((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    /// The lower root stays, so that the outcome does not hang on the order of joining.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// Sets of two or more, each in order, in the order of their first members.
    fn sets(mut self) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for index in 0..self.0.len() {
            let root = self.root(index);
            sets[root].push(index);
        }
        sets.retain(|set| set.len() > 1);
        sets
    }
}

#[cfg(test)]
mod tests;

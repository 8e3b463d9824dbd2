//! Folds for cross-validation: whole groups (a story, an outlet) are held out, never single rows.

use crate::text::{Word, mix};
use std::collections::BTreeMap;

/// Joins rows that share a key, directly or through other rows. Gives each row the number of its group, counted in
/// order of first appearance. Empty keys join nothing.
#[must_use]
pub fn groups(keys: &[Vec<String>]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..keys.len()).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, keys) in keys.iter().enumerate() {
        for key in keys.iter().filter(|k| !k.is_empty()) {
            let other = *first.entry(key).or_insert(row);
            let (a, b) = (root(&mut parent, row), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut numbers = BTreeMap::new();
    (0..keys.len())
        .map(|row| {
            let next = numbers.len();
            *numbers.entry(root(&mut parent, row)).or_insert(next)
        })
        .collect()
}

fn root(parent: &mut [usize], mut row: usize) -> usize {
    while parent[row] != row {
        parent[row] = parent[parent[row]];
        row = parent[row];
    }
    row
}

/// Number of groups.
#[must_use]
pub fn count(groups: &[usize]) -> usize {
    groups.iter().max().map_or(0, |most| most + 1)
}

/// The fold of each row, `0..k`: rows of a group stay together, folds are of about the same size. The same groups and
/// seed give the same folds on every machine. `k` is lowered to the number of groups.
#[must_use]
pub fn folds(groups: &[usize], k: usize, seed: u64) -> Vec<usize> {
    let many = count(groups);
    let k = k.min(many).max(1);
    let mut sizes = vec![0_usize; many];
    for &group in groups {
        sizes[group] += 1;
    }
    let mut order: Vec<usize> = (0..many).collect();
    let draw = |group: usize| mix(seed ^ Word::of(&group.to_string()).0);
    order.sort_by_key(|&group| (std::cmp::Reverse(sizes[group]), draw(group)));
    let mut filled = vec![0_usize; k];
    let mut fold_of = vec![0; many];
    for group in order {
        let fold =
            (0..k).min_by_key(|&fold| (filled[fold], mix(draw(group) ^ fold as u64))).unwrap_or(0);
        filled[fold] += sizes[group];
        fold_of[group] = fold;
    }
    groups.iter().map(|&group| fold_of[group]).collect()
}

/// Places of the rows outside and inside a fold: (to fit on, to measure on).
#[must_use]
pub fn split(folds: &[usize], fold: usize) -> (Vec<usize>, Vec<usize>) {
    (0..folds.len()).partition(|&row| folds[row] != fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|r| r.iter().map(|k| (*k).to_owned()).collect()).collect()
    }

    #[test]
    fn shared_keys_join_through_other_rows() {
        let got = groups(&keys(&[&["a"], &["b"], &["a", "c"], &["c"], &[""], &[""], &["b"]]));
        assert_eq!(got, [0, 1, 0, 0, 2, 3, 1]);
    }

    #[test]
    fn a_group_never_stands_on_both_sides() {
        let groups: Vec<usize> = (0..97).map(|i| i * 7 % 23).collect();
        let folds = folds(&groups, 5, 3);
        for fold in 0..5 {
            let (fit, held) = split(&folds, fold);
            assert!(
                !held.is_empty()
                    && fit.iter().all(|&a| held.iter().all(|&b| groups[a] != groups[b]))
            );
            assert!((12..=28).contains(&held.len()), "{}", held.len());
        }
    }

    #[test]
    fn seeds_decide_and_repeat() {
        let groups: Vec<usize> = (0..60).map(|i| i / 2).collect();
        assert_eq!(folds(&groups, 5, 1), folds(&groups, 5, 1));
        assert_ne!(folds(&groups, 5, 1), folds(&groups, 5, 2));
    }

    #[test]
    fn no_more_folds_than_groups() {
        assert!(folds(&[0, 0, 1, 1], 10, 0).iter().all(|f| *f < 2));
    }
}

//! Labels as tags: what each stage is to learn.

use super::data::Gold;
use crate::family::attribution::candidates::Candidate;
use crate::family::attribution::columns::Columns;
use crate::family::attribution::hypothesis::runs;

/// A run from where a content can begin.
fn begun(columns: &Columns, (mut a, b): (usize, usize)) -> (usize, usize) {
    while a < b && !columns.can_begin(a) {
        a += 1;
    }
    (a, b)
}

/// Tags of the first stage for all tokens of a document. Where spans meet, a cue covers a source, and that a content.
pub(super) fn first(gold: &[Gold], columns: &Columns, tokens: usize) -> Vec<u8> {
    let mut out = vec![0; tokens];
    let mut put = |list: &[usize], base: u8, before: &dyn Fn(usize, usize) -> bool| {
        for (a, b) in runs(list) {
            let (a, b) = if base == 9 { begun(columns, (a, b)) } else { (a, b) };
            let begin = base + if before(a, b) { 2 } else { 0 };
            out[a] = begin;
            out[a + 1..=b].fill(begin + 1);
        }
    };
    for g in gold {
        let cue = g.cue.first().copied();
        put(&g.content, 9, &|_, b| cue.is_some_and(|c| b < c));
    }
    for g in gold {
        let cue = g.cue.first().copied();
        put(&g.source, 1, &|a, _| cue.is_some_and(|c| a > c));
    }
    for g in gold {
        put(&g.cue, 5, &|a, _| g.content.first().is_some_and(|&q| q < a));
    }
    out
}

/// The attribution whose cue shares most tokens with a candidate.
pub(super) fn of<'g>(gold: &'g [Gold], candidate: &Candidate) -> Option<&'g Gold> {
    let shared = |g: &Gold| g.cue.iter().filter(|i| candidate.tokens.contains(i)).count();
    gold.iter()
        .fold((0, None), |best, g| if shared(g) > best.0 { (shared(g), Some(g)) } else { best })
        .1
}

/// Tags of the second stage over a candidate's window.
pub(super) fn second(gold: &Gold, columns: &Columns, candidate: &Candidate) -> Vec<u8> {
    let window = &candidate.window;
    let mut out = vec![0; window.len()];
    for (list, base) in [(&gold.source, 1), (&gold.content, 3)] {
        for (a, b) in runs(list) {
            let (a, b) = if base == 3 { begun(columns, (a, b)) } else { (a, b) };
            for i in a.max(window.start)..(b + 1).min(window.end) {
                out[i - window.start] = if i == a || i == window.start { base } else { base + 1 };
            }
        }
    }
    out
}

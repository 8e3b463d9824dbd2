//! Why attributions are missed, wrong, or given to the wrong source: each error with one cause, told by comparing spans.

use crate::learn::matching::{Pieces, Said};
use crate::table::{Table, number};

/// A cause: its name, and whether it is an error of what was labelled ("missed"), found ("wrong") or matched ("source").
pub(crate) const CAUSES: &[(&str, &str)] = &[
    ("missed", "no cue found"),
    ("missed", "no cue found, content given to another cue"),
    ("missed", "cue found, statement refused"),
    ("missed", "content too long"),
    ("missed", "content too short"),
    ("missed", "content shifted"),
    ("wrong", "nothing there"),
    ("wrong", "content cut otherwise"),
    ("source", "no source found"),
    ("source", "another source"),
];

/// How often each of [`CAUSES`] occurs.
pub(crate) type Causes = [usize; CAUSES.len()];

/// An attribution with its cue.
pub(crate) struct Cued {
    pub(crate) said: Said,
    pub(crate) cue: Pieces,
}

/// Share of the smaller that makes one content hold another.
const HOLDS: f64 = 0.8;

/// Counts the causes of an article's errors. `pairs`: matched ones, true and found; `candidates`: every run of words that
/// was taken for a cue at all.
pub(crate) fn count(
    gold: &[Cued],
    found: &[Cued],
    pairs: &[(usize, usize)],
    candidates: &[Pieces],
) -> Causes {
    let mut causes = [0; CAUSES.len()];
    let touch = |a: &Pieces, b: &Pieces| a.shared(b) > 0;
    for (i, g) in gold.iter().enumerate().filter(|(_, g)| !g.said.content.is_empty()) {
        if pairs.iter().any(|p| p.0 == i) {
            continue;
        }
        let own = found.iter().find(|f| touch(&f.cue, &g.cue));
        let cause = match own {
            Some(f) => {
                let shared = g.said.content.shared(&f.said.content) as f64;
                match () {
                    () if shared >= HOLDS * g.said.content.len() as f64 => 3,
                    () if shared >= HOLDS * f.said.content.len() as f64 => 4,
                    () => 5,
                }
            }
            None if candidates.iter().any(|c| touch(c, &g.cue)) => 2,
            None if found.iter().any(|f| touch(&f.said.content, &g.said.content)) => 1,
            None => 0,
        };
        causes[cause] += 1;
    }
    for (j, f) in found.iter().enumerate() {
        if !pairs.iter().any(|p| p.1 == j) {
            causes[if gold.iter().any(|g| touch(&g.said.content, &f.said.content)) {
                7
            } else {
                6
            }] += 1;
        }
    }
    for &(i, j) in pairs {
        let (g, f) = (&gold[i].said.source, &found[j].said.source);
        if !g.is_empty() && !touch(g, f) {
            causes[if f.is_empty() { 8 } else { 9 }] += 1;
        }
    }
    causes
}

/// The causes of all articles beside those of the worst ones. `articles`: F1 and causes of each.
pub(crate) fn table(articles: &[(f64, Causes)], worst: usize) -> Table {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by(|&a, &b| articles[a].0.total_cmp(&articles[b].0).then(a.cmp(&b)));
    order.truncate(worst);
    let sum = |places: &mut dyn Iterator<Item = usize>, cause: usize| {
        places.map(|p| articles[p].1[cause]).sum::<usize>()
    };
    let whole = |kind: &str, places: &[usize]| -> usize {
        (0..CAUSES.len())
            .filter(|&c| CAUSES[c].0 == kind)
            .map(|c| sum(&mut places.iter().copied(), c))
            .sum()
    };
    let all: Vec<usize> = (0..articles.len()).collect();
    let title = format!(
        "PolNeAR: errors by cause, all articles and the {} with the lowest F1",
        order.len()
    );
    let mut table =
        Table::new(&title, &["error", "cause", "all", "share of its kind", "worst", "share there"]);
    for (cause, (kind, name)) in CAUSES.iter().enumerate() {
        let cells = |places: &[usize]| {
            let n = sum(&mut places.iter().copied(), cause);
            [n.to_string(), number(n as f64 / whole(kind, places).max(1) as f64)]
        };
        let [a, b] = [cells(&all), cells(&order)];
        table.row([*kind, *name].map(str::to_owned).into_iter().chain(a).chain(b).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cued(source: &[(usize, usize)], cue: (usize, usize), content: (usize, usize)) -> Cued {
        let pieces = |r: &[(usize, usize)]| Pieces::new(r.iter().copied());
        Cued {
            said: Said { source: pieces(source), content: pieces(&[content]), direct: false },
            cue: pieces(&[cue]),
        }
    }

    #[test]
    fn each_error_has_its_cause() {
        let gold = [
            cued(&[(0, 5)], (6, 10), (11, 30)),
            cued(&[], (40, 45), (46, 60)),
            cued(&[], (70, 75), (76, 80)),
            cued(&[], (90, 95), (96, 100)),
            cued(&[], (110, 112), (113, 120)),
            cued(&[(200, 205)], (206, 210), (211, 220)),
        ];
        let found = [
            cued(&[(0, 5)], (6, 10), (11, 80)),
            cued(&[], (40, 45), (58, 66)),
            cued(&[], (130, 135), (136, 150)),
            cued(&[(190, 195)], (206, 210), (211, 220)),
        ];
        let candidates = [Pieces::new([(110, 112)])];
        let causes = count(&gold, &found, &[(5, 3)], &candidates);
        // Too long; shifted; in another's content; no cue; refused. Found: two cut otherwise, one out of nothing. Another source.
        assert_eq!(causes, [1, 1, 1, 1, 0, 1, 1, 2, 0, 1]);
        let table = table(&[(0.5, causes), (0.9, [0; CAUSES.len()])], 1);
        assert_eq!(table.rows[0], ["missed", "no cue found", "1", "0.200", "1", "0.200"]);
    }
}

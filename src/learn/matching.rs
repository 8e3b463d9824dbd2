//! Attributions found against attributions marked by hand: contents paired one to one where they share at least half of
//! what they cover (PolNeAR's pieces; IoU as in "Modeling Attribution", see `real/polnear.rs` for the set).

use super::metrics::ratio;

/// Half-open ranges, in order and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pieces(Vec<(usize, usize)>);

impl Pieces {
    pub(crate) fn new(ranges: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut ranges: Vec<(usize, usize)> = ranges.into_iter().filter(|(a, b)| a < b).collect();
        ranges.sort_unstable();
        let mut apart: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match apart.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((start, end)),
            }
        }
        Pieces(apart)
    }

    fn all<'a>(parts: impl Iterator<Item = &'a Pieces>) -> Self {
        Self::new(parts.flat_map(|p| p.0.iter().copied()))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|(a, b)| b - a).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much of the two lies in both.
    pub(crate) fn shared(&self, other: &Pieces) -> usize {
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            shared += a.1.min(b.1).saturating_sub(a.0.max(b.0));
            if a.1 <= b.1 { i += 1 } else { j += 1 }
        }
        shared
    }
}

/// An attribution as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) source: Pieces,
    pub(crate) content: Pieces,
    /// Its first piece opens with a double quotation mark; asked of the true ones only.
    pub(crate) direct: bool,
}

/// What an article adds to the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) found: usize,
    pub(crate) predicted: usize,
    pub(crate) gold: usize,
    pub(crate) exact: usize,
    pub(crate) with_source: usize,
    pub(crate) source_right: usize,
    pub(crate) direct: usize,
    pub(crate) direct_found: usize,
    pub(crate) indirect: usize,
    pub(crate) indirect_found: usize,
    pub(crate) covered_both: usize,
    pub(crate) covered_predicted: usize,
    pub(crate) covered_gold: usize,
}

/// Pairs an article's true and found attributions; those without content are left out. Gives the counts and the pairs.
pub(crate) fn compare(gold: &[Said], predicted: &[Said]) -> (Counts, Vec<(usize, usize)>) {
    let with_content =
        |all: &[Said]| (0..all.len()).filter(|&i| !all[i].content.is_empty()).collect::<Vec<_>>();
    let (gs, ps) = (with_content(gold), with_content(predicted));
    let mut candidates = Vec::new();
    for &i in &gs {
        for &j in &ps {
            let (a, b) = (&gold[i].content, &predicted[j].content);
            let shared = a.shared(b);
            let iou = ratio(shared as f64, (a.len() + b.len() - shared) as f64);
            if shared > 0 && iou >= 0.5 {
                candidates.push((iou, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let mut counts = Counts { predicted: ps.len(), gold: gs.len(), ..Counts::default() };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (iou, i, j) in candidates {
        if pairs.iter().any(|&(a, b)| a == i || b == j) {
            continue;
        }
        pairs.push((i, j));
        counts.found += 1;
        counts.exact += usize::from(iou == 1.0);
        if !gold[i].source.is_empty() {
            counts.with_source += 1;
            counts.source_right += usize::from(gold[i].source.shared(&predicted[j].source) > 0);
        }
    }
    for &i in &gs {
        let found = usize::from(pairs.iter().any(|&(a, _)| a == i));
        if gold[i].direct {
            counts.direct += 1;
            counts.direct_found += found;
        } else {
            counts.indirect += 1;
            counts.indirect_found += found;
        }
    }
    let (a, b) = (
        Pieces::all(gs.iter().map(|&i| &gold[i].content)),
        Pieces::all(ps.iter().map(|&j| &predicted[j].content)),
    );
    (counts.covered_both, counts.covered_gold, counts.covered_predicted) =
        (a.shared(&b), a.len(), b.len());
    (counts, pairs)
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Counts) {
        let Counts {
            found,
            predicted,
            gold,
            exact,
            with_source,
            source_right,
            direct,
            direct_found,
            indirect,
            indirect_found,
            ..
        } = other;
        self.found += found;
        self.predicted += predicted;
        self.gold += gold;
        self.exact += exact;
        self.with_source += with_source;
        self.source_right += source_right;
        self.direct += direct;
        self.direct_found += direct_found;
        self.indirect += indirect;
        self.indirect_found += indirect_found;
        self.covered_both += other.covered_both;
        self.covered_predicted += other.covered_predicted;
        self.covered_gold += other.covered_gold;
    }

    pub(crate) fn sum<'a>(all: impl IntoIterator<Item = &'a Counts>) -> Counts {
        all.into_iter().fold(Counts::default(), |mut sum, c| {
            sum.add(c);
            sum
        })
    }

    pub(crate) fn f1(&self) -> f64 {
        ratio(2.0 * self.found as f64, (self.predicted + self.gold) as f64)
    }

    /// Every figure by name, in the order in which they are shown.
    pub(crate) fn figures(&self) -> Vec<(&'static str, f64)> {
        let share = |part: usize, whole: usize| ratio(part as f64, whole as f64);
        vec![
            ("attribution F1", self.f1()),
            ("precision", share(self.found, self.predicted)),
            ("recall", share(self.found, self.gold)),
            ("recall of direct", share(self.direct_found, self.direct)),
            ("recall of indirect", share(self.indirect_found, self.indirect)),
            (
                "content character F1",
                share(2 * self.covered_both, self.covered_predicted + self.covered_gold),
            ),
            ("content exact F1", share(2 * self.exact, self.predicted + self.gold)),
            ("source right", share(self.source_right, self.with_source)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(content: &[(usize, usize)], source: &[(usize, usize)]) -> Said {
        Said {
            content: Pieces::new(content.iter().copied()),
            source: Pieces::new(source.iter().copied()),
            direct: false,
        }
    }

    #[test]
    fn pieces_join_and_share() {
        let a = Pieces::new([(5, 8), (0, 3), (2, 4), (9, 9)]);
        assert_eq!(a, Pieces(vec![(0, 4), (5, 8)]));
        assert_eq!((a.len(), a.shared(&Pieces::new([(3, 6), (7, 20)]))), (7, 3));
    }

    #[test]
    fn counts_by_hand() {
        let gold = [
            said(&[(0, 10)], &[(20, 25)]),
            said(&[(30, 40)], &[]),
            said(&[(50, 60)], &[(61, 65)]),
            said(&[], &[(0, 1)]),
        ];
        // exact with right source; 30-50 against 30-40 is 10/20 = half; 50-54 against 50-60 is under half
        let found =
            [said(&[(0, 10)], &[(24, 30)]), said(&[(30, 50)], &[(0, 1)]), said(&[(50, 54)], &[])];
        let (counts, pairs) = compare(&gold, &found);
        assert_eq!(pairs, [(0, 0), (1, 1)]);
        let expected = Counts {
            found: 2,
            predicted: 3,
            gold: 3,
            exact: 1,
            with_source: 1,
            source_right: 1,
            indirect: 3,
            indirect_found: 2,
            covered_both: 24,
            covered_predicted: 34,
            covered_gold: 30,
            ..Counts::default()
        };
        assert_eq!(counts, expected);
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn each_is_paired_once_best_first() {
        let (counts, pairs) =
            compare(&[said(&[(0, 10)], &[]), said(&[(0, 8)], &[])], &[said(&[(0, 8)], &[])]);
        assert_eq!((pairs, counts.found, counts.exact), (vec![(1, 0)], 1, 1));
    }

    type Row<'a> = (&'a [(usize, usize)], &'a [(usize, usize)]);

    /// The expected counts were computed by the project's measuring program in Python on these same ranges.
    #[test]
    fn counts_as_the_measuring_program_does() {
        let gold: &[Row<'_>] = &[
            (&[(120, 149), (157, 187)], &[(46, 56)]),
            (&[(34, 45)], &[(409, 419)]),
            (&[(391, 404), (412, 451)], &[(399, 409)]),
            (&[(88, 104), (112, 118)], &[(413, 423)]),
            (&[(133, 160), (168, 192)], &[]),
            (&[(444, 500)], &[(190, 200)]),
            (&[(44, 92), (100, 129)], &[(91, 101)]),
            (&[(126, 166), (174, 198)], &[]),
            (&[(149, 195)], &[(391, 401)]),
        ];
        let found: &[Row<'_>] = &[
            (&[(124, 142), (166, 192)], &[(49, 55)]),
            (&[(34, 45)], &[]),
            (&[(385, 416), (421, 444)], &[(74, 84)]),
            (&[(92, 104), (116, 123)], &[]),
            (&[(142, 165), (177, 192)], &[(51, 61)]),
            (&[(438, 512)], &[(193, 199)]),
            (&[(148, 187), (195, 222)], &[(458, 468)]),
            (&[(120, 166), (168, 203)], &[(78, 88)]),
            (&[(158, 195)], &[]),
            (&[(124, 154), (157, 192)], &[(49, 55)]),
            (&[(28, 45)], &[(186, 196)]),
        ];
        let all = |rows: &[Row<'_>]| rows.iter().map(|(c, s)| said(c, s)).collect::<Vec<_>>();
        let (c, pairs) = compare(&all(gold), &all(found));
        assert_eq!(pairs, [(1, 1), (8, 8), (0, 9), (7, 7), (5, 5), (2, 2), (4, 4), (3, 3)]);
        assert_eq!((c.found, c.exact, c.with_source, c.source_right), (8, 1, 6, 2));
        assert_eq!((c.covered_both, c.covered_predicted, c.covered_gold), (201, 257, 265));
    }
}

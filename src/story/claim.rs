//! Statements that several articles carry, and who had them first.

use super::copies::Copies;
use super::likeness::{Likeness, Prepared, Weights, folded, likeness, same_speaker, shared};
use super::term::terms;
use super::{Groups, Item, same_name};
use crate::text::Word;
use std::collections::{BTreeMap, BTreeSet};

/// Rarest terms of a statement by which others are looked for.
const KEYS: usize = 8;
/// Least confidence of a statement that is shown beside another on mere matter.
const RELIED_ON: f64 = 0.5;
/// A term that stands in more statements than this brings no pairs.
const COMMON: usize = 400;

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Index of the article.
    pub article: usize,
    /// Index of its statement.
    pub statement: usize,
}

/// A statement that several articles carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it stands: the earliest first where dates tell, else in the order of reading.
    pub occurrences: Vec<Occurrence>,
    /// The weakest tie that holds it together.
    pub likeness: Likeness,
    /// Whom most of the articles give as the speaker, by the fullest name in any of them.
    pub speaker: Option<String>,
    /// The listener whom they name, where none names another: who had it first hand.
    pub listener: Option<String>,
    /// Publishers that carry it.
    pub outlets: usize,
    /// Publishers that have it each by themselves: articles with text in common, with the same medium in between or the same
    /// listener, or taken over from the same publisher, count once.
    pub independent: usize,
    /// Articles give it to different speakers.
    pub conflict: bool,
    /// The dates say that the first occurrence is the earliest.
    pub dated: bool,
}

/// Two statements that touch on the same matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// One, of the earlier article in the order of reading.
    pub a: Occurrence,
    /// The other.
    pub b: Occurrence,
    /// 0 to 1: share of the weight of their words that both have; of the contents, or of the sentences that are most alike.
    pub strength: f64,
    /// The words that both have, as the first has them.
    pub shared: Vec<String>,
    /// They share a figure or a designation that few articles hold ("Su-25").
    pub designated: bool,
}

/// Claims, most independent outlets first, and pairs that are only related: those that share a rare designation first, then the
/// strongest.
pub(super) fn claims(items: &[Item], copies: &[Copies]) -> (Vec<Claim>, Vec<Relation>) {
    let places = items
        .iter()
        .enumerate()
        .flat_map(|(a, item)| (0..item.statements.len()).map(move |s| (a, s)));
    let prepared: Vec<Prepared> = places.map(|(a, s)| Prepared::of(items, a, s)).collect();
    let weights = Weights::of(items, &prepared);
    let mut ties = Vec::new();
    let mut related = Vec::new();
    for (x, y) in pairs(&prepared, &weights) {
        match likeness(items, &weights, &prepared[x], &prepared[y]) {
            Some((Likeness::Related, strength)) => related.push((x, y, strength)),
            Some((likeness, strength)) => ties.push((likeness, strength, x, y)),
            None => {}
        }
    }
    let mut groups = tied(items, &prepared, &mut ties);
    let mut weakest: BTreeMap<usize, Likeness> = BTreeMap::new();
    for (likeness, _, x, y) in &ties {
        let root = groups.root(*x);
        if root == groups.root(*y) {
            let weakest = weakest.entry(root).or_insert(*likeness);
            *weakest = (*weakest).max(*likeness);
        }
    }
    let sure = |p: usize| prepared[p].of_statement(items).confidence >= RELIED_ON;
    related.retain(|&(x, y, _)| groups.root(x) != groups.root(y) && sure(x) && sure(y));
    let place =
        |p: usize| Occurrence { article: prepared[p].article, statement: prepared[p].statement };
    let mut relations: Vec<Relation> = related
        .into_iter()
        .map(|(x, y, strength)| {
            let common = shared(&prepared[x].about, &prepared[y].about);
            let designated = common.iter().any(|term| weights.is_rare(*term));
            Relation {
                a: place(x),
                b: place(y),
                strength,
                shared: forms(items, &prepared[x], &common),
                designated,
            }
        })
        .collect();
    relations
        .sort_by(|a, b| b.designated.cmp(&a.designated).then(b.strength.total_cmp(&a.strength)));
    let copied: BTreeMap<usize, usize> = copies
        .iter()
        .enumerate()
        .flat_map(|(group, c)| c.articles.iter().map(move |copy| (copy.article, group)))
        .collect();
    // A set's first member is its root.
    let likeness = |set: &[usize]| weakest.get(&set[0]).copied().unwrap_or(Likeness::SameWords);
    let made = |set: Vec<usize>| {
        claim(items, &copied, set.iter().map(|&p| place(p)).collect(), likeness(&set))
    };
    let mut claims: Vec<Claim> = groups.sets().into_iter().map(made).collect();
    claims.sort_by_key(|c| std::cmp::Reverse((c.independent, c.outlets)));
    (claims, relations)
}

/// Statements joined by their ties, strongest first. Whatever third article ties both, two speakers of one article stay apart, and
/// words that differ join no two speakers.
fn tied(
    items: &[Item],
    prepared: &[Prepared],
    ties: &mut [(Likeness, f64, usize, usize)],
) -> Groups {
    ties.sort_by(|a, b| {
        (a.0, b.1, a.2, a.3).partial_cmp(&(b.0, a.1, b.2, b.3)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut groups = Groups::new(prepared.len());
    let mut members: Vec<Vec<usize>> = (0..prepared.len()).map(|p| vec![p]).collect();
    let speaker = |p: usize| prepared[p].of_statement(items).speaker.as_deref();
    let apart =
        |p: usize, q: usize| prepared[p].article == prepared[q].article && speaker(p) != speaker(q);
    for &mut (likeness, _, x, y) in ties {
        let (a, b) = (groups.root(x), groups.root(y));
        if a == b {
            continue;
        }
        let pairs = || members[a].iter().flat_map(|&p| members[b].iter().map(move |&q| (p, q)));
        if pairs().any(|(p, q)| apart(p, q))
            || (likeness != Likeness::SameWords && two_speakers(items, prepared, pairs()))
        {
            continue;
        }
        groups.join(a, b);
        let moved = std::mem::take(&mut members[a.max(b)]);
        members[a.min(b)].extend(moved);
    }
    groups
}

/// Of pairs of statements, no fewer name two speakers than name one. By majority: one article that gives the same words to
/// somebody else must not keep the others apart.
fn two_speakers(
    items: &[Item],
    prepared: &[Prepared],
    pairs: impl Iterator<Item = (usize, usize)>,
) -> bool {
    let (mut one, mut two) = (0_usize, 0_usize);
    for same in pairs.filter_map(|(p, q)| {
        same_speaker(prepared[p].of_statement(items), prepared[q].of_statement(items))
    }) {
        one += usize::from(same);
        two += usize::from(!same);
    }
    two > 0 && two >= one
}

/// Pairs of statements of different articles that share one of their rarest terms.
fn pairs(prepared: &[Prepared], weights: &Weights) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<Word, Vec<usize>> = BTreeMap::new();
    for (index, one) in prepared.iter().enumerate() {
        let mut keys: Vec<(u32, Word)> =
            one.about.iter().map(|&t| (weights.articles_with(t), t)).filter(|k| k.0 > 1).collect();
        keys.sort_unstable();
        for term in keys.into_iter().take(KEYS).map(|(_, term)| term).chain(one.listener) {
            holders.entry(term).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for holders in holders.values().filter(|h| h.len() <= COMMON) {
        for (at, &x) in holders.iter().enumerate() {
            pairs.extend(
                holders[at + 1..]
                    .iter()
                    .filter(|&&y| prepared[x].article != prepared[y].article)
                    .map(|&y| (x, y)),
            );
        }
    }
    pairs
}

/// The words that two statements share, as the first has them.
fn forms(items: &[Item], a: &Prepared, common: &[Word]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut forms = Vec::new();
    for sentence in &a.of_statement(items).context {
        let first = terms(sentence)
            .into_iter()
            .filter(|t| common.binary_search(&t.key).is_ok() && seen.insert(t.key));
        forms.extend(first.map(|t| t.span.slice(sentence).to_owned()));
    }
    forms
}

fn claim(
    items: &[Item],
    copied: &BTreeMap<usize, usize>,
    mut occurrences: Vec<Occurrence>,
    likeness: Likeness,
) -> Claim {
    let articles: Vec<usize> = occurrences.iter().map(|o| o.article).collect();
    let (first, dated) = earliest(items, &articles);
    let date = |o: &Occurrence| items[o.article].published;
    // Undated ones stand last; equal ones keep the order of reading.
    occurrences.sort_by_key(|o| (o.article != first, date(o).is_none(), date(o)));
    let statement = |o: &Occurrence| &items[o.article].statements[o.statement];
    let speaker = speaker(occurrences.iter().filter_map(|o| statement(o).speaker.as_deref()))
        .map(str::to_owned);
    let publishers: BTreeSet<String> =
        occurrences.iter().map(|o| folded(items[o.article].publisher())).collect();
    let independent = independent(items, copied, &occurrences);
    let others = |at: usize| occurrences[at + 1..].iter().map(statement);
    let conflict = occurrences.iter().enumerate().any(|(at, one)| {
        others(at).any(|other| same_speaker(statement(one), other) == Some(false))
    });
    let listeners: BTreeMap<String, &str> = occurrences
        .iter()
        .filter_map(|o| statement(o).listener.as_deref())
        .map(|l| (folded(l), l))
        .collect();
    let listener =
        if listeners.len() == 1 { listeners.into_values().next().map(str::to_owned) } else { None };
    Claim {
        listener,
        speaker,
        outlets: publishers.len(),
        independent,
        conflict,
        dated,
        likeness,
        occurrences,
    }
}

/// The speaker whom most of the names can be, by the fullest of them; the first in a tie.
fn speaker<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut order = Vec::new();
    for name in names {
        let count = counts.entry(name).or_default();
        *count += 1;
        order.extend((*count == 1).then_some(name));
    }
    let voices = |name: &str| {
        counts.iter().filter(|(other, _)| same_name(name, other)).map(|(_, n)| n).sum::<usize>()
    };
    // Of equal ones the last is taken.
    order.into_iter().rev().max_by_key(|name| (voices(name), name.len()))
}

/// Publishers, joined where one text or one medium in between stands behind them. `copied`: the group of copies of an article.
fn independent(
    items: &[Item],
    copied: &BTreeMap<usize, usize>,
    occurrences: &[Occurrence],
) -> usize {
    let mut groups = Groups::new(occurrences.len());
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    for (index, o) in occurrences.iter().enumerate() {
        let item = &items[o.article];
        let statement = &item.statements[o.statement];
        let between =
            [&statement.reporter, &statement.listener].into_iter().flatten().chain(&item.credits);
        let hands = between
            .map(String::as_str)
            .chain([item.publisher()])
            .map(|name| format!("outlet {}", folded(name)));
        for key in hands.chain(copied.get(&o.article).map(|group| format!("copies {group}"))) {
            let holder = *holders.entry(key).or_insert(index);
            groups.join(holder, index);
        }
    }
    (0..occurrences.len()).filter(|&i| groups.root(i) == i).count()
}

/// Of some articles, the earliest by date, and whether the dates say so for sure; without dates the first that was read.
pub(super) fn earliest(items: &[Item], articles: &[usize]) -> (usize, bool) {
    let dated = articles.iter().copied().filter_map(|a| Some((items[a].published?, a)));
    let Some((date, first)) = dated.min() else {
        return (articles.first().copied().unwrap_or(0), false);
    };
    let sure = articles
        .iter()
        .all(|&a| a == first || items[a].published.is_some_and(|other| date.is_before(other)));
    (first, sure)
}

//! The page of a story: many articles on one event.

use super::difference::{Run, folded, runs};
use super::index::SCRIPT;
use super::plot::{Dot, Line, scatter, timeline};
use super::{Isolated, Shell, filled};
use crate::axis::{AXES, Axis};
use crate::story::{Claim, Copies, Item, Occurrence, Statement, Story, same_name};
use askama::Template;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Speakers that are shown.
const SPEAKERS: usize = 40;
/// Names that are tried for being one person's.
const NAMES: usize = 300;
/// Shared statements that are shown; the JSON form has all.
const CLAIMS: usize = 80;
/// Wordings of a statement that are shown.
const VARIANTS: usize = 8;
/// Shared statements on the time line.
const LINES: usize = 25;

#[derive(Template)]
#[template(path = "report/html/story.html")]
struct StoryPage<'a> {
    shell: Shell,
    items: &'a [Item],
    story: &'a Story,
    axes: &'static [Axis],
    dots: Vec<Dot>,
    speakers: Vec<Voice<'a>>,
    claims: Vec<ClaimView<'a>>,
    lines: Vec<Line>,
}

/// A speaker, and how often each article has a statement of his.
struct Voice<'a> {
    name: &'a str,
    articles: usize,
    statements: usize,
    counts: Vec<usize>,
}

impl Voice<'_> {
    fn cells(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.counts.iter().enumerate().map(|(at, n)| (at, (*n).min(5))).filter(|(_, n)| *n > 0)
    }
}

/// A shared statement with its wordings.
struct ClaimView<'a> {
    claim: &'a Claim,
    wordings: Vec<Wording<'a>>,
    more: usize,
}

/// One wording, and who has it.
struct Wording<'a> {
    runs: Vec<Run>,
    quoted: bool,
    holders: Vec<(&'a Item, &'a Statement)>,
}

fn of<'a>(items: &'a [Item], place: &Occurrence) -> (&'a Item, &'a Statement) {
    let item = &items[place.article];
    (item, &item.statements[place.statement])
}

fn claim<'a>(items: &'a [Item], claim: &'a Claim) -> ClaimView<'a> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut wordings: Vec<Wording<'a>> = Vec::new();
    let first = claim.occurrences.first().map_or("", |o| of(items, o).1.content.as_str());
    for (item, statement) in claim.occurrences.iter().map(|o| of(items, o)) {
        let at = *places.entry(folded(&statement.content)).or_insert(wordings.len());
        if at == wordings.len() {
            wordings.push(Wording {
                runs: runs(&statement.content, first),
                quoted: statement.quoted,
                holders: Vec::new(),
            });
        }
        wordings[at].holders.push((item, statement));
    }
    let more = wordings.len().saturating_sub(VARIANTS);
    wordings.truncate(VARIANTS);
    ClaimView { claim, wordings, more }
}

fn speakers(items: &[Item]) -> Vec<Voice<'_>> {
    let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        for name in item.statements.iter().filter_map(|s| s.speaker.as_deref()) {
            names.entry(name).or_insert_with(|| vec![0; items.len()])[at] += 1;
        }
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_key(|(name, counts)| (Reverse(counts.iter().sum::<usize>()), *name));
    names.truncate(NAMES);
    let mut voices: Vec<Voice<'_>> = Vec::new();
    for (name, counts) in names {
        match voices.iter_mut().find(|v| same_name(v.name, name)) {
            Some(voice) => {
                voice.counts.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
                if name.len() > voice.name.len() {
                    voice.name = name;
                }
            }
            None => voices.push(Voice { name, articles: 0, statements: 0, counts }),
        }
    }
    for voice in &mut voices {
        voice.articles = voice.counts.iter().filter(|n| **n > 0).count();
        voice.statements = voice.counts.iter().sum();
    }
    voices.sort_by_key(|v| (Reverse(v.articles), Reverse(v.statements), v.name));
    voices.truncate(SPEAKERS);
    voices
}

fn number(item: &Item, axis: &str) -> Option<f64> {
    item.scores.iter().find(|(name, ..)| *name == axis).and_then(|(_, _, value)| *value)
}

fn class<'a>(item: &'a Item, axis: &str) -> Option<&'a str> {
    item.scores.iter().find(|(name, ..)| *name == axis).map(|(_, class, _)| *class)
}

/// Articles of a group of copies behind the first: which, and how alike.
fn copies<'a>(items: &'a [Item], group: &Copies) -> Vec<(&'a Item, &'static str, String)> {
    let told = group.articles.get(1..).unwrap_or_default().iter().map(|copy| {
        let common = if copy.is_whole() { "whole" } else { "passages" };
        (&items[copy.article], common, super::chart::percent(&copy.containment))
    });
    told.collect()
}

fn first<'a>(items: &'a [Item], group: &Copies) -> Option<&'a Item> {
    group.articles.first().map(|copy| &items[copy.article])
}

/// The page of a story.
#[must_use]
pub fn story_page(items: &[Item], story: &Story) -> String {
    let dots = items.iter().filter_map(|item| {
        let (x, y) = (number(item, "attribution")?, number(item, "tone")?);
        Some((x, y, item.publisher(), item.id.as_str()))
    });
    let dated = story.claims.iter().take(LINES).map(|claim| {
        let name = claim.occurrences.first().map_or("", |o| of(items, o).1.content.as_str());
        let days = claim.occurrences.iter().filter_map(|o| {
            let item = &items[o.article];
            Some((item.day()?, item.publisher()))
        });
        (name, claim.dated, days.collect())
    });
    filled(&StoryPage {
        shell: Shell::new("Story", SCRIPT),
        items,
        story,
        axes: AXES,
        dots: scatter(dots.collect()),
        speakers: speakers(items),
        claims: story.claims.iter().take(CLAIMS).map(|c| claim(items, c)).collect(),
        lines: timeline(dated.collect()),
    })
}

impl StoryPage<'_> {
    fn outlets(&self) -> usize {
        self.items.iter().map(Item::publisher).collect::<BTreeSet<_>>().len()
    }

    /// Width of a cell of the speakers' strips.
    fn cell(&self) -> f64 {
        super::chart::tenth(1000.0 / self.items.len().max(1) as f64)
    }
}

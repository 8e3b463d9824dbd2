//! Articles on one event, side by side: scores, stance, copies, shared statements.

use super::json::{self, Pairs};
use super::table::{Side, whole};
use super::{SCHEMA, line, round};
use crate::axis::AXES;
use crate::story::{Claim, Item, Occurrence, Story};
use crate::text::Span;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Serialize)]
struct AxisObject<'a> {
    class: &'a str,
    value: Option<f64>,
}

#[derive(Serialize)]
struct StanceObject<'a> {
    target: &'a str,
    mentions: usize,
    class: &'a str,
    value: f64,
}

#[derive(Serialize)]
struct ArticleObject<'a> {
    id: &'a str,
    outlet: Option<&'a str>,
    date: Option<&'a str>,
    title: Option<&'a str>,
    credits: &'a [String],
    words: usize,
    axes: Pairs<'a, AxisObject<'a>>,
    stance: Vec<StanceObject<'a>>,
    statements: usize,
}

#[derive(Serialize)]
struct CopyObject<'a> {
    article: &'a str,
    whole: bool,
    resemblance: f64,
    containment: f64,
}

#[derive(Serialize)]
struct CopiesObject<'a> {
    first: &'a str,
    dated: bool,
    copies: Vec<CopyObject<'a>>,
}

#[derive(Serialize)]
struct OccurrenceObject<'a> {
    article: &'a str,
    outlet: Option<&'a str>,
    date: Option<&'a str>,
    speaker: Option<&'a str>,
    class: &'a str,
    reporter: Option<&'a str>,
    listener: Option<&'a str>,
    cue: &'a str,
    quoted: bool,
    confidence: f64,
    start: u32,
    end: u32,
    content: &'a str,
}

#[derive(Serialize)]
struct ClaimObject<'a> {
    speaker: Option<&'a str>,
    listener: Option<&'a str>,
    likeness: &'a str,
    outlets: usize,
    independent: usize,
    conflict: bool,
    dated: bool,
    occurrences: Vec<OccurrenceObject<'a>>,
}

#[derive(Serialize)]
struct RelationObject<'a> {
    strength: f64,
    designated: bool,
    shared: &'a [String],
    statements: [OccurrenceObject<'a>; 2],
}

#[derive(Serialize)]
struct StoryObject<'a> {
    schema: u32,
    articles: Vec<ArticleObject<'a>>,
    copies: Vec<CopiesObject<'a>>,
    claims: Vec<ClaimObject<'a>>,
    related: Vec<RelationObject<'a>>,
}

/// Everything as one JSON object, without the end of its line. Places are byte offsets into each article's text.
///
/// # Errors
/// None that is known: serialising into memory.
pub fn object(items: &[Item], story: &Story) -> Result<Vec<u8>, serde_json::Error> {
    let occurrence = |o: &Occurrence| occurrence(items, *o);
    json::visible(&StoryObject {
        schema: SCHEMA,
        articles: items.iter().map(article).collect(),
        copies: story
            .copies
            .iter()
            .map(|group| CopiesObject {
                first: &items[group.articles[0].article].id,
                dated: group.dated,
                copies: group.articles[1..]
                    .iter()
                    .map(|c| CopyObject {
                        article: &items[c.article].id,
                        whole: c.is_whole(),
                        resemblance: round(c.resemblance),
                        containment: round(c.containment),
                    })
                    .collect(),
            })
            .collect(),
        claims: story
            .claims
            .iter()
            .map(|claim| ClaimObject {
                speaker: claim.speaker.as_deref(),
                listener: claim.listener.as_deref(),
                likeness: claim.likeness.name(),
                outlets: claim.outlets,
                independent: claim.independent,
                conflict: claim.conflict,
                dated: claim.dated,
                occurrences: claim.occurrences.iter().map(occurrence).collect(),
            })
            .collect(),
        related: story
            .related
            .iter()
            .map(|r| RelationObject {
                strength: round(r.strength),
                designated: r.designated,
                shared: &r.shared,
                statements: [occurrence(&r.a), occurrence(&r.b)],
            })
            .collect(),
    })
}

fn article(item: &Item) -> ArticleObject<'_> {
    let stance = item.stance.iter().map(|(target, class, value, mentions)| StanceObject {
        target,
        mentions: *mentions,
        class,
        value: round(*value),
    });
    ArticleObject {
        id: &item.id,
        outlet: item.outlet.as_deref(),
        date: item.date.as_deref(),
        title: item.title.as_deref(),
        credits: &item.credits,
        words: item.words,
        axes: Pairs(
            item.scores
                .iter()
                .map(|(axis, class, value)| (*axis, AxisObject { class, value: value.map(round) }))
                .collect(),
        ),
        stance: stance.collect(),
        statements: item.statements.len(),
    }
}

fn occurrence(items: &[Item], place: Occurrence) -> OccurrenceObject<'_> {
    let item = &items[place.article];
    let statement = &item.statements[place.statement];
    let Span { start, end } = statement.span;
    OccurrenceObject {
        article: &item.id,
        outlet: item.outlet.as_deref(),
        date: item.date.as_deref(),
        speaker: statement.speaker.as_deref(),
        class: statement.class.name(),
        reporter: statement.reporter.as_deref(),
        listener: statement.listener.as_deref(),
        cue: &statement.cue,
        quoted: statement.quoted,
        confidence: round(statement.confidence),
        start,
        end,
        content: &statement.content,
    }
}

/// Widest cell of a table of names and numbers.
const WIDE: usize = 28;
/// Widest cell of a statement.
const WIDEST: usize = 96;
/// Targets that get a column.
const TARGETS: usize = 6;
/// Related pairs that are shown for reading; the JSON form has all.
const RELATED: usize = 20;

/// For reading: tables, one under the other.
#[must_use]
pub fn text(items: &[Item], story: &Story) -> String {
    let mut out = scores(items);
    out.push_str(&stances(items));
    if !story.copies.is_empty() {
        let _infallible = write!(out, "\n\nText in common\n\n{}", copies(items, story));
    }
    let _infallible =
        write!(out, "\n\nStatements that several articles carry: {}\n", story.claims.len());
    for claim in &story.claims {
        let _infallible = write!(out, "\n{}\n", claim_table(items, claim));
    }
    if !story.related.is_empty() {
        let _infallible = write!(
            out,
            "\nMay be about the same, to be read side by side\n\n{}\n",
            related(items, story)
        );
    }
    out.push_str(NOTES);
    out
}

const NOTES: &str = "
likeness: same-words, a long run of the same words; reworded, the same speaker on the same matter in other words; same-occasion, the
same speaker to the same listener, of whom each article may have taken something else.
by way of: to whom it was said, the medium in between, and whom the article names as the one it was taken over from.
independent: publishers, where articles with text in common, or with somebody of these in common, count once.
";

fn scores(items: &[Item]) -> String {
    let mut columns = vec![
        ("article", Side::Left),
        ("outlet", Side::Left),
        ("date", Side::Left),
        ("words", Side::Right),
        ("statements", Side::Right),
    ];
    columns.extend(AXES.iter().map(|axis| (axis.name, Side::Left)));
    let cells = items.iter().map(|item| {
        let given = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
        let mut row = vec![
            item.id.clone(),
            given(&item.outlet),
            given(&item.date),
            item.words.to_string(),
            item.statements.len().to_string(),
        ];
        row.extend(AXES.iter().map(|axis| {
            let score = item.scores.iter().find(|(name, _, _)| *name == axis.name);
            let told = |class: &str, value: Option<f64>| {
                value.map_or_else(|| class.to_owned(), |v| format!("{class} {v:.2}"))
            };
            score.map_or_else(|| "-".to_owned(), |(_, class, value)| told(class, *value))
        }));
        row
    });
    whole(&columns, &cells.collect::<Vec<_>>(), WIDE)
}

/// The stance of each article toward those whom most articles are about.
fn stances(items: &[Item]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (target, _, _, mentions) in items.iter().flat_map(|item| &item.stance) {
        let count = counts.entry(target).or_default();
        *count = (count.0 + 1, count.1 + mentions);
    }
    let mut targets: Vec<(&str, (usize, usize))> =
        counts.into_iter().filter(|(_, (articles, _))| *articles > 1).collect();
    targets.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    targets.truncate(TARGETS);
    if targets.is_empty() {
        return String::new();
    }
    let mut columns = vec![("stance toward", Side::Left)];
    let rows: Vec<Vec<String>> = targets
        .iter()
        .map(|(name, _)| {
            let of = |item: &Item| {
                let found = item.stance.iter().find(|(target, ..)| target == name);
                found.map_or_else(
                    || "-".to_owned(),
                    |(_, class, value, _)| format!("{class} {value:+.2}"),
                )
            };
            std::iter::once((*name).to_owned()).chain(items.iter().map(of)).collect()
        })
        .collect();
    if items.len() > WIDE {
        return String::new();
    }
    // Articles have names of the user's, which a table of fixed headings cannot hold: they are its first row.
    columns.resize(items.len() + 1, ("", Side::Left));
    let names =
        std::iter::once(String::new()).chain(items.iter().map(|item| item.id.clone())).collect();
    format!("\n\n{}", whole(&columns, &[vec![names], rows].concat(), WIDE))
}

fn copies(items: &[Item], story: &Story) -> String {
    let columns = [
        ("first", Side::Left),
        ("copy", Side::Left),
        ("outlet", Side::Left),
        ("in common", Side::Left),
        ("resemblance", Side::Right),
        ("containment", Side::Right),
    ];
    let rows = story.copies.iter().flat_map(|group| {
        let first = &items[group.articles[0].article];
        let told =
            if group.dated { first.id.clone() } else { format!("{} (order unknown)", first.id) };
        group.articles[1..].iter().map(move |c| {
            let item = &items[c.article];
            let common = if c.is_whole() { "whole" } else { "passages" };
            vec![
                told.clone(),
                item.id.clone(),
                item.outlet.clone().unwrap_or_default(),
                common.to_owned(),
                format!("{:.2}", c.resemblance),
                format!("{:.2}", c.containment),
            ]
        })
    });
    whole(&columns, &rows.collect::<Vec<_>>(), WIDE)
}

fn claim_table(items: &[Item], claim: &Claim) -> String {
    let speaker = claim.speaker.as_deref().map_or("no one speaker".into(), line);
    let order = if claim.dated { "earliest first" } else { "dates do not tell who was first" };
    let conflict = if claim.conflict { " (articles name different speakers)" } else { "" };
    let first_hand = claim
        .listener
        .as_deref()
        .map(|listener| format!(" to {}", line(listener)))
        .unwrap_or_default();
    format!(
        "{speaker}{first_hand}{conflict}: {}, {} outlets, {} independent; {order}\n{}",
        claim.likeness.name(),
        claim.outlets,
        claim.independent,
        rows(items, &claim.occurrences)
    )
}

fn rows(items: &[Item], occurrences: &[Occurrence]) -> String {
    let columns = [
        ("article", Side::Left),
        ("outlet", Side::Left),
        ("date", Side::Left),
        ("said by", Side::Left),
        ("by way of", Side::Left),
        ("content", Side::Left),
    ];
    let cells = occurrences.iter().map(|o| {
        let item = &items[o.article];
        let statement = &item.statements[o.statement];
        let given = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
        let between: Vec<&str> = [&statement.listener, &statement.reporter]
            .into_iter()
            .flatten()
            .chain(&item.credits)
            .map(String::as_str)
            .collect();
        let between = if between.is_empty() { "-".to_owned() } else { between.join(", ") };
        vec![
            item.id.clone(),
            given(&item.outlet),
            given(&item.date),
            given(&statement.speaker),
            between,
            statement.content.clone(),
        ]
    });
    whole(&columns, &cells.collect::<Vec<_>>(), WIDEST)
}

fn related(items: &[Item], story: &Story) -> String {
    let pairs = story.related.iter().take(RELATED).map(|r| {
        let words: Vec<String> = r.shared.iter().map(|word| line(word).into_owned()).collect();
        format!("{:.2}, shared: {}\n{}", r.strength, words.join(", "), rows(items, &[r.a, r.b]))
    });
    let shown = pairs.collect::<Vec<_>>().join("\n\n");
    match story.related.len().checked_sub(RELATED) {
        Some(more @ 1..) => format!("{shown}\n\n{more} more pairs (--format json shows all)"),
        _ => shown,
    }
}

//! The same quoted words in two articles of different outlets: do both give them to the same speaker? Needs no labels.

use super::{Bench, SetResult};
use crate::article::Article;
use crate::learn::dataset::{find, jsonl};
use crate::learn::error::LearnError;
use crate::learn::parallel;
use crate::mark::Layer;
use crate::story::same_name;
use crate::table::Table;
use crate::text::{Document, Word};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    id: String,
    outlet: String,
    text: String,
}

/// Fewest words of a quotation that nobody else happens to say.
const LONG: usize = 8;
/// Quotations that more articles than these share are sayings, slogans and notices.
const COMMON: usize = 8;
/// Most pairs that are listed.
const LISTED: usize = 60;

/// A quotation and who says it in one article.
struct Quote {
    words: Vec<Word>,
    text: String,
    speakers: Vec<String>,
}

/// One pair: the places of both articles and of their quotations.
struct Pair<'a> {
    articles: (&'a Row, &'a Row),
    quotes: (&'a Quote, &'a Quote),
}

impl Pair<'_> {
    fn named(&self) -> bool {
        !self.quotes.0.speakers.is_empty() && !self.quotes.1.speakers.is_empty()
    }

    /// Both name one speaker.
    fn agrees(&self) -> bool {
        let (a, b) = (&self.quotes.0.speakers, &self.quotes.1.speakers);
        a.iter().any(|x| b.iter().any(|y| same_name(x, y)))
    }
}

/// `path`: PolNeAR's train part; the articles of outlets are read from beside it, where they are.
pub(super) fn measure(bench: &Bench<'_>, path: &Path) -> Result<SetResult, LearnError> {
    let mut rows: Vec<Row> = jsonl(path)?;
    let data = path.parent().and_then(Path::parent);
    if let Some(more) = data.and_then(|dir| find(dir, "outlets/articles", "jsonl.gz")) {
        rows.extend(jsonl::<Row>(&more)?);
    }
    let quotes: Vec<Vec<Quote>> = parallel::map(&rows, |row| quotes(bench, row));
    let pairs = pairs(&rows, &quotes);
    let mut result = SetResult::new(
        "Identical quotations in articles of two outlets: do the speakers agree",
        rows.len(),
    );
    // One event is one group: the pairs of an article hang together.
    let groups: Vec<usize> = super::grouped(pairs.iter().map(|p| p.articles.0.id.as_str()));
    let share = |named: bool, places: &[usize]| {
        let asked: Vec<usize> =
            places.iter().copied().filter(|&p| !named || pairs[p].named()).collect();
        let agree = asked.iter().filter(|&&p| pairs[p].agrees()).count();
        agree as f64 / asked.len().max(1) as f64
    };
    if !pairs.is_empty() {
        result.figure_within("agree, of all pairs", &groups, &[], |p| share(false, p));
        result.figure_within("agree, where both are named", &groups, &[], |p| share(true, p));
    }
    result.notes.push(format!(
        "{} pairs of quotations of {LONG} words or more; the tagger was fitted on PolNeAR's train part",
        pairs.len()
    ));
    result.by_outlet = Some(listed(&pairs));
    Ok(result)
}

/// Quotations of some length in an article, each with its speakers.
fn quotes(bench: &Bench<'_>, row: &Row) -> Vec<Quote> {
    let document = Document::new(&row.text);
    let marks = bench.scorer.mark(&Article::from_text(&row.id, &row.text), &document);
    let long = marks.layer(Layer::Quote).iter().filter(|q| q.class != "nested");
    let quote = |span: crate::text::Span| {
        let words: Vec<Word> = document
            .tokens_within(span)
            .filter(|&t| document.tokens[t].is_word())
            .map(|t| document.tokens[t].word)
            .collect();
        let said = marks.attributions.iter().find(|a| a.content.iter().any(|c| c.overlaps(span)));
        Quote {
            words,
            text: span.slice(&row.text).to_owned(),
            speakers: said.map(|a| a.speakers.clone()).unwrap_or_default(),
        }
    };
    long.map(|q| quote(q.span)).filter(|q| q.words.len() >= LONG).collect()
}

/// The pairs of articles of two outlets that quote the same words, each pair of articles once, by its longest quotation.
fn pairs<'a>(rows: &'a [Row], quotes: &'a [Vec<Quote>]) -> Vec<Pair<'a>> {
    let mut by_words: BTreeMap<&[Word], Vec<(usize, usize)>> = BTreeMap::new();
    for (article, quotes) in quotes.iter().enumerate() {
        for (place, quote) in quotes.iter().enumerate() {
            by_words.entry(&quote.words).or_default().push((article, place));
        }
    }
    let mut best: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for holders in by_words.values().filter(|h| (2..=COMMON).contains(&h.len())) {
        for (at, &(a, x)) in holders.iter().enumerate() {
            for &(b, y) in &holders[at + 1..] {
                if rows[a].outlet == rows[b].outlet {
                    continue;
                }
                let held = best.entry((a, b)).or_insert((x, y));
                if quotes[a][x].words.len() > quotes[a][held.0].words.len() {
                    *held = (x, y);
                }
            }
        }
    }
    let pair = |((a, b), (x, y)): ((usize, usize), (usize, usize))| Pair {
        articles: (&rows[a], &rows[b]),
        quotes: (&quotes[a][x], &quotes[b][y]),
    };
    best.into_iter().map(pair).collect()
}

/// The pairs that do not agree, to be read: every second one, so that the other half stays unread.
fn listed(pairs: &[Pair<'_>]) -> Table {
    let mut table = Table::new(
        "Pairs that do not agree (even places; the rest is not to be read)",
        &["article", "speakers", "other article", "its speakers", "words"],
    );
    let told = |speakers: &[String]| {
        if speakers.is_empty() { "-".to_owned() } else { speakers.join("; ") }
    };
    let even = pairs.iter().step_by(2).filter(|p| !p.agrees()).take(LISTED);
    for pair in even {
        table.row(vec![
            pair.articles.0.id.clone(),
            told(&pair.quotes.0.speakers),
            pair.articles.1.id.clone(),
            told(&pair.quotes.1.speakers),
            pair.quotes.0.text.chars().take(60).collect(),
        ]);
    }
    table
}

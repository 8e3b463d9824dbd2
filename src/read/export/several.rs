//! What looks like several articles and is no form that is read here.

use super::super::date::iso;
use std::collections::BTreeMap;

/// What a labelled line tells. Two kinds that come again and again are the heads of articles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Title,
    Date,
    Other,
}

/// Labels as exports name fields, in lower case.
const LABELS: &[(Kind, &[&str])] = &[
    (Kind::Title, &["title", "headline", "titre", "titel", "titolo", "título", "article title"]),
    (
        Kind::Date,
        &[
            "date",
            "publication date",
            "published",
            "pub date",
            "fecha de publicación",
            "date de publication",
            "publikationsdatum",
            "datum",
            "fecha",
            "load-date",
            "day",
        ],
    ),
    (
        Kind::Other,
        &[
            "byline",
            "author",
            "authors",
            "author(s)",
            "publication details",
            "gale document number",
            "título de publicación",
            "titre de la publication",
            "publikationstitel",
            "source",
            "publication",
            "publication title",
            "newspaper",
            "section",
            "length",
            "outlet",
            "auteur",
            "autor",
            "quelle",
            "rubrique",
            "fuente",
            "words",
            "word count",
            "url",
            "copyright",
            "accession number",
            "document number",
            "language",
        ],
    ),
];

/// Lines in front of the first label do not count; so few labels may be an article's own.
const TIMES: usize = 2;

/// The reason to reject a text that holds several articles.
pub(in crate::read) fn reason(text: &str) -> Option<String> {
    let articles = heads(text).max(numbers(text)).max(bylines(text));
    (articles >= TIMES).then(|| {
        format!(
            "looks like {articles} articles in one file, in a form that is not read here: export \
             it as one of docs/formats.md, or give each article a file, a line of JSONL or a row \
             of CSV"
        )
    })
}

/// How often a title and another field come again.
fn heads(text: &str) -> usize {
    let mut counts: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    for line in text.lines() {
        let Some((label, value)) = line.split_once(':') else { continue };
        let label = label.trim();
        if label.len() > 30 || value.trim().is_empty() {
            continue;
        }
        let lower = label.to_lowercase();
        for (kind, labels) in LABELS {
            if let Some(label) = labels.iter().find(|known| **known == lower) {
                *counts.entry((*kind, label)).or_default() += 1;
            }
        }
    }
    let most = |wanted: Kind| {
        counts.iter().filter(|((kind, _), _)| *kind == wanted).map(|(_, n)| *n).max().unwrap_or(0)
    };
    let [title, date, other] = [Kind::Title, Kind::Date, Kind::Other].map(most);
    // Two of the three: a list of events has dates and places, and no titles.
    title.min(date.max(other))
}

/// How often a line of an author stands beside one of a date: "By Ana Dorn", "March 5, 2031".
fn bylines(text: &str) -> usize {
    /// Lines between author and date.
    const APART: usize = 3;
    /// Longest line of an author or a date, bytes.
    const SHORT: usize = 60;
    let is_author = |line: &str| {
        let name = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "));
        name.is_some_and(|name| {
            let words = name.split_whitespace().count();
            (2..=8).contains(&words)
                && name.starts_with(char::is_uppercase)
                && !name.ends_with(['.', '?', '!', ':'])
        })
    };
    let is_date = |line: &str| {
        line.bytes().any(|b| b.is_ascii_digit()) && !line.ends_with('.') && iso(line).is_some()
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate();
    let (mut author, mut date, mut count): (Option<usize>, Option<usize>, usize) = (None, None, 0);
    for (at, line) in lines.filter(|(_, line)| line.len() <= SHORT) {
        if is_author(line) {
            author = Some(at);
        } else if is_date(line) {
            date = Some(at);
        } else {
            continue;
        }
        if author.zip(date).is_some_and(|(a, d)| a.abs_diff(d) <= APART) {
            (author, date) = (None, None);
            count += 1;
        }
    }
    count
}

/// How many lines number the articles: "Document 1 of 10", "Article 2/10", "[3 of 10 articles]".
fn numbers(text: &str) -> usize {
    let numbered = |line: &str| {
        let lower =
            line.trim().trim_matches(['[', ']', '(', ')', '-', '=', '*', ' ']).to_lowercase();
        if lower.len() > 40 {
            return None;
        }
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let is = |word: &str, known: &[&str]| known.contains(&word);
        const THINGS: &[&str] = &[
            "article",
            "articles",
            "document",
            "documents",
            "dokument",
            "dokumente",
            "story",
            "item",
            "record",
            "documento",
            "artikel",
            "articolo",
            "result",
        ];
        const OF: &[&str] = &["of", "von", "de", "di", "sur", "van"];
        let number = |word: &str| word.parse::<usize>().ok();
        match words.as_slice() {
            [thing, n, of, all] | [n, of, all, thing] if is(thing, THINGS) && is(of, OF) => {
                Some((number(n)?, number(all)?))
            }
            [thing, n, all] if is(thing, THINGS) && lower.contains('/') => {
                Some((number(n)?, number(all)?))
            }
            _ => None,
        }
    };
    let counted: Vec<(usize, usize)> = text.lines().filter_map(numbered).collect();
    counted.iter().filter(|(n, all)| n <= all && Some(*all) == counted.first().map(|c| c.1)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_articles_are_told_by_their_heads_or_numbers() {
        let article = |n: usize| format!("It was a quiet day at the quay, {n} boats came in.\n\n");
        for (name, head) in [
            ("labels", "Title: Quay shut\nDate: March 5, 2031\n\n"),
            ("other labels", "HEADLINE: Quay shut\n\nBYLINE: Ana Dorn\n\n"),
            ("French", "Titre : Le quai ferme\nAuteur : Ana Dorn\n\n"),
            ("Spanish", "Título: El muelle\n\nTítulo de publicación: Norby\n\n"),
            ("no space", "Title:Quay shut\nAuthor(s):Ana Dorn\n\n"),
            ("authors and dates", "Quay shut\nBy Ana Dorn\nNorby Times\nMarch 5, 2031\n\n"),
            ("dates and authors", "Quay shut\n\n5 March 2031\n\nBy Ana Dorn and Pia Holm\n\n"),
            ("numbers", "Article # of 3\n\n"),
            ("numbers in brackets", "[# of 3 articles]\n\n"),
            ("numbers with a stroke", "--- Document #/3 ---\n\n"),
        ] {
            let text: String =
                (1..4).map(|n| head.replace('#', &n.to_string()) + &article(n)).collect();
            let told = reason(&text).unwrap_or_else(|| panic!("{name}"));
            assert!(told.contains("3 articles") && told.contains("JSONL"), "{name}: {told}");
        }
    }

    #[test]
    fn one_article_is_not_several() {
        for (name, text) in [
            ("its own head", "Title: Quay shut\nDate: March 5, 2031\nAuthor: Ana Dorn\n\nText."),
            ("events", "Date: 5 May\nPlace: Quay\n\nDate: 6 May\nPlace: Hall\n\nDate: 7 May"),
            ("an interview", "Source: We left.\nDate: none.\nSource: We came back.\n"),
            ("a number", "Article 5 of 12\n\nThe treaty says so. Article 7 of 12 says more."),
            (
                "one author, several dates",
                "Quay\nBy Ana Dorn\nMarch 5, 2031\nUpdated March 6, 2031\n\nIt.",
            ),
            (
                "sentences",
                "By Monday, March 5, 2031\nIt rained.\n\nBy noon of March 6, 2031.\nIt shone.",
            ),
            ("empty labels", "Title:\nDate:\nTitle:\nDate:\n"),
        ] {
            assert_eq!(reason(text), None, "{name}");
        }
    }
}

//! When an article was published: what the page's data say, what it shows, what its address holds.

use super::block::Blocks;
use super::byline::{SHOWN, elsewhere};
use super::linked_data::LinkedData;
use super::metadata::{Seen, folded, words};
use super::tag::Tag;
use super::tree::{Id, Name};

/// Meta tags that give the date of publication.
const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "publication_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_at",
    "pubdate",
    "pdate",
    "ptime",
    "article_date_original",
    "article.published",
    "displaydate",
    "date",
    "creation_date",
    "rnews:datepublished",
];
/// Longest line that is searched for a date, words.
const DATE_WORDS: u32 = 14;

/// How far under the headline its date may stand, lines.
const LINES_UNDER: usize = 12;

/// The date that data, tags or the address give.
pub(super) fn date(seen: &Seen<'_>, data: &LinkedData, url: Option<&str>) -> Option<String> {
    let named = data.published.iter().cloned().chain(seen.all(DATES)).find(|d| dated(d));
    let shown = || {
        let published = seen.elements(|_, name, value| {
            name == Name::Itemprop && value.eq_ignore_ascii_case("datePublished")
                || name == Name::Class
                    && value
                        .split_whitespace()
                        .any(|c| matches!(c, "published" | "entry-date" | "dt-published"))
        });
        let times = seen.elements(|tag, name, _| tag == Tag::Time && name == Name::Datetime);
        let (published, times) = (
            published.take(SHOWN).filter(|id| !elsewhere(seen.tree, *id)),
            times.take(SHOWN).filter(|id| !elsewhere(seen.tree, *id)),
        );
        let value = |id: Id| {
            seen.tree
                .attributes(id)
                .find(|(n, _)| matches!(n, Name::Datetime | Name::Content))
                .map_or_else(|| folded(&seen.tree.text_of(id)), |(_, v)| folded(v))
        };
        published.chain(times).map(value).find(|d| dated(d) && d.len() < 60)
    };
    named.or_else(shown).or_else(|| url.and_then(date_in_address))
}

/// A date in one of the short lines under the headline.
pub(super) fn date_under(blocks: &Blocks, title: &str) -> Option<String> {
    let title = words(title);
    let headline = blocks
        .list
        .iter()
        .rposition(|b| b.words as usize <= title.len() + 2 && words(blocks.text(b)) == title)?;
    let under = blocks.list.iter().skip(headline + 1).take(LINES_UNDER);
    under.filter(|b| b.words <= DATE_WORDS).find_map(|b| date_in_line(blocks.text(b)))
}

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// "19 November 2031", "Nov. 19, 2031" in a short line: the words of the date.
fn date_in_line(text: &str) -> Option<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let number = |w: &str| w.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let bare = |w: &str| {
        w.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, ',' | '.' | 't' | 'h' | 's' | 'n' | 'd' | 'r' | '(' | ')')
        })
    };
    all.windows(3).find_map(|w| {
        if !bare(w[2]) || !number(w[2]).is_some_and(|y| (1990..2100).contains(&y)) {
            return None;
        }
        let (day, month) = if number(w[0]).is_some() { (w[0], w[1]) } else { (w[1], w[0]) };
        let month = month.to_lowercase();
        let named = MONTHS.iter().any(|m| month.starts_with(m)) && month.len() <= 10;
        (named && bare(day) && number(day).is_some_and(|d| (1..=31).contains(&d)))
            .then(|| w.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
    })
}

/// Does it hold a year, and more than that?
fn dated(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let year = text.as_bytes().windows(4).any(|w| {
        matches!(w, [b'1', b'9', ..] | [b'2', b'0', ..]) && w.iter().all(u8::is_ascii_digit)
    });
    year && digits >= 5
}

/// `/2031/05/02/` or `/2031-05-02/` in an address.
fn date_in_address(url: &str) -> Option<String> {
    let parts: Vec<&str> = url.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|p| {
        let number =
            |s: &str, len: usize| (s.len() == len).then(|| s.parse::<u32>().ok()).flatten();
        let (y, m, d) = (number(p[0], 4)?, number(p[1], 2)?, number(p[2], 2)?);
        ((1990..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d))
            .then(|| format!("{y:04}-{m:02}-{d:02}"))
    })
}

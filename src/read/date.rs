//! Dates as sources write them, to ISO 8601.
//!
//! Every reader leaves [`Article::date`] as it found it; [`normalise`] is applied to whatever was
//! read. The calendar is jiff's. The crates that parse written dates (dateparser, interim) know
//! English only, and guess where a date can be read in two ways.

use crate::article::Article;
use jiff::civil::{self, DateTime};
use jiff::{Timestamp, tz::Offset};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Longest text that is taken for a date, bytes: a date, a time and the name of an edition.
const LONGEST: usize = 120;

/// Years in which articles may have been published.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2200;

/// Gives an article's date as ISO 8601. A date that is not understood stays, with a warning.
pub(super) fn normalise(article: &mut Article) {
    let Some(date) = article.date.take() else { return };
    let written = date.trim();
    if written.is_empty() {
        return;
    }
    let known = iso(written);
    if known.is_none() {
        let shown: String = written.chars().take(60).collect();
        article.warnings.push(format!("the date {shown:?} is not understood (give YYYY-MM-DD)"));
    }
    article.date = Some(known.unwrap_or_else(|| written.to_owned()));
}

/// A written date as ISO 8601: a day, a day with its time, or a month where no day is given.
/// `None` for what is no date, and for a date that can be read in two ways ("03/05/2019").
pub(super) fn iso(written: &str) -> Option<String> {
    let text = written.trim();
    if text.len() > LONGEST {
        return None;
    }
    if is_iso(text) {
        return Some(text.to_owned());
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.to_string());
    }
    let tokens = tokens(text);
    if let [Token::Number(digits)] = tokens.as_slice() {
        return packed(digits);
    }
    let (day, timed) = numeric(&tokens)
        .map(|day| (day, true))
        .or_else(|| named(&tokens).map(|day| (day, false)))?;
    let Day::Whole(date) = day else { return Some(day.to_string()) };
    match time(&tokens) {
        Some((time, Some(zone))) => Some(format!("{date}T{time}{}", offset(zone))),
        // Behind a date in words, a time without a zone is as good as none.
        Some((time, None)) if timed => Some(format!("{date}T{time}")),
        _ => Some(date.to_string()),
    }
}

/// Is a word, or the first of several, a day of the week?
pub(super) fn is_weekday(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    WORDS.weekdays.contains(&word)
}

/// Already as ISO 8601 has it: such a date is given on byte for byte.
fn is_iso(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit))
    };
    let extended = digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7);
    match bytes.len() {
        4 => text.parse().is_ok_and(|year| YEARS.contains(&year)),
        7 => extended && (1..=12).contains(&text[5..].parse().unwrap_or(0)),
        10 => extended && text.parse::<civil::Date>().is_ok(),
        _ => {
            extended
                && bytes.get(10) == Some(&b'T')
                && (text.parse::<Timestamp>().is_ok() || text.parse::<DateTime>().is_ok())
        }
    }
}

/// A day, or a month of which no day is told.
enum Day {
    Whole(civil::Date),
    Month(i16, i8),
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Day::Whole(date) => write!(f, "{date}"),
            Day::Month(year, month) => write!(f, "{year:04}-{month:02}"),
        }
    }
}

fn day(year: &str, month: i8, day: &str) -> Option<civil::Date> {
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    civil::Date::new(year, month, day.parse().ok()?).ok()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Number(&'t str),
    Word(&'t str),
    Mark(char),
}

/// Numbers, words and marks; white space is left out.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let end = if first.is_ascii_digit() {
            let end = run(|c| c.is_ascii_digit());
            out.push(Token::Number(&rest[..end]));
            end
        } else if first.is_alphabetic() {
            let end = run(char::is_alphabetic);
            out.push(Token::Word(&rest[..end]));
            end
        } else {
            out.extend((!first.is_whitespace()).then_some(Token::Mark(first)));
            first.len_utf8()
        };
        rest = &rest[end..];
    }
    out
}

/// Digits only: YYYYMMDD, the same with a time, or seconds or milliseconds since 1970.
fn packed(digits: &str) -> Option<String> {
    let date = || {
        let month = digits.get(4..6)?.parse().ok()?;
        day(digits.get(..4)?, month, digits.get(6..8)?)
    };
    let since_1970 = |moment: Result<Timestamp, jiff::Error>| moment.ok().map(|m| m.to_string());
    match digits.len() {
        8 => date().map(|date| date.to_string()),
        12 | 14 => {
            let part = |at: usize| digits.get(at..at + 2).unwrap_or("0").parse().ok();
            let time = civil::Time::new(part(8)?, part(10)?, part(12)?, 0).ok()?;
            date().map(|date| format!("{date}T{time}"))
        }
        // Ten digits may be a date with its hour, too; then nobody can tell.
        10 if date().is_none() => since_1970(Timestamp::from_second(digits.parse().ok()?)),
        13 => since_1970(Timestamp::from_millisecond(digits.parse().ok()?)),
        _ => None,
    }
}

/// A date in numbers at the beginning: year first, or day and month where they tell themselves
/// apart.
fn numeric(tokens: &[Token<'_>]) -> Option<Day> {
    let [Token::Number(a), first, Token::Number(b), second, Token::Number(c), ..] = tokens else {
        return None;
    };
    let small = |n: &str| n.parse::<i8>().ok().filter(|_| n.len() <= 2);
    match (first, second) {
        (Token::Word("年"), Token::Word("月")) => day(a, small(b)?, c).map(Day::Whole),
        (Token::Mark(x), Token::Mark(y)) if x == y && matches!(x, '-' | '/' | '.') => {
            let (month, other) = (small(b)?, small(a));
            let found = match other {
                _ if a.len() == 4 => day(a, month, c),
                // Where dots part the numbers, the day comes first.
                _ if *x == '.' => day(c, month, a),
                Some(other) if month > 12 && other <= 12 => day(c, other, b),
                Some(other) if other > 12 && month <= 12 || other == month => day(c, month, a),
                _ => None,
            };
            found.map(Day::Whole)
        }
        _ => None,
    }
}

/// A date with the name of its month, wherever it stands: weekdays and editions may surround it.
fn named(tokens: &[Token<'_>]) -> Option<Day> {
    let is_part = |token: &&Token<'_>| match token {
        Token::Word(word) => !WORDS.fillers.contains(&word.to_lowercase()),
        Token::Number(_) => true,
        Token::Mark(_) => false,
    };
    let parts: Vec<Token<'_>> = tokens.iter().filter(is_part).copied().collect();
    let whole = parts.windows(3).find_map(|parts| match *parts {
        [Token::Number(d), Token::Word(m), Token::Number(y)]
        | [Token::Word(m), Token::Number(d), Token::Number(y)]
            if d.len() <= 2 && y.len() == 4 =>
        {
            day(y, month(m)?, d)
        }
        [Token::Number(y), Token::Word(m), Token::Number(d)] if y.len() == 4 && d.len() <= 2 => {
            day(y, month(m)?, d)
        }
        _ => None,
    });
    whole.map(Day::Whole).or_else(|| match *parts.as_slice() {
        [Token::Word(m), Token::Number(y)] if y.len() == 4 => {
            let year = y.parse().ok().filter(|year| YEARS.contains(year))?;
            Some(Day::Month(year, month(m)?))
        }
        _ => None,
    })
}

fn month(word: &str) -> Option<i8> {
    WORDS.months.get(&word.to_lowercase()).copied()
}

/// The first time of day, and its zone in minutes east of Greenwich where that is told.
fn time(tokens: &[Token<'_>]) -> Option<(civil::Time, Option<i32>)> {
    let at = tokens.windows(3).position(|w| {
        matches!(w, [Token::Number(h), Token::Mark(':'), Token::Number(m)] if h.len() <= 2 && m.len() == 2)
    })?;
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(digits)) => digits.parse::<i8>().ok(),
        _ => None,
    };
    let (mut hour, minute) = (number(at)?, number(at + 2)?);
    let mut rest = at + 3;
    let mut second = 0;
    if tokens.get(rest) == Some(&Token::Mark(':')) {
        second = number(rest + 1)?;
        rest += 2;
        if let (Some(Token::Mark('.')), Some(Token::Number(_))) =
            (tokens.get(rest), tokens.get(rest + 1))
        {
            rest += 2;
        }
    }
    if let Some(Token::Word(half)) = tokens.get(rest) {
        match half.to_ascii_lowercase().as_str() {
            "am" if hour == 12 => hour = 0,
            "pm" if hour < 12 => hour += 12,
            "am" | "pm" => {}
            _ => rest -= 1,
        }
        rest += 1;
    }
    let time = civil::Time::new(hour, minute, second, 0).ok()?;
    Some((time, zone(&tokens[rest..])))
}

fn zone(tokens: &[Token<'_>]) -> Option<i32> {
    match *tokens {
        [Token::Mark(sign @ ('+' | '-')), Token::Number(digits), ref rest @ ..] => {
            let (hours, minutes) = match (digits.len(), rest) {
                (4, _) => digits.split_at(2),
                (1 | 2, [Token::Mark(':'), Token::Number(minutes), ..]) => (digits, *minutes),
                (1 | 2, _) => (digits, "0"),
                _ => return None,
            };
            let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
            let minutes = if sign == '-' { -minutes } else { minutes };
            Offset::from_seconds(minutes * 60).ok().map(|_| minutes)
        }
        [Token::Mark('('), ref rest @ ..] => zone(rest),
        [Token::Word(name), ref rest @ ..] => {
            let known = WORDS.zones.get(&name.to_lowercase()).copied()?;
            // "GMT+2" is two hours from Greenwich.
            Some(if known == 0 { zone(rest).unwrap_or(0) } else { known })
        }
        _ => None,
    }
}

fn offset(minutes: i32) -> String {
    if minutes == 0 {
        return "Z".to_owned();
    }
    let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

struct Words {
    months: BTreeMap<String, i8>,
    fillers: Vec<String>,
    weekdays: Vec<String>,
    zones: BTreeMap<String, i32>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        names: Vec<String>,
        fillers: String,
        weekdays: String,
        zones: BTreeMap<String, i32>,
    }
    let file: File = toml::from_str(include_str!("months.toml")).expect("a test reads it");
    let months = (1..).zip(&file.names).flat_map(|(number, names)| {
        names.split_whitespace().map(move |name| (name.to_owned(), number))
    });
    let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
    Words {
        months: months.collect(),
        fillers: words(&file.fillers),
        weekdays: words(&file.weekdays),
        zones: file.zones,
    }
});

#[cfg(test)]
mod tests;

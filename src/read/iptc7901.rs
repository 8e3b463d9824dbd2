//! IPTC 7901, the plain text that agencies send over the wire (dpa's and AFP's services use it), also where its control
//! characters were lost on the way.
//!
//! ```text
//! SOH source and number, priority, category, words, what else
//! slug/
//! STX headline =
//! text
//! ETX day and time, month and year
//! ```

use super::columns::add_targets;
use super::date::iso;
use super::decode::Decoder;
use super::nitf::author;
use super::row::Raw;
use super::{Format, Options, Row, Rows, Source};
use crate::article::{Article, LeftOut};
use std::sync::Arc;

/// IPTC 7901.
pub(super) const FORMAT: Format = Format {
    name: "iptc7901",
    doc: "IPTC 7901, agencies' plain text with its head and its control characters",
    endings: &[".iptc"],
    matches: |_, head| looks_like_it(head),
    read,
};

const SOH: char = '\x01';
const STX: char = '\x02';
const ETX: char = '\x03';

/// Lines in which a headline ends, counted from its first.
const HEADLINE: usize = 8;

/// The fields of a message's first line.
struct Message<'m> {
    /// Source and number: "eca062".
    id: &'m str,
    /// What else it holds: keywords, the service, its number.
    more: Vec<&'m str>,
}

fn message(line: &str) -> Option<Message<'_>> {
    let mut parts = line.split_whitespace();
    let id = parts.next()?;
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &id[letters..];
    let is_number = |s: &str, most: usize| {
        (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    let category = |s: &str| s.len() <= 3 && s.bytes().all(|b| b.is_ascii_alphabetic());
    let known = (2..=4).contains(&letters)
        && (3..=4).contains(&digits.len())
        && is_number(digits, 4)
        && is_number(parts.next()?, 1)
        && category(parts.next()?)
        && is_number(parts.next()?, 5);
    known.then(|| Message { id, more: parts.collect() })
}

fn looks_like_it(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(|c: char| c.is_control() || c.is_whitespace());
    let mut lines = text.lines();
    lines.next().and_then(message).is_some()
        && (head.contains(&(SOH as u8))
            || head.contains(&(STX as u8))
            || lines.take(HEADLINE + 4).any(|line| line.trim_end().ends_with(" =")))
}

fn read(mut source: Source, options: Arc<Options>) -> Rows {
    let bytes = match source.whole(options.longest()) {
        Ok(bytes) => bytes,
        Err(reject) => {
            let place = source.place(None, None);
            return Box::new(std::iter::once_with(move || Row::none(reject, place)));
        }
    };
    let (text, warning) = Decoder::new().decode_owned(bytes);
    let warnings: Vec<String> = source.warning.iter().cloned().chain(warning).collect();
    let messages: Vec<(u64, String)> = messages(&text);
    Box::new(messages.into_iter().map(move |(line, text)| {
        let place = source.place(Some(line), None);
        let (options, warnings) = (Arc::clone(&options), warnings.clone());
        Row::new(place.clone(), Raw::of(text.as_bytes()), move || {
            let Some(mut article) = article(&text) else {
                return Err(place.reject(None, "holds no text").with_raw(&text));
            };
            let named = place.article((!article.id.is_empty()).then_some(article.id));
            (article.id, article.source, article.warnings) = (named.id, named.source, warnings);
            add_targets(&mut article, &options);
            Ok(article)
        })
    }))
}

/// The messages of a file, each with the line on which it begins.
fn messages(text: &str) -> Vec<(u64, String)> {
    let mut out = Vec::new();
    let mut line = 1;
    for part in text.split(SOH) {
        let blank = part.len() - part.trim_start().len();
        let lines = |s: &str| s.bytes().filter(|b| *b == b'\n').count() as u64;
        if !part.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            out.push((line + lines(&part[..blank]), part.trim_start().to_owned()));
        }
        line += lines(part);
    }
    out
}

fn article(text: &str) -> Option<Article> {
    let text = text.trim_start_matches(|c: char| c.is_control() || c.is_whitespace());
    let (first, rest) = text.split_once('\n')?;
    let message = message(first)?;
    let (rest, end) = rest.split_once(ETX).unwrap_or_else(|| cut_at_date(rest));
    let (slug, rest) = rest.split_once(STX).unwrap_or_else(|| cut_at_slug(rest));
    let lines: Vec<&str> = rest.lines().collect();
    let head = headline(&lines);
    let (body, notes) = lines[head.lines..].split_at(notes(&lines[head.lines..]));
    let text = paragraphs(body);
    let words = notes.iter().flat_map(|line| line.split_whitespace()).count();
    let left_out = LeftOut { reason: "editorial-note", blocks: 1, words };
    (!text.is_empty()).then(|| Article {
        id: message.id.to_owned(),
        outlet: service(&message).or_else(|| agency(&text)),
        title: head.title.or_else(|| one_line(slug.lines())),
        byline: head.byline,
        date: date(end),
        left_out: if words > 0 { vec![left_out] } else { Vec::new() },
        text,
        ..Article::default()
    })
}

/// Without control characters: slug lines end with a stroke.
fn cut_at_slug(rest: &str) -> (&str, &str) {
    let body = rest.trim_start();
    let line = body.lines().next().unwrap_or_default();
    if line.trim_end().ends_with('/') { body.split_at(line.len()) } else { ("", body) }
}

/// Without control characters: the last line is the date.
fn cut_at_date(rest: &str) -> (&str, &str) {
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let at = rest.rfind('\n').map_or(0, |at| at + 1);
    if date(&rest[at..]).is_some() { rest.split_at(at) } else { (rest, "") }
}

struct Headline {
    title: Option<String>,
    byline: Option<String>,
    /// Lines that it takes.
    lines: usize,
}

/// The lines up to the one that ends with "=", among them the author's; without one the first line before a blank one.
fn headline(lines: &[&str]) -> Headline {
    let blank = lines.iter().take_while(|line| line.trim().is_empty()).count();
    let ends = |line: &&str| line.trim_end().ends_with('=');
    let end = lines[blank..].iter().take(HEADLINE).position(ends);
    let taken = match end {
        Some(end) => blank + end + 1,
        None if lines.get(blank + 1).is_some_and(|line| line.trim().is_empty()) => blank + 1,
        None => return Headline { title: None, byline: None, lines: 0 },
    };
    let is_byline = |line: &&str| line.trim_start().get(..3).is_some_and(|by| by == "By ");
    let (by, title): (Vec<&str>, Vec<&str>) =
        lines[blank..taken].iter().copied().partition(|line| is_byline(line));
    let clean = |line: String| line.trim_end_matches(['=', ' ']).to_owned();
    Headline {
        title: one_line(title.into_iter()).map(clean),
        byline: one_line(by.into_iter()).and_then(|by| author(&by)),
        lines: taken,
    }
}

fn one_line<'l>(lines: impl Iterator<Item = &'l str>) -> Option<String> {
    let line = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Where the agency's own notes begin, which are not for publication.
fn notes(lines: &[&str]) -> usize {
    let begins = |line: &&str| {
        let line = line.trim().to_ascii_lowercase();
        (line.starts_with('#') && line.contains("notebook"))
            || line == "* * * *"
            || line.starts_with("the following information is not")
    };
    lines.iter().position(begins).unwrap_or(lines.len())
}

/// Paragraphs begin after a blank line or with an indented one; their lines are joined, but for those of a table.
fn paragraphs(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut fresh = true;
    for line in lines {
        let text = line.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if text.is_empty() {
            fresh = true;
            continue;
        }
        let table = text.contains("    ") || text.contains('\t');
        fresh |= line.starts_with("  ") || line.starts_with('\t');
        if !out.is_empty() {
            out.push_str(match (fresh, table) {
                (true, _) => "\n\n",
                (false, true) => "\n",
                (false, false) => " ",
            });
        }
        out.push_str(text);
        fresh = false;
    }
    out
}

/// The service of the head ("dpa-tns 0908"): its letters up to a stroke.
fn service(message: &Message<'_>) -> Option<String> {
    let at = message.more.iter().rposition(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
    let name = message.more.get(at.checked_sub(1)?)?.split(['-', '/']).find(|s| !s.is_empty())?;
    (name.len() >= 2 && name.chars().all(char::is_alphabetic)).then(|| name.to_owned())
}

/// The agency in the dateline: "Berlin (dpa) - ".
fn agency(text: &str) -> Option<String> {
    let line = text.lines().next()?;
    let (_, rest) = line.split_once('(')?;
    let (name, after) = rest.split_once(')')?;
    let is_dateline = after.trim_start().starts_with(['-', '–', '—']) && name.len() < 20;
    is_dateline.then(|| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// "131137 GMT Nov 13": the day, the time, its zone, the month, the year.
fn date(end: &str) -> Option<String> {
    let mut parts = end.split_whitespace();
    let stamp = parts.next().filter(|s| s.len() == 6 && s.bytes().all(|b| b.is_ascii_digit()))?;
    let mut rest: Vec<&str> = parts.filter(|p| !p.chars().all(char::is_control)).collect();
    let zone = match rest.first()?.to_ascii_uppercase().as_str() {
        "GMT" | "UTC" | "Z" => "Z",
        _ => "",
    };
    if rest.len() > 2 {
        rest.remove(0);
    }
    let [month, year, ..] = rest.as_slice() else { return None };
    let year = match year.len() {
        2 => format!("20{year}"),
        _ => (*year).to_owned(),
    };
    let day = iso(&format!("{} {month} {year}", &stamp[..2])).filter(|day| day.len() == 10)?;
    Some(format!("{day}T{}:{}:00{zone}", &stamp[2..4], &stamp[4..]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{known_as, read, read_one};
    use super::*;

    const WIRE: &str = "\x01nwa0062 4 i 211 ccccb   nwi 061\r\n\nNorby-harbour/\r\n\x02Norby's quay could close:\nboard warns of decay =\r\n\n   Norby (nwi) - The harbour board of Norby could close its\nquay, its chair warned Wednesday.\n\n   \"One cannot yet say,\" Ana Dorn\ntold nwi.\n\n# nwi NOTEBOOK\n\n* * * *\nThe following information is not for publication\n- Reporting by: Pia Holm\r\n\nnwi ph\r\n\r\n\x03131137 GMT Nov 13 \r\n\x7f\n\x7f\x04";

    #[test]
    fn a_message_is_an_article() {
        assert_eq!(known_as("x.txt", WIRE.as_bytes()), Some("iptc7901"));
        let article = read_one(FORMAT, WIRE.as_bytes()).expect("an article");
        assert_eq!(
            article.text,
            "Norby (nwi) - The harbour board of Norby could close its quay, its chair warned Wednesday.\n\n\"One cannot yet say,\" Ana Dorn told nwi."
        );
        assert_eq!(
            (article.id.as_str(), article.title.as_deref(), article.outlet.as_deref()),
            ("nwa0062", Some("Norby's quay could close: board warns of decay"), Some("nwi"))
        );
        assert_eq!(article.date.as_deref(), Some("2013-11-13T11:37:00Z"));
        assert_eq!((article.left_out[0].reason, article.byline), ("editorial-note", None));
    }

    #[test]
    fn the_author_stands_among_the_lines_of_the_headline() {
        let wire = "\x01nws0007 4 s 850  nwi-tns 0908\r\n\nFootball/\r\n\x02A game to remember\nBy Ida Berg, The Norby Courier =\r\n\nNorby (tc/nwi) - It was late.\n\nThey won.\r\n\x03211259 Nov 2018\r\n\x04";
        let article = read_one(FORMAT, wire.as_bytes()).expect("an article");
        assert_eq!(
            (article.title.as_deref(), article.byline.as_deref(), article.outlet.as_deref()),
            (Some("A game to remember"), Some("Ida Berg, The Norby Courier"), Some("nwi"))
        );
        assert_eq!(article.date.as_deref(), Some("2018-11-21T12:59:00"));
        assert_eq!(article.text, "Norby (tc/nwi) - It was late.\n\nThey won.");
    }

    #[test]
    fn control_characters_may_be_lost() {
        let plain: String = WIRE.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        assert_eq!(known_as("x.txt", plain.as_bytes()), Some("iptc7901"));
        let (whole, lost) = (read_one(FORMAT, WIRE.as_bytes()), read_one(FORMAT, plain.as_bytes()));
        let (whole, lost) = (whole.expect("an article"), lost.expect("an article"));
        assert_eq!((whole.text, whole.title), (lost.text, lost.title));
        assert_eq!((whole.date, whole.outlet), (lost.date, lost.outlet));
    }

    #[test]
    fn a_file_holds_several_messages() {
        let rows = read(FORMAT, format!("{WIRE}\n{}", WIRE.replace("0062", "0063")).as_bytes());
        let ids: Vec<&str> = rows.iter().flatten().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["nwa0062", "nwa0063"]);
    }

    #[test]
    fn plain_text_is_none_of_it() {
        for text in [
            "The board said 4 i 211 things.\n\nA line =\n",
            "nwa0062 4 i 211\n\nA plain text that begins so.\n",
            "abc123 went home.\x02\n",
            "",
        ] {
            assert_ne!(known_as("x.txt", text.as_bytes()), Some("iptc7901"), "{text}");
        }
        let odd = "\x01nwa0062 4 i 211\n\x02\x03";
        assert!(read_one(FORMAT, odd.as_bytes()).is_err());
    }

    #[test]
    fn outlets_dates_and_tables() {
        let outlet = |head: &str| message(head).and_then(|m| service(&m));
        assert_eq!(outlet("nwa062 4 i 211 NOR /NWI-AB12 nwi 12").as_deref(), Some("nwi"));
        assert_eq!(outlet("nwa062 4 i 211"), None);
        assert_eq!(agency("NORBY (Norwire) — The").as_deref(), Some("Norwire"));
        assert_eq!(date("311137 GMT Feb 13"), None, "no such day");
        assert_eq!(date("not a date"), None);
        assert_eq!(paragraphs(&["  A b", "c.", "x    1", "y    2"]), "A b c.\nx    1\ny    2");
    }
}

//! UTF-8 that was read as windows-1252 or Mac Roman and saved so: found, and mended on request.
//!
//! Only what is certain is touched: characters whose bytes in the wrong encoding are one character of UTF-8. The crate that
//! mends more (plsfix) also rewrites quotation marks, ligatures and widths and brings Unicode tables of many megabytes.

use crate::article::Article;
use crate::text::{Passage, Span};
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An encoding in which UTF-8 is read by mistake.
struct Wrong {
    name: &'static str,
    /// The byte of each character outside ASCII.
    bytes: BTreeMap<char, u8>,
    /// First two bytes of characters whose wrong reading nobody writes on purpose.
    certain: &'static [(u8, u8, u8)],
}

/// First byte, and the range of the second: punctuation, Latin letters, signs, emoji, the byte order mark.
const CERTAIN: &[(u8, u8, u8)] = &[
    (0xe2, 0x80, 0x86),
    (0xc2, 0xa0, 0xbf),
    (0xc3, 0x80, 0xbf),
    (0xf0, 0x9f, 0x9f),
    (0xef, 0xbb, 0xbf),
    (0xc5, 0x92, 0x93),
    (0xc5, 0xa0, 0xa1),
    (0xc5, 0xb8, 0xbe),
    (0xc4, 0x80, 0x8d),
];
/// Of Mac Roman only punctuation: "√©" may be a formula. Of Cyrillic and Central European too.
const PUNCTUATION: &[(u8, u8, u8)] = &[(0xe2, 0x80, 0x80)];

/// The name of ISO 8859-1, which the Web reads as windows-1252 and others do not.
const LATIN: &str = "ISO 8859-1";

static WRONG: LazyLock<[Wrong; 5]> = LazyLock::new(|| {
    let wrong = |encoding: &'static Encoding, certain| {
        let character = |byte: u8| {
            let (text, _) = encoding
                .decode_without_bom_handling(&[byte])
                .0
                .chars()
                .next()
                .map(|c| (c, byte))
                .unzip();
            text.map(|c| (c, byte))
        };
        let bytes = (0x80..=0xff).filter_map(character).collect();
        Wrong { name: encoding.name(), bytes, certain }
    };
    let latin = (0x80..=0xff).map(|byte| (char::from(byte), byte)).collect();
    [
        wrong(WINDOWS_1252, CERTAIN),
        wrong(MACINTOSH, PUNCTUATION),
        wrong(WINDOWS_1251, PUNCTUATION),
        wrong(WINDOWS_1250, PUNCTUATION),
        Wrong { name: LATIN, bytes: latin, certain: CERTAIN },
    ]
});

/// A wrongly read character: where it ends, and what was meant.
struct Found {
    end: usize,
    meant: char,
    /// What was read as what.
    told: (&'static str, &'static str),
}

/// Texts are mended as often as they were read wrongly, within reason.
const PASSES: usize = 3;

/// Says in the article's warnings that its text was read in a wrong encoding, or mends it.
pub(super) fn mend_or_tell(article: &mut Article, repair: bool) {
    if repair {
        let fields = [&mut article.title, &mut article.outlet, &mut article.byline];
        for field in fields.into_iter().flatten() {
            if let (_, Some(mended)) = mend(field) {
                *field = mended;
            }
        }
        if let (warning, Some(mended)) = mend(&article.text) {
            article.text = if article.passages.is_empty() { mended } else { in_pieces(article) };
            article.warnings.extend(warning);
        }
    } else {
        article.warnings.extend(tell(&article.text));
    }
}

/// The mended text of an article whose format told passages: each stretch between their ends is mended by itself, and the
/// passages are set to where it stands then.
fn in_pieces(article: &mut Article) -> String {
    let of = |passage: &Passage| [Some(passage.span), passage.by].into_iter().flatten();
    let mut ends: Vec<usize> =
        article.passages.iter().flat_map(of).flat_map(|s| [s.from(), s.to()]).collect();
    ends.push(article.text.len());
    ends.sort_unstable();
    ends.dedup();
    let mut out = String::with_capacity(article.text.len());
    let mut moved = BTreeMap::from([(0, 0)]);
    let mut at = 0;
    for end in ends {
        let piece = article.text.get(at..end).unwrap_or_default();
        out.push_str(mend(piece).1.as_deref().unwrap_or(piece));
        moved.insert(end, out.len());
        at = end;
    }
    let place = |span: Span| Span::new(moved[&span.from()], moved[&span.to()]);
    for passage in &mut article.passages {
        passage.span = place(passage.span);
        passage.by = passage.by.map(place);
    }
    out
}

/// The warning about a text that was read in a wrong encoding, or holds what is left of one.
pub(super) fn tell(text: &str) -> Option<String> {
    let all = places(text);
    let Some((at, found)) = all.first() else { return left(text) };
    let (right, wrong) = found.told;
    Some(format!(
        "{right} read as {wrong} in {} place{}, the first at byte {at} ({:?} for {:?}); --repair mends it",
        all.len(),
        if all.len() == 1 { "" } else { "s" },
        text.get(*at..found.end).unwrap_or_default(),
        found.meant,
    ))
}

/// What is left of characters, quotation marks above all, that were lost or written as escapes before: nothing here reads it.
const LEFT: &[(&str, &str)] = &[
    ("\u{fffd}", "characters that an earlier program could not read"),
    ("\\u20", "escapes of JSON"),
    ("\\x9", "escapes of bytes"),
    ("=E2=80=", "the quoted-printable form of mails"),
    ("&ldquo", "entities without their semicolon"),
    ("&rdquo", "entities without their semicolon"),
];

fn left(text: &str) -> Option<String> {
    let find = |sign: &str| {
        let mut all = text.match_indices(sign).map(|(at, _)| at);
        all.find(|at| !text[at + sign.len()..].starts_with(';'))
    };
    let found = LEFT.iter().find_map(|(sign, told)| Some((find(sign)?, *sign, *told)));
    let (at, sign, told) = found.or_else(|| {
        Some((question_marks(text)?, "?", "question marks in the place of other characters"))
    })?;
    Some(format!(
        "the text holds {told}, the first at byte {at} ({sign:?}), which were not read: quotation marks may be lost"
    ))
}

/// The first of several question marks that stand where no text has one: within a word ("won?t") and before one, behind a
/// space ("said ?we"). A program that knew no other characters wrote them.
fn question_marks(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let lost = |at: &usize| {
        let before = at.checked_sub(1).map(|n| bytes[n]);
        let opens = before.is_none_or(|b| b.is_ascii_whitespace() || b == b'?');
        // "example.org/?q", "a?b" of an address: not in prose.
        letter(at + 1) && (opens || before.is_some_and(|b| b.is_ascii_lowercase()))
    };
    let marks = text.match_indices('?').map(|(at, _)| at).filter(lost);
    let mut marks = marks.filter(|at| !in_address(text, *at));
    let first = marks.next()?;
    marks.next().map(|_| first)
}

/// Does the word around a place hold a slash or a dot within, as an address does?
fn in_address(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |n| n + 1);
    text[start..at].contains(['/', '.', '='])
}

/// The mended text, when there is something to mend, and the warning that says so.
pub(super) fn mend(text: &str) -> (Option<String>, Option<String>) {
    let mut mended: Option<String> = None;
    let mut count = 0;
    for _ in 0..PASSES {
        let now = mended.as_deref().unwrap_or(text);
        let all = places(now);
        if all.is_empty() {
            break;
        }
        count += all.len();
        let mut out = String::with_capacity(now.len());
        let mut at = 0;
        for (start, found) in all {
            out.push_str(&now[at..start]);
            if found.meant != '\u{feff}' {
                out.push(found.meant);
            }
            at = found.end;
        }
        out.push_str(&now[at..]);
        mended = Some(out);
    }
    let warning = mended
        .as_ref()
        .map(|_| format!("{count} characters were mended that had been read in a wrong encoding"));
    (warning, mended)
}

/// Every wrongly read character, in order. One look at each byte, and a few at each that can begin one.
fn places(text: &str) -> Vec<(usize, Found)> {
    let mut out = Vec::new();
    if text.is_ascii() {
        return out;
    }
    let mut at = 0;
    // "Ã", "â" and their like begin with one byte, "‚" of Mac Roman and "в" of Cyrillic with others, control characters with a third.
    while let Some(start) = text.as_bytes()[at..]
        .iter()
        .position(|b| matches!(b, 0xc2 | 0xc3 | 0xd0 | 0xe2))
        .map(|n| at + n)
    {
        match wrongly_read(text, start) {
            Some(found) => {
                at = found.end;
                out.push((start, found));
            }
            None => at = start + 1,
        }
    }
    out
}

fn wrongly_read(text: &str, start: usize) -> Option<Found> {
    let rest = text.get(start..)?;
    let found = WRONG.iter().find_map(|wrong| certain(wrong, rest)).or_else(|| lost(rest));
    let (length, meant, told) = found.or_else(|| control(rest))?;
    let end = start + rest.chars().take(length).map(char::len_utf8).sum::<usize>();
    Some(Found { end, meant, told })
}

/// How many characters stand for one, which, and what was read as what.
type Meant = (usize, char, (&'static str, &'static str));

/// Characters whose bytes in the wrong encoding are one character of UTF-8 that is certain.
fn certain(wrong: &Wrong, rest: &str) -> Option<Meant> {
    let mut chars = rest.chars();
    let first = *wrong.bytes.get(&chars.next()?)?;
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = vec![first];
    bytes.extend(chars.by_ref().take(length - 1).map_while(|c| wrong.bytes.get(&c)));
    let second = rest.chars().nth(1)?;
    // A control character that windows-1252 leaves undefined, read wrongly twice.
    let undefined = first == 0xc2 && second.is_control();
    let certain = undefined
        || wrong.certain.iter().any(|&(lead, low, high)| {
            lead == first && bytes.get(1).is_some_and(|b| (low..=high).contains(b))
        });
    if !certain {
        return None;
    }
    let meant =
        std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() == length)?.chars().next()?;
    // “AMANHÔ: a capital before a closing mark.
    let closes = length == 2 && rest.chars().nth(1).is_some_and(|c| "”’»".contains(c));
    let more = rest.chars().nth(2).is_some_and(char::is_alphabetic);
    (!closes || more).then_some((length, meant, ("UTF-8", wrong.name)))
}

/// The last byte of a closing mark has no character in windows-1252, and is lost now and then.
fn lost(rest: &str) -> Option<Meant> {
    let behind = rest.strip_prefix("â€")?;
    let length = 2 + usize::from(behind.starts_with('\u{fffd}'));
    Some((length, '”', ("UTF-8", WINDOWS_1252.name())))
}

/// A control character that no text has: a mark of windows-1252.
fn control(rest: &str) -> Option<Meant> {
    let c =
        rest.chars().next().filter(|c| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}'))?;
    let byte = u8::try_from(c as u32).ok()?;
    let meant = WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()?;
    (meant != c).then_some((1, meant, (WINDOWS_1252.name(), LATIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "“We won’t close the café,” Zoë Dorn said — “not now…” It cost £5 🦊. Žižek, œuvre.";

    fn wrong(encoding: &'static Encoding, text: &str) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn texts_of_each_encoding_are_mended_and_told() {
        for (text, name) in [
            (wrong(WINDOWS_1252, TEXT), "windows-1252"),
            (wrong(WINDOWS_1252, &wrong(WINDOWS_1252, TEXT)), "windows-1252"),
            (wrong(MACINTOSH, "“We go,” she said — “not now…”"), "macintosh"),
            (wrong(WINDOWS_1252, "It’s late"), "windows-1252"),
            (wrong(WINDOWS_1251, "“We go,” she said — “not now…”"), "windows-1251"),
            (wrong(WINDOWS_1250, "“We go,” she said — “not now…”"), "windows-1250"),
            (TEXT.bytes().map(char::from).collect(), LATIN),
            ("\u{93}We go,\u{94} she said \u{97} \u{93}not now…\u{94}".to_owned(), LATIN),
        ] {
            assert!(
                tell(&text).is_some_and(|w| w.contains(name) && w.contains("--repair")),
                "{text}"
            );
            let (warning, mended) = mend(&text);
            assert!(warning.is_some());
            let mended = mended.unwrap();
            assert!(
                [TEXT, "“We go,” she said — “not now…”", "It’s late"].contains(&mended.as_str()),
                "{mended}"
            );
        }
    }

    #[test]
    fn a_mark_that_lost_its_last_byte_is_a_closing_one() {
        assert_eq!(mend("â€œWe go,â€ she said.").1.as_deref(), Some("“We go,” she said."));
        assert_eq!(mend("â€œWe go,â€\u{fffd} she said.").1.as_deref(), Some("“We go,” she said."));
    }

    #[test]
    fn what_is_left_of_lost_characters_is_told() {
        for text in [
            "\u{fffd}We go,\u{fffd} she said.",
            "\\u201cWe go,\\u201d she said.",
            "\\x93We go,\\x94 she said.",
            "=E2=80=9CWe go,=E2=80=9D she said.",
            "&ldquo We go,&rdquo she said.",
            "?We won?t go,? she said.",
            "She said ??we go?? and left. ?Not now,? he said.",
        ] {
            assert!(tell(text).is_some_and(|w| w.contains("may be lost")), "{text}");
            assert_eq!(mend(text).1, None);
        }
    }

    #[test]
    fn passages_move_with_the_text() {
        let text = "It rains â€” hard.\n\nâ€œWe goâ€\u{9d}, ZoÃ« said.\n\nThe end.";
        let at = |text: &str, words: &str| {
            let start = text.find(words).expect("it stands there");
            Span::new(start, start + words.len())
        };
        let quoted = "â€œWe goâ€\u{9d}, ZoÃ« said.";
        let passage = Passage {
            span: at(text, quoted),
            kind: crate::text::BlockKind::Blockquote,
            by: Some(at(text, "ZoÃ«")),
        };
        let mut article = Article::from_text("1", text);
        article.passages = vec![passage];
        mend_or_tell(&mut article, true);
        let shown = |span: Span| &article.text[span.from()..span.to()];
        assert_eq!(article.text, "It rains — hard.\n\n“We go”, Zoë said.\n\nThe end.");
        assert_eq!(shown(article.passages[0].span), "“We go”, Zoë said.");
        assert_eq!(article.passages[0].by.map(shown), Some("Zoë"));
    }

    #[test]
    fn right_text_stays() {
        for text in [
            TEXT,
            "plain",
            "“CAFÉ” “AMANHÔ «DÉJÀ» naïve Ångström",
            "SÃO PAULO",
            "Âge d’or — châteaux",
            "в “Норби” — Вы",
            "C:\\x and \\u of R",
            "Who goes? Nobody?He did. See courier.example/?a and /b?c=d?e",
        ] {
            assert_eq!(mend(text).1, None, "{text}");
            assert_eq!(tell(text), None);
        }
    }
}

//! UTF-8 that was read as windows-1252 or Mac Roman and saved so: found, and mended on request.
//!
//! Only what is certain is touched: characters whose bytes in the wrong encoding are one character of UTF-8. The crate that
//! mends more (plsfix) also rewrites quotation marks, ligatures and widths and brings Unicode tables of many megabytes.

use crate::article::Article;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An encoding in which UTF-8 is read by mistake.
struct Wrong {
    encoding: &'static Encoding,
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
/// Of Mac Roman only punctuation: "√©" may be a formula.
const CERTAIN_MAC: &[(u8, u8, u8)] = &[(0xe2, 0x80, 0x80)];

static WRONG: LazyLock<[Wrong; 2]> = LazyLock::new(|| {
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
        Wrong { encoding, bytes: (0x80..=0xff).filter_map(character).collect(), certain }
    };
    [wrong(WINDOWS_1252, CERTAIN), wrong(MACINTOSH, CERTAIN_MAC)]
});

/// A wrongly read character: where it ends, and what was meant.
struct Found {
    end: usize,
    meant: char,
    encoding: &'static Encoding,
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
            article.text = mended;
            article.warnings.extend(warning);
        }
    } else {
        article.warnings.extend(tell(&article.text));
    }
}

/// The warning about a text that was read in a wrong encoding.
pub(super) fn tell(text: &str) -> Option<String> {
    let all = places(text);
    let (at, found) = all.first()?;
    Some(format!(
        "UTF-8 read as {} in {} place{}, the first at byte {at} ({:?} for {:?}); --repair mends it",
        found.encoding.name(),
        all.len(),
        if all.len() == 1 { "" } else { "s" },
        text.get(*at..found.end).unwrap_or_default(),
        found.meant,
    ))
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
    // "Ã", "â" and their like begin with one byte, "‚" of Mac Roman with another.
    while let Some(start) =
        text.as_bytes()[at..].iter().position(|b| matches!(b, 0xc3 | 0xe2)).map(|n| at + n)
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
    WRONG.iter().find_map(|wrong| {
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
        let taken =
            |count: usize| rest.chars().take(count).map(char::len_utf8).sum::<usize>() + start;
        // The last byte of a closing mark has no character in windows-1252, and is lost now and then.
        if bytes.len() == 2 && bytes[..] == [0xe2, 0x80] {
            let lost = rest.chars().nth(2).is_some_and(|c| c == '\u{fffd}');
            return Some(Found {
                end: taken(2 + usize::from(lost)),
                meant: '”',
                encoding: wrong.encoding,
            });
        }
        let meant =
            std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() == length)?.chars().next()?;
        // “AMANHÔ: a capital before a closing mark.
        let closes = length == 2 && rest.chars().nth(1).is_some_and(|c| "”’»".contains(c));
        let more = rest.chars().nth(2).is_some_and(char::is_alphabetic);
        (!closes || more).then(|| Found { end: taken(length), meant, encoding: wrong.encoding })
    })
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
    fn right_text_stays() {
        for text in [
            TEXT,
            "plain",
            "“CAFÉ” “AMANHÔ «DÉJÀ» naïve Ångström",
            "SÃO PAULO",
            "Âge d’or — châteaux",
        ] {
            assert_eq!(mend(text).1, None, "{text}");
            assert_eq!(tell(text), None);
        }
    }
}

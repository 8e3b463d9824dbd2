//! Files that are surely of no format that is read here, known by their first bytes, whatever their
//! name says.

/// First bytes, and what the file is and what to do.
const KINDS: &[(&[u8], &str)] = &[
    (b"\xfd7zXZ", "compressed with xz: unpack it, or use gzip or zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG", "a picture: what it shows is not read"),
    (b"\xff\xd8\xff", "a picture: what it shows is not read"),
    (b"GIF8", "a picture: what it shows is not read"),
    (b"II*\0", "a scanned picture: what it shows is not read"),
    (b"MM\0*", "a scanned picture: what it shows is not read"),
    (b"SQLite format 3\0", "a database of SQLite: export its table as CSV"),
    (b"\x7fELF", "a program"),
];

/// First bytes of the containers in which Word kept documents until 2007, and keeps locked ones.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The reason to reject a file by its first bytes.
pub(super) fn reason(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(COMPOUND) {
        // A locked document is told by the name of its only stream, in UTF-16.
        let locked: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Some(if head.windows(locked.len()).any(|window| window == locked) {
            "a locked (encrypted) Office document: save it without a password"
        } else {
            "an old Word document (.doc) or a locked one: save it as .docx without a password"
        });
    }
    if head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        return Some("compressed with bzip2: unpack it, or use gzip or zstd");
    }
    if is_subtitles(head) {
        return Some(
            "subtitles: save the transcript without its times, a line `NAME: words` a turn",
        );
    }
    KINDS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, reason)| *reason)
}

/// WebVTT, its lines without their head, or a number and the times of the first line (SRT).
fn is_subtitles(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let numbered =
        lines.next().is_some_and(|line| !line.is_empty() && line.iter().all(u8::is_ascii_digit));
    let timed = |line: &[u8]| {
        line.first().is_some_and(u8::is_ascii_digit) && line.windows(5).any(|w| w == b" --> ")
    };
    head.starts_with(b"WEBVTT")
        || head.starts_with(b"<v ")
        || numbered && lines.next().is_some_and(timed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_by_their_bytes() {
        let mut locked = COMPOUND.to_vec();
        locked.extend([0; 512]);
        assert!(reason(&locked).is_some_and(|r| r.contains(".docx")));
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(reason(&locked).is_some_and(|r| r.contains("locked")));
        assert!(reason(b"BZh91AY&SY").is_some_and(|r| r.contains("bzip2")));
        assert_eq!(reason(b"BZhukov, said Ana Dorn"), None);
        assert_eq!(reason(b""), None);
        for told in [
            "WEBVTT\n\n",
            "<v Ana Dorn>Good evening.</v>",
            "\n1\r\n00:00:01,000 --> 00:00:04,000\r\nANA DORN: Good evening.",
        ] {
            assert!(reason(told.as_bytes()).is_some_and(|r| r.contains("subtitles")), "{told}");
        }
        assert_eq!(reason(b"1\nBoats --> 3 boats"), None);
    }
}

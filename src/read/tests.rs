//! Any bytes under any name: rows or reasons, no panic, an end, and memory bounded.

use super::members::tests::{gz, zst};
use super::warc::tests::{record, response};
use super::*;
use crate::article::Article;
use proptest::prelude::*;
use std::io::Cursor;

/// Reads as the program would.
pub(super) fn rows(name: &str, bytes: Vec<u8>) -> Vec<Result<Article, Reject>> {
    let source = Source::new(name.to_owned(), "s".to_owned(), Cursor::new(bytes));
    let mut source = source.expect("opens from memory");
    let format = match source.format() {
        Ok(format) => format,
        Err(reject) => return vec![Err(reject)],
    };
    let rows = (format.read)(source, Arc::new(Options::default()));
    rows.map(|row| {
        row.read().map(|mut article| {
            date::normalise(&mut article);
            article
        })
    })
    .collect()
}

/// Reads as the program would; gives the number of rows and of articles.
fn read_all(name: &str, bytes: Vec<u8>, format: Option<&'static Format>) -> (usize, usize) {
    let length = bytes.len();
    let Ok(mut source) = Source::new(name.to_owned(), "s".to_owned(), Cursor::new(bytes)) else {
        return (0, 0);
    };
    let format = match format.map_or_else(|| source.format(), Ok) {
        Ok(format) => format,
        Err(_) => return (0, 0),
    };
    let (mut rows, mut articles) = (0, 0);
    for row in (format.read)(source, Arc::new(Options::default())) {
        rows += 1;
        assert!(rows <= length * 2 + 2, "more rows than bytes");
        articles += usize::from(row.read().is_ok());
    }
    (rows, articles)
}

/// A sound file of each format.
fn sound() -> Vec<(&'static str, Vec<u8>, usize)> {
    let jsonl = "{\"id\": 1, \"text\": \"Marr said “yes”.\", \"targets\": [\"Marr\", {\"start\": 0, \"end\": 4}]}\n\n{\"text\": \"b\"}\n";
    let csv = "id;text;title\n1;\"Two\nlines, \"\"he\"\" said\";T\n2;b;\n";
    let page = response(
        "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n",
        b"5\r\nMarr \r\n4\r\nsaid\r\n0\r\n\r\n",
    );
    let warc = [
        record("warcinfo", "", b"x"),
        page,
        response("Content-Type: text/plain\r\nContent-Encoding: gzip\r\n", &gz(b"Roth")),
    ];
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>N</title><item><title>T</title><description><![CDATA[<p>“Marr” said.</p>]]></description></item><item><description>b</description></item></channel></rss>";
    let wxr = rss.replace(
        "<rss ",
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" ",
    );
    let wxr = wxr.replace("description>", "content:encoded>");
    let nitf = "<?xml version=\"1.0\"?><nitf><body><body.head><hedline><hl1>T</hl1></hedline></body.head><body.content><p>“Marr” said.</p></body.content></body></nitf>";
    let g2 = "<newsMessage><itemSet><newsItem guid=\"1\"><contentSet><inlineXML><html><body><p>“Marr” said.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>";
    let wire = "\u{1}nwa0062 4 i 211  nwi 061\r\n\nN/\r\n\u{2}T =\r\n\n   Norby (nwi) - “Marr” said.\r\n\u{3}131137 GMT Nov 13\r\n\u{4}";
    let json = "{\"status\": \"ok\",\n\"articles\": [{\"content\": \"“Marr” said.\"}, {\"content\": [\"a\", \"b\"]}]}";
    let text = "The café’s owner said “never”.\n\nThe naïve señor agreed.";
    vec![
        ("a.jsonl", jsonl.into(), 2),
        ("a.csv", csv.into(), 2),
        ("a.rss", rss.into(), 2),
        ("a.xml", wxr.into(), 2),
        ("b.xml", nitf.into(), 1),
        ("c.xml", g2.into(), 1),
        ("a.iptc", wire.into(), 1),
        ("a.json", json.into(), 2),
        ("a.warc", warc.concat(), 2),
        ("a.warc.gz", warc.iter().flat_map(|r| gz(r)).collect(), 2),
        ("a.html", format!("<html><title>T</title><nav>Home</nav><p>{text}</p></html>").into(), 1),
        ("a.txt", text.into(), 1),
        ("b.txt", encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), 1),
        ("c.txt", text.encode_utf16().flat_map(u16::to_le_bytes).collect(), 1),
    ]
}

#[test]
fn every_format_is_read_under_every_compression() {
    for (name, bytes, articles) in sound() {
        for packed in [
            bytes.clone(),
            gz(&bytes),
            zst(&bytes),
            gz(&zst(&bytes)),
            [gz(&bytes[..9]), gz(&bytes[9..])].concat(),
        ] {
            assert_eq!(read_all(name, packed.clone(), None).1, articles, "{name}");
            // Compressed or not is found from the bytes; so are JSONL, CSV, WARC and HTML.
            if !name.ends_with("txt") {
                assert_eq!(read_all("-", packed, None).1, articles, "{name}");
            }
        }
    }
}

#[test]
fn names_lose_the_endings_of_compression() {
    for (name, bare_name) in [
        ("a.jsonl.gz", "a.jsonl"),
        ("A.TXT.ZST", "A.TXT"),
        ("a.gz", "a"),
        ("gz", "gz"),
        ("a.tar.gz.zstd", "a.tar"),
        ("é.gz", "é"),
    ] {
        assert_eq!(source::bare(name), bare_name);
    }
}

#[test]
fn a_bomb_of_lines_ends() {
    let line = format!("{{\"text\": \"{}\"}}\n", "a".repeat(1 << 20));
    let (rows, _) = read_all("a.jsonl.gz", gz(line.repeat(300).as_bytes()), None);
    assert!(rows < 100, "{rows}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_read_to_an_end(
        which in 0..sound().len(), packing in 0..3, at in any::<prop::sample::Index>(), change in any::<u8>(), what in 0..4,
    ) {
        let (name, bytes, _) = sound().swap_remove(which);
        let mut bytes = match packing { 0 => bytes, 1 => gz(&bytes), _ => zst(&bytes) };
        let at = at.index(bytes.len());
        match what {
            0 => bytes[at] ^= change,
            1 => bytes.truncate(at),
            2 => bytes.insert(at, change),
            _ => { let tail = bytes.split_off(at); bytes.extend(tail.iter().rev()); }
        }
        read_all(name, bytes, None);
    }

    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..600), magic in 0..6, format in 0..FORMATS.len()) {
        let magic: &[u8] = match magic { 0 => b"\x1f\x8b\x08", 1 => b"\x28\xb5\x2f\xfd", 2 => b"PAR1", 3 => b"WARC/1.0\r\n", 4 => b"text,id\n", _ => b"" };
        read_all("x", [magic, &bytes].concat(), Some(&FORMATS[format]));
    }
}

#[test]
fn objects_that_a_program_holds_are_read_as_lines_of_jsonl() {
    let place = |n: usize| Place {
        source: format!("row {n}").into(),
        stem: n.to_string().into(),
        line: None,
        offset: None,
    };
    let given = [
        r#"{"headline": "Ferry runs", "body": "Marr said yes.", "date": "3 March 2024"}"#,
        r#"{"text": null}"#,
        r#"{"id": "x", "text": "far too long a text"}"#,
    ];
    let given = given.into_iter().enumerate().map(|(n, row)| (place(n), row.to_owned()));
    let options = Options { max_bytes: 15, ..Options::default() };
    let read: Vec<_> =
        objects(given.collect::<Vec<_>>().into_iter(), options).map(|row| row.read()).collect();
    let first = read[0].as_ref().expect("an article");
    assert_eq!((first.id.as_str(), first.source.as_str()), ("0", "row 0"));
    assert_eq!(
        (first.title.as_deref(), first.date.as_deref()),
        (Some("Ferry runs"), Some("2024-03-03"))
    );
    let reason = |at: usize| read[at].as_ref().expect_err("rejected").to_string();
    assert!(reason(1).starts_with("row 1: has no \"text\""), "{}", reason(1));
    assert!(reason(2).contains("a text of 19 bytes"), "{}", reason(2));
}

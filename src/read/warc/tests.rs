use super::super::members::tests::{gz, zst};
use super::super::{Options, Reject};
use super::*;
use crate::article::Article;
use std::io::{Cursor, Write};

pub(in crate::read) fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let id = block.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{id}>\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

pub(in crate::read) fn response(head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat();
    let fields = "WARC-Target-URI: https://norby.example/1\r\nWARC-Date: 2022-03-01T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n";
    record("response", fields, &block)
}

fn read(bytes: Vec<u8>) -> Vec<Result<Article, Reject>> {
    let mut source =
        Source::new("c.warc.gz".to_owned(), "c".to_owned(), Cursor::new(bytes)).expect("opens");
    assert_eq!(source.format().map(|f| f.name).expect("known"), "warc");
    (FORMAT.read)(source, Arc::new(Options::default())).map(Row::read).collect()
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\r\n";

#[test]
fn pages_are_found_among_other_records() {
    let records = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: none\r\n"),
        record("request", "", b"GET / HTTP/1.1\r\n\r\n"),
        response(PLAIN, "Marr said “yes”.".as_bytes()),
        record("metadata", "", b"fetchTimeMs: 3\r\n"),
        record(
            "conversion",
            "Content-Type: text/plain\r\nWARC-Target-URI: <https://norby.example/2>\r\n",
            b"Roth said no.",
        ),
    ];
    let members: Vec<u8> = records.iter().flat_map(|r| gz(r)).collect();
    for bytes in [records.concat(), members] {
        let rows = read(bytes);
        assert_eq!(rows.len(), 2);
        let first = rows[0].as_ref().expect("a page");
        assert_eq!(
            (first.text.as_str(), first.url.as_deref()),
            ("Marr said “yes”.", Some("https://norby.example/1"))
        );
        assert_eq!(
            (first.source.as_str(), first.date.as_deref()),
            ("c.warc.gz:3", Some("2022-03-01T10:00:00Z"))
        );
        assert!(first.id.starts_with("response-"), "{}", first.id);
        let second = rows[1].as_ref().expect("a text");
        assert_eq!(
            (second.text.as_str(), second.url.as_deref()),
            ("Roth said no.", Some("https://norby.example/2"))
        );
    }
}

#[test]
fn bodies_are_unpacked_as_their_heads_say_or_as_they_are() {
    let text = "Marr told the council that the bridge would close. ".repeat(40);
    let chunked = |bytes: &[u8]| {
        let chunks = bytes
            .chunks(700)
            .flat_map(|c| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat());
        chunks.chain(*b"0\r\n\r\n").collect::<Vec<u8>>()
    };
    let zlib = {
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let cases: [(&str, Vec<u8>); 9] = [
        ("Transfer-Encoding: chunked\r\n", chunked(text.as_bytes())),
        ("Transfer-Encoding: chunked\r\n", text.as_bytes().to_vec()),
        ("Content-Encoding: gzip\r\n", gz(text.as_bytes())),
        ("Content-Encoding: gzip\r\n", text.as_bytes().to_vec()),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(&gz(text.as_bytes()))),
        ("Content-Encoding: deflate\r\n", zlib),
        ("Content-Encoding: deflate\r\n", text.as_bytes().to_vec()),
        ("Content-Encoding: br\r\n", text.as_bytes().to_vec()),
        ("Content-Encoding: zstd\r\n", zst(text.as_bytes())),
    ];
    for (head, body) in cases {
        let rows = read(response(&format!("{PLAIN}{head}"), &body));
        assert_eq!(rows[0].as_ref().map(|a| a.text.as_str()), Ok(text.as_str()), "{head}");
    }
}

#[test]
fn web_pages_are_read_in_the_encoding_that_the_server_named() {
    let page = "<!doctype html><title>Bridge closes</title><body><nav>Home</nav><p>The café’s bridge closes on Monday, the port said.</p>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(page);
    for head in ["Content-Type: text/html; Charset=\"windows-1252\"\r\n", ""] {
        let rows = read(response(head, &bytes));
        let article = rows[0].as_ref().expect("a page");
        assert_eq!(
            (article.title.as_deref(), article.source.as_str()),
            (Some("Bridge closes"), "c.warc.gz:1")
        );
        assert_eq!(article.text, "The café’s bridge closes on Monday, the port said.");
        assert!(
            article.id.starts_with("response-")
                && article
                    .warnings
                    .iter()
                    .any(|w| w == "the date is the crawl's: the page gives none")
        );
    }
}

#[test]
fn plain_text_is_read_in_the_encoding_that_the_server_named() {
    let (bytes, _, _) = encoding_rs::KOI8_R.encode("Мост закрыт");
    let read_as = |label: &str| {
        read(response(&format!("Content-Type: text/plain; charset={label}\r\n"), &bytes))
            .remove(0)
            .expect("a text")
    };
    let named = read_as("koi8-r");
    assert_eq!(
        (named.text.as_str(), named.warnings[0].as_str()),
        ("Мост закрыт", "decoded from KOI8-R")
    );
    // A name that is none, or is wrong, is worth no more than a guess.
    for label in ["nonsense", "utf-8"] {
        assert!(!read_as(label).text.is_empty(), "{label}");
    }
}

#[test]
fn what_is_no_page_says_why() {
    let moved = record("response", "", b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n");
    let picture = response("Content-Type: image/png\r\n", b"\x89PNG");
    let empty = response(PLAIN, b" \n");
    let odd = record("response", "", b"SSH-2.0-none\r\n\r\n");
    let reasons: Vec<String> = read([moved, picture, empty, odd].concat())
        .into_iter()
        .map(|r| r.expect_err("no page").reason)
        .collect();
    let expected = [
        "HTTP status 301: no page",
        "a record of image/png, no page",
        "an empty page",
        "not an HTTP response",
    ];
    assert_eq!(reasons.len(), expected.len());
    for (reason, expected) in reasons.iter().zip(expected) {
        assert!(reason.starts_with(expected), "{reason}");
    }
}

#[test]
fn after_a_damaged_record_the_next_is_found() {
    let good = |text: &str| response(PLAIN, text.as_bytes());
    let lying = |length: &str| {
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nHTTP/1.1 200 OK\r\n\r\nshort\r\n\r\n").into_bytes()
    };
    for (length, reason) in [
        ("3", "its Content-Length of 3 does not lead"),
        ("999999999999", "a record longer than"),
        ("-1", "the record's Content-Length is"),
        ("99999999999999999999999999", "the record's Content-Length is"),
    ] {
        let rows = read(
            [
                good("One."),
                lying(length),
                good("Two."),
                b"junk\nmore junk\n".to_vec(),
                good("Three."),
            ]
            .concat(),
        );
        let texts: Vec<&str> =
            rows.iter().filter_map(|r| r.as_ref().ok()).map(|a| a.text.as_str()).collect();
        assert_eq!(texts.first().copied(), Some("One."), "{length}");
        assert_eq!(texts.last().copied(), Some("Three."), "{length}");
        assert!(
            rows.iter().any(|r| r.as_ref().is_err_and(|r| r.reason.starts_with(reason))),
            "{length}: {rows:?}"
        );
    }
    let whole = [good("One."), good("Two.")].concat();
    let cut = read(whole[..whole.len() - 12].to_vec());
    assert!(
        cut[0].is_ok() && cut[1].as_ref().is_err_and(|r| r.reason.contains("cut off")),
        "{cut:?}"
    );
}

#[test]
fn newer_versions_of_http_are_read() {
    for status in [
        "HTTP/2 200 ",
        "HTTP/2 200",
        "HTTP/2.0 200 OK",
        "HTTP/3 200 ",
        "http/2 200",
        "HTTP/3.0  200 OK",
    ] {
        for end in ["\r\n", "\n"] {
            let head = format!("{status}{end}:status: 200{end}content-type: text/plain{end}{end}");
            let block = [head.as_bytes(), b"Marr said yes."].concat();
            let rows = read(record("response", "", &block));
            let text = rows[0].as_ref().map(|a| a.text.as_str());
            assert_eq!(text, Ok("Marr said yes."), "{head:?}");
        }
    }
    let moved = read(record("response", "", b"HTTP/2 301 \r\nlocation: /x\r\n\r\n"));
    assert!(moved[0].as_ref().is_err_and(|r| r.reason == "HTTP status 301: no page"));
    let odd = read(record("response", "", b"HTTP/20000000000 200\r\n\r\nx"));
    assert!(odd[0].as_ref().is_err_and(|r| r.reason.starts_with("not an HTTP response")));
}

//! Inputs of any size, made from a few thousand texts; the same ones each time.

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// What is in a file, as it must be counted.
pub(crate) struct Made {
    pub(crate) rows: u64,
    pub(crate) rejected: u64,
}

/// Texts of about `bytes` bytes, whole lines of the articles in a data folder.
pub(crate) fn texts(data: &Path, bytes: usize) -> Vec<String> {
    let mut out = Vec::new();
    for name in [
        "attribution/polnear_dev.jsonl",
        "tone/hyperpartisan_dev.jsonl",
        "outlets/articles_dev.jsonl.gz",
    ] {
        let file = File::open(data.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let stream: Box<dyn Read> = if name.ends_with(".gz") {
            Box::new(flate2::read::MultiGzDecoder::new(file))
        } else {
            Box::new(file)
        };
        for line in BufReader::new(stream).lines() {
            let row: Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
            let mut text = String::new();
            for line in row["text"].as_str().unwrap_or_default().lines() {
                text.push_str(line);
                text.push('\n');
                if text.len() >= bytes {
                    out.push(std::mem::take(&mut text));
                }
            }
        }
    }
    assert!(!out.is_empty(), "no texts in {}", data.display());
    out
}

/// A row, bad ones among them; and is it one?
fn row(texts: &[String], n: usize) -> (Value, bool) {
    let text = &texts[(n * 7919) % texts.len()];
    match n % 1000 {
        500 => (json!({"id": n}), true),
        501 => (json!({"id": n, "text": null}), true),
        _ => (
            json!({"id": n, "text": format!("{text}\nRow {n}."), "outlet": format!("outlet {}", n % 90), "date": "2022-03-01"}),
            false,
        ),
    }
}

pub(crate) fn jsonl(path: &Path, texts: &[String], rows: usize) -> Made {
    let mut file = BufWriter::new(File::create(path).expect("the file"));
    let mut rejected = 0;
    for n in 0..rows {
        let (row, bad) = row(texts, n);
        rejected += u64::from(bad);
        writeln!(file, "{row}").expect("written");
    }
    file.flush().expect("written");
    Made { rows: rows as u64, rejected }
}

/// Rows without bad ones, until the file has `bytes` bytes.
pub(crate) fn jsonl_of(path: &Path, texts: &[String], bytes: u64) {
    let mut file = BufWriter::new(File::create(path).expect("the file"));
    let mut written = 0;
    for n in 0.. {
        if written >= bytes {
            break;
        }
        let line = format!("{}\n", json!({"id": n, "text": texts[(n * 7919) % texts.len()]}));
        file.write_all(line.as_bytes()).expect("written");
        written += line.len() as u64;
    }
    file.flush().expect("written");
}

#[cfg(not(feature = "parquet"))]
pub(crate) fn parquet(_path: &Path, _texts: &[String], _rows: usize) -> Option<Made> {
    None
}

#[cfg(feature = "parquet")]
pub(crate) fn parquet(path: &Path, texts: &[String], rows: usize) -> Option<Made> {
    use arrow_schema::{DataType, Field, Schema};
    use std::sync::Arc;
    let field = |name: &str, kind| Field::new(name, kind, true);
    let text = |name| field(name, DataType::Utf8);
    let schema = Arc::new(Schema::new(vec![
        field("id", DataType::Int64),
        text("text"),
        text("outlet"),
        text("date"),
    ]));
    let mut decoder = arrow_json::ReaderBuilder::new(Arc::clone(&schema))
        .with_batch_size(1000)
        .build_decoder()
        .expect("columns");
    let properties = parquet::file::properties::WriterProperties::builder();
    let properties = properties
        .set_compression(parquet::basic::Compression::SNAPPY)
        .set_max_row_group_row_count(Some(20_000))
        .build();
    let mut writer = parquet::arrow::ArrowWriter::try_new(
        File::create(path).expect("the file"),
        schema,
        Some(properties),
    )
    .expect("columns");
    let mut rejected = 0;
    for n in 0..rows {
        let (row, bad) = row(texts, n);
        rejected += u64::from(bad);
        decoder.decode(row.to_string().as_bytes()).expect("a row");
        if n % 1000 == 999 || n + 1 == rows {
            writer.write(&decoder.flush().expect("rows").expect("rows")).expect("written");
        }
    }
    writer.close().expect("written");
    Some(Made { rows: rows as u64, rejected })
}

fn record(kind: &str, n: usize, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2022-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{kind}-{n}>\r\n\
         WARC-Target-URI: https://news.example/{n}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn page(text: &str, n: usize) -> Vec<u8> {
    let mut out = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Page {n}</title></head><body><nav><a href=/>Home</a></nav><article><h1>Page {n}</h1>"
    );
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        out.push_str(&format!("<p>{}</p>\n", line.replace('&', "&amp;").replace('<', "&lt;")));
    }
    out.push_str("</article><footer>All rights reserved</footer></body></html>");
    out.into_bytes()
}

/// Gzip members as Common Crawl writes them: requests and notes between the responses, some of which are no pages.
pub(crate) fn warc(path: &Path, texts: &[String], pages: usize) -> Made {
    let mut file = BufWriter::new(File::create(path).expect("the file"));
    file.write_all(&gz(&record("warcinfo", 0, b"software: scale\r\n"))).expect("written");
    let mut rejected = 0;
    for n in 0..pages {
        let body = page(&texts[(n * 7919) % texts.len()], n);
        let (status, head, body) = match n % 10 {
            3 => ("200 OK", "Content-Encoding: gzip\r\n", gz(&body)),
            5 => (
                "200 OK",
                "Transfer-Encoding: chunked\r\n",
                [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat(),
            ),
            7 if n % 100 == 7 => ("301 Moved", "Location: /\r\n", Vec::new()),
            _ => ("200 OK", "", body),
        };
        rejected += u64::from(status.starts_with('3'));
        let block = [
            format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{head}\r\n")
                .as_bytes(),
            &body,
        ]
        .concat();
        file.write_all(&gz(&record("request", n, b"GET / HTTP/1.1\r\n\r\n"))).expect("written");
        file.write_all(&gz(&record("response", n, &block))).expect("written");
    }
    file.flush().expect("written");
    Made { rows: pages as u64, rejected }
}

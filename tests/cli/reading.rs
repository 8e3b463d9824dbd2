//! Every way in which articles come in.

use super::{Desk, FRENCH, STORY, ids, jsonl};
use serde_json::json;

#[test]
fn a_text_file_is_an_article() {
    let desk = Desk::new();
    desk.put("bridge.txt", STORY);
    let scored = desk.run(&["score", "bridge.txt"]).object();
    assert_eq!(
        (scored["schema"].as_u64(), scored["id"].as_str(), scored["source"].as_str()),
        (Some(1), Some("bridge"), Some("bridge.txt"))
    );
    assert_eq!(scored["language"], "en");
    assert!(scored["unscored"].is_null());
    assert!(scored["words"].as_u64().is_some_and(|w| w > 100));
    for key in
        ["title", "outlet", "date", "skipped_words", "warnings", "axes", "stance", "speakers"]
    {
        assert!(scored.get(key).is_some(), "{key} is missing");
    }
    assert!(
        scored.get("marks").is_none()
            && scored.get("features").is_none()
            && scored.get("text").is_none()
    );
}

#[test]
fn a_folder_is_walked_in_order_without_hidden_and_ignored_files() {
    let desk = Desk::new();
    for name in ["in/b.txt", "in/a/z.txt", "in/a.txt", "in/c.TXT", "in/.hidden.txt", "in/left.txt"]
    {
        desk.put(name, STORY);
    }
    desk.put("in/.ignore", "left.txt\n");
    desk.put("in/photo.jpg", b"\xff\xd8\xff\0");
    let run = desk.run(&["score", "in"]);
    let objects = run.objects(0);
    assert_eq!(ids(&objects), ["z", "a", "b", "c"]);
    assert!(run.err().contains("1 files passed over"), "{}", run.err());
}

#[test]
fn a_folder_without_articles_ends_with_two() {
    let desk = Desk::new();
    desk.put("in/photo.jpg", b"\xff\xd8\xff\0");
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    for folder in ["in", "empty"] {
        let run = desk.run(&["score", folder, "--output", "out.jsonl"]);
        assert_eq!((run.status(), run.out().as_str()), (2, ""));
        assert!(run.err().contains("nothing could be read"), "{}", run.err());
    }
    assert!(!desk.path("out.jsonl").exists());
}

#[test]
fn the_standard_input_is_read_as_what_it_is() {
    let desk = Desk::new();
    let text = desk.run_with(&["score", "-"], STORY).object();
    assert_eq!((text["id"].as_str(), text["source"].as_str()), (Some("stdin"), Some("-")));
    let rows = jsonl([json!({"id": "x", "text": STORY}), json!({"id": "y", "text": STORY})]);
    assert_eq!(ids(&desk.run_with(&["score", "-"], rows).objects(0)), ["x", "y"]);
    let csv = format!("id,text\nc,\"{}\"\n", STORY.replace('"', "\"\""));
    assert_eq!(ids(&desk.run_with(&["score", "-"], csv).objects(0)), ["c"]);
}

#[test]
fn jsonl_keeps_what_is_known_of_an_article() {
    let desk = Desk::new();
    let row = json!({"id": 12, "text": STORY, "title": "Bridge closes", "outlet": "Norby Post", "date": "2026-03-02", "url": "https://norby.example/1",
        "byline": "A. Writer", "extra": {"left": "alone"}});
    desk.put("n.jsonl", jsonl([row]));
    let scored = desk.run(&["score", "n.jsonl"]).object();
    assert_eq!(scored["id"], "12");
    assert_eq!(scored["source"], "n.jsonl:1");
    assert_eq!(
        (&scored["title"], &scored["outlet"], &scored["date"]),
        (&json!("Bridge closes"), &json!("Norby Post"), &json!("2026-03-02"))
    );
}

#[test]
fn columns_can_be_renamed() {
    let desk = Desk::new();
    desk.put("n.csv", format!("key,body,paper\nk1,\"{STORY}\",Norby Post\n"));
    let args = [
        "score",
        "n.csv",
        "--id-column",
        "key",
        "--text-column",
        "body",
        "--outlet-column",
        "paper",
    ];
    let scored = desk.run(&args).object();
    assert_eq!((&scored["id"], &scored["outlet"]), (&json!("k1"), &json!("Norby Post")));
    desk.put("n.jsonl", jsonl([json!({"key": "k2", "body": STORY})]));
    assert_eq!(
        desk.run(&["score", "n.jsonl", "--id-column", "key", "--text-column", "body"]).object()["id"],
        "k2"
    );
}

#[test]
fn other_encodings_are_decoded_with_a_warning() {
    let desk = Desk::new();
    let old: Vec<u8> = STORY
        .chars()
        .map(|c| {
            if c == '“' {
                0x93
            } else if c == '”' {
                0x94
            } else if c == '’' {
                0x92
            } else {
                c as u8
            }
        })
        .collect();
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(STORY.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    desk.put("old.txt", old);
    desk.put("wide.txt", wide);
    desk.put("marked.txt", format!("\u{feff}{STORY}"));
    for (name, warning) in [
        ("old.txt", json!(["decoded from windows-1252"])),
        ("wide.txt", json!(["decoded from UTF-16LE"])),
        ("marked.txt", json!([])),
    ] {
        let scored = desk.run(&["score", name, "--text"]).object();
        assert_eq!((&scored["text"], &scored["warnings"]), (&json!(STORY), &warning), "{name}");
    }
}

#[test]
fn other_languages_are_not_scored_but_marked() {
    let desk = Desk::new();
    desk.put("pont.txt", FRENCH);
    let scored = desk.run(&["score", "pont.txt", "--marks"]).object();
    assert_eq!(scored["unscored"], "not in English (fr)");
    assert_eq!(scored["axes"], json!({}));
    assert!(scored["marks"]["sentences"].as_array().is_some_and(|s| s.len() > 4));
}

#[test]
fn short_texts_are_scored_on_request_only() {
    let desk = Desk::new();
    desk.put(
        "s.jsonl",
        jsonl([json!({"id": 1, "text": "Marr may go."}), json!({"id": 2, "text": ""})]),
    );
    let objects = desk.run(&["score", "s.jsonl"]).objects(0);
    assert_eq!(objects[0]["unscored"], "3 words of prose, fewer than 100");
    let objects = desk.run(&["score", "s.jsonl", "--min-words", "0"]).objects(0);
    assert_eq!(ids(&objects), ["1", "2"]);
    assert!(objects[0]["unscored"].is_null());
}

#[test]
fn the_format_can_be_forced() {
    let desk = Desk::new();
    desk.put("page.html", format!("<html><p>{STORY}</p></html>"));
    let begins = |o: &serde_json::Value, start: &str| {
        o["text"].as_str().is_some_and(|t| t.starts_with(start))
    };
    assert!(begins(&desk.run(&["score", "page.html", "--text"]).object(), "The council"));
    assert!(begins(
        &desk.run(&["score", "page.html", "--text", "--input-format", "text"]).object(),
        "<html>"
    ));
    desk.put("page.pdf", "%PDF-1.7 and so on");
    assert_eq!(desk.run(&["score", "page.pdf"]).status(), 2);
}

#[test]
fn a_page_is_an_article() {
    let desk = Desk::new();
    let paragraphs: String = STORY.split("\n\n").map(|p| format!("<p>{p}</p>")).collect();
    let page = format!(
        "<!doctype html><html lang=en><head><title>A bridge closes | Ostvik Courier</title><meta property='og:site_name' content='Ostvik Courier'></head>
        <body><nav><a href=/>Home</a></nav><h1>A bridge closes</h1><span class=byline>By Ana Dorn</span>
        <time datetime=2031-05-02>Friday</time><div>{paragraphs}</div><div class=comments><p>Never liked it.</p></div></body></html>"
    );
    desk.put("page.html", &page);
    desk.put("unnamed", &page);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, page.as_bytes()).expect("writes to memory");
    desk.put("packed.html.gz", packed.finish().expect("gzip"));
    let plain = desk.run(&["score", "page.html", "--text"]).object();
    assert_eq!(
        plain["text"].as_str(),
        Some(
            STORY
                .split("\n\n")
                .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join("\n\n")
                .as_str()
        )
    );
    let known = |o: &serde_json::Value| {
        ["title", "outlet", "byline", "date", "declared_language"]
            .map(|k| o[k].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(
        known(&plain),
        ["A bridge closes", "Ostvik Courier", "Ana Dorn", "2031-05-02", "en"]
    );
    assert!(
        plain["left_out"]
            .as_array()
            .is_some_and(|l| l.iter().any(|l| l["reason"] == "comments" && l["words"] == 3)),
        "{}",
        plain["left_out"]
    );
    for name in ["unnamed", "packed.html.gz"] {
        let other = desk.run(&["score", name, "--text"]).object();
        assert_eq!((&other["text"], known(&other)), (&plain["text"], known(&plain)), "{name}");
    }
    assert_eq!(desk.run(&["score", "packed.html.gz"]).object()["id"], "packed");
    let folder = Desk::new();
    folder.put("in/a.html", &page);
    folder.put("in/b.htm", &page);
    assert_eq!(ids(&folder.run(&["score", "in"]).objects(0)), ["a", "b"]);
    assert!(desk.run(&["explain", "page.html"]).out().contains("bridge"));
}

#[test]
fn compressed_files_are_opened_by_their_bytes() {
    use std::io::Write;
    let gz = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    };
    let zst = |bytes: &[u8]| {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    };
    let desk = Desk::new();
    let rows = jsonl([json!({"id": "x", "text": STORY}), json!({"id": "y", "text": STORY})]);
    let (first, rest) = rows.split_once('\n').expect("two lines");
    desk.put("in/a.jsonl.gz", [gz(format!("{first}\n").as_bytes()), gz(rest.as_bytes())].concat());
    desk.put("in/b.txt.zst", zst(STORY.as_bytes()));
    desk.put("in/c.csv.gz", gz(format!("id,text\nc,\"{STORY}\"\n").as_bytes()));
    desk.put("in/d.warc.gz", gz(b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:w>\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nShort\r\n\r\n"));
    desk.put("in/e.gz", gz(STORY.as_bytes()));
    let run = desk.run(&["score", "in"]);
    assert_eq!(ids(&run.objects(0)), ["x", "y", "b", "c", "w"]);
    assert!(run.err().contains("1 files passed over"), "{}", run.err());
    assert_eq!(desk.run(&["score", "in/e.gz"]).object()["id"], "e");
    assert_eq!(
        ids(&desk
            .run_with(&["score", "-"], std::fs::read(desk.path("in/a.jsonl.gz")).expect("read"))
            .objects(0)),
        ["x", "y"]
    );
    let cut = std::fs::read(desk.path("in/a.jsonl.gz")).expect("read");
    desk.put("cut.jsonl.gz", &cut[..cut.len() - 20]);
    let run = desk.run(&["score", "cut.jsonl.gz"]);
    assert_eq!(ids(&run.objects(3)), ["x"]);
    assert!(
        run.err().contains("cut.jsonl.gz:2: the gzip stream ends in the middle"),
        "{}",
        run.err()
    );
}

#[test]
fn long_texts_are_rejected_and_the_limit_can_be_moved() {
    let desk = Desk::new();
    let long = STORY.repeat(1 + newsgauge::read::MAX_BYTES / STORY.len());
    desk.put(
        "n.jsonl",
        jsonl([json!({"id": "long", "text": long}), json!({"id": "a", "text": STORY})]),
    );
    let run = desk.run(&["score", "n.jsonl", "--rejects", "bad.jsonl"]);
    assert_eq!(ids(&run.objects(3)), ["a"]);
    assert!(
        run.err().contains("n.jsonl:1: a text of ") && run.err().contains("(--max-bytes)"),
        "{}",
        run.err()
    );
    let reject: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("bad.jsonl")).expect("written"))
            .expect("JSON");
    assert_eq!(
        (&reject["id"], &reject["line"], &reject["raw"]),
        (&json!("long"), &json!(1), &json!(null))
    );
    assert_eq!(desk.run(&["score", "n.jsonl", "--max-bytes", "2000000"]).objects(0).len(), 2);
}

#[test]
fn what_a_run_writes_is_not_read_by_it() {
    let desk = Desk::new();
    desk.put("in/m.jsonl", jsonl([json!({"id": "a", "text": STORY})]));
    let plain: &[&str] = &[];
    for more in [plain, plain, &["--input-format", "jsonl", "--text"]] {
        let args = [
            "score",
            "in",
            "--output",
            "in/z.jsonl",
            "--rejects",
            "in/y.jsonl",
            "--summary",
            "in/x.json",
        ];
        let run = desk.run(&[&args[..], more].concat());
        assert_eq!(run.status(), 0, "{}", run.err());
        assert_eq!(
            std::fs::read_to_string(desk.path("in/z.jsonl")).expect("written").lines().count(),
            1
        );
    }
}

#[test]
fn a_wrong_encoding_is_told_and_mended_on_request() {
    let desk = Desk::new();
    let (wrong, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(STORY.as_bytes());
    desk.put("a.txt", wrong.as_bytes());
    let row = desk.run(&["score", "a.txt", "--format", "jsonl"]).object();
    assert!(row["warnings"].to_string().contains("windows-1252"), "{}", row["warnings"]);
    let row = desk.run(&["score", "a.txt", "--format", "jsonl", "--repair", "--text"]).object();
    assert_eq!(row["text"], STORY);
    assert_eq!(row["form"], "article");
}

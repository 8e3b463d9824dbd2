use super::super::json;
use super::*;
use crate::article::{Article, TargetRequest};
use crate::score::{Options, Scorer};
use arrow_json::writer::LineDelimitedWriter;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

const STORY: &str = "Bridge to close\n\n“We have no choice,” said the mayor, Ivo Marr. The stupid plan may fail, Ana Ott warned on \
Monday. Marr reportedly told the council that the liar Roth had lost.\n\nREAD MORE: Ten bridges";

/// Without nulls and empty objects: Parquet has a null for what JSON leaves out.
fn bare(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().map(|(key, value)| (key, bare(value)));
            Value::Object(
                kept.filter(|(_, v)| !v.is_null() && v.as_object().is_none_or(|o| !o.is_empty()))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(bare).collect()),
        other => other,
    }
}

fn read(bytes: Vec<u8>) -> (Vec<Value>, usize) {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).expect("Parquet");
    let groups = builder.metadata().num_row_groups();
    let mut lines = Vec::new();
    for batch in builder.build().expect("reads") {
        let mut writer = LineDelimitedWriter::new(&mut lines);
        writer.write(&batch.expect("a batch")).expect("memory");
        writer.finish().expect("memory");
    }
    (
        String::from_utf8(lines)
            .expect("UTF-8")
            .lines()
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .collect(),
        groups,
    )
}

#[test]
fn columns_hold_all_that_the_object_holds() {
    let options = Options { min_words: 0, ..Options::default() };
    let scorer =
        Scorer::new(crate::model::ModelSet::builtin().expect("fits"), options).expect("holds");
    let mut article = Article::from_text("1", STORY);
    article.targets = vec![TargetRequest::Name("Marr".to_owned())];
    article.title = Some("a\u{1b}[2J".to_owned());
    article.declared_language = Some("en".to_owned());
    article.declared_words = Some(4);
    article.left_out = vec![crate::article::LeftOut { reason: "comments", blocks: 1, words: 3 }];
    let scored = scorer.score(&article);
    for flags in 0..8 {
        let show = Show {
            marks: flags & 1 > 0,
            features: flags & 2 > 0,
            text: flags & 4 > 0,
            ..Show::default()
        };
        let object = json::article(&scored, show).expect("serialises");
        let parts = [3, 600].map(|rows| {
            let mut part = Part::new(&columns(show)).expect("columns");
            (0..rows).for_each(|_| part.push(&object).expect("fits the columns"));
            part.finish().expect("memory")
        });
        let mut out = Vec::new();
        join(&columns(show), parts.into_iter().map(|p| Ok(Bytes::from(p))), &mut out)
            .expect("joins");
        let (rows, groups) = read(out);
        assert_eq!((rows.len(), groups), (603, 2));
        let expected = bare(serde_json::from_slice(&object).expect("JSON"));
        for row in rows {
            assert_eq!(bare(row), expected, "flags {flags}");
        }
    }
}

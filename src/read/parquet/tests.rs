use super::super::{Options, Row, Source};
use super::FORMAT;
use arrow_array::{
    ArrayRef, BinaryArray, Int64Array, ListArray, RecordBatch, StringArray, types::Int32Type,
};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::Arc;

fn table(rows: i64) -> Vec<u8> {
    let ids: Vec<i64> = (0..rows).collect();
    let texts: Vec<String> = ids.iter().map(|n| format!("Text {n} said “naïve”.")).collect();
    let dates: Vec<Option<&str>> =
        ids.iter().map(|n| (n % 2 == 0).then_some("2022-03-01")).collect();
    let other =
        ListArray::from_iter_primitive::<Int32Type, _, _>(ids.iter().map(|_| Some(vec![Some(1)])));
    let columns: [(&str, ArrayRef); 4] = [
        ("ID", Arc::new(Int64Array::from(ids))),
        ("text", Arc::new(BinaryArray::from_iter_values(&texts))),
        ("date", Arc::new(StringArray::from(dates))),
        ("unused", Arc::new(other)),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(300)).build();
    let mut writer =
        ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("memory");
    writer.write(&batch).expect("memory");
    writer.into_inner().expect("memory")
}

fn rows(bytes: Vec<u8>) -> Vec<Row> {
    let source =
        Source::new("t.parquet".to_owned(), "t".to_owned(), Cursor::new(bytes)).expect("opens");
    (FORMAT.read)(source, Arc::new(Options::default())).collect()
}

#[test]
fn rows_come_in_order_over_row_groups() {
    let articles: Vec<_> =
        rows(table(1000)).into_iter().map(|row| row.read().expect("an article")).collect();
    assert_eq!(articles.len(), 1000);
    for (index, article) in articles.iter().enumerate() {
        assert_eq!(article.id, index.to_string());
        assert_eq!(article.source, format!("t.parquet:{}", index + 1));
        assert_eq!(article.text, format!("Text {index} said “naïve”."));
        assert_eq!(article.date.as_deref(), (index % 2 == 0).then_some("2022-03-01"));
    }
}

#[test]
fn a_table_without_text_says_what_it_has() {
    let options = Options {
        columns: super::super::Columns { text: "body".to_owned(), ..Default::default() },
        ..Options::default()
    };
    let source =
        Source::new("t.parquet".to_owned(), "t".to_owned(), Cursor::new(table(2))).expect("opens");
    let reject = (FORMAT.read)(source, Arc::new(options))
        .next()
        .expect("a row")
        .read()
        .expect_err("no body");
    assert!(reject.reason.contains("its columns are ID, text, date, unused"), "{}", reject.reason);
}

/// Found by fuzzing: 108 bytes that kept the crate busy for ten seconds.
const ENDLESS: &str = "\
    7c7c7c7cd2ffd2d2d2d2d2d27c7c7a7c297c7c7c3c8402020202020251020202020202bbefbfbd1111000002020202020211\
    110000415000300000000000ff06020202020222020202020202020222020254aaab54545454540054545454785402020203\
    5400000050415231";

#[test]
fn a_description_of_endless_lists_is_refused_before_it_is_decoded() {
    let digits: Vec<u8> = ENDLESS.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| {
        u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hexadecimal")
    };
    let reject = rows(digits.chunks(2).map(byte).collect()).remove(0).read().expect_err("no table");
    assert!(reject.reason.contains("lists that cannot be read"), "{}", reject.reason);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_ends_with_a_reason(at in 0_usize..20_000, change in 1_u8.., cut in any::<bool>()) {
        let mut bytes = table(400);
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] ^= change }
        for row in rows(bytes) {
            let _read_or_told = row.read();
        }
    }
}

//! Tests of the stance decision's training.

use super::*;
use std::path::PathBuf;

/// The folder of public data: `NEWSGAUGE_DATA`, or `shared/data` beside the checkout.
fn data() -> Option<PathBuf> {
    let given = std::env::var_os("NEWSGAUGE_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    given.or(Some(beside)).filter(|p| p.join("stance/newsmtsc_train.jsonl").is_file())
}

/// Takes a minute: run by `cargo test --release --lib -- --ignored stance::tests::training`; `UPDATE=1` rewrites the model.
/// `NEWSGAUGE_VECTORS` names the vectors, in GloVe's text form.
#[test]
#[ignore = "takes a minute and word vectors"]
fn training_gives_the_committed_model() {
    let Some(data) = data() else {
        eprintln!("skipped: no data; set NEWSGAUGE_DATA");
        return;
    };
    let vectors = std::env::var_os("NEWSGAUGE_VECTORS").map(PathBuf::from);
    let model = train(&data, vectors.as_deref(), &mut |line| eprintln!("{line}")).unwrap();
    eprintln!("{:#?}", model.metrics);
    let json = model.to_json().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/stance-spans-1.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &json).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == json,
        "the committed model is not what training gives; run with UPDATE=1"
    );
}

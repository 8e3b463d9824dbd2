//! `src/family/README.md` is what the registry says. `UPDATE=1 cargo test --test all catalog` writes it anew.

use std::path::Path;

#[test]
fn the_families_readme_is_what_the_registry_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/family/README.md");
    let fresh = newsgauge::catalog::markdown();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("the README can be written");
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == fresh,
        "src/family/README.md is stale: run `UPDATE=1 cargo test --test all catalog`"
    );
}

#[test]
fn every_feature_is_in_the_catalogue_once() {
    let names: Vec<&str> = newsgauge::catalog::entries().map(|e| e.name).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(names.len(), once.len());
    assert_eq!(names.len(), newsgauge::feature::width());
}

//! One suite over every family and feature of the registry.

use newsgauge::axis::AXES;
use newsgauge::family::FAMILIES;
use newsgauge::feature::{features, schema_hash, width};
use std::collections::BTreeSet;

#[test]
fn features_are_named_documented_and_declared() {
    let mut names = BTreeSet::new();
    for (family, feature) in features() {
        let (first, rest) = feature.name.split_once('.').expect("family.name");
        assert_eq!(first, family.name);
        assert!(
            rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
            "{}",
            feature.name
        );
        assert!(
            feature.doc.ends_with('.') && feature.doc.len() > 20,
            "{}: {:?}",
            feature.name,
            feature.doc
        );
        assert!(feature.version >= 1);
        assert!(names.insert(feature.name), "{} stands twice", feature.name);
    }
    assert_eq!(names.len(), width());
    assert!(width() >= 80, "{} features", width());
    assert_eq!(schema_hash(), schema_hash());
}

#[test]
fn families_read_only_what_stands_before_them() {
    let mut written = BTreeSet::new();
    for family in FAMILIES {
        for layer in family.reads {
            assert!(
                written.contains(layer),
                "{} reads {layer:?}, which no family before it writes",
                family.name
            );
        }
        written.extend(family.writes.iter().copied());
        assert!(family.doc.ends_with('.'), "{} wants a doc", family.name);
    }
}

#[test]
fn axes_name_families_and_features_that_are_there() {
    for axis in AXES {
        for name in axis.inputs {
            let there = FAMILIES
                .iter()
                .any(|f| f.name == *name || f.features.iter().any(|feature| feature.name == *name));
            assert!(there, "{} names {name}", axis.name);
        }
        assert!(axis.classes.len() >= 2);
    }
}

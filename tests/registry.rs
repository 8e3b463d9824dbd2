//! One suite over every family and feature of the registry.

use newsgauge::axis::{AXES, Classes, Direction, MOST_INPUTS, WORDS};
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
        let there =
            |name: &str| FAMILIES.iter().any(|f| f.features.iter().any(|of| of.name == name));
        match axis.of {
            Classes::Ordered(inputs) => {
                assert!((1..=MOST_INPUTS).contains(&inputs.len()), "{}", axis.name);
                for (at, input) in inputs.iter().enumerate() {
                    let name = input.feature;
                    // The sum over words stands first: the fit puts it there.
                    assert!(
                        there(name) || (name == WORDS && at == 0),
                        "{} names {name}",
                        axis.name
                    );
                    assert!(inputs[..at].iter().all(|i| i.feature != name), "{name} twice");
                    if let Direction::Free(why) = input.direction {
                        assert!(!why.is_empty(), "{name}: why is it free?");
                    }
                }
            }
            Classes::Unordered(families) => {
                for name in families {
                    assert!(FAMILIES.iter().any(|f| f.name == *name), "{} names {name}", axis.name);
                }
            }
        }
        assert!(axis.measure.is_none_or(there));
        assert!(axis.classes.len() >= 2);
    }
}

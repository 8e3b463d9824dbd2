//! What there is to know of families, features and axes, for people.

use crate::axis::{AXES, Classes, Direction, Judges};
use crate::family::{FAMILIES, Feature};
use crate::feature::features;
use crate::mark::Layer;
use serde::Serialize;
use std::fmt::Write;

/// A feature as the catalogue shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// `family.name`.
    pub name: &'static str,
    /// What the number counts.
    pub unit: &'static str,
    /// Version of its meaning.
    pub version: u32,
    /// The layer in which its evidence lies.
    pub evidence: String,
    /// Axes whose model may look at it.
    pub axes: Vec<&'static str>,
    /// What it says about the article.
    pub doc: &'static str,
}

/// Every feature, in schema order.
pub fn entries() -> impl Iterator<Item = Entry> {
    features().map(|(family, feature)| Entry {
        name: feature.name,
        unit: feature.unit.name(),
        version: feature.version,
        evidence: layer(feature.layer),
        axes: AXES.iter().filter(|a| a.sees(family.name, feature.name)).map(|a| a.name).collect(),
        doc: feature.doc,
    })
}

/// The feature of a name.
#[must_use]
pub fn feature(name: &str) -> Option<&'static Feature> {
    features().map(|(_, feature)| feature).find(|feature| feature.name == name)
}

fn layer(layer: Layer) -> String {
    format!("{layer:?}").to_lowercase()
}

fn layers(all: &[Layer]) -> String {
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.iter().map(|l| layer(*l)).collect::<Vec<_>>().join(", ")
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The catalogue as Markdown: what stands in `src/family/README.md`.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from(
        "# Families, features and axes\n\n<!-- Written from the registry by `UPDATE=1 cargo test --test all catalog`. Do not edit. -->\n\n\
         A family is a folder here and a line in `FAMILIES`. It fills layers of marks; its features count them.\n\
         `newsgauge features` prints the same list.\n\n## Axes\n\n| axis | classes | judged by | inputs | meaning |\n|---|---|---|---|---|\n",
    );
    for axis in AXES {
        let judges = match axis.judges {
            Judges::Readers => "readers, after labels/GUIDE.md",
            Judges::Hyperpartisan => "people who called articles hyperpartisan or not",
            Judges::Outlets => "experts who rated the outlets",
        };
        let inputs = match axis.of {
            Classes::Unordered(families) => format!("no order: all of {}", families.join(", ")),
            Classes::Ordered(inputs) => inputs
                .iter()
                .map(|input| match input.direction {
                    Direction::Up => format!("+ {}", input.feature),
                    Direction::Down => format!("- {}", input.feature),
                    Direction::Free(why) => format!("+/- {} ({why})", input.feature),
                })
                .collect::<Vec<_>>()
                .join("<br>"),
        };
        push(
            &mut out,
            format_args!(
                "| {} | {} | {judges} | {inputs} | {} |",
                axis.name,
                axis.classes.join(", "),
                cell(axis.doc)
            ),
        );
    }
    for family in FAMILIES {
        push(&mut out, format_args!("\n## {}\n\n{}\n", family.name, family.doc));
        push(
            &mut out,
            format_args!("Reads: {}. Writes: {}.\n", layers(family.reads), layers(family.writes)),
        );
        if family.features.is_empty() {
            push(&mut out, format_args!("No features."));
            continue;
        }
        push(
            &mut out,
            format_args!(
                "| feature | unit | version | evidence | meaning |\n|---|---|---|---|---|"
            ),
        );
        for f in family.features {
            push(
                &mut out,
                format_args!(
                    "| `{}` | {} | {} | {} | {} |",
                    f.name,
                    f.unit.name(),
                    f.version,
                    layer(f.layer),
                    cell(f.doc)
                ),
            );
        }
    }
    out
}

fn push(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _always_ok = writeln!(out, "{line}");
}

//! How each axis's value is fitted. Chosen by figures with outlets held out; few settings, and round.

use super::reference::{self, Reference};
use crate::family::FAMILIES;
use crate::learn::error::LearnError;
use std::path::Path;

/// How the value of one axis is fitted.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The axis.
    pub(crate) axis: &'static str,
    /// Reads the real articles under a data folder; none when they are not there.
    pub(crate) reference: fn(&Path) -> Result<Option<Reference>, LearnError>,
    /// The feature that sums its words' weights.
    pub(crate) wording: &'static str,
    /// Its column in the table of words' weights.
    pub(crate) column: usize,
    /// Families whose features count beside the words, and how freely.
    pub(crate) families: &'static [(&'static str, f64)],
    /// L2 strength.
    pub(crate) alpha: f64,
    /// What an article of the own corpus counts beside a real one. More of it brings the value nearer to the own labels and
    /// farther from real judgements: of sourcing, 0 / 0.1 / 0.3 give Spearman .02 / .33 / .68 with labels, .52 / .50 / .46 with
    /// outlets' ratings.
    pub(crate) own: f64,
}

/// Every axis whose value is fitted on real articles.
pub(crate) const PLANS: &[Plan] = &[
    Plan {
        axis: "tone",
        reference: reference::hyperpartisan,
        wording: "wording.sides",
        column: 0,
        families: &[("tone", 0.05), ("style", 0.05)],
        alpha: 1.0,
        own: 0.5,
    },
    Plan {
        axis: "sourcing",
        reference: reference::rated,
        wording: "wording.reliability",
        column: 1,
        families: &[("tone", 0.3), ("sourcing", 0.3)],
        alpha: 0.3,
        own: 0.05,
    },
];

impl Plan {
    /// The plan of an axis.
    pub(crate) fn of(axis: &str) -> Option<&'static Plan> {
        PLANS.iter().find(|p| p.axis == axis)
    }

    /// Schema index and name of each feature that counts, with what its scaled number is multiplied by.
    pub(crate) fn columns(&self) -> Vec<(usize, &'static str, f64)> {
        let all = FAMILIES.iter().flat_map(|f| {
            f.features.iter().map(move |feature| (f.name, feature.name, f.features.len()))
        });
        let share = |family: &str| {
            self.families.iter().find(|(name, _)| *name == family).map(|(_, share)| *share)
        };
        let counted = all.enumerate().filter_map(|(index, (family, name, many))| {
            share(family).map(|s| (index, name, (s / many as f64).sqrt()))
        });
        counted.collect()
    }
}

//! Families: what is marked in an article, and the features counted from the marks.

pub(crate) mod attribution;
mod def;
pub(crate) mod hedging;
mod quotation;
mod sourcing;
pub(crate) mod stance;
mod style;
pub(crate) mod tone;

pub use def::{Context, Family, Feature, Totals, Unit, View};

/// Every family, in the order in which they mark and in which their features stand in the vector.
/// A family may read the layers of those before it.
pub static FAMILIES: &[&Family] =
    &[&quotation::FAMILY, &attribution::FAMILY, &sourcing::FAMILY, &hedging::FAMILY, &tone::FAMILY, &stance::FAMILY, &style::FAMILY];

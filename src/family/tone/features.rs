//! The tone family's features.
use crate::family::def::Feature;
pub(super) static FEATURES: &[Feature] = &[];
